// Package golden calls the crates beside it through the packages written for them. A test of the generator copies this file
// into a module that has them all.
package golden

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"weak"

	"golden/arrays"
	"golden/bytes"
	"golden/closures"
	"golden/closures/closurestest"
	"golden/docs"
	goldenerrors "golden/errors"
	"golden/fieldless"
	"golden/implementations"
	"golden/implementations/implementationstest"
	"golden/imports"
	"golden/maps"
	"golden/naming"
	"golden/objects"
	"golden/objects/objectstest"
	"golden/options"
	"golden/pod"
	"golden/records"
	"golden/recursion"
	"golden/scalars"
	"golden/shapes"
	goldenstrings "golden/strings"
	"golden/tasks"
	"golden/times"
	"golden/tuples"
	"golden/unit"
	"golden/values"
)

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v, want %#v", got, want)
	}
}

func to[T any](v T) *T { return &v }

func TestScalars(t *testing.T) {
	equal(t, scalars.Both(true, true), true)
	equal(t, scalars.Both(true, false), false)
	equal(t, scalars.NextLetter('ä'), 'å')
	equal(t, scalars.Narrow(math.MinInt8, math.MinInt16, math.MinInt32), int64(math.MinInt8+math.MinInt16+math.MinInt32))
	equal(t, scalars.Wide(255, 65535, math.MaxUint32), uint64(255+65535+math.MaxUint32))
	equal(t, scalars.SignedSize(-5), -5)
	equal(t, scalars.UnsignedSize(5), uint(5))
	equal(t, scalars.Half(3), float32(1.5))
	equal(t, scalars.Hypotenuse(3, 4), 5.0)
	_, err := scalars.Divide(1, 0)
	var value *scalars.ErrorValue[string]
	if !errors.As(err, &value) || value.Value != "division by zero" {
		t.Error(err)
	}
	n, err := scalars.Divide(7, -2)
	equal(t, n, int32(-3))
	equal(t, err, nil)
}

func TestStringsAndBytes(t *testing.T) {
	for _, s := range []string{"", "straße", strings.Repeat("x", 10_000)} {
		equal(t, goldenstrings.Shout(s), strings.ToUpper(strings.ReplaceAll(s, "ß", "SS")))
		equal(t, goldenstrings.Join(s, s, '→'), s+"→"+s)
		equal(t, bytes.OwnedBytes([]byte(s)), []byte(s))
	}
	equal(t, goldenstrings.Words(" a  bc "), []string{"a", "bc"})
	equal(t, bytes.Reversed([]byte{1, 2, 3}), []byte{3, 2, 1})
	chunks, err := bytes.Chunks([]byte{1, 2, 3}, 2)
	equal(t, chunks, [][]byte{{1, 2}, {3}})
	equal(t, err, nil)
	func() {
		defer func() {
			var refused *goldenstrings.ArgumentError
			if err, ok := recover().(error); !ok || !errors.As(err, &refused) {
				t.Errorf("not UTF-8: %v", err)
			}
		}()
		goldenstrings.Shout("\xff")
	}()
}

func TestPod(t *testing.T) {
	equal(t, pod.Sum([]float64{1, 2, 3.5}), 6.5)
	equal(t, pod.Doubled([]int32{1, -2}), []int32{2, -4})
	equal(t, pod.Doubled(nil), []int32{})
	samples := []pod.Sample{{At: pod.Point{X: 1, Y: 2}, Channels: [4]int16{1, 2, 3, -4}}, {}}
	equal(t, pod.Resample(samples), samples)
	trace := pod.Trace{Name: "n", Points: []pod.Point{{X: 1, Y: 2}}, Last: [2]pod.Point{{X: 3}, {Y: 4}}, Steps: [][3]uint32{{1, 2, 3}}}
	equal(t, pod.EchoTrace(trace), trace)
}

