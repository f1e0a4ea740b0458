package main

import (
	"gangplank.dev/go/handle"
	"gangplank.dev/go/handle/keys"
	"gangplank.dev/go/handle/plain"
	"gangplank.dev/go/timely"
	"gangplank.example/timely/native"
)

// roles is Wallaroo's Go API: the engine knows messages and states by ids, and calls once for each role and message.
type roles struct {
	messages plain.Numbered[any]
	states   plain.Numbered[any]
}

func init() {
	native.RegisterRoles(&roles{numbered(), numbered()})
}

// Decode makes a message of bytes.
func (r *roles) Decode(line []byte) uint64 { return uint64(r.messages.New(string(line))) }

// Compute is the computation: one message in, many out.
func (r *roles) Compute(message uint64) []uint64 {
	var out timely.Out[string]
	splitInto(r.get(message), &out)
	words := out.Messages()
	ids := make([]uint64, len(words))
	for i, word := range words {
		ids[i] = uint64(r.messages.New(word))
	}
	return ids
}

// Partition is the partition function.
func (r *roles) Partition(message uint64) uint64 { return timely.HashString(r.get(message)) }

// NewState makes the state of a partition.
func (r *roles) NewState() uint64 { return uint64(r.states.New(map[string]uint64{})) }

// ComputeState is the state computation.
func (r *roles) ComputeState(message, state uint64) {
	value, _ := r.states.Get(handle.Handle(state))
	value.(map[string]uint64)[r.get(message)]++
}

// Release lets a message go.
func (r *roles) Release(message uint64) { r.messages.Take(handle.Handle(message)) }

// End lets a state go, and says what is in it.
func (r *roles) End(state uint64) (total uint64) {
	value, _ := r.states.Take(handle.Handle(state))
	for word, n := range value.(map[string]uint64) {
		total += count{word, n}.sum()
	}
	return total
}

func (r *roles) get(message uint64) string {
	value, _ := r.messages.Get(handle.Handle(message))
	return value.(string)
}

// numbered is the sharded big old map, with an atomic counter for keys.
func numbered() plain.Numbered[any] {
	return plain.Numbered[any]{Map: plain.NewModulo[uint64, any](64), Keys: &keys.Atomic{}}
}
