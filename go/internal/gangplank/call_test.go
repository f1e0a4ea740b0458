package gangplank

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"unsafe"
)

// frames stands in for Rust, which calls a shim with n frames.
type frames struct {
	words   []uint64
	scratch [][]uint64
	stride  int
}

// newFrames makes n frames with these argument words, and lends size bytes to each.
func newFrames(n, size int, arguments ...uint64) *frames {
	f := &frames{stride: HeaderWords + len(arguments)}
	for range n {
		scratch := make([]uint64, max(1, (size+7)/8))
		f.scratch = append(f.scratch, scratch)
		f.words = append(f.words, 0, uint64(uintptr(unsafe.Pointer(&scratch[0]))), uint64(size), 0)
		f.words = append(f.words, arguments...)
	}
	return f
}

func (f *frames) address() unsafe.Pointer { return unsafe.Pointer(&f.words[0]) }

// serve runs the calls as an exported Go function does.
func (f *frames) serve(serve func(*Call)) {
	shim := func(frame unsafe.Pointer) {
		c := CallAt(frame)
		defer func() {
			if !c.Settled() {
				c.Caught(recover(), f.stride)
			}
		}()
		serve(&c)
	}
	if n := len(f.words) / f.stride; n != 1 {
		Serve(f.address(), n, f.stride, shim)
		return
	}
	shim(f.address())
}

func (f *frames) status(i int) uint64 { return f.words[i*f.stride] }

// result is the memory of the result of frame i, with elements of size bytes.
func (f *frames) result(i, size int) []byte {
	words := f.words[i*f.stride:]
	return nativeBytes(words[WordA], words[WordB]*uint64(size))
}

func (f *frames) reader(i int) *Reader { return &Reader{Message: f.result(i, 1)} }

func TestArguments(t *testing.T) {
	var h heap
	h.use(t)
	text, numbers := "text", []uint16{1, 2, 3}
	message := AppendString(nil, "in the message")
	f := newFrames(2, 0,
		7,
		h.put([]byte(text)), uint64(len(text)),
		h.put(AppendArray(nil, numbers)), uint64(len(numbers)),
		0xdead, 0, // an empty span has no address (clause 2.2)
		h.put(message), uint64(len(message)))
	calls := 0
	f.serve(func(c *Call) {
		calls++
		if c.Word(4) != 7 || c.String(5) != text || !reflect.DeepEqual(CallSlice[uint16](c, 7), numbers) {
			t.Errorf("%d %q %v", c.Word(4), c.String(5), CallSlice[uint16](c, 7))
		}
		if c.String(9) != "" || c.BorrowedString(9) != "" || len(CallSlice[point](c, 9)) != 0 || c.BorrowedBytes(9) == nil {
			t.Error("an empty span is not empty")
		}
		if s := c.BorrowedString(5); s != BorrowedString(text) || s.Clone() != text || uint64(uintptr(unsafe.Pointer(unsafe.StringData(string(s))))) != c.Word(5) {
			t.Errorf("borrowed: %q", s)
		}
		if b := c.BorrowedBytes(5); string(b) != text || string(b.Clone()) != text {
			t.Errorf("borrowed: %q", b)
		}
		m := Reader{Message: c.Message(11)}
		if got := m.String(); got != "in the message" || !m.End() {
			t.Errorf("%q", got)
		}
		c.Done()
	})
	if calls != 2 || f.status(0) != OK || f.status(1) != OK {
		t.Errorf("%d calls, statuses %d and %d", calls, f.status(0), f.status(1))
	}
}

