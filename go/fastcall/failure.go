package fastcall

import (
	"fmt"
	"sync"
)

// Failure says how a callback failed.
type Failure struct {
	// Value is the value of the panic; nil for [runtime.Goexit], unless a
	// deferred function panicked on the way.
	Value any
	// Goexit says that the goroutine is exiting.
	Goexit bool
	// Stack is where it happened.
	Stack []byte
}

// PanicError is what [Enter] panics with when a callback panicked.
type PanicError struct {
	// Value is the value of the first panic.
	Value any
	// Stack is where it happened.
	Stack []byte
}

// Error describes the panic, without its stack.
func (e *PanicError) Error() string {
	return fmt.Sprintf("gangplank: panic in a callback from native code: %v", e.Value)
}

// Unwrap returns the value of the panic if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// StackError is what calls panic with when too little is left of the thread's
// stack: native code and Go are nested too deeply.
type StackError struct {
	// Function is the address of the native function that was not called.
	Function uintptr
	// Left is the number of bytes that were left.
	Left int
}

// Error says what to do.
func (e *StackError) Error() string {
	return fmt.Sprintf("gangplank: %s was not called: %d bytes are left of the thread's stack, an entry needs %d. Nest calls less deeply, or raise the stack limit (ulimit -s)",
		functionName(e.Function), e.Left, stackBudget)
}

// exiting is the failure of a callback that called Goexit: nothing to carry.
const exiting = 1

// carry holds the panics that wait for native code to return.
type carry struct {
	mu   sync.Mutex
	last uint32
	held map[uint32]*PanicError
}

var carried = carry{last: exiting}

// put returns a number other than 0 and exiting.
func (c *carry) put(e *PanicError) uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		c.held = map[uint32]*PanicError{}
	}
	for {
		c.last++
		if c.last > exiting && c.held[c.last] == nil {
			c.held[c.last] = e
			return c.last
		}
	}
}

// take removes a panic.
func (c *carry) take(number uint32) *PanicError {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.held[number]
	delete(c.held, number)
	return e
}
