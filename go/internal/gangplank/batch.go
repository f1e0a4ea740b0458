package gangplank

import (
	"fmt"
	"strings"
)

// BatchError says which items of a batch failed. It unwraps to their errors,
// so that [errors.Is] and [errors.As] find them.
type BatchError struct {
	// Errors has one error for each item of the batch, at the item's index. It
	// is nil where the item went well.
	Errors []error
}

// shownFailures is how many failures the text of a BatchError shows.
const shownFailures = 3

func (e *BatchError) Error() string {
	var text strings.Builder
	failed := 0
	for i, err := range e.Errors {
		if err == nil {
			continue
		}
		if failed++; failed <= shownFailures {
			fmt.Fprintf(&text, "; item %d: %v", i, err)
		}
	}
	if failed > shownFailures {
		text.WriteString("; ..")
	}
	return fmt.Sprintf("gangplank: %d of %d items failed%s", failed, len(e.Errors), strings.Replace(text.String(), ";", ":", 1))
}

// Unwrap returns the errors of the items that failed, in order.
func (e *BatchError) Unwrap() []error {
	var all []error
	for _, err := range e.Errors {
		if err != nil {
			all = append(all, err)
		}
	}
	return all
}

// ItemErrors returns Errors. Package batch of the Go module finds them by it.
func (e *BatchError) ItemErrors() []error { return e.Errors }

type (
	// Ended is an item of a batch that did not end as its function says: it
	// panicked, or one of its values was refused.
	Ended = Tuple2[uint32, error]

	// Mixed is what is left of a batch whose items did not all go well: the
	// values of those that did, and all others.
	Mixed[T any] = Tuple2[[]T, []Ended]

	// MixedOr is the same with errors of the function's own type.
	MixedOr[T, E any] = Tuple3[[]T, []Tuple2[uint32, E], []Ended]
)

// FastItems is how many items a batch may have to take the fast lane, where
// the P is held until all are done. Of a longer one an item's part of the
// crossing is less than a nanosecond on the other lane, too.
const FastItems = 64

// SameLength returns an error if the slices of a batch are of different
// lengths.
func SameLength(function string, lengths ...int) error {
	for _, n := range lengths {
		if n != lengths[0] {
			return &ArgumentError{Message: fmt.Sprintf("%s: the slices of a batch are of different lengths: %v", function, lengths)}
		}
	}
	return nil
}

// Items is the result of a batch of n calls of a function of Rust: a value for
// each item, and nil or a *BatchError. It gets what the batch itself returned,
// and what makes a Go error of the function's own.
func Items[T, E any](values []T, err error, n int, own func(E) error) ([]T, error) {
	if err == nil {
		return whole(values, n)
	}
	mixed, ok := err.(*ErrorValue[MixedOr[T, E]])
	if !ok {
		return nil, err
	}
	errs := make([]error, n)
	for _, failed := range mixed.Value.V1 {
		if !set(errs, failed.V0, own(failed.V1)) {
			return nil, ErrMalformed
		}
	}
	return spread(mixed.Value.V0, errs, mixed.Value.V2)
}

// ItemsOf is Items for a function that returns no error of its own.
func ItemsOf[T any](values []T, err error, n int) ([]T, error) {
	if mixed, ok := err.(*ErrorValue[Mixed[T]]); ok {
		return spread(mixed.Value.V0, make([]error, n), mixed.Value.V1)
	}
	if err != nil {
		return nil, err
	}
	return whole(values, n)
}

// MustItems is ItemsOf for a function that cannot return the error. It panics
// with that of the first item that has one; all others have run then.
func MustItems[T any](values []T, err error, n int) []T {
	values, err = ItemsOf(values, err, n)
	if err != nil {
		panic(firstOf(err))
	}
	return values
}

// Each is what Items and ItemsOf return, with an error for each of the n
// items, or none.
func Each[T any](values []T, err error, n int) ([]T, []error) {
	if err == nil {
		return values, nil
	}
	if batch, ok := err.(*BatchError); ok {
		return values, batch.Errors
	}
	errs := make([]error, n)
	for i := range errs {
		errs[i] = err
	}
	return make([]T, n), errs
}

func whole[T any](values []T, n int) ([]T, error) {
	if len(values) != n {
		return nil, ErrMalformed
	}
	return values, nil
}

// set gives the item at index i its error. It is false if that cannot be.
func set(errs []error, i uint32, err error) bool {
	if int64(i) >= int64(len(errs)) || errs[i] != nil || err == nil {
		return false
	}
	errs[i] = err
	return true
}

// spread puts the values in the places that no error has.
func spread[T any](values []T, errs []error, ended []Ended) ([]T, error) {
	for _, item := range ended {
		if !set(errs, item.V0, item.V1) {
			return nil, ErrMalformed
		}
	}
	all := make([]T, len(errs))
	for i := range all {
		if errs[i] != nil {
			continue
		}
		if len(values) == 0 {
			return nil, ErrMalformed
		}
		all[i], values = values[0], values[1:]
	}
	if len(values) > 0 {
		return nil, ErrMalformed
	}
	return all, &BatchError{Errors: errs}
}

// firstOf is the first error of a batch, with a text that says which item it
// is of, and how many there are.
func firstOf(err error) error {
	batch, ok := err.(*BatchError)
	if !ok {
		return err
	}
	first, failed := -1, 0
	for i, err := range batch.Errors {
		if err != nil {
			if failed++; first < 0 {
				first = i
			}
		}
	}
	place := fmt.Sprintf("item %d of %d", first, len(batch.Errors))
	if failed > 1 {
		place += fmt.Sprintf(" (and %d more)", failed-1)
	}
	switch e := batch.Errors[first].(type) {
	case *PanicError:
		return &PanicError{Message: place + ": " + e.Message, Stack: e.Stack}
	case *ArgumentError:
		return &ArgumentError{Message: place + ": " + e.Message}
	default:
		return fmt.Errorf("gangplank: %s: %w", place, e)
	}
}
