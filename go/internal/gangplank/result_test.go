package gangplank

import (
	"errors"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"unsafe"
)

// lent makes the result of a shim that wrote b into the scratch memory, from its start.
func lent(status uint64, b []byte, n int) (*Result, []uint64) {
	scratch := make([]uint64, 32)
	copy(memory(scratch), b)
	return &Result{status, 0xbad, uint64(n), 0}, scratch
}

// owned makes the result of a shim that handed a block over.
func (h *heap) owned(status uint64, b []byte, n int) (*Result, []uint64) {
	return &Result{status, h.put(b), uint64(n), blockWord(uint64(len(b)))}, make([]uint64, 4)
}

func TestSpans(t *testing.T) {
	var h heap
	list := h.use(t)
	for name, make := range map[string]func(uint64, []byte, int) (*Result, []uint64){"lent": lent, "block": h.owned} {
		for _, want := range []string{"", "a", strings.Repeat("äö", 50)} {
			if name == "block" && want == "" {
				continue
			}
			r, scratch := make(OK, []byte(want), len(want))
			got := r.String(scratch)
			clear(scratch)
			if got != want {
				t.Errorf("%s: %q became %q", name, want, got)
			}
		}
		want := []point{{1, 2}, {-3, 4}}
		r, scratch := make(OK, AppendArray(nil, want), len(want))
		got := Slice[point](r, scratch)
		clear(scratch)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v became %v", name, want, got)
		}
	}
	if blocks := returned(list); len(blocks) != 3 || blocks[0][1] != blockWord(16) {
		t.Errorf("given back: %v, want the three blocks with their word 3", blocks)
	}
	r, scratch := lent(OK, nil, 0)
	if v := Slice[uint64](r, scratch); v == nil || len(v) != 0 {
		t.Errorf("an empty Vec became %#v", v)
	}
}

func TestEveryStatusIsItsError(t *testing.T) {
	var h heap
	list := h.use(t)
	text := AppendString(nil, "text")
	both := AppendString(text, "stack")
	chain := AppendChain(nil, errors.New("text"))
	for _, c := range []struct {
		status  uint64
		message []byte
		want    error
	}{
		{Failed, chain, &ForeignError{Message: "text", Type: "*errors.errorString"}},
		{Panicked, both, &PanicError{Message: "text", Stack: "stack"}},
		{Rejected, text, &ArgumentError{Message: "text"}},
		{Exited, both, &GoexitError{Message: "text", Stack: "stack"}},
		{Unavailable, text, &UnavailableError{Message: "text"}},
		{Foreign, chain, &ForeignError{Message: "text", Type: "*errors.errorString"}},
		{Closed, AppendString(AppendString(text, "one"), "Searcher"), &ClosedError{Type: "Searcher", Argument: "one"}},
	} {
		for name, make := range map[string]func(uint64, []byte, int) (*Result, []uint64){"lent": lent, "block": h.owned} {
			r, scratch := make(c.status, c.message, len(c.message))
			if got := r.Err(scratch); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s, status %d: %#v, want %#v", name, c.status, got, c.want)
			}
			r, scratch = make(c.status, c.message[1:], len(c.message)-1)
			if got := r.Err(scratch); !errors.Is(got, ErrMalformed) {
				t.Errorf("%s, status %d, a byte is missing: %v", name, c.status, got)
			}
			func() {
				defer func() {
					if got := recover(); !reflect.DeepEqual(got, c.want) {
						t.Errorf("%s, status %d: panic with %#v, want %#v", name, c.status, got, c.want)
					}
				}()
				r, scratch := make(c.status, c.message, len(c.message))
				r.Throw(scratch)
			}()
		}
	}
	if n := len(returned(list)); n != 21 {
		t.Errorf("%d blocks were given back, want all 21", n)
	}
	r, scratch := lent(8, nil, 0)
	if got := r.Err(scratch).Error(); !strings.Contains(got, "unknown status 8") {
		t.Error(got)
	}
}

