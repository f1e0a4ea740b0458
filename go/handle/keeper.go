package handle

// Keeper is what everything that keeps a value under a number of its own making has in common: [Table], and the designs of
// the packages plain and plain/cgohandle.
type Keeper[T any] interface {
	New(v T) Handle
	Get(h Handle) (T, error)
	Take(h Handle) (T, error)
	Delete(h Handle) error
}

// Map is what everything that keeps values under keys they bring has in common: [Keyed], and the designs of package plain.
// Its methods may be called from any number of goroutines at once.
type Map[K comparable, V any] interface {
	// Put sets the value of a key and tells whether it had one already.
	Put(key K, v V) (replaced bool)
	Get(key K) (v V, ok bool)
	// Take gets the value and deletes the key.
	Take(key K) (v V, ok bool)
	// Delete tells whether there was something to delete.
	Delete(key K) (ok bool)
	Len() int
	// Range is for loops. What is put or deleted meanwhile may or may not be seen. The loop may use the map as it likes.
	Range(yield func(K, V) bool)
}
