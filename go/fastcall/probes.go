//go:build linux && (amd64 || arm64) && cgo && gc && go1.24 && !go1.28 && !msan && !asan

package fastcall

// probe holds what the self-test calls. All of it is assembly, so that it is
// the same in every build.
var probe struct {
	// For Go func values.
	registers code // weighs its arguments; returns g twice, and the zero register
	call      code // calls a Go function with 11, 22, 33, 44
	preempt   code // requests preemption, calls a Go function, returns g.stackguard0

	// Native functions.
	sum    uintptr // weighs its arguments
	stack  uintptr // returns its stack pointer
	thread uintptr // returns the thread-local g
	loop   uintptr // an entry: b callbacks with number a, returns the sum
}

// Not to be called by these names.
func probeCall()
func probePreempt()

func probePoints() (registers, call, preempt, sum, stack, thread, loop uintptr)
func currentG() uintptr
func stackPointer() uintptr
func framePointer() uintptr
