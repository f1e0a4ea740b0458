package gangplank

import (
	"context"
	"errors"
	"io"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// puller stands in for Rust, which holds a sequence of numbers.
type puller struct {
	server Server
	// call is the number of a stream's calls; 0 for an iterator.
	call uint64
}

// pulled is the answer of a pull: items, or an error; and the end.
type pulled struct {
	status uint64
	items  []uint64
	ended  bool
	err    string
}

func (p *puller) pull(most int) (got pulled) {
	arguments := []uint64{0, uint64(most)}
	if p.call != 0 {
		arguments = []uint64{0, p.call, noEnd, uint64(most)}
	}
	f := newFrames(1, 100_000, arguments...)
	p.server.Serve(f.address())
	got.status = f.status(0)
	switch got.status {
	case OK:
		r := f.reader(0)
		got.items = make([]uint64, r.Count(8))
		ReadArray(r, got.items)
		got.ended = r.Bool()
		if !r.End() {
			panic("the answer of a pull has another form")
		}
	case Busy:
	default:
		got.err = f.reader(0).failure(got.status).Error()
	}
	runtime.KeepAlive(f)
	return got
}

// all pulls to the end; an error is an item, as text.
func (p *puller) all(most func() int) (items []uint64, errs []string) {
	for {
		got := p.pull(most())
		items = append(items, got.items...)
		if got.err != "" {
			errs = append(errs, got.err)
		}
		if got.ended || got.status != OK && got.status != Foreign {
			return items, errs
		}
	}
}

func always(most int) func() int { return func() int { return most } }

// useFeeds readies the runtime; when the test is over no feed runs any more.
func useFeeds(t testing.TB) *wakes {
	(&heap{}).use(t)
	w := &wakes{}
	l := library
	l.Settle = w.settle
	Start(l)
	t.Cleanup(func() {
		eventually(t, "all producers end", func() bool {
			feeds.Lock()
			defer feeds.Unlock()
			return len(feeds.running) == 0 && len(feeds.left) == 0
		})
	})
	return w
}

// wakes are the calls of streams that Go woke.
type wakes struct {
	sync.Mutex
	calls []uint64
}

func (w *wakes) settle(records *uint64, n int, _ *byte) {
	w.Lock()
	defer w.Unlock()
	for record := range slices.Chunk(unsafe.Slice(records, n*recordWords), recordWords) {
		if record[WordStatus+1] != Busy {
			panic("a stream is woken by another status")
		}
		w.calls = append(w.calls, record[0])
	}
}

// take says how often each call was woken since it was last asked.
func (w *wakes) take() []uint64 {
	w.Lock()
	defer w.Unlock()
	calls := w.calls
	w.calls = nil
	return calls
}

func numbers(n uint64) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func TestFeedsGiveAllInOrder(t *testing.T) {
	useFeeds(t)
	for _, n := range []uint64{0, 1, 2, 3, 1000, feedItems, 5000} {
		for _, most := range []int{1, 2, 100, feedItems} {
			p := puller{server: Feed(numbers(n), AppendArray[uint64])}
			items, errs := p.all(always(most))
			if !slices.Equal(items, slices.Collect(numbers(n))) || errs != nil {
				t.Fatal(n, most, len(items), errs)
			}
			if got := p.pull(most); !got.ended || len(got.items) != 0 {
				t.Fatal("it goes on behind the end", got)
			}
		}
	}
}

// The producer is as far as was wanted, and not further.
func TestFeedsInLockstep(t *testing.T) {
	useFeeds(t)
	var made atomic.Int64
	p := puller{server: Feed(func(yield func(uint64) bool) {
		for i := uint64(0); ; i++ {
			made.Add(1)
			if !yield(i) {
				return
			}
		}
	}, AppendArray[uint64])}
	for i := range int64(50) {
		got := p.pull(1)
		if !slices.Equal(got.items, []uint64{uint64(i)}) || made.Load() != i+1 {
			t.Fatal(got, made.Load())
		}
		runtime.Gosched()
	}
	p.pull(0)
}

func TestFeedsAreBounded(t *testing.T) {
	useFeeds(t)
	var made atomic.Int64
	large := func(b []byte, v []string) []byte { return append(b, make([]byte, 1000*len(v))...) }
	f := newFeed(func(yield func(string, error) bool) {
		for made.Add(1); yield("", nil); made.Add(1) {
		}
	}, large, nil)
	taken := int64(0)
	for range 30 {
		frame := newFrames(1, 1<<20, 0, feedItems)
		servePull(f, frame.address(), HandleWord+1, 0)
		taken += int64(frame.reader(0).Uint64())
		// What was sent, what was taken and not sent, and what is in the feed: a batch each, and the one item that makes it full.
		if ahead := made.Load() - taken; ahead > 3*(batchBytes/1000+2) {
			t.Fatal("ahead by", ahead)
		}
	}
	f.stop()
}

func TestFeedsStop(t *testing.T) {
	useFeeds(t)
	for first := range 4 {
		left := make(chan bool, 1)
		p := puller{server: Feed(func(yield func(uint64) bool) {
			for yield(1) {
			}
			left <- true
		}, AppendArray[uint64])}
		for range first {
			p.pull(2)
		}
		if got := p.pull(0); got.status != OK || !got.ended || len(got.items) != 0 {
			t.Fatal(got)
		}
		if got := p.pull(5); !got.ended || len(got.items) != 0 {
			t.Fatal(got)
		}
		if first > 0 {
			<-left
		}
	}
}

// A feed that Rust released without a word is stopped when the collector finds out.
func TestFeedsThatAreReleased(t *testing.T) {
	useFeeds(t)
	p := puller{server: Feed(numbers(1<<40), AppendArray[uint64])}
	p.pull(5)
	p.server = nil
	eventually(t, "the producer ends", func() bool {
		runtime.GC()
		feeds.Lock()
		defer feeds.Unlock()
		return len(feeds.running) == 0
	})
}

func TestFeedErrorsComeInTheirPlace(t *testing.T) {
	useFeeds(t)
	seq := func(end func()) iter.Seq2[uint64, error] {
		return func(yield func(uint64, error) bool) {
			_ = yield(1, nil) && yield(0, io.EOF) && yield(2, nil) && yield(0, io.ErrNoProgress) && yield(0, io.EOF) && yield(3, nil)
			end()
		}
	}
	for _, c := range []struct {
		end  func()
		last string
	}{
		{func() {}, ""},
		{func() { panic("broken") }, "gangplank: panic: broken"},
		{runtime.Goexit, "gangplank: runtime.Goexit was called"},
	} {
		for _, most := range []int{1, 2, 100} {
			p := puller{server: Feed2(seq(c.end), AppendArray[uint64], (*Call).Error)}
			items, errs := p.all(always(most))
			want := []string{"EOF", io.ErrNoProgress.Error(), "EOF"}
			if c.last != "" {
				want = append(want, c.last)
			}
			if !slices.Equal(items, []uint64{1, 2, 3}) || !slices.Equal(errs, want) {
				t.Error(items, errs)
			}
			if got := p.pull(1); !got.ended {
				t.Error("it goes on behind the end", got)
			}
		}
	}
}

// A stream that has nothing is busy; its call is woken once, when there is something or it is stopped.
func TestStreamsAreWoken(t *testing.T) {
	w := useFeeds(t)
	items := make(chan uint64)
	p := puller{server: FeedStream(func(yield func(uint64) bool) {
		for v := range items {
			if !yield(v) {
				return
			}
		}
	}, AppendArray[uint64]), call: 7}
	woken := func() {
		t.Helper()
		var calls []uint64
		eventually(t, "the call is woken", func() bool {
			calls = append(calls, w.take()...)
			return len(calls) > 0
		})
		if !slices.Equal(calls, []uint64{p.call}) {
			t.Fatal(calls)
		}
	}
	for i := range uint64(5) {
		p.call = 7 + i
		if got := p.pull(10); got.status != Busy {
			t.Fatal(got)
		}
		items <- i
		woken()
		if got := p.pull(10); !slices.Equal(got.items, []uint64{i}) || got.ended {
			t.Fatal(got)
		}
	}
	if got := p.pull(10); got.status != Busy {
		t.Fatal(got)
	}
	stop := puller{server: p.server, call: 1}
	if got := stop.pull(0); !got.ended {
		t.Fatal(got)
	}
	woken()
	close(items)
	if calls := w.take(); calls != nil {
		t.Fatal("woken again:", calls)
	}
}

func TestStreamsSayTheirEnd(t *testing.T) {
	w := useFeeds(t)
	end := make(chan struct{})
	p := puller{server: FeedStream2(func(func(uint64, error) bool) {
		<-end
		panic("broken")
	}, AppendArray[uint64], (*Call).Error), call: 3}
	if got := p.pull(10); got.status != Busy {
		t.Fatal(got)
	}
	close(end)
	eventually(t, "the call is woken", func() bool { return len(w.take()) == 1 })
	if got := p.pull(10); got.status != Panicked || !strings.Contains(got.err, "broken") {
		t.Fatal(got)
	}
}

// A ChanSeq that waits for its channel ends when the feed is stopped, also inside another sequence.
func TestChanSeqEndsWithItsFeed(t *testing.T) {
	w := useFeeds(t)
	silent := ChanSeq(context.Background(), make(chan uint64))
	for _, server := range []Server{
		FeedStream(silent, AppendArray[uint64]),
		FeedStream2(func(yield func(uint64, error) bool) {
			for v := range silent {
				if !yield(v, nil) {
					return
				}
			}
		}, AppendArray[uint64], (*Call).Error),
	} {
		p := puller{server: server, call: 5}
		if got := p.pull(5); got.status != Busy {
			t.Fatal(got)
		}
		eventually(t, "the producer runs", func() bool {
			feeds.Lock()
			defer feeds.Unlock()
			return len(feeds.running) == 1
		})
		p.pull(0)
		eventually(t, "the call is woken", func() bool { return len(w.take()) == 1 })
		eventually(t, "the producer ends", func() bool {
			feeds.Lock()
			defer feeds.Unlock()
			return len(feeds.running) == 0
		})
	}
}

func TestChanSeqAlone(t *testing.T) {
	ch := make(chan uint64, 3)
	ch <- 1
	ch <- 2
	close(ch)
	if got := slices.Collect(ChanSeq(context.Background(), ch)); !slices.Equal(got, []uint64{1, 2}) {
		t.Error(got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(time.Millisecond, cancel)
	for v := range ChanSeq(ctx, make(chan uint64)) {
		t.Error(v)
	}
}

func TestGoroutineHasANumber(t *testing.T) {
	mine, other := goroutine(), make(chan uint64)
	go func() { other <- goroutine() }()
	if theirs := <-other; mine == 0 || theirs == 0 || mine == theirs || mine != goroutine() {
		t.Error(mine, theirs)
	}
}

// A shutdown ends every feed with one error: those that wait, those that are ahead, those that have not begun.
func TestFeedsAreShutDown(t *testing.T) {
	w := useFeeds(t)
	defer stopping.Store(false)
	silent := ChanSeq(context.Background(), make(chan uint64))
	waits := puller{server: Feed(silent, AppendArray[uint64])}
	busy := puller{server: FeedStream(silent, AppendArray[uint64]), call: 9}
	ahead := puller{server: Feed(numbers(1<<40), AppendArray[uint64])}
	fresh := puller{server: Feed(numbers(10), AppendArray[uint64])}
	over := puller{server: Feed(numbers(1), AppendArray[uint64])}
	over.all(always(10))
	ahead.pull(5)
	if got := busy.pull(5); got.status != Busy {
		t.Fatal(got)
	}
	done := make(chan pulled)
	go func() { done <- waits.pull(5) }()
	eventually(t, "the producers run", func() bool {
		feeds.Lock()
		defer feeds.Unlock()
		return len(feeds.running) == 3
	})
	if err := ShutdownCalls(context.Background()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the stream is woken", func() bool { return slices.Equal(w.take(), []uint64{9}) })
	for name, got := range map[string]pulled{"waits": <-done, "busy": busy.pull(5), "ahead": ahead.pull(5), "fresh": fresh.pull(5)} {
		if got.status != Unavailable {
			t.Error(name, got)
		}
	}
	for _, p := range []puller{waits, busy, ahead, fresh, over} {
		if got := p.pull(5); got.status != OK || !got.ended || len(got.items) != 0 {
			t.Error("told again:", got)
		}
	}
}

// Many feeds, each pulled by changing goroutines, with changing haste, some stopped at any moment.
func TestFeedsHammered(t *testing.T) {
	w := useFeeds(t)
	const n = 3000
	var all sync.WaitGroup
	for g := range uint64(32) {
		all.Add(1)
		go func() {
			defer all.Done()
			random := rand.New(rand.NewPCG(1, g))
			p := puller{server: Feed2(func(yield func(uint64, error) bool) {
				for i := range uint64(n) {
					var err error
					if i%100 == 99 {
						err = errors.New("a hundredth")
					}
					if !yield(i, err) {
						return
					}
				}
			}, AppendArray[uint64], (*Call).Error)}
			stop := int(^uint(0) >> 1)
			if g%4 == 0 {
				stop = random.IntN(n)
			}
			seen := uint64(0)
			for int(seen) < stop {
				answer := make(chan pulled)
				most := 1 + random.IntN(300)
				go func() { answer <- p.pull(most) }()
				got := <-answer
				for _, v := range got.items {
					if v != seen {
						t.Error(v, seen)
						return
					}
					seen++
				}
				if got.err != "" {
					if seen%100 != 99 {
						t.Error(got.err, seen)
					}
					seen++
				}
				if got.ended {
					if seen != n {
						t.Error("the end at", seen)
					}
					return
				}
			}
			p.pull(0)
		}()
	}
	all.Wait()
	if calls := w.take(); calls != nil {
		t.Error("an iterator was woken", calls)
	}
}
