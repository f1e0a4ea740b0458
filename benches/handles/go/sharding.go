package main

import (
	"fmt"
	"runtime"
	"sync"

	"gangplank.dev/go/handle/keys"
	"gangplank.dev/go/handle/plain"
	"gangplank.example/measure"
)

// shardCounts are how many maps `key % N` chooses from.
func shardCounts() []int {
	if measure.Quick() {
		return []int{1, 64, 16_384}
	}
	return []int{1, 4, 16, 64, 256, 1_024, 4_096, 16_384}
}

// shardWorks are the talk's curve: the big old map cut into N, beside what needs no N.
func shardWorks(g *group) (works []measure.Work) {
	ours := fillPointer(g.live)
	g.tables = append(g.tables, ours)
	cores := runtime.NumCPU()
	for _, n := range shardCounts() {
		modulo := fillKeeper(g.live, numbered{Map: plain.NewModulo[uint64, any](n), Keys: &keys.Atomic{}})
		g.tables = append(g.tables, modulo)
		for _, does := range []struct {
			name string
			run  func(t *table) func(p part, n int)
		}{
			{"Get", func(t *table) func(p part, n int) { return t.get }},
			{"New + Get + Delete", func(t *table) func(p part, n int) { return t.cycle }},
		} {
			works = append(works, measure.Work{
				Name: fmt.Sprintf("%s, %s live, %s, key %% %d", does.name, count(g.live), coreCount(cores), n),
				Plot: fmt.Sprintf("%s, %s live, %s against maps, N of key %% N", does.name, count(g.live), coreCount(cores)),
				X:    float64(n),
				Ways: []measure.Way{
					{Name: "key % N, RWMutex", AtOnce: cores, Run: onCores(cores, does.run(modulo))},
					{Name: "Table[*T]", AtOnce: cores, Run: onCores(cores, does.run(ours))},
				},
			})
		}
	}
	return works
}

// mutexMap is the big old map as it was first written: not even readers go side by side.
type mutexMap struct {
	lock sync.Mutex
	m    map[uint64]any
}

func newMutexMap() *mutexMap { return &mutexMap{m: map[uint64]any{}} }

func (m *mutexMap) Put(key uint64, v any) (replaced bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	_, replaced = m.m[key]
	m.m[key] = v
	return replaced
}

func (m *mutexMap) Get(key uint64) (v any, ok bool) {
	m.lock.Lock()
	v, ok = m.m[key]
	m.lock.Unlock()
	return v, ok
}

func (m *mutexMap) Take(key uint64) (v any, ok bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	v, ok = m.m[key]
	delete(m.m, key)
	return v, ok
}

func (m *mutexMap) Delete(key uint64) (ok bool) {
	_, ok = m.Take(key)
	return ok
}

func (m *mutexMap) Len() int {
	m.lock.Lock()
	defer m.lock.Unlock()
	return len(m.m)
}

func (m *mutexMap) Range(yield func(uint64, any) bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	for key, v := range m.m {
		if !yield(key, v) {
			return
		}
	}
}
