package main

import (
	"testing"

	"gangplank.example/batching/batching"
)

// Both ways of each work come to the same results.
func TestBatchesAreTheirSingleCalls(t *testing.T) {
	for _, size := range sizes {
		next := batching.NextBatch(numbers[:size])
		tried, err := batching.TryNextBatch(numbers[:size])
		lengths := batching.LengthBatch(texts[:size])
		into := batching.NextBatchInto(make([]uint64, 0, size), numbers[:size])
		if err != nil {
			t.Fatal(err)
		}
		for i := range size {
			one, err := batching.TryNext(numbers[i])
			if into[i] != next[i] || next[i] != batching.Next(numbers[i]) || tried[i] != one || err != nil || lengths[i] != batching.Length(texts[i]) {
				t.Fatalf("item %d of %d", i, size)
			}
		}
	}
	for _, call := range []batching.Call{batching.CallNext, batching.CallTryNext, batching.CallLength} {
		if alone, together := batching.CallGo(call, 1000, 0), batching.CallGo(call, 1000, 1000); alone != together {
			t.Errorf("call %v: %d, in a batch %d", call, alone, together)
		}
	}
}
