package gangplank

import (
	"fmt"
	"unsafe"
)

// Serving is a batch of n calls of a Go method while they are made. Generated
// code has the loop over the items:
//
//	s := gangplank.NewServing[T](c, n)
//	s.Run(stride, func() {
//		room := s.Values[:n]
//		for i := s.At; i < n; i++ {
//			s.At = i
//			room[i] = implementation.Method(items[i])
//		}
//		s.At = n
//	}, func() { .. })
//
// so that a panic costs its own item, and nothing is deferred for each.
type Serving[T any] struct {
	serving

	// Values are the results, at their items' indices.
	Values []T
}

// serving is what of it does not depend on the type of the values.
type serving struct {
	// At is the item whose method runs.
	At int

	n    int
	errs []error
	// frame is the call's. The call itself stays on the stack if nothing here
	// points at it.
	frame   unsafe.Pointer
	settled bool
	// whole says that one method serves all items.
	whole bool
	// What an exit needs to know of the frames (see [Call.Caught]).
	stride, left int
	first        uint64
}

// NewServing returns a batch of n items.
func NewServing[T any](c *Call, n int) Serving[T] {
	return Serving[T]{serving: serving{n: n, frame: c.frame}, Values: make([]T, n)}
}

// NewServingIn returns a batch of n items whose results are POD. They lie where
// the caller wants them, if it lent enough memory: then nothing is copied.
func NewServingIn[T any](c *Call, n int) Serving[T] {
	var zero T
	if n == 0 || uint64(n)*uint64(unsafe.Sizeof(zero)) > c.Word(WordB) {
		return NewServing[T](c, n)
	}
	return Serving[T]{serving: serving{n: n, frame: c.frame}, Values: unsafe.Slice((*T)(native(c.Word(WordA))), n)}
}

// Run makes the calls and answers. items makes them from At on, and is called
// again behind an item that panicked. answer settles the call.
//
// [runtime.Goexit] in an item is that item's error too. The goroutine cannot be
// kept from exiting, so the items that are left, the answer and the way back to
// the native caller are the work of the deferred function that meets the exit,
// further down the same stack.
func (s *serving) Run(stride int, items, answer func()) {
	c := CallAt(s.frame)
	s.stride, s.left, s.first = stride, int(c.Word(WordStatus)), c.Word(WordC)
	s.rest(items, answer)
}

// RunWhole is Run for a method that serves all items at once: what ends it ends
// all of them.
func (s *serving) RunWhole(stride int, items, answer func()) {
	s.whole = true
	s.Run(stride, items, answer)
}

func (s *serving) rest(items, answer func()) {
	for s.At < s.n {
		s.pass(items, answer)
	}
	s.settle(answer)
}

// pass makes calls until one does not return. It is where the stack of a method
// ends (see [isShim]).
func (s *serving) pass(items, answer func()) {
	defer func() {
		if s.At >= s.n {
			return
		}
		err, exits := failure(recover())
		if s.whole {
			s.failAll(err)
		} else {
			s.Fail(s.At, err)
			s.At++
		}
		if exits {
			s.rest(items, answer)
			c := CallAt(s.frame)
			c.exit(s.left, s.stride, s.first)
		}
	}()
	items()
}

// settle answers. An error whose methods panic is replaced by what they panic
// with, and spoils nothing but its item.
func (s *serving) settle(answer func()) {
	defer func() {
		if s.settled || s.errs == nil {
			return
		}
		if v := recover(); v != nil {
			for i, err := range s.errs {
				s.errs[i] = readable(err)
			}
			answer()
		}
	}()
	answer()
	s.settled = true
}

// readable is err, or the panic of one of its methods that say what it is.
func readable(err error) (same error) {
	if err == nil {
		return nil
	}
	defer func() {
		if v := recover(); v != nil {
			same, _ = failure(v)
		}
	}()
	var read func(err error, depth int)
	read = func(err error, depth int) {
		if IsNil(err) || depth > maxChainDepth {
			return
		}
		_ = err.Error()
		for _, cause := range causesOf(err) {
			read(cause, depth+1)
		}
	}
	read(err, 1)
	return err
}

// Own is a copy of items that lie in memory of Rust, for a method that may
// keep them.
func Own[T any](items []T) []T { return append(make([]T, 0, len(items)), items...) }

// Fail is the error of the item at index i.
func (s *serving) Fail(i int, err error) {
	if s.errs == nil {
		s.errs = make([]error, s.n)
	}
	s.errs[i] = err
}

func (s *serving) failAll(err error) {
	for i := range s.n {
		s.Fail(i, err)
	}
	s.At = s.n
}

// All takes what a method returned that serves a whole batch: a value for each
// item, and nil or an error for each. The values of items with an error do not
// count.
func (s *Serving[T]) All(method string, values []T, errs []error) {
	n := s.n
	if len(values) == n && (len(errs) == 0 || len(errs) == n) {
		s.At, s.Values = n, values
		for i, err := range errs {
			if err != nil {
				s.Fail(i, err)
			}
		}
		return
	}
	s.failAll(&ArgumentError{Message: fmt.Sprintf("%s returned %d values and %d errors for %d items", method, len(values), len(errs), n)})
}

// AllErrors is All for a method that returns no values.
func (s *Serving[T]) AllErrors(method string, errs []error) {
	if len(errs) == 0 {
		errs = make([]error, s.n)
	}
	s.All(method, make([]T, len(errs)), errs)
}

// Served is the answer of a batch whose method has no error of its own type.
func Served[T any](s *Serving[T]) ([]T, error) {
	if s.errs == nil {
		return s.Values, nil
	}
	values, _, ended := divide(s, func(error) (struct{}, bool) { return struct{}{}, false })
	return nil, &ErrorValue[Mixed[T]]{Value: Mixed[T]{V0: values, V1: ended}}
}

// ServedOr is the answer of a batch; own finds the method's own error.
func ServedOr[T, E any](s *Serving[T], own func(error) (E, bool)) ([]T, error) {
	if s.errs == nil {
		return s.Values, nil
	}
	values, failed, ended := divide(s, own)
	return nil, &ErrorValue[MixedOr[T, E]]{Value: MixedOr[T, E]{V0: values, V1: failed, V2: ended}}
}

// OwnValue finds the value of an [ErrorValue].
func OwnValue[E any](err error) (value E, ok bool) {
	e, ok := As[*ErrorValue[E]](err)
	if ok {
		value = e.Value
	}
	return value, ok
}

// NotOwn is for methods that return any error: none is of their own type.
func NotOwn(error) (error, bool) { return nil, false }

func divide[T, E any](s *Serving[T], own func(error) (E, bool)) (values []T, failed []Tuple2[uint32, E], ended []Ended) {
	// The answer may be written where they lie, and be written again.
	s.Values = Own(s.Values)
	for i, err := range s.errs {
		if err == nil {
			values = append(values, s.Values[i])
		} else if e, ok := own(err); ok {
			failed = append(failed, Tuple2[uint32, E]{V0: uint32(i), V1: e})
		} else {
			ended = append(ended, Ended{V0: uint32(i), V1: err})
		}
	}
	return values, failed, ended
}
