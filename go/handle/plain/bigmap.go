package plain

import (
	"maps"
	"sync"
)

// BigMap is one map with one lock. Make one with [NewBigMap].
//
// It is the least memory and the least code. Reading it costs two atomic operations on one word that all goroutines share,
// so it gets slower with every processor that reads, and a writer stops them all.
type BigMap[K comparable, V any] struct {
	lock sync.RWMutex
	m    map[K]V
}

// NewBigMap makes an empty BigMap.
func NewBigMap[K comparable, V any]() *BigMap[K, V] { return &BigMap[K, V]{m: map[K]V{}} }

// Put sets the value of a key and tells whether it had one already.
func (b *BigMap[K, V]) Put(key K, v V) (replaced bool) {
	b.lock.Lock()
	defer b.lock.Unlock()
	_, replaced = b.m[key]
	b.m[key] = v
	return replaced
}

// Get gives the value of a key.
func (b *BigMap[K, V]) Get(key K) (v V, ok bool) {
	b.lock.RLock()
	defer b.lock.RUnlock()
	v, ok = b.m[key]
	return v, ok
}

// Take gives the value of a key and deletes the key.
func (b *BigMap[K, V]) Take(key K) (v V, ok bool) {
	b.lock.Lock()
	defer b.lock.Unlock()
	v, ok = b.m[key]
	delete(b.m, key)
	return v, ok
}

// Delete ends a key and tells whether it had a value.
func (b *BigMap[K, V]) Delete(key K) (ok bool) {
	b.lock.Lock()
	defer b.lock.Unlock()
	n := len(b.m)
	delete(b.m, key)
	return len(b.m) != n
}

// Len counts the keys.
func (b *BigMap[K, V]) Len() int {
	b.lock.RLock()
	defer b.lock.RUnlock()
	return len(b.m)
}

// Range calls yield for keys and their values, from a copy of the map.
func (b *BigMap[K, V]) Range(yield func(K, V) bool) {
	b.lock.RLock()
	m := maps.Clone(b.m)
	b.lock.RUnlock()
	for key, v := range m {
		if !yield(key, v) {
			return
		}
	}
}
