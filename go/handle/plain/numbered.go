package plain

import (
	"gangplank.dev/go/handle"
	"gangplank.dev/go/handle/keys"
)

// Numbered gives out handles: it keeps values in a map, under keys from a generator. A key is never used twice, so a deleted
// handle is noticed. A handle of another Numbered is not, unless the generator is shared.
type Numbered[T any] struct {
	Map  handle.Map[uint64, T]
	Keys keys.Generator
}

var _ handle.Keeper[int] = Numbered[int]{}

// New files a value.
func (n Numbered[T]) New(v T) handle.Handle {
	key := n.Keys.Next()
	n.Map.Put(key, v)
	return handle.Handle(key)
}

// Get gives the value of a live handle.
func (n Numbered[T]) Get(h handle.Handle) (v T, err error) {
	v, ok := n.Map.Get(uint64(h))
	return v, n.check(h, ok)
}

// Take gives the value of a live handle and deletes the handle.
func (n Numbered[T]) Take(h handle.Handle) (v T, err error) {
	v, ok := n.Map.Take(uint64(h))
	return v, n.check(h, ok)
}

// Delete ends a handle.
func (n Numbered[T]) Delete(h handle.Handle) error { return n.check(h, n.Map.Delete(uint64(h))) }

func (n Numbered[T]) check(h handle.Handle, ok bool) error {
	switch {
	case ok:
		return nil
	case h == 0:
		return handle.ErrZero
	}
	return handle.ErrInvalid
}
