package timely

import (
	"math/bits"
	"slices"
)

// Keyed is a stream in which all messages of a key are on the same worker.
type Keyed[K comparable, T any] struct {
	Stream[T]
	key func(T) K
	// hash is nil if it is not one of ours, and may be bad.
	hash func(K) uint64
}

// Key is the partition function: messages with equal keys go to the same worker, which is chosen by a hash of the key that is the same in all
// processes. Strings, bools and numbers have one; for other types use [KeyHash].
//
// Messages may go to other processes, so T needs a [Codec]; most types have one.
func Key[K comparable, T any](in Stream[T], name string, key func(T) K, options ...Option) Keyed[K, T] {
	hash := hashOf[K]()
	if hash == nil {
		in.app(name).problem("%q has keys of type %s, which have no hash: use KeyHash", name, typeName[K]())
	}
	keyed := KeyHash(in, name, key, hash, options...)
	keyed.hash = hash
	return keyed
}

// KeyHash is [Key] with a hash of your own. Its upper bits choose the worker.
func KeyHash[K comparable, T any](in Stream[T], name string, key func(T) K, hash func(K) uint64, options ...Option) Keyed[K, T] {
	missing(in.app(name), name, key == nil)
	describe := func(message T) string { return text(key(message)) }
	loop := func(p *partitioner[T], items []T, at *int) {
		hashes := p.hashes[:len(items)]
		for i := *at; i < len(items); i++ {
			*at = i
			hashes[i] = hash(key(items[i]))
		}
		*at = len(items)
	}
	s := partition(in, name, options, describe, true, loop)
	return Keyed[K, T]{s, key, nil}
}

// Route sends each message to the worker that f says, modulo their number.
func Route[T any](in Stream[T], name string, f func(message T, workers int) int, options ...Option) Stream[T] {
	missing(in.app(name), name, f == nil)
	return partition(in, name, options, nil, false, func(p *partitioner[T], items []T, at *int) {
		for ; *at < len(items); *at++ {
			n := f(items[*at], len(p.parts)) % len(p.parts)
			if n < 0 {
				n += len(p.parts)
			}
			part := p.parts[n]
			part.items = append(part.items, items[*at])
		}
	})
}

func partition[T any](in Stream[T], name string, options []Option, key func(T) string, hashed bool, loop func(p *partitioner[T], items []T, at *int)) Stream[T] {
	app := in.app(name)
	n := app.add("partition", name, typeName[T](), options, in.node)
	h := &home[T]{}
	if err := h.ready(app); err != nil {
		app.problem("%q sends %s to other workers, and %w: register a codec with SetCodec", name, typeName[T](), err)
	}
	n.decode = h.decode
	n.open = func(w *Worker) (instance, error) {
		return &partitioner[T]{base: base{node: n, worker: w.Index}, home: h, parts: make([]*batch[T], w.Workers), loop: loop, key: key, hashed: hashed}, nil
	}
	return newStream(n, h)
}

// partitioner takes batches apart.
type partitioner[T any] struct {
	base
	home  *home[T]
	parts []*batch[T]
	// loop puts messages into parts, or with hashed their hashes into hashes.
	loop   func(p *partitioner[T], items []T, at *int)
	key    func(T) string
	hashed bool
	hashes []uint64
}

// hashedAtOnce messages are hashed, and then put into parts: so few that they are still in the processor's nearest cache.
const hashedAtOnce = 512

// send puts messages with these hashes into the parts of the hashes.
func (p *partitioner[T]) send(hashes []uint64, items []T) {
	parts := uint64(len(p.parts))
	if parts == 1 {
		p.parts[0].items = append(p.parts[0].items, items...)
		p.parts[0].hashes = append(p.parts[0].hashes, hashes...)
		return
	}
	// Room first: any part may get them all.
	for _, part := range p.parts {
		part.items = slices.Grow(part.items, len(items))
		part.hashes = slices.Grow(part.hashes, len(items))
	}
	for i, hash := range hashes[:len(items)] {
		n, _ := bits.Mul64(hash, parts)
		part := p.parts[n]
		at := len(part.items)
		part.items, part.hashes = part.items[:at+1], part.hashes[:at+1]
		part.items[at], part.hashes[at] = items[i], hash
	}
}

func (p *partitioner[T]) split(in anyBatch, last bool) ([]anyBatch, error) {
	items := in.(*batch[T]).items
	for i := range p.parts {
		p.parts[i] = p.home.get()
	}
	if p.hashed && p.hashes == nil {
		p.hashes = make([]uint64, hashedAtOnce)
	}
	for at := 0; at < len(items); {
		if failure := p.next(items, &at); failure != nil {
			failure.Message = text(items[at])
			if err := p.settle(failure, 1); err != nil {
				return nil, err
			}
			at++
		}
	}
	if last {
		in.free()
	}
	parts := make([]anyBatch, len(p.parts))
	for i, part := range p.parts {
		parts[i] = part.orFree()
		p.parts[i] = nil
	}
	return parts, nil
}

// next works on some messages, from at on, until a failure.
func (p *partitioner[T]) next(items []T, at *int) *Failure {
	if !p.hashed {
		return p.some(items, at)
	}
	block, done := items[*at:min(*at+hashedAtOnce, len(items))], 0
	failure := p.some(block, &done)
	p.send(p.hashes[:done], block[:done])
	*at += done
	return failure
}

func (p *partitioner[T]) some(items []T, at *int) (failure *Failure) {
	done := false
	defer func() {
		if done {
			return
		}
		if cause := recover(); cause != nil {
			failure = p.failure(cause, true)
		}
	}()
	p.loop(p, items, at)
	done = true
	return nil
}
