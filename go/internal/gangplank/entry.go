package gangplank

import "unsafe"

// Frame is the frame of a call on the fast lane from which the library may
// call back, if its arguments and result do not travel in registers. Unlike
// one on the goroutine's stack it stays where it is (clause 9.3). It is part of
// a [Buffer], and lives as long.
type Frame []uint64

// Frame returns the buffer's frame, of n words with an empty header.
func (b *Buffer) Frame(n int) Frame {
	if n > cap(b.frame) {
		b.frame = make([]uint64, n)
	}
	f := Frame(b.frame[:n])
	*(*Result)(f) = Result{}
	return f
}

// Set sets the word at an index.
func (f Frame) Set(i int, word uint64) { f[i] = word }

// Span sets two words to the address of n elements of the heap, which the
// caller keeps alive.
func (f Frame) Span(i int, p unsafe.Pointer, n int) {
	f[i], f[i+1] = uint64(uintptr(p)), uint64(n)
}

// Lend lends memory of the heap for the result, which the caller keeps alive.
func (f Frame) Lend(scratch []uint64) {
	f.Span(WordA, unsafe.Pointer(unsafe.SliceData(scratch)), len(scratch)*wordSize)
}

// Address is where the frame is, for native code.
func (f Frame) Address() uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(f))) }

// Result is the result that the shim left.
func (f Frame) Result() Result { return *(*Result)(f) }

// Refused is the header of a call whose result travels in registers, and that
// did not succeed: it came in a block, which goes back (clause 9.3).
//
//go:noinline
func Refused(address uintptr) Result {
	r := *(*Result)(native(uint64(address)))
	Release(uint64(address), wordSize*HeaderWords<<6|3)
	return r
}

// At is native memory at an address that a callback got as a word.
func At(address uintptr) unsafe.Pointer { return native(uint64(address)) }