func TestRecords(t *testing.T) {
	hit := records.Hit{Path: "p", Line: 3, Text: "t", Raw: []byte{1}}
	equal(t, records.EchoReport(hit, records.Metres{Value: 1}), records.Report{First: hit, Others: []records.Hit{hit}, TookMs: 0.5, Complete: true, Initial: 'r'})
}

func TestOptions(t *testing.T) {
	none := options.Options{}
	equal(t, options.EchoOptions(none), none)
	all := options.Options{
		Number: to(uint32(1)), Text: to("t"), Bytes: []byte{}, Numbers: []int64{-1}, Part: &options.Part{Name: "p"},
		Parts: []options.Part{}, Boxed: &options.Part{Name: "b"}, Level: to(options.LevelHigh), Figure: options.FigureLine{Value: 2},
		Refused: options.ErrRefused, Unit: &struct{}{}, Twice: to(to(uint8(3))), TwiceList: to([]byte{4}),
		Pair: &options.Tuple2[uint8, string]{V0: 1, V1: "x"}, Array: &[2]uint16{5, 6}, Map: map[string]uint32{"k": 7},
	}
	equal(t, options.EchoOptions(all), all)
	some := options.Options{Twice: to((*uint8)(nil)), TwiceList: to([]byte(nil))}
	equal(t, options.EchoOptions(some), some)
	chain := options.EchoOptions(options.Options{Any: fmt.Errorf("outer: %w", errors.New("inner"))}).Any
	if chain == nil || chain.Error() != "outer: inner" {
		t.Error(chain)
	}
}

func TestCollections(t *testing.T) {
	pairs := tuples.Pairs{
		Pair:   tuples.Tuple2[string, uint32]{V0: "a", V1: 1},
		Nested: tuples.Tuple2[tuples.Tuple2[uint8, bool], []tuples.Tuple2[float64, string]]{V1: []tuples.Tuple2[float64, string]{{V0: 1, V1: "b"}}},
	}
	equal(t, tuples.EchoPairs(pairs, tuples.Tuple8[int8, int16, int32, int64, uint8, uint16, uint32, uint64]{}), pairs)
	text, n, ok, err := tuples.SplitChecked("abc")
	equal(t, []any{text, n, ok, err}, []any{"abc", uint(3), true, nil})
	grid := arrays.Grid{Cells: [3][3]byte{{1}, {0, 2}, {0, 0, 3}}, Names: [2]string{"a", ""}, Flags: [4]bool{true, false, true}}
	equal(t, arrays.EchoGrid(grid), grid)
	index := maps.Index{ByName: map[string][]uint32{"a": {1}, "": {}}, ByKey: map[maps.Key]string{{Group: "g", Number: 1}: "v"}}
	equal(t, maps.EchoIndex(index), index)
	equal(t, maps.CountLetters("abba"), map[rune]uint64{'a': 2, 'b': 2})
}

// cyclic contains itself, and twice.
func cyclic() recursion.Folder {
	folder := recursion.Folder{Folders: make([]recursion.Folder, 2)}
	folder.Folders[0], folder.Folders[1] = folder, folder
	return folder
}

func TestRecursion(t *testing.T) {
	for _, depth := range []int{0, 1, 900} {
		list := recursion.Node{Value: -1}
		var expr recursion.Expr = recursion.ExprNumber{Value: 1}
		for i := range depth {
			list = recursion.Node{Value: int32(i), Next: to(list)}
			expr = recursion.ExprNegative{Value: expr}
		}
		equal(t, recursion.Nodes(list), list)
		got, err := recursion.Evaluate(expr)
		equal(t, got, expr)
		equal(t, err, nil)
	}
	sum := recursion.ExprSum{Left: &recursion.ExprNumber{Value: 1}, Right: recursion.ExprCall{Name: "f", Arguments: []recursion.Expr{}}}
	got, err := recursion.Evaluate(&sum)
	sum.Left = recursion.ExprNumber{Value: 1}
	equal(t, got, sum)
	equal(t, err, nil)

	var refused *recursion.ArgumentError
	var loop recursion.ExprNegative
	loop.Value = &loop
	for _, bad := range []recursion.Expr{nil, (*recursion.ExprSum)(nil), &loop, recursion.ExprNegative{}} {
		if _, err := recursion.Evaluate(bad); !errors.As(err, &refused) {
			t.Errorf("%T: %v", bad, err)
		}
	}
	defer func() {
		if err, ok := recover().(error); !ok || !errors.As(err, &refused) {
			t.Errorf("a value that contains itself: %v", err)
		}
	}()
	recursion.EchoLibrary(recursion.Library{Root: cyclic()}, "x")
}

