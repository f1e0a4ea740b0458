package out_of_range_test

import (
	"errors"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"gangplank.example/e2e/out_of_range/bridge"
)

// wild implements bridge.Wild.
type wild struct{}

func (wild) Rune() (rune, error)              { return 0xd800, nil }
func (wild) Duration() (time.Duration, error) { return -1, nil }
func (wild) Colour() (bridge.Colour, error)   { return 1, nil }
func (wild) Shape() (bridge.Shape, error)     { return nil, nil }
func (wild) Long(time.Duration) error         { panic("was called") }
func (wild) Node() (bridge.Node, error)       { return *cycle(), nil }

func cycle() *bridge.Node {
	n := &bridge.Node{Name: "again"}
	n.Next = n
	return n
}

func TestMain(m *testing.M) {
	bridge.RegisterWild(wild{})
	os.Exit(m.Run())
}

func refused(t *testing.T, err error, about ...string) {
	t.Helper()
	var argument *bridge.ArgumentError
	if !errors.As(err, &argument) {
		t.Errorf("%v is no ArgumentError", err)
		return
	}
	for _, text := range about {
		if !strings.Contains(argument.Message, text) {
			t.Errorf("%q does not say %q", argument.Message, text)
		}
	}
}

func accepted[T comparable](t *testing.T, got T, err error, want T) {
	t.Helper()
	if err != nil || got != want {
		t.Errorf("%v, %v, not %v", got, err, want)
	}
}

func caught(f func()) (err error) {
	defer func() { err, _ = recover().(error) }()
	f()
	return nil
}

func TestRunesThatAreNoCharacters(t *testing.T) {
	for _, r := range []rune{0xd800, 0xdfff, 0x110000, -1, math.MinInt32, math.MaxInt32} {
		_, err := bridge.TakeChar(r)
		refused(t, err, "out_of_range::take_char", "argument c")
		_, err = bridge.TakeChars([]rune{'a', r})
		refused(t, err, "argument chars")
		refused(t, caught(func() { bridge.TakeCharOrPanic(r) }), "argument c")
	}
	n, err := bridge.TakeChar(0xd7ff)
	accepted(t, n, err, 0xd7ff)
}

func TestDurations(t *testing.T) {
	for _, d := range []time.Duration{-1, math.MinInt64} {
		_, err := bridge.TakeDuration(d)
		refused(t, err, "argument duration", "never negative")
		_, err = bridge.TakeDurations(&d)
		refused(t, err, "argument durations", "never negative")
	}
	secs, err := bridge.TakeDuration(math.MaxInt64)
	accepted(t, secs, err, uint64(math.MaxInt64/time.Second))

	refused(t, caught(func() { bridge.MakeLongDuration(true) }), "292 years")
	accepted(t, bridge.MakeLongDuration(false), nil, time.Second)
	_, err = bridge.MakeLongDurations()
	refused(t, err, "292 years")
}

func TestTimes(t *testing.T) {
	for _, at := range []time.Time{{}, time.Unix(0, 0), time.Unix(-1, 999_999_999), time.Unix(1<<40, 5), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)} {
		secs, err := bridge.TakeTime(at)
		want := at.Unix()
		if want < 0 && at.Nanosecond() > 0 {
			want++ // Rust rounds towards 1970 here
		}
		accepted(t, secs, err, want)
	}
}

func TestNumbersThatAreNoVariants(t *testing.T) {
	for _, c := range []bridge.Colour{1, 6, 8, -1, math.MinInt32} {
		_, err := bridge.TakeColour(c)
		refused(t, err, "argument colour", "Colour")
		_, err = bridge.TakeColours(map[bridge.Colour]bridge.Colour{bridge.ColourRed: c})
		refused(t, err, "argument colours")
		_, err = bridge.TakeColours(map[bridge.Colour]bridge.Colour{c: bridge.ColourRed})
		refused(t, err, "argument colours")
	}
	n, err := bridge.TakeColour(bridge.ColourBlue)
	accepted(t, n, err, 7)
}

func TestNilIsNoVariant(t *testing.T) {
	var circle *bridge.ShapeCircle
	for _, shape := range []bridge.Shape{nil, circle, bridge.ShapeGroup{Value: []bridge.Shape{bridge.ShapePoint{}, nil}}} {
		_, err := bridge.TakeShape(shape)
		refused(t, err, "argument shape", "nil is not a value of Shape")
	}
	var data *bridge.DataError
	for _, fault := range []bridge.Fault{nil, data} {
		_, err := bridge.TakeFault(fault)
		refused(t, err, "argument fault", "nil is not a value of Fault")
	}
}

func TestNilIsNoneAndPointersAreVariants(t *testing.T) {
	some, err := bridge.TakeOption(nil)
	accepted(t, some, err, false)
	some, err = bridge.TakeOption(&bridge.ShapeCircle{Radius: 1})
	accepted(t, some, err, true)
	text, err := bridge.TakeShape(&bridge.ShapeGroup{Value: []bridge.Shape{&bridge.ShapeCircle{Radius: 1.5}, bridge.ShapePoint{}}})
	accepted(t, text, err, "Group([Circle { radius: 1.5 }, Point])")
	text, err = bridge.TakeFault(&bridge.DataError{Value: 3})
	accepted(t, text, err, "Data(3)")
	text, err = bridge.TakeFault(bridge.ErrNone)
	accepted(t, text, err, "None")
}

// chain holds depth nodes.
func chain(depth int) (n bridge.Node) {
	for range depth - 1 {
		next := n
		n = bridge.Node{Next: &next}
	}
	return n
}

func TestDepthHasALimit(t *testing.T) {
	depth, err := bridge.TakeNode(chain(1000))
	accepted(t, depth, err, 1000)
	_, err = bridge.TakeNode(chain(1002))
	refused(t, err, "argument node", "nested too deeply")
	_, err = bridge.TakeNode(chain(1_000_000))
	refused(t, err, "argument node")

	node, err := bridge.MakeNode(1000)
	for depth = 0; node != nil; node = node.Next {
		depth++
	}
	accepted(t, depth, err, 1000)
	_, err = bridge.MakeNode(1002)
	refused(t, err, "1000 levels")
}

func TestCyclesEnd(t *testing.T) {
	_, err := bridge.TakeNode(*cycle())
	refused(t, err, "argument node")

	children := bridge.Node{Children: make([]bridge.Node, 1)}
	children.Children[0] = children
	children.Children[0].Children = children.Children
	_, err = bridge.TakeNode(children)
	refused(t, err, "argument node")

	wide := bridge.ShapeGroup{Value: make([]bridge.Shape, 8)}
	for i := range wide.Value {
		wide.Value[i] = wide
	}
	done := make(chan error, 1)
	go func() {
		_, err := bridge.TakeShape(wide)
		done <- err
	}()
	select {
	case err := <-done:
		refused(t, err, "argument shape")
	case <-time.After(20 * time.Second):
		t.Fatal("a value that holds itself eight times takes for ever")
	}
}

func TestRustRefusesWhatGoReturns(t *testing.T) {
	refusals, err := bridge.Refusals()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"Wild.rune: the result of the Go function: 55296 is not a value of char",
		"Wild.duration: the result of the Go function: -1 is not a value of Duration",
		"Wild.colour: the result of the Go function: 1 is not a value of Colour",
		"Wild.shape: the result of the Go function: nil is not a value of Shape",
		"Wild.node: the result of the Go function: ",
		"Wild.long: an argument cannot cross: a Duration of more than 292 years",
	} {
		if !strings.HasPrefix(refusals[i], want) {
			t.Errorf("%q does not begin with %q", refusals[i], want)
		}
	}
}