func TestResults(t *testing.T) {
	var h heap
	h.use(t)
	long := strings.Repeat("long", 100)
	message := AppendString(nil, long)
	for name, c := range map[string]struct {
		lent  int
		serve func(*Call)
		want  []byte
		size  int
		word3 uint64
	}{
		"string in scratch":  {8, func(c *Call) { c.Text("a") }, []byte("a"), 1, 0},
		"string in a block":  {8, func(c *Call) { c.Text(long) }, []byte(long), 1, 400 << 6},
		"short in a block":   {0, func(c *Call) { c.Text("a") }, []byte("a"), 1, 24 << 6},
		"empty string":       {0, func(c *Call) { c.Text("") }, nil, 1, 0},
		"slice in scratch":   {16, func(c *Call) { SetSlice(c, []point{{1, 2}}, 4) }, AppendArray(nil, []point{{1, 2}}), 8, 0},
		"slice in a block":   {0, func(c *Call) { SetSlice(c, []point{{1, 2}}, 4) }, AppendArray(nil, []point{{1, 2}}), 8, 24<<6 | 2},
		"words in a block":   {0, func(c *Call) { SetSlice(c, []uint64{1, 2, 3, 4}, 8) }, AppendArray(nil, []uint64{1, 2, 3, 4}), 8, 32<<6 | 3},
		"odd size in block":  {0, func(c *Call) { SetSlice(c, [][5]byte{{1}}, 1) }, []byte{1, 0, 0, 0, 0}, 5, 25 << 6},
		"nil slice":          {0, func(c *Call) { SetSlice[point](c, nil, 4) }, nil, 8, 0},
		"message in scratch": {500, func(c *Call) { c.Value(append(c.Lent(), message...)) }, message, 1, 0},
		"message in a block": {100, func(c *Call) { c.Value(append(c.Lent(), message...)) }, message, 1, 408 << 6},
		"message, none lent": {0, func(c *Call) { c.Value(append(c.Lent(), message...)) }, message, 1, 408 << 6},
		"not in lent memory": {500, func(c *Call) { c.Value(message) }, message, 1, 0},
		"empty message":      {0, func(c *Call) { c.Value(c.Lent()) }, nil, 1, 0},
	} {
		f := newFrames(1, c.lent)
		f.serve(c.serve)
		if f.status(0) != OK || string(f.result(0, c.size)) != string(c.want) || f.words[WordC] != c.word3 {
			t.Errorf("%s: status %d, %q, word 3 %d, want %q and %d", name, f.status(0), f.result(0, c.size), f.words[WordC], c.want, c.word3)
		}
	}
	f := newFrames(1, 0)
	f.serve(func(c *Call) { c.Scalar(42) })
	if f.words[WordA] != 42 {
		t.Error("a scalar is not in word 1")
	}
	library.Alloc = func(size, align uint64) uint64 { return 0 }
	f = newFrames(1, 100)
	f.serve(func(c *Call) { c.Text(long) })
	if f.status(0) != Rejected || !strings.Contains(f.reader(0).String(), "no memory") {
		t.Errorf("no memory: status %d", f.status(0))
	}
}

func TestStatuses(t *testing.T) {
	missing := "no implementation of Tokenizer is registered: call search.RegisterTokenizer"
	text := func(r *Reader) string { return r.String() }
	for _, c := range []struct {
		status uint64
		serve  func(*Call)
		read   func(*Reader) string
		want   string
	}{
		{Unavailable, func(c *Call) { c.Missing("search", "Tokenizer") }, text, missing},
		{Rejected, func(c *Call) { c.Reject(BadMessage) }, text, BadMessage},
		{Foreign, func(c *Call) { c.Error(errors.New("text")) }, func(r *Reader) string { return r.Chain().Error() }, "text"},
		{Failed, func(c *Call) { c.Fail(AppendString(c.Lent(), "own")) }, text, "own"},
	} {
		f := newFrames(1, 512, 0)
		f.serve(c.serve)
		r := f.reader(0)
		if got := c.read(r); f.status(0) != c.status || got != c.want || !r.End() {
			t.Errorf("status %d, %q, want %d and %q", f.status(0), got, c.status, c.want)
		}
	}
}

// unprintable panics when it is asked what it is, in a way that fmt does not catch.
type unprintable struct{ exit bool }

func (u unprintable) Error() string {
	if u.exit {
		runtime.Goexit()
	}
	return "unprintable"
}

func (u unprintable) Format(fmt.State, rune) { _ = u.Error() }

