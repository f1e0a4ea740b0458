package cgolane

/*
#include <stdlib.h>
#include "export.h"
*/
import "C"

import (
	"runtime"
	"sync"
	"unsafe"
)

// A Name is the name of a native function in native memory.
type Name C.char

var names sync.Map // uintptr to *Name

// NameOf returns the name of fn; it lives for ever.
func NameOf(fn uintptr, name func(uintptr) string) *Name {
	if known, ok := names.Load(fn); ok {
		return known.(*Name)
	}
	made := (*Name)(C.CString(name(fn)))
	if known, raced := names.LoadOrStore(fn, made); raced {
		C.free(unsafe.Pointer(made))
		return known.(*Name)
	}
	return made
}

// Inside says that this thread is about to run that function on the fast lane,
// or nothing.
func Inside(name *Name) { C.gangplank_cgolane_inside((*C.char)(name)) }

// CatchExports ends the process with a message if native code calls a cgo
// export while it is on the fast lane and [Inside] was called. It gives way to
// a program that uses [runtime.SetCgoTraceback] itself.
func CatchExports() {
	defer func() { _ = recover() }()
	runtime.SetCgoTraceback(0, nil, unsafe.Pointer(C.gangplank_cgolane_context_address()), nil)
}
