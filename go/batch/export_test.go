package batch

// Pending is how many items wait.
func Pending[In, Out any](b *Batcher[In, Out]) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pending
}
