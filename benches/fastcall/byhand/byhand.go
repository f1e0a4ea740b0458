// Package byhand holds the native functions of the benchmark, and the ordinary
// cgo ways to call them.
package byhand

/*
#cgo CFLAGS: -O2 -I${SRCDIR}/../../../go/fastcall/include
#cgo noescape byhand_nothing
#cgo nocallback byhand_nothing
#cgo noescape byhand_add
#cgo nocallback byhand_add
#include "byhand.h"
*/
import "C"

// Addresses of native functions.
var (
	Nothing  = uintptr(C.byhand_address(C.BYHAND_NOTHING))
	Add      = uintptr(C.byhand_address(C.BYHAND_ADD))
	Weigh    = uintptr(C.byhand_address(C.BYHAND_WEIGH))
	Frame    = uintptr(C.byhand_address(C.BYHAND_FRAME))
	Entry    = uintptr(C.byhand_address(C.BYHAND_ENTRY))
	Each     = uintptr(C.byhand_address(C.BYHAND_EACH))
	Mix      = uintptr(C.byhand_address(C.BYHAND_MIX))
	MixPolls = uintptr(C.byhand_address(C.BYHAND_MIX_POLLS))
)

// CallNothing calls a C function that does nothing.
func CallNothing() { C.byhand_nothing() }

// CallAdd adds two numbers in C.
func CallAdd(a, b uintptr) uintptr { return uintptr(C.byhand_add(C.uintptr_t(a), C.uintptr_t(b))) }

// CallEach makes n callbacks through a cgo export, in one call.
func CallEach(n uintptr) uintptr { return uintptr(C.byhand_each_export(C.uintptr_t(n))) }

//export gangplank_byhand_exported
func gangplank_byhand_exported(a, b C.uintptr_t) C.uintptr_t { return a }
