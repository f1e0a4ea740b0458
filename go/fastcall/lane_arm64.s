//go:build linux && cgo && gc && go1.24 && !go1.28 && !msan && !asan

// The fast lane on arm64. The stacks are those of lane_amd64.s, with two
// differences. A call leaves its return address in R30, not on the stack: it
// is kept in the word at 8(RSP) of enter's, adopt's or resume's frame ("R").
// And a function's frame pointer is 8 below its stack pointer.
//
//	goroutine stack                    thread stack (that of g0)
//	  Go caller of Enter                 runtime's frames of this thread
//	  enter          <- ctx.sp; R      g0.sched.sp of before
//	  callback       looks as if         gangplank_ctx
//	    enter had called it              native frames
//	  dispatch                           record of the callback
//	  user's Go function               g0.sched.sp from here on
//	                                     whatever the runtime runs on g0 meanwhile
//
// Go's register convention: arguments and results in R0 R1 R2 ..., g in R28,
// the func value in R26, R27 is the assembler's, all others free. C keeps R19
// to R29 and F8 to F15, and takes arguments in R0 to R7.

#include "go_asm.h"
#include "textflag.h"
#include "funcdata.h"
#include "tls_arm64.h"

// enter, adopt and resume have frames of 64 bytes: enterMore may put its six
// arguments there. Where R is:
#define R_SLOT(reg) 8(reg)

// callback has a frame of 64 bytes, and the saved R30 and R29.
#define CALLBACK_SIZE $80
#define CALLBACK_RECORD(reg) 64(reg)

// The registers in the record of a callback.
#define REC_R19 (const_recSaved+0)
#define REC_F8 (const_recSaved+96)
#define REC_SIZE (const_recSaved+160)

// Tells the runtime where our goroutine left Go, in case native code calls a
// forbidden cgo export: in a frame of aCgoExportWasCalledOnTheFastLane, whose
// caller is at LR.
#define EXPORT_FRAME 32
#define NOTE_EXPORT(sp, lr, tmp) \
	MOVD lr, -EXPORT_FRAME(sp); \
	SUB $EXPORT_FRAME, sp, tmp; \
	MOVD tmp, const_gSchedSP(g); \
	MOVD $·aCgoExportWasCalledOnTheFastLane+16(SB), tmp; \
	MOVD tmp, const_gSchedPC(g)

// leaf(fn, a1, ..., a6) (result, second): fn must not call back.
TEXT ·leafFast(SB), NOSPLIT|NOFRAME, $0-0
	MOVD const_gM(g), R9
	MOVD const_mG0(R9), R9           // R9 = g0
	MOVD const_gSchedSP(R9), R11     // where the thread stack is free
	MOVD const_gStackLo(R9), R10
	AND  $~15, R11                   // C wants 16
	ADD  $const_stackBudget, R10
	CMP  R10, R11
	BLS  low
	MOVD RSP, R19                    // C keeps R19 and R20
	MOVD R30, R20
	NOTE_EXPORT(R19, R20, R10)
	SET_TLS_G(R9, R10)               // as asmcgocall does: a crash is reported as one of native code
	MOVD R11, RSP
	MOVD R0, R9                      // Go's order of registers to C's
	MOVD R1, R0
	MOVD R2, R1
	MOVD R3, R2
	MOVD R4, R3
	MOVD R5, R4
	MOVD R6, R5
	CALL (R9)
	MOVD R19, RSP
	MOVD R20, R30
	SET_TLS_G(g, R10)                // C kept R28
	RET
low:
	MOVD ·stackLowFunc(SB), R26      // tail call: the caller's frame is on top
	MOVD (R26), R10
	JMP  (R10)

// enter(fn, a, b, c, d, e) (result, second): fn may call back.
TEXT ·enterFast(SB), NOSPLIT, $64-0
	NO_LOCAL_POINTERS
	MOVD RSP, R9
	MOVD const_gGuard(g), R10        // room for our frames, and a preemption point
	CMP  R10, R9
	BLS  more
	MOVD R0, R9                      // Go's order of registers to C's: a, b, ctx, c, d, e
	MOVD R1, R0
	MOVD R2, R1
	CALL ·toNative(SB)
	CBNZ R1, leave
	MOVD R2, R1
	RET
leave:
	MOVD R0, 56(RSP)                 // above what leave and enterMore may put there
	MOVD R2, 64(RSP)
	MOVD R1, R0
	MOVD ·leaveFunc(SB), R26         // unlocks the thread; panics if a callback did
	MOVD (R26), R10
	CALL (R10)
	MOVD 56(RSP), R0
	MOVD 64(RSP), R1
	RET
