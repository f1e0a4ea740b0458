//go:build linux && (amd64 || arm64) && cgo && gc && go1.24 && !go1.28 && !msan && !asan

package fastcall

import (
	"runtime"
	"unsafe"

	"gangplank.dev/go/fastcall/internal/cgolane"
)

// haveFast says that the assembly is in this build.
const haveFast = true

// A code is what a Go func value points at: the address of its instructions.
type code struct{ pc uintptr }

// The entry points of the assembly, callable through Go func values.
var (
	leafCode, leafWordsCode, enterCode, adoptCode, resumeCode code

	adopt func(number, a, b, ctx uintptr) (r, word, second uintptr)
)

// Go functions that the assembly calls, always with its arguments in registers.
var (
	guardedFunc   = guarded
	settleFunc    func(number, a, b, ctx uintptr) (r, word, again, second uintptr)
	enterMoreFunc func(fn, a, b, c, d, e uintptr) (r, second uintptr)
	leaveFunc     = leave
	stackLowFunc  = stackLow
	lockFunc      = runtime.LockOSThread
	// And dispatchFunc, in callback.go.
)

// Texts that the assembly dies with.
var (
	misuseText = "gangplank: fastcall: native code used a call context that it must not use: it belongs to another thread, or to an entry that is over, or an inner entry is running. A context is for the function that got it, on its thread, until it returns.\n"
	movedText  = "gangplank: fastcall: a callback from native code came back on another thread: it called runtime.UnlockOSThread more often than runtime.LockOSThread.\n"
)

// The functions of the assembly that have frames. They take their arguments in
// registers and must not be called by these names.
func enterFast()
func adoptFast()
func resumeFast()
func callbackFast()
func aCgoExportWasCalledOnTheFastLane()

func entryPoints() (leaf, leafWords, enter, adopt, resume uintptr)
func record() uintptr

// prepare fills in what the assembly and the self-test need.
func prepare() {
	leafCode.pc, leafWordsCode.pc, enterCode.pc, adoptCode.pc, resumeCode.pc = entryPoints()
	probe.registers.pc, probe.call.pc, probe.preempt.pc, probe.sum, probe.stack, probe.thread, probe.loop = probePoints()
	settleFunc, enterMoreFunc = settle, enterMore
	adopt = function[func(number, a, b, ctx uintptr) (r, word, second uintptr)](&adoptCode)
}

// function makes a func value of instructions that follow Go's register
// convention.
func function[F any](c *code) F { return *(*F)(unsafe.Pointer(&c)) }

// useFast makes every call take the fast lane.
func useFast() {
	leaf0 = function[func(fn uintptr) uintptr](&leafCode)
	leaf1 = function[func(fn, a1 uintptr) uintptr](&leafCode)
	leaf2 = function[func(fn, a1, a2 uintptr) uintptr](&leafCode)
	leaf3 = function[func(fn, a1, a2, a3 uintptr) uintptr](&leafCode)
	leaf4 = function[func(fn, a1, a2, a3, a4 uintptr) uintptr](&leafCode)
	leaf5 = function[func(fn, a1, a2, a3, a4, a5 uintptr) uintptr](&leafCode)
	leaf6 = function[func(fn, a1, a2, a3, a4, a5, a6 uintptr) uintptr](&leafCode)
	leafWords = function[func(fn, a1, a2, a3, a4, a5, a6 uintptr) (r, second uintptr)](&leafWordsCode)
	frames = function[func(fn, p, n uintptr) uintptr](&leafCode)
	enter = function[func(fn, a, b uintptr) uintptr](&enterCode)
	enterWords = function[func(fn, a, b, c, d, e uintptr) (r, second uintptr)](&enterCode)
	resume = function[func(result uintptr) (r, word uintptr)](&resumeCode)
	pause = cgolane.Pause
}

// enterMore is called by enter when the goroutine stack is short, or when the
// runtime wants the goroutine. Its prologue sees to either.
//
//go:noinline
func enterMore(fn, a, b, c, d, e uintptr) (r, second uintptr) {
	return function[func(fn, a, b, c, d, e uintptr) (r, second uintptr)](&enterCode)(fn, a, b, c, d, e)
}

// stackLow is called in place of a native function for which the thread's
// stack has no room.
func stackLow(fn uintptr) {
	g0 := threadG0()
	panic(&StackError{Function: fn, Left: int(*native[uintptr](g0 + gSchedSP) - *native[uintptr](g0 + gStackLo))})
}

// threadG0 is the goroutine that stands for the thread's own stack.
func threadG0() uintptr { return *native[uintptr](*native[uintptr](currentG() + gM) + mG0) }

// A callbackRecord is what fromNative keeps of a callback.
type callbackRecord struct {
	schedSP, ctx, g0, callback, a, b uintptr
}

// running is the innermost callback of this thread.
func running() *callbackRecord { return native[callbackRecord](record()) }

// settle runs a callback, and is the guard of all later ones of its entry. It
// returns when the entry is over, or when one of them panicked: then again is
// not 0, and r is the result of that callback.
func settle(number, a, b, ctx uintptr) (r, word, again, second uintptr) {
	done := false
	defer func() {
		if !done {
			value := recover()
			failing := running()
			setState(ctx, stateInGo|1) // there is no such guard any more
			r, word, again = caught(value, failing.callback, failing.a, failing.b, ctx), 0, 1
		}
	}()
	r, word, second = adopt(number, a, b, ctx)
	done = true
	return r, word, 0, second
}

// setState sets the state of a context.
func setState(ctx uintptr, state uint32) { *native[uint32](ctx + ctxState) = state }

func unlockThread() { runtime.UnlockOSThread() }

func unsupported() string { return "" }
