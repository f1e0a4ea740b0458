//go:build !cgo

package fastcall

// useCgo cannot: every call panics, and says why.
func useCgo() bool {
	refuse := func() uintptr {
		panic("gangplank: fastcall needs cgo: build with CGO_ENABLED=1 and a C compiler")
	}
	leaf0 = func(uintptr) uintptr { return refuse() }
	leaf1 = func(_, _ uintptr) uintptr { return refuse() }
	leaf2 = func(_, _, _ uintptr) uintptr { return refuse() }
	leaf3 = func(_, _, _, _ uintptr) uintptr { return refuse() }
	leaf4 = func(_, _, _, _, _ uintptr) uintptr { return refuse() }
	leaf5 = func(_, _, _, _, _, _ uintptr) uintptr { return refuse() }
	leaf6 = func(_, _, _, _, _, _, _ uintptr) uintptr { return refuse() }
	frames = func(_, _, _ uintptr) uintptr { return refuse() }
	enter = func(_, _, _ uintptr) uintptr { return refuse() }
	enterWords = func(_, _, _, _, _, _ uintptr) (r, second uintptr) { return refuse(), 0 }
	leafWords = func(_, _, _, _, _, _, _ uintptr) (r, second uintptr) { return refuse(), 0 }
	return false
}

func symbol(uintptr) string { return "" }
