package gangplank

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// The goroutines that serve async calls.
//
// Calls come in two ways: a shim queues one (add), or Rust posts it on a list of
// native memory (async_post.go), without a crossing. One goroutine, the
// *runner*, looks for them. It serves short calls itself, one after the other,
// and then crosses once with all their results, so a burst of calls wakes one
// goroutine and crosses once. When it finds nothing it looks on for some
// microseconds before it parks, as long as that pays: where it was in vain it
// parks at once for the next times, and for twice as many when it is in vain again.
// A thread that looks keeps a processor, and on a busy machine that may be the one
// that the caller needs to go on.
//
// A call that takes longer must not keep others waiting. The runner measures
// each call. After one that was long, calls are *eager* for a while: before it
// serves one, the runner makes another goroutine the runner. And a watch looks
// every millisecond whether the runner is still in the same call; if so, another
// goroutine becomes the runner, and the results that wait go over.
//
// There are at most limit goroutines, and they are used again: one that has run
// deep before has the stack for it. If all are busy and none has become free for
// a while, they may all be waiting for calls in the queue: a method can call
// Rust, which calls Go. So then the limit is exceeded, by one goroutine, then by
// two more, and so on. Those end when there is nothing to do.
//
// All fields are for holders of the lock, but for hint.
type pool struct {
	mu          sync.Mutex
	first, last *run
	queued      int
	idle        []*worker
	workers     int
	limit       int
	// runner looks for calls, or was woken to.
	runner *worker
	// refused are calls that were answered with 9, in order.
	refused []uint64
	// running are all calls that were taken over and are not over.
	running registry
	// hint changes when a call is queued.
	hint atomic.Uint32

	eager     int           // so many calls are eager
	nextEager int           // so many will be when the next long call was seen
	taken     uint64        // calls that were ever taken from the queue
	seen      uint64        // taken, when the watch last looked
	watched   bool          // the watch runs
	looks     pays          // whether the runner looks for calls before it parks
	relief    int           // how many goroutines come next if nothing was taken
	unserved  time.Duration // how long nothing was taken while calls waited
}

const (
	// usualLimit is the limit if nobody sets one.
	usualLimit = 10_000
	// keepIdle is how many goroutines stay when there is nothing to do.
	keepIdle = 64
	// queuedPer is how many calls may wait for each goroutine of the limit.
	queuedPer = 4
	// watchEvery is how often the watch looks, while there are calls.
	watchEvery = time.Millisecond
	// reliefDelay is how long all goroutines must be busy until there are more.
	reliefDelay = 2 * watchEvery
	// long is how long a call may take that others wait for.
	long = 10 * time.Microsecond
	// spinFor is how long the runner looks for calls before it parks: longer than it
	// takes to wake the thread that polls the future, which then calls again.
	spinFor = 50 * time.Microsecond
	// leastEager and mostEager are how many calls are eager after a long one.
	leastEager = 64
	mostEager  = 1 << 16
	// together is how many results the runner keeps while it serves more calls.
	together = 32
	// mostStride is how many short calls are measured as one.
	mostStride = 8
	// lingerFor is how often the runner looks for more calls before it crosses with
	// the results of those that it has served: for a microsecond at most.
	lingerFor = 30
)

var calls = pool{limit: usualLimit, nextEager: leastEager}

// registry finds runs by their calls.
type registry struct {
	buckets [1 << registryBits]*run
	n       int
}

const registryBits = 12

// bucket is where the run of a call is. The bits that differ most are the lowest.
func (g *registry) bucket(call uint64) **run {
	return &g.buckets[(call^call>>registryBits)&(1<<registryBits-1)]
}

func (g *registry) insert(r *run) {
	b := g.bucket(r.call)
	r.other = *b
	*b = r
	g.n++
}

func (g *registry) remove(r *run) {
	for at := g.bucket(r.call); *at != nil; at = &(*at).other {
		if *at == r {
			*at, r.other = r.other, nil
			g.n--
			return
		}
	}
}

