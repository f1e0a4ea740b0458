package gangplank

import (
	"sync"
	"unsafe"
)

// Frame is a frame of the heap, for a call on the fast lane from which the
// library may call back: unlike one on the goroutine's stack it stays where it
// is (clause 9.3). It belongs to one call, until it is freed.
type Frame struct {
	words []uint64
}

// usualFrame is how many words a new frame has room for.
const usualFrame = 24

var entryFrames = sync.Pool{New: func() any { return &Frame{make([]uint64, usualFrame)} }}

// NewFrame returns a frame of n words with an empty header.
func NewFrame(n int) *Frame {
	f := entryFrames.Get().(*Frame)
	if n > cap(f.words) {
		f.words = make([]uint64, n)
	}
	f.words = f.words[:n]
	*(*Result)(f.words) = Result{}
	return f
}

// Set sets the word at an index.
func (f *Frame) Set(i int, word uint64) { f.words[i] = word }

// Span sets two words to the address of n elements of the heap, which the
// caller keeps alive.
func (f *Frame) Span(i int, p unsafe.Pointer, n int) {
	f.words[i], f.words[i+1] = uint64(uintptr(p)), uint64(n)
}

// Lend lends memory of the heap for the result, which the caller keeps alive.
func (f *Frame) Lend(scratch []uint64) {
	f.Span(WordA, unsafe.Pointer(unsafe.SliceData(scratch)), len(scratch)*wordSize)
}

// Address is where the frame is, for native code.
func (f *Frame) Address() uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(f.words))) }

// Free returns the result and ends the use of the frame. A call that panics
// need not free it.
func (f *Frame) Free() Result {
	r := *(*Result)(f.words)
	entryFrames.Put(f)
	return r
}

// At is native memory at an address that a callback got as a word.
func At(address uintptr) unsafe.Pointer { return native(uint64(address)) }
