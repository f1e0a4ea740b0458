// Package plain holds the simple designs of handle tables, to compare and, where they are enough, to use.
//
// Sean T. Allen's talk on cgo (2018) tells their story. The first is the "big old map": one map, one lock ([BigMap]). It is
// fine until two goroutines want it at once. Then come N maps, and key % N chooses one ([Modulo]): fine until the keys have a
// common step. sync.Map ([SyncMap]) takes no lock to read, but hashes the key and follows pointers. Where the values have no
// key, [Numbered] joins any of these to a generator of package keys, and with that one meets the generator's lock.
//
// runtime/cgo.Handle, which is a sync.Map with an atomic counter, is in the package cgohandle below this one, because it
// needs cgo. [handle.Table] and [handle.Keyed] are what is meant to be used instead; docs/handles.md has the measurements.
package plain
