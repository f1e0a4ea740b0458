package keys

import "iter"

// Skew tells how much more the fullest of n shards gets than its share of the keys: 1 is perfect, n is all in one shard.
// The function chooses a shard below n for a key.
func Skew(n int, all iter.Seq[uint64], shard func(key uint64) int) float64 {
	load := make([]int, n)
	total, most := 0, 0
	for key := range all {
		s := shard(key)
		load[s]++
		total++
		most = max(most, load[s])
	}
	if total == 0 {
		return 1
	}
	return float64(most) * float64(n) / float64(total)
}

// Stride gives count keys with a step between them.
func Stride(first, step uint64, count int) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for i := range uint64(count) {
			if !yield(first + i*step) {
				return
			}
		}
	}
}
