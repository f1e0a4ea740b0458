//go:build linux && cgo && gc && go1.24 && !go1.28 && !msan && !asan

// What the self-test calls. See probes.go.

#include "go_asm.h"
#include "textflag.h"
#include "funcdata.h"
#include "tls_arm64.h"

TEXT ·probeRegisters(SB), NOSPLIT|NOFRAME, $0-0
	ADD  R1<<1, R0
	ADD  R2<<1, R2, R2
	ADD  R2, R0
	ADD  R3<<2, R0
	ADD  R4<<2, R4, R4
	ADD  R4, R0
	ADD  R5<<1, R5, R5
	ADD  R5<<1, R0
	MOVD $7, R9
	MUL  R9, R6
	ADD  R6, R0
	MOVD g, R1
	GET_TLS_G(R2, R9)
	MOVD ZR, R3
	RET

TEXT ·probeCall(SB), NOSPLIT, $40-0
	NO_LOCAL_POINTERS
	MOVD R0, R26
	MOVD $11, R0
	MOVD $22, R1
	MOVD $33, R2
	MOVD $44, R3
	MOVD (R26), R9
	CALL (R9)
	RET

TEXT ·probePreempt(SB), NOSPLIT, $40-0
	NO_LOCAL_POINTERS
	MOVD $-const_stackWant, R9
	MOVD R9, const_gGuard(g)
	MOVD R0, R26
	MOVD (R26), R9
	CALL (R9)
	MOVD const_gGuard(g), R0
	RET

// Native: R0 to R5.
TEXT ·probeSum(SB), NOSPLIT|NOFRAME, $0-0
	ADD  R1<<1, R0
	ADD  R2<<1, R2, R2
	ADD  R2, R0
	ADD  R3<<2, R0
	ADD  R4<<2, R4, R4
	ADD  R4, R0
	ADD  R5<<1, R5, R5
	ADD  R5<<1, R0
	RET

TEXT ·probeStack(SB), NOSPLIT|NOFRAME, $0-0
	MOVD RSP, R0
	RET

TEXT ·probeThread(SB), NOSPLIT|NOFRAME, $0-0
	GET_TLS_G(R0, R9)
	RET

// Native entry: R0 callback, R1 count, R2 ctx. Keeps its state in registers
// that C promises to keep, and answers 0 if one was lost.
TEXT ·probeLoop(SB), NOSPLIT|NOFRAME, $0-0
	SUB  $112, RSP
	STP  (R19, R20), 0(RSP)
	STP  (R21, R22), 16(RSP)
	STP  (R23, R24), 32(RSP)
	STP  (R25, R26), 48(RSP)
	STP  (R27, g), 64(RSP)
	STP  (R29, R30), 80(RSP)
	FMOVD F8, 96(RSP)
	FMOVD F15, 104(RSP)
	MOVD ZR, R19                     // sum
	MOVD ZR, R20                     // number of the call
	MOVD R0, R21
	MOVD R1, R22
	MOVD R2, R23
	MOVD RSP, R24
	MOVD R24, g                      // C may do this
	FMOVD R24, F8
	FMOVD R24, F15
next:
	CMP  R22, R20
	BEQ  done
	MOVD R23, R0
	MOVD R21, R1
	MOVD R20, R2
	MOVD ZR, R3
	MOVD const_ctxCall(R23), R9
	CALL (R9)
	ADD  R0, R19
	ADD  $1, R20
	MOVD RSP, R9
	CMP  R9, R24
	BNE  lost
	CMP  g, R24
	BNE  lost
	FMOVD F8, R9
	CMP  R9, R24
	BNE  lost
	FMOVD F15, R9
	CMP  R9, R24
	BEQ  next
lost:
	MOVD ZR, R19
done:
	MOVD R19, R0
	FMOVD 96(RSP), F8
	FMOVD 104(RSP), F15
	LDP  0(RSP), (R19, R20)
	LDP  16(RSP), (R21, R22)
	LDP  32(RSP), (R23, R24)
	LDP  48(RSP), (R25, R26)
	LDP  64(RSP), (R27, g)
	LDP  80(RSP), (R29, R30)
	ADD  $112, RSP
	RET

// func probePoints() (registers, call, preempt, sum, stack, thread, loop uintptr)
TEXT ·probePoints(SB), NOSPLIT, $0-56
	MOVD $·probeRegisters(SB), R0
	MOVD R0, registers+0(FP)
	MOVD $·probeCall(SB), R0
	MOVD R0, call+8(FP)
	MOVD $·probePreempt(SB), R0
	MOVD R0, preempt+16(FP)
	MOVD $·probeSum(SB), R0
	MOVD R0, sum+24(FP)
	MOVD $·probeStack(SB), R0
	MOVD R0, stack+32(FP)
	MOVD $·probeThread(SB), R0
	MOVD R0, thread+40(FP)
	MOVD $·probeLoop(SB), R0
	MOVD R0, loop+48(FP)
	RET

// func currentG() uintptr
TEXT ·currentG(SB), NOSPLIT, $0-8
	MOVD g, R0
	MOVD R0, ret+0(FP)
	RET

// func stackPointer() uintptr
TEXT ·stackPointer(SB), NOSPLIT, $0-8
	MOVD RSP, R0
	MOVD R0, ret+0(FP)
	RET

// func framePointer() uintptr: the caller's.
TEXT ·framePointer(SB), NOSPLIT, $0-8
	MOVD R29, ret+0(FP)
	RET
