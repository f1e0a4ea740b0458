package timely

// State is a computation with state: f gets the state of the message's key, which it may change, and sends what it likes. A key's state begins as the zero
// value of S. It lives in Go's memory on the worker of the key, and nobody else sees it.
func State[K comparable, S, T, U any](in Keyed[K, T], name string, f func(state *S, message T, out *Out[U]), options ...Option) Stream[U] {
	missing(in.app(name), name, f == nil)
	describe := in.describe()
	return compute(in.Stream, "run", name, options, func() *computation[T, U] {
		states := newStates[K, S](in.hash != nil)
		return &computation[T, U]{key: describe, hash: in.hashes(), loop: func(c *computation[T, U], items []T, at *int) {
			for i := *at; i < len(items); i++ {
				*at, c.before = i, len(c.out.items)
				if c.hashes != nil {
					f(states.find(c.hashes[i], in.key(items[i])), items[i], &c.out)
				} else {
					f(states.of(in.key(items[i])), items[i], &c.out)
				}
			}
			*at = len(items)
		}}
	})
}

// Fold is a computation with state that speaks at the end: step changes the state of the message's key, and when there will be no more messages,
// end is called for each key, in no order.
func Fold[K comparable, S, T, U any](in Keyed[K, T], name string, step func(state *S, message T), end func(key K, state *S, out *Out[U]), options ...Option) Stream[U] {
	missing(in.app(name), name, step == nil || end == nil)
	app, describe := in.app(name), in.describe()
	n := app.add("final", name, typeName[U](), options, in.node)
	h := &home[U]{}
	n.open = func(w *Worker) (instance, error) {
		f := &fold[K, S, T, U]{states: newStates[K, S](in.hash != nil), last: end}
		f.computation = computation[T, U]{base: base{node: n, worker: w.Index}, home: h, key: describe, hash: in.hashes()}
		f.loop = func(c *computation[T, U], items []T, at *int) {
			if states := f.states; c.hashes != nil {
				hashes := c.hashes[:len(items)]
				for i := *at; i < len(items); i++ {
					*at = i
					step(states.find(hashes[i], in.key(items[i])), items[i])
				}
			} else {
				for i := *at; i < len(items); i++ {
					*at = i
					step(states.of(in.key(items[i])), items[i])
				}
			}
			*at = len(items)
		}
		return f, nil
	}
	return newStream(n, h)
}

// keyed is a key and its state.
type keyed[K comparable, S any] struct {
	key   K
	state *S
}

// hashes is what hashes the keys of messages that come without, from another process; nil where states are in a map.
func (in Keyed[K, T]) hashes() func([]uint64, []T) []uint64 {
	if in.hash == nil {
		return nil
	}
	return func(hashes []uint64, items []T) []uint64 {
		for _, item := range items {
			hashes = append(hashes, in.hash(in.key(item)))
		}
		return hashes
	}
}

func (in Keyed[K, T]) describe() func(T) string {
	return func(message T) (s string) {
		defer func() {
			if recover() != nil {
				s = "?"
			}
		}()
		return text(in.key(message))
	}
}

// fold is a Fold on a worker.
type fold[K comparable, S, T, U any] struct {
	computation[T, U]
	states *states[K, S]
	last   func(K, *S, *Out[U])
	// left are those that have not had their end, after the first call of end.
	left []keyed[K, S]
	over bool
}

// end speaks for as many keys as make a batch.
func (f *fold[K, S, T, U]) end() (anyBatch, error) {
	if !f.over {
		f.over = true
		f.states.each(func(key K, state *S) bool {
			f.left = append(f.left, keyed[K, S]{key, state})
			return true
		})
	}
	out := f.home.get()
	f.out.items = out.items
	for len(f.left) > 0 && len(f.out.items) < batchSize {
		one := f.left[0]
		f.left = f.left[1:]
		f.before = len(f.out.items)
		if failure := f.one(one); failure != nil {
			f.out.items = f.out.items[:f.before]
			failure.Key = text(one.key)
			if err := f.settle(failure, 1); err != nil {
				return nil, err
			}
		}
	}
	out.items, f.out.items = f.out.items, nil
	return out.orFree(), nil
}

func (f *fold[K, S, T, U]) one(one keyed[K, S]) (failure *Failure) {
	done := false
	defer func() {
		if done {
			return
		}
		if cause := recover(); cause != nil {
			failure = f.failure(cause, true)
		}
	}()
	f.last(one.key, one.state, &f.out)
	done = true
	return nil
}
