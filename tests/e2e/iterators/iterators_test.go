package iterators_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gangplank.example/e2e/iterators/bridge"
	"gangplank.example/e2e/iterators/bridge/bridgetest"
	"gangplank.example/e2e/leaked"
	"gangplank.example/e2e/resident"
	"gangplank.example/e2e/stack"
)

// store implements bridge.Store.
type store struct{}

func (store) Scan(n uint32) (iter.Seq2[bridge.Hit, error], error) {
	if n == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	return func(yield func(bridge.Hit, error) bool) {
		for i := range n {
			var err error
			switch i % 3 {
			case 1:
				err = &bridge.OddError{At: uint64(i)}
			case 2:
				err = fmt.Errorf("row %d: %w", i, io.EOF)
			}
			if !yield(bridge.Hit{Text: "row", Line: i}, err) {
				return
			}
		}
	}, nil
}

func (store) Numbers(n uint64) iter.Seq[uint64] { return upTo(n) }

func (store) Total(items iter.Seq[uint64], most uint32) (total uint64) {
	for v := range items {
		if most == 0 {
			break
		}
		most--
		total += v
	}
	return total
}

func upTo(n uint64) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestMain(m *testing.M) {
	bridge.RegisterStore(store{})
	os.Exit(m.Run())
}

// check fails the test for what is left in the end.
func check(t *testing.T) {
	t.Helper()
	bridgetest.NoLeaks(t)
	leaked.Goroutines(t)
	before := goroutines()
	t.Cleanup(func() {
		t.Helper()
		wait(t, "an iterator of Rust is alive", func() bool { return bridge.Alive() == 0 })
		wait(t, "a goroutine is left", func() bool { return goroutines() <= before })
		bridge.Made()
	})
}

// goroutines are those that run an iterator for Rust.
func goroutines() int {
	all := make([]byte, 1<<20)
	return strings.Count(string(all[:runtime.Stack(all, true)]), ".produce(")
}

// wait waits until it holds.
func wait(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		runtime.GC()
		if time.Now().After(deadline) {
			t.Error(what)
			return
		}
	}
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestEveryItemInOrder(t *testing.T) {
	check(t)
	for _, n := range []uint64{0, 1, 2, 3, 4, 7, 8, 255, 256, 257, 511, 512, 1000, 5000} {
		var next uint64
		for v := range bridge.Below(n) {
			equal(t, v, next)
			next++
		}
		equal(t, next, n)
		// It ended, and its memory is gone before the handle is.
		equal(t, bridge.Alive(), 0)
	}
	text := "one\ntwo\n\nfour " + strings.Repeat("é", 1000)
	equal(t, strings.Join(slices.Collect(bridge.Lines(text)), "\n"), text)
	var line uint32
	for hit := range bridge.Hits(3000) {
		equal(t, hit, bridge.Hit{Text: fmt.Sprint("line ", line), Line: line})
		line++
		stack.Grow(2)
	}
	equal(t, line, 3000)
}

func TestLeavingALoopDropsTheIterator(t *testing.T) {
	check(t)
	for n := range uint64(40) {
		items := bridge.Below(1 << 40)
		equal(t, bridge.Alive(), 1)
		for v := range items {
			if v == n {
				break
			}
		}
		equal(t, bridge.Alive(), 0)
	}
	func() {
		defer func() { equal(t, recover(), any("body")) }()
		for v := range bridge.Below(1 << 40) {
			if v == 100 {
				panic("body")
			}
		}
	}()
	equal(t, bridge.Alive(), 0)
	ended := make(chan bool)
	go func() {
		defer close(ended)
		for range bridge.Hits(100) {
			runtime.Goexit()
		}
	}()
	<-ended
	equal(t, bridge.Alive(), 0)
	next, stop := iter.Pull(bridge.Below(1 << 40))
	for want := range uint64(10) {
		v, _ := next()
		equal(t, v, want)
	}
	stop()
	equal(t, bridge.Alive(), 0)
}

func TestWhatNobodyRangesOverIsReleased(t *testing.T) {
	check(t)
	for range 100 {
		bridge.Below(10)
		bridge.Evens(10)
	}
}

