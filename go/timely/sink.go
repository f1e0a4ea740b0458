package timely

import (
	"bufio"
	"io"
	"sync"
)

// Sink takes messages out.
type Sink[T any] interface {
	// Open begins on a worker.
	Open(w *Worker) (Writer[T], error)
}

// Writer is a sink on one worker, which alone calls it.
type Writer[T any] interface {
	// Write takes messages. The slice is the caller's again when it returns. It may wait, and then the sources wait, too.
	Write(messages []T) error
	// Close ends the sink. It is called once, also if the program fails.
	Close() error
}

// Finisher is a Writer that wants to know that it has had all messages of its worker. Finish is called once, before Close, and not if the program fails.
type Finisher interface{ Finish() error }

// SinkFunc is a function as a Sink.
type SinkFunc[T any] func(w *Worker) (Writer[T], error)

// Open calls f.
func (f SinkFunc[T]) Open(w *Worker) (Writer[T], error) { return f(w) }

// To ends a stream in a sink. A panic or an error of the sink is a failure, of all the messages that it was given at once.
func To[T any](in Stream[T], name string, sink Sink[T], options ...Option) {
	app := in.app(name)
	missing(app, name, sink == nil)
	n := app.add("sink", name, "-", options, in.node)
	n.open = func(w *Worker) (instance, error) {
		writer, err := sink.Open(w)
		return &writing[T]{base: base{node: n, worker: w.Index}, writer: writer}, err
	}
}

// writing is a sink on a worker.
type writing[T any] struct {
	base
	writer Writer[T]
}

func (w *writing[T]) run(in anyBatch, last bool) (anyBatch, error) {
	items := in.(*batch[T]).items
	failure := w.guard(func() error { return w.writer.Write(items) })
	if failure != nil {
		if err := w.settle(failure, len(items)); err != nil {
			return nil, err
		}
	}
	if last {
		in.free()
	}
	return nil, nil
}

// end tells the writer that there will be no more.
func (w *writing[T]) end() (anyBatch, error) {
	if finisher, ok := w.writer.(Finisher); ok {
		if failure := w.guard(finisher.Finish); failure != nil {
			return nil, w.settle(failure, 0)
		}
	}
	return nil, nil
}

func (w *writing[T]) guard(f func() error) (failure *Failure) {
	done := false
	defer func() {
		if done {
			return
		}
		if cause := recover(); cause != nil {
			failure = w.failure(cause, true)
		}
	}()
	err := f()
	done = true
	if err != nil {
		failure = w.failure(err, false)
	}
	return failure
}

func (w *writing[T]) close() error {
	if w.writer == nil {
		return nil
	}
	if failure := w.guard(w.writer.Close); failure != nil {
		return w.settle(failure, 0)
	}
	return nil
}

// Collect is a sink that appends to a slice, in the order in which messages come. The slice may be read when the program is over.
func Collect[T any](to *[]T) Sink[T] {
	c := &collected[T]{to: to}
	return SinkFunc[T](func(*Worker) (Writer[T], error) { return c, nil })
}

type collected[T any] struct {
	lock sync.Mutex
	to   *[]T
}

func (c *collected[T]) Write(messages []T) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	*c.to = append(*c.to, messages...)
	return nil
}

func (c *collected[T]) Close() error { return nil }

// Print is a sink that writes each message as it is, and a line end. All workers of the process write to w, whole messages at a time.
func Print[T ~string | ~[]byte](w io.Writer) Sink[T] {
	lock := &sync.Mutex{}
	return SinkFunc[T](func(*Worker) (Writer[T], error) {
		return &printed[T]{lock: lock, to: bufio.NewWriterSize(w, 1<<16)}, nil
	})
}

type printed[T ~string | ~[]byte] struct {
	lock *sync.Mutex
	to   *bufio.Writer
}

func (p *printed[T]) Write(messages []T) error {
	p.lock.Lock()
	defer p.lock.Unlock()
	for _, message := range messages {
		p.to.WriteString(string(message))
		p.to.WriteByte('\n')
	}
	return p.to.Flush()
}

func (p *printed[T]) Close() error { return nil }
