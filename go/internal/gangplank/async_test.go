package gangplank

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// futures stands in for a library that awaits Go: it posts calls, and notes the
// records that settle them.
type futures struct {
	*rust
	mu        sync.Mutex
	settled   map[uint64][]record
	crossings int
	// hold holds up crossings until it is closed, if it is not nil.
	hold chan struct{}
}

type record struct {
	status, word uint64
	bytes        string
}

// filedList is where results are filed; it outlives the tests, as the pool does.
var filedList uint64

// The methods of the fake package, by their numbers.
const (
	doubles = 1 + iota
	repeats
	obeys
)

// obey is what the method obeys does, with the argument it was called with.
var obey atomic.Pointer[func(ctx context.Context, c *Call, argument uint64)]

func newFutures(t *testing.T, files bool) *futures {
	f := &futures{rust: newRust(t), settled: map[uint64][]record{}}
	cycle.Lock()
	library.Settle = f.settle
	cycle.Unlock()
	method := func(number uint64, do func(ctx context.Context, c *Call, argument uint64)) func(c *Call) {
		return func(c *Call) {
			if c.Full() {
				return
			}
			argument := c.Word(AsyncWords)
			c.StartAs(number, func(ctx context.Context, c *Call) { do(ctx, c, argument) })
		}
	}
	if post.head == nil {
		StartPost(
			method(doubles, func(_ context.Context, c *Call, n uint64) { c.Scalar(2 * n) }),
			method(repeats, func(_ context.Context, c *Call, n uint64) { c.Text(strings.Repeat("x", int(n))) }),
			method(obeys, func(ctx context.Context, c *Call, n uint64) { (*obey.Load())(ctx, c, n) }),
		)
	}
	var list uint64
	if files {
		list = uint64(uintptr(unsafe.Pointer(&filedList)))
	}
	atomic.StoreUint64(post.filed, list)
	t.Cleanup(func() {
		eventually(t, "all calls are over", func() bool { return len(calls.all()) == 0 })
	})
	return f
}

// settle is clause 11.3.
func (f *futures) settle(records *uint64, n int, bytes *byte) {
	if f.hold != nil {
		<-f.hold
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.crossings++
	for at := atomic.SwapUint64(&filedList, 0); at != 0; {
		block := native(at)
		f.note((*[recordWords]uint64)(unsafe.Add(block, filedCall*wordSize)), (*byte)(unsafe.Add(block, filedBytes*wordSize)))
		at = *(*uint64)(block)
	}
	for i := range n {
		r := (*[recordWords]uint64)(unsafe.Add(unsafe.Pointer(records), i*recordWords*wordSize))
		f.note(r, bytes)
		// Behind the last one nothing may lie.
		if size := (r[recordWords-1]>>6 + 7) &^ 7; size > 0 && i < n-1 {
			bytes = (*byte)(native(uint64(uintptr(unsafe.Pointer(bytes))) + size))
		}
	}
}

func (f *futures) note(r *[recordWords]uint64, bytes *byte) {
	var text string
	if size := r[recordWords-1] >> 6; size > 0 {
		text = strings.Clone(unsafe.String(bytes, int(size)))
	}
	f.settled[r[0]] = append(f.settled[r[0]], record{r[1], r[2], text})
}

// post is clause 11.8.
func (f *futures) post(number, call uint64, left int64, argument uint64) {
	size := uint64(postFrame+AsyncWords+1) * wordSize
	address := f.alloc(size)
	block := (*[postFrame + AsyncWords + 1]uint64)(native(address))
	block[postWord3], block[postNumber] = blockWord(size), number
	block[postFrame+CallWord], block[postFrame+LeftWord], block[postFrame+AsyncWords] = call, uint64(left), argument
	for {
		head := atomic.LoadUint64(post.head)
		block[0] = head
		if atomic.CompareAndSwapUint64(post.head, head, address) {
			break
		}
	}
	if atomic.LoadUint64(post.sleeping) != 0 && atomic.SwapUint64(post.sleeping, 0) == 1 {
		Wake()
	}
}

// records are the first n records of a call, which it waits for.
func (f *futures) records(t *testing.T, call uint64, n int) []record {
	t.Helper()
	var found []record
	eventually(t, "a call is settled", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		found = slices.Clone(f.settled[call])
		return len(found) >= n
	})
	return found
}

func does(t *testing.T, do func(ctx context.Context, c *Call, argument uint64)) {
	obey.Store(&do)
}

