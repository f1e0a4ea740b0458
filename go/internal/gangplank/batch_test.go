package gangplank

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"unsafe"
)

func mixed(values []int, failed []Tuple2[uint32, error], ended []Ended) error {
	return &ErrorValue[MixedOr[int, error]]{Value: MixedOr[int, error]{V0: values, V1: failed, V2: ended}}
}

func own(err error) error { return err }

func TestItemsInTheirPlaces(t *testing.T) {
	if got, err := Items([]int{1, 2}, nil, 2, own); err != nil || !reflect.DeepEqual(got, []int{1, 2}) {
		t.Error(got, err)
	}
	got, err := Items[int](nil, mixed([]int{10, 13}, []Tuple2[uint32, error]{{1, io.EOF}}, []Ended{{2, &PanicError{Message: "boom"}}}), 4, own)
	var batch *BatchError
	if !errors.As(err, &batch) || !reflect.DeepEqual(got, []int{10, 0, 0, 13}) {
		t.Fatal(got, err)
	}
	var panicked *PanicError
	if !errors.Is(err, io.EOF) || !errors.As(err, &panicked) || len(batch.Unwrap()) != 2 || batch.Errors[0] != nil {
		t.Error(batch.Errors)
	}
	if text := err.Error(); text != "gangplank: 2 of 4 items failed: item 1: EOF; item 2: gangplank: panic: boom" {
		t.Error(text)
	}
	if _, err := Items[int](nil, io.EOF, 3, own); err != io.EOF {
		t.Error("an error of the whole batch:", err)
	}
}

func TestManyFailuresHaveAShortText(t *testing.T) {
	errs := make([]error, 100)
	for i := range errs {
		errs[i] = io.EOF
	}
	if text := (&BatchError{Errors: errs}).Error(); !strings.HasSuffix(text, "item 2: EOF; ..") || !strings.Contains(text, "100 of 100") {
		t.Error(text)
	}
}

func TestItemsThatDoNotAddUp(t *testing.T) {
	for _, c := range []struct {
		values []int
		err    error
	}{
		{[]int{1}, nil},
		{nil, mixed([]int{1}, []Tuple2[uint32, error]{{5, io.EOF}}, nil)},
		{nil, mixed(nil, []Tuple2[uint32, error]{{0, io.EOF}}, []Ended{{0, io.EOF}})},
		{nil, mixed([]int{1, 2}, []Tuple2[uint32, error]{{0, io.EOF}}, nil)},
		{nil, mixed(nil, []Tuple2[uint32, error]{{0, io.EOF}}, nil)},
	} {
		if _, err := Items(c.values, c.err, 2, own); err != ErrMalformed {
			t.Error(c, err)
		}
	}
}

func TestMustItems(t *testing.T) {
	caught := func(err error) (v any) {
		defer func() { v = recover() }()
		MustItems[int](nil, err, 3)
		return nil
	}
	all := &ErrorValue[Mixed[int]]{Value: Mixed[int]{V0: []int{1}, V1: []Ended{{1, &PanicError{"boom", "stack"}}, {2, io.EOF}}}}
	if p, ok := caught(all).(*PanicError); !ok || p.Message != "item 1 of 3 (and 1 more): boom" || p.Stack != "stack" {
		t.Error(p)
	}
	if v := caught(io.EOF); v != io.EOF {
		t.Error(v)
	}
}

func TestEach(t *testing.T) {
	if values, errs := Each([]int{1}, nil, 1); values[0] != 1 || errs != nil {
		t.Error(values, errs)
	}
	batch := &BatchError{Errors: []error{nil, io.EOF}}
	if values, errs := Each([]int{1, 0}, error(batch), 2); values[0] != 1 || errs[1] != io.EOF {
		t.Error(values, errs)
	}
	if values, errs := Each[int](nil, io.EOF, 2); len(values) != 2 || errs[0] != io.EOF || errs[1] != io.EOF {
		t.Error(values, errs)
	}
}

