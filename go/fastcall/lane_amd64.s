//go:build linux && cgo && gc && go1.24 && !go1.28 && !msan && !asan

// The fast lane on amd64.
//
// The stacks during a callback (each grows downwards; "R" are return addresses):
//
//	goroutine stack                    thread stack (that of g0)
//	  Go caller of Enter                 runtime's frames of this thread
//	  enter          <- ctx.sp: R      g0.sched.sp of before
//	  callback       looks as if         gangplank_ctx
//	    enter had called it              native frames
//	  dispatch                           record of the callback
//	  user's Go function               g0.sched.sp from here on
//	                                     whatever the runtime runs on g0 meanwhile
//
// A function that writes SP cannot be unwound through, so enter, callback,
// adopt and resume never do: they have ordinary frames. Every switch is in a
// NOFRAME function that is never on a goroutine stack while Go code runs.
//
// Returns stay paired with calls on each path that is taken often: an unpaired
// one costs as much as the whole crossing.
//
// leaf, enter, adopt and resume are called through Go func values, so they
// follow Go's register convention: arguments in AX BX CX DI SI R8 R9, results
// in AX BX CX, g in R14, zero in X15, all other registers free. C keeps RBX
// RBP R12-R15, and takes arguments in DI SI DX CX R8 R9.

#include "go_asm.h"
#include "textflag.h"
#include "funcdata.h"

// The thread-local g. Two instructions, because PIE and shared code load its
// place first; the linker makes them one where it can.
#define SET_TLS_G(reg, tmp) \
	MOVQ TLS, tmp; \
	MOVQ reg, 0(tmp)(TLS*1)

// enter, adopt and resume have frames of 64 bytes: enterMore may put its six
// arguments there. Where BP points, seen from the slot of the return address
// that their CALL pushed:
#define BP_FROM_R(reg) 72(reg)

// callback has a frame of 64 bytes. Its return address, and the record:
#define CALLBACK_R(reg) 72(reg)
#define CALLBACK_RECORD(reg) 56(reg)

// The registers in the record of a callback.
#define REC_BP (const_recSaved+0)
#define REC_BX (const_recSaved+8)
#define REC_R12 (const_recSaved+16)
#define REC_R13 (const_recSaved+24)
#define REC_R14 (const_recSaved+32)
#define REC_R15 (const_recSaved+40)
#define REC_SIZE (const_recSaved+56) // SP was 8 off 16 at the call: aligned again

// Calls a leaf: arguments as of leaf, AX result, DX second result. Without
// room on the thread's stack it jumps to low.
#define CALL_LEAF \
	MOVQ const_gM(R14), R10; \
	MOVQ const_mG0(R10), R10;        /* R10 = g0 */ \
	MOVQ const_gSchedSP(R10), R11;   /* where the thread stack is free */ \
	MOVQ const_gStackLo(R10), R15; \
	MOVQ SP, R12;                    /* C keeps R12 */ \
	LEAQ ·aCgoExportWasCalledOnTheFastLane+1(SB), R13; \
	MOVQ R12, const_gSchedSP(R14);   /* for a forbidden cgo export: see below */ \
	MOVQ R13, const_gSchedPC(R14); \
	SET_TLS_G(R10, R13);             /* as asmcgocall does: a crash is reported as one of native code */ \
	ANDQ $~15, R11;                  /* C wants 16 */ \
	ADDQ $const_stackBudget, R15; \
	CMPQ R11, R15; \
	JLS  low; \
	MOVQ CX, R10;                    /* Go's order of registers to C's */ \
	MOVQ DI, DX; \
	MOVQ SI, CX; \
	MOVQ R10, SI; \
	MOVQ BX, DI; \
	MOVQ R11, SP; \
	CALL AX; \
	MOVQ R12, SP; \
	SET_TLS_G(R14, R13)              /* C kept R14 */

// leaf(fn, a1, ..., a6) result: fn must not call back.
TEXT ·leafFast(SB), NOSPLIT|NOFRAME, $0-0
	CALL_LEAF
	XORPS X15, X15                   // C did not keep X15
	RET
low:
	JMP ·leafLow(SB)

// leafWords(fn, a1, ..., a6) (result, second): the same. Another function,
// because that one instruction can be measured.
TEXT ·leafWordsFast(SB), NOSPLIT|NOFRAME, $0-0
	CALL_LEAF
	MOVQ DX, BX
	XORPS X15, X15
	RET
low:
	JMP ·leafLow(SB)

TEXT ·leafLow(SB), NOSPLIT|NOFRAME, $0-0
	SET_TLS_G(R14, R13)
	MOVQ ·stackLowFunc(SB), DX       // tail call: the caller's frame is on top
	MOVQ (DX), R10
	JMP  R10

