package handle

import (
	"sync/atomic"
	"unsafe"
)

func install[T any](t *Table[T], n, k uint64, slots []slot[T]) {
	atomic.StorePointer(&t.entry(n, k).base, unsafe.Pointer(&slots[0]))
}
