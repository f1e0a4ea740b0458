package batches_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gangplank.example/e2e/batches/bridge"
)

// calls counts what Rust calls.
var calls atomic.Uint64

// model implements bridge.Model, one item at a time.
type model struct{}

func (model) Score(features []float32) (float64, error) {
	calls.Add(1)
	sum := 0.0
	for _, f := range features {
		switch f {
		case -1:
			return 0, fmt.Errorf("a negative feature: %w", strconv.ErrRange)
		case -2:
			panic("score")
		case -3:
			runtime.Goexit()
		case -4:
			return 0, unspeakable{}
		}
		sum += float64(f)
	}
	return sum, nil
}

// unspeakable is an error that cannot be read.
type unspeakable struct{}

func (unspeakable) Error() string { panic("unspeakable") }

func (model) Read(text string) (uint64, error) {
	calls.Add(1)
	switch text {
	case "":
		return 0, bridge.ErrEmpty
	case "panic":
		panic(errors.New("read"))
	case "any":
		return 0, errors.New("any error")
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("wrapped: %w", &bridge.NotANumberError{Text: text})
	}
	return n, nil
}

func (model) Double(n uint32) uint32 {
	calls.Add(1)
	switch n {
	case 13:
		panic("thirteen")
	case 14:
		runtime.Goexit()
	}
	return n * 2
}

func (model) Place(prefix, name string, way bridge.Way) *bridge.Place {
	calls.Add(1)
	if name == "" {
		return nil
	}
	return &bridge.Place{Name: prefix + name, At: [2]float64{float64(way), float64(len(name))}}
}

func (model) Note(text string) error {
	calls.Add(1)
	if strings.Contains(text, "x") {
		return &bridge.ErrorValue[string]{Value: "an x in " + text}
	}
	return nil
}

func (model) Log(string) { calls.Add(1) }

func (model) Split(text string) (string, uint32) {
	calls.Add(1)
	return strings.ToUpper(text), uint32(len(text))
}

func (model) Calls() uint64 { return calls.Load() }

// wholesale serves some batches whole.
type wholesale struct {
	model
	batches *atomic.Uint64
	results func(n int) ([]float64, []error)
}

func (w wholesale) ScoreBatch(rows [][]float32) ([]float64, []error) {
	w.batches.Add(1)
	if w.results != nil {
		return w.results(len(rows))
	}
	values, errs := make([]float64, len(rows)), make([]error, len(rows))
	for i, row := range rows {
		values[i], errs[i] = w.Score(row)
	}
	return values, errs
}

func (w wholesale) DoubleBatch(numbers []uint32) []uint32 {
	w.batches.Add(1)
	if slices.Contains(numbers, 13) {
		panic("thirteen")
	}
	if slices.Contains(numbers, 14) {
		runtime.Goexit()
	}
	for i := range numbers {
		numbers[i] *= 2
	}
	return numbers
}

func (w wholesale) LogBatch(texts []string) { w.batches.Add(1); calls.Add(uint64(len(texts))) }

func (w wholesale) NoteBatch(texts []string) []error {
	w.batches.Add(1)
	errs := make([]error, len(texts))
	for i, text := range texts {
		errs[i] = w.Note(text)
	}
	return errs
}

func TestMain(m *testing.M) {
	bridge.RegisterModel(model{})
	os.Exit(m.Run())
}

// oneByOne calls f for each index; what it returns is what a batch must.
func oneByOne[T any](n int, f func(int) (T, error)) ([]T, []error) {
	values, errs := make([]T, n), make([]error, n)
	for i := range n {
		values[i], errs[i] = try(func() (T, error) { return f(i) })
	}
	return values, errs
}

// try makes a panic an error.
func try[T any](f func() (T, error)) (value T, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = v.(error)
		}
	}()
	return f()
}

