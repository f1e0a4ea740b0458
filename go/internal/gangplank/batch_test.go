package gangplank

import (
	"errors"
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

func TestSameLength(t *testing.T) {
	if err := SameLength("F", 2, 2, 2); err != nil {
		t.Error(err)
	}
	var refused *ArgumentError
	if err := SameLength("F", 2, 3); !errors.As(err, &refused) || !strings.Contains(err.Error(), "[2 3]") {
		t.Error(err)
	}
}

// serveAll runs items as generated code does.
func serveAll(s *Serving[int], item func(i int) (int, error)) {
	for s.More() {
		func() {
			defer s.Catch()
			for i := s.At; i < len(s.Values); i++ {
				s.At = i
				if v, err := item(i); err != nil {
					s.Fail(i, err)
				} else {
					s.Values[i] = v
				}
			}
			s.At = len(s.Values)
		}()
	}
}

type badString struct{}

func (badString) String() string { panic("again") }

func TestServing(t *testing.T) {
	s := NewServing[int](6)
	serveAll(&s, func(i int) (int, error) {
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
	_, err := ServedOr(&s, func(err error) (error, bool) { return err, err == io.EOF })
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

	s = NewServing[int](3)
	serveAll(&s, func(i int) (int, error) { return i, nil })
	if got, err := Served(&s); err != nil || !reflect.DeepEqual(got, []int{0, 1, 2}) {
		t.Error(got, err)
	}
}

func TestServingWhole(t *testing.T) {
	s := NewServing[int](2)
	s.All("M", []int{1, 2}, []error{nil, io.EOF})
	if _, err := Served(&s); err == nil || s.More() {
		t.Error(err)
	}
	s = NewServing[int](2)
	s.All("M", []int{1}, nil)
	if _, err := Served(&s); err == nil || !strings.Contains(err.(*ErrorValue[Mixed[int]]).Value.V1[1].V1.Error(), "M returned 1 values") {
		t.Error(err)
	}
	unit := NewServing[struct{}](2)
	unit.AllErrors("M", nil)
	if _, err := Served(&unit); err != nil {
		t.Error(err)
	}
}

func TestServingIsLeftByGoexit(t *testing.T) {
	ran := 0
	done := make(chan struct{})
	go func() {
		defer close(done)
		s := NewServing[int](3)
		serveAll(&s, func(i int) (int, error) {
			ran++
			runtime.Goexit()
			return 0, nil
		})
		t.Error("Goexit returned")
	}()
	<-done
	if ran != 1 {
		t.Errorf("%d items ran", ran)
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
