package fastcall

// enter returns the result and a word: 0 if there was nothing but native code,
// else the state of the context, and what failed in the upper half.
var enter func(fn, a, b uintptr) (result, word uintptr)

// Enter calls the native function at fn, a gangplank_entry: it gets a, b and a
// call context, through which it may call registered functions on this
// goroutine. They may block, allocate, and enter native code again. From the
// first callback until Enter returns, the goroutine is locked to its thread.
//
// The goroutine keeps its P until fn returns, calls back or reaches a
// checkpoint.
//
// # Panics
//
// With a [*PanicError] if a callback panicked and was registered without a
// trap, and with a [*StackError] if the thread's stack is nearly used up.
func Enter(fn, a, b uintptr) uintptr {
	result, word := enter(fn, a, b)
	if word != 0 {
		leave(word)
	}
	return result
}

// leave undoes what callbacks did to the goroutine, and panics for them.
func leave(word uintptr) {
	if word&stateCount != 0 {
		unlockThread()
	}
	if failure := uint32(uint64(word) >> 32); failure != 0 {
		panic(carried.take(failure))
	}
}
