package gangplank

import (
	"fmt"
	"runtime"
	"strings"
	"unsafe"
)

// Settled says whether the header is written. Every function that serves a
// call defers a look at it: nothing that the user's method does leaves it but
// by a return (clause 7.1).
func (c *Call) Settled() bool { return c.settled }

// Caught settles a call whose method did not return; v is what the deferred
// function recovered. A panic becomes status 2. [runtime.Goexit], of which
// there is nothing to recover, becomes status 4, and the library resumes the
// native caller (clause 7.2). The frames are stride words long.
func (c *Call) Caught(v any, stride int) {
	left, first := int(c.Word(WordStatus)), c.Word(WordC)
	stack, exits := where(4)
	c.fail(v, exits, stack, func() { c.exit(left, stride, first) })
}

// Trapped settles the call of a frame that was a callback of the fast lane,
// which has recovered v there, and lets the goroutine exit when native code is
// done (clause 9.7). It must be called by the callback's trap itself.
//
// A batch in which an item exited is settled by then (see [serving.Run]), and
// not with status 0.
func Trapped(frame unsafe.Pointer, v any, exits bool) {
	c := CallAt(frame)
	if c.Word(WordStatus) != OK {
		return
	}
	stack, _ := where(7)
	c.fail(v, exits, stack, func() {})
}

// fail settles a call that ended in a panic, or in an exit: then it calls exit.
func (c *Call) fail(v any, exits bool, stack string, exit func()) {
	// Describing a panic calls methods of its value, and they may fail too.
	defer func() {
		if !c.settled {
			exits = recover() == nil || exits
			c.failure(Panicked, twiceText, "")
		}
		if exits {
			exit()
		}
	}()
	if v == nil {
		exits = true
		c.failure(Exited, goexitText, stack)
		return
	}
	text, stack := panicked(v, stack)
	c.failure(Panicked, text, stack)
}

// panicked is what a panic said, and its stack. It calls methods of the
// panic's value.
func panicked(v any, stack string) (string, string) {
	if p, ok := v.(*PanicError); ok && p != nil {
		// It was a panic of Rust first: that stack explains it.
		return p.Message, p.Stack + "\n" + stack
	}
	return fmt.Sprint(v), stack
}

// failure is the end of an item whose method did not return, as an error: v is
// what the deferred function recovered that calls it. It also says whether the
// goroutine exits.
func failure(v any) (err error, exits bool) {
	stack, exits := where(4)
	if v == nil {
		return &GoexitError{Message: goexitText, Stack: stack}, true
	}
	defer func() {
		if p := recover(); p != nil {
			err = &PanicError{Message: twiceText, Stack: stack}
		}
	}()
	text, all := panicked(v, stack)
	return &PanicError{Message: text, Stack: all}, exits
}

const (
	goexitText = "runtime.Goexit was called"
	twiceText  = "a panic, and another one while describing it"
)

// exit leaves a goroutine that is exiting, of a shim that got the frames at
// first. The calls that are left are not made.
func (c *Call) exit(left, stride int, first uint64) {
	for i := range left {
		rest := CallAt(unsafe.Add(c.frame, (i+1)*stride*wordSize))
		rest.Unavailable("runtime.Goexit ended an earlier call of the batch")
	}
	frames := c.frame
	if first != 0 {
		frames = native(first)
	}
	library.Goexit(frames)
	unlinkNative()
}

// where returns the stack of the method that is being left, and whether
// [runtime.Goexit] is on it: then the goroutine goes on exiting although a
// panic of a deferred function was recovered. What lies beneath the method is
// not looked at. It is another call's, and after an exit on a thread of Rust
// there is more of it every time. The newest frames, skipped in number, are
// not the method's.
func where(skipped int) (stack string, exits bool) {
	var (
		out   strings.Builder
		pcs   [shownFrames]uintptr
		shown int
	)
	for skip := skipped; ; skip += len(pcs) {
		n := runtime.Callers(skip, pcs[:])
		frames := runtime.CallersFrames(pcs[:n])
		for more := n > 0; more; {
			var frame runtime.Frame
			frame, more = frames.Next()
			if isShim(frame.Function) {
				return out.String(), exits
			}
			exits = exits || frame.Function == "runtime.Goexit"
			if shown++; shown <= shownFrames {
				fmt.Fprintf(&out, "%s(...)\n\t%s:%d\n", frame.Function, frame.File, frame.Line)
			}
		}
		if n < len(pcs) {
			return out.String(), exits
		}
	}
}

// shownFrames is how much of a stack is shown.
const shownFrames = 128

// isShim says whether a function is a shim's, which Rust called: its name is
// that of an exported function, without the package. What serves async calls,
// or the items of a batch, is one, too.
func isShim(function string) bool {
	name := function[strings.LastIndexByte(function, '/')+1:]
	_, name, _ = strings.Cut(name, ".")
	return strings.HasPrefix(name, shimPrefix) || name == "(*worker).serve" || name == "(*serving).pass"
}

const shimPrefix = "gangplank_go_"
