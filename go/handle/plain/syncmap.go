package plain

import "sync"

// SyncMap is a sync.Map with types. The zero SyncMap is empty and ready.
//
// It reads without a lock, so it does not get slower with more processors. It keeps keys and values as interfaces in a tree
// of hashes: a Put allocates, and a Get of one of a million waits for memory several times.
type SyncMap[K comparable, V any] struct {
	m sync.Map
}

// Put sets the value of a key and tells whether it had one already.
func (s *SyncMap[K, V]) Put(key K, v V) (replaced bool) {
	_, replaced = s.m.Swap(key, v)
	return replaced
}

// Get gives the value of a key.
func (s *SyncMap[K, V]) Get(key K) (v V, ok bool) { return typed[V](s.m.Load(key)) }

// Take gives the value of a key and deletes the key.
func (s *SyncMap[K, V]) Take(key K) (v V, ok bool) { return typed[V](s.m.LoadAndDelete(key)) }

// Delete ends a key and tells whether it had a value.
func (s *SyncMap[K, V]) Delete(key K) (ok bool) {
	_, ok = s.m.LoadAndDelete(key)
	return ok
}

// Len counts the keys, by visiting all.
func (s *SyncMap[K, V]) Len() (n int) {
	s.m.Range(func(any, any) bool {
		n++
		return true
	})
	return n
}

// Range calls yield for keys and their values.
func (s *SyncMap[K, V]) Range(yield func(K, V) bool) {
	s.m.Range(func(key, v any) bool {
		value, _ := v.(V)
		return yield(key.(K), value)
	})
}

// typed is for a V that is an interface, too: nil in it is nil here.
func typed[V any](v any, ok bool) (V, bool) {
	value, _ := v.(V)
	return value, ok
}
