//go:build asan

package fastcall

const sanitizer = "-asan"
