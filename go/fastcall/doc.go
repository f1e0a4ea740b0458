// Package fastcall calls native code from Go, and Go from that native code,
// for a fraction of cgo's price.
//
// A goroutine that takes the fast lane does not tell the runtime that it
// leaves Go. That saves nine tenths of a cgo call, and it has a price: the
// goroutine keeps its P, and a collection waits for it. So the lane is for
// native functions that are short, or that call back, or that poll
// (gangplank_checkpoint in include/gangplank_fastcall.h). A function that
// waits or computes for long belongs on an ordinary cgo call.
//
//   - [Leaf0] to [Leaf6] and [LeafWords] call a native function that makes no callbacks.
//   - [Call] does so with the address of Go memory, which may be a local variable.
//   - [Enter] and [EnterWords] call a native function that may call registered Go functions
//     back through its call context, to any depth.
//   - [Register] makes a Go function callable.
//
// Where the fast lane is not known to be sound (other Go versions, other
// platforms, memory sanitizers) or its self-test refuses, every call takes the
// cgo lane: the same functions, the same results, cgo's price. [Lane] says
// which one runs and why. GANGPLANK_LANE=cgo forces the cgo lane.
//
// # Addresses
//
// Functions, arguments and results are words. Go memory whose address crosses
// as a word must be pinned ([runtime.Pinner]); [Call] is the exception.
//
// # Panics
//
// A panic in a callback, or [runtime.Goexit], never skips native frames. The
// callback returns 0, gangplank_failed becomes true, and when the native code
// has returned, [Enter] panics with a [*PanicError], or the goroutine goes on
// exiting.
//
// docs/fast-lane.md explains how the lane works, which facts of the runtime it
// leans on, how each is checked, and what it costs whom.
package fastcall