func (g *registry) find(call uint64) *run {
	for r := *g.bucket(call); r != nil; r = r.other {
		if r.call == call {
			return r
		}
	}
	return nil
}

// SetGoroutines sets how many goroutines serve async calls of Rust at once. Four
// times as many calls may wait; further ones wait in Rust.
func SetGoroutines(n int) {
	calls.mu.Lock()
	defer calls.mu.Unlock()
	calls.limit = max(n, 1)
	calls.appoint()
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
	p.running.insert(r)
	p.push(r)
	p.appoint()
	p.mu.Unlock()
}

func (p *pool) push(r *run) {
	if p.last == nil {
		p.first = r
	} else {
		p.last.next = r
	}
	p.last = r
	p.queued++
	p.hint.Add(1)
}

func (p *pool) pop() *run {
	r := p.first
	if r == nil {
		return nil
	}
	p.first, r.next = r.next, nil
	if p.first == nil {
		p.last = nil
	}
	p.queued--
	p.taken++
	return r
}

// appoint makes a goroutine the runner if there is none and calls wait.
func (p *pool) appoint() {
	if p.runner != nil || p.queued == 0 && !sleep() {
		return
	}
	switch n := len(p.idle); {
	case n > 0:
		w := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.runner = w
		w.wake <- struct{}{}
	case p.workers < p.limit:
		p.start()
	default:
		// Who becomes free looks for calls; if nobody does, the watch helps.
		p.watch()
	}
}

func (p *pool) start() {
	p.workers++
	p.runner = &worker{wake: make(chan struct{}, 1), clock: time.Since(epoch)}
	go p.work(p.runner)
}

// work serves calls until there are none and enough others wait for more.
func (p *pool) work(w *worker) {
	done := false
	defer func() {
		// The method called runtime.Goexit.
		if !done {
			go p.work(w)
		}
	}()
	for {
		r, then := p.take(w)
		if r == nil {
			done = true
			return
		}
		w.serve(r)
		if w.unclocked++; then != serveOn || w.unclocked >= w.stride {
			then = p.measure(w, then)
		}
		if then == serveOn {
			continue
		}
		if then == crossNow || linger() {
			results.cross()
		}
		w.restart()
	}
}

// measure looks how long the calls took that were not measured yet, and says what
// comes then.
func (p *pool) measure(w *worker, then next) next {
	begin, n := w.clock, w.unclocked
	w.restart()
	switch took := w.clock - begin; {
	case took > long:
		// Of several, none need be long: the next ones are measured one by one.
		w.stride = 0
		if n == 1 || took > time.Duration(n)*long/2 {
			p.sawLong()
		}
		return crossNow
	case took < long/4:
		w.stride = min(2*w.stride+1, mostStride)
	}
	return then
}

// next is what the runner does when it has served a call.
type next uint8

const (
	crossNow next = iota // its result must not wait
	serveOn              // more calls wait
	lookOn               // it looks for more calls before it crosses
)

// restart begins to measure calls anew, after something that is none.
func (w *worker) restart() { w.clock, w.unclocked = time.Since(epoch), 0 }

// linger waits a little for more calls, or for Rust to take the results itself. It
// says whether to cross: there are no calls.
func linger() bool {
	for range lingerFor {
		if posted() {
			return false
		}
		if !filed() {
			break
		}
		// Who posts needs the line that posted reads.
		for range 50 {
		}
	}
	return true
}

// epoch is any time.
var epoch = time.Now()

// sawLong makes the next calls eager.
func (p *pool) sawLong() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.eager == 0 {
		p.eager = p.nextEager
		p.nextEager = min(2*p.nextEager, mostEager)
	}
}

