// Package keys makes numbers for values that have none, and measures how well a function spreads keys over shards.
//
// A table is as fast as what makes its keys. A counter under a lock ([Mutex]) is what one writes first, and soon all wait for
// it. An atomic counter ([Atomic]) does not wait, but its cache line goes from processor to processor with every key. Blocks
// of keys per processor ([Blocks]) go to the shared counter once in a thousand. The cheapest key is the one that the value
// already has; then the question is how it is spread: see [Skew]. (A [handle.Table] needs no generator: the slot is the key.)
package keys

// Generator makes keys. No key comes twice, none is zero. Next may be called from any number of goroutines at once.
type Generator interface {
	Next() uint64
}
