// Package radio listens.
package radio

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"

	"gangplank.example/rust_host/bridge"
)

func init() { bridge.RegisterRadio(&radio{}) }

// radio implements bridge.Radio.
type radio struct {
	listening atomic.Int32
	last      atomic.Value
}

func (*radio) Call(_ context.Context, ship string) (string, error) {
	switch ship {
	case "":
		return "", errors.New("no ship")
	case "panic":
		panic("as told")
	case "exit":
		runtime.Goexit()
	}
	return ship + " answers", nil
}

func (r *radio) Listen(ctx context.Context, channel uint32) (string, error) {
	r.listening.Add(1)
	<-ctx.Done()
	r.last.Store(ctx.Err().Error())
	r.listening.Add(-1)
	return "", ctx.Err()
}

func (r *radio) All(ctx context.Context, ships []string) []string {
	heard := make(chan string)
	var all []string
	for _, ship := range ships {
		go func() {
			answer, _ := r.Call(ctx, ship)
			heard <- answer
		}()
		all = append(all, <-heard)
	}
	return all
}

func (*radio) Relay(_ context.Context, ships uint32) (uint32, error) {
	if ships == 0 {
		return 0, nil
	}
	n, err := bridge.Relay(ships)
	return n + 1, err
}

func (*radio) Volume(context.Context) uint8 { return 7 }

func (r *radio) Listening() uint32 { return uint32(r.listening.Load()) }

func (r *radio) Last() string {
	last, _ := r.last.Load().(string)
	return last
}
