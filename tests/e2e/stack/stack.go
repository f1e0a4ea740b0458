// Package stack makes the stacks of goroutines move, so that a test sees what a pointer on them does then.
package stack

import "runtime"

// Fresh runs f on a goroutine of its own, whose stack is as small as stacks begin. A panic in f is one of Fresh.
func Fresh(f func()) {
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }()
		f()
	}()
	if v := <-done; v != nil {
		panic(v)
	}
}

// Grow makes the stack of the calling goroutine hold that many KiB more for a moment. If it was smaller, it is copied:
// the runtime looks at every slot of it that may hold a pointer, and ends the program at one that cannot.
func Grow(kib int) {
	if grow(kib) != byte(kib) {
		panic("the stack was not copied as it was")
	}
}

//go:noinline
func grow(kib int) byte {
	var page [1024]byte
	page[kib%len(page)] = byte(kib)
	if kib > 0 && grow(kib-1) != byte(kib-1) {
		return 0
	}
	return page[kib%len(page)]
}

// Move runs f between a collection and a growth of the stack: what f left on the stack is scanned, copied and scanned again.
func Move(f func()) {
	Fresh(func() {
		f()
		Grow(64)
		runtime.GC()
	})
}
