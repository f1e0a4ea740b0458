package gangplank

import (
	"io/fs"
	"runtime"
	"sync/atomic"
)

// Object is Go's hold of a value of Rust: an object, or a function (clause
// 8.2). It stands first in the generated wrapper and must not be copied.
//
// The handle belongs to the wrapper until somebody swaps it for 0: Close, or a
// method that takes the object itself. Whoever gets it from the swap ends it,
// so it is ended once. A wrapper that nobody closes is released by a cleanup
// (see nursery.go). The cleanup has the handle too, and may release it a second
// time: what is no live handle is passed over (clause 8.5).
//
// A call that began before Close goes on: its handle was live when it crossed,
// and Rust keeps the object until the last call is done.
//
// It has no pointer, which makes it cheaper to allocate, and 16 bytes, so that
// it can have a cleanup.
type Object struct {
	_      noCopy
	keeper keeperIndex
	handle uint64
}

// noCopy lets go vet find copies.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// Open takes over a handle that Rust gave. It is called once, before anyone
// else knows the object.
func (o *Object) Open(k *Keeper, handle uint64) {
	o.keeper, o.handle = k.index, handle
	if tracking.Load() {
		track(k, handle)
	}
	nurse(o)
}

// Handle is the handle for a call, or 0 if the object is closed. The caller
// keeps the object alive until the call is back.
func (o *Object) Handle() uint64 { return atomic.LoadUint64(&o.handle) }

// End closes the object and returns the handle, which the caller releases; 0
// if it was closed before.
func (o *Object) End() uint64 {
	handle := atomic.SwapUint64(&o.handle, 0)
	if tracking.Load() {
		untrack(o.keeper.find(), handle)
	}
	return handle
}

// Consumed closes the object after a call that took it, if the call got that
// far (clause 8.3).
func (o *Object) Consumed(status uint64) {
	if status <= Panicked || status == Pending {
		o.End()
	}
}

// Share makes another handle of the object, for Rust to own (clause 8.6). It
// is 0, which Rust refuses, if the object is closed.
func (o *Object) Share() uint64 {
	handle := o.Handle()
	if handle == 0 {
		return 0
	}
	r := bridge.Share(o.keeper.find().address, handle)
	runtime.KeepAlive(o)
	if r[WordStatus] != OK {
		r.release()
		return 0
	}
	return r[WordA]
}

// ClosedError says that an object was used after Close, or after a method that
// took the object itself. A function that has no error to return panics with
// it instead. It is an [fs.ErrClosed] for [errors.Is].
type ClosedError struct {
	// Type is the object's type.
	Type string
	// Argument is the name of the argument that it was, empty if its method was
	// called.
	Argument string
}

func (e *ClosedError) Error() string {
	if e.Argument != "" {
		return "argument " + e.Argument + ": " + e.Type + " is closed"
	}
	return e.Type + " is closed"
}

// Is says whether target is [fs.ErrClosed].
func (e *ClosedError) Is(target error) bool { return target == fs.ErrClosed }

// Nil is the error about an argument that is nil and may not be.
func Nil(argument string) error {
	return &ArgumentError{Message: argument + " is nil"}
}

// NoHandle is the error about an object that has no handle: it is nil, or closed.
func NoHandle(argument, typeName string, isNil bool) error {
	if isNil {
		return Nil(argument)
	}
	return &ClosedError{Type: typeName, Argument: argument}
}

// OrClosed is the error of a call. If the call was refused, and one of the
// objects was closed while it was on its way, that is why.
func OrClosed(err error, objects ...*Object) error {
	if _, ok := err.(*ArgumentError); ok {
		for _, o := range objects {
			if o.Handle() == 0 {
				return &ClosedError{Type: o.keeper.find().name}
			}
		}
	}
	return err
}