func TestFirstItemsDoNotWait(t *testing.T) {
	check(t)
	bridge.Made()
	for range bridge.Below(1 << 40) {
		equal(t, bridge.Made(), 1)
		break
	}
	// The second batch asks for two.
	for v := range bridge.Below(1 << 40) {
		if v == 1 {
			equal(t, bridge.Made(), 3)
			break
		}
	}
	bridge.Made()
	for range bridge.Slowly(20_000, 8) {
		// None waits for the next: each comes alone.
		equal(t, bridge.Made(), 1)
	}
	bridge.Made()
	for v := range bridge.Slowly(3000, 1000) {
		if v == 9 {
			if ahead := bridge.Made(); ahead > 12 {
				t.Error("slow items were gathered:", ahead)
			}
			break
		}
	}
}

func TestLargeItemsComeOneByOne(t *testing.T) {
	check(t)
	bridge.Made()
	seen := uint64(0)
	for s := range bridge.Large(100_000, 50) {
		seen++
		equal(t, len(s), 100_000)
		if made := bridge.Made(); made > 2 {
			t.Error("made at once:", made)
		}
	}
	equal(t, seen, 50)
	// Items of a thousand bytes: a batch is some 64 of them.
	for range bridge.Large(1000, 2000) {
		if made := bridge.Made(); made > 70 {
			t.Error("made at once:", made)
		}
	}
}

func TestErrorsComeInTheirPlace(t *testing.T) {
	check(t)
	at := uint64(0)
	for v, err := range bridge.Evens(1000) {
		if at%2 == 0 {
			equal(t, err, nil)
			equal(t, v, at)
		} else {
			odd, ok := err.(*bridge.OddError)
			if !ok || odd.At != at {
				t.Fatal(at, err)
			}
		}
		at++
	}
	equal(t, at, 1000)
	for _, err := range bridge.Evens(1000) {
		if err != nil {
			break
		}
	}
	equal(t, bridge.Alive(), 0)
	items, err := bridge.Perhaps(true)
	if odd, ok := err.(*bridge.OddError); !ok || odd.At != 7 || items != nil {
		t.Error(items, err)
	}
	items, err = bridge.Perhaps(false)
	equal(t, err, nil)
	var told []string
	for v, err := range items {
		told = append(told, fmt.Sprint(v.Line, err))
	}
	equal(t, strings.Join(told, ";"), "0 <nil>;0 disk")
}

func TestPanicsOfRustComeInTheirPlace(t *testing.T) {
	check(t)
	for _, n := range []uint64{0, 1, 2, 3, 6, 7, 100, 300} {
		var seen uint64
		func() {
			defer func() {
				p, ok := recover().(*bridge.PanicError)
				if !ok || p.Message != fmt.Sprint("no item ", n) || !strings.Contains(p.Stack, "lib.rs") {
					t.Error(n, p)
				}
			}()
			for v := range bridge.PanicsBehind(n) {
				equal(t, v, seen)
				seen++
			}
		}()
		equal(t, seen, n)
		equal(t, bridge.Alive(), 0)
		seen = 0
		var last error
		for v, err := range bridge.BreaksBehind(n) {
			if last = err; err == nil {
				equal(t, v, seen)
				seen++
			}
		}
		var p *bridge.PanicError
		if !errors.As(last, &p) || seen != n {
			t.Error(n, seen, last)
		}
		equal(t, bridge.Alive(), 0)
	}
	for range bridge.BadDrop() {
		break
	}
	equal(t, len(slices.Collect(bridge.BadDrop())), 100)
}

func TestItemsThatCannotCross(t *testing.T) {
	check(t)
	var last error
	for _, err := range bridge.Nests(3) {
		last = err
	}
	var refused *bridge.ArgumentError
	if !errors.As(last, &refused) || !strings.Contains(last.Error(), "nested") {
		t.Error(last)
	}
}