func TestEnums(t *testing.T) {
	equal(t, fieldless.Mix(fieldless.ColorBlue, fieldless.SmallC), fieldless.SignedPlus)
	equal(t, fieldless.ColorBlue.String()+fieldless.Color(7).String()+fieldless.BigMost.String(), "BlueColor(7)Most")
	big, err := fieldless.EchoBig(fieldless.BigMost)
	equal(t, big, fieldless.BigMost)
	equal(t, err, nil)
	paint := fieldless.Paint{
		Color: fieldless.ColorGreen, Smalls: []fieldless.Small{1, 255}, Big: to(fieldless.BigMost),
		Far: fieldless.Tuple2[fieldless.Far, fieldless.One]{V0: fieldless.FarLeast, V1: fieldless.OneOnly},
	}
	equal(t, fieldless.EchoPaint(paint), paint)
	var refused *fieldless.ArgumentError
	if _, err := fieldless.EchoBig(5); !errors.As(err, &refused) {
		t.Error(err)
	}
	equal(t, shapes.Area(&shapes.ShapeRect{Width: 2, Height: 3}), 6.0)
	rect := shapes.ShapeRect{Width: 1, Label: to("l")}
	shape, err := shapes.Merge([]shapes.Shape{rect, shapes.ShapeEmpty{}}, shapes.SignalStop{})
	equal(t, shape, shapes.Shape(rect))
	equal(t, err, nil)
	_, err = shapes.Merge(nil, shapes.SignalWait{Seconds: 5})
	var signal *shapes.ErrorValue[shapes.Signal]
	if !errors.As(err, &signal) || signal.Value != (shapes.SignalWait{Seconds: 5}) {
		t.Error(err)
	}
}

func TestErrors(t *testing.T) {
	if _, err := goldenerrors.Search(""); err != error(goldenerrors.ErrClosed) || !errors.Is(err, goldenerrors.ErrClosed) || errors.Is(err, goldenerrors.ErrTimedOut) {
		t.Error(err)
	}
	if err := goldenerrors.EchoTrivial(false); err != error(goldenerrors.ErrFirst) {
		t.Error(err)
	}
	// What Rust says wins; it is the same error.
	if err := goldenerrors.EchoTrivial(true); !errors.Is(err, goldenerrors.ErrSecond) || err.Error() != "another text" || errors.Is(err, goldenerrors.ErrFirst) {
		t.Error(err)
	}
	parse := goldenerrors.Explain(goldenerrors.ErrClosed, []*goldenerrors.ParseError{{Line: 7, Cause: &goldenerrors.BadPatternError{At: 1, Why: "w"}}})
	var pattern *goldenerrors.BadPatternError
	if parse.Line != 7 || parse.Error() != "cannot parse line 7" || !errors.As(error(parse), &pattern) || pattern.Error() != "bad pattern at byte 1: w" {
		t.Errorf("%#v", parse)
	}
	second := goldenerrors.Explain(goldenerrors.ErrClosed, []*goldenerrors.ParseError{{Cause: goldenerrors.ErrTimedOut}}).Cause
	if !errors.Is(second, goldenerrors.ErrTimedOut) || second.Error() == "" {
		t.Errorf("%#v", second)
	}
	if goldenerrors.Explain(goldenerrors.ErrClosed, nil) != nil {
		t.Error("none is not nil")
	}
	for _, nothing := range []goldenerrors.SearchError{nil, (*goldenerrors.NotFoundError)(nil)} {
		func() {
			defer func() {
				if _, ok := recover().(*goldenerrors.ArgumentError); !ok {
					t.Errorf("%#v is accepted", nothing)
				}
			}()
			goldenerrors.Explain(nothing, nil)
		}()
	}
}

