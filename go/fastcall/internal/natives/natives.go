// Package natives holds the native functions that the tests of package
// fastcall call, and the ordinary cgo ways to do the same.
package natives

/*
#cgo CFLAGS: -I${SRCDIR}/../../include
#include "natives.h"
*/
import "C"

import "unsafe"

// Addresses of native functions. See natives.h for what they do.
var (
	Weigh    = uintptr(C.natives_address(C.NATIVES_WEIGH))
	Add      = uintptr(C.natives_address(C.NATIVES_ADD))
	Spin     = uintptr(C.natives_address(C.NATIVES_SPIN))
	Crash    = uintptr(C.natives_address(C.NATIVES_CRASH))
	Export   = uintptr(C.natives_address(C.NATIVES_EXPORT))
	Plain    = uintptr(C.natives_address(C.NATIVES_PLAIN))
	Each     = uintptr(C.natives_address(C.NATIVES_EACH))
	EachSlow = uintptr(C.natives_address(C.NATIVES_EACH_SLOW))
	EachRec  = uintptr(C.natives_address(C.NATIVES_EACH_REC))
	Careful  = uintptr(C.natives_address(C.NATIVES_CAREFUL))
	Keep     = uintptr(C.natives_address(C.NATIVES_KEEP))
	Kept     = uintptr(C.natives_address(C.NATIVES_KEPT))
	Stale    = uintptr(C.natives_address(C.NATIVES_STALE))
	Thread   = uintptr(C.natives_address(C.NATIVES_THREAD))
	Poll     = uintptr(C.natives_address(C.NATIVES_POLL))
	Frames   = uintptr(C.natives_address(C.NATIVES_FRAMES))
	Left     = uintptr(C.natives_address(C.NATIVES_LEFT))

	Words     = uintptr(C.natives_address(C.NATIVES_WORDS))
	WordsLeaf = uintptr(C.natives_address(C.NATIVES_WORDS_LEAF))
)

// Exported is what the cgo export calls.
var Exported = func(x uintptr) uintptr { return x }

//export gangplank_natives_exported
func gangplank_natives_exported(x C.uintptr_t) C.uintptr_t { return C.uintptr_t(Exported(uintptr(x))) }

// ViaCgo goes Go -> C -> Go the ordinary way.
func ViaCgo(x uintptr) uintptr { return uintptr(C.natives_export(C.uintptr_t(x))) }

// AddCgo is an ordinary cgo call.
func AddCgo(a, b uintptr) uintptr { return uintptr(C.natives_add(C.uintptr_t(a), C.uintptr_t(b))) }

// Nap sleeps in C for some microseconds, in an ordinary cgo call.
func Nap(us int) { C.natives_nap(C.long(us)) }

// OnThread runs the exported function on a thread that C made.
func OnThread(x uintptr) uintptr { return uintptr(C.natives_on_thread(C.uintptr_t(x))) }

// Bytes allocates native memory, for a test that never frees it.
func Bytes(n int) []byte { return unsafe.Slice((*byte)(C.calloc(1, C.size_t(n))), n) }
