package handle

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
)

// A key that is there all the time is found all the time, whatever happens around it: its neighbours come and go, its value is replaced,
// its index is rebuilt.
func TestKeyedReadersNeverMiss(t *testing.T) {
	m := NewKeyedBy[uint64, [2]uint64](func(key uint64) uint64 { return Scatter(key) >> 8 }) // one shard
	const lasting, passing = 20, 200
	for key := range uint64(lasting) {
		m.Put(key, [2]uint64{key, key})
	}
	var done atomic.Bool
	var readers, writers sync.WaitGroup
	for range 4 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for !done.Load() {
				for key := range uint64(lasting) {
					if v, ok := m.Get(key); !ok || v[0] != v[1] || v[0]%1000 != key {
						t.Errorf("key %d: %v, %v", key, v, ok)
						return
					}
				}
			}
		}()
	}
	for w := range uint64(3) {
		writers.Add(1)
		go func() {
			defer writers.Done()
			r := rand.New(rand.NewPCG(w, 1))
			for i := range uint64(30_000 / effort) {
				key := r.Uint64N(passing) + lasting
				switch r.IntN(3) {
				case 0:
					m.Put(key, [2]uint64{key, key})
				case 1:
					m.Delete(key)
				case 2:
					key = r.Uint64N(lasting)
					if !m.Put(key, [2]uint64{i*1000 + key, i*1000 + key}) {
						t.Errorf("key %d was gone", key)
					}
				}
			}
		}()
	}
	writers.Wait()
	done.Store(true)
	readers.Wait()
	for key := range uint64(passing) {
		m.Delete(key + lasting)
	}
	if n := m.Len(); n != lasting {
		t.Errorf("%d keys are left", n)
	}
	if n := m.table.Len(); n != lasting {
		t.Errorf("%d values are kept for %d keys", n, lasting)
	}
}

// The index follows the number of keys, not the number of changes.
func TestKeyedChurn(t *testing.T) {
	m := NewKeyedBy[int, int](func(key int) uint64 { return Scatter(uint64(key)) >> 8 })
	for i := range 100_000 / effort {
		m.Put(i, i)
		if i >= 100 && !m.Delete(i-100) {
			t.Fatalf("%d was lost", i-100)
		}
	}
	if n := len(m.shards[0].index.Load().words); m.Len() != 100 || n > 512 {
		t.Errorf("%d keys, %d words", m.Len(), n)
	}
	if n := capacity(m.table); n > 512 {
		t.Errorf("%d slots", n)
	}
}
