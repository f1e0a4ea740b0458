package fastcall

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// Callback is the number by which native code calls a registered function.
type Callback uintptr

// callback is what a number stands for.
type callback struct {
	run  func(a, b uintptr) uintptr
	trap func(a, b uintptr, failure Failure) uintptr
}

// callbacks only grows: a loaded slice stays valid. Number 0 is
// GANGPLANK_YIELD.
var callbacks atomic.Pointer[[]callback]

// direct is what the assembly calls without dispatch, where an older frame
// guards all callbacks: the same slice, or an empty one while [Watch] is on.
var direct atomic.Pointer[[]callback]

var registering sync.Mutex

func init() {
	publish(&[]callback{{run: giveWay}})
}

// giveWay is called at a checkpoint when the runtime wants the thread. What
// calls it has let the runtime in, as any call of a Go function does: the
// goroutine has yielded. For a time slice that is all. A collection is now in
// the middle of its work, will want this thread again soon, and would share the
// CPUs with it until then. So the goroutine also leaves its P for a moment: the
// collector marks with that P too, and stops the world without asking us.
func giveWay(a, b uintptr) uintptr {
	pause()
	return 0
}

// pause leaves the P for about 50 µs; on the fast lane only.
var pause = func() {}

// publish makes the callbacks known.
func publish(known *[]callback) {
	callbacks.Store(known)
	if watched {
		known = new([]callback)
	}
	direct.Store(known)
}

// watched says that each callback goes through dispatchFunc.
var watched bool

// watchCallbacks puts a function in the place of dispatch.
func watchCallbacks(dispatch func(number, a, b uintptr) uintptr) {
	registering.Lock()
	defer registering.Unlock()
	dispatchFunc, watched = dispatch, true
	publish(callbacks.Load())
}

// Register makes f callable by native code that was entered with [Enter], for
// the life of the process. Functions are not released: register a fixed number
// of them, and pass what varies as an argument, for instance a handle.
func Register(f func(a, b uintptr) uintptr) Callback { return RegisterTrap(f, nil) }

// RegisterTrap is [Register] for a function that reports its own failures. When
// f panics or calls [runtime.Goexit], trap runs in its place, and its result
// is what native code gets; the panic ends there, and a Goexit goes on when
// the native code has returned. After a Goexit gangplank_failed is true all the
// same: native code should return.
func RegisterTrap(f func(a, b uintptr) uintptr, trap func(a, b uintptr, failure Failure) uintptr) Callback {
	if f == nil {
		panic("gangplank: fastcall.Register of a nil function")
	}
	registering.Lock()
	defer registering.Unlock()
	old := *callbacks.Load()
	grown := append(old[:len(old):len(old)], callback{f, trap})
	publish(&grown)
	return Callback(len(old))
}

// dispatchFunc is dispatch, or what [Watch] puts in its place.
var dispatchFunc = dispatch

// dispatch runs a callback that an older frame guards.
func dispatch(number, a, b uintptr) uintptr {
	known := *callbacks.Load()
	if number >= uintptr(len(known)) {
		panic(unknown(number))
	}
	return known[number].run(a, b)
}

func unknown(number uintptr) error {
	return fmt.Errorf("gangplank: native code called callback %d, which is not registered", number)
}