// same compares a batch with its single calls.
func same[T any](t *testing.T, values []T, err error, wanted []T, wantedErrs []error) {
	t.Helper()
	var errs []error
	var batch *bridge.BatchError
	if errors.As(err, &batch) {
		errs = batch.Errors
	} else if err != nil {
		t.Fatal(err)
	} else {
		errs = make([]error, len(wanted))
	}
	for i := range wanted {
		if fmt.Sprint(errs[i]) != fmt.Sprint(wantedErrs[i]) || reflect.TypeOf(errs[i]) != reflect.TypeOf(wantedErrs[i]) {
			t.Errorf("item %d: %T %v, alone %T %v", i, errs[i], errs[i], wantedErrs[i], wantedErrs[i])
		}
	}
	if len(values) != len(wanted) || len(wanted) > 0 && !reflect.DeepEqual(values, wanted) {
		t.Errorf("%v, alone %v", values, wanted)
	}
}

var sizes = []int{0, 1, 2, 63, 256, 5000}

func TestScalarsOfEveryKind(t *testing.T) {
	for _, n := range sizes {
		a, b, c, d := make([]uint8, n), make([]int64, n), make([]float32, n), make([]bool, n)
		e, f, g := make([]rune, n), make([]time.Duration, n), make([]bridge.Way, n)
		for i := range n {
			a[i], b[i], c[i], d[i] = uint8(i), int64(i)-100, float32(i)/3, i%3 == 0
			e[i], f[i], g[i] = rune(i), time.Duration(i)*time.Millisecond, bridge.Way(i%2)
		}
		wanted, errs := oneByOne(n, func(i int) (float64, error) {
			return bridge.Mix(2.5, a[i], b[i], c[i], d[i], e[i], f[i], g[i]), nil
		})
		same(t, bridge.MixBatch(2.5, a, b, c, d, e, f, g), nil, wanted, errs)
	}
}

func TestErrorsAndPanicsAreTheirItemsOwn(t *testing.T) {
	for _, texts := range [][]string{
		{}, {"1"}, {""}, {"panic"}, {"1", "2", "3"}, {"1", "", "x", "panic", "4", "\xff", "5", "panic"}, {"", "x", "panic", "\xff"},
	} {
		wanted, errs := oneByOne(len(texts), func(i int) (uint64, error) { return bridge.Parse(texts[i]) })
		values, err := bridge.ParseBatch(texts)
		same(t, values, err, wanted, errs)
	}
	_, err := bridge.ParseBatch([]string{"1", "", "x", "panic"})
	var number *bridge.NotANumberError
	var panicked *bridge.PanicError
	if !errors.Is(err, bridge.ErrEmpty) || !errors.As(err, &number) || number.Text != "x" || !errors.As(err, &panicked) {
		t.Error(err)
	}
	if !strings.Contains(panicked.Stack, "lib.rs") {
		t.Errorf("the panic came without its stack: %q", panicked.Stack)
	}
	if text := err.Error(); !strings.HasPrefix(text, "gangplank: 3 of 4 items failed: item 1: an empty text") {
		t.Error(text)
	}
}

func TestWhatCannotFailPanicsWithItsFirstItem(t *testing.T) {
	if got := bridge.NotThirteenBatch([]uint32{1, 2}); !reflect.DeepEqual(got, []bool{false, true}) {
		t.Error(got)
	}
	_, err := try(func() ([]bool, error) { return bridge.NotThirteenBatch([]uint32{1, 13, 2, 13}), nil })
	var panicked *bridge.PanicError
	if !errors.As(err, &panicked) || panicked.Message != "item 1 of 4 (and 1 more): thirteen" {
		t.Error(err)
	}
	_, err = try(func() ([]string, error) { return bridge.FirstWordBatch([]string{"a b", "\xff"}), nil })
	var refused *bridge.ArgumentError
	if !errors.As(err, &refused) || !strings.HasPrefix(refused.Message, "item 1 of 2: ") {
		t.Error(err)
	}
}

