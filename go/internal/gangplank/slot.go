package gangplank

import "sync/atomic"

// Slot holds the registered implementation of an imported trait, an
// interface. It is safe for use by many goroutines and threads at once.
type Slot[T any] struct {
	p atomic.Pointer[T]
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
