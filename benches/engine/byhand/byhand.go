// Package byhand is what a careful programmer writes without a generator: calls of the Rust side, exports that it calls, batches of
// frames (clause 1.3) on the cgo lane and on the fast lane.
package byhand

/*
#cgo CFLAGS: -O2
#cgo noescape gangplank_engine_step
#cgo nocallback gangplank_engine_step
#cgo noescape engine_hand_step
#cgo nocallback engine_hand_step
#cgo noescape engine_hand_steps
#cgo nocallback engine_hand_steps
#cgo noescape engine_spin
#cgo nocallback engine_spin
#cgo noescape byhand_c_step
#cgo nocallback byhand_c_step
#include "byhand.h"
*/
import "C"

import (
	"runtime"
	"unsafe"

	"gangplank.dev/go/fastcall"

	// The Rust library is linked in by the generated package.
	_ "gangplank.example/engine/engine"
)

// Stride is how many words a frame with one argument has (clause 1.2).
const Stride = 5

var (
	addressOfStep      = uintptr(C.byhand_address(C.BYHAND_STEP))
	addressOfWalk      = uintptr(C.byhand_address(C.BYHAND_WALK))
	addressOfSpin      = uintptr(C.byhand_address(C.BYHAND_SPIN))
	addressOfSpinPolls = uintptr(C.byhand_address(C.BYHAND_SPIN_POLLS))
	addressOfVotes     = uintptr(C.byhand_address(C.BYHAND_VOTES))
)

// Step is the step that all ways take.
//
//go:noinline
func Step(x uint64) uint64 { return x*0x9e3779b97f4a7c15 ^ 1 }

// CStep takes it in C.
func CStep(x uint64) uint64 { return uint64(C.byhand_c_step(C.uint64_t(x))) }

// RustStep takes it in Rust, through an export written by hand.
func RustStep(x uint64) uint64 { return uint64(C.engine_hand_step(C.uint64_t(x))) }

// FrameStep takes it through the generated shim, on the cgo lane.
func FrameStep(x uint64) uint64 {
	frame := [Stride]uint64{4: x}
	C.gangplank_engine_step((*C.uint64_t)(&frame[0]), 1)
	return frame[1]
}

// FastStep takes it through the generated shim, on the fast lane.
func FastStep(x uint64) uint64 {
	frame := [Stride]uint64{4: x}
	fastcall.Call(addressOfStep, unsafe.Pointer(&frame), 1)
	return frame[1]
}

// Frames takes a step for each frame through the generated shim.
func Frames(frames [][Stride]uint64) {
	C.gangplank_engine_step((*C.uint64_t)(&frames[0][0]), C.size_t(len(frames)))
}

// FastFrames does it on the fast lane.
func FastFrames(frames [][Stride]uint64) {
	fastcall.Call(addressOfStep, unsafe.Pointer(&frames[0]), uintptr(len(frames)))
}

// Items takes a step for each item, by hand.
func Items(items, results []uint64) {
	C.engine_hand_steps((*C.uint64_t)(&items[0]), (*C.uint64_t)(&results[0]), C.size_t(len(items)))
}

// The walks ask Rust to send x through n steps, batch of them side by side, and return the sum of where they end.

// WalkStay takes the steps in Rust.
func WalkStay(n, batch int, x uint64) uint64 {
	return uint64(C.engine_walk_stay(C.size_t(n), C.size_t(batch), C.uint64_t(x)))
}

// WalkTrait takes them in Go, through the generated trait, on this goroutine's thread.
func WalkTrait(n, batch int, x uint64) uint64 {
	return uint64(C.engine_walk_trait(C.size_t(n), C.size_t(batch), C.uint64_t(x)))
}

// WalkShim takes them in Go, through a batch shim written by hand.
func WalkShim(n, batch int, x uint64) uint64 {
	return uint64(C.byhand_walk(false, C.size_t(n), C.size_t(batch), C.uint64_t(x)))
}

// WalkThread is WalkTrait on a thread that Go has not made.
func WalkThread(n, batch int, x uint64) uint64 {
	return uint64(C.engine_walk_thread(C.size_t(n), C.size_t(batch), C.uint64_t(x)))
}