func TestValuesOfAllKinds(t *testing.T) {
	lines := [][]byte{nil, []byte("abc"), make([]byte, 300)}
	limits := [][]uint32{{1}, nil, {1000, 5}}
	_, errs := oneByOne(3, func(i int) (struct{}, error) { return struct{}{}, bridge.Fits(lines[i], limits[i]) })
	err := bridge.FitsBatch(lines, limits)
	same(t, make([]struct{}, 3), err, make([]struct{}, 3), errs)
	if err := bridge.FitsBatch(lines[:2], limits[:2]); err != nil {
		t.Error(err)
	}

	words := []string{"one two", "", " three", strings.Repeat("four", 1000)}
	firsts, none := oneByOne(len(words), func(i int) (string, error) { return bridge.FirstWord(words[i]), nil })
	same(t, bridge.FirstWordBatch(words), nil, firsts, none)

	from := []bridge.Place{{Name: "a", At: [2]float64{1, 2}}, {Name: "b"}, {Name: "c"}}
	to := []*bridge.Place{{Name: "d", At: [2]float64{3, 4}}, nil, {Name: "\xff"}}
	crew := [][]string{{"x", "y"}, nil, {"z"}}
	type sailed = bridge.Tuple2[bridge.Place, uint]
	wanted, errs := oneByOne(3, func(i int) (sailed, error) {
		place, n, err := bridge.Sail(from[i], to[i], crew[i])
		return sailed{V0: place, V1: n}, err
	})
	values, err := bridge.SailBatch(from, to, crew)
	same(t, values, err, wanted, errs)
}

func TestWhatAllItemsShare(t *testing.T) {
	counter := bridge.NewCounter("ab")
	texts := []string{"ab", "abab", "", "cab"}
	counts, none := oneByOne(len(texts), func(i int) (uint32, error) { return counter.Count(texts[i]), nil })
	same(t, counter.CountBatch(texts), nil, counts, none)
	starts, none := oneByOne(len(texts), func(i int) (bool, error) { return bridge.Starts(counter, texts[i]), nil })
	same(t, bridge.StartsBatch(counter, texts), nil, starts, none)
	ends, none := oneByOne(len(texts), func(i int) (bool, error) { return bridge.Ends(counter, texts[i]), nil })
	same(t, bridge.EndsBatch(counter, texts), nil, ends, none)

	var asked []uint32
	visit := func(n uint32) uint32 { asked = append(asked, n); return n * 10 }
	if got := bridge.AskBatch(visit, []uint32{1, 2, 3}); !reflect.DeepEqual(got, []uint32{11, 21, 31}) || len(asked) != 3 {
		t.Error(got, asked)
	}
	counter.Close()
	if _, err := try(func() (any, error) { return counter.CountBatch(texts), nil }); err == nil {
		t.Error("a batch of a closed object went well")
	}
}

func TestSlicesOfDifferentLengths(t *testing.T) {
	var refused *bridge.ArgumentError
	if err := bridge.FitsBatch(make([][]byte, 2), nil); !errors.As(err, &refused) || !strings.Contains(err.Error(), "different lengths: [2 0]") {
		t.Error(err)
	}
	if text := bridge.Uneven(); !strings.Contains(text, "different lengths: [1, 0]") {
		t.Error(text)
	}
}