func TestValues(t *testing.T) {
	_, err := values.FailReason(false)
	var reason *values.ErrorValue[values.Reason]
	if !errors.As(err, &reason) || reason.Value.Code != 1 {
		t.Error(err)
	}
	_, err = values.FailAny(false)
	var foreign *values.ForeignError
	if !errors.As(err, &foreign) || foreign.Message != "any" {
		t.Error(err)
	}
	if _, err = values.FailUnit(true); err != nil {
		t.Error(err)
	}
	got := values.Carry(fmt.Errorf("a: %w", &values.ArgumentError{Message: "b"}), nil)
	var refused *values.ArgumentError
	if got.Error() != "a: gangplank: b" || !errors.As(got, &refused) {
		t.Errorf("%#v", got)
	}
}

func TestTimes(t *testing.T) {
	now := time.Now()
	if got := times.Later(now, time.Hour); !got.Equal(now.Add(time.Hour)) {
		t.Error(got)
	}
	equal(t, times.EchoDuration(time.Minute), time.Minute)
	event := times.Event{At: time.Unix(-1, 5), Took: time.Second, Retries: []time.Duration{1, 2}, Ended: to(time.Unix(1<<40, 0))}
	got, err := times.EchoEvent(event)
	equal(t, got, event)
	equal(t, err, nil)
}

func TestUnitNamesDocs(t *testing.T) {
	unit.Nop()
	units := unit.Units{Units: make([]struct{}, 3), Some: &struct{}{}, Pair: unit.Tuple2[struct{}, uint8]{V1: 2}}
	equal(t, unit.EchoUnits(struct{}{}, units), units)
	equal(t, unit.TryNothing(struct{}{}), nil)
	equal(t, naming.Chosen(1, 2), uint8(3))
	names := naming.Uint32{String: to("s"), Number: 5, Bytes: []naming.Bytes{{Value: []byte{1}, Error: []naming.Error{{
		OptionString: naming.OptionStringUint32Slice{Value: []naming.Uint32{}},
	}, {OptionString: naming.OptionStringScratch{}}}}}}
	equal(t, naming.EchoNames(names), names)
	equal(t, docs.EchoDocumented(docs.Documented{LongerName: "l"}).LongerName, "l")
}

// These crates have no runtime for async functions: those that are ready at once need none.
func TestTasks(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	equal(t, tasks.Nothing(ctx), nil)
	n, err := tasks.Add(ctx, 2, 3)
	equal(t, n, uint64(5))
	equal(t, err, nil)
	text, err := tasks.Upper(ctx, "ab", []uint32{1, 2})
	equal(t, text, "abab")
	equal(t, err, nil)
	var host *tasks.NoHostError
	if _, err := tasks.NewClient(ctx, "harbour"); !errors.As(err, &host) || host.Host != "harbour" {
		t.Error(err)
	}
	if _, err := tasks.Names(ctx, 1, "", true, nil); !errors.As(err, &host) {
		t.Error(err)
	}
	var missing *tasks.UnavailableError
	if _, err := tasks.Waits(ctx); !errors.As(err, &missing) || !strings.Contains(err.Error(), "enable the feature `tokio`") {
		t.Error(err)
	}
	equal(t, tasks.Count(ctx, 7), uint64(7))
	tasks.SetBlockingLimit(1)
	tasks.Sleep(time.Microsecond)
	cancel()
	equal(t, tasks.Count(ctx, 7), uint64(0))
	equal(t, tasks.Nothing(ctx), context.Canceled)
	equal(t, tasks.ShutdownTasks(context.Background()), nil)
	if _, err := tasks.Add(context.Background(), 2, 3); !errors.As(err, &missing) {
		t.Error(err)
	}
}