// One item that cannot cross is an error in its place; all others arrive, and nothing is left of it.
func TestItemsAroundOneThatCannotCross(t *testing.T) {
	check(t)
	for _, bad := range []uint32{0, 1, 2, 5, 98, 99} {
		var at uint32
		for held, err := range bridge.NestsAround(100, bad) {
			if at == bad {
				var refused *bridge.ArgumentError
				if !errors.As(err, &refused) || !strings.Contains(err.Error(), "nested") {
					t.Fatal(at, err)
				}
			} else {
				equal(t, err, nil)
				equal(t, held.At, at)
				equal(t, held.Word.Text(), fmt.Sprint(at))
				held.Word.Close()
			}
			at++
		}
		equal(t, at, 100)
		seen := uint32(0)
		func() {
			defer func() {
				if _, ok := recover().(*bridge.ArgumentError); !ok {
					t.Error("no panic about", bad)
				}
			}()
			for range bridge.PlainNests(100, bad) {
				seen++
			}
		}()
		equal(t, seen, bad)
		equal(t, bridge.Alive(), 0)
		texts := func(yield func(string, error) bool) {
			for i := range uint32(100) {
				text := fmt.Sprint(i)
				if i == bad {
					text = "\xff"
				}
				if !yield(text, nil) {
					return
				}
			}
		}
		got := bridge.Texts(texts)
		equal(t, len(got), 100)
		for i, text := range got {
			want := fmt.Sprint(i)
			if uint32(i) == bad {
				want = "Rejected"
			}
			equal(t, text, want)
		}
		before, text, behind := bridge.PlainTexts(func(yield func(string) bool) {
			texts(func(text string, _ error) bool { return yield(text) })
		})
		equal(t, before, uint64(bad))
		equal(t, behind, 0)
		equal(t, strings.Contains(text, "UTF-8"), true)
	}
	wait(t, "a word is alive", func() bool { return bridge.WordCount() == 0 })
}

func TestUnbuffered(t *testing.T) {
	check(t)
	bridge.Made()
	next := uint64(0)
	for v := range bridge.Singly(1000) {
		equal(t, v, next)
		equal(t, bridge.Made(), 1)
		next++
	}
	equal(t, next, 1000)
	items, err := bridge.SinglyBoxed(100)
	equal(t, err, nil)
	bridge.Made()
	for _, err := range items {
		equal(t, err, nil)
		equal(t, bridge.Made(), 1)
	}
}

// A ChanSeq that waits for its channel ends when Rust drops it.
func TestSilentChannels(t *testing.T) {
	check(t)
	for n := range uint32(20) {
		ch := make(chan uint64, n)
		for i := range n {
			ch <- uint64(i)
		}
		got := bridge.First(bridge.ChanSeq(context.Background(), ch), n)
		equal(t, len(got), int(n))
	}
}

func TestOnceOnly(t *testing.T) {
	check(t)
	items := bridge.Below(3)
	equal(t, len(slices.Collect(items)), 3)
	func() {
		defer func() {
			if err, ok := recover().(error); !ok || !strings.Contains(err.Error(), "ranged over before") {
				t.Error(err)
			}
		}()
		for range items {
			t.Error("again")
		}
	}()
	evens := bridge.Evens(3)
	for range evens {
		break
	}
	times := 0
	for _, err := range evens {
		times++
		if err == nil || !strings.Contains(err.Error(), "ranged over before") {
			t.Error(err)
		}
	}
	equal(t, times, 1)
	// Many at once: one gets the items.
	items = bridge.Below(100)
	var got atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			defer func() { recover() }()
			for range items {
				got.Add(1)
			}
		}()
	}
	all.Wait()
	equal(t, got.Load(), 100)
}

func TestIteratorsThatCallGo(t *testing.T) {
	check(t)
	var seen []uint64
	for v, err := range bridge.Through(5, func(n uint64) (uint64, error) {
		stack.Grow(8)
		runtime.GC()
		if n == 3 {
			return 0, io.EOF
		}
		// A loop inside the loop.
		return uint64(len(slices.Collect(bridge.Below(n)))) * 10, nil
	}) {
		if err != nil {
			// The very same error.
			equal(t, errors.Is(err, io.EOF), true)
			v = 99
		}
		seen = append(seen, v)
	}
	equal(t, fmt.Sprint(seen), "[0 10 20 99 40]")
	for _, err := range bridge.Through(5, func(n uint64) (uint64, error) { panic("in Go") }) {
		if err == nil || !strings.Contains(err.Error(), "in Go") {
			t.Error(err)
		}
	}
}