// Every posted call is settled once, with its own result, and its block comes back:
// with the result in it, or on the return list.
func TestPostedCalls(t *testing.T) {
	for _, files := range []bool{true, false} {
		f := newFutures(t, files)
		const threads, each = 4, 2000
		var wg sync.WaitGroup
		for thread := range uint64(threads) {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range uint64(each) {
					call := thread*each + i + 1
					f.post(doubles, call, noEnd, call)
				}
			}()
		}
		wg.Wait()
		for call := uint64(1); call <= threads*each; call++ {
			if got := f.records(t, call, 1); len(got) != 1 || got[0] != (record{OK, 2 * call, ""}) {
				t.Fatal(files, call, got)
			}
		}
		want := threads * each
		if files {
			want = 0
		}
		if n := len(returned(f.list)); n != want {
			t.Errorf("files %v: %d blocks on the return list, want %d", files, n, want)
		}
		if f.crossings > threads*each/4 {
			t.Logf("%d crossings for %d calls", f.crossings, threads*each)
		}
	}
}

// A result lies in the call's block if it has room, else it goes over with others.
func TestResultsOfAllLengths(t *testing.T) {
	f := newFutures(t, true)
	for n := range uint64(100) {
		f.post(repeats, n+1, noEnd, n)
	}
	for n := range uint64(100) {
		if got := f.records(t, n+1, 1)[0]; got.status != OK || got.bytes != strings.Repeat("x", int(n)) {
			t.Error(n, got)
		}
	}
	// Of 12 words, 8 are the record.
	eventually(t, "the blocks without room come back", func() bool { return len(peek(f.list)) == 100-33 })
}

// peek is what is on the return list.
func peek(list *uint64) (all []uint64) {
	for address := atomic.LoadUint64(list); address != 0; address = *(*uint64)(native(address)) {
		all = append(all, address)
	}
	return all
}

// A call that blocks keeps nobody waiting: not those that were posted before it
// blocked, and not those that come then.
func TestOthersGoOnBesideOneThatBlocks(t *testing.T) {
	f := newFutures(t, true)
	free := make(chan struct{})
	does(t, func(_ context.Context, c *Call, n uint64) { <-free; c.Scalar(n) })
	f.post(doubles, 1, noEnd, 1)
	f.post(obeys, 2, noEnd, 7)
	f.post(doubles, 3, noEnd, 3)
	for call := uint64(4); call < 50; call++ {
		f.records(t, call-1, 1)
		f.post(doubles, call, noEnd, call)
	}
	f.records(t, 49, 1)
	if got := f.settledSoFar(2); len(got) != 0 {
		t.Error(got)
	}
	close(free)
	if got := f.records(t, 2, 1)[0]; got != (record{OK, 7, ""}) {
		t.Error(got)
	}
}

func (f *futures) settledSoFar(call uint64) []record {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.settled[call])
}

// When the time of a call is over that is what it ends in, before its method can
// answer; the method's own result comes behind it.
func TestTheDeadlineAnswersFirst(t *testing.T) {
	f := newFutures(t, true)
	does(t, func(ctx context.Context, c *Call, n uint64) {
		if _, ok := ctx.Deadline(); !ok {
			t.Error("no deadline")
		}
		<-ctx.Done()
		if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
			t.Error(ctx.Err())
		}
		c.Scalar(n)
	})
	for call := uint64(1); call <= 200; call++ {
		f.post(obeys, call, int64(call)*1000, call)
	}
	for call := uint64(1); call <= 200; call++ {
		got := f.records(t, call, 2)
		if got[0].status != early+Foreign || !strings.Contains(got[0].bytes, context.DeadlineExceeded.Error()) || got[1] != (record{OK, call, ""}) {
			t.Fatal(got)
		}
	}
}

// The same where both records go over in one crossing, because another one took long.
func TestTheDeadlineAnswersFirstInACrossing(t *testing.T) {
	f := newFutures(t, true)
	f.hold = make(chan struct{})
	var ended atomic.Bool
	does(t, func(ctx context.Context, c *Call, n uint64) {
		<-ctx.Done()
		c.Scalar(n)
		ended.Store(true)
	})
	f.post(doubles, 1, noEnd, 1)
	f.post(obeys, 2, int64(time.Millisecond), 2)
	eventually(t, "the method ends", ended.Load)
	eventually(t, "its record is there", func() bool { return calls.find(2) == nil || len(calls.all()) < 2 })
	close(f.hold)
	if got := f.records(t, 2, 2); got[0].status != early+Foreign || got[1] != (record{OK, 2, ""}) {
		t.Error(got)
	}
}

// A call is cancelled, whether somebody has taken it or not; once it is over, a
// cancel finds nothing.
func TestCancelPostedCalls(t *testing.T) {
	f := newFutures(t, true)
	does(t, func(ctx context.Context, c *Call, n uint64) {
		<-ctx.Done()
		c.Error(ctx.Err())
	})
	for call := uint64(1); call <= 500; call++ {
		f.post(obeys, call, noEnd, 0)
		Cancel(unsafe.Pointer(&call), 1)
	}
	for call := uint64(1); call <= 500; call++ {
		if got := f.records(t, call, 1); len(got) != 1 || got[0].status != Foreign || !strings.Contains(got[0].bytes, context.Canceled.Error()) {
			t.Fatal(call, got)
		}
		Cancel(unsafe.Pointer(&call), 1)
	}
}

