package batch

import (
	"context"
	"runtime/debug"
)

// running is a batch that runs. The batcher's lock guards it.
type running struct {
	callers int // that did not leave
	cancel  context.CancelFunc
}

// leave is what a caller does that does not wait for the result.
func (r *running) leave() {
	if r.callers--; r.callers == 0 && r.cancel != nil {
		r.cancel()
	}
}

// serve runs one batch and gives every caller its result.
func (b *Batcher[In, Out]) serve(calls []*call[In, Out]) {
	items := make([]In, len(calls))
	for i, c := range calls {
		items[i] = c.in
	}
	ctx, end := b.context(calls)
	defer end()
	var (
		outs  []Out
		errs  []error
		whole error = ErrGoexit
	)
	// Also after a panic or runtime.Goexit nobody waits for ever.
	defer func() {
		if v := recover(); v != nil {
			whole = &PanicError{Value: v, Stack: string(debug.Stack())}
		}
		for i, c := range calls {
			switch {
			case whole != nil:
				c.err = whole
			case len(errs) == 0:
				c.out = outs[i]
			default:
				c.out, c.err = outs[i], errs[i]
			}
			if c.done != nil {
				c.done <- struct{}{}
			}
		}
	}()
	outs, errs = b.run(ctx, items)
	whole = nil
	if len(outs) != len(items) || len(errs) != 0 && len(errs) != len(items) {
		whole = &CountError{Items: len(items), Results: len(outs), Errors: len(errs)}
	}
}

// context is the context of a batch, and what releases it. It can only end
// where all callers can leave.
func (b *Batcher[In, Out]) context(calls []*call[In, Out]) (context.Context, func()) {
	batch := calls[0].batch
	if batch == nil {
		return calls[0].ctx, func() {}
	}
	for _, c := range calls {
		if c.ctx.Done() == nil {
			return context.Background(), func() {}
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	b.mu.Lock()
	batch.cancel = cancel
	if batch.callers == 0 {
		cancel()
	}
	b.mu.Unlock()
	return ctx, cancel
}
