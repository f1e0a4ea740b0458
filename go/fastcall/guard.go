package fastcall

import (
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
)

// Three functions keep panics and Goexit from skipping native frames. Each
// runs callbacks above itself, and its deferred function ends a callback that
// does not end by itself:
//
//   - guarded runs one callback. Its deferred function costs more than the
//     callback, so it is for the first few of an entry.
//   - settle runs one callback and stays: adopt lets native code go on, and
//     later callbacks start above settle's frame. From then on a callback has
//     no deferred function of its own.
//   - proceed is the same for a goroutine that is exiting. runtime.Goexit
//     cannot be stopped, but it runs deferred functions, and from one of them
//     native code is resumed until it has returned.
//
// A record is what the assembly knows of a callback that is running.

// resume ends the innermost callback of this thread with a result, and returns
// when the entry is over. Each lane has its own.
var resume func(result uintptr) (r, word uintptr)

// guarded runs one callback.
func guarded(number, a, b, ctx uintptr) (r uintptr) {
	done := false
	defer func() {
		if !done {
			r = caught(recover(), number, a, b, ctx)
		}
	}()
	r = dispatchFunc(number, a, b)
	done = true
	return r
}

// caught ends a callback that did not return. The value is what its deferred
// function recovered: nil means Goexit, and caught does not return.
func caught(value any, number, a, b, ctx uintptr) uintptr {
	failure := describe(value)
	failure.Goexit = failure.Goexit || exitsAnyway()
	r := trapped(failure, number, a, b, ctx)
	if failure.Goexit {
		finish(ctx, r)
	}
	return r
}

// exitsAnyway says whether [runtime.Goexit] is on the stack of the callback
// that ended: a deferred function panicked while it ran, and the goroutine goes
// on exiting though that was recovered. What is below the callback is another's.
func exitsAnyway() bool {
	var pcs [64]uintptr
	for skip := 3; ; skip += len(pcs) {
		n := runtime.Callers(skip, pcs[:])
		frames := runtime.CallersFrames(pcs[:n])
		for more := n > 0; more; {
			var frame runtime.Frame
			frame, more = frames.Next()
			if frame.Function == "runtime.Goexit" {
				return true
			}
			if strings.HasSuffix(frame.Function, "/fastcall.dispatch") || strings.HasSuffix(frame.Function, "/fastcall.callbackFast") {
				return false
			}
		}
		if n < len(pcs) {
			return false
		}
	}
}

// describe says what a deferred function recovered. A panic that came through
// an inner entry is still the panic it was.
func describe(value any) Failure {
	if inner, ok := value.(*PanicError); ok && inner != nil {
		return Failure{Value: inner.Value, Stack: inner.Stack}
	}
	return Failure{Value: value, Goexit: value == nil, Stack: debug.Stack()}
}

// trapped is the result of a failed callback.
func trapped(failure Failure, number, a, b, ctx uintptr) (r uintptr) {
	known := *callbacks.Load()
	if number >= uintptr(len(known)) || known[number].trap == nil {
		setFailed(ctx, failure)
		return 0
	}
	if failure.Goexit {
		setFailed(ctx, failure) // nothing can answer for that: native code must end
	}
	done := false
	defer func() {
		if done {
			return
		}
		// The trap failed, too.
		r = 0
		if value := recover(); value != nil {
			setFailed(ctx, describe(value))
			return
		}
		setFailed(ctx, Failure{Goexit: true})
		finish(ctx, 0)
	}()
	r = known[number].trap(a, b, failure)
	done = true
	return r
}

// setFailed tells native code, and carries the value to [Enter]. The first
// failure counts.
func setFailed(ctx uintptr, failure Failure) {
	failed := native[uint32](ctx + ctxFailed)
	if *failed != 0 {
		return
	}
	if failure.Goexit {
		*failed = exiting
		return
	}
	*failed = carried.put(&PanicError{failure.Value, failure.Stack})
}

// departure is an entry whose goroutine is exiting. All proceeds of the entry
// share it.
type departure struct{ over bool }

var (
	departing  sync.Mutex
	departures = map[uintptr]*departure{} // by context
)

// finish runs native code to the end of its entry, on behalf of a goroutine
// that is exiting, and lets it exit.
func finish(ctx, r uintptr) {
	departing.Lock()
	d := departures[ctx]
	if d == nil {
		d = new(departure)
		departures[ctx] = d
	}
	departing.Unlock()
	for {
		end, word, again := proceed(d, ctx, r)
		if again {
			r = end
			continue
		}
		d.over = true
		departing.Lock()
		delete(departures, ctx)
		departing.Unlock()
		if word&stateCount != 0 {
			unlockThread()
		}
		carried.take(uint32(uint64(word) >> 32))
		runtime.Goexit()
	}
}

// proceed resumes native code, and is the guard of all later callbacks. It
// returns when the entry is over, or when one of them panicked.
func proceed(d *departure, ctx, result uintptr) (r, word uintptr, again bool) {
	done := false
	defer func() {
		if !done && !d.over {
			value := recover()
			failing := running()
			r, word, again = caught(value, failing.callback, failing.a, failing.b, ctx), 0, true
		}
	}()
	r, word = resume(result)
	done = true
	return r, word, false
}
