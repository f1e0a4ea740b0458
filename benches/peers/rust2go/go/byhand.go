package main

/*
#include <stdint.h>
#include <stddef.h>
*/
import "C"

import "unsafe"

// What a careful programmer exports without a generator.

//export hand_go_nop
func hand_go_nop() {}

//export hand_go_scalar
func hand_go_scalar(x C.uint64_t) C.uint64_t { return x + 1 }

// The argument is copied once, the answer goes into the caller's buffer. Returns the answer's length; if it is more than room,
// nothing was written.
//
//export hand_go_text
func hand_go_text(text *C.char, n C.size_t, out *C.char, room C.size_t) C.size_t {
	question := string(unsafe.Slice((*byte)(unsafe.Pointer(text)), int(n)))
	answer := WorkImpl.text(&question)
	if len(answer) <= int(room) {
		copy(unsafe.Slice((*byte)(unsafe.Pointer(out)), int(room)), answer)
	}
	return C.size_t(len(answer))
}
