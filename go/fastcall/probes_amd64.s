//go:build linux && cgo && gc && go1.24 && !go1.28 && !msan && !asan

// What the self-test calls. See probes.go.

#include "go_asm.h"
#include "textflag.h"
#include "funcdata.h"

TEXT ·probeRegisters(SB), NOSPLIT|NOFRAME, $0-0
	LEAQ (AX)(BX*2), AX
	LEAQ (CX)(CX*2), CX
	ADDQ CX, AX
	LEAQ (AX)(DI*4), AX
	LEAQ (SI)(SI*4), SI
	ADDQ SI, AX
	LEAQ (R8)(R8*2), R8
	LEAQ (AX)(R8*2), AX
	IMULQ $7, R9
	ADDQ R9, AX
	MOVQ R14, BX
	MOVQ TLS, CX
	MOVQ 0(CX)(TLS*1), CX
	MOVQ X15, DI
	RET

TEXT ·probeCall(SB), NOSPLIT, $40-0
	NO_LOCAL_POINTERS
	MOVQ AX, DX
	MOVQ $11, AX
	MOVQ $22, BX
	MOVQ $33, CX
	MOVQ $44, DI
	MOVQ (DX), R8
	CALL R8
	RET

TEXT ·probePreempt(SB), NOSPLIT, $40-0
	NO_LOCAL_POINTERS
	MOVQ $-const_stackWant, R8
	MOVQ R8, const_gGuard(R14)
	MOVQ AX, DX
	MOVQ (DX), R8
	CALL R8
	MOVQ const_gGuard(R14), AX
	RET

// Native: DI SI DX CX R8 R9.
TEXT ·probeSum(SB), NOSPLIT|NOFRAME, $0-0
	LEAQ (DI)(SI*2), AX
	LEAQ (DX)(DX*2), DX
	ADDQ DX, AX
	LEAQ (AX)(CX*4), AX
	LEAQ (R8)(R8*4), R8
	ADDQ R8, AX
	LEAQ (R9)(R9*2), R9
	LEAQ (AX)(R9*2), AX
	RET

TEXT ·probeStack(SB), NOSPLIT|NOFRAME, $0-0
	MOVQ SP, AX
	RET

TEXT ·probeThread(SB), NOSPLIT|NOFRAME, $0-0
	MOVQ TLS, CX
	MOVQ 0(CX)(TLS*1), AX
	RET

// Native entry: DI callback, SI count, DX ctx. Keeps its state in all the
// registers that C promises to keep, and answers 0 if one was lost.
TEXT ·probeLoop(SB), NOSPLIT|NOFRAME, $0-0
	LEAQ -56(SP), SP
	MOVQ BX, 0(SP)
	MOVQ BP, 8(SP)
	MOVQ R12, 16(SP)
	MOVQ R13, 24(SP)
	MOVQ R14, 32(SP)
	MOVQ R15, 40(SP)
	XORL BX, BX                      // sum
	XORL BP, BP                      // number of the call
	MOVQ DI, R12
	MOVQ SI, R13
	MOVQ DX, R14
	MOVQ SP, R15
next:
	CMPQ BP, R13
	JEQ  done
	MOVQ R14, DI
	MOVQ R12, SI
	MOVQ BP, DX
	XORL CX, CX
	MOVQ const_ctxCall(DI), AX
	CALL AX
	ADDQ AX, BX
	INCQ BP
	CMPQ SP, R15
	JEQ  next
	XORL BX, BX
done:
	MOVQ BX, AX
	MOVQ 0(SP), BX
	MOVQ 8(SP), BP
	MOVQ 16(SP), R12
	MOVQ 24(SP), R13
	MOVQ 32(SP), R14
	MOVQ 40(SP), R15
	LEAQ 56(SP), SP
	RET

// func probePoints() (registers, call, preempt, sum, stack, thread, loop uintptr)
TEXT ·probePoints(SB), NOSPLIT, $0-56
	LEAQ ·probeRegisters(SB), AX
	MOVQ AX, registers+0(FP)
	LEAQ ·probeCall(SB), AX
	MOVQ AX, call+8(FP)
	LEAQ ·probePreempt(SB), AX
	MOVQ AX, preempt+16(FP)
	LEAQ ·probeSum(SB), AX
	MOVQ AX, sum+24(FP)
	LEAQ ·probeStack(SB), AX
	MOVQ AX, stack+32(FP)
	LEAQ ·probeThread(SB), AX
	MOVQ AX, thread+40(FP)
	LEAQ ·probeLoop(SB), AX
	MOVQ AX, loop+48(FP)
	RET

// func currentG() uintptr
TEXT ·currentG(SB), NOSPLIT, $0-8
	MOVQ TLS, CX
	MOVQ 0(CX)(TLS*1), AX
	MOVQ AX, ret+0(FP)
	RET

// func stackPointer() uintptr
TEXT ·stackPointer(SB), NOSPLIT, $0-8
	MOVQ SP, AX
	MOVQ AX, ret+0(FP)
	RET

// func framePointer() uintptr: the caller's.
TEXT ·framePointer(SB), NOSPLIT, $0-8
	MOVQ BP, ret+0(FP)
	RET
