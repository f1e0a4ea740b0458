package timely

import "sync"

// batchSize is how many messages a source is asked for at once.
const batchSize = 2048

// largest is the capacity up to which the slice of a batch is used again.
const largest = 1 << 16

// anyBatch is a batch of messages of some type.
type anyBatch interface {
	length() int
	// encode is the batch as bytes.
	encode() ([]byte, error)
	// free ends the batch: nobody reads it any more.
	free()
}

// batch is messages on their way from one node to another. Whoever has the last reference owns it. After it was given out, nobody
// writes to it until it is freed.
type batch[T any] struct {
	items []T
	// hashes are those of the keys, in a keyed stream of this process.
	hashes []uint64
	home   *home[T]
}

// home is where batches of a node come from and go to.
type home[T any] struct {
	pool  sync.Pool
	codec batchCodec[T]
}

// ready sees to it that batches can be written as bytes and read.
func (h *home[T]) ready(app *App) (err error) {
	if h.codec == nil {
		h.codec, err = codecOf[T](app)
	}
	return err
}

func (h *home[T]) get() *batch[T] {
	if b, ok := h.pool.Get().(*batch[T]); ok {
		return b
	}
	return &batch[T]{home: h}
}

// orFree is the batch, or nothing if it is empty.
func (b *batch[T]) orFree() anyBatch {
	if len(b.items) == 0 {
		b.free()
		return nil
	}
	return b
}

func (b *batch[T]) length() int { return len(b.items) }

func (b *batch[T]) encode() ([]byte, error) { return b.home.codec.appendAll(nil, b.items) }

func (b *batch[T]) free() {
	if cap(b.items) > largest {
		return
	}
	clear(b.items)
	b.items, b.hashes = b.items[:0], b.hashes[:0]
	b.home.pool.Put(b)
}

func (h *home[T]) decode(bytes []byte) (anyBatch, error) {
	b := h.get()
	items, err := h.codec.readAll(b.items, bytes)
	if err != nil {
		return nil, err
	}
	b.items = items
	return b, nil
}

// Out takes what a function sends. It belongs to the call.
type Out[T any] struct {
	items []T
}

// Send sends a message.
func (o *Out[T]) Send(message T) { o.items = append(o.items, message) }

// Messages is what was sent: for tests of a function, which may make an Out of their own.
func (o *Out[T]) Messages() []T { return o.items }

// Fail ends the work on this message: what it sent is taken back, and the node's policy decides, as for a panic.
func (o *Out[T]) Fail(err error) { panic(failed{err}) }
