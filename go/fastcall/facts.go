package fastcall

// What the lane assumes of the Go runtime. The assembly gets these numbers
// through go_asm.h, so there is one copy of each; docs/fast-lane.md says how
// each is checked. They hold for Go 1.24 to 1.27 on amd64 and arm64.
const (
	gStackLo  = 0x00 // g.stack.lo: the lowest address of a stack
	gStackHi  = 0x08 // g.stack.hi: the self-test's only
	gGuard    = 0x10 // g.stackguard0: what function prologues compare SP with
	gM        = 0x30 // g.m: the thread that runs the goroutine
	gSchedSP  = 0x38 // g.sched.sp: of a thread's g0, where its stack is free
	gSchedPC  = 0x40 // g.sched.pc
	mG0       = 0x00 // m.g0: the goroutine that stands for the thread's own stack
	stackWant = 1314 // stackguard0 is -1314 while the runtime wants the thread
)

// The call context, as include/gangplank_fastcall.h declares it.
const (
	ctxCall    = 0
	ctxPreempt = 8
	ctxState   = 16
	ctxFailed  = 20
	ctxSP      = 24 // goroutine SP that a callback starts from
	ctxUser    = 32 // not ours
	ctxSize    = 48 // a multiple of 16
)

// States of a context. A count below settled is that of the callbacks so far.
const (
	stateEntered = 0       // no callback yet; the thread is not locked
	stateSettled = 8       // one frame guards all callbacks from here on
	stateInGo    = 1 << 30 // a callback is running: added to the others
	stateCount   = stateInGo - 1
)

// The record of a callback, on the thread's stack, at g0.sched.sp while the
// callback runs. The registers that C wants back follow.
const (
	recSchedSP  = 0 // g0.sched.sp of before
	recCtx      = 8
	recG0       = 16
	recCallback = 24
	recA        = 32
	recB        = 40
	recSaved    = 48
)

// stackBudget is how much of the thread's stack an entry must find. Native
// code is compiled without a check of its own.
const stackBudget = 64 << 10
