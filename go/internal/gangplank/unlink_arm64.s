#include "textflag.h"

// func unlinkAt(pc uintptr): R29 points at the link to the older frame, which
// lies below the return address.
TEXT ·unlinkAt(SB), NOSPLIT|NOFRAME, $0-8
	MOVD pc+0(FP), R0
	MOVD R29, R1
next:
	CBZ  R1, done
	MOVD 8(R1), R2
	CMP  R0, R2
	BEQ  found
	MOVD (R1), R1
	B    next
found:
	MOVD ZR, (R1)
done:
	RET
