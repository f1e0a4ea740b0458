package values_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"gangplank.example/PROJECT/stack"
)

// mode says which values a source makes.
type mode int

const (
	none   mode = iota // nil wherever there is nil
	empty              // empty, and never nil
	random             // any
)

// source makes values.
type source struct {
	*rand.Rand
	mode  mode
	depth int
}

// length is that of the next list or map: short ones deep inside.
func (s *source) length() int {
	if s.mode != random || s.depth > 4 {
		return 0
	}
	if s.depth == 1 && s.IntN(20) == 0 {
		return 300
	}
	return s.IntN(4)
}

func (s *source) deeper() func() {
	s.depth++
	return func() { s.depth-- }
}

func slice[T any](s *source, item func(*source) T) []T {
	defer s.deeper()()
	if s.mode == none {
		return nil
	}
	v := make([]T, s.length())
	for i := range v {
		v[i] = item(s)
	}
	return v
}

func table[K comparable, V any](s *source, key func(*source) K, value func(*source) V) map[K]V {
	defer s.deeper()()
	if s.mode == none {
		return nil
	}
	v := make(map[K]V)
	for range s.length() {
		v[key(s)] = value(s)
	}
	return v
}

// isNone says whether the next option is none.
func (s *source) isNone() bool {
	return s.mode == none || s.depth > 4 || s.mode == random && s.IntN(3) == 0
}

// option is an option whose none is a nil pointer.
func option[T any](s *source, value func(*source) T) *T {
	defer s.deeper()()
	if s.isNone() {
		return nil
	}
	v := value(s)
	return &v
}

// nilable is an option whose none is nil itself. In mode empty it is some empty value.
func nilable[T any](s *source, value func(*source) T) (v T) {
	defer s.deeper()()
	if s.isNone() {
		return v
	}
	return value(s)
}

// variant is the number of one of n variants, of which the first holds nothing.
func (s *source) variant(n int) int {
	if s.mode != random || s.depth > 4 {
		return 0
	}
	return s.IntN(n)
}

func pick[T any](s *source, of ...T) T { return of[s.variant(len(of))] }

func some[T any](v T) *T { return &v }

func integer[T int8 | int16 | int32 | int64 | int | uint8 | uint16 | uint32 | uint64 | uint](s *source) T {
	if s.mode != random {
		return 0
	}
	// Small ones and large ones alike.
	return T(s.Uint64() >> s.IntN(64) * uint64(1-2*s.IntN(2)))
}

func genUnit(*source) struct{} { return struct{}{} }
func genBool(s *source) bool   { return s.mode == random && s.IntN(2) == 1 }

func genRune(s *source) rune {
	for s.mode == random {
		if r := pick(s, rune(s.IntN(0x80)), rune(s.IntN(0x110000)), 0xd7ff, 0xe000, 0x10ffff); r < 0xd800 || r > 0xdfff {
			return r
		}
	}
	return 0
}

func genFloat32(s *source) float32 { return math.Float32frombits(integer[uint32](s)) }
func genFloat64(s *source) float64 { return math.Float64frombits(integer[uint64](s)) }

func genDuration(s *source) time.Duration { return time.Duration(integer[int64](s) & math.MaxInt64) }

func genTime(s *source) time.Time {
	if s.mode != random {
		return time.Unix(0, 0)
	}
	return time.Unix(s.Int64N(1<<37)-1<<36, s.Int64N(1e9))
}

func genString(s *source) string {
	if s.mode != random {
		return ""
	}
	if s.depth == 0 && s.IntN(8) == 0 {
		return strings.Repeat("long ", s.IntN(2000))
	}
	n := s.IntN(12)
	var b strings.Builder
	for range n {
		b.WriteRune(genRune(s))
	}
	return b.String()
}

func genError(s *source) error {
	text := genString(s)
	switch {
	case s.mode != random:
		return errors.New("")
	case s.IntN(2) == 0 || s.depth > 4:
		return errors.New(text)
	}
	defer s.deeper()()
	if s.IntN(2) == 0 {
		return fmt.Errorf("%s: %w", text, genError(s))
	}
	return errors.Join(genError(s), genError(s))
}

