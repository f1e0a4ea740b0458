package gangplank

import (
	"os"
	"runtime"
	"sync"
	"sync/atomic"
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
type mailbox struct {
	address  uint64
	head     *uint64
	sleeping *uint64
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
	return &mailbox{address: address, head: &words[0], sleeping: &words[1], wakes: wakes}
}

// run is the dispatcher.
func (m *mailbox) run() {
	var b [1]byte
	for {
		m.deliver()
		m.sleep()
		if n, err := m.wakes.Read(b[:]); n == 0 {
			panic("gangplank: waiting for async functions: " + err.Error())
		}
	}
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
		giveBack(first, &last.next)
	}
}

// giveBack pushes a list of blocks on the return list; next is where the last
// of them has the address of the one behind it.
func giveBack(first uint64, next *uint64) {
	for {
		head := atomic.LoadUint64(returnList)
		*next = head
		if atomic.CompareAndSwapUint64(returnList, head, first) {
			return
		}
	}
}

const (
	// spins is how often a goroutine looks at the list before it parks,
	spins = 2000
	// spinsAtOnce is how often before it lets others run.
	spinsAtOnce = 50
)

// spin waits a little for the call to be settled, and says whether it was.
func (w *Waiter) spin() bool {
	m := theBox()
	if atomic.LoadUint64(m.sleeping) == 0 || atomic.SwapUint64(m.sleeping, 0) == 0 {
		return w.state.Load() == settled
	}
	for i := range spins {
		m.deliver()
		if w.state.Load() == settled {
			break
		}
		if i%spinsAtOnce == spinsAtOnce-1 {
			runtime.Gosched()
		}
	}
	m.sleep()
	return w.state.Load() == settled
}
