// Package suite is how the lanes must behave, as functions that any program
// can run: the tests of package fastcall, and programs in other build modes.
// Each returns what it saw, which must be the same on every lane.
package suite

import (
	"fmt"
	"runtime"
	"time"
)

// A Behaviour is one thing that must hold.
type Behaviour struct {
	Name string
	// Run returns what was seen, or an error.
	Run func() (string, error)
}

// All lists the behaviours.
var All = []Behaviour{
	{"leaf", leaf},
	{"call with a local variable", callLocal},
	{"entry", entry},
	{"words", words},
	{"stack grows and shrinks in callbacks", growAndShrink},
	{"callbacks that park", park},
	{"callbacks on goroutines of their own", spawn},
	{"collections in callbacks", collect},
	{"a callback stays on its thread", sameThread},
	{"nested ten levels", nested},
	{"deep recursion on both sides", deep},
	{"many goroutines", many},
	{"one P", oneP},
	{"cgo calls and callbacks inside callbacks", cgoInside},
	{"an entry on a thread of C", foreignThread},
	{"a panic in a callback", panicked},
	{"a panic with a trap", trapped},
	{"ten thousand panics in one entry", manyPanics},
	{"a panic through nested entries", panicNested},
	{"Goexit in a callback", goexit},
	{"Goexit, then callbacks that fail", goexitThenFail},
	{"Goexit, and a deferred function that panics", goexitThenPanic},
	{"Goexit through nested entries", goexitNested},
	{"an unknown callback", unknownCallback},
	{"stacks read by other goroutines", stackDumps},
	{"profiles and traces", profiles},
	{"a checkpoint lets the collector in", checkpoint},
	{"callbacks without a prologue let the collector in", smallCallbacks},
}

// Run runs the behaviours and prints a line for each. It returns how many failed.
func Run() (failed int) {
	for _, b := range All {
		saw, err := b.protected()
		if err != nil {
			failed++
			fmt.Printf("FAIL %s: %v\n", b.Name, err)
			continue
		}
		fmt.Printf("ok %s: %s\n", b.Name, saw)
	}
	return failed
}

// protected runs a behaviour on a goroutine of its own, and does not hang.
func (b Behaviour) protected() (saw string, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = fmt.Errorf("the goroutine exited")
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("panic: %v", v)
			}
		}()
		saw, err = b.Run()
	}()
	select {
	case <-done:
		return saw, err
	case <-time.After(2 * time.Minute):
		buf := make([]byte, 1<<16)
		return "", fmt.Errorf("hangs:\n%s", buf[:runtime.Stack(buf, true)])
	}
}