func TestRustCallsGo(t *testing.T) {
	batches := new(atomic.Uint64)
	for name, implementation := range map[string]bridge.Model{"one by one": model{}, "whole": wholesale{batches: batches}} {
		t.Run(name, func(t *testing.T) {
			bridge.RegisterModel(implementation)
			defer bridge.RegisterModel(model{})
			for _, rows := range [][][]float32{{}, {{1, 2}}, {{1}, {-1}, {}, {2, 3}, {-1, 5}}} {
				if got, alone := bridge.Scores(rows, true), bridge.Scores(rows, false); !reflect.DeepEqual(got, alone) {
					t.Errorf("%q, alone %q", got, alone)
				}
			}
			for _, texts := range [][]string{{}, {"1", "2"}, {"1", "", "x", "panic", "any", "6"}} {
				if got, alone := bridge.Reads(texts, true), bridge.Reads(texts, false); !reflect.DeepEqual(got, alone) {
					t.Errorf("%q, alone %q", got, alone)
				}
			}
			for _, n := range sizes {
				numbers := make([]uint32, n)
				for i := range numbers {
					numbers[i] = uint32(i) + 100
				}
				if got, alone := bridge.Doubles(numbers, true), bridge.Doubles(numbers, false); got != alone {
					t.Errorf("%s, alone %s", got, alone)
				}
			}
			names := []string{"a", "", "c", "d\xff"}
			if got, alone := bridge.Places("p/", names[:3], true), bridge.Places("p/", names[:3], false); got != alone {
				t.Errorf("%s, alone %s", got, alone)
			}
			texts := []string{"a", "bx", "c"}
			for i, alone := range bridge.Rest(texts, false) {
				if got := bridge.Rest(texts, true)[i]; got != alone {
					t.Errorf("%s, alone %s", got, alone)
				}
			}
		})
	}
	if batches.Load() == 0 {
		t.Error("no batch was served whole")
	}
}

func TestPanicsInGo(t *testing.T) {
	rows := [][]float32{{1}, {-2}, {3}}
	got := bridge.Scores(rows, true)
	if got[0] != "Ok(1.0)" || !strings.HasPrefix(got[1], "Err(score") || got[2] != "Ok(3.0)" {
		t.Errorf("%q", got)
	}
	before := bridge.CallsSeen()
	if text := bridge.Doubles([]uint32{1, 13, 2, 13, 3}, true); text != "panic: item 1 of 5 (and 1 more): thirteen" {
		t.Error(text)
	}
	if n := bridge.CallsSeen() - before; n != 5 {
		t.Errorf("%d of 5 items ran", n)
	}

	bridge.RegisterModel(wholesale{batches: new(atomic.Uint64)})
	defer bridge.RegisterModel(model{})
	if text := bridge.Doubles([]uint32{1, 13}, true); text != "panic: item 0 of 2 (and 1 more): thirteen" {
		t.Error(text)
	}
}

// goroutine runs f on a goroutine and says whether it came to its end.
func goroutine(f func()) (finished bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
		finished = true
	}()
	<-done
	return finished
}

// starting says where texts do not begin as they should.
func starting(t *testing.T, got []string, wanted ...string) {
	t.Helper()
	if len(got) != len(wanted) {
		t.Fatalf("%q", got)
	}
	for i, text := range got {
		if !strings.HasPrefix(text, wanted[i]) {
			t.Errorf("item %d: %q, not %q", i, text, wanted[i])
		}
	}
}

// The goroutine exits when Rust has returned to it; until then all items run.
func TestGoexitIsItsItemsOwn(t *testing.T) {
	const exit = "Err(runtime.Goexit was called"
	rows := [][]float32{{1}, {-3}, {3}, {-2}, {-3}, {-1}, {7}}
	wanted := []string{"Ok(1.0)", exit, "Ok(3.0)", "Err(score", exit, "Err(a negative feature", "Ok(7.0)"}
	before := bridge.CallsSeen()
	if goroutine(func() { bridge.Scores(rows, true) }) {
		t.Error("the goroutine did not exit")
	}
	starting(t, bridge.LastSaid(), wanted...)
	if n := bridge.CallsSeen() - before; n != 7 {
		t.Errorf("%d of 7 items ran", n)
	}
	// On a thread of Rust no goroutine of ours exits.
	for range 3 {
		starting(t, bridge.ScoresElsewhere(rows), wanted...)
	}

	if goroutine(func() { bridge.Doubles([]uint32{1, 14, 2}, true) }) {
		t.Error("the goroutine did not exit")
	}
	starting(t, bridge.LastSaid(), "panic: item 1 of 3: runtime.Goexit was called")

	// Exits of all items, each further down the stack.
	all := make([][]float32, 300)
	for i := range all {
		all[i] = []float32{-3}
	}
	for i, text := range bridge.ScoresElsewhere(all) {
		if !strings.HasPrefix(text, exit) {
			t.Fatal(i, text)
		}
	}

	bridge.RegisterModel(wholesale{batches: new(atomic.Uint64)})
	defer bridge.RegisterModel(model{})
	if goroutine(func() { bridge.Scores(rows[:2], true) }) {
		t.Error("the goroutine did not exit")
	}
	starting(t, bridge.LastSaid(), exit, exit)
}

