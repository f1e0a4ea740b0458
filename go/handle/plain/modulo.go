package plain

// Integer are the keys that [Modulo] can divide.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// Modulo is N BigMaps; key % N chooses one. Make one with [NewModulo].
//
// It is good as long as the keys are, like those of a counter. Keys with a step that has a factor in common with N (even
// numbers, multiples of 64) use a part of the maps only; at worst all are in one, and this is a BigMap that divides.
type Modulo[K Integer, V any] struct {
	maps []padded[K, V]
}

type padded[K Integer, V any] struct {
	BigMap[K, V]
	_ [128 - 32]byte
}

// NewModulo makes n empty maps. It panics if n is not positive.
func NewModulo[K Integer, V any](n int) *Modulo[K, V] {
	if n <= 0 {
		panic("gangplank: Modulo needs at least one map")
	}
	m := &Modulo[K, V]{maps: make([]padded[K, V], n)}
	for i := range m.maps {
		m.maps[i].m = map[K]V{}
	}
	return m
}

func (m *Modulo[K, V]) of(key K) *BigMap[K, V] {
	return &m.maps[uint64(key)%uint64(len(m.maps))].BigMap
}

// Put sets the value of a key and tells whether it had one already.
func (m *Modulo[K, V]) Put(key K, v V) (replaced bool) { return m.of(key).Put(key, v) }

// Get gives the value of a key.
func (m *Modulo[K, V]) Get(key K) (v V, ok bool) { return m.of(key).Get(key) }

// Take gives the value of a key and deletes the key.
func (m *Modulo[K, V]) Take(key K) (v V, ok bool) { return m.of(key).Take(key) }

// Delete ends a key and tells whether it had a value.
func (m *Modulo[K, V]) Delete(key K) (ok bool) { return m.of(key).Delete(key) }

// Len counts the keys, map by map.
func (m *Modulo[K, V]) Len() (n int) {
	for i := range m.maps {
		n += m.maps[i].Len()
	}
	return n
}

// Range calls yield for keys and their values, from copies of the maps.
func (m *Modulo[K, V]) Range(yield func(K, V) bool) {
	for i := range m.maps {
		for key, v := range m.maps[i].Range {
			if !yield(key, v) {
				return
			}
		}
	}
}
