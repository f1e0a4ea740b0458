//go:build linux && (amd64 || arm64) && cgo && gc && go1.24 && !go1.28 && !msan && !asan

package fastcall

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// facts are the offsets and values of facts.go, as variables, so that a test
// can corrupt each and see the self-test refuse.
type facts struct {
	stackLo, stackHi, guard, m, schedSP, schedPC, g0, want uintptr
}

var known = facts{gStackLo, gStackHi, gGuard, gM, gSchedSP, gSchedPC, mG0, stackWant}

// selfTest checks everything the lane leans on against what is known
// otherwise, before the first fast call. It returns what does not hold, or
// nothing. Each step relies only on the steps before it.
func selfTest() (fault string) {
	prepare()
	registerProbes()
	before := resume
	resume = function[func(result uintptr) (r, word uintptr)](&resumeCode)
	defer func() {
		if fault != "" {
			resume = before
		}
	}()
	steps := []func() string{
		checkConvention,
		known.check,
		checkPreemption,
		checkLeaf,
		checkEnter,
		checkFailures,
	}
	run := func() string {
		for _, step := range steps {
			if fault := step(); fault != "" {
				return fault
			}
		}
		return ""
	}
	// On this thread, which is usually the first one, and on another.
	if fault := run(); fault != "" {
		return fault
	}
	other := make(chan string)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		other <- run()
	}()
	return <-other
}

// checkConvention checks the registers in which Go passes arguments.
func checkConvention() string {
	registers := function[func(a, b, c, d, e, f, g uintptr) (sum, own, thread, zero uintptr)](&probe.registers)
	sum, own, thread, zero := registers(1, 20, 300, 4000, 50000, 600000, 7000000)
	switch {
	case sum != 1+2*20+3*300+4*4000+5*50000+6*600000+7*7000000:
		return "Go does not pass arguments in the registers that the lane expects"
	case own != thread:
		return "g is not in the register that the lane expects"
	case zero != 0:
		return "the zero register does not hold zero"
	}
	call := function[func(f func(a, b, c, d uintptr) (x, y, z uintptr)) (x, y, z uintptr)](&probe.call)
	if x, y, z := call(weigh); x != 11+2*22 || y != 3*33 || z != 4*44 {
		return "Go functions do not take arguments in the registers that the lane expects"
	}
	return ""
}

//go:noinline
func weigh(a, b, c, d uintptr) (x, y, z uintptr) { return a + 2*b, 3 * c, 4 * d }

// check compares the offsets with stack bounds, with each other, and with
// names of functions. Nothing is written and nothing switched. Wrong offsets
// lead to wrong addresses, so faults count as answers.
func (f *facts) check() (fault string) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if v := recover(); v != nil {
			fault = fmt.Sprint("an offset leads nowhere: ", v)
		}
	}()
	at := func(address, offset uintptr) uintptr { return *native[uintptr](address + offset) }

	g, here := currentG(), stackPointer()
	lo, hi, guard := at(g, f.stackLo), at(g, f.stackHi), at(g, f.guard)
	switch size := hi - lo; {
	case lo >= here || hi <= here:
		return "g.stack does not contain the stack pointer"
	case size&(size-1) != 0 || lo%size != 0 && size < 32<<10:
		return "g.stack is not a stack of a goroutine"
	case guard != -f.want && (guard <= lo+256 || guard >= lo+8<<10 || guard >= here):
		return "g.stackguard0 is not a little above g.stack.lo"
	}

	m := at(g, f.m)
	if m == 0 || m%8 != 0 || m == g || m >= lo && m < hi {
		return "g.m is not the address of a thread"
	}
	g0 := at(m, f.g0)
	switch {
	case g0 == 0 || g0 == g || g0%8 != 0:
		return "m.g0 is not the address of a goroutine"
	case at(g0, f.m) != m:
		return "m.g0.m is not m"
	}
	lo, hi, sp := at(g0, f.stackLo), at(g0, f.stackHi), at(g0, f.schedSP)
	switch {
	case lo >= hi || lo <= here && here < hi:
		return "m.g0.stack is not a stack of its own"
	case sp <= lo || sp >= hi:
		return "m.g0.sched.sp is not within the thread's stack"
	case at(g0, f.guard) <= lo || at(g0, f.guard) > lo+8<<10:
		return "m.g0.stackguard0 is not a little above m.g0.stack.lo"
	}
	// Where cgo starts a C function is known from that function.
	if cgo := nativeStack(); cgo >= sp || sp-cgo > 1<<10 {
		return "cgo does not start C functions at m.g0.sched.sp"
	}
	// A thread's g0 was set up by the runtime.
	if start := runtime.FuncForPC(at(g0, f.schedPC)); start == nil || len(start.Name()) < 8 || start.Name()[:8] != "runtime." {
		return "m.g0.sched.pc is not in the runtime"
	}
	return ""
}

// checkPreemption makes the preemption request that a native loop polls for.
// A Go function must answer it; LockOSThread must not, because the thread is
// not locked before it returns.
func checkPreemption() string {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	after := function[func(f func()) (guard uintptr)](&probe.preempt)
	lo := *native[uintptr](currentG() + gStackLo)
	if after(answer) == requested {
		return "a Go function does not answer a request in g.stackguard0"
	}
	if *native[uintptr](currentG() + gStackLo) != lo {
		return "the runtime takes a request in g.stackguard0 for a short stack"
	}
	locked := after(lockFunc)
	runtime.UnlockOSThread()
	if locked != requested {
		return "runtime.LockOSThread can be preempted"
	}
	return ""
}

