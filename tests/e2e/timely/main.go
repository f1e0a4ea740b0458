// Command failures is a stream program in which one thing goes wrong: its first argument says what. crates/gangplank-e2e/tests/timely.rs runs it.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"gangplank.dev/go/timely"
	"gangplank.example/failures/bridge"
)

// Item is a message that knows how to be written, and how not to.
type Item struct{ N uint64 }

const items = 20_000

func main() {
	if len(os.Args) > 1 && os.Args[1] == "soak" {
		if err := soak(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	timely.Main(layout, bridge.RegisterProgram, bridge.Run)
}

func layout(args []string) (*timely.App, error) {
	if len(args) != 1 {
		return nil, errors.New("failures: one argument, what shall go wrong")
	}
	what := args[0]
	bad := func(at string, n uint64) bool { return what == at && n == 7777 }
	app := timely.New("failures")
	if what == "codec" {
		timely.SetCodec(app, wrongCodec{})
	}
	if what == "encoder" {
		timely.SetCodec(app, failingCodec{})
	}
	var options []timely.Option
	switch what {
	case "skip":
		options = append(options, timely.Skip())
	case "dead":
		options = append(options, timely.DeadLetters(func(f *timely.Failure) {
			if f.Message == "{N:7000}" {
				fmt.Println("dead letter:", f.Operator, f.Message, f.Cause)
			}
		}))
	}
	source := timely.Generate(items, func(i int) Item { return Item{uint64(i)} })
	switch what {
	case "source":
		source = timely.SourceFunc[Item](func(w *timely.Worker) (timely.Reader[Item], error) { return &brokenReader{}, nil })
	case "open":
		source = timely.SourceFunc[Item](func(w *timely.Worker) (timely.Reader[Item], error) { return nil, errors.New("no such device") })
	case "slow", "die", "endless":
		source = timely.SourceFunc[Item](func(w *timely.Worker) (timely.Reader[Item], error) {
			return &counter{limit: map[string]uint64{"slow": 400_000}[what]}, nil
		})
	}
	stream := timely.From(app, "numbers", source)
	if what == "idle" {
		// A second source with nothing to say for a while must not hold up the first.
		late := timely.From(app, "late", timely.SourceFunc[Item](func(w *timely.Worker) (timely.Reader[Item], error) {
			l := &lateReader{worker: w}
			time.AfterFunc(300*time.Millisecond, func() { l.ready.Store(true); w.Wake() })
			return l, nil
		}))
		stream = timely.Merge("both", stream, late)
	}
	mapped := timely.FlatMap(stream, "map", func(item Item, out *timely.Out[Item]) {
		switch {
		case bad("panic", item.N):
			panic("the map is upside down")
		case bad("goexit", item.N):
			runtime.Goexit()
		case bad("fail", item.N):
			out.Fail(fmt.Errorf("item %d is not wanted", item.N))
		case (what == "skip" || what == "dead") && item.N%1000 == 0:
			out.Send(item)
			panic("a thousand")
		}
		out.Send(item)
	}, options...)
	keyed := timely.Key(mapped, "by rest", func(item Item) uint64 {
		if bad("key", item.N) {
			panic("no key fits")
		}
		return item.N % 10
	})
	state := timely.State(keyed, "state", func(n *uint64, item Item, out *timely.Out[Item]) {
		if bad("state", item.N) {
			panic("out of state")
		}
		*n++
		out.Send(item)
	})
	timely.To(state, "sink", timely.SinkFunc[Item](func(w *timely.Worker) (timely.Writer[Item], error) {
		return &sum{what: what, worker: w.Index}, nil
	}))
	return app, nil
}

// sum is a sink that says how many came, and what they add up to.
type sum struct {
	what   string
	worker int
	n, sum uint64
}

var made, taken, most atomic.Int64

func (s *sum) Write(items []Item) error {
	for _, item := range items {
		s.n, s.sum = s.n+1, s.sum+item.N
	}
	switch {
	case s.what == "sink" && s.n > 5000:
		return errors.New("the sink is full")
	case s.what == "slow":
		time.Sleep(time.Millisecond)
	case s.what == "die" && os.Getenv("DIES") == "1" && s.n > 50_000:
		os.Exit(3)
	}
	taken.Add(int64(len(items)))
	return nil
}

func (s *sum) Finish() error {
	fmt.Printf("worker %d: %d items, sum %d\n", s.worker, s.n, s.sum)
	if s.what == "slow" {
		fmt.Println("most under way:", most.Load())
	}
	return nil
}

func (s *sum) Close() error { return nil }

type brokenReader struct{ n int }

func (b *brokenReader) Read(into []Item) (int, error) {
	if b.n++; b.n > 3 {
		return 0, errors.New("the source is dry")
	}
	return len(into), nil
}

func (b *brokenReader) Close() error { return nil }

// counter is a source of numbers up to a limit, or without end, that looks how far ahead it is.
type counter struct{ at, limit uint64 }

func (c *counter) Read(into []Item) (int, error) {
	n := 0
	for ; n < len(into) && (c.limit == 0 || c.at < c.limit); n++ {
		into[n] = Item{c.at}
		c.at++
	}
	ahead := made.Add(int64(n)) - taken.Load()
	for {
		if before := most.Load(); ahead <= before || most.CompareAndSwap(before, ahead) {
			break
		}
	}
	if n == 0 {
		return 0, errEnd
	}
	return n, nil
}

func (c *counter) Close() error { return nil }

type lateReader struct {
	worker *timely.Worker
	ready  atomic.Bool
	done   bool
}

func (l *lateReader) Read(into []Item) (int, error) {
	switch {
	case l.done:
		return 0, errEnd
	case !l.ready.Load():
		return 0, nil
	}
	l.done = true
	into[0] = Item{1}
	return 1, nil
}

func (l *lateReader) Close() error { return nil }
