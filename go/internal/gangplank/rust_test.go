package gangplank

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"gangplank.dev/go/handle"
)

// rust stands in for a library: it has objects behind handles, and releases
// values of Go.
type rust struct {
	heap
	keeper *[8]uint64
	list   *uint64

	mu        sync.Mutex
	live      map[uint64]bool // false: it was released
	stale     int             // releases of handles that were not live
	crossings int
	largest   int // handles in a crossing

	stall chan bool // if not nil, releases wait for it to be closed
	exit  bool      // the next release ends its goroutine
}

var (
	started sync.Once
	// current is the library of the test that runs.
	current atomic.Pointer[rust]
	// goKeeper is the keeper of the values of Go.
	goKeeper [8]uint64
)

// newRust makes a fake library the one that the runtime uses, for one test.
func newRust(t testing.TB) *rust {
	r := &rust{keeper: &goKeeper, live: map[uint64]bool{}}
	r.list = r.use(t)
	current.Store(r)
	started.Do(func() {
		StartValues(Values{
			Keeper:  uint64(uintptr(unsafe.Pointer(&goKeeper))),
			Release: func(keeper uint64, handles *uint64) { current.Load().release(keeper, handles) },
			Share:   func(keeper, handle uint64) Result { return current.Load().share(handle) },
		})
	})
	setTables(newTable[Server](), newTable[error](), newTable[any]())
	t.Cleanup(func() {
		drain()
		setTables(nil, nil, nil)
	})
	return r
}

// kept has values of any type.
var kept Slot[any]

// setTables makes the runtime one of a package that keeps values, or of one that
// does not.
func setTables(f *handle.Table[Server], e *handle.Table[error], k *handle.Table[any]) {
	cycle.Lock()
	defer cycle.Unlock()
	receipts.Lock()
	defer receipts.Unlock()
	functions, givenErrs, receipts.open = f, e, nil
	kept.values.Store(k)
	if f == nil {
		tables.Store(new([]deleter))
	}
}

// countValues is how many values Rust holds.
func countValues() int { return functions.Len() + givenErrs.Len() + kept.values.Load().Len() }

func (r *rust) share(handle uint64) Result {
	r.mu.Lock()
	known := r.live[handle]
	r.mu.Unlock()
	if !known {
		address := r.put(AppendString(nil, "gone"))
		return Result{Rejected, address, 12, blockWord(24)}
	}
	return Result{OK, r.give(), 0, 0}
}

// given counts the objects of all tests: what one test left behind does not
// concern the next.
var given atomic.Uint64

// give makes an object and returns its handle. Position and generation are
// where a table has them.
func (r *rust) give() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := given.Add(1)
	handle := (n+1)<<40 | 2<<30 | n%1000
	r.live[handle] = true
	return handle
}

func (r *rust) release(keeper uint64, handles *uint64) {
	if r.stall != nil {
		<-r.stall
	}
	n := int(*handles)
	all := unsafe.Slice(handles, n+1)[1:]
	r.mu.Lock()
	defer r.mu.Unlock()
	r.crossings++
	r.largest = max(r.largest, n)
	for _, handle := range all {
		live, known := r.live[handle]
		if known && !live {
			r.stale++
		}
		if known {
			r.live[handle] = false
		}
	}
	if r.exit {
		r.exit = false
		runtime.Goexit()
	}
}

func (r *rust) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, live := range r.live {
		if live {
			n++
		}
	}
	return n
}

// drop releases a value of Go, as a native thread does.
func (r *rust) drop(handle, sent uint64) {
	address := r.alloc(40)
	block := (*[5]uint64)(native(address))
	block[1], block[2], block[3], block[4] = blockWord(40), handle, sent, 0
	head := &r.keeper[1]
	for {
		block[0] = atomic.LoadUint64(head)
		if atomic.CompareAndSwapUint64(head, block[0], address) {
			return
		}
	}
}

// eventually waits for something that happens in the background.
func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 20 seconds: %s", what)
		}
	}
}