more:
	MOVD ·enterMoreFunc(SB), R26     // a Go function: grows the stack, or yields, and calls again
	MOVD (R26), R10
	CALL (R10)
	RET

// toNative: R9 function, R0 R1 R3 R4 R5 its arguments. Returns R0 result, R1
// word, R2 the second result.
TEXT ·toNative(SB), NOSPLIT|NOFRAME, $0-0
	MOVD const_gM(g), R12
	MOVD const_mG0(R12), R12         // R12 = g0
	MOVD const_gSchedSP(R12), R11
	MOVD const_gStackLo(R12), R10
	AND  $~15, R11
	SUB  $const_ctxSize, R11
	ADD  $const_stackBudget, R10
	CMP  R10, R11
	BLS  low
	MOVD RSP, R19                    // C keeps R19 and R20: the way back if the stack does not move
	MOVD R30, R20
	MOVD R30, R_SLOT(RSP)
	NOTE_EXPORT(R19, R20, R10)
	SET_TLS_G(R12, R10)
	MOVD R11, RSP
	MOVD $·fromNative(SB), R10
	MOVD R10, const_ctxCall(RSP)
	ADD  $const_gGuard, g, R10
	MOVD R10, const_ctxPreempt(RSP)
	MOVD ZR, const_ctxState(RSP)     // stateEntered, and failed = 0
	MOVD R19, const_ctxSP(RSP)
	MOVD RSP, R2
	CALL (R9)
	MOVD R1, R2                      // C's second result
	MOVWU const_ctxState(RSP), R1
	MOVD $const_stateInGo, R10       // over: a kept context is refused while the memory lasts
	MOVW R10, const_ctxState(RSP)
	CBNZ R1, moved
	MOVD R19, RSP                    // no callback: nothing ran on the goroutine stack, R29 is right too
	MOVD R20, R30
	SET_TLS_G(g, R10)
	RET
moved:
	MOVWU const_ctxFailed(RSP), R10
	ORR  R10<<32, R1
	MOVD const_ctxSP(RSP), R10       // where enter, adopt or resume is now
	MOVD R10, RSP
	SUB  $8, R10, R29
	MOVD R_SLOT(R10), R30
	SET_TLS_G(g, R10)
	RET
low:
	MOVD R9, R0
	MOVD ·stackLowFunc(SB), R26
	MOVD (R26), R10
	JMP  (R10)                       // panics, called by enter as far as the unwinder sees

// fromNative is ctx->call. C calls it: R0 ctx, R1 callback, R2 a, R3 b.
TEXT ·fromNative(SB), NOSPLIT|NOFRAME, $0-0
	SUB  $REC_SIZE, RSP
	STP  (R19, R20), (REC_R19+0)(RSP) // Go keeps no register
	STP  (R21, R22), (REC_R19+16)(RSP)
	STP  (R23, R24), (REC_R19+32)(RSP)
	STP  (R25, R26), (REC_R19+48)(RSP)
	STP  (R27, g), (REC_R19+64)(RSP)
	STP  (R29, R30), (REC_R19+80)(RSP)
	FSTPD (F8, F9), (REC_F8+0)(RSP)
	FSTPD (F10, F11), (REC_F8+16)(RSP)
	FSTPD (F12, F13), (REC_F8+32)(RSP)
	FSTPD (F14, F15), (REC_F8+48)(RSP)
	GET_TLS_G(R9, R10)               // R9 = g0, if this is a thread on the fast lane
	CBZ  R9, misused                 // a thread that Go does not know
	MOVD const_gSchedSP(R9), R11
	AND  $~15, R11, R10
	SUB  $const_ctxSize, R10
	CMP  R10, R0
	BNE  misused                     // not the context of this thread's innermost entry
	MOVD $·fromNative(SB), R10
	MOVD const_ctxCall(R0), R12
	CMP  R10, R12
	BNE  misused                     // that entry is over, and the memory used again
	MOVWU const_ctxState(R0), R8
	TBNZ $30, R8, misused            // stateInGo: that entry is over
	ORR  $const_stateInGo, R8, R10
	MOVW R10, const_ctxState(R0)
	MOVD const_ctxPreempt(R0), R10
	SUB  $const_gGuard, R10, g
	MOVD R1, const_recCallback(RSP)  // for whoever must say what failed
	MOVD R2, const_recA(RSP)
	MOVD R3, const_recB(RSP)
	MOVD R9, const_recG0(RSP)
	MOVD R0, const_recCtx(RSP)
	MOVD R11, const_recSchedSP(RSP)
	MOVD RSP, R12
	MOVD R12, const_gSchedSP(R9)     // the runtime stays below the native frames
	SET_TLS_G(g, R10)
	MOVD const_ctxSP(R0), R10
	MOVD R10, RSP
	MOVD R_SLOT(R10), R30            // as if enter had called us
	SUB  $8, R10, R29                // frame-pointer unwinding starts on the goroutine stack
	JMP  ·callbackFast(SB)
