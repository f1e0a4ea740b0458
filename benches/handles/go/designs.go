package main

import (
	"math/rand/v2"
	"runtime/cgo"
	"sync"

	"gangplank.dev/go/handle"
	"gangplank.dev/go/handle/keys"
	"gangplank.dev/go/handle/plain"
)

// design is a way to keep values under handles.
type design struct {
	name string
	ours bool
	fill func(live int) *table
}

// The first is what the others are compared with.
var designs = []design{
	{"runtime/cgo.Handle", false, fillCgo},
	{"map with a Mutex + atomic counter", false, func(live int) *table {
		return fillKeeper(live, numbered{Map: newMutexMap(), Keys: &keys.Atomic{}})
	}},
	{"BigMap + atomic counter", false, func(live int) *table {
		return fillKeeper(live, numbered{Map: plain.NewBigMap[uint64, any](), Keys: &keys.Atomic{}})
	}},
	{"Modulo 64 + atomic counter", false, func(live int) *table {
		return fillKeeper(live, numbered{Map: plain.NewModulo[uint64, any](64), Keys: &keys.Atomic{}})
	}},
	{"SyncMap + atomic counter", false, func(live int) *table {
		return fillKeeper(live, numbered{Map: &plain.SyncMap[uint64, any]{}, Keys: &keys.Atomic{}})
	}},
	{"Keyed + blocks of keys", false, func(live int) *table {
		return fillKeeper(live, numbered{Map: handle.NewKeyed[uint64, any](), Keys: &keys.Blocks{}})
	}},
	{"Table[any]", true, fillAny},
	{"Table[*T]", true, fillPointer},
}

type numbered = plain.Numbered[any]

type value struct{ number int }

// table is a filled table and what is done with it, n times.
type table struct {
	get, cycle, mix func(p part, n int)
	release         func()
	// check gives the number of the value that is behind the i-th handle, for tests.
	check func(i int) int
}

// part is one of several goroutines that work on a table at once. Each replaces handles of its own.
type part struct{ i, of int }

var whole = part{0, 1}

const (
	draws    = 1 << 20 // a power of two, and too many for a processor to learn
	drawMask = draws - 1
)

var drawnBefore sync.Map // from live to order

// drawn lists which values are used in which order: the same for all designs.
func drawn(live int) []uint32 {
	order, ok := drawnBefore.Load(live)
	if !ok {
		order, _ = drawnBefore.LoadOrStore(live, draw(live))
	}
	return order.([]uint32)
}

func draw(live int) []uint32 {
	r := rand.New(rand.NewPCG(2018, uint64(live)))
	order := make([]uint32, draws)
	if live < draws/2 {
		for i := range order {
			order[i] = r.Uint32N(uint32(live))
		}
		return order
	}
	for i, n := range r.Perm(draws) { // with so many, every value as often as the others
		order[i] = uint32(n % live)
	}
	return order
}

// inOrder lists handles as they are drawn, so that finding the next one costs the same for all designs and little.
func inOrder[H any](handles []H) []H {
	list := make([]H, draws)
	for i, n := range drawn(len(handles)) {
		list[i] = handles[n]
	}
	return list
}

// start is where in such a list the part begins.
func (p part) start() int { return p.i * (draws / p.of) }

// each goes through n elements of a list from the part's start on, round and round.
func each[H any](list []H, p part, n int, do func(list []H)) {
	for first := p.start(); n > 0; first = 0 {
		some := list[first:min(first+n, len(list))]
		do(some)
		n -= len(some)
	}
}

// own lists what the part reads and replaces: the i-th in each step is order[i&drawMask] of the values from base on.
func (p part) own(live int) (base int, order []uint32) {
	size := live / p.of
	return p.i * size, drawn(size)
}

func fillAny(live int) *table {
	return fillTable(live, func(v *value) any { return v }, func(t *handle.Table[any], list []handle.Handle) {
		var v any
		var err error
		for _, h := range list {
			if v, err = t.Get(h); err != nil {
				panic(err)
			}
		}
		keep(len(list), v)
	})
}

func fillPointer(live int) *table {
	return fillTable(live, func(v *value) *value { return v }, func(t *handle.Table[*value], list []handle.Handle) {
		var v *value
		var err error
		for _, h := range list {
			if v, err = t.Get(h); err != nil {
				panic(err)
			}
		}
		keep(len(list), v)
	})
}

