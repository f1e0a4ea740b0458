package gangplank

import (
	"sync"
	"unsafe"
)

// Scratch memory is what a caller lends for a result (clause 1.4). It lies on
// the stack of the generated function where the library never calls back,
// else in a [Buffer]. It is given around as a slice of words.

// memory is what the words take.
func memory(words []uint64) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), len(words)*wordSize)
}

// Buffer is memory for one call of a library that may call back. A callback
// can grow the goroutine's stack, and so move it away beneath the native
// code: such a call lends memory of the heap.
type Buffer struct {
	// Scratch is for the result.
	Scratch [32]uint64
	// message is for the arguments.
	message []byte
	// frame is for the call on the fast lane.
	frame []uint64
}

// Room is memory for the results of a batch, if they are POD: it is lent as
// scratch memory, and if Rust fills it, it is the slice that the caller gets.
type Room struct {
	// Words is what is lent.
	Words []uint64
	own   bool
}

// NewRoom returns room for n results: the memory of dst if there is enough;
// else new memory, if the scratch memory is too small for them.
func NewRoom[T any](dst []T, n int, scratch []uint64) Room {
	var zero T
	size := uint64(unsafe.Sizeof(zero))
	words, there := (uint64(n)*size+wordSize-1)/wordSize, uint64(cap(dst))*size/wordSize
	if p := unsafe.Pointer(unsafe.SliceData(dst)); 0 < words && words <= there && uintptr(p)%wordSize == 0 {
		return Room{Words: unsafe.Slice((*uint64)(p), there), own: true}
	}
	if words <= uint64(len(scratch)) {
		return Room{Words: scratch}
	}
	return Room{Words: make([]uint64, words), own: true}
}

// Apart is dst, or nil if its memory is also that of items: Rust would write
// what it reads (clause 1.6).
func Apart[T, I any](dst []T, items []I) []T {
	var (
		value T
		item  I
	)
	to, from := uintptr(unsafe.Pointer(unsafe.SliceData(dst))), uintptr(unsafe.Pointer(unsafe.SliceData(items)))
	if to < from+uintptr(len(items))*unsafe.Sizeof(item) && from < to+uintptr(cap(dst))*unsafe.Sizeof(value) {
		return nil
	}
	return dst
}

// Filled is the result of a batch that lent room for it. It is never nil.
func Filled[T any](r *Result, room Room) []T {
	n := r[WordB]
	if !room.own || r[WordC] != 0 || n == 0 {
		return Slice[T](r, room.Words)
	}
	var zero T
	b := r.bytes(uint64(unsafe.Sizeof(zero))*n, room.Words)
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), n)
}

// Into returns values in the memory of dst, if they have room there. Often they
// lie there already.
func Into[T any](dst, values []T) []T {
	if dst == nil || cap(dst) < len(values) {
		return values
	}
	dst = dst[:len(values)]
	if unsafe.SliceData(dst) != unsafe.SliceData(values) {
		copy(dst, values)
	}
	return dst
}

// keepMessage is the size up to which the message's memory is used again.
const keepMessage = 64 << 10

var buffers = sync.Pool{New: func() any { return &Buffer{message: make([]byte, 0, 256)} }}

// NewBuffer returns a buffer that nobody else uses until it is freed.
func NewBuffer() *Buffer { return buffers.Get().(*Buffer) }

// Message returns the empty message to append to. See [Buffer.Keep].
func (b *Buffer) Message() []byte { return b.message[:0] }

// Keep hands the message's memory back for the next call, after it grew.
func (b *Buffer) Keep(message []byte) {
	if cap(message) <= keepMessage {
		b.message = message
	}
}

// Free ends the use of the buffer. A call that panics need not free it.
func (b *Buffer) Free() { buffers.Put(b) }