func TestItemsOfAllTypes(t *testing.T) {
	check(t)
	equal(t, bridge.CheckMixed(bridge.MixedItems(2000)), 2000)
	equal(t, bridge.CheckMixed(slices.Values(slices.Collect(bridge.MixedItems(700)))), 700)
	numbers := []int16{-32768, -1, 0, 1, 32767}
	equal(t, fmt.Sprint(slices.Collect(bridge.PassNumbers(slices.Values(numbers)))), fmt.Sprint(numbers))
	texts := [][]byte{nil, {1}, bytes.Repeat([]byte{7}, 100_000), {}}
	got := slices.Collect(bridge.PassBytes(slices.Values(texts)))
	equal(t, slices.EqualFunc(got, texts, bytes.Equal), true)
	units := 0
	for range bridge.PassUnits(func(yield func(struct{}) bool) {
		for range 1000 {
			if !yield(struct{}{}) {
				return
			}
		}
	}) {
		units++
	}
	equal(t, units, 1000)
	shapes := []bridge.Shape{bridge.ShapeCircle{Radius: 1}, bridge.ShapeNamed{Value: "x"}, bridge.ShapeNothing{}}
	equal(t, fmt.Sprint(slices.Collect(bridge.PassShapes(slices.Values(shapes)))), fmt.Sprint(shapes))
	points := make([]bridge.Point, 1000)
	for i := range points {
		points[i] = bridge.Point{X: int32(i), Y: -int32(i)}
	}
	equal(t, slices.Equal(slices.Collect(bridge.PassPoints(slices.Values(points))), points), true)
	some := "some"
	options := slices.Collect(bridge.PassOptions(slices.Values([]*string{nil, &some, nil})))
	equal(t, len(options), 3)
	equal(t, *options[1], some)
	var x uint64
	for step := range bridge.Steps(300) {
		x = step(x)
	}
	equal(t, x, 300*299/2)
	equal(t, bridge.Apply(bridge.Steps(300), 0), x)
	equal(t, bridge.Apply(func(yield func(func(uint64) uint64) bool) {
		yield(func(n uint64) uint64 { return n * 2 })
	}, 4), 8)
}

func TestValuesThatCannotCrossAreRefused(t *testing.T) {
	check(t)
	// A nil variant is none.
	items := bridge.PassShapes(slices.Values([]bridge.Shape{bridge.ShapeNothing{}, nil}))
	defer func() {
		if err, ok := recover().(error); !ok || !strings.Contains(err.Error(), "nil") {
			t.Error(err)
		}
	}()
	for range items {
	}
	t.Error("a nil shape crossed")
}

func TestObjectsAsItems(t *testing.T) {
	check(t)
	for word := range bridge.Words(100) {
		if word.Text() == "50" {
			break
		}
		word.Close()
	}
	equal(t, bridge.JoinWords(bridge.Words(12), 12), "01234567891011")
	// Those that are made and not taken are released, too.
	equal(t, bridge.JoinWords(bridge.Words(1000), 3), "012")
	word := bridge.NewWord("again")
	n := 0
	for again := range word.Forever() {
		equal(t, again.Text(), "again")
		again.Close()
		if n++; n == 1000 {
			break
		}
	}
	equal(t, string(slices.Collect(word.Letters())), "again")
	word.Close()
	wait(t, "a word is alive", func() bool { return bridge.WordCount() == 0 })
}

func TestIteratorsOfGo(t *testing.T) {
	check(t)
	for _, n := range []uint64{0, 1, 2, 3, 255, 256, 257, 10_000} {
		equal(t, bridge.Sum(upTo(n)), sum(n))
		equal(t, bridge.SumOnThreads(upTo(n)), sum(n))
		equal(t, len(bridge.First(upTo(n), 3)), int(min(n, 3)))
	}
	equal(t, bridge.Sum(maps.Keys(map[uint64]bool{7: true, 8: true})), 15)
	rows, err := bridge.Scan(0)
	equal(t, len(rows), 0)
	equal(t, errors.Is(err, io.ErrUnexpectedEOF), true)
	rows, err = bridge.Scan(4)
	equal(t, err, nil)
	equal(t, strings.Join(rows, "; "), "0: row; item 1 is odd; go: row 2: EOF; 3: row")
	equal(t, bridge.Total(1000, 5), 10)
	equal(t, bridge.Total(1000, 5000), sum(1000))
	defer func() {
		if err, ok := recover().(error); !ok || !strings.Contains(err.Error(), "items is nil") {
			t.Error(err)
		}
	}()
	bridge.Sum(nil)
}

func sum(n uint64) (total uint64) {
	for i := range n {
		total += i
	}
	return total
}

func TestRustLeavesALoopOfGo(t *testing.T) {
	check(t)
	for n := range uint32(20) {
		left := make(chan uint64, 1)
		got := bridge.First(func(yield func(uint64) bool) {
			i := uint64(0)
			defer func() { left <- i }()
			for ; yield(i); i++ {
			}
		}, n)
		equal(t, len(got), int(n))
		if n > 0 {
			// It was at most a batch ahead, and its deferred functions ran.
			if made := <-left; made > 3*1024 {
				t.Error(n, made)
			}
		}
	}
	ran := false
	bridge.Ignore(func(yield func(uint64) bool) { ran = true })
	equal(t, ran, false)
	// In lockstep it does not go on before the next item is wanted.
	var made atomic.Uint64
	got := bridge.FirstUnbuffered(func(yield func(uint64) bool) {
		for i := uint64(0); yield(i); i++ {
			made.Add(1)
		}
	}, 5)
	equal(t, len(got), 5)
	equal(t, made.Load(), 4)
}

