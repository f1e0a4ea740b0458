package fastcall

import (
	"runtime"
	"unsafe"
)

// The calls behind the exported functions: cgo's until the fast lane has
// passed its self-test. They are set before main runs, and by [Watch].
var (
	leaf0  func(fn uintptr) uintptr
	leaf1  func(fn, a1 uintptr) uintptr
	leaf2  func(fn, a1, a2 uintptr) uintptr
	leaf3  func(fn, a1, a2, a3 uintptr) uintptr
	leaf4  func(fn, a1, a2, a3, a4 uintptr) uintptr
	leaf5  func(fn, a1, a2, a3, a4, a5 uintptr) uintptr
	leaf6  func(fn, a1, a2, a3, a4, a5, a6 uintptr) uintptr
	frames func(fn, p, n uintptr) uintptr

	leafWords func(fn, a1, a2, a3, a4, a5, a6 uintptr) (r, second uintptr)
)

// Leaf0 calls the native function at fn, of type uintptr_t fn(void). Leaf1 to
// Leaf6 are the same with arguments in registers: integers and addresses, no
// floats. The function must not call Go. Its result means nothing if it
// returns void.
//
// The goroutine keeps its P until fn returns.
func Leaf0(fn uintptr) uintptr { return leaf0(fn) }

// Leaf1 is [Leaf0] with one argument.
func Leaf1(fn, a1 uintptr) uintptr { return leaf1(fn, a1) }

// Leaf2 is [Leaf0] with two arguments.
func Leaf2(fn, a1, a2 uintptr) uintptr { return leaf2(fn, a1, a2) }

// Leaf3 is [Leaf0] with three arguments.
func Leaf3(fn, a1, a2, a3 uintptr) uintptr { return leaf3(fn, a1, a2, a3) }

// Leaf4 is [Leaf0] with four arguments.
func Leaf4(fn, a1, a2, a3, a4 uintptr) uintptr { return leaf4(fn, a1, a2, a3, a4) }

// Leaf5 is [Leaf0] with five arguments.
func Leaf5(fn, a1, a2, a3, a4, a5 uintptr) uintptr { return leaf5(fn, a1, a2, a3, a4, a5) }

// Leaf6 is [Leaf0] with six arguments.
func Leaf6(fn, a1, a2, a3, a4, a5, a6 uintptr) uintptr {
	return leaf6(fn, a1, a2, a3, a4, a5, a6)
}

// LeafWords is [Leaf6] for a function that returns a gangplank_words: two
// results.
func LeafWords(fn, a1, a2, a3, a4, a5, a6 uintptr) (r, second uintptr) {
	return leafWords(fn, a1, a2, a3, a4, a5, a6)
}

// Call calls the native function at fn, of type uintptr_t fn(void *p, size_t n),
// which must not call Go. p may point to a local variable, and does not make
// it escape; the memory at p must not hold Go pointers.
//
// It has the shape of a gangplank shim: p holds n frames.
func Call(fn uintptr, p unsafe.Pointer, n uintptr) uintptr {
	// From here to the native function nothing may move the stack: the fast
	// lane does not, and the cgo lane first makes the address a pointer again.
	r := frames(fn, uintptr(p), n)
	runtime.KeepAlive(p)
	return r
}

// pointer makes an address that may be of the goroutine's stack a pointer
// again, before anything moves the stack. Its callers are nosplit and
// nocheckptr, too: checkptr would call a function that is neither.
//
//go:nosplit
//go:nocheckptr
func pointer(address uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&address)) }

// native turns an address of native memory into a pointer.
func native[T any](address uintptr) *T {
	return *(**T)(unsafe.Pointer(&address))
}
