// Package cgohandle shows runtime/cgo.Handle as a [handle.Keeper], for comparison. It needs cgo.
//
// runtime/cgo.Handle is one sync.Map for the whole process, with an atomic counter for its keys. NewHandle allocates twice,
// and an invalid handle is a panic.
package cgohandle