// same says whether two values are the same: floats by their bits, times by their moment, errors by text and causes, or, if they
// are of the generated package, by type and exported fields. With lax, nil is an empty list.
func same(a, b reflect.Value, lax bool) bool {
	if a.IsValid() != b.IsValid() || a.IsValid() && a.Type() != b.Type() {
		return false
	}
	if !a.IsValid() {
		return true
	}
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		// A NaN's bits may change when it is widened, which is not for us to judge.
		return math.Float64bits(a.Float()) == math.Float64bits(b.Float())
	case reflect.Slice:
		if a.IsNil() != b.IsNil() && !lax || a.Len() != b.Len() {
			return false
		}
		fallthrough
	case reflect.Array:
		for i := range a.Len() {
			if !same(a.Index(i), b.Index(i), lax) {
				return false
			}
		}
		return true
	case reflect.Map:
		if a.IsNil() != b.IsNil() && !lax || a.Len() != b.Len() {
			return false
		}
		for _, key := range a.MapKeys() {
			if other := b.MapIndex(key); !other.IsValid() || !same(a.MapIndex(key), other, lax) {
				return false
			}
		}
		return true
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return same(a.Elem(), b.Elem(), lax)
	case reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		if x, ok := a.Interface().(error); ok {
			return sameError(x, b.Interface().(error), lax)
		}
		return same(a.Elem(), b.Elem(), lax)
	case reflect.Struct:
		if at, ok := a.Interface().(time.Time); ok {
			return at.Equal(b.Interface().(time.Time))
		}
		for i := range a.NumField() {
			if a.Type().Field(i).IsExported() && !same(a.Field(i), b.Field(i), lax) {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}

func sameError(a, b error, lax bool) bool {
	v := reflect.ValueOf(a)
	if v.Kind() == reflect.Pointer && strings.HasSuffix(v.Type().Elem().PkgPath(), "/bridge") {
		if v.Elem().NumField() == 2 && !v.Elem().Type().Field(0).IsExported() {
			return errors.Is(a, b) // without data
		}
		return same(v, reflect.ValueOf(b), lax)
	}
	if a.Error() != b.Error() {
		return false
	}
	x, y := causes(a), causes(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !sameError(x[i], y[i], lax) {
			return false
		}
	}
	return true
}

func causes(err error) []error {
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return []error{e.Unwrap()}
	case interface{ Unwrap() []error }:
		return e.Unwrap()
	}
	return nil
}

// trial is one function of the generated package, tried with one value.
type trial struct {
	name string
	try  func(s *source) error
}

func compare[T any](sent, got T, lax bool) error {
	// Pointers, so that an interface stays one.
	if !same(reflect.ValueOf(&sent).Elem(), reflect.ValueOf(&got).Elem(), lax) {
		return fmt.Errorf("sent %s\n got %s", show(sent), show(got))
	}
	return nil
}

func show(v any) string {
	text := fmt.Sprintf("%#v", v)
	if len(text) > 2000 {
		text = text[:2000] + " .."
	}
	return text
}

// moved compares after the stack has moved with the result on it.
func moved[T any](s *source, sent T, call func(T) T) error {
	got := call(sent)
	stack.Grow(24)
	return compare(sent, got, s.mode == none)
}

// echo tries a function that gives back what it got.
func echo[T any](name string, gen func(*source) T, call func(T) T) trial {
	return trial{name, func(s *source) error { return moved(s, gen(s), call) }}
}

// answers tries a function that gives back what it got, or an error.
func answers[T any](name string, gen func(*source) T, call func(T) (T, error)) trial {
	return trial{name, func(s *source) error {
		return moved(s, gen(s), func(v T) T {
			got, err := call(v)
			if err != nil {
				panic(err)
			}
			return got
		})
	}}
}

// fails tries a function that fails with what it got.
func fails[T any](name string, gen func(*source) T, call func(T) (uint8, error), value func(error) (T, bool)) trial {
	return trial{name, func(s *source) error {
		return moved(s, gen(s), func(v T) T {
			n, err := call(v)
			got, ok := value(err)
			if !ok || n != 0 {
				panic(fmt.Sprintf("%d, %T: %v", n, err, err))
			}
			return got
		})
	}}
}

// sample tries a value that both languages wrote down.
func sample[T any](name string, here T, there func() T, is func(T) bool) trial {
	return trial{name, func(*source) error {
		got := there()
		stack.Grow(24)
		if err := compare(here, got, false); err != nil {
			return err
		}
		if !is(here) {
			return errors.New("Rust does not know the value again")
		}
		return nil
	}}
}

// as finds an error of that type.
func as[T error](err error) (e T, ok bool) {
	ok = errors.As(err, &e)
	return e, ok
}

// tryAll tries every function: with nil, with what is empty, and those that are chosen with random values, so many times.
func tryAll(rounds int, chosen func(trial int) bool) (calls int, failed error) {
	const seed = 26
	var errs []error
	for i, c := range trials {
		try := func(m mode, round int) {
			s := &source{Rand: rand.New(rand.NewPCG(seed, uint64(round))), mode: m}
			defer func() {
				if v := recover(); v != nil {
					errs = append(errs, fmt.Errorf("%s, mode %d, round %d: panic: %v", c.name, m, round, v))
				}
			}()
			stack.Fresh(func() {
				if err := c.try(s); err != nil {
					errs = append(errs, fmt.Errorf("%s, mode %d, round %d: %v", c.name, m, round, err))
				}
			})
			calls++
		}
		try(none, 0)
		try(empty, 0)
		for round := range rounds {
			if chosen(i) {
				try(random, round)
			}
		}
		if calls%1000 == 0 {
			runtime.GC()
		}
	}
	return calls, errors.Join(errs...)
}

// TestValues tries every function with values of all kinds.
func TestValues(t *testing.T) {
	calls, err := tryAll(6, func(int) bool { return true })
	if err != nil {
		t.Error(err)
	}
	t.Logf("%d functions, %d calls", len(trials), calls)
}

// TestTheTestSeesDifferences keeps same honest.
func TestTheTestSeesDifferences(t *testing.T) {
	type pair struct {
		A []byte
		B map[string]float64
		C error
	}
	values := []any{
		pair{}, pair{A: []byte{}}, pair{A: []byte{1}}, pair{B: map[string]float64{"": 0}}, pair{B: map[string]float64{"": math.Copysign(0, -1)}},
		pair{C: errors.New("a")}, pair{C: errors.New("b")}, pair{C: fmt.Errorf("%w", errors.New("a"))}, 1, "1", bytes.MinRead, nil,
		time.Unix(1, 2), time.Unix(1, 3),
	}
	for i, a := range values {
		for j, b := range values {
			if got := compare(a, b, false) == nil; got != (i == j) {
				t.Errorf("%v and %v: %v", a, b, got)
			}
		}
	}
}
