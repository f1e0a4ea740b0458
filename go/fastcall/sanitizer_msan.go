//go:build msan

package fastcall

const sanitizer = "-msan"
