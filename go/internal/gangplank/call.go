package gangplank

import (
	"math/bits"
	"unsafe"
)

// Call is one frame in which Rust calls a Go method: its arguments, and the
// place of its result. It belongs to the goroutine that serves it, until the
// shim returns.
//
// A shim serves a single call itself; that is the common case. For a batch it
// hands itself to [Serve].
type Call struct {
	frame   unsafe.Pointer
	settled bool // the header is written
	// later takes the bytes of a result that is not written into the frame, if
	// the call is a run.
	later *later
}

// CallAt is the call whose frame is there.
func CallAt(frame unsafe.Pointer) Call { return Call{frame: frame} }

// Serve runs the calls of a batch, one after the other (clause 1.3). Until a
// call is settled its status word says how many come after it, and its word 3
// where the first frame is: 0 and 0 if it is alone (clause 1.4).
func Serve(frames unsafe.Pointer, n, stride int, serve func(frame unsafe.Pointer)) {
	for i := range n {
		c := CallAt(unsafe.Add(frames, i*stride*wordSize))
		*c.word(WordStatus), *c.word(WordC) = uint64(n-1-i), uint64(uintptr(frames))
		serve(c.frame)
	}
}

// Word is the word at index i of the frame. Arguments begin after [HandleWord].
func (c *Call) Word(i int) uint64 { return *c.word(i) }

func (c *Call) word(i int) *uint64 { return (*uint64)(unsafe.Add(c.frame, i*wordSize)) }

// span is the memory of the span in the words i and i+1, with elements of size bytes.
func (c *Call) span(i, size int) []byte { return nativeBytes(c.Word(i), c.Word(i+1)*uint64(size)) }

// String is a copy of the string in the words i and i+1.
func (c *Call) String(i int) string { return string(c.span(i, 1)) }

// BorrowedString is the string in the words i and i+1, where it is.
func (c *Call) BorrowedString(i int) BorrowedString {
	b := c.span(i, 1)
	return BorrowedString(unsafe.String(unsafe.SliceData(b), len(b)))
}

// BorrowedBytes are the bytes in the words i and i+1, where they are.
func (c *Call) BorrowedBytes(i int) BorrowedBytes {
	if b := c.span(i, 1); b != nil {
		return BorrowedBytes(b)
	}
	return BorrowedBytes{}
}

// CallSlice is a copy of the slice of POD in the words i and i+1.
func CallSlice[T any](c *Call, i int) []T {
	var zero T
	v := make([]T, c.Word(i+1))
	if len(v) > 0 {
		b := c.span(i, int(unsafe.Sizeof(zero)))
		copy(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), len(b)), b)
	}
	return v
}

// CallView is the slice of POD in the words i and i+1, where it is: in memory
// of Rust, until the shim returns.
func CallView[T any](c *Call, i int) []T {
	n := c.Word(i + 1)
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*T)(native(c.Word(i))), n)
}

// Message is the message in the words i and i+1, for a [Reader].
func (c *Call) Message(i int) []byte { return c.span(i, 1) }

// settle writes the header: nothing may fail after it.
func (c *Call) settle(status, a, b, word3 uint64) {
	*c.word(WordA), *c.word(WordB), *c.word(WordC) = a, b, word3
	*c.word(WordStatus) = status
	c.settled = true
}

// Done is the result of a method that returns nothing. Only the status has a
// meaning then (clause 4.1).
func (c *Call) Done() {
	*c.word(WordStatus) = OK
	c.settled = true
}

// Scalar is a result of one word.
func (c *Call) Scalar(word uint64) {
	*c.word(WordA) = word
	c.Done()
}

// Pair is a function value or an implementation that was filed; 0 if it is nil.
func (c *Call) Pair(handle uint64) {
	if handle == 0 {
		c.Reject("gangplank: Go returned nil where Rust needs a value")
		return
	}
	*c.word(WordB), *c.word(WordC) = handle, 0
	c.Scalar(bridge.Keeper)
}

// Object is a handle that Rust then owns; 0 if there was no object to share.
func (c *Call) Object(handle uint64) {
	if handle == 0 {
		c.Reject("gangplank: Go returned an object that is nil or closed")
		return
	}
	c.Scalar(handle)
}

