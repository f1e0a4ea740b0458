package gangplank

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gangplank.dev/go/handle"
)

// Tracking is for tests. While it is on, every handle that one side holds of
// the other's values is recorded with the stack of its creation. While it is
// off, it costs one load.

var (
	tracking  atomic.Bool
	trackLock sync.Mutex
	watchers  int
	order     uint64
	tracked   = map[held]creation{}
)

// creation is when and where a handle came.
type creation struct {
	order uint64
	stack []uintptr
}

func track(k *Keeper, handle uint64) {
	stack := make([]uintptr, 32)
	stack = stack[:runtime.Callers(3, stack)]
	trackLock.Lock()
	defer trackLock.Unlock()
	order++
	tracked[held{k, handle}] = creation{order, stack}
}

func untrack(k *Keeper, handle uint64) {
	trackLock.Lock()
	defer trackLock.Unlock()
	delete(tracked, held{k, handle})
}

// Patience is how long a report waits for handles that are about to be released.
const Patience = 2 * time.Second

// WatchLeaks begins to record handles. The function that it returns ends that:
// it collects garbage and drains all queues, for up to [Patience], and says
// which of the handles that came meanwhile are still there. The report is
// empty if none are.
func WatchLeaks() (report func() string) {
	trackLock.Lock()
	watchers++
	since := order
	tracking.Store(true)
	trackLock.Unlock()
	handle.TrackLeaks(true)
	before := map[uint64]bool{}
	for _, l := range handle.Leaks() {
		before[l.Order] = true
	}
	return func() string {
		var left []string
		for deadline := time.Now().Add(Patience); ; time.Sleep(time.Millisecond) {
			empty()
			runtime.GC()
			flush()
			drain()
			left = leaks(since, before)
			if len(left) == 0 || time.Now().After(deadline) {
				break
			}
		}
		trackLock.Lock()
		if watchers--; watchers == 0 {
			tracking.Store(false)
			handle.TrackLeaks(false)
			clear(tracked)
		}
		trackLock.Unlock()
		if len(left) == 0 {
			return ""
		}
		return fmt.Sprintf("gangplank: %d values are still held at the end of the test:\n%s", len(left), strings.Join(left, "\n"))
	}
}

// shownLeaks is how many leaks a report describes.
const shownLeaks = 10

// leaks describes what came since and is there.
func leaks(since uint64, before map[uint64]bool) (left []string) {
	add := func(format string, arguments ...any) {
		text := ""
		if len(left) < shownLeaks {
			text = fmt.Sprintf(format, arguments...)
		}
		left = append(left, text)
	}
	for _, l := range handle.Leaks() {
		if !before[l.Order] {
			add("Rust keeps a %s of Go, given by\n%s", l.Type, l.Stack())
		}
	}
	type object struct {
		held
		creation
	}
	var objects []object
	trackLock.Lock()
	for h, c := range tracked {
		if c.order > since {
			objects = append(objects, object{h, c})
		}
	}
	trackLock.Unlock()
	slices.SortFunc(objects, func(a, b object) int { return int(a.order) - int(b.order) })
	for _, o := range objects {
		add("Go holds a %s of Rust, which is not closed and is still reachable, made by\n%s", o.keeper.name, callers(o.stack))
	}
	if len(left) > shownLeaks {
		left = append(left[:shownLeaks], fmt.Sprintf("and %d more", len(left)-shownLeaks))
	}
	return left
}

func callers(stack []uintptr) string {
	var b strings.Builder
	frames := runtime.CallersFrames(stack)
	for {
		f, more := frames.Next()
		fmt.Fprintf(&b, "\t%s\n\t\t%s:%d\n", f.Function, f.File, f.Line)
		if !more {
			return b.String()
		}
	}
}
