package gangplank

import (
	"fmt"
	"runtime/debug"
	"unsafe"
)

// Trap is deferred by every function that serves a call: nothing that the
// user's method does leaves it but by a return (clause 7.1). A panic becomes
// status 2. [runtime.Goexit] becomes status 4, and the library resumes the
// native caller (clause 7.2).
func (c *Call) Trap() {
	if !c.settled {
		// Only the deferred function itself can recover.
		c.caught(recover())
	}
}

// caught settles a call whose method did not return. v is nil after Goexit.
func (c *Call) caught(v any) {
	exits := v == nil
	// Describing a panic calls methods of its value, and they may fail too.
	defer func() {
		if !c.settled {
			exits = recover() == nil
			c.failure(Panicked, "a panic, and another one while describing it", "")
		}
		if exits {
			c.exit()
		}
	}()
	if exits {
		c.failure(Exited, "runtime.Goexit was called", string(debug.Stack()))
		return
	}
	text, stack := describe(v)
	c.failure(Panicked, text, stack)
}

// describe returns what a panic says and where it was.
func describe(v any) (text, stack string) {
	stack = string(debug.Stack())
	if p, ok := v.(*PanicError); ok && p != nil {
		// It was a panic of Rust first: that stack explains it.
		return p.Message, p.Stack + "\n" + stack
	}
	return fmt.Sprint(v), stack
}

// exit leaves a goroutine that is exiting. The remaining calls of the shim
// are not made.
func (c *Call) exit() {
	for i := range c.left {
		rest := Call{frame: unsafe.Add(c.frame, (i+1)*c.stride*wordSize)}
		rest.Unavailable("runtime.Goexit ended an earlier call of the batch")
	}
	library.Goexit(c.frames)
}
