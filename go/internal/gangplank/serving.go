package gangplank

import (
	"fmt"
	"runtime/debug"
	"unsafe"
)

// Serving is a batch of n calls of a Go method while they are made. Generated
// code loops over the items:
//
//	s := gangplank.NewServing[T](n)
//	for s.More() {
//		func() {
//			defer s.Catch()
//			room := s.Values[:n]
//			for i := s.At; i < n; i++ {
//				s.At = i
//				room[i] = implementation.Method(items[i])
//			}
//			s.At = n
//		}()
//	}
//
// so that a panic costs its own item, and nothing is deferred for each.
type Serving[T any] struct {
	// Values are the results, at their items' indices.
	Values []T
	// At is the item whose method runs.
	At int

	errs []error
}

// NewServing returns a batch of n items.
func NewServing[T any](n int) Serving[T] { return Serving[T]{Values: make([]T, n)} }

// NewServingIn returns a batch of n items whose results are POD. They lie where
// the caller wants them, if it lent enough memory: then nothing is copied.
func NewServingIn[T any](c *Call, n int) Serving[T] {
	var zero T
	if n == 0 || uint64(n)*uint64(unsafe.Sizeof(zero)) > c.Word(WordB) {
		return NewServing[T](n)
	}
	return Serving[T]{Values: unsafe.Slice((*T)(native(c.Word(WordA))), n)}
}

// Own is a copy of items that lie in memory of Rust, for a method that may
// keep them.
func Own[T any](items []T) []T { return append(make([]T, 0, len(items)), items...) }

// More says whether items are left.
func (s *Serving[T]) More() bool { return s.At < len(s.Values) }

// Fail is the error of the item at index i.
func (s *Serving[T]) Fail(i int, err error) {
	if s.errs == nil {
		s.errs = make([]error, len(s.Values))
	}
	s.errs[i] = err
}

// Catch ends the item whose method panicked, and lets the next one run. It
// must be deferred itself. After [runtime.Goexit] nothing is left to run.
func (s *Serving[T]) Catch() {
	if !s.More() {
		return
	}
	if v := recover(); v != nil {
		s.Fail(s.At, panicOf(v))
		s.At++
	}
}

// panicOf is a recovered panic as an error.
func panicOf(v any) (err *PanicError) {
	stack := string(debug.Stack())
	if p, ok := v.(*PanicError); ok && p != nil {
		// It was a panic of Rust first: that stack explains it.
		return &PanicError{Message: p.Message, Stack: p.Stack + "\n" + stack}
	}
	// Describing a panic calls methods of its value, and they may fail too.
	defer func() {
		if recover() != nil {
			err = &PanicError{Message: "a panic, and another one while describing it", Stack: stack}
		}
	}()
	return &PanicError{Message: fmt.Sprint(v), Stack: stack}
}

// All takes what a method returned that serves a whole batch: a value for each
// item, and nil or an error for each. The values of items with an error do not
// count.
func (s *Serving[T]) All(method string, values []T, errs []error) {
	n := len(s.Values)
	s.At = n
	if len(values) == n && (len(errs) == 0 || len(errs) == n) {
		s.Values = values
		for i, err := range errs {
			if err != nil {
				s.Fail(i, err)
			}
		}
		return
	}
	err := &ArgumentError{Message: fmt.Sprintf("%s returned %d values and %d errors for %d items", method, len(values), len(errs), n)}
	for i := range n {
		s.Fail(i, err)
	}
}

// AllErrors is All for a method that returns no values.
func (s *Serving[T]) AllErrors(method string, errs []error) {
	if len(errs) == 0 {
		errs = make([]error, len(s.Values))
	}
	s.All(method, make([]T, len(errs)), errs)
}

// CatchAll ends all items of a batch whose method panicked.
func (s *Serving[T]) CatchAll() {
	if !s.More() {
		return
	}
	if v := recover(); v != nil {
		err := panicOf(v)
		for i := range s.Values {
			s.Fail(i, err)
		}
		s.At = len(s.Values)
	}
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
