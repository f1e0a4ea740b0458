package gangplank

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

// point is POD (clause 5.4).
type point struct {
	X, Y int32
}

// values append themselves and read themselves back; layout is what clause 5 says.
var values = []struct {
	name   string
	layout []byte
	append func([]byte) []byte
	read   func(*Reader) any
	value  any
}{
	{"bool", []byte{1}, func(b []byte) []byte { return AppendBool(b, true) }, func(r *Reader) any { return r.Bool() }, true},
	{"u8", []byte{200}, func(b []byte) []byte { return AppendUint8(b, 200) }, func(r *Reader) any { return r.Uint8() }, uint8(200)},
	{"u16", []byte{2, 1}, func(b []byte) []byte { return AppendUint16(b, 0x102) }, func(r *Reader) any { return r.Uint16() }, uint16(0x102)},
	{"u32", []byte{4, 3, 2, 1}, func(b []byte) []byte { return AppendUint32(b, 0x1020304) }, func(r *Reader) any { return r.Uint32() }, uint32(0x1020304)},
	{"u64", []byte{8, 7, 6, 5, 4, 3, 2, 1}, func(b []byte) []byte { return AppendUint64(b, 0x102030405060708) }, func(r *Reader) any { return r.Uint64() }, uint64(0x102030405060708)},
	{"usize", []byte{1, 0, 0, 0, 0, 0, 0, 0}, func(b []byte) []byte { return AppendUint(b, 1) }, func(r *Reader) any { return r.Uint() }, uint(1)},
	{"i8", []byte{0xff}, func(b []byte) []byte { return AppendInt8(b, -1) }, func(r *Reader) any { return r.Int8() }, int8(-1)},
	{"i16", []byte{0xfe, 0xff}, func(b []byte) []byte { return AppendInt16(b, -2) }, func(r *Reader) any { return r.Int16() }, int16(-2)},
	{"i32", []byte{0, 0, 0, 0x80}, func(b []byte) []byte { return AppendInt32(b, math.MinInt32) }, func(r *Reader) any { return r.Int32() }, int32(math.MinInt32)},
	{"i64", []byte{0, 0, 0, 0, 0, 0, 0, 0x80}, func(b []byte) []byte { return AppendInt64(b, math.MinInt64) }, func(r *Reader) any { return r.Int64() }, int64(math.MinInt64)},
	{"isize", []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, func(b []byte) []byte { return AppendInt(b, -1) }, func(r *Reader) any { return r.Int() }, -1},
	{"f32", []byte{0, 0, 0xc0, 0x3f}, func(b []byte) []byte { return AppendFloat32(b, 1.5) }, func(r *Reader) any { return r.Float32() }, float32(1.5)},
	{"f64", []byte{0, 0, 0, 0, 0, 0, 0xf8, 0x7f}, func(b []byte) []byte { return AppendFloat64(b, math.Float64frombits(0x7ff8<<48)) }, func(r *Reader) any { return math.Float64bits(r.Float64()) }, uint64(0x7ff8 << 48)},
	{"char", []byte{0xff, 0xff, 0x10, 0}, func(b []byte) []byte { return AppendRune(b, 0x10ffff) }, func(r *Reader) any { return r.Rune() }, rune(0x10ffff)},
	{"Duration", []byte{0, 0xca, 0x9a, 0x3b, 0, 0, 0, 0}, func(b []byte) []byte { return AppendDuration(b, time.Second) }, func(r *Reader) any { return r.Duration() }, time.Second},
	{"SystemTime", []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc9, 0x9a, 0x3b}, func(b []byte) []byte { return AppendTime(b, time.Unix(0, -1)) }, func(r *Reader) any { return r.Time().UnixNano() }, int64(-1)},
	{"String", []byte{2, 0, 0, 0, 0, 0, 0, 0, 'h', 'i'}, func(b []byte) []byte { return AppendString(b, "hi") }, func(r *Reader) any { return r.String() }, "hi"},
	{"empty String", make([]byte, 8), func(b []byte) []byte { return AppendString(b, "") }, func(r *Reader) any { return r.String() }, ""},
	{"Vec<u8>", []byte{2, 0, 0, 0, 0, 0, 0, 0, 1, 0}, func(b []byte) []byte { return AppendBytes(b, []byte{1, 0}) }, func(r *Reader) any { return r.Bytes() }, []byte{1, 0}},
	{"empty Vec<u8>", make([]byte, 8), func(b []byte) []byte { return AppendBytes(b, nil) }, func(r *Reader) any { return r.Bytes() }, []byte{}},
	{"Vec of POD", []byte{1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0}, func(b []byte) []byte { return AppendSlice(b, []point{{1, 2}}) }, func(r *Reader) any { return ReadSlice[point](r) }, []point{{1, 2}}},
	{"empty Vec of POD", make([]byte, 8), func(b []byte) []byte { return AppendSlice[point](b, nil) }, func(r *Reader) any { return ReadSlice[point](r) }, []point{}},
	{"array of POD", []byte{1, 0, 2, 0}, func(b []byte) []byte { return AppendArray(b, []uint16{1, 2}) }, func(r *Reader) any {
		var v [2]uint16
		ReadArray(r, v[:])
		return v
	}, [2]uint16{1, 2}},
}

func TestValues(t *testing.T) {
	for _, v := range values {
		message := v.append(nil)
		if !bytes.Equal(message, v.layout) {
			t.Errorf("%s is appended as %v, want %v", v.name, message, v.layout)
		}
		r := Reader{Message: message}
		if got := v.read(&r); !reflect.DeepEqual(got, v.value) || !r.End() {
			t.Errorf("%s is read as %v, want %v; at its end: %v", v.name, got, v.value, r.End())
		}
		for n := range message {
			r := Reader{Message: message[:n]}
			if v.read(&r); r.End() {
				t.Errorf("%s: %d of %d bytes are enough", v.name, n, len(message))
			}
		}
	}
}