func TestAnErrorThatCannotBeRead(t *testing.T) {
	starting(t, bridge.Scores([][]float32{{1}, {-4}, {-1}, {2}}, true), "Ok(1.0)", "Err(unspeakable", "Err(a negative feature", "Ok(2.0)")
}

// What cannot cross is an error of its own item, the same as alone.
func TestAResultThatCannotCross(t *testing.T) {
	const forever = 1 << 40
	seconds := []uint64{1, forever, 2, forever, 3}
	durations, err := try(func() ([]time.Duration, error) { return bridge.LastsBatch([]uint64{1, 2}), nil })
	if err != nil || !reflect.DeepEqual(durations, []time.Duration{time.Second, 2 * time.Second}) {
		t.Error(durations, err)
	}
	_, err = try(func() ([]time.Duration, error) { return bridge.LastsBatch(seconds), nil })
	if err == nil || !strings.Contains(err.Error(), "item 1 of 5 (and 1 more): the result cannot cross: ") {
		t.Error(err)
	}

	type lasting = bridge.Tuple2[string, time.Duration]
	seconds, times := []uint64{1, 100, 101, 102, 5, forever, 6}, []uint32{1, 1 << 31, 1, 1 << 31, 1, 1, 1}
	wanted, errs := oneByOne(len(seconds), func(i int) (lasting, error) {
		text, duration, err := bridge.LastsOrFails(seconds[i], times[i])
		return lasting{V0: text, V1: duration}, err
	})
	values, err := bridge.LastsOrFailsBatch(seconds, times)
	same(t, values, err, wanted, errs)
	if failed := len(err.(*bridge.BatchError).Unwrap()); failed != 4 {
		t.Errorf("%d items failed", failed)
	}

	// One level is the list's.
	nests, err := bridge.NestBatch([]uint32{1, 2000, 3})
	var batch *bridge.BatchError
	var refused *bridge.ArgumentError
	if !errors.As(err, &batch) || batch.Errors[0] != nil || !errors.As(batch.Errors[1], &refused) || batch.Errors[2] != nil {
		t.Fatal(err)
	}
	if nests[2].Inner == nil || nests[2].Inner.Name != "1" || nests[1].Inner != nil {
		t.Error(nests)
	}
}

func TestAClosedObjectIsItsItemsOwn(t *testing.T) {
	open, closed := bridge.NewCounter("a"), bridge.NewCounter("b")
	defer open.Close()
	closed.Close()
	counters, texts := []*bridge.Counter{open, closed, nil, open}, []string{"aa", "b", "c", "a"}
	wanted, errs := oneByOne(len(texts), func(i int) (uint32, error) { return bridge.CountWith(counters[i], texts[i]) })
	values, err := bridge.CountWithBatch(counters, texts)
	same(t, values, err, wanted, errs)
	var gone *bridge.ClosedError
	if !errors.As(err, &gone) || gone.Type != "Counter" || gone.Argument != "counter" || !errors.Is(err, fs.ErrClosed) {
		t.Error(gone)
	}
}

