// Package byhand serves the same call as a careful programmer would without a
// generator: on a goroutine, which calls back with the result.
package byhand

/*
#include <stdint.h>

extern void hand_complete(const void *place, uint64_t result);
*/
import "C"

import "unsafe"

type worker interface{ Add(x uint64) uint64 }

var registered worker = impl{}

type impl struct{}

func (impl) Add(x uint64) uint64 { return x + 1 }

//export hand_go_add
func hand_go_add(place unsafe.Pointer, x C.uint64_t) {
	go func() { C.hand_complete(place, C.uint64_t(registered.Add(uint64(x)))) }()
}
