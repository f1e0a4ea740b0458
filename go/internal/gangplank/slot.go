package gangplank

import (
	"sync"
	"sync/atomic"

	"gangplank.dev/go/handle"
)

// Slot holds the implementations of an imported trait, an interface: the
// registered one, and those that Rust holds as values. It is safe for use by
// many goroutines and threads at once.
type Slot[T any] struct {
	p atomic.Pointer[T]
	// values is made when the first value is filed.
	values atomic.Pointer[handle.Table[T]]
	lock   sync.Mutex
}

// Store replaces the implementation; nil takes it away.
func (s *Slot[T]) Store(implementation T) {
	if any(implementation) == nil {
		s.p.Store(nil)
		return
	}
	s.p.Store(&implementation)
}

// Load returns the implementation, or nil.
func (s *Slot[T]) Load() T {
	if p := s.p.Load(); p != nil {
		return *p
	}
	var none T
	return none
}

// Find returns the implementation with that handle, or the registered one if
// it is 0; nil if there is none.
func (s *Slot[T]) Find(h uint64) T {
	if h == 0 {
		return s.Load()
	}
	drain()
	var v T
	if t := s.values.Load(); t != nil {
		v, _ = t.Get(handle.Handle(h))
	}
	return v
}

// Keep files an implementation and returns its handle.
func (s *Slot[T]) Keep(implementation T) uint64 {
	drain()
	t := s.values.Load()
	if t == nil {
		t = s.newValues()
	}
	return uint64(t.New(implementation))
}

func (s *Slot[T]) newValues() *handle.Table[T] {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.values.Load() == nil {
		s.values.Store(newTable[T]())
	}
	return s.values.Load()
}

// KeepSome is Keep for an implementation that may be nil, which has no handle: 0.
func (s *Slot[T]) KeepSome(implementation T) uint64 {
	if any(implementation) == nil {
		return 0
	}
	return s.Keep(implementation)
}

// Forget deletes an implementation that was lent, when the call is back.
func (s *Slot[T]) Forget(h uint64) {
	s.values.Load().Delete(handle.Handle(h))
}

// Arrived returns the implementation of a pair that Rust sent (clause 8.4).
func (s *Slot[T]) Arrived(keeper, h uint64) T {
	v, ok := arrived(s.values.Load(), keeper, h)
	if !ok {
		panic(ErrMalformed)
	}
	return v
}

// ReadArrived reads a pair that Rust sent.
func (s *Slot[T]) ReadArrived(r *Reader) (v T) {
	keeper, h := r.Pair()
	if h == 0 {
		return v
	}
	v, ok := arrived(s.values.Load(), keeper, h)
	if !ok {
		r.fail()
	}
	return v
}
