package timely

import (
	"encoding/binary"
	"math"
	"math/bits"
	"reflect"
)

// The constants of wyhash, whose way of mixing this is.
const (
	mix1 = 0xa0761d6478bd642f
	mix2 = 0xe7037ed1a0b428db
	mix3 = 0x8ebc6af09c88c6e3
)

func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// HashUint64 is the hash of numbers that [Key] uses. It is the same everywhere and always.
func HashUint64(n uint64) uint64 { return mix(n^mix1, mix2^8) }

// HashString is the hash of strings that [Key] uses. It is the same everywhere and always.
func HashString(s string) uint64 {
	h := uint64(mix3)
	n := len(s)
	for len(s) > 16 {
		h = mix(word(s)^mix1, word(s[8:])^h)
		s = s[16:]
	}
	var a, b uint64
	switch {
	case len(s) >= 8:
		a, b = word(s), word(s[len(s)-8:])
	case len(s) >= 4:
		a, b = half(s), half(s[len(s)-4:])
	case len(s) > 0:
		a = uint64(s[0])<<16 | uint64(s[len(s)>>1])<<8 | uint64(s[len(s)-1])
	}
	return mix(mix1^uint64(n), mix(a^mix2, b^h))
}

func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func half(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// hashOf is the hash of a type of keys, or nil.
func hashOf[K comparable]() func(K) uint64 {
	// The common types without reflection: the assertion succeeds if K is that very type.
	for _, f := range []any{
		HashString, HashUint64,
		func(n int) uint64 { return HashUint64(uint64(n)) },
		func(n int64) uint64 { return HashUint64(uint64(n)) },
		func(n int32) uint64 { return HashUint64(uint64(n)) },
		func(n uint32) uint64 { return HashUint64(uint64(n)) },
		func(n uint8) uint64 { return HashUint64(uint64(n)) },
		func(s [4]byte) uint64 { return HashUint64(uint64(binary.LittleEndian.Uint32(s[:]))) },
		func(s [8]byte) uint64 { return HashUint64(binary.LittleEndian.Uint64(s[:])) },
	} {
		if f, ok := f.(func(K) uint64); ok {
			return f
		}
	}
	switch kind := reflect.TypeFor[K]().Kind(); {
	case kind == reflect.String:
		return func(key K) uint64 { return HashString(reflect.ValueOf(key).String()) }
	case kind == reflect.Bool:
		return func(key K) uint64 {
			if reflect.ValueOf(key).Bool() {
				return HashUint64(1)
			}
			return HashUint64(0)
		}
	case kind >= reflect.Int && kind <= reflect.Int64:
		return func(key K) uint64 { return HashUint64(uint64(reflect.ValueOf(key).Int())) }
	case kind >= reflect.Uint && kind <= reflect.Uintptr:
		return func(key K) uint64 { return HashUint64(reflect.ValueOf(key).Uint()) }
	case kind == reflect.Float32 || kind == reflect.Float64:
		// Zero is equal to minus zero.
		return func(key K) uint64 { return HashUint64(math.Float64bits(reflect.ValueOf(key).Float() + 0)) }
	}
	return nil
}
