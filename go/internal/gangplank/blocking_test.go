package gangplank

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Never more than the limit, everybody comes to their turn, and who gives up leaves nothing.
func TestBlockingLimit(t *testing.T) {
	defer SetBlockingLimit(64)
	SetBlockingLimit(3)
	var running, most, gaveUp atomic.Int64
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var ctx context.Context
			if i%4 == 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(context.Background(), time.Duration(i)*50*time.Microsecond)
				defer cancel()
			}
			if err := EnterBlocking(ctx); err != nil {
				gaveUp.Add(1)
				return
			}
			defer LeaveBlocking()
			for n := running.Add(1); ; {
				if old := most.Load(); n <= old || most.CompareAndSwap(old, n) {
					break
				}
			}
			time.Sleep(100 * time.Microsecond)
			running.Add(-1)
		}()
	}
	wg.Wait()
	if most.Load() > 3 || gaveUp.Load() == 200 {
		t.Fatal(most.Load(), gaveUp.Load())
	}
	blocking.Lock()
	defer blocking.Unlock()
	if blocking.running != 0 || len(blocking.queue) != 0 {
		t.Fatal(blocking.running, len(blocking.queue))
	}
}

func TestBlockingLimitRises(t *testing.T) {
	defer SetBlockingLimit(64)
	SetBlockingLimit(1)
	EnterBlocking(nil)
	entered := make(chan struct{})
	go func() {
		EnterBlocking(nil)
		close(entered)
	}()
	select {
	case <-entered:
		t.Fatal("two at once")
	case <-time.After(20 * time.Millisecond):
	}
	SetBlockingLimit(2)
	<-entered
	LeaveBlocking()
	LeaveBlocking()
}
