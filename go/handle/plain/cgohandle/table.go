//go:build cgo

package cgohandle

import (
	"runtime/cgo"

	"gangplank.dev/go/handle"
)

// Table keeps values in cgo.Handles. It has no state of its own: all Tables are one.
type Table[T any] struct{}

var _ handle.Keeper[int] = Table[int]{}

// New files a value.
func (Table[T]) New(v T) handle.Handle { return handle.Handle(cgo.NewHandle(v)) }

// Get gives the value of a live handle. A handle of a Table of another type is not valid either.
func (Table[T]) Get(h handle.Handle) (v T, err error) {
	defer invalid(h, &err)
	value := cgo.Handle(h).Value()
	v, ok := value.(T)
	if !ok && value != nil {
		return v, handle.ErrForeign
	}
	return v, nil
}

// Take gives the value of a live handle and deletes the handle.
func (t Table[T]) Take(h handle.Handle) (v T, err error) {
	if v, err = t.Get(h); err == nil {
		err = t.Delete(h)
	}
	return v, err
}

// Delete ends a handle.
func (Table[T]) Delete(h handle.Handle) (err error) {
	defer invalid(h, &err)
	cgo.Handle(h).Delete()
	return nil
}

// invalid makes an error of the panic that cgo.Handle answers an invalid handle with.
func invalid(h handle.Handle, err *error) {
	if recover() == nil {
		return
	}
	if *err = handle.ErrInvalid; h == 0 {
		*err = handle.ErrZero
	}
}