// requested is a preemption request.
const requested = ^uintptr(stackWant) + 1

// answer has a prologue that compares SP with g.stackguard0.
//
//go:noinline
func answer() {
	var room [64]byte
	use(&room)
}

//go:noinline
func use(room *[64]byte) { room[0]++ }

// checkLeaf checks arguments, result, stack and g of a native function.
func checkLeaf() string {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	call := function[func(fn, a, b, c, d, e, f uintptr) uintptr](&leafCode)
	g0 := threadG0()
	free := *native[uintptr](g0 + gSchedSP)
	if call(probe.sum, 1, 20, 300, 4000, 50000, 600000) != 1+2*20+3*300+4*4000+5*50000+6*600000 {
		return "a native function did not get its arguments"
	}
	if sp := call(probe.stack, 0, 0, 0, 0, 0, 0); sp > free || free-sp > 64 {
		return "a native function did not run on the thread's stack"
	}
	if call(probe.thread, 0, 0, 0, 0, 0, 0) != g0 {
		return "the thread-local g of a native function is not g0"
	}
	return checkRestored(g0, free)
}

// checkRestored checks that a call left nothing behind.
func checkRestored(g0, free uintptr) string {
	registers := function[func(a, b, c, d, e, f, g uintptr) (sum, own, thread, zero uintptr)](&probe.registers)
	_, own, thread, zero := registers(0, 0, 0, 0, 0, 0, 0)
	if own != thread || own == g0 || zero != 0 || *native[uintptr](g0 + gSchedSP) != free {
		return "a call did not restore what it changed"
	}
	return ""
}

// Callbacks of the self-test get the number of the call.
var (
	probeGrow, probeNest, probeFrames, probePanic, probeExit uintptr

	errSelfTest = errors.New("self-test")
	failAt      uintptr
)

func registerProbes() {
	register := func(f func(i uintptr) uintptr) uintptr {
		return uintptr(Register(func(i, _ uintptr) uintptr { return f(i) }))
	}
	probeGrow = register(func(i uintptr) uintptr { return deepen(int(i%32)) + i })
	probeNest = register(func(i uintptr) uintptr { return testEnter(probe.loop, probeGrow, i) })
	probeFrames = register(func(uintptr) uintptr { return frameChain() })
	probePanic = register(func(i uintptr) uintptr {
		if i == failAt {
			panic(errSelfTest)
		}
		return 1
	})
	probeExit = register(func(i uintptr) uintptr {
		if i == failAt {
			runtime.Goexit()
		}
		return 1
	})
}

// testEnter is Enter on the fast lane, before it is chosen.
func testEnter(fn, a, b uintptr) uintptr { r, _ := enterMore(fn, a, b, 0, 0, 0); return r }

// deepen grows the stack by n times 1 KiB, and returns 0.
//
//go:noinline
func deepen(n int) uintptr {
	var room [1 << 10]byte
	room[n] = 1
	if n == 0 {
		return 0
	}
	return deepen(n-1) + uintptr(room[n]) - 1
}

// frameChain follows the frame pointers. It returns 1 if they end where the
// goroutine's stack does.
func frameChain() uintptr {
	g := currentG()
	lo, hi := *native[uintptr](g + gStackLo), *native[uintptr](g + gStackHi)
	for fp, last := framePointer(), lo; ; last, fp = fp, *native[uintptr](fp) {
		switch {
		case fp == 0 && last != lo:
			return 1
		case fp <= last || fp >= hi-8:
			return 0
		}
	}
}

// checkEnter checks callbacks: few and many, with stacks that grow, nested.
func checkEnter() string {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	g0 := threadG0()
	free := *native[uintptr](g0 + gSchedSP)
	if testEnter(probe.loop, probeGrow, 0) != 0 {
		return "an entry without callbacks returned a wrong result"
	}
	for _, n := range []uintptr{1, 3, stateSettled + 40} {
		if testEnter(probe.loop, probeGrow, n) != n*(n-1)/2 {
			return "callbacks that grow the stack returned a wrong result"
		}
		if testEnter(probe.loop, probeFrames, n) != n {
			return "the frame pointers of a callback do not lead to the end of the stack"
		}
	}
	// The sum of i*(i-1)/2 for i below n.
	if n := uintptr(stateSettled + 4); testEnter(probe.loop, probeNest, n) != n*(n-1)*(n-2)/6 {
		return "nested entries returned a wrong result"
	}
	return checkRestored(g0, free)
}

// checkFailures checks that panics and Goexit go on after native code.
func checkFailures() string {
	for _, failAt = range []uintptr{1, stateSettled + 3} {
		if !panics() {
			return "a panic in a callback did not arrive"
		}
		exited := make(chan bool, 1)
		go func() {
			left := false
			defer func() { exited <- !left }()
			testEnter(probe.loop, probeExit, failAt+2)
			left = true
		}()
		if !<-exited {
			return "runtime.Goexit in a callback did not end the goroutine"
		}
	}
	return ""
}

func panics() (arrived bool) {
	defer func() {
		failure, ok := recover().(*PanicError)
		arrived = ok && failure.Value == errSelfTest
	}()
	testEnter(probe.loop, probePanic, failAt+2)
	return false
}