// tokenizer answers with what it was given.
type tokenizer struct{ err error }

func (tokenizer) Tokenize(text string) ([]imports.Token, error) {
	return []imports.Token{{Text: text}, {Text: text, Kind: imports.KindNumber}}, nil
}
func (tokenizer) Count(text imports.BorrowedString, raw imports.BorrowedBytes) uint {
	if raw == nil || text.Clone() != string(raw.Clone()) {
		return 0
	}
	return uint(len(text))
}
func (tokenizer) Ranges(ranges []imports.Range) []imports.Range { return ranges }
func (tokenizer) Parse(tree imports.Tree, depth *uint32) (imports.Tree, error) {
	if *depth != 3 {
		return nil, errors.New("another depth")
	}
	return tree, nil
}
func (tokenizer) Name() string { return strings.Repeat("name", 500) }
func (tokenizer) Kind(kind imports.Kind, letter rune, ratio float32, flag bool) imports.Kind {
	if letter != 'x' || ratio != 0.5 || !flag {
		return imports.KindWord
	}
	return kind
}
func (tokenizer) Position(of string) (uint32, string) { return uint32(len(of)), of }
func (tokenizer) Table(of map[string]uint64) (time.Duration, time.Time, error) {
	return time.Duration(len(of)) * time.Second, time.Unix(5, 0), nil
}
func (tokenizer) Reset() {}
func (t tokenizer) TryReset(hard bool, unit struct{}) error {
	if hard {
		return t.err
	}
	return nil
}
func (tokenizer) Raw(data []byte) []byte { return append(data, 4) }
func (tokenizer) Letter() (rune, error)  { return '☂', nil }

func TestImports(t *testing.T) {
	imports.RegisterTokenizer(tokenizer{})
	said, err := imports.RunTokenizer("text")
	equal(t, err, nil)
	equal(t, said, []string{"text|text", "4 0", "1-2 3-5", "true", strings.Repeat("name", 500), "true", "4 text", "1s 5s", "[1, 2, 3, 4]", "☂"})

	bad := &imports.BadError{Value: "b"}
	var typedNil *imports.BadError
	for name, c := range map[string]struct {
		err  error
		want func(error) bool
	}{
		"none":      {nil, func(err error) bool { return err == nil }},
		"sentinel":  {imports.ErrEnd, func(err error) bool { return err == error(imports.ErrEnd) }},
		"wrapped":   {fmt.Errorf("w: %w", imports.ErrEnd), func(err error) bool { return errors.Is(err, imports.ErrEnd) }},
		"struct":    {bad, func(err error) bool { return errors.As(err, &bad) && bad.Value == "b" && err.Error() == "bad token b" }},
		"any other": {fmt.Errorf("o: %w", errors.New("i")), func(err error) bool { return err != nil && err.Error() == "o: i" }},
		"typed nil": {typedNil, func(err error) bool { return err != nil && err.Error() == "<nil>" }},
	} {
		imports.RegisterTokenizer(tokenizer{c.err})
		if err := imports.FailTokenizer(); !c.want(err) {
			t.Errorf("%s: %#v", name, err)
		}
	}

	imports.RegisterTokenizer(nil)
	var missing *imports.UnavailableError
	if err := imports.FailTokenizer(); !errors.As(err, &missing) || !strings.Contains(missing.Message, "imports.RegisterTokenizer") {
		t.Errorf("nothing is registered: %v", err)
	}
}

// panics returns the error that a function panics with.
func panics(f func()) (err error) {
	defer func() { err, _ = recover().(error) }()
	f()
	return nil
}

