#include "textflag.h"

// func unlinkAt(pc uintptr): BP points at the link to the older frame, which
// lies below the return address.
TEXT ·unlinkAt(SB), NOSPLIT|NOFRAME, $0-8
	MOVQ pc+0(FP), AX
	MOVQ BP, CX
next:
	TESTQ CX, CX
	JEQ  done
	CMPQ AX, 8(CX)
	JEQ  found
	MOVQ 0(CX), CX
	JMP  next
found:
	MOVQ $0, 0(CX)
done:
	RET
