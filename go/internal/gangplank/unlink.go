//go:build amd64 || arm64

package gangplank

import "runtime"

// unlinkNative ends the chain of frame pointers of this goroutine where native
// code called it last.
//
// The runtime links its first frame above native code to frames on the
// thread's stack. As long as it counts that native code it does not follow
// the chain. After an exit it does not count it any more, but the frames that
// a deferred function runs above are still there, and the thread's stack is
// used for other things: Go 1.24 to 1.26 followed the link for execution
// traces, block and mutex profiles, and died. The goroutine is exiting, so
// nothing ever returns through that frame, and the link has no other use.
func unlinkNative() {
	var pcs [64]uintptr
	for skip := 2; ; skip += len(pcs) {
		n := runtime.Callers(skip, pcs[:])
		for _, pc := range pcs[:n] {
			if f := runtime.FuncForPC(pc - 1); f != nil && f.Name() == "runtime.cgocallback" {
				unlinkAt(pc)
				return
			}
		}
		if n < len(pcs) {
			return
		}
	}
}

// unlinkAt follows frame pointers to the first frame that returns to pc, and
// makes it the last one.
func unlinkAt(pc uintptr)
