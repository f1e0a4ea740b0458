// Package cgolane makes the calls of package fastcall in the ordinary way,
// through cgo. It is apart because a package with cgo cannot hold Go assembly.
package cgolane

/*
#cgo CFLAGS: -I${SRCDIR}/../../include
#cgo linux LDFLAGS: -ldl
#cgo noescape gangplank_cgolane_leaf
#cgo nocallback gangplank_cgolane_leaf
#cgo noescape gangplank_cgolane_leaf_words
#cgo nocallback gangplank_cgolane_leaf_words
#cgo noescape gangplank_cgolane_call
#cgo nocallback gangplank_cgolane_call
#cgo noescape gangplank_cgolane_pause
#cgo nocallback gangplank_cgolane_pause
#include "cgolane.h"
*/
import "C"

import "unsafe"

// Callback runs a registered function. Package fastcall sets it before main.
var Callback func(number, a, b, ctx uintptr) uintptr

// Leaf calls fn, which must not call back.
func Leaf(fn, a1, a2, a3, a4, a5, a6 uintptr) uintptr {
	return uintptr(C.gangplank_cgolane_leaf(C.uintptr_t(fn), C.uintptr_t(a1), C.uintptr_t(a2), C.uintptr_t(a3),
		C.uintptr_t(a4), C.uintptr_t(a5), C.uintptr_t(a6)))
}

// LeafWords is Leaf for a function with two results.
func LeafWords(fn, a1, a2, a3, a4, a5, a6 uintptr) (r, second uintptr) {
	words := C.gangplank_cgolane_leaf_words(C.uintptr_t(fn), C.uintptr_t(a1), C.uintptr_t(a2), C.uintptr_t(a3),
		C.uintptr_t(a4), C.uintptr_t(a5), C.uintptr_t(a6))
	return uintptr(words.first), uintptr(words.second)
}

// Call calls fn, which must not call back, with the address of Go memory.
func Call(fn uintptr, p unsafe.Pointer, n uintptr) uintptr {
	return uintptr(C.gangplank_cgolane_call(C.uintptr_t(fn), p, C.uintptr_t(n)))
}

// Enter calls fn, which may call back. failed is the context's.
func Enter(fn, a, b uintptr) (result uintptr, failed uint32) {
	end := C.gangplank_cgolane_enter(C.uintptr_t(fn), C.uintptr_t(a), C.uintptr_t(b), 0, 0, 0, 0)
	return uintptr(end.words.first), uint32(end.failed)
}

// EnterWords is Enter for a function with more arguments and two results.
func EnterWords(fn, a, b, c, d, e uintptr) (r, second uintptr, failed uint32) {
	end := C.gangplank_cgolane_enter(C.uintptr_t(fn), C.uintptr_t(a), C.uintptr_t(b), C.uintptr_t(c), C.uintptr_t(d), C.uintptr_t(e), 1)
	return uintptr(end.words.first), uintptr(end.words.second), uint32(end.failed)
}

// Resume ends the innermost callback of the thread with a result, from a
// deferred function of a goroutine that is exiting. It returns when the native
// function of that entry has returned.
func Resume(result uintptr) (uintptr, uint32) {
	end := C.gangplank_cgolane_resume(C.uintptr_t(result))
	return uintptr(end.words.first), uint32(end.failed)
}

// Pause sleeps for about 50 µs, in C: the thread has no P then.
func Pause() { C.gangplank_cgolane_pause() }

// Stack is the address of a local variable of a C function.
func Stack() uintptr { return uintptr(C.gangplank_cgolane_stack()) }

// Symbol is the name of a native function, if the dynamic linker knows it.
func Symbol(fn uintptr) string {
	return C.GoString(C.gangplank_cgolane_symbol(C.uintptr_t(fn)))
}

//export gangplank_cgolane_callback
func gangplank_cgolane_callback(ctx, number, a, b C.uintptr_t) C.uintptr_t {
	return C.uintptr_t(Callback(uintptr(number), uintptr(a), uintptr(b), uintptr(ctx)))
}