// take waits for a call. It is nil if the goroutine shall end.
func (p *pool) take(w *worker) (r *run, then next) {
	p.mu.Lock()
	w.serving = false
	if w.run != nil {
		p.running.remove(w.run)
		w.run = nil
	}
	for {
		if p.first == nil {
			p.takePosts()
		}
		if r := p.pop(); r != nil {
			w.run = r
			then := p.runs(w)
			room := p.queued <= queuedPer*p.limit/2 && p.makeRoom()
			p.mu.Unlock()
			if room {
				results.cross()
			}
			return r, then
		}
		if p.makeRoom() {
			p.mu.Unlock()
			results.cross()
			p.mu.Lock()
			continue
		}
		if p.runner == nil {
			p.runner = w
		}
		if p.runner == w {
			w.kept = 0
			hint, look := p.hint.Load(), p.looks.try()
			p.mu.Unlock()
			results.cross()
			if look {
				p.spin(hint)
			}
			w.restart()
			p.mu.Lock()
			found := p.first != nil || posted()
			if look {
				p.looks.was(found)
			}
			if found {
				continue
			}
			p.runner = nil
			if sleep() {
				// A call was posted meanwhile.
				continue
			}
		}
		if len(p.idle) >= keepIdle || p.workers > p.limit {
			p.workers--
			p.mu.Unlock()
			return nil, crossNow
		}
		p.idle = append(p.idle, w)
		p.mu.Unlock()
		<-w.wake
		w.restart()
		p.mu.Lock()
	}
}

// runs notes that w serves the call that it took, and says what comes then.
func (p *pool) runs(w *worker) next {
	w.serving = true
	if p.runner == nil {
		p.runner = w
	}
	if p.runner != w {
		return crossNow
	}
	if p.eager > 0 {
		if p.eager--; p.eager == 0 {
			p.nextEager = max(p.nextEager/2, leastEager)
		}
		p.runner = nil
		p.appoint()
		return crossNow
	}
	p.watch()
	w.kept = (w.kept + 1) % together
	switch {
	case w.kept == 0:
		return crossNow
	case p.queued > 0:
		return serveOn
	}
	return lookOn
}

// spin looks for calls for a while.
func (p *pool) spin(hint uint32) {
	if runtime.GOMAXPROCS(0) == 1 {
		return
	}
	for begin := time.Since(epoch); time.Since(epoch)-begin < spinFor; {
		for range 20 {
			if p.hint.Load() != hint || posted() {
				return
			}
		}
		runtime.Gosched()
	}
}

// pays remembers whether it pays to look for something for a while. For a holder
// of a lock.
type pays struct {
	// skip is how many times are left not to look, next how many there are when it
	// is in vain again.
	skip, next int
}

// mostSkipped is the most times in a row that nobody looks.
const mostSkipped = 64

func (p *pays) try() bool {
	if p.skip == 0 {
		return true
	}
	p.skip--
	return false
}

func (p *pays) was(found bool) {
	if found {
		p.next = 0
		return
	}
	p.next = min(2*p.next+1, mostSkipped)
	p.skip = p.next
}

// watch begins to look after the runner.
func (p *pool) watch() {
	if !p.watched {
		p.watched = true
		p.seen = p.taken
		time.AfterFunc(watchEvery, p.look)
	}
}

// look is the watch.
func (p *pool) look() {
	p.mu.Lock()
	stuck := p.taken == p.seen
	p.seen = p.taken
	if stuck && p.runner != nil && p.runner.serving {
		if p.eager == 0 {
			p.eager = p.nextEager
			p.nextEager = min(2*p.nextEager, mostEager)
		}
		p.runner = nil
		p.appoint()
	}
	waits := p.queued > 0 || posted()
	if stuck && waits && p.runner == nil && len(p.idle) == 0 {
		if p.unserved += watchEvery; p.unserved >= reliefDelay {
			p.relief = min(max(2*p.relief, 1), max(p.queued, 1))
			for range p.relief {
				p.start()
			}
		}
	} else {
		p.unserved, p.relief = 0, 0
	}
	p.watched = waits || p.runner != nil
	if p.watched {
		time.AfterFunc(watchEvery, p.look)
	}
	p.mu.Unlock()
	results.cross()
}

// makeRoom tells refused calls that there is room, as many as there is, and says
// that its caller has to cross. Some of them may have been given up: whoever finds
// no calls tells the next ones.
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
