package radio

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"

	"gangplank.example/rust_host/bridge"
)

func init() { bridge.RegisterTuner(&tuner{}) }

// tuner implements bridge.Tuner.
type tuner struct{ sending atomic.Int32 }

func (*tuner) Berth(ctx context.Context, ship string) (string, error) {
	berth, err := bridge.AskHarbour(ctx, ship)
	var no bridge.HarbourError
	if errors.As(err, &no) {
		return "", &bridge.RefusedError{Value: no}
	}
	return berth, err
}

func (*tuner) Find(ctx context.Context, station uint32) (uint32, error) {
	return bridge.Search(ctx, station)
}

func (*tuner) Surf(ctx context.Context, waves, n uint64) (sum uint64, err error) {
	if n == 0 {
		return 0, nil
	}
	for wave, err := range bridge.Waves(ctx, waves) {
		if err != nil {
			return sum, err
		}
		sum += wave
		if n--; n == 0 {
			break
		}
	}
	return sum, nil
}

func (t *tuner) Signals(n uint64) iter.Seq2[uint64, error] {
	silence := bridge.ChanSeq(context.Background(), make(chan uint64))
	return func(yield func(uint64, error) bool) {
		t.sending.Add(1)
		defer t.sending.Add(-1)
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
		// Until nobody listens.
		silence(func(v uint64) bool { return yield(v, nil) })
	}
}

func (t *tuner) Sending() uint32 { return uint32(t.sending.Load()) }
