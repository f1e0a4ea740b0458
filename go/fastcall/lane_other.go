//go:build !(linux && (amd64 || arm64) && cgo && gc && go1.24 && !go1.28 && !msan && !asan)

package fastcall

import (
	"fmt"
	"runtime"
	"time"
)

// haveFast says that the assembly is in this build.
const haveFast = false

// unsupported says which condition of the build tag above fails.
func unsupported() string {
	if sanitizer != "" {
		return "built with " + sanitizer + ", which does not see what the fast lane does"
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		return fmt.Sprintf("no fast lane for %s/%s", runtime.GOOS, runtime.GOARCH)
	}
	return fmt.Sprintf("%s (%s) is not among the versions that the fast lane was tested with: Go 1.24 to 1.27", runtime.Version(), runtime.Compiler)
}

func useFast()         { panic("gangplank: no fast lane in this build") }
func selfTest() string { return unsupported() }

// In the cgo lane every callback is guarded by a frame of its own, and the
// thread is cgo's to lock.

type callbackRecord struct{ callback, a, b uintptr }

func running() *callbackRecord { panic("gangplank: no fast lane in this build") }
func unlockThread()            {}

// Watch measures calls on the fast lane; there is none in this build.
func Watch(limit time.Duration, report func(Held)) {}
