package batch

import "time"

// Options say how a [Batcher] gathers. The zero value is fine.
type Options struct {
	// MaxItems is the most items of a batch; 256 if it is 0.
	MaxItems int

	// MaxDelay is how long a batch may wait for as many items as the one
	// before it had. 0 never waits: a batch is what arrived while the one
	// before it ran. An item that finds nothing running and nothing waiting
	// never waits, whatever the delay is.
	MaxDelay time.Duration

	// MaxPending is the most items that may wait at a time; 16 times MaxItems
	// if it is 0. A caller beyond them waits for room.
	MaxPending int

	// FailWhenFull makes a caller beyond MaxPending fail with [ErrFull]
	// instead.
	FailWhenFull bool
}

const (
	usualItems   = 256
	usualPending = 16
)

// complete returns the options with every number set.
func (o Options) complete() Options {
	if o.MaxItems <= 0 {
		o.MaxItems = usualItems
	}
	if o.MaxPending <= 0 {
		o.MaxPending = usualPending * o.MaxItems
	}
	o.MaxDelay = max(o.MaxDelay, 0)
	return o
}
