package fast_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gangplank.example/e2e/fast/bridge"
	"gangplank.example/e2e/lanes"
	"gangplank.example/e2e/stack"
)

// level implements bridge.Level. On each level the stack moves, while Rust has memory of the caller's.
type level struct{}

func (level) Log(left uint32, log bridge.Log) (bridge.Log, error) {
	log.Lines = append(log.Lines, fmt.Sprintf("Go at %d", log.Depth))
	local := log
	local.Bytes = bytes.Clone(log.Bytes)
	stack.Grow(8 * int(log.Depth+1))
	back, err := bridge.LogDown(left-1, log)
	stack.Grow(8 * int(log.Depth+2))
	if !reflect.DeepEqual(local, log) {
		return back, fmt.Errorf("the log at %d changed", log.Depth)
	}
	return back, err
}

func (level) Text(left uint32, text bridge.BorrowedString) string {
	own := string(append([]byte(nil), text...))
	stack.Grow(16 * int(left))
	back := bridge.Text(left-1, own)
	stack.Grow(32 * int(left))
	if own != string(text) {
		panic("the lent text changed")
	}
	return back
}

func (level) Number(left uint32, n int64) int64 {
	stack.Grow(16 * int(left))
	if left%2 == 0 {
		return bridge.NumberSlow(left-1, n) * 2
	}
	return bridge.Number(left-1, n) * 2
}

func (level) End(how uint32) (uint32, error) { return end(how) }

func (level) Next(n uint64) uint64 { return n + 1 }

func end(how uint32) (uint32, error) {
	switch how {
	case 1:
		return 0, errors.New("Go said no")
	case 2:
		panic("Go panics")
	case 3:
		runtime.Goexit()
	}
	return how, nil
}

func (level) EndEach(how uint32) (uint32, error) {
	stack.Grow(16 * int(how))
	return end(how)
}

// twice implements bridge.Level otherwise.
type twice struct{ level }

func (twice) Next(n uint64) uint64 { return n + 2 }

// plain implements bridge.Plain.
type plain struct{}

func (plain) End(how uint32) (uint32, error) { return end(how) }

func (plain) Deeper(left uint32, n int64) int64 {
	stack.Grow(16 * int(left))
	return bridge.Number(left-1, n) * 2
}

func TestMain(m *testing.M) {
	bridge.RegisterLevel(level{})
	bridge.RegisterPlain(plain{})
	os.Exit(m.Run())
}

// TestTranscript calls everything, and TestLanesAgree compares what it says on either lane.
func TestTranscript(t *testing.T) {
	say := lanes.Transcript(t)
	for deep := range uint32(11) {
		stack.Fresh(func() {
			log, err := bridge.LogDown(deep, bridge.Log{})
			say("log", deep, log, err)
		})
		stack.Fresh(func() { say("text", deep, bridge.Text(deep, "x")) })
		stack.Fresh(func() { say("number", deep, bridge.Number(deep, 1), bridge.NumberSlow(deep, 1)) })
	}
	for size := range 300 {
		if got := bridge.Text(1, strings.Repeat("y", size)); len(got) != 4*size+3 {
			t.Errorf("text of %d bytes: %d", size, len(got))
		}
	}
	for how := range uint32(3) {
		say("ends", how, bridge.Ends(how, false), bridge.Ends(how, true))
	}
	for _, cgo := range []bool{false, true} {
		over := make(chan bool)
		go func() {
			defer close(over)
			bridge.EndsNoted(3, cgo)
			t.Error("Goexit did not end the goroutine")
		}()
		<-over
		say("Goexit", cgo, bridge.Noted())
	}
	for _, hows := range [][]uint32{{}, {0}, {4, 1, 5, 2, 6}, {3}, {4, 3, 5, 2, 3, 6}, {3, 3}} {
		for _, outside := range []bool{false, true} {
			over := make(chan bool)
			go func() {
				returned := false
				defer func() { over <- returned }()
				bridge.EndsInBatch(hows, outside)
				returned = true
			}()
			if <-over == slices.Contains(hows, 3) {
				t.Error("Goexit and the goroutine do not agree:", hows)
			}
			say("ends in a batch", hows, bridge.Noted())
		}
	}
	for _, n := range []int{0, 1, 63, 64, 65, 200} {
		numbers, logs := make([]int64, n), make([]bridge.Log, n)
		for i := range n {
			numbers[i], logs[i] = int64(i), bridge.Log{Depth: uint32(i), Lines: make([]string, i%5), Bytes: make([]byte, i)}
		}
		stack.Fresh(func() {
			halves, err := bridge.HalveBatch(numbers)
			say("halves", halves, err)
			notes, err := bridge.NoteBatch("!", logs, numbers)
			say("notes", notes, err)
		})
	}
	for how := range uint32(5) {
		n, err := bridge.Fails(how, 7)
		var panicked *bridge.PanicError
		if errors.As(err, &panicked) {
			err = errors.New(panicked.Message)
		}
		say("fails", how, n, err)
	}
	say("count", bridge.Count(1000))
	say("lent", bridge.Lent(twice{}, 5))
	counter := bridge.NewCounter(40)
	say("object", bridge.CountUp(counter, 1), bridge.CountUp(counter, 1))
	counter.Close()
	bridge.Keep(func(n uint64) (uint64, error) {
		stack.Grow(8)
		how, err := end(uint32(n % 4))
		return n + 4 + uint64(how-how), err
	})
	for how := range uint64(3) {
		n, err := bridge.CallKept(how)
		say("kept", how, n, err != nil)
	}
	over := make(chan bool)
	go func() {
		defer close(over)
		bridge.CallKeptNoted(3)
		t.Error("Goexit did not end the goroutine")
	}()
	<-over
	say("kept, Goexit", bridge.Noted())
	say("wait", bridge.Wait(1))
	say("parked", bridge.Parked(50))
	most := uint32(runtime.GOMAXPROCS(0))
	for _, threads := range []uint32{0, 1, most, most + 1} {
		n, err := bridge.CountHosted(threads, 1000)
		say("hosted", threads, n, err)
		n, err = bridge.CountHostedInside(threads, 1000)
		say("hosted, inside", threads, n, err)
	}
	for _, text := range bridge.HostedEnds() {
		say("a hosted thread", text)
	}
}

