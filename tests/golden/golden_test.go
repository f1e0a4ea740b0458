// Package golden calls the crates beside it through the packages written for them. A test of the generator copies this file
// into a module that has them all.
package golden

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"golden/arrays"
	"golden/bytes"
	"golden/docs"
	goldenerrors "golden/errors"
	"golden/fieldless"
	"golden/imports"
	"golden/maps"
	"golden/naming"
	"golden/options"
	"golden/pod"
	"golden/records"
	"golden/recursion"
	"golden/scalars"
	"golden/shapes"
	goldenstrings "golden/strings"
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
