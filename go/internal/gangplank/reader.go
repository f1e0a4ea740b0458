package gangplank

import (
	"encoding/binary"
	"math"
	"math/bits"
	"runtime"
	"time"
	"unsafe"
)

// shareLimit is the size up to which the strings and byte slices of one
// message share one allocation. It is also how much a small string may keep
// alive.
const shareLimit = 1024

// Reader reads a message (clause 5). After the first fault all further reads
// return zero values; nobody has to look before [Reader.Done].
//
// The message may lie in an array on the caller's stack or in native memory.
// Nothing that a Reader returns points into it.
type Reader struct {
	// Message is what is read.
	Message []byte

	off int
	// kept is where the strings and byte slices lie that were handed out, each
	// in its own place: a copy of Message.
	kept  *byte
	depth Depth
	bad   bool
}

// fail makes every further read fail, by leaving nothing to read.
func (r *Reader) fail() {
	r.Message, r.off, r.bad = nil, 0, true
}

// take returns the next n bytes, or nil if there are not as many.
func (r *Reader) take(n int) []byte {
	if len(r.Message)-r.off < n {
		r.fail()
		return nil
	}
	b := r.Message[r.off : r.off+n]
	r.off += n
	return b
}

// Fault says that a value is none of its type.
func (r *Reader) Fault() { r.fail() }

// Uint8 reads a u8.
func (r *Reader) Uint8() uint8 {
	i := r.off
	if len(r.Message)-i < 1 {
		r.fail()
		return 0
	}
	r.off = i + 1
	return r.Message[i]
}

