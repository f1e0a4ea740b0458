package fastcall

// enter makes the entry, and calls leave if there was more than native code.
// enterWords is the same with all arguments and results.
var (
	enter      func(fn, a, b uintptr) uintptr
	enterWords func(fn, a, b, c, d, e uintptr) (r, second uintptr)
)

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
func Enter(fn, a, b uintptr) uintptr { return enter(fn, a, b) }

// EnterWords is [Enter] for a gangplank_words_entry: the native function gets
// three more arguments behind its context, and has two results.
func EnterWords(fn, a, b, c, d, e uintptr) (r, second uintptr) {
	return enterWords(fn, a, b, c, d, e)
}

// leave undoes what callbacks did to the goroutine, and panics for them. The
// word is the state of the context, and in its upper half what failed.
func leave(word uintptr) {
	if word&stateCount != 0 {
		unlockThread()
	}
	if failure := uint32(uint64(word) >> 32); failure != 0 {
		panic(carried.take(failure))
	}
}
