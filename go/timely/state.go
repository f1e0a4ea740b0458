package timely

import "strings"

// State is a computation with state: f gets the state of the message's key, which it may change, and sends what it likes. A key's state begins as the zero
// value of S. It lives in Go's memory on the worker of the key, and nobody else sees it.
func State[K comparable, S, T, U any](in Keyed[K, T], name string, f func(state *S, message T, out *Out[U]), options ...Option) Stream[U] {
	missing(in.app(name), name, f == nil)
	describe := in.describe()
	return compute(in.Stream, "run", name, options, func() *computation[T, U] {
		states := newStates[K, S]()
		return &computation[T, U]{key: describe, loop: func(c *computation[T, U], items []T, at *int) {
			for ; *at < len(items); *at++ {
				c.before = len(c.out.items)
				f(states.of(in.key(items[*at])), items[*at], &c.out)
			}
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
		f := &fold[K, S, T, U]{states: newStates[K, S](), last: end}
		f.computation = computation[T, U]{base: base{node: n, worker: w.Index}, home: h, key: describe}
		f.loop = func(c *computation[T, U], items []T, at *int) {
			for ; *at < len(items); *at++ {
				step(f.states.of(in.key(items[*at])), items[*at])
			}
		}
		return f, nil
	}
	return Stream[U]{n, h}
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
	// keys are those that have not had their end; nil before the first call of end.
	keys []K
	over bool
}

// end speaks for as many keys as make a batch.
func (f *fold[K, S, T, U]) end() (anyBatch, error) {
	if !f.over {
		f.over = true
		f.keys = make([]K, 0, len(f.states.all))
		for key := range f.states.all {
			f.keys = append(f.keys, key)
		}
	}
	out := f.home.get()
	f.out.items = out.items
	for len(f.keys) > 0 && len(f.out.items) < batchSize {
		key := f.keys[0]
		f.keys = f.keys[1:]
		f.before = len(f.out.items)
		if failure := f.one(key); failure != nil {
			f.out.items = f.out.items[:f.before]
			failure.Key = text(key)
			if err := f.settle(failure, 1); err != nil {
				return nil, err
			}
		}
	}
	out.items, f.out.items = f.out.items, nil
	return out.orFree(), nil
}

func (f *fold[K, S, T, U]) one(key K) (failure *Failure) {
	done := false
	defer func() {
		if done {
			return
		}
		if cause := recover(); cause != nil {
			failure = f.failure(cause, true)
		}
	}()
	f.last(key, f.states.all[key], &f.out)
	done = true
	return nil
}

// states are the states of a worker's keys. They are allocated many at a time.
type states[K comparable, S any] struct {
	all  map[K]*S
	free []S
	// own is a copy of a key that keeps nothing else alive: a word would keep the file it stands in.
	own func(K) K
}

func newStates[K comparable, S any]() *states[K, S] {
	own, ok := any(strings.Clone).(func(K) K)
	if !ok {
		own = func(key K) K { return key }
	}
	return &states[K, S]{all: map[K]*S{}, own: own}
}

func (s *states[K, S]) of(key K) *S {
	state, ok := s.all[key]
	if !ok {
		if len(s.free) == 0 {
			s.free = make([]S, 64)
		}
		state, s.free = &s.free[0], s.free[1:]
		s.all[s.own(key)] = state
	}
	return state
}