// enter(fn, a, b, c, d, e) (result, second): fn may call back.
TEXT ·enterFast(SB), NOSPLIT, $64-0
	NO_LOCAL_POINTERS
	CMPQ SP, const_gGuard(R14)       // room for our frames, and a preemption point
	JLS  more
	MOVQ R8, R9                      // Go's order of registers to C's: a, b, ctx, c, d, e
	MOVQ SI, R8
	MOVQ CX, SI
	MOVQ DI, CX
	MOVQ BX, DI
	CALL ·toNative(SB)
	TESTQ BX, BX
	JNE  leave
	MOVQ CX, BX
	RET
leave:
	MOVQ AX, 48(SP)
	MOVQ CX, 56(SP)
	MOVQ BX, AX
	MOVQ ·leaveFunc(SB), DX          // unlocks the thread; panics if a callback did
	MOVQ (DX), R10
	CALL R10
	MOVQ 48(SP), AX
	MOVQ 56(SP), BX
	RET
more:
	MOVQ ·enterMoreFunc(SB), DX      // a Go function: grows the stack, or yields, and calls again
	MOVQ (DX), R10
	CALL R10
	RET

// toNative: AX function, DI SI CX R8 R9 its arguments. Returns AX result, BX
// word, CX the second result.
TEXT ·toNative(SB), NOSPLIT|NOFRAME, $0-0
	MOVQ const_gM(R14), R15
	MOVQ SP, R12                     // C keeps R12: the way back if the stack does not move
	MOVQ SP, const_gSchedSP(R14)     // for a forbidden cgo export
	MOVQ const_mG0(R15), R15         // R15 = g0
	LEAQ ·aCgoExportWasCalledOnTheFastLane+1(SB), R10
	MOVQ R10, const_gSchedPC(R14)
	MOVQ const_gSchedSP(R15), R11
	MOVQ const_gStackLo(R15), R10
	ANDQ $~15, R11
	SUBQ $const_ctxSize, R11
	ADDQ $const_stackBudget, R10
	CMPQ R11, R10
	JLS  low
	SET_TLS_G(R15, R13)
	MOVQ R11, SP
	LEAQ ·fromNative(SB), R10
	MOVQ R10, const_ctxCall(SP)
	LEAQ const_gGuard(R14), R10
	MOVQ R10, const_ctxPreempt(SP)
	MOVQ $const_stateEntered, const_ctxState(SP) // and failed = 0
	MOVQ R12, const_ctxSP(SP)
	MOVQ SP, DX
	CALL AX
	MOVL const_ctxState(SP), BX
	MOVL $const_stateInGo, const_ctxState(SP) // over: a kept context is refused while the memory lasts
	MOVQ DX, CX                      // C's second result
	XORPS X15, X15
	TESTL BX, BX
	JNE  moved
	MOVQ R12, SP                     // no callback: nothing ran on the goroutine stack, BP is right too
	SET_TLS_G(R14, R13)
	RET
moved:
	MOVL const_ctxFailed(SP), DX
	SHLQ $32, DX
	ORQ  DX, BX
	MOVQ const_ctxSP(SP), SP         // where enter, adopt or resume is now
	LEAQ BP_FROM_R(SP), BP
	SET_TLS_G(R14, R13)
	RET
low:
	MOVQ ·stackLowFunc(SB), DX
	MOVQ (DX), R10
	JMP  R10                         // panics, called by enter as far as the unwinder sees

// fromNative is ctx->call. C calls it: DI ctx, SI callback, DX a, CX b.
TEXT ·fromNative(SB), NOSPLIT|NOFRAME, $0-0
	LEAQ -REC_SIZE(SP), SP
	MOVQ R15, REC_R15(SP)            // Go keeps no register
	MOVQ R14, REC_R14(SP)
	MOVQ R13, REC_R13(SP)
	MOVQ R12, REC_R12(SP)
	MOVQ BX, REC_BX(SP)
	MOVQ BP, REC_BP(SP)
	MOVQ TLS, R13
	MOVQ 0(R13)(TLS*1), R9           // R9 = g0, if this is a thread on the fast lane
	TESTQ R9, R9
	JEQ  misused                     // a thread that Go does not know
	MOVQ const_gSchedSP(R9), R10
	MOVQ R10, R14
	ANDQ $~15, R14
	SUBQ $const_ctxSize, R14
	CMPQ R14, DI
	JNE  misused                     // not the context of this thread's innermost entry
	LEAQ ·fromNative(SB), R14
	CMPQ R14, const_ctxCall(DI)
	JNE  misused                     // that entry is over, and the memory used again
	MOVL const_ctxState(DI), R8
	TESTL $const_stateInGo, R8
	JNE  misused                     // that entry is over
	LEAL const_stateInGo(R8), R14
	MOVL R14, const_ctxState(DI)
	MOVQ const_ctxPreempt(DI), R14
	SUBQ $const_gGuard, R14          // R14 = g
	MOVQ SI, const_recCallback(SP)   // for whoever must say what failed
	MOVQ DX, const_recA(SP)
	MOVQ CX, const_recB(SP)
	MOVQ R9, const_recG0(SP)
	MOVQ DI, const_recCtx(SP)
	MOVQ R10, const_recSchedSP(SP)
	MOVQ SP, const_gSchedSP(R9)      // the runtime stays below the native frames
	MOVQ SP, R12
	MOVQ R14, 0(R13)(TLS*1)
	MOVQ const_ctxSP(DI), SP         // R is there: as if enter had called us
	LEAQ BP_FROM_R(SP), BP           // frame-pointer unwinding starts on the goroutine stack
	XORPS X15, X15
	JMP  ·callbackFast(SB)