func TestObjects(t *testing.T) {
	objectstest.NoLeaks(t)
	c := objects.NewCounter()
	defer c.Close()
	equal(t, c.Add(5), int64(5))
	_, err := objects.NewCounterStartingAt(-1, "")
	var below *objects.BelowError
	if !errors.As(err, &below) || below.Limit != 0 {
		t.Error(err)
	}
	d, err := objects.NewCounterStartingAt(10, "d")
	equal(t, err, nil)
	equal(t, d.Name(), "d")
	equal(t, d.Rename("e"), nil)
	equal(t, d.Rename(""), error(objects.ErrEmpty))
	equal(t, d.Name(), "e")
	equal(t, c.AddAll(d, []*objects.Counter{d, d}, nil), int64(35))
	equal(t, c.AddAll(d, nil, d), int64(55))
	equal(t, objects.CounterMost(), uint64(1<<40))

	pair := objects.SwapPair(objects.Pair{First: c, Second: d})
	equal(t, pair.First.Name()+pair.Second.Name(), "e")
	equal(t, pair.Second.Add(0), int64(55))
	equal(t, objects.SwapPair(objects.Pair{First: c}).Second == nil, true)
	equal(t, objects.FindCounter("") == nil, true)
	equal(t, objects.FindCounter("x").Name(), "x")
	all := objects.Counters([]string{"a", "b"})
	equal(t, len(all), 2)
	equal(t, all["b"].Name(), "b")

	square := objects.Square(2)
	double := square.Scaled(2)
	equal(t, double.Area(), 16.0)
	equal(t, objects.TotalArea([]*objects.Shape{square, double, square}), 24.0)
	equal(t, objects.Larger(double, square), true)
	equal(t, objects.Larger(square, square), false)
	square.Close()
	double.Close()
}

func TestClosedAndNilObjects(t *testing.T) {
	objectstest.NoLeaks(t)
	c := objects.NewCounter()
	d, _ := objects.NewCounterStartingAt(1, "d")
	equal(t, d.Close(), nil)
	equal(t, d.Close(), nil)
	var closed *objects.ClosedError
	if err := d.Rename("x"); !errors.As(err, &closed) || !errors.Is(err, fs.ErrClosed) || err.Error() != "Counter is closed" {
		t.Error(err)
	}
	if err := panics(func() { d.Name() }); !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
	if err := panics(func() { c.AddAll(d, nil, nil) }); !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
	var refused *objects.ArgumentError
	if err := panics(func() { c.AddAll(nil, nil, nil) }); !errors.As(err, &refused) || !strings.Contains(err.Error(), "other") {
		t.Error(err)
	}
	if err := panics(func() { c.AddAll(c, []*objects.Counter{d}, nil) }); !errors.As(err, &closed) || !errors.Is(err, fs.ErrClosed) || closed.Argument != "more" {
		t.Error(err)
	}
	if err := panics(func() { c.AddAll(c, []*objects.Counter{nil}, nil) }); !errors.As(err, &refused) || !strings.Contains(err.Error(), "more") {
		t.Error(err)
	}
	equal(t, c.Add(3), int64(3))

	// What takes the object closes it.
	equal(t, c.Finish(), int64(3))
	if err := panics(func() { c.Add(1) }); !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
	a, b := objects.NewCounter(), objects.NewCounter()
	if _, err := objects.Merge(a, b); err != error(objects.ErrEmpty) {
		t.Error(err)
	}
	if err := a.Rename("x"); !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
	if _, err := objects.Merge(a, b); !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
}

// Close races with methods: each call succeeds, or says that the object is closed.
func TestCloseRaces(t *testing.T) {
	objectstest.NoLeaks(t)
	for range 500 {
		c := objects.NewCounter()
		var all sync.WaitGroup
		for range 3 {
			all.Add(1)
			go func() {
				defer all.Done()
				for range 10 {
					if err := panics(func() { c.Name() }); err != nil && !errors.Is(err, fs.ErrClosed) {
						t.Error(err)
					}
				}
			}()
		}
		c.Close()
		all.Wait()
	}
}