// Text is a result of type String.
func (c *Call) Text(s string) {
	c.memory(OK, unsafe.Slice(unsafe.StringData(s), len(s)), uint64(len(s)), 1, 1)
}

// SetSlice is a result of type Vec of POD, with elements of that alignment.
func SetSlice[T any](c *Call, v []T, align int) {
	var zero T
	size := int(unsafe.Sizeof(zero))
	c.memory(OK, unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), len(v)*size), uint64(len(v)), size, align)
}

// Lent is the scratch memory that the caller lent, empty, to append a
// message to. What is longer goes on in Go's memory.
func (c *Call) Lent() []byte { return nativeBytes(c.Word(WordA), c.Word(WordB))[:0] }

// Value is a result that is a message, appended to Lent.
func (c *Call) Value(message []byte) { c.message(OK, message) }

// Fail is the method's own error value, appended to Lent.
func (c *Call) Fail(message []byte) { c.message(Failed, message) }

// Error is an error that is not of the method's own type.
func (c *Call) Error(err error) { c.message(Foreign, AppendChain(c.Lent(), err)) }

// Unavailable says that there is nothing to call, and what is missing.
func (c *Call) Unavailable(text string) { c.message(Unavailable, AppendString(c.Lent(), text)) }

// Reject says that an argument cannot be read.
func (c *Call) Reject(text string) { c.message(Rejected, AppendString(c.Lent(), text)) }

// failure is a status with a text and a stack.
func (c *Call) failure(status uint64, text, stack string) {
	c.message(status, AppendUTF8(AppendUTF8(c.Lent(), text), stack))
}

// message is a result that was appended to Lent, and lies there if it had room.
func (c *Call) message(status uint64, b []byte) {
	n := uint64(len(b))
	if c.later != nil {
		c.memory(status, b, n, 1, 1)
		return
	}
	if n == 0 || n <= c.Word(WordB) && uint64(uintptr(unsafe.Pointer(unsafe.SliceData(b)))) == c.Word(WordA) {
		c.settle(status, c.Word(WordA), n, 0)
		return
	}
	c.memory(status, b, n, 1, 1)
}

// memory is a result of n elements that lie in b: they are copied into the
// lent scratch if it has room, else into a block (clause 4.3).
func (c *Call) memory(status uint64, b []byte, n uint64, size, align int) {
	if c.later != nil && len(b) <= carried {
		c.later.bytes, c.later.align = b, align
		c.settle(status, 0, n, 0)
		return
	}
	if uint64(len(b)) <= c.Word(WordB) {
		// A batch may have put its results there itself.
		if lent := nativeBytes(c.Word(WordA), c.Word(WordB)); unsafe.SliceData(lent) != unsafe.SliceData(b) {
			copy(lent, b)
		}
		c.settle(status, c.Word(WordA), n, 0)
		return
	}
	// A whole number of elements, so that Rust can make the block a Vec.
	capacity := len(b)
	for capacity < minBlock {
		capacity += size
	}
	address := library.Alloc(uint64(capacity), uint64(align))
	if address == 0 {
		// The text has room in the scratch memory, or there is none at all.
		text := AppendString(nil, "gangplank: no memory for the result")
		n := copy(nativeBytes(c.Word(WordA), c.Word(WordB)), text)
		c.settle(Rejected, c.Word(WordA), uint64(n), 0)
		return
	}
	copy(nativeBytes(address, uint64(capacity)), b)
	c.settle(status, address, n, uint64(capacity)<<6|uint64(bits.TrailingZeros(uint(align))))
}

// minBlock is the least capacity of a block (clause 4.3).
const minBlock = 24

// BadMessage is the text for Reject when the message of arguments has a fault.
const BadMessage = "gangplank: malformed message to Go: the generated code and the library differ; run `gangplank generate` and `gangplank build`"

// Missing says that nothing is registered for an imported trait, or that the
// implementation that is called is gone.
//
//go:noinline
func (c *Call) Missing(pkg, name string) {
	if c.Word(HandleWord) != 0 {
		c.Reject("the " + name + " that is called is gone: it was lent for a call that is over, or released")
		return
	}
	c.Unavailable("no implementation of " + name + " is registered: call " + pkg + ".Register" + name)
}
