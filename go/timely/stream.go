package timely

import "errors"

// Stream is messages of one type, from one node to all that read it.
type Stream[T any] struct {
	node *node
	home *home[T]
}

// newStream is what a node sends.
func newStream[T any](n *node, h *home[T]) Stream[T] {
	n.ready = func() error { return h.ready(n.app) }
	return Stream[T]{n, h}
}

func (s Stream[T]) app(name string) *App {
	if s.node == nil {
		// Kept where nobody looks: the program has no layout that could be told.
		panic("gangplank: " + name + " reads a stream that was never made: a Stream comes from From or another node")
	}
	return s.node.app
}

// computation is a node that makes messages of messages: loop works on items from *at on, and leaves in *at the one it is at.
type computation[T, U any] struct {
	base
	home *home[U]
	out  Out[U]
	// before is how much was sent before the message that is being worked on.
	before int
	loop   func(c *computation[T, U], items []T, at *int)
	key    func(T) string
	// hash and hashes are for computations with state: hashes are those of the items' keys, nil if states are not found by them.
	hash   func(hashes []uint64, items []T) []uint64
	hashes []uint64
}

func compute[T, U any](in Stream[T], kind, name string, options []Option, make func() *computation[T, U]) Stream[U] {
	n := in.app(name).add(kind, name, typeName[U](), options, in.node)
	h := &home[U]{}
	n.open = func(w *Worker) (instance, error) {
		c := make()
		c.base, c.home = base{node: n, worker: w.Index}, h
		return c, nil
	}
	return newStream(n, h)
}

// plain is a computation without state.
func plain[T, U any](in Stream[T], name string, options []Option, loop func(c *computation[T, U], items []T, at *int)) Stream[U] {
	return compute(in, "run", name, options, func() *computation[T, U] { return &computation[T, U]{loop: loop} })
}

func (c *computation[T, U]) run(in anyBatch, last bool) (anyBatch, error) {
	read := in.(*batch[T])
	items := read.items
	if c.hash != nil {
		if c.hashes = read.hashes; len(c.hashes) != len(items) {
			c.hashes = c.hash(nil, items)
		}
	}
	out := c.home.get()
	c.out.items = out.items
	for at := 0; at < len(items); {
		if failure := c.some(items, &at); failure != nil {
			c.out.items = c.out.items[:c.before]
			failure.Message = text(items[at])
			if c.key != nil {
				failure.Key = c.key(items[at])
			}
			if err := c.settle(failure, 1); err != nil {
				return nil, err
			}
			at++
		}
	}
	out.items, c.out.items = c.out.items, nil
	if last {
		in.free()
	}
	return out.orFree(), nil
}

// some works until the end or a failure.
func (c *computation[T, U]) some(items []T, at *int) (failure *Failure) {
	done := false
	defer func() {
		if done {
			return
		}
		// Without a value it is Goexit, which goes on.
		if cause := recover(); cause != nil {
			failure = c.failure(cause, true)
		}
	}()
	c.loop(c, items, at)
	done = true
	return nil
}

// Map makes one message of each. A panic is a failure, see [Failure].
func Map[T, U any](in Stream[T], name string, f func(T) U, options ...Option) Stream[U] {
	missing(in.app(name), name, f == nil)
	return plain(in, name, options, func(c *computation[T, U], items []T, at *int) {
		for i := *at; i < len(items); i++ {
			*at, c.before = i, len(c.out.items)
			c.out.Send(f(items[i]))
		}
		*at = len(items)
	})
}

// Compute makes one message of each, or none.
func Compute[T, U any](in Stream[T], name string, f func(T) (U, bool), options ...Option) Stream[U] {
	missing(in.app(name), name, f == nil)
	return plain(in, name, options, func(c *computation[T, U], items []T, at *int) {
		for i := *at; i < len(items); i++ {
			*at, c.before = i, len(c.out.items)
			if message, ok := f(items[i]); ok {
				c.out.Send(message)
			}
		}
		*at = len(items)
	})
}

// Filter keeps the messages for which f is true.
func Filter[T any](in Stream[T], name string, f func(T) bool, options ...Option) Stream[T] {
	missing(in.app(name), name, f == nil)
	return Compute(in, name, func(message T) (T, bool) { return message, f(message) }, options...)
}

// FlatMap makes any number of messages of each.
func FlatMap[T, U any](in Stream[T], name string, f func(message T, out *Out[U]), options ...Option) Stream[U] {
	missing(in.app(name), name, f == nil)
	return plain(in, name, options, func(c *computation[T, U], items []T, at *int) {
		for i := *at; i < len(items); i++ {
			*at, c.before = i, len(c.out.items)
			f(items[i], &c.out)
		}
		*at = len(items)
	})
}

// Decode makes a message of the bytes of a frame. An error is a failure: a malformed message.
func Decode[T any](in Stream[[]byte], name string, f func(frame []byte) (T, error), options ...Option) Stream[T] {
	missing(in.app(name), name, f == nil)
	return FlatMap(in, name, func(frame []byte, out *Out[T]) {
		message, err := f(frame)
		if err != nil {
			out.Fail(err)
		}
		out.Send(message)
	}, options...)
}

// Encode makes the bytes of a frame of each message: f appends them to what it is given.
func Encode[T any](in Stream[T], name string, f func(to []byte, message T) []byte, options ...Option) Stream[[]byte] {
	missing(in.app(name), name, f == nil)
	return plain(in, name, options, func(c *computation[T, []byte], items []T, at *int) {
		// One allocation for many messages. A new one leaves the earlier frames where they are.
		var buffer []byte
		for ; *at < len(items); *at++ {
			c.before = len(c.out.items)
			begin := len(buffer)
			buffer = f(buffer, items[*at])
			c.out.Send(buffer[begin:len(buffer):len(buffer)])
		}
	})
}

// Merge is several streams as one. Messages of each keep their order.
func Merge[T any](name string, first Stream[T], rest ...Stream[T]) Stream[T] {
	inputs := []*node{first.node}
	for _, s := range rest {
		inputs = append(inputs, s.node)
	}
	n := first.app(name).add("merge", name, typeName[T](), nil, inputs...)
	n.ready = func() (err error) {
		for _, input := range inputs {
			err = errors.Join(err, input.ready())
		}
		return err
	}
	n.open = func(w *Worker) (instance, error) { return &merge{base{node: n, worker: w.Index}}, nil }
	return Stream[T]{n, first.home}
}

// merge has nothing to do: the engine passes batches on.
type merge struct{ base }

func missing(app *App, name string, is bool) {
	if is {
		app.problem("%q has no function", name)
	}
}