misused:
	MOVD ·misuseText+0(SB), R1
	MOVD ·misuseText+8(SB), R2
	JMP  ·die(SB)

// callback: R1 callback, R2 a, R3 b, R0 ctx, R8 state before, R12 record.
TEXT ·callbackFast(SB), NOSPLIT, $64-0
	NO_LOCAL_POINTERS
	MOVD R12, CALLBACK_RECORD(RSP)
	CMPW $const_stateSettled, R8
	BLS  unsettled
	MOVD RSP, R9
	MOVD const_gGuard(g), R10        // a small function has no prologue that would let the runtime in
	CMP  R10, R9
	BLS  undirect
	MOVD ·direct(SB), R9             // a slice of callbacks, of 16 bytes each
	MOVD 8(R9), R10
	CMP  R10, R1
	BHS  undirect
	MOVD 0(R9), R9
	ADD  R1<<4, R9
	MOVD 0(R9), R26
	MOVD R2, R0
	MOVD R3, R1
	MOVD (R26), R9
	CALL (R9)                        // the function, as dispatch calls it: run(a, b) result
back:
	MOVD CALLBACK_RECORD(RSP), R8
	ADD  CALLBACK_SIZE, RSP, R2
	JMP  ·toNativeAgain(SB)
undirect:
	MOVD R1, R0
	MOVD R2, R1
	MOVD R3, R2
	MOVD ·dispatchFunc(SB), R26
	MOVD (R26), R9
	CALL (R9)                        // dispatch(callback, a, b) result
	JMP  back
unsettled:
	BEQ  settle
	CBNZW R8, guard
	MOVD ·lockFunc(SB), R26          // runtime.LockOSThread: nosplit, so nothing can move us first
	MOVD (R26), R9
	CALL (R9)
	MOVD CALLBACK_RECORD(RSP), R12
	MOVD const_recCtx(R12), R0
	MOVD const_recCallback(R12), R1
	MOVD const_recA(R12), R2
	MOVD const_recB(R12), R3
guard:
	MOVWU const_ctxState(R0), R9
	ADDW $1, R9
	MOVW R9, const_ctxState(R0)
	MOVD R0, R9
	MOVD R1, R0
	MOVD R2, R1
	MOVD R3, R2
	MOVD R9, R3
	MOVD ·guardedFunc(SB), R26
	MOVD (R26), R9
	CALL (R9)                        // guarded(callback, a, b, ctx) result
	JMP  back
settle:
	MOVD R0, R9
	MOVD R1, R0
	MOVD R2, R1
	MOVD R3, R2
	MOVD R9, R3
	MOVD ·settleFunc(SB), R26
	MOVD (R26), R9
	CALL (R9)                        // settle(callback, a, b, ctx) (result, word, again, second)
	CBNZ R2, again
	MOVD R3, R2
	RET                              // native code has returned: to enter, with R0, R1 and R2
again:
	MOVD const_gM(g), R9             // a later callback panicked and was recovered: its record is the last
	MOVD const_mG0(R9), R9
	MOVD const_gSchedSP(R9), R8
	ADD  CALLBACK_SIZE, RSP, R2
	JMP  ·toNativeAgain(SB)

// toNativeAgain ends a callback: R0 result, R8 record, R2 where its caller's
// frame is now.
TEXT ·toNativeAgain(SB), NOSPLIT|NOFRAME, $0-0
	MOVD const_gM(g), R9
	MOVD const_mG0(R9), R9           // R9 = g0
	MOVD const_recG0(R8), R10
	CMP  R9, R10
	BEQ  ours
	MOVD ·movedText+0(SB), R1
	MOVD ·movedText+8(SB), R2
	JMP  ·die(SB)