func TestAllValuesInOneMessage(t *testing.T) {
	var message []byte
	for range 50 {
		for _, v := range values {
			message = v.append(message)
		}
	}
	for _, size := range []int{0, shareLimit} { // alone, and with strings in one allocation
		part := message
		if size > 0 {
			part = message[:0]
			for _, v := range values {
				part = v.append(part)
			}
		}
		r := Reader{Message: part}
		for r.off < len(part) && !r.bad {
			for _, v := range values {
				if got := v.read(&r); !reflect.DeepEqual(got, v.value) {
					t.Fatalf("%s is read as %v, want %v", v.name, got, v.value)
				}
			}
		}
		if !r.End() {
			t.Error("not at the end")
		}
	}
}

func TestTimes(t *testing.T) {
	for _, want := range []time.Time{time.Unix(0, 0), time.Now(), time.Unix(-1, 1), {}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
		r := Reader{Message: AppendTime(nil, want)}
		if got := r.Time(); !got.Equal(want) {
			t.Errorf("%v became %v", want, got)
		}
	}
}

// What a Reader returned must not change when its message does, and nobody who writes to a byte slice may reach a neighbour.
func TestNothingIsShared(t *testing.T) {
	for _, filler := range []int{0, shareLimit} {
		message := AppendString(nil, "first")
		message = AppendBytes(message, []byte("second"))
		message = AppendString(message, strings.Repeat("x", filler))
		message = AppendBytes(message, []byte("third"))
		r := Reader{Message: message}
		first, second, _, third := r.String(), r.Bytes(), r.String(), r.Bytes()
		clear(message)
		_ = append(second, "OVERWRITTEN"...)
		clear(second)
		if first != "first" || string(third) != "third" || cap(second) != 6 && filler == 0 {
			t.Errorf("%q %q %q", first, second, third)
		}
	}
}

func TestHostileMessages(t *testing.T) {
	huge := AppendUint64(nil, math.MaxUint64)
	for name, read := range map[string]func(*Reader){
		"bool":       func(r *Reader) { r.Bool() },
		"option":     func(r *Reader) { r.Option() },
		"char":       func(r *Reader) { r.Rune() },
		"time":       func(r *Reader) { r.Time() },
		"string":     func(r *Reader) { _ = r.String() },
		"bytes":      func(r *Reader) { r.Bytes() },
		"text":       func(r *Reader) { r.Own(r.Text()) },
		"slice":      func(r *Reader) { ReadSlice[point](r) },
		"wide slice": func(r *Reader) { ReadSlice[[1 << 20]uint64](r) },
		"list":       func(r *Reader) { r.Count(1) },
		"units":      func(r *Reader) { r.Count(0) },
		"chain":      func(r *Reader) { _ = r.Chain() },
	} {
		r := Reader{Message: append(huge, huge...)}
		if read(&r); r.End() || !r.bad {
			t.Errorf("%s: eight bytes of 0xff are accepted", name)
		}
		if r.Uint64() != 0 || r.String() != "" || len(r.Bytes()) != 0 || r.Count(0) != 0 || r.End() {
			t.Errorf("%s: the fault is forgotten", name)
		}
	}
	for _, v := range []uint32{0xd800, 0xdfff, 0x110000} {
		r := Reader{Message: AppendUint32(nil, v)}
		if r.Rune(); !r.bad {
			t.Errorf("%#x is taken for a char", v)
		}
	}
	r := Reader{Message: []byte{0, 0}}
	if r.Bool(); r.End() {
		t.Error("a byte is left and nobody notices")
	}
}

// FuzzReader reads any bytes as any sequence of values.
func FuzzReader(f *testing.F) {
	for i, v := range values {
		f.Add([]byte{byte(i), byte(i)}, append(v.layout, v.layout...))
	}
	f.Add([]byte{20, 20, 20}, AppendUint64(nil, 1<<61))
	f.Add([]byte{200, 200}, AppendChain(nil, &ForeignError{Message: "a", causes: []error{&PanicError{}}}))
	f.Fuzz(func(t *testing.T, plan, message []byte) {
		r := Reader{Message: message}
		for _, step := range plan {
			if int(step) >= len(values) {
				_ = r.Chain()
			} else {
				values[step].read(&r)
			}
			if r.off < 0 || r.off > len(r.Message) {
				t.Fatalf("at %d of %d", r.off, len(r.Message))
			}
		}
	})
}

func TestDepth(t *testing.T) {
	var d Depth
	for i := range 5 {
		if !d.Enter(5) {
			t.Fatalf("level %d is refused", i)
		}
	}
	if d.Enter(5) {
		t.Error("level 6 is not refused")
	}
	d.Leave()
	if d.Enter(5) {
		t.Error("after a refusal another place is visited")
	}
	r := Reader{Message: make([]byte, 8)}
	for r.Enter(3) {
	}
	if !r.bad {
		t.Error("the reader goes on below the limit")
	}
	// A count, a tag and the tag of an Option: none of them can be what stands for too deep.
	for _, read := range []func(*Reader){func(r *Reader) { r.Option() }, func(r *Reader) { r.Count(1) }} {
		r := Reader{Message: AppendInvalid(nil)}
		if read(&r); !r.bad {
			t.Error("what is invalid is accepted")
		}
	}
	if r := (Reader{Message: AppendInvalid(nil)}); r.Uint32() != NilTag {
		t.Error("what is invalid is a tag")
	}
}
