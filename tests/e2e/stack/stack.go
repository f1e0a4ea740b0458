// Package stack makes the stacks of goroutines move, so that a test sees what a pointer on them does then.
package stack

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

// Local returns v as a result, and so as a local variable of the caller. When a stack is copied the runtime examines local
// variables; it does not examine arguments.
//
//go:noinline
func Local[T any](v T) T { return v }
