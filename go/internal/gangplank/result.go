package gangplank

import "unsafe"

// bytes is the memory of a span or message of size bytes: in the scratch
// memory, from its start, or in a block (clause 4.3).
func (r *Result) bytes(size uint64, scratch []byte) []byte {
	if r.C == 0 {
		return scratch[:size]
	}
	return nativeBytes(r.A, size)
}

// release gives the block back, if there is one.
func (r *Result) release() {
	if r.C != 0 {
		Release(r.A, r.C)
	}
}

// String is the result of a function that returns a string.
func (r *Result) String(scratch []byte) string {
	s := string(r.bytes(r.B, scratch))
	r.release()
	return s
}

// Slice is the result of a function that returns a slice of POD. It is never nil.
func Slice[T any](r *Result, scratch []byte) []T {
	var zero T
	v := make([]T, r.B)
	if size := uint64(unsafe.Sizeof(zero)) * r.B; size > 0 {
		copy(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), size), r.bytes(size, scratch))
	}
	r.release()
	return v
}

// Message is the result of a function that returns something compound.
// [Reader.Done] must be called after it is read.
func (r *Result) Message(scratch []byte) Reader {
	return Reader{buf: r.bytes(r.B, scratch), block: r.A, word3: r.C}
}

// Done gives the message's memory back and returns an error if the message was not of the expected type.
func (r *Reader) Done() error {
	if r.word3 != 0 {
		Release(r.block, r.word3)
		r.word3 = 0
	}
	if !r.End() {
		return ErrMalformed
	}
	return nil
}

// Must is Done where there is no error to return: it panics instead.
func (r *Reader) Must() {
	if err := r.Done(); err != nil {
		panic(err)
	}
}

// Err is the error of a call that did not succeed, unless it is the
// function's own error value, which only generated code can read.
func (r *Result) Err(scratch []byte) error {
	if r.Status < Failed || r.Status > Foreign {
		return &protocolError{r.Status}
	}
	m := r.Message(scratch)
	err := m.failure(r.Status)
	if fault := m.Done(); fault != nil {
		return fault
	}
	return err
}

// Throw panics with the error of a call, for functions that return none.
func (r *Result) Throw(scratch []byte) {
	panic(r.Err(scratch))
}

// failure reads what came with a status.
func (r *Reader) failure(status uint64) error {
	switch status {
	case Panicked:
		return &PanicError{Message: r.String(), Stack: r.String()}
	case Rejected:
		return &ArgumentError{Message: r.String()}
	case Exited:
		return &GoexitError{Message: r.String(), Stack: r.String()}
	case Unavailable:
		return &UnavailableError{Message: r.String()}
	default:
		return r.Chain()
	}
}