func TestErrorsOfGoAreTheSame(t *testing.T) {
	check(t)
	mine := errors.New("mine")
	seq := func(yield func(string, error) bool) {
		_ = yield("a", nil) && yield("", mine) && yield("b", nil) && yield("", io.EOF)
	}
	var told []string
	for v, err := range bridge.PassErrors(seq) {
		told = append(told, fmt.Sprint(v, errors.Is(err, mine), errors.Is(err, io.EOF)))
	}
	equal(t, strings.Join(told, "; "), "afalse false; true false; bfalse false; false true")
	own := func(yield func(uint64, error) bool) {
		_ = yield(1, nil) && yield(0, &bridge.OddError{At: 5}) && yield(0, io.EOF) && yield(2, nil)
	}
	told = nil
	for v, err := range bridge.PassOwnErrors(own) {
		var odd *bridge.OddError
		told = append(told, fmt.Sprint(v, " ", errors.As(err, &odd), " ", errors.Is(err, io.EOF)))
	}
	equal(t, strings.Join(told, "; "), "1 false false; 0 true false; 0 false true; 2 false false")
}

func TestPanicsOfGo(t *testing.T) {
	check(t)
	seq := func(end func()) iter.Seq2[uint64, error] {
		return func(yield func(uint64, error) bool) {
			yield(1, nil)
			yield(2, nil)
			end()
		}
	}
	told := bridge.Describe(seq(func() { panic("broken") }))
	equal(t, strings.Join(told, "; "), "1; 2; Panic: broken")
	told = bridge.Describe(seq(runtime.Goexit))
	equal(t, strings.Join(told, "; "), "1; 2; Goexit: runtime.Goexit was called")
	told = bridge.Describe(seq(func() { var m map[int]int; m[1] = 1 }))
	equal(t, strings.Join(told, "; "), "1; 2; Panic: assignment to entry in nil map")
	defer func() {
		p, ok := recover().(*bridge.PanicError)
		if !ok || !strings.Contains(p.Message, "broken") {
			t.Error(p)
		}
	}()
	bridge.Sum(func(yield func(uint64) bool) { panic("broken") })
}

func TestKeptIterators(t *testing.T) {
	check(t)
	bridge.Keep(upTo(300))
	for want := range uint64(300) {
		got := bridge.NextKept()
		if got == nil || *got != want {
			t.Fatal(got, want)
		}
		if want%100 == 0 {
			runtime.GC()
		}
	}
	equal(t, bridge.NextKept() == nil, true)
	equal(t, bridge.NextKept() == nil, true)
	bridge.ForgetKept()
	// Kept, and dropped in the middle.
	for range 10 {
		bridge.Keep(upTo(1 << 40))
	}
	bridge.NextKept()
	equal(t, bridge.ForgetKept(), 10)
	bridge.DropAtThreadEnd(upTo(1 << 40))
}

// A slow consumer holds the producer back, and the memory with it.
func TestSlowConsumer(t *testing.T) {
	check(t)
	var made, eaten atomic.Int64
	seq := func(yield func([]byte) bool) {
		for range 300 {
			made.Add(1)
			if !yield(make([]byte, 100_000)) {
				return
			}
			if ahead := made.Load() - eaten.Load(); ahead > 400 {
				t.Error("ahead by", ahead)
			}
		}
	}
	equal(t, bridge.EatSlowly(seq, 100), 30_000_000)
}

func TestHammer(t *testing.T) {
	check(t)
	times := uint32(200)
	if testing.Short() {
		times = 20
	}
	want := uint64(4*times/4) * (sum(1000) + sum(10) + sum(3) + sum(20))
	equal(t, bridge.Hammer(4, times), want)
}

func TestMemoryStaysFlat(t *testing.T) {
	check(t)
	run := func(n int) {
		for range n / 1000 {
			equal(t, bridge.Sum(upTo(2000)), sum(2000))
			for range bridge.Below(2000) {
			}
			for range bridge.Hits(300) {
			}
			for range bridge.Hits(30) {
				break
			}
			bridge.First(upTo(1000), 2)
		}
	}
	resident.Settles(t, run)
}