misused:
	MOVQ ·misuseText+0(SB), SI
	MOVQ ·misuseText+8(SB), DX
	JMP  ·die(SB)

// callback: SI callback, DX a, CX b, DI ctx, R8 state before, R12 record.
TEXT ·callbackFast(SB), NOSPLIT, $64-0
	NO_LOCAL_POINTERS
	MOVQ R12, CALLBACK_RECORD(SP)
	CMPL R8, $const_stateSettled
	JLS  unsettled
	CMPQ SP, const_gGuard(R14)       // a small function has no prologue that would let the runtime in
	JLS  undirect
	MOVQ ·direct(SB), R8             // a slice of callbacks, of 16 bytes each
	CMPQ SI, 8(R8)
	JCC  undirect
	MOVQ 0(R8), R8
	SHLQ $4, SI
	MOVQ DX, AX
	MOVQ CX, BX
	MOVQ (R8)(SI*1), DX
	MOVQ (DX), R8
	CALL R8                          // the function, as dispatch calls it: run(a, b) result
back:
	MOVQ CALLBACK_RECORD(SP), R8
	LEAQ CALLBACK_R(SP), DX
	JMP  ·toNativeAgain(SB)
undirect:
	MOVQ SI, AX
	MOVQ DX, BX
	MOVQ ·dispatchFunc(SB), DX
	MOVQ (DX), R8
	CALL R8                          // dispatch(callback, a, b) result
	JMP  back
unsettled:
	JEQ  settle
	TESTL R8, R8
	JNE  guard
	MOVQ ·lockFunc(SB), DX           // runtime.LockOSThread: nosplit, so nothing can move us first
	MOVQ (DX), R8
	CALL R8
	MOVQ CALLBACK_RECORD(SP), R12
	MOVQ const_recCtx(R12), DI
	MOVQ const_recCallback(R12), SI
	MOVQ const_recA(R12), DX
	MOVQ const_recB(R12), CX
guard:
	INCL const_ctxState(DI)
	MOVQ SI, AX
	MOVQ DX, BX
	MOVQ ·guardedFunc(SB), DX
	MOVQ (DX), R8
	CALL R8                          // guarded(callback, a, b, ctx) result
	JMP  back
settle:
	MOVQ SI, AX
	MOVQ DX, BX
	MOVQ ·settleFunc(SB), DX
	MOVQ (DX), R8
	CALL R8                          // settle(callback, a, b, ctx) (result, word, again, second)
	TESTQ CX, CX
	JNE  again
	MOVQ DI, CX
	RET                              // native code has returned: to enter, with AX, BX and CX
again:
	MOVQ const_gM(R14), R9           // a later callback panicked and was recovered: its record is the last
	MOVQ const_mG0(R9), R9
	MOVQ const_gSchedSP(R9), R8
	LEAQ CALLBACK_R(SP), DX
	JMP  ·toNativeAgain(SB)

// toNativeAgain ends a callback: AX result, R8 record, DX where R is now.
TEXT ·toNativeAgain(SB), NOSPLIT|NOFRAME, $0-0
	MOVQ const_gM(R14), R9
	MOVQ const_mG0(R9), R9           // R9 = g0
	CMPQ R9, const_recG0(R8)
	JEQ  ours
	MOVQ ·movedText+0(SB), SI
	MOVQ ·movedText+8(SB), DX
	JMP  ·die(SB)
ours:
	MOVQ const_recSchedSP(R8), CX
	MOVQ const_recCtx(R8), DI
	MOVQ CX, const_gSchedSP(R9)
	MOVL const_ctxState(DI), CX
	ANDL $~const_stateInGo, CX
	MOVL CX, const_ctxState(DI)
	CMPQ DX, const_ctxSP(DI)         // a store only if it changed: no dependency from callback to callback
	JNE  stackMoved
