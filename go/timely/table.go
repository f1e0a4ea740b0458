package timely

import (
	"math"
	"math/bits"
	"reflect"
	"strings"
)

// states are the states of a worker's keys: in a table of our own, if messages come with good hashes, because then nothing is hashed again; else in a map.
//
// The table has slots of eight bytes without pointers, which the collector does not look at, and entries in the order in which keys came. An entry never moves, and a key stands beside its
// state: what is found costs a slot and an entry.
type states[K comparable, S any] struct {
	// Linear probing, at most half full.
	slots []slot
	count int
	// chunks have 1<<shift entries each.
	chunks [][]entry[K, S]
	shift  uint
	// The map, if all is not nil.
	all map[K]*S
	// own is a copy of a key that keeps nothing else alive: a word would keep the file it stands in.
	own func(K) K
}

// slot has a part of the hash, and the number of the entry from 1 on; 0 is an empty slot.
type slot struct{ hash, number uint32 }

type entry[K comparable, S any] struct {
	key   K
	state S
}

func newStates[K comparable, S any](hashed bool) *states[K, S] {
	size := max(1, int(reflect.TypeFor[entry[K, S]]().Size()))
	s := &states[K, S]{shift: uint(bits.Len(uint(max(1, 8192/size)))) - 1}
	if hashed {
		s.slots = make([]slot, 64)
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
	part, mask := uint32(hash), uint32(len(s.slots)-1)
	for i := part & mask; ; i = (i + 1) & mask {
		at := s.slots[i]
		if at.number == 0 {
			return s.insert(part, key)
		}
		if at.hash == part {
			if e := s.at(at.number - 1); e.key == key {
				return &e.state
			}
		}
	}
}

// at is an entry that is there.
func (s *states[K, S]) at(number uint32) *entry[K, S] {
	chunk := s.chunks[number>>(s.shift&31)]
	return &chunk[number&(1<<(s.shift&31)-1)]
}

func (s *states[K, S]) insert(hash uint32, key K) *S {
	e := s.add(key)
	if 2*s.count > len(s.slots) {
		old := s.slots
		s.slots = make([]slot, 2*len(old))
		for _, full := range old {
			if full.number != 0 {
				s.place(full)
			}
		}
	}
	s.place(slot{hash, uint32(s.count)})
	return &e.state
}

func (s *states[K, S]) place(full slot) {
	mask := uint32(len(s.slots) - 1)
	i := full.hash & mask
	for s.slots[i].number != 0 {
		i = (i + 1) & mask
	}
	s.slots[i] = full
}

// of is the state of a key, in the map.
func (s *states[K, S]) of(key K) *S {
	state, ok := s.all[key]
	if !ok {
		e := s.add(key)
		state = &e.state
		s.all[e.key] = state
	}
	return state
}

// add adds an entry.
func (s *states[K, S]) add(key K) *entry[K, S] {
	if s.count == math.MaxInt32 {
		panic("gangplank: a worker has more keys than a table holds: use more workers")
	}
	if s.count>>s.shift == len(s.chunks) {
		s.chunks = append(s.chunks, make([]entry[K, S], 1<<s.shift))
	}
	e := s.at(uint32(s.count))
	e.key = s.own(key)
	s.count++
	return e
}

// each calls f for all states, in the order in which their keys came, until it returns false.
func (s *states[K, S]) each(f func(K, *S) bool) {
	for i := range s.count {
		if e := s.at(uint32(i)); !f(e.key, &e.state) {
			return
		}
	}
}
