package gangplank

import (
	"bytes"
	"strings"
)

// BorrowedString is a string in memory of Rust. It dies when the method that
// got it as an argument returns; using it later reads freed memory. Neither
// string(s) nor a substring of it is a copy: call [BorrowedString.Clone] to
// keep it.
type BorrowedString string

// Clone returns a copy that lives as long as it is used.
func (s BorrowedString) Clone() string { return strings.Clone(string(s)) }

// BorrowedBytes are bytes in memory of Rust. They die when the method that
// got them as an argument returns; using them later reads freed memory. They
// must not be written to. Call [BorrowedBytes.Clone] to keep them.
type BorrowedBytes []byte

// Clone returns a copy that lives as long as it is used.
func (b BorrowedBytes) Clone() []byte { return bytes.Clone(b) }