same:
	MOVQ DX, const_gSchedSP(R14)     // for a forbidden cgo export
	LEAQ ·aCgoExportWasCalledOnTheFastLane+1(SB), R15
	MOVQ R15, const_gSchedPC(R14)
	SET_TLS_G(R9, R13)
	MOVQ R8, SP
	MOVQ REC_R15(SP), R15
	MOVQ REC_R14(SP), R14
	MOVQ REC_R13(SP), R13
	MOVQ REC_R12(SP), R12
	MOVQ REC_BX(SP), BX
	MOVQ REC_BP(SP), BP
	LEAQ REC_SIZE(SP), SP
	RET                              // pairs with native code's CALL of ctx->call
stackMoved:
	MOVQ DX, const_ctxSP(DI)
	JMP  same

// adopt(callback, a, b, ctx) (result, word, second): runs this callback, and
// all later ones, above its caller's frame. Returns when the entry is over.
TEXT ·adoptFast(SB), NOSPLIT, $64-0
	NO_LOCAL_POINTERS
	MOVQ AX, SI
	MOVQ BX, DX
	CALL ·adoptHere(SB)
	RET

TEXT ·adoptHere(SB), NOSPLIT|NOFRAME, $0-0
	MOVQ const_gM(R14), R9
	MOVQ const_mG0(R9), R9
	MOVQ const_gSchedSP(R9), R12     // the record
	MOVQ SP, const_ctxSP(DI)
	MOVL $(const_stateSettled+1), R8
	MOVL $(const_stateSettled+1+const_stateInGo), const_ctxState(DI)
	JMP  ·callbackFast(SB)               // as if adopt had called it

// resume(result) (result, word): ends the innermost callback with a result,
// from a deferred function. Later callbacks run above its caller's frame.
// Returns when the entry is over.
TEXT ·resumeFast(SB), NOSPLIT, $64-0
	NO_LOCAL_POINTERS
	CALL ·resumeHere(SB)
	RET

TEXT ·resumeHere(SB), NOSPLIT|NOFRAME, $0-0
	MOVQ const_gM(R14), R9
	MOVQ const_mG0(R9), R9
	MOVQ const_gSchedSP(R9), R8      // the record
	MOVQ const_recCtx(R8), DI
	MOVL $(const_stateSettled+1+const_stateInGo), const_ctxState(DI)
	MOVQ SP, DX
	JMP  ·toNativeAgain(SB)

// Never called. An ordinary cgo export takes g.sched for the place where the
// goroutine left Go, and puts its frames there: we set it, so that they go
// where the stack is free. The runtime then finds that the goroutine is not in
// a system call, and ends the process with a traceback that shows this name
// above the Go function that made the call.
TEXT ·aCgoExportWasCalledOnTheFastLane(SB), NOSPLIT|NOFRAME, $0-0
	BYTE $0x90                       // a return address must lie after the first byte of its function
	INT $3
	RET

// die(SI text, DX length): on any stack, any thread. SIGABRT prints the goroutines.
TEXT ·die(SB), NOSPLIT|NOFRAME, $0-0
	MOVQ $2, DI
	MOVQ $1, AX                      // write
	SYSCALL
	MOVQ $39, AX                     // getpid
	SYSCALL
	MOVQ AX, R12
	MOVQ $186, AX                    // gettid
	SYSCALL
	MOVQ R12, DI
	MOVQ AX, SI
	MOVQ $6, DX
	MOVQ $234, AX                    // tgkill
	SYSCALL
	INT $3

// func entryPoints() (leaf, leafWords, enter, adopt, resume uintptr)
TEXT ·entryPoints(SB), NOSPLIT, $0-40
	LEAQ ·leafFast(SB), AX
	MOVQ AX, leaf+0(FP)
	LEAQ ·leafWordsFast(SB), AX
	MOVQ AX, leafWords+8(FP)
	LEAQ ·enterFast(SB), AX
	MOVQ AX, enter+16(FP)
	LEAQ ·adoptFast(SB), AX
	MOVQ AX, adopt+24(FP)
	LEAQ ·resumeFast(SB), AX
	MOVQ AX, resume+32(FP)
	RET

// func record() uintptr: where the thread stack is free; the record of the
// innermost callback, if one is running.
TEXT ·record(SB), NOSPLIT, $0-8
	MOVQ TLS, CX
	MOVQ 0(CX)(TLS*1), AX
	MOVQ const_gM(AX), AX
	MOVQ const_mG0(AX), AX
	MOVQ const_gSchedSP(AX), AX
	MOVQ AX, ret+0(FP)
	RET
