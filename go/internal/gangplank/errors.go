package gangplank

import (
	"errors"
	"fmt"
)

// ErrMalformed cannot happen while the hashes of the interface agree.
var ErrMalformed = errors.New("gangplank: malformed message from Rust: the generated code and the library differ; run `gangplank generate` and `gangplank build`")

// protocolError is a status that version 1 of the boundary does not have.
type protocolError struct{ status uint64 }

func (e *protocolError) Error() string {
	return fmt.Sprintf("gangplank: unknown status %d from Rust: the generated code and the library differ; run `gangplank generate` and `gangplank build`", e.status)
}

// PanicError is a panic of the other language. A function that has no error
// to return panics with it instead.
type PanicError struct {
	// Message is what the panic said.
	Message string
	// Stack is the stack on which it happened, as the other language prints
	// it. It may be empty.
	Stack string
}

func (e *PanicError) Error() string { return "gangplank: panic: " + e.Message }

// ArgumentError says that the other side refused an argument: a string that
// is not UTF-8, a number out of range, a nil interface. A function that has no
// error to return panics with it instead.
type ArgumentError struct {
	// Message says which argument, and why.
	Message string
}

func (e *ArgumentError) Error() string { return "gangplank: " + e.Message }

// UnavailableError says that there was nothing to call, as when no
// implementation of an imported trait is registered.
type UnavailableError struct {
	// Message says what is missing.
	Message string
}

func (e *UnavailableError) Error() string { return "gangplank: " + e.Message }

// GoexitError says that a Go function called by Rust ended with
// [runtime.Goexit], as [testing.T.FailNow] does.
type GoexitError struct {
	// Message says so.
	Message string
	// Stack is the stack on which it happened.
	Stack string
}

func (e *GoexitError) Error() string { return "gangplank: " + e.Message }

// ForeignError is an error of the other language that has no type of its own
// here. It keeps the text and, for [errors.Is] and [errors.As], the causes.
type ForeignError struct {
	// Message is the error's text.
	Message string
	// Type is the name of its type in the other language, or empty.
	Type string
	// Stack is the stack on which it was made, if that is known.
	Stack string

	causes []error
}

func (e *ForeignError) Error() string { return e.Message }

// Unwrap returns the error's causes.
func (e *ForeignError) Unwrap() []error { return e.causes }

// ErrorValue is the error of a Rust function that fails with a value that is
// no error by itself, like a string or a number.
type ErrorValue[T any] struct {
	// Value is what the function failed with.
	Value T
}

func (e *ErrorValue[T]) Error() string { return fmt.Sprint(e.Value) }

// As finds the error of type E in err, as [errors.As] does, and costs nothing
// where err is one itself. A nil pointer is no error of any type.
func As[E error](err error) (E, bool) {
	e, ok := err.(E)
	if !ok {
		var wrapped E
		if IsNil(err) || !errors.As(err, &wrapped) {
			return wrapped, false
		}
		e = wrapped
	}
	return e, !IsNil(e)
}