// fillTable calls the methods of a Table, not those of an interface. What is fastest is not generic, as it mostly is in programs.
func fillTable[T comparable](live int, of func(*value) T, get func(t *handle.Table[T], list []handle.Handle)) *table {
	t := handle.NewTable[T]()
	values, handles := make([]T, live), make([]handle.Handle, live)
	for i := range handles {
		values[i] = of(&value{i})
		handles[i] = t.New(values[i])
	}
	list, one := inOrder(handles), of(&value{-1})
	return &table{
		get: func(p part, n int) { each(list, p, n, func(list []handle.Handle) { get(t, list) }) },
		cycle: func(p part, n int) {
			var v T
			for range n {
				h := t.New(one)
				v, _ = t.Get(h)
				if err := t.Delete(h); err != nil {
					panic(err)
				}
			}
			keep(n, v)
		},
		mix: func(p part, n int) {
			base, order := p.own(live)
			var v T
			for i := range n {
				mine := &handles[base+int(order[i&drawMask])]
				if i%10 == 9 {
					v, _ = t.Take(*mine)
					*mine = t.New(v)
					continue
				}
				var err error
				if v, err = t.Get(*mine); err != nil {
					panic(err)
				}
			}
			keep(n, v)
		},
		release: func() {},
		check: func(i int) int {
			v, err := t.Get(handles[i])
			if err != nil || v != values[i] {
				panic(err)
			}
			return any(v).(*value).number
		},
	}
}

func fillCgo(live int) *table {
	handles := make([]cgo.Handle, live)
	for i := range handles {
		handles[i] = cgo.NewHandle(&value{i})
	}
	list, one := inOrder(handles), any(&value{-1})
	return &table{
		get: func(p part, n int) {
			each(list, p, n, func(list []cgo.Handle) {
				var v any
				for _, h := range list {
					v = h.Value()
				}
				keep(n, v)
			})
		},
		cycle: func(p part, n int) {
			var v any
			for range n {
				h := cgo.NewHandle(one)
				v = h.Value()
				h.Delete()
			}
			keep(n, v)
		},
		mix: func(p part, n int) {
			base, order := p.own(live)
			var v any
			for i := range n {
				mine := &handles[base+int(order[i&drawMask])]
				v = mine.Value()
				if i%10 == 9 {
					mine.Delete()
					*mine = cgo.NewHandle(v)
				}
			}
			keep(n, v)
		},
		release: func() {
			for _, h := range handles {
				h.Delete()
			}
		},
		check: func(i int) int { return handles[i].Value().(*value).number },
	}
}

func fillKeeper(live int, k numbered) *table {
	handles := make([]handle.Handle, live)
	for i := range handles {
		handles[i] = k.New(&value{i})
	}
	list, one := inOrder(handles), any(&value{-1})
	return &table{
		get: func(p part, n int) {
			each(list, p, n, func(list []handle.Handle) {
				var v any
				var err error
				for _, h := range list {
					if v, err = k.Get(h); err != nil {
						panic(err)
					}
				}
				keep(n, v)
			})
		},
		cycle: func(p part, n int) {
			var v any
			for range n {
				h := k.New(one)
				v, _ = k.Get(h)
				if err := k.Delete(h); err != nil {
					panic(err)
				}
			}
			keep(n, v)
		},
		mix: func(p part, n int) {
			base, order := p.own(live)
			var v any
			for i := range n {
				mine := &handles[base+int(order[i&drawMask])]
				if i%10 == 9 {
					v, _ = k.Take(*mine)
					*mine = k.New(v)
					continue
				}
				var err error
				if v, err = k.Get(*mine); err != nil {
					panic(err)
				}
			}
			keep(n, v)
		},
		release: func() {},
		check: func(i int) int {
			v, err := k.Get(handles[i])
			if err != nil {
				panic(err)
			}
			return v.(*value).number
		},
	}
}

var sink any

// keep makes the compiler believe that a result is used. It writes what others may read, but not in the loop.
func keep[T any](n int, v T) {
	if n < 0 {
		sink = v
	}
}