func TestLanesAgree(t *testing.T) { lanes.Agree(t) }

func TestLane(t *testing.T) { lanes.Check(t, bridge.FastLane) }

func TestManyGoroutinesAtOnce(t *testing.T) {
	want := bridge.NumberSlow(10, 1)
	var wait sync.WaitGroup
	for i := range 50 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 20 {
				if got := bridge.Number(10, 1); got != want {
					t.Errorf("%d, not %d", got, want)
				}
				if got := bridge.Count(uint64(i)); got != uint64(i) {
					t.Errorf("%d, not %d", got, i)
				}
				if _, err := bridge.LogDown(5, bridge.Log{}); err != nil {
					t.Error(err)
				}
				runtime.Gosched()
			}
		}()
	}
	for range 20 {
		if _, err := bridge.CountHosted(1, 10_000); err != nil {
			t.Error(err)
		}
		runtime.GC()
	}
	wait.Wait()
}

// TestCheckpointsLetTheCollectorIn: a collection does not wait for a function that spins for 300 ms.
func TestCheckpointsLetTheCollectorIn(t *testing.T) {
	collections := 0
	// A machine that is busy may need some rounds. Without checkpoints no round has more than two.
	for range 20 {
		done := make(chan uint64, 1)
		go func() { done <- bridge.Spin(300) }()
		time.Sleep(20 * time.Millisecond)
		for collections = 0; len(done) == 0; collections++ {
			runtime.GC()
		}
		if <-done == 0 {
			t.Fatal("it did not spin")
		}
		if collections >= 5 {
			return
		}
	}
	t.Errorf("%d collections in 300 ms", collections)
}

// TestWaitingHoldsNothing: many more waiting calls than Ps.
func TestWaitingHoldsNothing(t *testing.T) {
	from := time.Now()
	var wait sync.WaitGroup
	for range 20 * runtime.GOMAXPROCS(0) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			bridge.Wait(100)
		}()
	}
	wait.Wait()
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("they waited for one another: %v", took)
	}
}

// TestWaitingForAnObjectHoldsNothing: what changes an object calls Go, and Go
// stops the world. Those who wait for the object must not hold that up: the
// test would never end.
func TestWaitingForAnObjectHoldsNothing(t *testing.T) {
	board := bridge.NewBoard()
	defer board.Close()
	waiting := make(chan uint64)
	board.Play(func() {
		go func() { waiting <- bridge.Moves(board) }()
		time.Sleep(20 * time.Millisecond)
		runtime.GC()
	})
	if n := <-waiting; n != 1 {
		t.Fatalf("it saw the object before it was changed: %d", n)
	}
}

func TestNothingAllocates(t *testing.T) {
	if n := testing.AllocsPerRun(1000, func() { bridge.Count(3) }); n > 0.1 {
		t.Errorf("%v allocations", n)
	}
}

// The tail of a call from a hosted thread beside that of a callback, while goroutines are busy.
func TestTail(t *testing.T) {
	stop := make(chan bool)
	defer close(stop)
	for range 2 * runtime.GOMAXPROCS(0) {
		go func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
			}
		}()
	}
	t.Logf("the slowest of 100000: hosted %v, callback %v", time.Duration(bridge.Slowest(100_000, true)), time.Duration(bridge.Slowest(100_000, false)))
}

func BenchmarkEntry(b *testing.B) {
	for range b.N {
		bridge.Number(0, 1)
	}
}

func BenchmarkEntrySlow(b *testing.B) {
	for range b.N {
		bridge.NumberSlow(0, 1)
	}
}

func BenchmarkCallback(b *testing.B) { bridge.Count(uint64(b.N)) }

func BenchmarkHosted(b *testing.B) { _, _ = bridge.CountHosted(1, uint64(b.N)) }
