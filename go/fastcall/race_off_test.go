//go:build !race && cgo

package fastcall_test

const raceBuild = false
