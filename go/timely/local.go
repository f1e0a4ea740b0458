package timely

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// Local runs a layout in plain Go, without the engine, as if there were so many workers, on the calling goroutine. What crosses between workers goes through its codec. It is for
// tests, and what the engine's results are compared with.
func Local(app *App, workers int) (err error) {
	if err := app.Check(); err != nil {
		return err
	}
	l := &local{app: app, nodes: make([][]instance, len(app.nodes)), readers: make([][]int, len(app.nodes))}
	defer func() {
		for _, places := range l.nodes {
			for _, i := range places {
				err = errors.Join(err, i.close())
			}
		}
	}()
	for _, n := range app.nodes {
		for _, input := range n.inputs {
			l.readers[input] = append(l.readers[input], n.number)
		}
		for index := range workers {
			i, err := n.open(&Worker{Index: index, Workers: workers})
			if err != nil {
				return fmt.Errorf("%s could not be opened: %w", n.name, err)
			}
			l.nodes[n.number] = append(l.nodes[n.number], i)
		}
	}
	if err := l.pull(workers); err != nil {
		return err
	}
	// A node comes after what it reads, so its input has ended when its turn comes.
	for number, n := range app.nodes {
		if n.kind != "final" && n.kind != "sink" {
			continue
		}
		for worker, i := range l.nodes[number] {
			for {
				out, err := i.end()
				if err != nil {
					return err
				}
				if out == nil {
					break
				}
				if err := l.send(number, worker, out); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

type local struct {
	app     *App
	nodes   [][]instance
	readers [][]int
}

// pull runs all sources, in turn, to their ends.
func (l *local) pull(workers int) error {
	type place struct{ node, worker int }
	var open []place
	for _, n := range l.app.nodes {
		for worker := 0; n.kind == "source" && worker < workers; worker++ {
			open = append(open, place{n.number, worker})
		}
	}
	for len(open) > 0 {
		left, idle := open[:0], true
		for _, p := range open {
			out, more, err := l.nodes[p.node][p.worker].pull()
			if err != nil && !errors.Is(err, io.EOF) {
				return err
			}
			if out != nil {
				if err := l.send(p.node, p.worker, out); err != nil {
					return err
				}
			}
			if err == nil {
				left = append(left, p)
			}
			idle = idle && err == nil && !more
		}
		if open = left; idle {
			time.Sleep(time.Millisecond)
		}
	}
	return nil
}

// send runs the nodes that read a batch.
func (l *local) send(from, worker int, b anyBatch) error {
	for _, number := range l.readers[from] {
		n, i := l.app.nodes[number], l.nodes[number][worker]
		switch n.kind {
		case "merge":
			// The batch goes by, and is not freed; it is only not used again.
			if err := l.send(number, worker, b); err != nil {
				return err
			}
		case "partition":
			parts, err := i.split(b, false)
			if err != nil {
				return err
			}
			for to, part := range parts {
				if part == nil {
					continue
				}
				if to != worker {
					bytes, err := part.encode()
					if err != nil {
						return err
					}
					if part, err = n.decode(bytes); err != nil {
						return err
					}
				}
				if err := l.send(number, to, part); err != nil {
					return err
				}
			}
		default:
			out, err := i.run(b, false)
			if err != nil {
				return err
			}
			if out != nil {
				if err := l.send(number, worker, out); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
