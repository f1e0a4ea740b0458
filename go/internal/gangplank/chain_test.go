package gangplank

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"testing"
)

// there sends err as a chain and reads it back.
func there(t *testing.T, err error) error {
	t.Helper()
	r := Reader{Message: AppendChain(nil, err)}
	got := r.Chain()
	if !r.End() {
		t.Fatalf("the chain of %v cannot be read", err)
	}
	return got
}

func TestChainKeepsTextTypeAndCauses(t *testing.T) {
	err := fmt.Errorf("reading: %w", &fs.PathError{Op: "open", Path: "x", Err: io.EOF})
	got := there(t, err).(*ForeignError)
	if got.Error() != err.Error() || got.Type != "*fmt.wrapError" {
		t.Errorf("%q of type %q", got, got.Type)
	}
	cause := got.Unwrap()[0].(*ForeignError)
	if cause.Error() != "open x: EOF" || cause.Type != "*fs.PathError" || cause.Unwrap()[0].Error() != "EOF" {
		t.Errorf("caused by %q of type %q, caused by %v", cause, cause.Type, cause.Unwrap())
	}
	joined := there(t, errors.Join(io.EOF, nil, err)).(*ForeignError)
	if len(joined.Unwrap()) != 2 || joined.Unwrap()[1].Error() != err.Error() {
		t.Errorf("joined: %v", joined.Unwrap())
	}
}

func TestChainKeepsWhatItIs(t *testing.T) {
	for _, want := range []error{
		&PanicError{Message: "a", Stack: "b"},
		&GoexitError{Message: "a", Stack: "b"},
		&ArgumentError{Message: "a"},
		&UnavailableError{Message: "a"},
		&ForeignError{Message: "a", Type: "T", Stack: "b", causes: []error{&ForeignError{Message: "c"}}},
	} {
		if got := there(t, want); !reflect.DeepEqual(got, want) {
			t.Errorf("%#v became %#v", want, got)
		}
	}
	var panicked *PanicError
	if got := there(t, fmt.Errorf("outer: %w", &PanicError{Message: "boom"})); !errors.As(got, &panicked) || panicked.Message != "boom" {
		t.Errorf("the panic inside is lost: %#v", got)
	}
}

// fragile has methods that fail on nil.
type fragile struct{ text string }

func (f *fragile) Error() string { return f.text }
func (f *fragile) Unwrap() error { return errors.New(f.text) }

func TestNilErrors(t *testing.T) {
	var typed *fragile
	if got := there(t, typed); got.Error() != "<nil>" || got.(*ForeignError).Type != "*gangplank.fragile" {
		t.Errorf("%q of type %q", got, got.(*ForeignError).Type)
	}
	if got := there(t, nil); got.Error() != "<nil>" {
		t.Errorf("%q", got)
	}
	if !IsNil(typed) || !IsNil(nil) || IsNil(io.EOF) || IsNil(errors.Join(io.EOF)) {
		t.Error("IsNil")
	}
}

func TestInvalidUTF8InErrors(t *testing.T) {
	if got := there(t, errors.New("a\xffb")); got.Error() != "a\ufffdb" {
		t.Errorf("%q", got)
	}
}

// loop wraps itself, n times.
type loop struct{ n int }

func (l *loop) Error() string { return "loop" }
func (l *loop) Unwrap() []error {
	causes := make([]error, l.n)
	for i := range causes {
		causes[i] = l
	}
	return causes
}

func TestChainLimits(t *testing.T) {
	count := func(err error) (depth, all int) {
		var walk func(error, int)
		walk = func(err error, level int) {
			depth, all = max(depth, level), all+1
			for _, cause := range err.(*ForeignError).causes {
				walk(cause, level+1)
			}
		}
		walk(err, 1)
		return depth, all - 1
	}
	if depth, causes := count(there(t, &loop{1})); depth != maxChainDepth || causes != maxChainDepth-1 {
		t.Errorf("depth %d with %d causes", depth, causes)
	}
	if depth, causes := count(there(t, &loop{3})); depth > maxChainDepth || causes != maxChainCauses {
		t.Errorf("depth %d with %d causes", depth, causes)
	}
	if _, causes := count(there(t, &loop{5000})); causes != maxChainCauses {
		t.Errorf("%d causes", causes)
	}
}

func TestHostileChains(t *testing.T) {
	link := func(kind uint8, causes int) []byte { return appendLink(nil, "", "", "", kind, nil, causes) }
	deep := []byte{}
	for range maxChainDepth {
		deep = append(deep, link(0, 1)...)
	}
	wide := link(0, maxChainCauses+1)
	for range maxChainCauses + 1 {
		wide = append(wide, link(0, 0)...)
	}
	for name, message := range map[string][]byte{
		"unknown kind": link(6, 0),
		"too deep":     append(deep, link(0, 0)...),
		"too many":     wide,
		"missing":      link(0, 1000),
		"half":         link(0, 0)[:20],
	} {
		r := Reader{Message: message}
		if err := r.Chain(); r.End() {
			t.Errorf("%s: accepted as %.100v", name, err)
		}
	}
}

func TestAs(t *testing.T) {
	own := &fragile{"own"}
	var none *fragile
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"itself":        {own, true},
		"wrapped":       {fmt.Errorf("a: %w", own), true},
		"another":       {io.EOF, false},
		"nil":           {nil, false},
		"nil pointer":   {none, false},
		"another's nil": {(*loop)(nil), false},
	} {
		if got, ok := As[*fragile](c.err); ok != c.want || ok && got != own {
			t.Errorf("%s: %v, %v", name, got, ok)
		}
	}
	if _, ok := As[interface {
		error
		Timeout() bool
	}](fmt.Errorf("a: %w", &fs.PathError{Err: io.EOF})); !ok {
		t.Error("an interface is not found")
	}
	if raceEnabled {
		return
	}
	if n := testing.AllocsPerRun(100, func() { As[*fragile](own) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
