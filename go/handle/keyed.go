package handle

import (
	"math/bits"
	"runtime"
	"sync"
)

// Keyed keeps values under keys that they bring: an id, a connection number, an address. It is a number of Go maps with a
// lock each, and a function that scatters keys over them. Make one with [NewKeyed]. All methods may be called from any
// number of goroutines at once.
//
// Keys that are given out for the purpose are better served by [Table], which needs no lock to read.
type Keyed[K comparable, V any] struct {
	scatterer scatterer[K]
	shift     uint8 // what remains of a scattered key is the shard
	shards    []keyedShard[K, V]
}

// keyedShard has cache lines of its own, two because processors fetch them in pairs.
type keyedShard[K comparable, V any] struct {
	lock sync.RWMutex
	m    map[K]V
	_    [128 - 24 - 8]byte
}

var _ Map[int, int] = (*Keyed[int, int])(nil)

// NewKeyed makes an empty table that scatters its keys itself: with [Scatter] if they are integers, pointers or channels,
// else with [maphash.Comparable].
func NewKeyed[K comparable, V any]() *Keyed[K, V] { return newKeyed[K, V](scattererOf[K]()) }

// NewKeyedBy makes an empty table that scatters its keys with a function. The upper bits of its results choose the shard.
func NewKeyedBy[K comparable, V any](scatter func(K) uint64) *Keyed[K, V] {
	return newKeyed[K, V](scatterer[K]{custom: scatter})
}

// newKeyed makes 16 shards per processor, so that two goroutines that use different keys seldom meet.
func newKeyed[K comparable, V any](s scatterer[K]) *Keyed[K, V] {
	n := bits.Len(uint(min(max(16*runtime.GOMAXPROCS(0), 64), 4096) - 1))
	t := &Keyed[K, V]{scatterer: s, shift: uint8(64 - n), shards: make([]keyedShard[K, V], 1<<n)}
	for i := range t.shards {
		t.shards[i].m = map[K]V{}
	}
	return t
}

// Shards is the number of maps.
func (t *Keyed[K, V]) Shards() int { return len(t.shards) }

func (t *Keyed[K, V]) shard(key K) *keyedShard[K, V] {
	return &t.shards[t.scatterer.scatter(key)>>(t.shift&63)]
}

// Put sets the value of a key and tells whether it had one already.
func (t *Keyed[K, V]) Put(key K, v V) (replaced bool) {
	s := t.shard(key)
	s.lock.Lock()
	n := len(s.m)
	s.m[key] = v
	replaced = len(s.m) == n
	s.lock.Unlock()
	return replaced
}

// Get gives the value of a key.
func (t *Keyed[K, V]) Get(key K) (v V, ok bool) {
	s := t.shard(key)
	s.lock.RLock()
	v, ok = s.m[key]
	s.lock.RUnlock()
	return v, ok
}

// Take gives the value of a key and deletes the key. Of several goroutines that take the same key, one succeeds.
func (t *Keyed[K, V]) Take(key K) (v V, ok bool) {
	s := t.shard(key)
	s.lock.Lock()
	v, ok = s.m[key]
	delete(s.m, key)
	s.lock.Unlock()
	return v, ok
}

// Delete ends a key and tells whether it had a value.
func (t *Keyed[K, V]) Delete(key K) (ok bool) {
	s := t.shard(key)
	s.lock.Lock()
	n := len(s.m)
	delete(s.m, key)
	ok = len(s.m) != n
	s.lock.Unlock()
	return ok
}

// Len counts the keys, shard by shard.
func (t *Keyed[K, V]) Len() (n int) {
	for i := range t.shards {
		s := &t.shards[i]
		s.lock.RLock()
		n += len(s.m)
		s.lock.RUnlock()
	}
	return n
}

// Range calls yield for keys and their values until it returns false. It copies one shard at a time, so the loop may use
// the table as it likes.
func (t *Keyed[K, V]) Range(yield func(K, V) bool) {
	type pair struct {
		key K
		v   V
	}
	var pairs []pair
	for i := range t.shards {
		s := &t.shards[i]
		pairs = pairs[:0]
		s.lock.RLock()
		for key, v := range s.m {
			pairs = append(pairs, pair{key, v})
		}
		s.lock.RUnlock()
		for _, p := range pairs {
			if !yield(p.key, p.v) {
				return
			}
		}
	}
}