// gathered calls do for each item, on as many goroutines, and returns what each got.
func gathered[In, Out any](b *bridge.Batcher[In, Out], items []In) ([]Out, []error) {
	outs, errs := make([]Out, len(items)), make([]error, len(items))
	var wait sync.WaitGroup
	for i, item := range items {
		wait.Add(1)
		go func() {
			defer wait.Done()
			outs[i], errs[i] = b.Do(context.Background(), item)
		}()
	}
	wait.Wait()
	return outs, errs
}

// agree compares what a batcher gave to each caller with single calls.
func agree[Out any](t *testing.T, outs []Out, errs []error, wanted []Out, wantedErrs []error) {
	t.Helper()
	same(t, outs, &bridge.BatchError{Errors: errs}, wanted, wantedErrs)
}

func TestBatchers(t *testing.T) {
	texts := strings.Split(strings.Repeat("1 2 panic x  3 \xff 4 ", 20), " ")
	parser := bridge.NewParseBatcher(bridge.BatcherOptions{MaxItems: 7, MaxDelay: time.Millisecond})
	outs, errs := gathered(parser, texts)
	wanted, wantedErrs := oneByOne(len(texts), func(i int) (uint64, error) { return bridge.Parse(texts[i]) })
	agree(t, outs, errs, wanted, wantedErrs)
	if err := parser.Close(); err != nil {
		t.Error(err)
	}
	if _, err := parser.Do(context.Background(), "1"); err != bridge.ErrBatcherClosed {
		t.Error(err)
	}

	// A panic is an error of its caller, and of nobody else.
	numbers := make([]uint32, 50)
	for i := range numbers {
		numbers[i] = uint32(i)
	}
	odd := bridge.NewNotThirteenBatcher(bridge.BatcherOptions{})
	defer odd.Close()
	evens, errs := gathered(odd, numbers)
	for i, err := range errs {
		var panicked *bridge.PanicError
		if errors.As(err, &panicked) != (i == 13) || i != 13 && evens[i] != (i%2 == 0) {
			t.Errorf("%d: %v, %v", i, evens[i], err)
		}
	}

	items := []bridge.FitsItem{{Line: []byte("abc"), Limits: []uint32{5}}, {Line: make([]byte, 9), Limits: []uint32{9, 8}}, {}}
	fits := bridge.NewFitsBatcher(bridge.BatcherOptions{})
	defer fits.Close()
	_, errs = gathered(fits, items)
	_, wantedErrs = oneByOne(len(items), func(i int) (struct{}, error) {
		return struct{}{}, bridge.Fits(items[i].Line, items[i].Limits)
	})
	agree(t, make([]struct{}, 3), errs, make([]struct{}, 3), wantedErrs)

	mixed := bridge.NewMixBatcher(2.5, bridge.BatcherOptions{})
	defer mixed.Close()
	item := bridge.MixItem{A: 1, B: 2, C: 3, D: true, E: 'e', F: time.Second, G: bridge.WayStarboard}
	if got, err := mixed.Do(context.Background(), item); err != nil || got != bridge.Mix(2.5, 1, 2, 3, true, 'e', time.Second, bridge.WayStarboard) {
		t.Error(got, err)
	}

	counter := bridge.NewCounter("ab")
	counts := counter.NewCountBatcher(bridge.BatcherOptions{})
	defer counts.Close()
	if got, err := counts.Do(context.Background(), "abab"); got != 2 || err != nil {
		t.Error(got, err)
	}
	counter.Close()
	var gone *bridge.ClosedError
	if _, err := counts.Do(context.Background(), "abab"); !errors.As(err, &gone) {
		t.Error(err)
	}
}

