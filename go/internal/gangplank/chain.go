package gangplank

import (
	"fmt"
	"reflect"
	"strings"
)

// Limits and kinds of error chains (clause 5.8).
const (
	maxChainDepth  = 64
	maxChainCauses = 1024

	kindError       = 0
	kindPanic       = 1
	kindGoexit      = 2
	kindRejected    = 3
	kindUnavailable = 4
	// kindClosed is only of items of a batch, from Rust.
	kindClosed = 5
	// kindPair is added where the error itself follows, as a pair.
	kindPair = 128
)

// Chain reads an error chain.
func (r *Reader) Chain() error {
	left := maxChainCauses
	return r.chain(1, &left)
}

func (r *Reader) chain(depth int, left *int) error {
	if depth > maxChainDepth {
		r.fail()
		return nil
	}
	text, name, stack, kind := r.String(), r.String(), r.String(), r.Uint8()
	// The same error as the one that Go sent, if it was this package.
	var same error
	if kind&kindPair != 0 {
		same, _ = arrived(givenErrs, r.Uint64(), r.Uint64())
		kind &^= kindPair
	}
	n := int(r.Uint32())
	// A cause takes at least 29 bytes: three empty strings, a kind, a count.
	if *left -= n; *left < 0 || n > (len(r.Message)-r.off)/29 {
		r.fail()
		return nil
	}
	var causes []error
	for range n {
		causes = append(causes, r.chain(depth+1, left))
	}
	if same != nil {
		return same
	}
	switch kind {
	case kindError:
		return &ForeignError{Message: text, Type: name, Stack: stack, causes: causes}
	case kindPanic:
		return &PanicError{Message: text, Stack: stack}
	case kindGoexit:
		return &GoexitError{Message: text, Stack: stack}
	case kindRejected:
		return &ArgumentError{Message: text}
	case kindUnavailable:
		return &UnavailableError{Message: text}
	case kindClosed:
		return &ClosedError{Type: name, Argument: stack}
	}
	r.fail()
	return nil
}

// AppendChain appends err and what it wraps, as far as the limits go. Where an
// error of Go begins, it is given itself too: if Rust sends it back, it is the
// same error again.
func AppendChain(b []byte, err error) []byte {
	left := maxChainCauses
	return appendChain(b, err, 1, &left, givenErrs == nil)
}

func appendChain(b []byte, err error, depth int, left *int, given bool) []byte {
	if IsNil(err) {
		// Its methods may fail on nil; fmt copes with that.
		return appendLink(b, fmt.Sprint(err), fmt.Sprintf("%T", err), "", kindError, nil, 0)
	}
	switch e := err.(type) {
	case *PanicError:
		return appendLink(b, e.Message, "", e.Stack, kindPanic, nil, 0)
	case *GoexitError:
		return appendLink(b, e.Message, "", e.Stack, kindGoexit, nil, 0)
	case *ArgumentError:
		return appendLink(b, e.Message, "", "", kindRejected, nil, 0)
	case *UnavailableError:
		return appendLink(b, e.Message, "", "", kindUnavailable, nil, 0)
	}
	name, stack := "", ""
	var self error
	if e, ok := err.(*ForeignError); ok {
		name, stack = e.Type, e.Stack
	} else {
		name = fmt.Sprintf("%T", err)
		if !given {
			self, given = err, true
		}
	}
	causes := causesOf(err)
	if depth == maxChainDepth {
		causes = nil
	}
	causes = causes[:min(len(causes), *left)]
	*left -= len(causes)
	b = appendLink(b, err.Error(), name, stack, kindError, self, len(causes))
	for _, cause := range causes {
		b = appendChain(b, cause, depth+1, left, given)
	}
	return b
}

// appendLink appends one error of a chain, and self behind it if it is not nil.
func appendLink(b []byte, text, name, stack string, kind uint8, self error, causes int) []byte {
	b = AppendUTF8(b, text)
	b = AppendUTF8(b, name)
	b = AppendUTF8(b, stack)
	if self == nil {
		b = append(b, kind)
	} else {
		b = AppendPair(append(b, kind|kindPair), keepError(self))
	}
	return AppendUint32(b, uint32(causes))
}

// causesOf returns what err wraps.
func causesOf(err error) []error {
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if cause := e.Unwrap(); cause != nil {
			return []error{cause}
		}
	case interface{ Unwrap() []error }:
		var causes []error
		for _, cause := range e.Unwrap() {
			if cause != nil {
				causes = append(causes, cause)
			}
		}
		return causes
	}
	return nil
}

// IsNil says whether err is nil, or a nil pointer in an error that is not nil.
func IsNil(err error) bool {
	if err == nil {
		return true
	}
	v := reflect.ValueOf(err)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

// AppendUTF8 appends a string of whoever wrote the error, with U+FFFD for what is not UTF-8, so that Rust gets it at all.
func AppendUTF8(b []byte, s string) []byte { return AppendString(b, strings.ToValidUTF8(s, "\ufffd")) }