func TestApart(t *testing.T) {
	all := make([]uint32, 10)
	for _, c := range []struct {
		dst, items []uint32
		apart      bool
	}{
		{all[:0:5], all[5:], true}, {all[5:5], all[:5], true}, {all[:0:6], all[5:], false}, {all[4:4], all[:5], false},
		{all[:0], all, false}, {nil, all, true}, {all, nil, true}, {all[2:2:3], all, false}, {all, all[2:3], false},
	} {
		if got := Apart(c.dst, c.items); (got != nil) != (c.apart && c.dst != nil) {
			t.Error(c)
		}
	}
}

func TestSameLength(t *testing.T) {
	if err := SameLength("F", 2, 2, 2); err != nil {
		t.Error(err)
	}
	var refused *ArgumentError
	if err := SameLength("F", 2, 3); !errors.As(err, &refused) || !strings.Contains(err.Error(), "[2 3]") {
		t.Error(err)
	}
}

// serveAll runs items as generated code does. own finds the method's own error.
func serveAll(c *Call, n int, own func(error) (error, bool), item func(i int) (int, error), answer func([]int, error)) {
	s := NewServing[int](c, n)
	s.Run(HeaderWords, func() {
		for i := s.At; i < n; i++ {
			s.At = i
			if v, err := item(i); err != nil {
				s.Fail(i, err)
			} else {
				s.Values[i] = v
			}
		}
		s.At = n
	}, func() { answer(ServedOr(&s, own)) })
}

// serveOne is serveAll where the answer is what the test looks at.
func serveOne(n int, item func(i int) (int, error)) (values []int, err error) {
	var frame [HeaderWords]uint64
	c := CallAt(unsafe.Pointer(&frame[0]))
	isEOF := func(err error) (error, bool) { return err, err == io.EOF }
	serveAll(&c, n, isEOF, item, func(v []int, e error) {
		if mixed, ok := e.(*ErrorValue[MixedOr[int, error]]); ok {
			for _, ended := range mixed.Value.V2 {
				_ = AppendChain(nil, ended.V1)
			}
		}
		values, err = v, e
		c.Done()
	})
	return values, err
}

type badString struct{}

func (badString) String() string { panic("again") }

func TestServing(t *testing.T) {
	_, err := serveOne(6, func(i int) (int, error) {
		switch i {
		case 0:
			panic("first")
		case 2:
			return 0, io.EOF
		case 4:
			return 0, io.ErrUnexpectedEOF
		case 5:
			panic(badString{})
		}
		return i, nil
	})
	answer, ok := err.(*ErrorValue[MixedOr[int, error]])
	if !ok || !reflect.DeepEqual(answer.Value.V0, []int{1, 3}) || !reflect.DeepEqual(answer.Value.V1, []Tuple2[uint32, error]{{2, io.EOF}}) {
		t.Fatal(err)
	}
	ended := answer.Value.V2
	if len(ended) != 3 || ended[0].V0 != 0 || ended[1].V0 != 4 || ended[2].V0 != 5 {
		t.Fatal(ended)
	}
	var panicked *PanicError
	if !errors.As(ended[0].V1, &panicked) || panicked.Message != "first" || !strings.Contains(panicked.Stack, "TestServing") {
		t.Error(ended[0].V1)
	}

	if got, err := serveOne(3, func(i int) (int, error) { return i, nil }); err != nil || !reflect.DeepEqual(got, []int{0, 1, 2}) {
		t.Error(got, err)
	}
}

func TestServingWhole(t *testing.T) {
	s := NewServing[int](new(Call), 2)
	s.All("M", []int{1, 2}, []error{nil, io.EOF})
	if _, err := Served(&s); err == nil || s.At != 2 {
		t.Error(err)
	}
	s = NewServing[int](new(Call), 2)
	s.All("M", []int{1}, nil)
	if _, err := Served(&s); err == nil || !strings.Contains(err.(*ErrorValue[Mixed[int]]).Value.V1[1].V1.Error(), "M returned 1 values") {
		t.Error(err)
	}
	unit := NewServing[struct{}](new(Call), 2)
	unit.AllErrors("M", nil)
	if _, err := Served(&unit); err != nil {
		t.Error(err)
	}
}

