package gangplank

import (
	"context"
	"sync/atomic"
)

// Bits of a flag (clause 10.8).
const (
	ended = 1 << iota
	told
)

// Watch is a context during the call of a function that takes a &Context. It
// belongs to the goroutine that calls.
type Watch struct {
	ctx  context.Context
	flag *uint32
	stop func() bool
}

// WatchContext watches a context, until Stop.
func WatchContext(ctx context.Context) Watch {
	if ctx.Done() == nil {
		return Watch{ctx: ctx}
	}
	flag := new(uint32)
	if ctx.Err() != nil {
		*flag = ended
		return Watch{ctx: ctx, flag: flag}
	}
	return Watch{ctx, flag, context.AfterFunc(ctx, func() { atomic.OrUint32(flag, ended) })}
}

// Flag is for native code: nil if the context never ends.
func (w *Watch) Flag() *uint32 { return w.flag }

// Left is how many nanoseconds there are until the context ends by itself.
func (w *Watch) Left() uint64 { return Left(w.ctx) }

// Stop ends the watch.
func (w *Watch) Stop() {
	if w.stop != nil {
		w.stop()
	}
}

// Err is the error of a call that failed with err: the context's, if Rust was
// told that it has ended.
func (w *Watch) Err(err error) error {
	if w.flag != nil && atomic.LoadUint32(w.flag)&told != 0 {
		if ended := w.ctx.Err(); ended != nil {
			return ended
		}
	}
	return err
}
