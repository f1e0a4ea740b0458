package handle

import (
	"reflect"
	"unsafe"
)

// layout says how the words of a T are to be copied one by one.
type layout struct {
	kind kind
	// pointers tells for each word of the value whether the collector must see a pointer there.
	pointers []bool
	// clear tells whether there is any.
	clear bool
}

type kind uint8

const (
	words      kind = iota
	pointer         // one word: *X, func, map, chan
	interface_      // two words: type (static, or kept by reflect) and pointer
)

const wordSize = 8

func layoutOf[T any]() layout {
	t := reflect.TypeFor[T]()
	l := layout{pointers: make([]bool, (t.Size()+wordSize-1)/wordSize)}
	l.mark(t, 0)
	for _, p := range l.pointers {
		l.clear = l.clear || p
	}
	switch {
	case len(l.pointers) == 1 && l.clear:
		l.kind = pointer
	case t.Kind() == reflect.Interface:
		l.kind = interface_
	}
	return l
}

// mark follows the layout of values that the Go runtime and compilers have had in all versions; layout_test.go asserts it.
func (l *layout) mark(t reflect.Type, offset uintptr) {
	switch t.Kind() {
	case reflect.Pointer, reflect.UnsafePointer, reflect.Func, reflect.Map, reflect.Chan, reflect.String, reflect.Slice:
		l.pointers[offset/wordSize] = true
	case reflect.Interface:
		// The collector does not look at the type word either.
		l.pointers[offset/wordSize+1] = true
	case reflect.Array:
		for i := range t.Len() {
			l.mark(t.Elem(), offset+uintptr(i)*t.Elem().Size())
		}
	case reflect.Struct:
		for i := range t.NumField() {
			l.mark(t.Field(i).Type, offset+t.Field(i).Offset)
		}
	}
}

// interfaceWords is what an interface value is made of.
type interfaceWords struct{ typ, data unsafe.Pointer }

// cell is a value in whole words.
type cell[T any] struct {
	_     [0]uint64
	value T
}
