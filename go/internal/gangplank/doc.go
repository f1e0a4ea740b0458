// Package gangplank is the runtime of generated packages: everything of a
// crossing that does not depend on the user's types.
//
// It holds no cgo. What it needs of the native library (the head of the
// return list, memory, leaving a Go function that exits) the generated
// package hands over in [Start] and [StartValues], so that the same sources are tested alone
// here and are written into every generated package as an internal package.
//
// The layouts are those of abi/README.md, version 1; comments cite its
// clauses. The parts are
//
//   - frame.go, native.go: words, header, statuses, addresses,
//   - append.go, reader.go, depth.go: messages, written and read,
//   - scratch.go, result.go, block.go: what a Rust function returned,
//   - call.go, slot.go, trap.go: a Go method called by Rust,
//   - values.go: values of Go that Rust holds,
//   - object.go, keeper.go, nursery.go: values of Rust that Go holds,
//   - leak.go: which of both are left when a test ends,
//   - errors.go, chain.go: errors in both directions,
//   - tuple.go, borrowed.go: types that programs see,
//   - start.go: what happens before main.
package gangplank