func TestPanics(t *testing.T) {
	var h heap
	h.use(t)
	for want, value := range map[string]any{
		"boom":                           "boom",
		"an error":                       errors.New("an error"),
		"17":                             17,
		"from Rust":                      &PanicError{Message: "from Rust", Stack: "rust stack"},
		"panic called with nil argument": nil,
		"a\ufffd":                        "a\xff",
	} {
		f := newFrames(2, 16)
		f.serve(func(c *Call) {
			panic(value)
		})
		for i := range 2 {
			r := f.reader(i)
			text, stack := r.String(), r.String()
			if f.status(i) != Panicked || !strings.HasPrefix(text, want) || !r.End() {
				t.Errorf("panic(%v): status %d, %q", value, f.status(i), text)
			}
			if !strings.Contains(stack, "TestPanics") || strings.Contains(stack, "rust stack") != (want == "from Rust") {
				t.Errorf("panic(%v): stack %s", value, stack)
			}
		}
	}
	f := newFrames(1, 0)
	f.serve(func(c *Call) {
		var m map[string]int
		m["a"] = 1
	})
	if text := f.reader(0).String(); !strings.Contains(text, "nil map") {
		t.Errorf("a run-time error: %q", text)
	}
}

// A panic that follows a settled result cannot happen in generated code; one while the result is made can.
func TestPanicWhileTheResultIsMade(t *testing.T) {
	f := newFrames(1, 1000)
	f.serve(func(c *Call) {
		b := AppendUint64(c.Lent(), 1)
		c.Value(AppendString(b, (*fragile)(nil).text))
	})
	if f.status(0) != Panicked {
		t.Errorf("status %d", f.status(0))
	}
}

// exits runs serve on a goroutine of its own and returns which frames the library was asked to resume.
func (f *frames) exits(serve func(*Call)) (resumed []unsafe.Pointer) {
	library.Goexit = func(frames unsafe.Pointer) { resumed = append(resumed, frames) }
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.serve(serve)
	}()
	<-done
	return resumed
}

func TestGoexit(t *testing.T) {
	var h heap
	h.use(t)
	f := newFrames(3, 64)
	calls := 0
	resumed := f.exits(func(c *Call) {
		if calls++; calls == 2 {
			runtime.Goexit()
		}
		c.Done()
	})
	if calls != 2 || f.status(0) != OK || f.status(1) != Exited || f.status(2) != Unavailable {
		t.Errorf("%d calls, statuses %d %d %d", calls, f.status(0), f.status(1), f.status(2))
	}
	if len(resumed) != 1 || resumed[0] != f.address() {
		t.Errorf("resumed %v, want the frames of the shim once", resumed)
	}
	r := f.reader(1)
	if text, stack := r.String(), r.String(); text != "runtime.Goexit was called" || !strings.Contains(stack, "TestGoexit") || !r.End() {
		t.Errorf("%q\n%s", text, stack)
	}
}

func TestTroubleWhileAPanicIsDescribed(t *testing.T) {
	var h heap
	h.use(t)
	for _, exit := range []bool{false, true} {
		f := newFrames(1, 0)
		resumed := f.exits(func(c *Call) {
			panic(unprintable{exit})
		})
		if f.status(0) != Panicked || (len(resumed) == 1) != exit {
			t.Errorf("exit %v: status %d, resumed %v", exit, f.status(0), resumed)
		}
	}
}

func TestServingAllocatesNothing(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	f := newFrames(1, 64, 1, 2)
	serve := func() {
		c := CallAt(f.address())
		defer func() {
			if !c.Settled() {
				c.Caught(recover(), f.stride)
			}
		}()
		c.Value(AppendString(AppendUint64(c.Lent(), c.Word(4)), "text"))
	}
	if got := testing.AllocsPerRun(100, serve); got != 0 {
		t.Errorf("%v allocations", got)
	}
}

func TestSlot(t *testing.T) {
	var s Slot[fmt.Stringer]
	if s.Load() != nil {
		t.Error("a new slot is not empty")
	}
	s.Store(&strings.Builder{})
	if s.Load() == nil {
		t.Error("nothing is there")
	}
	s.Store(nil)
	if s.Load() != nil {
		t.Error("nil does not take away")
	}
}
