package panics_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"gangplank.example/e2e/panics/bridge"
)

// deep implements bridge.Deep.
type deep struct{}

func (deep) TryDeeper(levels uint32, how bridge.How) (uint32, error) {
	n, err := bridge.Descend(levels-1, how)
	return n + 1, err
}

func (deep) Deeper(levels uint32, how bridge.How) uint32 { return bridge.Plunge(levels-1, how) + 1 }

func (deep) Panics() { panic("Go panics here") }

// evil cannot even say what it is.
type evil struct{}

func (evil) Error() string { panic("while describing a panic") }

func (deep) TryPanic(value uint32) (uint32, error) {
	switch value {
	case 1:
		panic("text")
	case 2:
		panic(fmt.Errorf("an error: %w", os.ErrNotExist))
	case 3:
		panic(nil)
	case 4:
		return []uint32{}[value], nil
	case 5:
		var none *bridge.PanicError
		return uint32(len(none.Message)), nil
	case 6:
		panic(evil{})
	case 7:
		panic(struct{ X, Y int }{1, 2})
	}
	return value, nil
}

func TestMain(m *testing.M) {
	bridge.RegisterDeep(deep{})
	os.Exit(m.Run())
}

// messages are those of each way to panic.
var messages = map[bridge.How]string{
	bridge.HowLiteral:  "a literal",
	bridge.HowText:     "text with 42",
	bridge.HowValue:    "a panic whose payload is not a string",
	bridge.HowDrop:     "a panic whose payload is not a string",
	bridge.HowOverflow: "attempt to subtract with overflow",
	bridge.HowInGo:     "Go panics here",
}

func caught(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

func check(t *testing.T, v any, how bridge.How) {
	t.Helper()
	err, _ := v.(error)
	var panicked *bridge.PanicError
	switch {
	case !errors.As(err, &panicked):
		t.Errorf("%v: %v (%T)", how, v, v)
	case panicked.Message != messages[how] && !strings.HasPrefix(panicked.Message, messages[how]+"\n"):
		t.Errorf("%v: the message is %q", how, panicked.Message)
	case !strings.Contains(panicked.Message+panicked.Stack, "src/lib.rs") && how != bridge.HowInGo:
		t.Errorf("%v: nothing says where: %s\n%s", how, panicked.Message, panicked.Stack)
	case !strings.Contains(panicked.Message+panicked.Stack, "panics_test.go") && how == bridge.HowInGo:
		t.Errorf("%v: nothing says where: %s\n%s", how, panicked.Message, panicked.Stack)
	}
}

func TestAPanicIsTheError(t *testing.T) {
	for how := range messages {
		n, err := bridge.TryCrash(how)
		check(t, err, how)
		if n != 0 {
			t.Error(how, n)
		}
	}
	if n, err := bridge.TryCrash(bridge.HowNot); n != 7 || err != nil {
		t.Error(n, err)
	}
}

func TestAPanicIsAPanicWhereThereIsNoError(t *testing.T) {
	for how := range messages {
		check(t, caught(func() { bridge.Crash(how) }), how)
		check(t, caught(func() { bridge.CrashUnit(how) }), how)
	}
	if n := bridge.Crash(bridge.HowNot); n != 7 {
		t.Error(n)
	}
}

func TestRustSeesGoPanics(t *testing.T) {
	for value, want := range map[uint32]string{
		0: "returned 0",
		1: "panic, with stack, text",
		2: "panic, with stack, an error: file does not exist",
		3: "panic, with stack, panic called with nil argument",
		4: "panic, with stack, runtime error: index out of range [4] with length 0",
		5: "panic, with stack, runtime error: invalid memory address or nil pointer dereference",
		7: "panic, with stack, {1 2}",
	} {
		if got := bridge.Seen(value); !strings.HasPrefix(got, want) {
			t.Errorf("%d: %s", value, got)
		}
	}
	if got := bridge.Seen(6); !strings.HasPrefix(got, "panic, ") {
		t.Error(got)
	}
	if got := bridge.Caught(); !strings.HasPrefix(got, "Go panics here\n") || !strings.Contains(got, "panics_test.go") {
		t.Error(got)
	}
}

func TestPanicsThroughTenLevels(t *testing.T) {
	const levels = 10
	for how := range messages {
		before := bridge.Dropped()
		_, err := bridge.Descend(levels, how)
		check(t, err, how)
		check(t, caught(func() { bridge.Plunge(levels, how) }), how)
		if n := bridge.Dropped() - before; n != 2*(levels+1) {
			t.Errorf("%v: %d destructors ran", how, n)
		}
	}
	if n, err := bridge.Descend(levels, bridge.HowNot); n != 2*levels || err != nil {
		t.Error(n, err)
	}
	if n := bridge.Plunge(levels, bridge.HowNot); n != 2*levels {
		t.Error(n)
	}
}

func TestTheProcessLivesOn(t *testing.T) {
	for range 300 {
		if _, err := bridge.TryCrash(bridge.HowDrop); err == nil {
			t.Fatal("no error")
		}
		if n, err := bridge.TryCrash(bridge.HowNot); n != 7 || err != nil {
			t.Fatal(n, err)
		}
	}
}
