package gangplank

import (
	"sync"
	"sync/atomic"
	"time"
)

// The goroutines that serve async calls.
//
// There are at most limit of them, and they are used again: a goroutine that has
// run deep before has the stack for it. Calls wait in a queue. While it is not
// empty there is a searcher, a goroutine that was woken and has not looked yet;
// whoever takes a call and leaves others wakes the next one. So a method that
// blocks keeps no call waiting, and a burst of short ones is served by few
// goroutines, each of which is woken once.
//
// If all are busy and none has become free for a while, they may all be waiting
// for calls in the queue: a method can call Rust, which calls Go. So then the
// limit is exceeded, by one goroutine, then by two more, and so on. Those end when
// the queue is empty.
type pool struct {
	mu          sync.Mutex
	first, last *run
	queued      int
	idle        []*worker
	workers     int
	searching   bool
	limit       int
	// refused are calls that were answered with 8, in order.
	refused []uint64

	taken    uint64 // calls that were ever taken from the queue
	relieved uint64 // taken, when it was last looked at
	relief   int    // how many goroutines come next if nothing was taken
	watched  bool   // a timer runs
}

const (
	// usualLimit is the limit if nobody sets one.
	usualLimit = 10_000
	// keepIdle is how many goroutines stay when there is nothing to do.
	keepIdle = 64
	// queuedPer is how many calls may wait for each goroutine of the limit.
	queuedPer = 4
	// reliefDelay is how long all goroutines must be busy until there are more.
	reliefDelay = 2 * time.Millisecond
)

var calls = pool{limit: usualLimit}

// SetGoroutines sets how many goroutines serve async calls of Rust at once. Four
// times as many calls may wait; further ones wait in Rust.
func SetGoroutines(n int) {
	calls.mu.Lock()
	defer calls.mu.Unlock()
	calls.limit = max(n, 1)
	calls.search()
}

// full says whether a call must wait in Rust, and then notes it.
func (p *pool) full(call uint64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.queued < queuedPer*p.limit {
		return false
	}
	p.refused = append(p.refused, call)
	return true
}

// add queues a run.
func (p *pool) add(r *run) {
	p.mu.Lock()
	if p.last == nil {
		p.first = r
	} else {
		p.last.next = r
	}
	p.last = r
	p.queued++
	if !p.searching {
		p.search()
	}
	p.mu.Unlock()
}

// search wakes a goroutine, or starts one, if calls wait. For a holder of the
// lock; what it says is whether there is a searcher.
func (p *pool) search() {
	p.searching = false
	if p.queued == 0 {
		return
	}
	switch n := len(p.idle); {
	case n > 0:
		w := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.searching = true
		w.wake <- struct{}{}
	case p.workers < p.limit:
		p.start()
	case !p.watched:
		p.watched = true
		p.relieved = p.taken
		time.AfterFunc(reliefDelay, p.relieve)
	}
}

func (p *pool) start() {
	p.workers++
	p.searching = true
	go p.work(&worker{wake: make(chan struct{}, 1)}, true)
}

// relieve starts goroutines beyond the limit if no call was taken for a while.
func (p *pool) relieve() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watched = false
	if p.queued == 0 {
		p.relief = 0
		return
	}
	if p.taken == p.relieved {
		p.relief = min(max(2*p.relief, 1), p.queued)
		for range p.relief {
			p.start()
		}
	} else {
		p.relief = 0
	}
	p.watched = true
	p.relieved = p.taken
	time.AfterFunc(reliefDelay, p.relieve)
}

// work serves calls until there are none and enough others wait for more.
func (p *pool) work(w *worker, searcher bool) {
	done := false
	defer func() {
		// The method called runtime.Goexit.
		if !done {
			go p.work(w, false)
		}
	}()
	for {
		r, room := p.take(w, searcher)
		if room {
			results.cross()
		}
		if r == nil {
			done = true
			return
		}
		searcher = false
		w.serve(r)
	}
}

// take waits for a call. It is nil if the goroutine shall end. room says whether
// refused calls were told that there is room.
func (p *pool) take(w *worker, searcher bool) (r *run, room bool) {
	p.mu.Lock()
	for p.first == nil {
		if searcher {
			p.searching = false
			searcher = false
		}
		if p.makeRoom() {
			p.mu.Unlock()
			results.cross()
			p.mu.Lock()
			continue
		}
		if len(p.idle) >= keepIdle || p.workers > p.limit {
			p.workers--
			p.mu.Unlock()
			return nil, false
		}
		p.idle = append(p.idle, w)
		p.mu.Unlock()
		<-w.wake
		searcher = true
		p.mu.Lock()
	}
	r = p.first
	p.first, r.next = r.next, nil
	if p.first == nil {
		p.last = nil
	}
	p.queued--
	p.taken++
	if searcher || !p.searching {
		p.search()
	}
	if p.queued <= queuedPer*p.limit/2 {
		room = p.makeRoom()
	}
	p.mu.Unlock()
	return r, room
}

// makeRoom tells refused calls that there is room, as many as there is. For a
// holder of the lock, who then crosses if it says so. Some of them may have been
// given up: whoever finds no calls tells the next ones.
func (p *pool) makeRoom() bool {
	n := min(len(p.refused), queuedPer*p.limit-p.queued)
	if n <= 0 {
		return false
	}
	for _, call := range p.refused[:n] {
		results.add([recordWords]uint64{call, Busy}, nil, 1)
	}
	p.refused = append(p.refused[:0], p.refused[n:]...)
	return true
}

// tellRefused tells all refused calls to try again.
func (p *pool) tellRefused() {
	p.mu.Lock()
	for _, call := range p.refused {
		results.add([recordWords]uint64{call, Busy}, nil, 1)
	}
	p.refused = nil
	p.mu.Unlock()
	results.cross()
}

// stopping is true once the package shuts down.
var stopping atomic.Bool

const shuttingDown = "the Go package is shutting down: it takes no more async calls"
