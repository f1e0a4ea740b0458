package fastcall

import "runtime"

// Host runs f on a goroutine of its own that is locked to its thread: for
// native code that stays for long and calls back often. f makes an [Enter].
func Host(f func()) {
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		f()
	}()
}