func TestErrorsSayWhoTheyAre(t *testing.T) {
	for want, err := range map[string]error{
		"gangplank: panic: a": &PanicError{Message: "a"},
		"gangplank: b":        &ArgumentError{Message: "b"},
		"gangplank: c":        &UnavailableError{Message: "c"},
		"gangplank: d":        &GoexitError{Message: "d"},
		"e":                   &ForeignError{Message: "e"},
		"{1 2}":               &ErrorValue[point]{Value: point{1, 2}},
	} {
		if err.Error() != want {
			t.Errorf("%q, want %q", err, want)
		}
	}
}

func TestAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	message := AppendString(AppendString(nil, "a string"), "another")
	message = AppendBytes(message, make([]byte, 64))
	text := []byte("thirty-two bytes of text, nearly")
	var s, s2 string
	var b []byte
	for _, c := range []struct {
		name string
		most float64
		run  func()
	}{
		{"string", 1, func() {
			var scratch [16]uint64
			copy(memory(scratch[:]), text)
			r := Result{OK, 0, uint64(len(text)), 0}
			s = r.String(scratch[:])
		}},
		{"two strings and bytes", 1, func() {
			var scratch [32]uint64
			copy(memory(scratch[:]), message)
			r := Result{OK, 0, uint64(len(message)), 0}
			var m Reader
			m.Message = r.Message(scratch[:])
			s, s2, b = m.String(), m.String(), m.Bytes()
			r.MustClose(&m)
		}},
		{"nothing but numbers", 0, func() {
			var scratch [32]uint64
			r := Result{OK, 0, 16, 0}
			var m Reader
			m.Message = r.Message(scratch[:])
			if m.Uint64()+m.Uint64() != 0 {
				t.Error("not zero")
			}
			r.MustClose(&m)
		}},
		{"a message on the stack", 0, func() {
			var space [256]byte
			m := AppendString(AppendUint32(space[:0], 1), s)
			m = AppendBytes(m, b)
			m = AppendSlice(m, []point{{1, 2}})
			if len(m) == 0 {
				t.Error("empty")
			}
		}},
	} {
		if got := testing.AllocsPerRun(100, c.run); got > c.most {
			t.Errorf("%s: %v allocations, want at most %v", c.name, got, c.most)
		}
	}
	runtime.KeepAlive(s2)
}

// Many goroutines push while one takes: every block comes back once.
func TestReturnListHammer(t *testing.T) {
	var h heap
	list := h.use(t)
	const goroutines, blocks = 8, 2000
	var pushers sync.WaitGroup
	for range goroutines {
		pushers.Add(1)
		go func() {
			defer pushers.Done()
			for range blocks {
				Release(h.alloc(24), blockWord(24))
			}
		}()
	}
	done := make(chan struct{})
	go func() {
		pushers.Wait()
		close(done)
	}()
	seen := map[uint64]bool{}
	take := func() {
		for address := swap(list); address != 0; {
			block := (*[3]uint64)(native(address))
			if seen[address] || block[1] != blockWord(24) || block[2] != 0 {
				t.Errorf("block %#x: seen before %v, words %#x", address, seen[address], block)
			}
			seen[address] = true
			address = block[0]
		}
	}
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		take()
	}
	if take(); len(seen) != goroutines*blocks {
		t.Errorf("%d blocks came back, want %d", len(seen), goroutines*blocks)
	}
}

func TestBuffers(t *testing.T) {
	b := NewBuffer()
	if len(b.Message()) != 0 || cap(b.Message()) < 256 {
		t.Errorf("a new buffer has room for %d bytes", cap(b.Message()))
	}
	b.Keep(append(b.Message(), make([]byte, 1000)...))
	if cap(b.Message()) < 1000 {
		t.Error("memory that grew is not kept")
	}
	b.Keep(make([]byte, keepMessage+1))
	if cap(b.Message()) > keepMessage {
		t.Error("huge memory is kept")
	}
	b.Free()
	if uintptr(unsafe.Pointer(&NewBuffer().Scratch))%8 != 0 {
		t.Error("scratch memory is not aligned to 8 (clause 1.4)")
	}
}
