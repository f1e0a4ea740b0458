package timely

import (
	"errors"
	"io"
)

// Worker is a worker of the engine, as sources and sinks see it.
type Worker struct {
	// Index is its number among those of all processes.
	Index int
	// Workers is how many there are in all processes.
	Workers int
	wake    func()
}

// Wake runs the worker's sources, if they wait. It may be called by any goroutine.
func (w *Worker) Wake() {
	if w.wake != nil {
		w.wake()
	}
}

// Source brings messages in.
type Source[T any] interface {
	// Open begins on a worker. A nil Reader is none on this worker.
	Open(w *Worker) (Reader[T], error)
}

// Reader is a source on one worker, which alone calls it.
type Reader[T any] interface {
	// Read reads messages, at most as many as into has room for, and says how many. io.EOF is the end, with the last messages or after them. Nothing, without
	// an error, is nothing now: the worker does other things, and asks again after it was woken with Worker.Wake, and now and then.
	//
	// Read should not wait for long: nothing else happens on the worker meanwhile. A source that waits for something has a goroutine for that.
	Read(into []T) (int, error)
	// Close ends the source. It is called once, also if the program fails.
	Close() error
}

// SourceFunc is a function as a Source.
type SourceFunc[T any] func(w *Worker) (Reader[T], error)

// Open calls f.
func (f SourceFunc[T]) Open(w *Worker) (Reader[T], error) { return f(w) }

// From begins a stream with a source. An error of the source that is not io.EOF is a failure; with [Skip] or [DeadLetters] the source ends there.
func From[T any](app *App, name string, source Source[T], options ...Option) Stream[T] {
	missing(app, name, source == nil)
	n := app.add("source", name, typeName[T](), options)
	h := &home[T]{}
	n.open = func(w *Worker) (instance, error) {
		reader, err := source.Open(w)
		return &reading[T]{base: base{node: n, worker: w.Index}, home: h, reader: reader}, err
	}
	return newStream(n, h)
}

// reading is a source on a worker.
type reading[T any] struct {
	base
	home   *home[T]
	reader Reader[T]
	ended  bool
}

// pull reads a batch, and says whether there may be more at once. The end is io.EOF.
func (r *reading[T]) pull() (anyBatch, bool, error) {
	if r.reader == nil || r.ended {
		return nil, false, io.EOF
	}
	b := r.home.get()
	if cap(b.items) < batchSize {
		b.items = make([]T, 0, batchSize)
	}
	n, err := r.some(b.items[:batchSize])
	b.items = b.items[:n]
	more := n > 0
	if err == nil {
		return b.orFree(), more, nil
	}
	if errors.Is(err, io.EOF) {
		r.ended = true
		return b.orFree(), false, io.EOF
	}
	failure, ok := err.(*Failure)
	if !ok {
		failure = r.failure(err, false)
	}
	if err := r.settle(failure, 1); err != nil {
		return nil, false, err
	}
	if _, ok := err.(*connectionError); ok {
		return b.orFree(), true, nil
	}
	r.ended = true
	return b.orFree(), false, io.EOF
}

func (r *reading[T]) some(into []T) (n int, err error) {
	done := false
	defer func() {
		if done {
			return
		}
		if cause := recover(); cause != nil {
			n, err = 0, r.failure(cause, true)
		}
	}()
	n, err = r.reader.Read(into)
	done = true
	return n, err
}

func (r *reading[T]) close() error {
	if r.reader == nil {
		return nil
	}
	return r.reader.Close()
}

// Generate is a source of n messages that f makes, from 0 on. They are dealt out to the workers in turn.
func Generate[T any](n int, f func(i int) T) Source[T] {
	return SourceFunc[T](func(w *Worker) (Reader[T], error) {
		return &generated[T]{next: w.Index, step: w.Workers, n: n, f: f}, nil
	})
}

// Slice is a source of what is in a slice.
func Slice[T any](messages []T) Source[T] {
	return Generate(len(messages), func(i int) T { return messages[i] })
}

type generated[T any] struct {
	next, step, n int
	f             func(i int) T
}

func (g *generated[T]) Read(into []T) (int, error) {
	for i := range into {
		if g.next >= g.n {
			return i, io.EOF
		}
		into[i] = g.f(g.next)
		g.next += g.step
	}
	return len(into), nil
}

func (g *generated[T]) Close() error { return nil }