// Uint16 reads a u16.
func (r *Reader) Uint16() uint16 {
	if b := r.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

// Uint32 reads a u32.
func (r *Reader) Uint32() uint32 {
	i := r.off
	if len(r.Message)-i < 4 {
		r.fail()
		return 0
	}
	r.off = i + 4
	return binary.LittleEndian.Uint32(r.Message[i:])
}

// Uint64 reads a u64.
func (r *Reader) Uint64() uint64 {
	i := r.off
	if len(r.Message)-i < 8 {
		r.fail()
		return 0
	}
	r.off = i + 8
	return binary.LittleEndian.Uint64(r.Message[i:])
}

// Bool reads a bool.
func (r *Reader) Bool() bool {
	v := r.Uint8()
	if v > 1 {
		r.fail()
	}
	return v == 1
}

// Uint reads a usize.
func (r *Reader) Uint() uint { return uint(r.Uint64()) }

// Int8 reads an i8.
func (r *Reader) Int8() int8 { return int8(r.Uint8()) }

// Int16 reads an i16.
func (r *Reader) Int16() int16 { return int16(r.Uint16()) }

// Int32 reads an i32.
func (r *Reader) Int32() int32 { return int32(r.Uint32()) }

// Int64 reads an i64.
func (r *Reader) Int64() int64 { return int64(r.Uint64()) }

// Int reads an isize.
func (r *Reader) Int() int { return int(r.Uint64()) }

// Float32 reads an f32.
func (r *Reader) Float32() float32 { return math.Float32frombits(r.Uint32()) }

// Float64 reads an f64.
func (r *Reader) Float64() float64 { return math.Float64frombits(r.Uint64()) }

// Rune reads a char.
func (r *Reader) Rune() rune {
	v := r.Uint32()
	if v > 0x10ffff || v-0xd800 < 0x800 {
		r.fail()
		return 0
	}
	return rune(v)
}

// Duration reads a Duration.
func (r *Reader) Duration() time.Duration { return time.Duration(r.Uint64()) }

// Time reads a SystemTime.
func (r *Reader) Time() time.Time {
	seconds, nanoseconds := r.Int64(), r.Uint32()
	if nanoseconds >= 1e9 {
		r.fail()
		return time.Time{}
	}
	return time.Unix(seconds, int64(nanoseconds))
}

// Option reads whether there is a value.
func (r *Reader) Option() bool { return r.Bool() }

// Count reads the length of something whose elements take at least size
// bytes each, and checks that they can be there, before anyone allocates.
func (r *Reader) Count(size int) int {
	n := r.Uint64()
	over, total := bits.Mul64(n, uint64(size))
	if over != 0 || total > uint64(len(r.Message)-r.off) || n > math.MaxUint32 && size == 0 {
		r.fail()
		return 0
	}
	return int(n)
}

// String reads a String.
func (r *Reader) String() string {
	p, n := r.own()
	return unsafe.String(p, n)
}

// Bytes reads a Vec<u8>, which is never nil.
func (r *Reader) Bytes() []byte {
	p, n := r.own()
	if n == 0 {
		return []byte{}
	}
	return unsafe.Slice(p, n)
}

// own takes a count and as many bytes, and keeps them.
func (r *Reader) own() (*byte, int) {
	b, i := r.Message, r.off
	if len(b)-i >= 8 {
		n := binary.LittleEndian.Uint64(b[i:])
		i += 8
		if n <= uint64(len(b)-i) {
			r.off = i + int(n)
			if n == 0 {
				return nil, 0
			}
			return r.keep(i, int(n)), int(n)
		}
	}
	r.fail()
	return nil, 0
}

// length is Count for bytes.
func (r *Reader) length() int {
	n := r.Uint64()
	if n > uint64(len(r.Message)-r.off) {
		r.fail()
		return 0
	}
	return int(n)
}

// Text is where a string lies in the message, for an error's text: whether
// anyone needs it is known only after what follows.
type Text struct{ off, n int }

// Text reads past a String.
func (r *Reader) Text() Text {
	n := r.length()
	t := Text{r.off, n}
	r.off += n
	return t
}

// Same says whether the string at t is s.
func (r *Reader) Same(t Text, s string) bool {
	return !r.bad && string(r.Message[t.off:t.off+t.n]) == s
}

// Own returns the string at t.
func (r *Reader) Own(t Text) string {
	if t.n == 0 || r.bad {
		return ""
	}
	return unsafe.String(r.keep(t.off, t.n), t.n)
}

// keep returns where the collector keeps the n bytes at i, at least one. No
// two results overlap, so that a byte slice may be written to.
func (r *Reader) keep(i, n int) *byte {
	if len(r.Message) > shareLimit {
		return copied(r.Message[i : i+n])
	}
	if r.kept == nil {
		r.kept = copied(r.Message)
	}
	// Hidden, because what flows out of r.kept would, for escape analysis,
	// flow out of r.Message too, and drag the caller's array to the heap. r holds
	// on to kept until the pointer is returned.
	p := (*byte)(hide(unsafe.Add(unsafe.Pointer(r.kept), i)))
	runtime.KeepAlive(r)
	return p
}

// copied returns the start of a copy of b, which is not empty. Nobody ever
// sees the copy as a string, so it may be written to.
func copied(b []byte) *byte { return unsafe.StringData(string(b)) }

// ReadSlice reads a Vec of POD, which is never nil.
func ReadSlice[T any](r *Reader) []T {
	var zero T
	v := make([]T, r.Count(int(unsafe.Sizeof(zero))))
	readMemory(r, v)
	return v
}

// ReadArray reads an array of POD into v, a slice of it.
func ReadArray[T any](r *Reader, v []T) { readMemory(r, v) }

func readMemory[T any](r *Reader, v []T) {
	if len(v) == 0 {
		return
	}
	size := len(v) * int(unsafe.Sizeof(v[0]))
	copy(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), size), r.take(size))
}

// Enter is called where a recursive value begins. It says whether to go on.
func (r *Reader) Enter(limit int) bool {
	if !r.depth.Enter(limit) {
		r.fail()
	}
	return !r.bad
}

// Leave is called where a recursive value ends, if Enter said to go on.
func (r *Reader) Leave() { r.depth.Leave() }

// End says whether all was read, without a fault.
func (r *Reader) End() bool { return !r.bad && r.off == len(r.Message) }
