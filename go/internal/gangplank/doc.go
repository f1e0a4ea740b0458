// Package gangplank is the runtime of generated packages: everything of a
// crossing that does not depend on the user's types.
//
// It holds no cgo. What it needs of the native library (the head of the
// return list, memory, leaving a Go function that exits) the generated
// package hands over in [Start], so that the same sources are tested alone
// here and are written into every generated package as an internal package.
//
// The layouts are those of abi/README.md, version 1; comments cite its
// clauses. The parts are
//
//   - frame.go: words, header, statuses,
//   - append.go, reader.go: messages, written and read,
//   - scratch.go, result.go, block.go: what a Rust function returned,
//   - call.go, serve.go, trap.go: a Go function called by Rust,
//   - errors.go, chain.go: errors in both directions,
//   - start.go: what happens before main.
package gangplank