// WalkThreadShim is WalkShim on a thread that Go has not made.
func WalkThreadShim(n, batch int, x uint64) uint64 {
	return uint64(C.byhand_walk(true, C.size_t(n), C.size_t(batch), C.uint64_t(x)))
}

// WalkHosted takes them in Go, through the generated trait of the fast lane, on a hosted thread.
func WalkHosted(n, batch int, x uint64) uint64 {
	return uint64(C.engine_walk_hosted(C.size_t(n), C.size_t(batch), C.uint64_t(x)))
}

var steps = uintptr(fastcall.Register(func(frames, n uintptr) uintptr {
	takeSteps(framesAt(frames, n))
	return 0
}))

// WalkFast takes them in Go, from an entry of the fast lane.
func WalkFast(n, batch int, x uint64) uint64 {
	asked := C.engine_asked{callback: C.uintptr_t(steps), n: C.size_t(n), batch: C.size_t(batch), x: C.uint64_t(x)}
	return uint64(enter(addressOfWalk, unsafe.Pointer(&asked)))
}

// enter passes the address of Go memory, which must not move meanwhile.
func enter(fn uintptr, asked unsafe.Pointer) uintptr {
	var pin runtime.Pinner
	defer pin.Unpin()
	pin.Pin(asked)
	return fastcall.Enter(fn, uintptr(asked), 0)
}

// NewThreads starts n threads, one after the other; each takes one step in Go, or none.
func NewThreads(n int, calls bool, x uint64) uint64 {
	return uint64(C.engine_new_threads(C.size_t(n), C.bool(calls), C.uint64_t(x)))
}

// Each is the sum of n steps from x on that Rust takes in Go, a bare cgo callback for each, on this goroutine's thread.
func Each(n int, x uint64) uint64 {
	return uint64(C.byhand_each(C.uint64_t(n), C.uint64_t(x)))
}

//export engine_go_step
func engine_go_step(x C.uint64_t) C.uint64_t { return C.uint64_t(Step(uint64(x))) }

//export engine_go_steps
func engine_go_steps(frames *C.uint64_t, n C.size_t) {
	takeSteps(framesAt(uintptr(unsafe.Pointer(frames)), uintptr(n)))
}

func takeSteps(frames [][Stride]uint64) {
	for i := range frames {
		frames[i][1] = Step(frames[i][4])
	}
}

// framesAt makes a slice of native memory.
func framesAt(address, n uintptr) [][Stride]uint64 {
	return unsafe.Slice(*(**[Stride]uint64)(unsafe.Pointer(&address)), n)
}

// Spin computes in Rust, n steps in one cgo call.
func Spin(n int, x uint64) uint64 { return uint64(C.engine_spin(C.size_t(n), C.uint64_t(x))) }

// SpinFast does it on the fast lane.
func SpinFast(n int, x uint64) uint64 {
	return uint64(fastcall.Enter(addressOfSpin, uintptr(n), uintptr(x)))
}

// SpinPolls does it on the fast lane, with checkpoints.
func SpinPolls(n int, x uint64) uint64 {
	return uint64(fastcall.Enter(addressOfSpinPolls, uintptr(n), uintptr(x)))
}

// Tails lets native threads call Go for some time, batch items a call, and writes what each call took into took: nanoseconds. Batches
// go through the shim written by hand, single calls through the generated trait. It returns how many calls there were.
func Tails(batched bool, threads, batch, milliseconds int, took []uint64) int {
	return int(C.byhand_tails(C.bool(batched), C.size_t(threads), C.size_t(batch), C.uint64_t(milliseconds), (*C.uint64_t)(&took[0]), C.size_t(len(took))))
}

// TailsHosted is Tails from hosted threads, through the generated trait of the fast lane.
func TailsHosted(threads, milliseconds int, took []uint64) int {
	return int(C.engine_tails_hosted(C.size_t(threads), C.uint64_t(milliseconds), (*C.uint64_t)(&took[0]), C.size_t(len(took))))
}
