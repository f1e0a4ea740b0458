// Package cgo takes the place of runtime/cgo where that is imported for its Handle:
//
//	import "gangplank.dev/go/handle/cgo" // was "runtime/cgo"
//
// The names and what they do are the same. Creating, reading and deleting are several times faster, and none of them
// allocates. A Handle that was deleted is noticed even if its memory was used again.
//
// The package does not need cgo itself.
package cgo

import "gangplank.dev/go/handle"

// Handle is a number for a Go value that native code can keep. The zero Handle is not valid, and can stand for none.
type Handle uintptr

var table = handle.NewTable[any]()

// NewHandle returns a handle for v. It is valid until it is deleted, and must be: the value is kept until then.
func NewHandle(v any) Handle { return Handle(table.New(v)) }

// Value returns the value of a valid handle. It panics if the handle is not valid.
func (h Handle) Value() any {
	v, err := table.Get(handle.Handle(h))
	if err != nil {
		panic(err)
	}
	return v
}

// Delete ends the handle. It panics if the handle is not valid.
func (h Handle) Delete() {
	if err := table.Delete(handle.Handle(h)); err != nil {
		panic(err)
	}
}
