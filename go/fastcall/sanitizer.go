//go:build !msan && !asan

package fastcall

const sanitizer = ""
