package timely

import (
	"reflect"
	"strings"
)

// states are the states of a worker's keys: in a table of our own, if messages come with good hashes, because then nothing is hashed again; else in a map.
type states[K comparable, S any] struct {
	// The table: linear probing, at most half full. A slot without a state is empty.
	slots []slot[K, S]
	count int
	// The map, if all is not nil.
	all map[K]*S
	// free are states that nobody has yet: they are allocated many at a time, so many.
	free []S
	many int
	// own is a copy of a key that keeps nothing else alive: a word would keep the file it stands in.
	own func(K) K
}

type slot[K comparable, S any] struct {
	hash  uint64
	state *S
	key   K
}

func newStates[K comparable, S any](hashed bool) *states[K, S] {
	s := &states[K, S]{many: max(1, 4096/max(1, int(reflect.TypeFor[S]().Size())))}
	if hashed {
		s.slots = make([]slot[K, S], 64)
	} else {
		s.all = map[K]*S{}
	}
	own, ok := any(strings.Clone).(func(K) K)
	if !ok {
		own = func(key K) K { return key }
	}
	s.own = own
	return s
}

// find is the state of a key with this hash; a new one is zero.
func (s *states[K, S]) find(hash uint64, key K) *S {
	mask := uint64(len(s.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		at := &s.slots[i]
		if at.hash == hash && at.state != nil && at.key == key {
			return at.state
		}
		if at.state == nil {
			return s.insert(hash, key)
		}
	}
}

func (s *states[K, S]) insert(hash uint64, key K) *S {
	if s.count++; 2*s.count > len(s.slots) {
		old := s.slots
		s.slots = make([]slot[K, S], 2*len(old))
		for _, full := range old {
			if full.state != nil {
				s.place(full)
			}
		}
	}
	state := s.make()
	s.place(slot[K, S]{hash, state, s.own(key)})
	return state
}

func (s *states[K, S]) place(full slot[K, S]) {
	mask := uint64(len(s.slots) - 1)
	i := full.hash & mask
	for s.slots[i].state != nil {
		i = (i + 1) & mask
	}
	s.slots[i] = full
}

// of is the state of a key, in the map.
func (s *states[K, S]) of(key K) *S {
	state, ok := s.all[key]
	if !ok {
		state = s.make()
		s.all[s.own(key)] = state
	}
	return state
}

func (s *states[K, S]) make() *S {
	if len(s.free) == 0 {
		s.free = make([]S, s.many)
	}
	state := &s.free[0]
	s.free = s.free[1:]
	return state
}

// each calls f for all states, until it returns false.
func (s *states[K, S]) each(f func(K, *S) bool) {
	for key, state := range s.all {
		if !f(key, state) {
			return
		}
	}
	for i := range s.slots {
		if at := &s.slots[i]; at.state != nil && !f(at.key, at.state) {
			return
		}
	}
}