// The goroutine exits, behind the answer, and the library is told once.
func TestServingSurvivesGoexit(t *testing.T) {
	var h heap
	h.use(t)
	for name, item := range map[string]func(i int) (int, error){
		"once":  func(i int) (int, error) { return exitAt(i, 3), nil },
		"twice": func(i int) (int, error) { return exitAt(i, 3, 5), nil },
		"all":   func(i int) (int, error) { return exitAt(i, i), nil },
		"with a panic on the way": func(i int) (int, error) {
			defer func() {
				if i == 3 {
					panic("on the way")
				}
			}()
			return exitAt(i, 3), nil
		},
		"and a panic behind it": func(i int) (int, error) {
			if i == 6 {
				panic("behind it")
			}
			return exitAt(i, 3), nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFrames(1, 0)
			ran, returned := 0, false
			var err error
			resumed := f.exits(func(c *Call) {
				serveAll(c, 8, NotOwn, func(i int) (int, error) {
					ran++
					return item(i)
				}, func(_ []int, e error) {
					err = e
					c.Error(errors.New("settled"))
				})
				returned = true
			})
			if ran != 8 || returned || f.status(0) != Foreign || len(resumed) != 1 || resumed[0] != f.address() {
				t.Fatalf("%d items ran, returned %v, status %d, resumed %v", ran, returned, f.status(0), resumed)
			}
			answer := err.(*ErrorValue[MixedOr[int, error]]).Value
			for _, ended := range answer.V2 {
				var exit *GoexitError
				var panicked *PanicError
				if !errors.As(ended.V1, &exit) && !errors.As(ended.V1, &panicked) {
					t.Error(ended.V1)
				}
				if exit != nil && (exit.Message != "runtime.Goexit was called" || !strings.Contains(exit.Stack, "exitAt") || strings.Count(exit.Stack, "exitAt") != 1) {
					t.Error(exit.Message, exit.Stack)
				}
			}
			if len(answer.V0)+len(answer.V2) != 8 || len(answer.V2) == 0 {
				t.Error(answer)
			}
		})
	}
}

func exitAt(i int, at ...int) int {
	for _, other := range at {
		if i == other {
			runtime.Goexit()
		}
	}
	return i
}

// unspeakable is an error that cannot be read.
type unspeakable struct{}

func (unspeakable) Error() string { panic("unspeakable") }

// An error whose methods panic is its item's trouble.
func TestServingAnErrorThatCannotBeRead(t *testing.T) {
	_, err := serveOne(3, func(i int) (int, error) {
		if i == 1 {
			return 0, fmt.Errorf("around: %w", unspeakable{})
		}
		return i, nil
	})
	mixed, ok := err.(*ErrorValue[MixedOr[int, error]])
	var panicked *PanicError
	if !ok || len(mixed.Value.V0) != 2 || len(mixed.Value.V2) != 1 || !errors.As(mixed.Value.V2[0].V1, &panicked) || panicked.Message != "unspeakable" {
		t.Error(err)
	}
}

func TestServingWhereTheCallerWantsIt(t *testing.T) {
	scratch := make([]uint64, 4)
	frame := [HeaderWords]uint64{WordA: uint64(uintptr(unsafe.Pointer(&scratch[0]))), WordB: 32}
	c := CallAt(unsafe.Pointer(&frame[0]))
	s := NewServingIn[int64](&c, 4)
	for i := range s.Values {
		s.Values[i] = int64(i) * 3
	}
	SetSlice(&c, s.Values, 8)
	if frame[WordStatus] != OK || frame[WordB] != 4 || frame[WordC] != 0 || scratch[3] != 9 {
		t.Error(frame, scratch)
	}
	for _, n := range []int{0, 5} {
		if s := NewServingIn[int64](&c, n); len(s.Values) != n || n > 0 && unsafe.Pointer(&s.Values[0]) == unsafe.Pointer(&scratch[0]) {
			t.Errorf("%d items", n)
		}
	}
	// The words 6 and 7 are an empty slice.
	view := [HeaderWords + 4]uint64{4: frame[WordA], 5: 4}
	c = CallAt(unsafe.Pointer(&view[0]))
	items := CallView[int64](&c, 4)
	if own := Own(items); !reflect.DeepEqual(own, items) || &own[0] == &items[0] {
		t.Error(own, items)
	}
	if empty := CallView[int64](&c, 6); len(empty) != 0 {
		t.Error(empty)
	}
}
