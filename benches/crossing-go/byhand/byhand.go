// Package byhand calls Rust as a careful programmer would without a generator. It is what the generated package is measured
// against.
package byhand

/*
#cgo noescape hand_nop
#cgo nocallback hand_nop
#cgo noescape hand_scalar
#cgo nocallback hand_scalar
#cgo noescape hand_text
#cgo nocallback hand_text
#cgo noescape hand_copy
#cgo nocallback hand_copy
#include <stdlib.h>
#include "byhand.h"
*/
import "C"

import (
	// The Rust library is linked in by the generated package.
	_ "gangplank.example/crossing-go/crossing"

	"unsafe"
)

// Nop is a bare cgo call.
func Nop() { C.hand_nop() }

// Scalar passes and returns a number.
func Scalar(x uint64) uint64 { return uint64(C.hand_scalar(C.uint64_t(x))) }

// TextC is the usual way: C strings on both roads, four crossings.
func TextC(text string) string {
	in := C.CString(text)
	out := C.hand_text_c(in)
	C.free(unsafe.Pointer(in))
	answer := C.GoString(out)
	C.hand_free_c(out)
	return answer
}

// TextOwned passes address and length on both roads: two crossings.
func TextOwned(text string) string {
	var n C.size_t
	out := C.hand_text_owned(bytes(text), C.size_t(len(text)), &n)
	answer := string(unsafe.Slice((*byte)(out), int(n)))
	C.hand_free(out, n)
	return answer
}

// room is how long an answer may be to come in one crossing.
const room = 64

// Text is the best way: one crossing, into a buffer on the stack.
func Text(text string) string {
	var out [room]byte
	n := C.hand_text(bytes(text), C.size_t(len(text)), (*C.uint8_t)(&out[0]), room)
	if n > room {
		return TextOwned(text)
	}
	return string(out[:n])
}

// Copy is the floor: as Text, but Rust only copies bytes.
func Copy(text string) string {
	var out [room]byte
	n := C.hand_copy(bytes(text), C.size_t(len(text)), (*C.uint8_t)(&out[0]), room)
	if n > room {
		return TextOwned(text)
	}
	return string(out[:n])
}

func bytes(text string) *C.uint8_t { return (*C.uint8_t)(unsafe.StringData(text)) }
