package handle

import (
	"errors"
	"io"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"weak"
)

type mixed struct {
	Small uint8
	Name  string
	Err   error
	Next  *mixed
	Array [3]uint16
	Tail  bool
}

func TestRoundTrip(t *testing.T) {
	n := 7
	roundTrip(t, &n, nil)
	roundTrip[any](t, &n, 5, "five", 5.5, nil, (*int)(nil), mixed{Name: "m"}, []int(nil))
	roundTrip[error](t, io.EOF, nil, (*fault)(nil))
	roundTrip(t, "", "text")
	roundTrip(t, []byte("bytes"), nil, []byte{})
	roundTrip(t, map[string]int{"a": 1}, nil)
	roundTrip(t, make(chan int), nil)
	roundTrip(t, uint8(255), 0)
	roundTrip(t, struct{}{})
	roundTrip(t, [3]uint32{1, 2, 3})
	roundTrip(t, [1]*int{&n}, [1]*int{})
	roundTrip(t, struct{ P *int }{&n})
	roundTrip(t, mixed{1, "one", io.EOF, &mixed{}, [3]uint16{7, 8, 9}, true}, mixed{})
}

func roundTrip[T any](t *testing.T, values ...T) {
	t.Helper()
	table := NewTable[T]()
	for range 3 { // the second and third time in used slots
		var handles []Handle
		for _, v := range values {
			handles = append(handles, table.New(v))
		}
		for i, h := range handles {
			if v, err := table.Get(h); err != nil || !reflect.DeepEqual(v, values[i]) {
				t.Errorf("Get of %#v: %#v, %v", values[i], v, err)
			}
		}
		if n := table.Len(); n != len(values) {
			t.Errorf("Len of a table with %d values: %d", len(values), n)
		}
		for i, h := range handles {
			if v, err := table.Take(h); err != nil || !reflect.DeepEqual(v, values[i]) {
				t.Errorf("Take of %#v: %#v, %v", values[i], v, err)
			}
			if v, err := table.Take(h); err != ErrStale || !reflect.ValueOf(&v).Elem().IsZero() {
				t.Errorf("second Take of %#v: %#v, %v", values[i], v, err)
			}
		}
	}
	if n := table.Len(); n != 0 {
		t.Errorf("Len of an empty table: %d", n)
	}
}

func TestFuncs(t *testing.T) {
	table := NewTable[func() int]()
	n := 0
	h := table.New(func() int { n++; return n })
	f, err := table.Get(h)
	if err != nil || f() != 1 || f() != 2 {
		t.Fatal("the function is not the one that was filed", err)
	}
}

