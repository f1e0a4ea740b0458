//go:build !amd64 && !arm64

package gangplank

// unlinkNative is for where the runtime follows frame pointers.
func unlinkNative() {}
