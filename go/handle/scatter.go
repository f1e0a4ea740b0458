package handle

import (
	"hash/maphash"
	"reflect"
	"unsafe"
)

// Scatter spreads keys over the 64-bit numbers, so that any of its upper bits can choose a shard.
//
// Keys are rarely random. Ids count up, connection numbers are even on one side, addresses are multiples of 64, keys made
// elsewhere carry a machine number in their low bits. key % N sends the multiples of N to one shard. One multiplication
// (Fibonacci hashing) cures steps that are powers of two, but for every factor there are steps that multiply to almost
// nothing; for the golden ratio they are the Fibonacci numbers. Two multiplications with shifts between them, as in
// MurmurHash3's finalizer, leave no such steps that a program would meet. It costs about a nanosecond more.
//
// It is no defence against someone who chooses keys to hit one shard; NewKeyedBy with a seeded hash is.
func Scatter(key uint64) uint64 {
	key ^= key >> 32
	key *= 0xff51afd7ed558ccd
	key ^= key >> 29
	key *= scatterFactor
	return key
}

// scatterer chooses how the keys of a type are scattered.
type scatterer[K comparable] struct {
	size   uintptr // of keys whose bits are their identity; 0 for others
	seed   maphash.Seed
	custom func(K) uint64
}

func scattererOf[K comparable]() scatterer[K] {
	t := reflect.TypeFor[K]()
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16,
		reflect.Uint32, reflect.Uint64, reflect.Uintptr, reflect.Pointer, reflect.UnsafePointer, reflect.Chan:
		return scatterer[K]{size: t.Size()}
	}
	return scatterer[K]{seed: maphash.MakeSeed()}
}

func (s *scatterer[K]) scatter(key K) uint64 {
	p := unsafe.Pointer(&key)
	switch s.size {
	case 8:
		return Scatter(*(*uint64)(p))
	case 4:
		return Scatter(uint64(*(*uint32)(p)))
	case 2:
		return Scatter(uint64(*(*uint16)(p)))
	case 1:
		return Scatter(uint64(*(*uint8)(p)))
	}
	return s.scatterOther(key)
}

func (s *scatterer[K]) scatterOther(key K) uint64 {
	if s.custom != nil {
		_ = key == key // panics here, before a lock is held, if an interface in the key has a value that is no key
		return s.custom(key)
	}
	return maphash.Comparable(s.seed, key)
}
