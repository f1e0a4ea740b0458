package batch

import (
	"errors"
	"fmt"
)

var (
	// ErrClosed is the error of a call after [Batcher.Close].
	ErrClosed = errors.New("batch: the batcher is closed")

	// ErrFull is the error of a call when too many items wait, and the
	// batcher does not make its callers wait for room.
	ErrFull = errors.New("batch: too many items wait")

	// ErrGoexit is the error of the calls in a batch whose function ended with
	// [runtime.Goexit].
	ErrGoexit = errors.New("batch: the function ended with runtime.Goexit")
)

// PanicError is the error of the calls in a batch whose function panicked.
type PanicError struct {
	// Value is what it panicked with.
	Value any
	// Stack is where.
	Stack string
}

func (e *PanicError) Error() string { return fmt.Sprintf("batch: the function panicked: %v", e.Value) }

// Unwrap returns the value if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// CountError is the error of the calls in a batch whose function did not
// return one result for each item.
type CountError struct {
	// Items, Results and Errors are how many there were.
	Items, Results, Errors int
}

func (e *CountError) Error() string {
	return fmt.Sprintf("batch: the function returned %d results and %d errors for %d items", e.Results, e.Errors, e.Items)
}