func TestClosures(t *testing.T) {
	closurestest.NoLeaks(t)
	var seen []closures.Hit
	equal(t, closures.Each("a\nb\nc", func(h closures.Hit) bool {
		seen = append(seen, h)
		return h.Line < 2
	}), uint32(2))
	equal(t, seen, []closures.Hit{{Path: "a", Line: 1}, {Path: "b", Line: 2}})

	sum := int64(0)
	equal(t, closures.Fold([]int64{1, 2, 3}, func(n int64) error { sum += n; return nil }), nil)
	equal(t, sum, int64(6))
	equal(t, closures.Fold([]int64{1}, func(int64) error { return closures.ErrStopped }), error(closures.ErrStopped))
	equal(t, closures.CallOnce(func(s string) string { return s + "!" }), "once!")

	inc, double := func(n int64) int64 { return n + 1 }, func(n int64) int64 { return n * 2 }
	equal(t, closures.Compose(inc, double)(5), int64(12))
	both := closures.Compose(inc, nil)
	equal(t, closures.Compose(both, both)(5), int64(7))
	count := closures.Counter(3)
	equal(t, []uint64{count(), count()}, []uint64{4, 5})
	equal(t, closures.Maybe(false) == nil, true)
	text, hit, err := closures.Maybe(true)("straße", []byte{1, 2})
	equal(t, []any{text, hit.Line, err}, []any{"STRASSE", uint32(2), nil})

	rules := []closures.Rule{
		{Name: "long", Check: func(s string) bool { return len(s) > 3 }},
		{Name: "x", Check: func(s string) bool { return true }, Fix: func(s string) (string, error) { return s + "x", nil }},
	}
	said, err := closures.Apply(rules, "abcd")
	equal(t, err, nil)
	equal(t, said, []string{"long", "abcdx"})
}

func TestNilFunctions(t *testing.T) {
	closurestest.NoLeaks(t)
	var refused *closures.ArgumentError
	if err := panics(func() { closures.Each("a", nil) }); !errors.As(err, &refused) || !strings.Contains(err.Error(), "visit") {
		t.Error(err)
	}
	if err := closures.Fold(nil, nil); !errors.As(err, &refused) || !strings.Contains(err.Error(), "step") {
		t.Error(err)
	}
	if _, err := closures.Apply([]closures.Rule{{Name: "no check"}}, "a"); !errors.As(err, &refused) {
		t.Error(err)
	}
}

type codeError struct{ code int }

func (e *codeError) Error() string { return fmt.Sprint("code ", e.code) }

func TestErrorsThroughCallbacks(t *testing.T) {
	closurestest.NoLeaks(t)
	own := &codeError{7}
	for _, err := range []error{own, context.Canceled, fmt.Errorf("wrapped: %w", own), errors.Join(own, fs.ErrExist)} {
		// The same error, at any depth.
		got := closures.PassError(func() error {
			return closures.PassError(func() error { return err })
		})
		if got != err {
			t.Errorf("%#v came back, not %#v", got, err)
		}
	}
	var code *codeError
	if err := closures.Fold([]int64{1}, func(int64) error { return own }); !errors.As(err, &code) || code != own {
		t.Errorf("%#v", err)
	}
	var panicked *closures.PanicError
	if err := closures.PassError(func() error { panic("oh") }); !errors.As(err, &panicked) || panicked.Message != "oh" {
		t.Errorf("%#v", err)
	}
	// Goexit leaves through Rust, and what was lent is not left behind.
	done := make(chan bool)
	go func() {
		defer close(done)
		closures.Each("a", func(closures.Hit) bool { runtime.Goexit(); return true })
		t.Error("Goexit came back")
	}()
	<-done
}

