package gangplank

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Keeper releases values of Rust that Go held: the objects of one type, or
// functions (clause 8.1). Cleanups put handles into its queue. The queue
// crosses when it has a batch, or a little after its first handle.
//
// The crossings run on a goroutine of their own, one at a time, because they
// drop values of Rust, and that may take long or call Go. If they do not keep
// up, whoever adds to a queue that is too long crosses itself: that bounds it.
type Keeper struct {
	name    string
	address uint64
	index   keeperIndex

	mu      sync.Mutex
	queue   []uint64
	waiting bool // a timer runs
	running bool // a goroutine crosses
	taken   int  // batches that were taken and have not crossed
}

const (
	// releaseBatch is how many handles cross together, at least if they come fast.
	releaseBatch = 64
	// releaseDelay is how long a handle waits for others.
	releaseDelay = 10 * time.Millisecond
	// releaseLimit is how many handles a queue holds.
	releaseLimit = 16 * releaseBatch
)

// NewKeeper returns the keeper at an address. The name is that of the type in
// messages.
func NewKeeper(name string, address uint64) *Keeper {
	keepersLock.Lock()
	defer keepersLock.Unlock()
	return newKeeper(name, address)
}

// newKeeper is for a holder of the lock.
func newKeeper(name string, address uint64) *Keeper {
	all := allKeepers()
	k := &Keeper{name: name, address: address, index: keeperIndex(len(all))}
	all = append(slices.Clone(all), k)
	keepers.Store(&all)
	return k
}

var (
	keepersLock sync.Mutex
	// keepers are all there are, for ever. The slice is replaced, and not changed.
	keepers atomic.Pointer[[]*Keeper]
	// functionsKeeper is the keeper of Rust's function values, of which there is one.
	functionsKeeper atomic.Pointer[Keeper]
)

// keeperIndex is the place of a keeper among all.
type keeperIndex uint64

func (i keeperIndex) find() *Keeper { return (*keepers.Load())[i] }

func allKeepers() []*Keeper {
	if all := keepers.Load(); all != nil {
		return *all
	}
	return nil
}

// HoldFunction takes over a function value that Rust gave.
func HoldFunction(keeper, handle uint64) *Object {
	if keeper == 0 || handle == 0 {
		panic(ErrMalformed)
	}
	o := new(Object)
	o.Open(functionKeeper(keeper), handle)
	return o
}

// functionKeeper returns the keeper of function values at an address.
func functionKeeper(address uint64) *Keeper {
	if k := functionsKeeper.Load(); k != nil && k.address == address {
		return k
	}
	return findFunctions(address)
}

func findFunctions(address uint64) *Keeper {
	keepersLock.Lock()
	defer keepersLock.Unlock()
	for _, k := range allKeepers() {
		if k.address == address {
			return k
		}
	}
	k := newKeeper("func", address)
	functionsKeeper.Store(k)
	return k
}

// add queues a handle.
func (k *Keeper) add(handle uint64) {
	k.mu.Lock()
	k.queue = append(k.queue, handle)
	switch n := len(k.queue); {
	case n >= releaseLimit:
		batch := k.take()
		k.mu.Unlock()
		k.cross(batch)
		return
	case k.running:
	case n >= releaseBatch:
		k.running = true
		go k.run()
	case !k.waiting:
		k.waiting = true
		time.AfterFunc(releaseDelay, k.late)
	}
	k.mu.Unlock()
}

// late is called when the first handle of the queue has waited long enough.
func (k *Keeper) late() {
	k.mu.Lock()
	k.waiting = false
	if k.running || len(k.queue) == 0 {
		k.mu.Unlock()
		return
	}
	k.running = true
	k.mu.Unlock()
	k.run()
}

// run crosses until the queue is empty.
func (k *Keeper) run() {
	done := false
	defer func() {
		// What Rust dropped called a Go function, and that runtime.Goexit.
		if !done {
			go k.run()
		}
	}()
	for {
		k.mu.Lock()
		batch := k.take()
		k.running = batch != nil
		k.mu.Unlock()
		if batch == nil {
			done = true
			return
		}
		k.cross(batch)
	}
}

// take takes the queue, for a holder of the lock, who then crosses with it. It
// is nil if it is empty.
func (k *Keeper) take() []uint64 {
	if len(k.queue) == 0 {
		return nil
	}
	batch := k.queue
	k.taken++
	k.queue = make([]uint64, 0, releaseBatch)
	return batch
}

// cross releases handles (clause 8.5). Only then are they no leaks any more: a
// report waits for those that are on their way.
func (k *Keeper) cross(batch []uint64) {
	defer func() {
		k.mu.Lock()
		k.taken--
		k.mu.Unlock()
	}()
	words := make([]uint64, 1, 1+len(batch))
	words[0] = uint64(len(batch))
	bridge.Release(k.address, &append(words, batch...)[0])
	if tracking.Load() {
		for _, handle := range batch {
			untrack(k, handle)
		}
	}
}

// flush releases what is in all queues, now.
func flush() {
	for _, k := range allKeepers() {
		k.mu.Lock()
		batch := k.take()
		k.mu.Unlock()
		if batch != nil {
			k.cross(batch)
		}
	}
}

// ReleasePending releases what waits to be released together with others, and
// returns when that is done: values of Rust that the collector has found, and
// values of Go that Rust has dropped.
func ReleasePending() {
	drain()
	flush()
	for _, k := range allKeepers() {
		for k.crosses() {
			time.Sleep(pendingPoll)
		}
	}
}

// pendingPoll is how often [ReleasePending] looks for a batch that is on its way.
const pendingPoll = 100 * time.Microsecond

func (k *Keeper) crosses() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.taken > 0
}
