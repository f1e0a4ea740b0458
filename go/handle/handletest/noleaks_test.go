package handletest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gangplank.dev/go/handle"
)

// recorder is a test that is allowed to fail.
type recorder struct {
	testing.TB
	cleanups []func()
	errors   []string
}

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Error(a ...any)   { r.errors = append(r.errors, fmt.Sprint(a...)) }
func (r *recorder) end() {
	for _, f := range r.cleanups {
		f()
	}
}

type logger struct{}

func createHere(table *handle.Table[*logger]) handle.Handle { return table.New(&logger{}) }

func TestNoLeaks(t *testing.T) {
	Patience = 20 * time.Millisecond
	table := handle.NewTable[*logger]()
	outer := handle.TrackLeaks(true)
	defer handle.TrackLeaks(outer)
	before := table.New(&logger{})

	clean := &recorder{}
	NoLeaks(clean)
	table.Delete(createHere(table))
	clean.end()
	if len(clean.errors) != 0 {
		t.Error("a clean test fails:", clean.errors)
	}

	leaky := &recorder{}
	NoLeaks(leaky)
	leaked := createHere(table)
	other := handle.NewTable[any]()
	nilled := other.New(nil)
	leaky.end()
	if len(leaky.errors) != 1 {
		t.Fatal("a leaky test does not fail:", leaky.errors)
	}
	for _, want := range []string{"2 handles", leaked.String(), "*handletest.logger", "handletest.createHere", "noleaks_test.go", "keeps a nil"} {
		if !strings.Contains(leaky.errors[0], want) {
			t.Errorf("the report lacks %q:\n%s", want, leaky.errors[0])
		}
	}
	if strings.Contains(leaky.errors[0], "handle.(*Table") {
		t.Errorf("the report shows the table's own functions:\n%s", leaky.errors[0])
	}

	late := &recorder{}
	NoLeaks(late)
	h := createHere(table)
	go func() {
		time.Sleep(5 * time.Millisecond)
		table.Delete(h)
	}()
	late.end()
	if len(late.errors) != 0 {
		t.Error("a test that deletes a little late fails:", late.errors)
	}

	many := &recorder{}
	NoLeaks(many)
	for range 12 {
		defer table.Delete(createHere(table))
	}
	many.end()
	if len(many.errors) != 1 || !strings.Contains(many.errors[0], "and 2 more") {
		t.Error(many.errors)
	}

	table.Delete(before)
	table.Delete(leaked)
	other.Delete(nilled)
}

func TestTrackingGoesBackToWhatItWas(t *testing.T) {
	r := &recorder{}
	was := handle.TrackLeaks(false)
	defer handle.TrackLeaks(was)
	NoLeaks(r)
	r.end()
	if handle.TrackLeaks(false) {
		t.Error("leaks are still tracked after the test")
	}
	table := handle.NewTable[int]()
	n := len(handle.Leaks())
	table.New(1)
	if len(handle.Leaks()) != n {
		t.Error("a handle was recorded while leaks were not tracked")
	}
}
