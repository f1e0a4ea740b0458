package fastcall

import (
	"fmt"
	"os"
	"sync"
	"time"
)

// WatchVariable is the environment variable that starts [Watch]: a duration
// such as 20us, or "on" for the default limit.
const WatchVariable = "GANGPLANK_WATCH"

// WatchLimit is how long a native function may keep its P by default.
const WatchLimit = 20 * time.Microsecond

// Held is a native function that kept its P for longer than the limit.
type Held struct {
	// Function is its name, see [Name].
	Function string
	// Caller is the Go function that called it, with file and line.
	Caller string
	// Times counts the calls in which it did.
	Times int
	// Longest is the longest time without a callback or checkpoint.
	Longest time.Duration
}

// String is what is printed without a report function.
func (h Held) String() string {
	return fmt.Sprintf("gangplank: watch: %s, called by %s, kept its P for %v; calls over the limit so far: %d. A collection waits that long. Let it poll (gangplank_checkpoint), or take it off the fast lane",
		h.Function, h.Caller, h.Longest, h.Times)
}

var names sync.Map // uintptr to string

// Name gives a native function a name, for messages. Without it they show what
// the dynamic linker knows, or the address.
func Name(fn uintptr, name string) { names.Store(fn, name) }

// functionName is the best name that is known.
func functionName(fn uintptr) string {
	if name, ok := names.Load(fn); ok {
		return name.(string)
	}
	if name := symbol(fn); name != "" {
		return name
	}
	return fmt.Sprintf("the native function at %#x", fn)
}

// startWatch is [Watch] as the environment asks.
func startWatch(value string) {
	if value == "" {
		return
	}
	limit, err := time.ParseDuration(value)
	if value == "on" || value == "1" {
		limit, err = WatchLimit, nil
	}
	if err != nil || limit <= 0 {
		fmt.Fprintf(os.Stderr, "gangplank: %s=%s is not a duration: use for instance %v\n", WatchVariable, value, WatchLimit)
		return
	}
	Watch(limit, nil)
}
