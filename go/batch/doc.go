// Package batch gathers the calls of many goroutines, each with one item, into
// batches.
//
// A call of another language, of a database or of a device often costs much
// more than the work that it does for one item. A [Batcher] pays for it once
// for all items that are there:
//
//	lookup := batch.New(func(ctx context.Context, keys []string) ([]Row, []error) {
//		return table.GetBatch(ctx, keys)
//	}, batch.Options{})
//	defer lookup.Close()
//
//	row, err := lookup.Do(ctx, key) // on any goroutine; row and err are this key's
//
// # When it runs
//
// A call that finds nothing running runs at once. What arrives meanwhile is
// the next batch. So a goroutine that is alone never waits for others, and
// batches grow as the load does. No goroutine and no timer is there while
// nobody calls.
//
// With [Options].MaxDelay a batch may also wait a little for as many items as
// the one before it had.
package batch
