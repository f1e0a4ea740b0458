package main

import (
	"unsafe"

	"github.com/ebitengine/purego"
)

// room is how long an answer may be to come in one crossing.
const room = 64

// library is the crate as purego sees it.
type library struct {
	nop    func()
	scalar func(x uint64) uint64
	text   func(text unsafe.Pointer, n uintptr, out unsafe.Pointer, room uintptr) uintptr
}

func load(path string) (*library, error) {
	handle, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return nil, err
	}
	l := &library{}
	purego.RegisterLibFunc(&l.nop, handle, "hand_nop")
	purego.RegisterLibFunc(&l.scalar, handle, "hand_scalar")
	purego.RegisterLibFunc(&l.text, handle, "hand_text")
	return l, nil
}

// Text passes address and length; the answer comes into the caller's buffer.
func (l *library) Text(text string) string {
	out := make([]byte, room)
	n := l.text(unsafe.Pointer(unsafe.StringData(text)), uintptr(len(text)), unsafe.Pointer(&out[0]), uintptr(len(out)))
	if n > uintptr(len(out)) {
		out = make([]byte, n)
		l.text(unsafe.Pointer(unsafe.StringData(text)), uintptr(len(text)), unsafe.Pointer(&out[0]), n)
	}
	return unsafe.String(unsafe.SliceData(out), n)
}
