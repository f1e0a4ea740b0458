package gangplank

import "unsafe"

// bytes is the memory of a span or message of size bytes: in the scratch
// memory, from its start, or in a block (clause 4.3).
func (r *Result) bytes(size uint64, scratch []uint64) []byte {
	if r[WordC] == 0 {
		return memory(scratch)[:size]
	}
	return nativeBytes(r[WordA], size)
}

// release gives the block back, if there is one.
func (r *Result) release() {
	if r[WordC] != 0 {
		Release(r[WordA], r[WordC])
	}
}

// String is the result of a function that returns a string.
func (r *Result) String(scratch []uint64) string {
	s := string(r.bytes(r[WordB], scratch))
	r.release()
	return s
}

// Slice is the result of a function that returns a slice of POD. It is never nil.
func Slice[T any](r *Result, scratch []uint64) []T {
	var zero T
	n := r[WordB]
	if n == 0 {
		r.release()
		return []T{}
	}
	b := r.bytes(uint64(unsafe.Sizeof(zero))*n, scratch)
	// Appending to nothing does not clear memory first that is all overwritten.
	v := append([]T(nil), unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), n)...)
	r.release()
	return v[:n:n]
}

// Message is the message that a function returned. When it is read, Close or
// MustClose must be called.
func (r *Result) Message(scratch []uint64) []byte { return r.bytes(r[WordB], scratch) }

// Close gives the message's memory back, and returns an error if the message
// was not of the expected type.
func (r *Result) Close(m *Reader) error {
	r.release()
	if !m.End() {
		return ErrMalformed
	}
	return nil
}

// MustClose is Close where there is no error to return: it panics instead.
func (r *Result) MustClose(m *Reader) {
	if err := r.Close(m); err != nil {
		panic(err)
	}
}

// Err is the error of a call that did not succeed. A function's own error
// value is read by generated code, if it is not a chain of errors.
func (r *Result) Err(scratch []uint64) error {
	status := r[WordStatus]
	if status < Failed || status > Foreign && status != Closed {
		return &protocolError{status}
	}
	m := Reader{Message: r.Message(scratch)}
	err := m.failure(status)
	if fault := r.Close(&m); fault != nil {
		return fault
	}
	return err
}

// Throw panics with the error of a call, for functions that return none.
func (r *Result) Throw(scratch []uint64) {
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
	case Closed:
		_ = r.String()
		return &ClosedError{Argument: r.String(), Type: r.String()}
	default:
		return r.Chain()
	}
}
