package handle

import (
	"sync/atomic"
	"unsafe"
)

// slot is where a value lives. Its words are touched with atomic operations only.
type slot[T any] struct {
	state atomic.Uint64
	value T
}

func (s *slot[T]) load() state { return state(s.state.Load()) }

// become is a change that may come too late.
func (s *slot[T]) become(from, to state) bool {
	return s.state.CompareAndSwap(uint64(from), uint64(to))
}

// finish is a change by the owner of a reserved slot, who thereby gives it away.
func (s *slot[T]) finish(to state) { s.state.Store(uint64(to)) }

// word is the address of a word of the value.
func (s *slot[T]) word(i int) unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(&s.value), i*wordSize)
}

// write puts a value into a slot that the caller owns.
func (s *slot[T]) write(l *layout, v T) {
	switch l.kind {
	case pointer:
		atomic.StorePointer((*unsafe.Pointer)(s.word(0)), *(*unsafe.Pointer)(unsafe.Pointer(&v)))
	case interface_:
		from, to := (*interfaceWords)(unsafe.Pointer(&v)), (*interfaceWords)(s.word(0))
		// Values of a table are mostly of one type, and a load is cheaper than a store.
		if atomic.LoadPointer(&to.typ) != from.typ {
			atomic.StorePointer(&to.typ, from.typ)
		}
		atomic.StorePointer(&to.data, from.data)
	default:
		c := cell[T]{value: v}
		s.writeWords(l, &c)
	}
}

func (s *slot[T]) writeWords(l *layout, c *cell[T]) {
	for i, isPointer := range l.pointers {
		from := unsafe.Add(unsafe.Pointer(c), i*wordSize)
		if isPointer {
			atomic.StorePointer((*unsafe.Pointer)(s.word(i)), *(*unsafe.Pointer)(from))
		} else {
			atomic.StoreUint64((*uint64)(s.word(i)), *(*uint64)(from))
		}
	}
}

// readWords copies the value as it is now. What the caller has not seen to be live before and after may be torn.
func (s *slot[T]) readWords(l *layout) T {
	var c cell[T]
	for i, isPointer := range l.pointers {
		to := unsafe.Add(unsafe.Pointer(&c), i*wordSize)
		if isPointer {
			*(*unsafe.Pointer)(to) = atomic.LoadPointer((*unsafe.Pointer)(s.word(i)))
		} else {
			*(*uint64)(to) = atomic.LoadUint64((*uint64)(s.word(i)))
		}
	}
	return c.value
}

// clear drops what the value of an owned slot leads to. The type word of an interface stays: see write.
func (s *slot[T]) clear(l *layout) {
	switch l.kind {
	case pointer:
		atomic.StorePointer((*unsafe.Pointer)(s.word(0)), nil)
	case interface_:
		atomic.StorePointer((*unsafe.Pointer)(s.word(1)), nil)
	default:
		for i, isPointer := range l.pointers {
			if isPointer {
				atomic.StorePointer((*unsafe.Pointer)(s.word(i)), nil)
			}
		}
	}
}
