//go:build cgo

package fastcall

import "gangplank.dev/go/fastcall/internal/cgolane"

// useCgo makes every call take the cgo lane.
func useCgo() bool {
	leaf0 = func(fn uintptr) uintptr { return cgolane.Leaf(fn, 0, 0, 0, 0, 0, 0) }
	leaf1 = func(fn, a1 uintptr) uintptr { return cgolane.Leaf(fn, a1, 0, 0, 0, 0, 0) }
	leaf2 = func(fn, a1, a2 uintptr) uintptr { return cgolane.Leaf(fn, a1, a2, 0, 0, 0, 0) }
	leaf3 = func(fn, a1, a2, a3 uintptr) uintptr { return cgolane.Leaf(fn, a1, a2, a3, 0, 0, 0) }
	leaf4 = func(fn, a1, a2, a3, a4 uintptr) uintptr { return cgolane.Leaf(fn, a1, a2, a3, a4, 0, 0) }
	leaf5 = func(fn, a1, a2, a3, a4, a5 uintptr) uintptr { return cgolane.Leaf(fn, a1, a2, a3, a4, a5, 0) }
	leaf6 = cgolane.Leaf
	leafWords = cgolane.LeafWords
	frames = cgoFrames
	enter = cgoEnter
	enterWords = cgoEnterWords
	resume = func(result uintptr) (r, word uintptr) { return outcome(cgolane.Resume(result)) }
	cgolane.Callback = guarded
	return true
}

// cgoEnter is Enter on the cgo lane.
func cgoEnter(fn, a, b uintptr) uintptr {
	result, word := outcome(cgolane.Enter(fn, a, b))
	if word != 0 {
		leave(word)
	}
	return result
}

// cgoEnterWords is EnterWords on the cgo lane.
func cgoEnterWords(fn, a, b, c, d, e uintptr) (r, second uintptr) {
	r, second, failed := cgolane.EnterWords(fn, a, b, c, d, e)
	if _, word := outcome(r, failed); word != 0 {
		leave(word)
	}
	return r, second
}

// cgoFrames is Call on the cgo lane.
//
//go:nosplit
//go:nocheckptr
func cgoFrames(fn, p, n uintptr) uintptr { return cgolane.Call(fn, pointer(p), n) }

// outcome packs the result of an entry as the fast lane does.
func outcome(result uintptr, failed uint32) (r, word uintptr) {
	return result, uintptr(uint64(failed) << 32)
}

// symbol is the name of a native function, if the dynamic linker knows it.
func symbol(fn uintptr) string { return cgolane.Symbol(fn) }

// nativeStack is the address of a C function's local variable.
func nativeStack() uintptr { return cgolane.Stack() }