ours:
	MOVD const_recSchedSP(R8), R10
	MOVD const_recCtx(R8), R3
	MOVD R10, const_gSchedSP(R9)
	MOVWU const_ctxState(R3), R10
	AND  $~const_stateInGo, R10
	MOVW R10, const_ctxState(R3)
	MOVD R2, const_ctxSP(R3)         // the stack may have moved
	MOVD R_SLOT(R2), R4
	NOTE_EXPORT(R2, R4, R10)
	SET_TLS_G(R9, R10)
	MOVD R8, RSP
	FLDPD (REC_F8+0)(RSP), (F8, F9)
	FLDPD (REC_F8+16)(RSP), (F10, F11)
	FLDPD (REC_F8+32)(RSP), (F12, F13)
	FLDPD (REC_F8+48)(RSP), (F14, F15)
	LDP  (REC_R19+0)(RSP), (R19, R20)
	LDP  (REC_R19+16)(RSP), (R21, R22)
	LDP  (REC_R19+32)(RSP), (R23, R24)
	LDP  (REC_R19+48)(RSP), (R25, R26)
	LDP  (REC_R19+64)(RSP), (R27, g)
	LDP  (REC_R19+80)(RSP), (R29, R30)
	ADD  $REC_SIZE, RSP
	RET                              // pairs with native code's call of ctx->call

// adopt(callback, a, b, ctx) (result, word, second): runs this callback, and
// all later ones, above its caller's frame. Returns when the entry is over.
TEXT ·adoptFast(SB), NOSPLIT, $64-0
	NO_LOCAL_POINTERS
	MOVD R3, R9
	MOVD R2, R3
	MOVD R1, R2
	MOVD R0, R1
	MOVD R9, R0
	CALL ·adoptHere(SB)
	RET

TEXT ·adoptHere(SB), NOSPLIT|NOFRAME, $0-0
	MOVD const_gM(g), R9
	MOVD const_mG0(R9), R9
	MOVD const_gSchedSP(R9), R12     // the record
	MOVD R30, R_SLOT(RSP)
	MOVD RSP, R9
	MOVD R9, const_ctxSP(R0)
	MOVD $(const_stateSettled+1+const_stateInGo), R9
	MOVW R9, const_ctxState(R0)
	MOVD $(const_stateSettled+1), R8
	JMP  ·callbackFast(SB)           // as if adopt had called it

// resume(result) (result, word): ends the innermost callback with a result,
// from a deferred function. Later callbacks run above its caller's frame.
// Returns when the entry is over.
TEXT ·resumeFast(SB), NOSPLIT, $64-0
	NO_LOCAL_POINTERS
	CALL ·resumeHere(SB)
	RET

TEXT ·resumeHere(SB), NOSPLIT|NOFRAME, $0-0
	MOVD const_gM(g), R9
	MOVD const_mG0(R9), R9
	MOVD const_gSchedSP(R9), R8      // the record
	MOVD const_recCtx(R8), R3
	MOVD $(const_stateSettled+1+const_stateInGo), R9
	MOVW R9, const_ctxState(R3)
	MOVD R30, R_SLOT(RSP)
	MOVD RSP, R2
	JMP  ·toNativeAgain(SB)

// Never called: see lane_amd64.s. Its frame is what NOTE_EXPORT pretends.
TEXT ·aCgoExportWasCalledOnTheFastLane(SB), NOSPLIT, $8-0
	NO_LOCAL_POINTERS
	NOOP
	NOOP
	NOOP
	NOOP
	BRK
	CALL ·die(SB)
	RET

// die(R1 text, R2 length): on any stack, any thread. SIGABRT prints the goroutines.
TEXT ·die(SB), NOSPLIT|NOFRAME, $0-0
	MOVD $2, R0
	MOVD $64, R8                     // write
	SVC
	MOVD $172, R8                    // getpid
	SVC
	MOVD R0, R19
	MOVD $178, R8                    // gettid
	SVC
	MOVD R0, R1
	MOVD R19, R0
	MOVD $6, R2
	MOVD $131, R8                    // tgkill
	SVC
	BRK

// func entryPoints() (leaf, leafWords, enter, adopt, resume uintptr)
TEXT ·entryPoints(SB), NOSPLIT, $0-40
	MOVD $·leafFast(SB), R0
	MOVD R0, leaf+0(FP)
	MOVD R0, leafWords+8(FP)         // C and Go have the second result in the same register
	MOVD $·enterFast(SB), R0
	MOVD R0, enter+16(FP)
	MOVD $·adoptFast(SB), R0
	MOVD R0, adopt+24(FP)
	MOVD $·resumeFast(SB), R0
	MOVD R0, resume+32(FP)
	RET

// func record() uintptr: where the thread stack is free; the record of the
// innermost callback, if one is running.
TEXT ·record(SB), NOSPLIT, $0-8
	MOVD const_gM(g), R0
	MOVD const_mG0(R0), R0
	MOVD const_gSchedSP(R0), R0
	MOVD R0, ret+0(FP)
	RET