func TestKeptFunctions(t *testing.T) {
	closurestest.NoLeaks(t)
	bus := closures.NewBus()
	var got []string
	for i := range 3 {
		bus.Listen(func(h closures.Hit) { got = append(got, fmt.Sprint(i, h.Path)) })
	}
	equal(t, bus.Send(closures.Hit{Path: "p"}), uint(3))
	equal(t, got, []string{"0p", "1p", "2p"})
	bus.Clear()
	equal(t, bus.Send(closures.Hit{}), uint(0))

	// Go makes an object for Rust.
	n, err := closures.WithBus(func(given *closures.Bus) (*closures.Bus, error) {
		given.Listen(func(closures.Hit) {})
		bus.Listen(func(closures.Hit) {})
		return bus, nil
	})
	equal(t, []any{n, err}, []any{uint(1), nil})
	n, err = closures.WithBus(func(given *closures.Bus) (*closures.Bus, error) { return given, nil })
	equal(t, []any{n, err}, []any{uint(0), nil})
	if _, err = closures.WithBus(func(*closures.Bus) (*closures.Bus, error) { return nil, nil }); err == nil {
		t.Error("nil is an object")
	}
	bus.Close()
}

// A listener that leads to its bus is a cycle through both languages. A weak pointer breaks it.
func TestWeakCycle(t *testing.T) {
	closurestest.NoLeaks(t)
	bus := closures.NewBus()
	weakly := weak.Make(bus)
	bus.Listen(func(closures.Hit) {
		if bus := weakly.Value(); bus != nil {
			bus.Clear()
		}
	})
	equal(t, bus.Send(closures.Hit{}), uint(1))
	equal(t, bus.Send(closures.Hit{}), uint(0))
	bus.Listen(func(closures.Hit) { weakly.Value() })
}

// sink collects lines.
type sink struct {
	name     string
	lines    []string
	children map[string]*sink
	err      error
}

func (s *sink) Write(line string) error {
	s.lines = append(s.lines, line)
	return s.err
}

func (s *sink) Child(name string) (implementations.Sink, error) {
	if s.children[name] == nil {
		return nil, s.err
	}
	return s.children[name], nil
}

func (s *sink) Filter(keep func(string) bool) (kept uint32) {
	for _, line := range append(s.lines, "long enough") {
		if keep(line) {
			kept++
		}
	}
	return kept
}

func (s *sink) Lines(from *implementations.Log) *implementations.Log { return from }

func TestImplementations(t *testing.T) {
	implementationstest.NoLeaks(t)
	first, second := &sink{name: "first"}, &sink{name: "second"}
	log := implementations.NewLog(nil)
	equal(t, log.Last(), nil)
	log.Add(first)
	log.Add(second)
	equal(t, log.Write("a"), nil)
	equal(t, first.lines, []string{"a"})
	if log.Last() != implementations.Sink(second) {
		t.Error("another value came back")
	}
	if implementations.Same(first) != implementations.Sink(first) {
		t.Error("another value came back")
	}
	routes := implementations.Reverse([]implementations.Route{{Name: "1", To: first}, {Name: "2", To: second}})
	if len(routes) != 2 || routes[0].To != implementations.Sink(second) || routes[1].To != implementations.Sink(first) {
		t.Errorf("%v", routes)
	}
	equal(t, implementations.WriteOnce(first, "b"), nil)
	equal(t, first.lines, []string{"a", "b"})

	child := &sink{name: "child"}
	parent := &sink{children: map[string]*sink{"long": child}}
	kept, err := implementations.WriteChild(parent, "long")
	equal(t, []any{kept, err}, []any{uint32(2), nil})
	parent.err = &codeError{3}
	var code *codeError
	if _, err := implementations.WriteChild(parent, "none"); !errors.As(err, &code) || code.code != 3 {
		t.Error(err)
	}
	second.err = fs.ErrPermission
	if err := log.Write("c"); err != fs.ErrPermission {
		t.Error(err)
	}

	var refused *implementations.ArgumentError
	if err := implementations.WriteOnce(nil, "x"); !errors.As(err, &refused) || !strings.Contains(err.Error(), "sink") {
		t.Error(err)
	}
	var missing *implementations.UnavailableError
	if err := implementations.WriteRegistered("x"); !errors.As(err, &missing) {
		t.Error(err)
	}
	implementations.RegisterSink(first)
	equal(t, implementations.WriteRegistered("registered"), nil)
	implementations.RegisterSink(nil)
	log.Close()
}