// Results in memory of the caller, whatever it is like.
func TestInto(t *testing.T) {
	numbers := make([]uint64, 300)
	for i := range numbers {
		numbers[i] = uint64(i)
	}
	dst := make([]uint64, 5, 300)
	for _, n := range []int{0, 1, 3, 300} {
		got := bridge.SquareBatchInto(dst, numbers[:n])
		if len(got) != n || cap(got) != 300 || n > 0 && &got[0] != &dst[0] {
			t.Fatalf("%d results with room for %d, elsewhere", len(got), cap(got))
		}
		if !reflect.DeepEqual(append([]uint64{}, got...), bridge.SquareBatch(numbers[:n])) {
			t.Error(got)
		}
	}
	if got := bridge.SquareBatchInto(dst[:0:10], numbers); len(got) != 300 || got[299] != 299*299 || &got[0] == &dst[0] {
		t.Error(got)
	}
	// At every address and of every size, where items are smaller than a word.
	texts, whole := strings.Split(strings.Repeat("ab abab c ", 4), " "), make([]uint32, 20)
	counter := bridge.NewCounter("ab")
	defer counter.Close()
	for from := range 4 {
		for n := range 13 {
			dst := whole[from : from : from+n]
			got := counter.CountBatchInto(dst, texts[:n])
			if !reflect.DeepEqual(append([]uint32{}, got...), counter.CountBatch(texts[:n])) || n > 0 && &got[0] != &whole[from] {
				t.Errorf("%d results from %d: %v", n, from, got)
			}
		}
	}
	// Also where the items lie.
	square, again := bridge.SquareBatch(numbers), append([]uint64{}, numbers...)
	for _, from := range []int{0, 1, 299} {
		copy(again, numbers)
		got := bridge.SquareBatchInto(again[from:from], again)
		if !reflect.DeepEqual(got, square) || from == 0 && &got[0] != &again[0] {
			t.Error(from, got)
		}
	}
	// Also if items fail.
	words, room := []string{"1", "x", "3"}, []uint64{7, 7, 7}
	got, err := bridge.ParseBatchInto(room, words)
	if !reflect.DeepEqual(got, []uint64{1, 0, 3}) || &got[0] != &room[0] || err == nil {
		t.Error(got, err)
	}
	if !raceEnabled && testing.AllocsPerRun(100, func() { dst = bridge.SquareBatchInto(dst, numbers) }) != 0 {
		t.Error("it allocates")
	}
}

func TestABatchServedWholeThatDoesNotAddUp(t *testing.T) {
	defer bridge.RegisterModel(model{})
	for _, results := range []func(n int) ([]float64, []error){
		func(n int) ([]float64, []error) { return make([]float64, n-1), nil },
		func(n int) ([]float64, []error) { return make([]float64, n), make([]error, n+1) },
	} {
		bridge.RegisterModel(wholesale{batches: new(atomic.Uint64), results: results})
		for _, got := range bridge.Scores([][]float32{{1}, {2}}, true) {
			if !strings.Contains(got, "Model.ScoreBatch returned") {
				t.Error(got)
			}
		}
	}
	bridge.RegisterModel(wholesale{batches: new(atomic.Uint64), results: func(n int) ([]float64, []error) { return make([]float64, n), nil }})
	if got := bridge.Scores([][]float32{{1}, {2}}, true); !reflect.DeepEqual(got, []string{"Ok(0.0)", "Ok(0.0)"}) {
		t.Errorf("%q", got)
	}
}

func TestNothingIsRegistered(t *testing.T) {
	bridge.RegisterModel(nil)
	defer bridge.RegisterModel(model{})
	for _, got := range bridge.Scores([][]float32{{1}, {2}}, true) {
		if !strings.HasPrefix(got, "Err(") || !strings.Contains(got, "no implementation of Model") {
			t.Error(got)
		}
	}
}

// A batch is one crossing: its numbers cost an allocation or two, however many they are.
func TestAllocations(t *testing.T) {
	numbers := make([]uint64, 1000)
	if n := testing.AllocsPerRun(100, func() { bridge.SquareBatch(numbers) }); n > 2 {
		t.Errorf("%v allocations", n)
	}
}