// A panic and a Goexit are results, and the goroutines go on.
func TestPostedCallsThatDoNotReturn(t *testing.T) {
	f := newFutures(t, true)
	does(t, func(_ context.Context, c *Call, n uint64) {
		if n%2 == 0 {
			runtime.Goexit()
		}
		panic("it panics")
	})
	for call := uint64(1); call <= 100; call++ {
		f.post(obeys, call, noEnd, call)
	}
	for call := uint64(1); call <= 100; call++ {
		want := uint64(Panicked)
		if call%2 == 0 {
			want = Exited
		}
		if got := f.records(t, call, 1); len(got) != 1 || got[0].status != want {
			t.Fatal(call, got)
		}
	}
	f.post(doubles, 101, noEnd, 4)
	if got := f.records(t, 101, 1)[0]; got.word != 8 {
		t.Error(got)
	}
}

// Calls that find no room are told when there is some, each once.
func TestRoomForRefusedCalls(t *testing.T) {
	f := newFutures(t, true)
	defer SetGoroutines(usualLimit)
	SetGoroutines(1)
	free := make(chan struct{})
	does(t, func(_ context.Context, c *Call, n uint64) { <-free; c.Scalar(n) })
	var refused []uint64
	for call := uint64(1); call <= 100 && len(refused) < 5; call++ {
		frame := [AsyncWords + 1]uint64{CallWord: call, LeftWord: noEnd, AsyncWords: call}
		c := CallAt(unsafe.Pointer(&frame))
		post.serve[obeys-1](&c)
		switch frame[WordStatus] {
		case Busy:
			refused = append(refused, call)
		case Pending:
		default:
			t.Fatal(frame)
		}
	}
	if len(refused) < 5 {
		t.Fatal("nothing was refused")
	}
	close(free)
	for _, call := range refused {
		if got := f.records(t, call, 1); len(got) != 1 || got[0].status != Busy {
			t.Error(call, got)
		}
	}
}

// Results that are added while somebody crosses are taken along.
func TestTheOutboxTakesAllAlong(t *testing.T) {
	f := newFutures(t, false)
	var wg sync.WaitGroup
	for thread := range uint64(8) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range uint64(500) {
				call := thread*500 + i + 1
				text := strings.Repeat("y", int(call%20))
				results.add([recordWords]uint64{call, OK, call}, []byte(text), 1)
				results.cross()
			}
		}()
	}
	wg.Wait()
	for call := uint64(1); call <= 8*500; call++ {
		if got := f.records(t, call, 1); len(got) != 1 || got[0] != (record{OK, call, strings.Repeat("y", int(call%20))}) {
			t.Fatal(call, got)
		}
	}
}

func TestRunContext(t *testing.T) {
	c := new(runContext)
	if _, ok := c.Deadline(); ok || c.Err() != nil || c.Value("key") != nil {
		t.Error("a new context has something")
	}
	goroutines := runtime.NumGoroutine()
	derived, cancel := context.WithCancel(c)
	defer cancel()
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Error("a derived context costs a goroutine")
	}
	var called atomic.Int32
	stopped := c.AfterFunc(func() { t.Error("it was stopped") })
	c.AfterFunc(func() { called.Add(1) })
	if !stopped() || stopped() {
		t.Error("stop says the wrong thing")
	}
	done := c.Done()
	c.end(context.Canceled)
	c.end(context.DeadlineExceeded)
	<-done
	<-derived.Done()
	if c.Err() != context.Canceled {
		t.Error(c.Err())
	}
	eventually(t, "the function is called", func() bool { return called.Load() == 1 })
	late := make(chan struct{})
	if c.AfterFunc(func() { close(late) })() {
		t.Error("what came too late was stopped")
	}
	<-late
	ended := &runContext{err: context.Canceled}
	<-ended.Done()
}

// A call that does not block has a context of its own only if it has a deadline.
func TestContextAtOnce(t *testing.T) {
	if atOnce(noEnd) != context.Background() {
		t.Error("a context without need")
	}
	if ctx := atOnce(0); ctx.Err() != context.DeadlineExceeded {
		t.Error(ctx.Err())
	}
	deadline, ok := atOnce(int64(time.Hour)).Deadline()
	if left := time.Until(deadline); !ok || left > time.Hour || left < time.Minute {
		t.Error(left, ok)
	}
}

// Who looked in vain skips more and more looks, and none after one that paid.
func TestPays(t *testing.T) {
	var p pays
	var tries []int
	for i := range 300 {
		if p.try() {
			tries = append(tries, i)
			p.was(false)
		}
	}
	if want := []int{0, 2, 6, 14, 30, 62, 126, 191, 256}; !slices.Equal(tries, want) {
		t.Errorf("it looked at %v, want %v", tries, want)
	}
	for !p.try() {
	}
	p.was(true)
	if !p.try() || p.next != 0 {
		t.Error("it skips after a look that paid")
	}
}
