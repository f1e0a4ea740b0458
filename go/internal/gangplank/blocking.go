package gangplank

import (
	"context"
	"slices"
	"sync"
)

// Calls that may block each hold a thread, and the Go runtime does not give
// threads back. So only so many of them run at once; the others wait here, the
// first that came first, without a thread.
//
// Who leaves gives its turn up, and whoever comes first in the queue gets one.
// Who waits and gives up takes itself out of the queue; if it has got a turn
// meanwhile it gives that up too.
var blocking = struct {
	sync.Mutex
	limit   int
	running int
	queue   []chan struct{}
}{limit: 64}

// SetBlockingLimit says how many calls that may block run at once.
func SetBlockingLimit(limit int) {
	if limit < 1 {
		panic("gangplank: the blocking limit is less than 1")
	}
	blocking.Lock()
	defer blocking.Unlock()
	blocking.limit = limit
	admit()
}

// admit gives turns to those who wait, for a holder of the lock.
func admit() {
	for blocking.running < blocking.limit && len(blocking.queue) > 0 {
		blocking.running++
		close(blocking.queue[0])
		blocking.queue = slices.Delete(blocking.queue, 0, 1)
	}
}

// EnterBlocking waits for a turn, until the context ends; ctx may be nil.
func EnterBlocking(ctx context.Context) error {
	blocking.Lock()
	if blocking.running < blocking.limit && len(blocking.queue) == 0 {
		blocking.running++
		blocking.Unlock()
		return nil
	}
	turn := make(chan struct{})
	blocking.queue = append(blocking.queue, turn)
	blocking.Unlock()
	if ctx == nil {
		<-turn
		return nil
	}
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	blocking.Lock()
	defer blocking.Unlock()
	if at := slices.Index(blocking.queue, turn); at >= 0 {
		blocking.queue = slices.Delete(blocking.queue, at, at+1)
	} else {
		blocking.running--
		admit()
	}
	return ctx.Err()
}

// LeaveBlocking ends a turn.
func LeaveBlocking() {
	blocking.Lock()
	defer blocking.Unlock()
	blocking.running--
	admit()
}
