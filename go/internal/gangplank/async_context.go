package gangplank

import (
	"context"
	"sync"
	"time"
)

// runContext is the context of an async call of Rust: it ends when the future
// is dropped, when the call's time is over, when the package shuts down, and
// when the call itself is over. It is a part of its run, and makes a channel only
// if somebody asks for one.
type runContext struct {
	deadline time.Time // zero: none

	mu    sync.Mutex
	err   error
	done  chan struct{}
	timer *time.Timer
	// after are called when the context ends.
	after map[*func()]struct{}
}

// closed is the channel of a context that had ended before anybody asked.
var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

func (c *runContext) Deadline() (deadline time.Time, ok bool) {
	return c.deadline, !c.deadline.IsZero()
}

func (c *runContext) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done == nil {
		if c.err != nil {
			c.done = closed
		} else {
			c.done = make(chan struct{})
		}
	}
	return c.done
}

func (c *runContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

func (c *runContext) Value(any) any { return nil }

func (c *runContext) String() string { return "gangplank: context of an async call of Rust" }

// AfterFunc calls f when the context ends. Package context looks for this
// method: without it every context that is derived from this one would cost a
// goroutine.
func (c *runContext) AfterFunc(f func()) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		go f()
		return func() bool { return false }
	}
	if c.after == nil {
		c.after = map[*func()]struct{}{}
	}
	key := &f
	c.after[key] = struct{}{}
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		_, waits := c.after[key]
		delete(c.after, key)
		return waits
	}
}

// end ends the context, if it has not ended.
func (c *runContext) end(err error) {
	c.mu.Lock()
	if c.err != nil {
		c.mu.Unlock()
		return
	}
	c.err = err
	if c.done != nil {
		close(c.done)
	}
	if c.timer != nil {
		c.timer.Stop()
	}
	after := c.after
	c.after = nil
	c.mu.Unlock()
	for f := range after {
		go (*f)()
	}
}

// atOnce is the context of a call that does not block, and has so much time.
func atOnce(left int64) context.Context {
	if left == noEnd {
		return context.Background()
	}
	c := &runContext{deadline: time.Now().Add(time.Duration(left))}
	if left <= 0 {
		c.err = context.DeadlineExceeded
	}
	return c
}