func TestRange(t *testing.T) {
	table := NewTable[int]()
	want := map[Handle]int{}
	for i := range 300 {
		want[table.New(i)] = i
	}
	for h, v := range maps.Clone(want) {
		if v%3 == 0 {
			delete(want, h)
			if err := table.Delete(h); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := maps.Collect(table.Range)
	if !maps.Equal(got, want) {
		t.Errorf("Range gave %d values, want %d", len(got), len(want))
	}
	for range table.Range {
		break
	}
}

func TestNoAllocation(t *testing.T) {
	n := new(int)
	cycle(t, NewTable[*int](), n)
	cycle[any](t, NewTable[any](), n)
	cycle(t, NewTable[string](), "text")
	cycle(t, NewTable[func()](), func() {})
	cycle(t, NewTable[mixed](), mixed{})
}

func cycle[T any](t *testing.T, table *Table[T], v T) {
	t.Helper()
	h := table.New(v) // makes the segment
	stale := table.New(v)
	table.Delete(stale)
	if n := testing.AllocsPerRun(1000, func() {
		table.Get(h)
		table.Get(stale)
		h := table.New(v)
		table.Get(h)
		table.Delete(h)
	}); n != 0 {
		t.Errorf("%T: %v allocations per cycle", v, n)
	}
}

// What a handle stands for is kept from the collector, and no longer.
func TestCollector(t *testing.T) {
	pointers := NewTable[*mixed]()
	interfaces := NewTable[any]()
	structs := NewTable[mixed]()
	for name, file := range map[string]func(*mixed) (get func() *mixed, drop func() error){
		"pointer": func(p *mixed) (func() *mixed, func() error) {
			h := pointers.New(p)
			return func() *mixed { p, _ := pointers.Get(h); return p }, func() error { return pointers.Delete(h) }
		},
		"interface": func(p *mixed) (func() *mixed, func() error) {
			h := interfaces.New(p)
			return func() *mixed { p, _ := interfaces.Get(h); return p.(*mixed) }, func() error { return interfaces.Delete(h) }
		},
		"struct": func(p *mixed) (func() *mixed, func() error) {
			h := structs.New(mixed{Next: p})
			return func() *mixed { m, _ := structs.Get(h); return m.Next }, func() error { return structs.Delete(h) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			value := &mixed{Name: "kept"}
			watch := weak.Make(value)
			get, drop := file(value)
			value = nil
			runtime.GC()
			if p := watch.Value(); p == nil || p.Name != "kept" || get() != p {
				t.Fatal("the table lost a live value")
			}
			if err := drop(); err != nil {
				t.Fatal(err)
			}
			runtime.GC()
			if watch.Value() != nil {
				t.Error("the table keeps a deleted value")
			}
		})
	}
	runtime.KeepAlive(pointers)
	runtime.KeepAlive(interfaces)
	runtime.KeepAlive(structs)
}

func TestLayout(t *testing.T) {
	for _, c := range []struct {
		got      layout
		kind     kind
		pointers []bool
	}{
		{layoutOf[*int](), pointer, []bool{true}},
		{layoutOf[func()](), pointer, []bool{true}},
		{layoutOf[struct{ m map[int]int }](), pointer, []bool{true}},
		{layoutOf[any](), interface_, []bool{false, true}},
		{layoutOf[error](), interface_, []bool{false, true}},
		{layoutOf[int](), words, []bool{false}},
		{layoutOf[uint8](), words, []bool{false}},
		{layoutOf[struct{}](), words, nil},
		{layoutOf[string](), words, []bool{true, false}},
		{layoutOf[[]int](), words, []bool{true, false, false}},
		{layoutOf[[2]string](), words, []bool{true, false, true, false}},
		{layoutOf[struct {
			a uint8
			e error
		}](), words, []bool{false, false, true}},
	} {
		if c.got.kind != c.kind || !slices.Equal(c.got.pointers, c.pointers) || c.got.clear != slices.Contains(c.pointers, true) {
			t.Errorf("got %+v, want kind %d, pointers %v", c.got, c.kind, c.pointers)
		}
	}
}

func TestTakeAndDeleteReportTheSameErrors(t *testing.T) {
	table, other := NewTable[int](), NewTable[int]()
	h := table.New(1)
	stale := table.New(2)
	table.Delete(stale)
	for _, c := range []struct {
		h    Handle
		want error
	}{
		{0, ErrZero},
		{stale, ErrStale},
		{other.New(1), ErrForeign},
		{h + 2, ErrForged},                    // a slot that was never used
		{h + 1<<genShift, ErrForged},          // a generation to come
		{h + 1<<offsetBits, ErrForged},        // a segment to come
		{h &^ tagMask, ErrForged},             // no table
		{Handle(stale.free()), ErrForged},     // the state word of a free slot
		{^Handle(0), ErrForeign},              // all ones
		{Handle(1)<<63 | 5, ErrForged},        // no tag
		{h | firstSegment<<3, ErrForged},      // beyond the segment
		{h&^tagMask | reservedTag, ErrForged}, // the tag of reserved slots
	} {
		v, err := table.Get(c.h)
		if err != c.want || v != 0 || !errors.Is(err, ErrInvalid) {
			t.Errorf("Get(%v): %v, %v", c.h, v, err)
		}
		if _, err := table.Take(c.h); err != c.want {
			t.Errorf("Take(%v): %v", c.h, err)
		}
		if err := table.Delete(c.h); err != c.want {
			t.Errorf("Delete(%v): %v", c.h, err)
		}
	}
	if v, err := table.Get(h); v != 1 || err != nil {
		t.Error("a live handle suffered:", v, err)
	}
	if errors.Is(ErrFull, ErrInvalid) || !errors.Is(ErrInvalid, ErrInvalid) {
		t.Error("ErrFull is no invalid handle; ErrInvalid is")
	}
}

func TestString(t *testing.T) {
	h := Handle(9<<genShift | 7<<tagShift | 5<<shardShift | 2<<offsetBits | 3)
	if got, want := h.String(), "handle(table 7, shard 5, slot 2.3, generation 9)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := Handle(0).String(); got != "handle(zero)" {
		t.Error(got)
	}
}
