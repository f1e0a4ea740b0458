package timely

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// Failure is a message that a node could not handle: its function panicked, returned an error, or called [Out.Fail].
type Failure struct {
	// Operator is the node's name.
	Operator string
	// Worker is the worker's number, among those of all processes.
	Worker int
	// Key is the message's key as text, where the node has keys.
	Key string
	// Message is the message as text, cut if it is long; empty if the failure is not of one message.
	Message string
	// Cause is the error, or the value of the panic.
	Cause any
	// Stack is where it panicked; empty for errors.
	Stack string
}

// Error names operator, worker and, where there is one, the key.
func (f *Failure) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "operator `%s`, worker %d", f.Operator, f.Worker)
	if f.Key != "" {
		fmt.Fprintf(&text, ", key %s", f.Key)
	}
	if f.Message != "" {
		fmt.Fprintf(&text, ", message %s", f.Message)
	}
	if f.Stack != "" {
		fmt.Fprintf(&text, ": panic: %v\n%s", f.Cause, f.Stack)
	} else {
		fmt.Fprintf(&text, ": %v", f.Cause)
	}
	return text.String()
}

// Unwrap is the cause, if it is an error.
func (f *Failure) Unwrap() error {
	err, _ := f.Cause.(error)
	return err
}

// Option says something about a node.
type Option func(n *node)

type policy struct {
	skip bool
	dead func(*Failure)
}

// Stop ends the whole program, on all workers of all processes, at a message that fails. It is the default.
func Stop() Option { return func(n *node) { n.policy = policy{} } }

// Skip leaves out messages that fail, and counts them.
func Skip() Option { return func(n *node) { n.policy = policy{skip: true} } }

// DeadLetters gives messages that fail to a function, and counts them. All workers call it, at the same time.
func DeadLetters(f func(*Failure)) Option { return func(n *node) { n.policy = policy{dead: f} } }

// failed is the panic of Out.Fail.
type failed struct{ err error }

// base is what all instances have.
type base struct {
	node    *node
	worker  int
	skipped uint64
	dead    uint64
}

func (b *base) pull() (anyBatch, bool, error)        { panic("gangplank: not a source") }
func (b *base) run(anyBatch, bool) (anyBatch, error) { panic("gangplank: reads nothing") }
func (b *base) split(anyBatch, bool) ([]anyBatch, error) {
	panic("gangplank: not a partition function")
}
func (b *base) end() (anyBatch, error)         { return nil, nil }
func (b *base) close() error                   { return nil }
func (b *base) counts() (skipped, dead uint64) { return b.skipped, b.dead }
func (b *base) failure(cause any, panicked bool) *Failure {
	f := &Failure{Operator: b.node.name, Worker: b.worker, Cause: cause}
	if mine, ok := cause.(failed); ok {
		f.Cause = mine.err
	} else if panicked {
		f.Stack = userStack()
	}
	return f
}

// settle does with a failure what the policy says; an error stops the program. messages is how many it lost.
func (b *base) settle(f *Failure, messages int) error {
	switch p := b.node.policy; {
	case p.dead != nil:
		b.dead += uint64(messages)
		p.dead(f)
	case p.skip:
		b.skipped += uint64(messages)
	default:
		return f
	}
	return nil
}

// text is a value for a message, not too long.
func text(value any) string {
	const most = 200
	s := ""
	switch v := value.(type) {
	case string:
		s = fmt.Sprintf("%q", v)
	case []byte:
		s = fmt.Sprintf("%q", v)
	default:
		s = fmt.Sprintf("%+v", v)
	}
	if len(s) > most {
		s = s[:most] + ".."
	}
	return s
}

// userStack is the stack of a panic, from the function that panicked to the first frame of this package.
func userStack() string {
	lines := strings.Split(strings.TrimSpace(string(debug.Stack())), "\n")
	begin, end := 0, len(lines)
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") {
			begin = i + 2
		}
	}
	for i := begin + 1; i < len(lines); i++ {
		if strings.HasPrefix(lines[i], "gangplank.dev/go/timely.") {
			end = i
			break
		}
	}
	return strings.Join(lines[begin:end], "\n")
}
