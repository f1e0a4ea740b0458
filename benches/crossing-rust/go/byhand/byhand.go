// Package byhand exports the same functions as a careful programmer would without a generator. It is what the generated
// bridge is measured against. Like the bridge it calls an implementation that was registered.
package byhand

/*
#include <stdint.h>
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"

	"gangplank.example/crossing-rust/work"
)

type worker interface {
	Nop()
	Scalar(x uint64) uint64
	Text(text string) string
}

var registered worker = impl{}

type impl struct{}

func (impl) Nop() {}

func (impl) Scalar(x uint64) uint64 { return work.Scalar(x) }

func (impl) Text(text string) string { return work.Text(text) }

//export hand_go_nop
func hand_go_nop() { registered.Nop() }

//export hand_go_scalar
func hand_go_scalar(x C.uint64_t) C.uint64_t { return C.uint64_t(registered.Scalar(uint64(x))) }

// The best way for owned strings: the argument is copied once, the answer goes into the caller's buffer. Returns the
// answer's length; if it is more than room, nothing was written.
//
//export hand_go_text
func hand_go_text(text *C.char, n C.size_t, out *C.char, room C.size_t) C.size_t {
	answer := registered.Text(string(unsafe.Slice((*byte)(unsafe.Pointer(text)), int(n))))
	if len(answer) <= int(room) {
		copy(unsafe.Slice((*byte)(unsafe.Pointer(out)), int(room)), answer)
	}
	return C.size_t(len(answer))
}

// The usual way: C strings on both roads. The caller frees the answer.
//
//export hand_go_text_c
func hand_go_text_c(text *C.char) *C.char {
	return C.CString(registered.Text(C.GoString(text)))
}
