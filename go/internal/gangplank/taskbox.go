package gangplank

import (
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// The mailbox (clauses 10.1, 10.4, 10.5).
//
// Native code pushes completions on a list, and writes a byte into a pipe if
// the word sleeping is 1, which it swaps for 0: so one byte comes for each time
// that somebody wrote the 1. The dispatcher waits for that byte through the
// network poller, without a thread, and then delivers all completions that
// are there.
//
// A goroutine that just called may take the 1 away, and look at the list itself
// for some microseconds: that is faster than any wake-up. One does so at a time,
// because there is one 1. It puts the 1 back as the dispatcher does: write it,
// then look at the list again. If completions came in between, whoever swaps
// the 1 for 0 cares for them: native code by writing the byte, or the goroutine
// itself.
//
// Where many wait, the dispatcher looks on for some microseconds before it writes
// the 1: the next completions are often about to come, and a byte through the pipe
// costs a system call on either side. It does so as long as it pays.
type mailbox struct {
	address  uint64
	head     *uint64
	sleeping *uint64
	returned *uint64 // the head of the return list
	wakes    *os.File
}

// completion is a block of clause 10.4. As a returned block its first three
// words are those of clause 4.4.
type completion struct {
	next   uint64
	ticket uint64
	result Result
}

// completionBlock is word 3 of clause 4.3 for a completion: 48 bytes, aligned to 8.
const completionBlock = 48<<6 | 3

var (
	box     atomic.Pointer[mailbox]
	openBox sync.Mutex
)

// theBox is the package's mailbox, which is made with its first use.
func theBox() *mailbox {
	if m := box.Load(); m != nil {
		return m
	}
	return makeBox()
}

func makeBox() *mailbox {
	openBox.Lock()
	defer openBox.Unlock()
	if m := box.Load(); m != nil {
		return m
	}
	wakes, wake, err := os.Pipe()
	if err != nil {
		panic("gangplank: no pipe for async functions: " + err.Error())
	}
	m := newBox(tasks.Mailbox(wake.Fd()), wakes)
	// Both files stay open for ever.
	openEnds = append(openEnds, wake)
	box.Store(m)
	go m.run()
	return m
}

// openEnds keeps files from being closed by the collector.
var openEnds []*os.File

func newBox(address uint64, wakes *os.File) *mailbox {
	words := (*[2]uint64)(native(address))
	return &mailbox{address: address, head: &words[0], sleeping: &words[1], returned: returnList, wakes: wakes}
}

// run is the dispatcher.
func (m *mailbox) run() {
	var b [1]byte
	var looks pays
	for {
		m.deliver()
		if waiting.Load() > 1 && looks.try() {
			found := m.look()
			looks.was(found)
			if found {
				continue
			}
		}
		m.sleep()
		if n, err := m.wakes.Read(b[:]); n == 0 {
			panic("gangplank: waiting for async functions: " + err.Error())
		}
	}
}

// look waits a little for completions, and says whether there are any.
func (m *mailbox) look() bool {
	if runtime.GOMAXPROCS(0) == 1 {
		return false
	}
	for start := time.Now(); time.Since(start) < lookFor; {
		for range spinsAtOnce {
			if atomic.LoadUint64(m.head) != 0 {
				return true
			}
		}
		runtime.Gosched()
	}
	return false
}

// sleep sees to it that native code wakes the dispatcher.
func (m *mailbox) sleep() {
	for {
		atomic.StoreUint64(m.sleeping, 1)
		if atomic.LoadUint64(m.head) == 0 || atomic.SwapUint64(m.sleeping, 0) == 0 {
			return
		}
		m.deliver()
	}
}

// deliver settles the calls whose completions are there.
func (m *mailbox) deliver() {
	if atomic.LoadUint64(m.head) == 0 {
		return
	}
	first := atomic.SwapUint64(m.head, 0)
	var last *completion
	for at := first; at != 0; at = last.next {
		last = (*completion)(native(at))
		ticket, result := last.ticket, last.result
		last.ticket, last.result[WordStatus] = completionBlock, 0
		if w := waiterOf(ticket); w != nil {
			w.settle(ticket, result)
		}
	}
	if last != nil {
		m.giveBack(first, &last.next)
	}
}

// giveBack pushes a list of blocks on the return list; next is where the last
// of them has the address of the one behind it.
func (m *mailbox) giveBack(first uint64, next *uint64) {
	for {
		head := atomic.LoadUint64(m.returned)
		*next = head
		if atomic.CompareAndSwapUint64(m.returned, head, first) {
			return
		}
	}
}

const (
	// aloneFor is how long a goroutine that waits alone looks at the list before
	// it parks: about as long as it takes to wake a processor that sleeps.
	aloneFor = 50 * time.Microsecond
	// lookFor is how long the dispatcher looks at it where many wait.
	lookFor = 20 * time.Microsecond
	// spinsAtOnce is how often it looks before it looks at the clock.
	spinsAtOnce = 64
	// patience is how many calls in a row may spin in vain: the first of them wakes
	// those who settle the others fast.
	patience = 3
	// skipped is how many calls do not spin after that.
	skipped = 100
)

// Spinning that was in vain, and calls that are left to skip for that. Nobody
// minds if two goroutines count at once.
var spunInVain, skipSpins atomic.Int32

// spin waits a little for the call to be settled, and says whether it was. It
// is called while waiting counts the call: where several wait, one wake-up
// is for many, and spinning would only take the processor from those who settle
// them.
func (w *Waiter) spin() bool {
	m := theBox()
	if waiting.Load() > 1 || runtime.NumCPU() == 1 {
		return w.state.Load() == settled
	}
	if skip := skipSpins.Load(); skip > 0 {
		skipSpins.Store(skip - 1)
		return w.state.Load() == settled
	}
	if atomic.LoadUint64(m.sleeping) == 0 || atomic.SwapUint64(m.sleeping, 0) == 0 {
		return w.state.Load() == settled
	}
	start := time.Now()
	for done := false; !done; done = time.Since(start) >= aloneFor {
		for range spinsAtOnce {
			m.deliver()
			if w.state.Load() == settled {
				spunInVain.Store(0)
				m.sleep()
				return true
			}
		}
	}
	if spunInVain.Add(1) >= patience {
		spunInVain.Store(0)
		skipSpins.Store(skipped)
	}
	m.sleep()
	return w.state.Load() == settled
}

// waiting is how many calls are pending.
var waiting atomic.Int64
