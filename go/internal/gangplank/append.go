package gangplank

import (
	"encoding/binary"
	"math"
	"time"
	"unsafe"
)

// The functions in this file append one value to a message (clause 5). The
// buffer is usually an array on the stack of a generated function: nothing
// here keeps it.

// BoolWord is a bool as a word.
func BoolWord(v bool) uint64 {
	if v {
		return 1
	}
	return 0
}

// AppendBool appends a bool, or whether an Option has a value.
func AppendBool(b []byte, v bool) []byte { return append(b, uint8(BoolWord(v))) }

// AppendUint8 appends a u8.
func AppendUint8(b []byte, v uint8) []byte { return append(b, v) }

// AppendUint16 appends a u16.
func AppendUint16(b []byte, v uint16) []byte { return binary.LittleEndian.AppendUint16(b, v) }

// AppendUint32 appends a u32.
func AppendUint32(b []byte, v uint32) []byte { return binary.LittleEndian.AppendUint32(b, v) }

// AppendUint64 appends a u64.
func AppendUint64(b []byte, v uint64) []byte { return binary.LittleEndian.AppendUint64(b, v) }

// AppendUint appends a usize, which takes 8 bytes.
func AppendUint(b []byte, v uint) []byte { return AppendUint64(b, uint64(v)) }

// AppendInt8 appends an i8.
func AppendInt8(b []byte, v int8) []byte { return append(b, uint8(v)) }

// AppendInt16 appends an i16.
func AppendInt16(b []byte, v int16) []byte { return AppendUint16(b, uint16(v)) }

// AppendInt32 appends an i32.
func AppendInt32(b []byte, v int32) []byte { return AppendUint32(b, uint32(v)) }

// AppendInt64 appends an i64.
func AppendInt64(b []byte, v int64) []byte { return AppendUint64(b, uint64(v)) }

// AppendInt appends an isize, which takes 8 bytes.
func AppendInt(b []byte, v int) []byte { return AppendUint64(b, uint64(v)) }

// AppendFloat32 appends an f32.
func AppendFloat32(b []byte, v float32) []byte { return AppendUint32(b, math.Float32bits(v)) }

// AppendFloat64 appends an f64.
func AppendFloat64(b []byte, v float64) []byte { return AppendUint64(b, math.Float64bits(v)) }

// AppendRune appends a char. Rust refuses what is none.
func AppendRune(b []byte, v rune) []byte { return AppendUint32(b, uint32(v)) }

// AppendDuration appends a Duration: nanoseconds. Rust refuses negative ones.
func AppendDuration(b []byte, v time.Duration) []byte { return AppendUint64(b, uint64(v)) }

// AppendTime appends a SystemTime: seconds since 1970 and nanoseconds.
func AppendTime(b []byte, v time.Time) []byte {
	return AppendUint32(AppendInt64(b, v.Unix()), uint32(v.Nanosecond()))
}

// AppendCount appends the length of what follows.
func AppendCount(b []byte, n int) []byte { return AppendUint64(b, uint64(n)) }

// AppendString appends a String.
func AppendString(b []byte, v string) []byte { return append(AppendCount(b, len(v)), v...) }

// AppendBytes appends a Vec<u8>.
func AppendBytes(b, v []byte) []byte { return append(AppendCount(b, len(v)), v...) }

// AppendSlice appends a Vec of POD: its memory (clause 5.4).
func AppendSlice[T any](b []byte, v []T) []byte {
	return appendMemory(AppendCount(b, len(v)), v)
}

// AppendArray appends an array of POD, given as a slice of it: its memory, without a count.
func AppendArray[T any](b []byte, v []T) []byte { return appendMemory(b, v) }

func appendMemory[T any](b []byte, v []T) []byte {
	if len(v) == 0 {
		return b
	}
	size := len(v) * int(unsafe.Sizeof(v[0]))
	return append(b, unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), size)...)
}

// NilTag stands for a nil interface, and for a value that is none of the
// variants (clause 5.6). Rust refuses it.
const NilTag = 0xffffffff

// AppendInvalid appends what Rust refuses where an Option, a count or an enum
// begins. It stands for what cannot be sent: a value that nests too deep, or a
// nil pointer to an error struct.
func AppendInvalid(b []byte) []byte {
	return append(b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
}
