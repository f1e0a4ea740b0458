package handle

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Leak is a live handle whose creation was recorded.
type Leak struct {
	Handle Handle
	Type   string // of the value
	Order  uint64 // of creation
	stack  []uintptr
}

// Stack is where the handle was created, innermost function first, without this package's own.
func (l Leak) Stack() string {
	own := reflect.TypeFor[Leak]().PkgPath() + "."
	var b strings.Builder
	frames := runtime.CallersFrames(l.stack)
	for {
		f, more := frames.Next()
		if b.Len() > 0 || !strings.HasPrefix(f.Function, own) {
			fmt.Fprintf(&b, "\t%s\n\t\t%s:%d\n", f.Function, f.File, f.Line)
		}
		if !more {
			return b.String()
		}
	}
}

// String is the report of one leak.
func (l Leak) String() string {
	return fmt.Sprintf("%v keeps a %s, created by\n%s", l.Handle, l.Type, l.Stack())
}

var (
	tracking   atomic.Bool
	trackOrder atomic.Uint64
	trackLock  sync.Mutex
	trackedIn  = map[*tracked]map[Handle]Leak{}
)

// TrackLeaks switches the recording of creations on or off, for all tables, and returns what it was. While it is on, New
// takes a microsecond or two and a lock: it is for tests and for hunting a leak. Handles that were created while it was off
// are not recorded.
func TrackLeaks(on bool) (was bool) { return tracking.Swap(on) }

// Leaks lists the handles that were created while leaks were tracked and are still live, in the order of their creation.
func Leaks() []Leak {
	trackLock.Lock()
	defer trackLock.Unlock()
	var all []Leak
	for _, leaks := range trackedIn {
		for _, l := range leaks {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b Leak) int { return int(a.Order) - int(b.Order) })
	return all
}

// tracked is a table's part in the tracking of leaks. It is an entry's key: it must not move, and must have a size.
type tracked struct{ some atomic.Bool }

func (t *tracked) add(h Handle, v any) {
	l := Leak{Handle: h, Type: "nil", Order: trackOrder.Add(1), stack: make([]uintptr, 32)}
	if v != nil {
		l.Type = reflect.TypeOf(v).String()
	}
	l.stack = l.stack[:runtime.Callers(2, l.stack)]

	trackLock.Lock()
	defer trackLock.Unlock()
	t.some.Store(true)
	if trackedIn[t] == nil {
		trackedIn[t] = map[Handle]Leak{}
	}
	trackedIn[t][h] = l
}

func (t *tracked) remove(h Handle) {
	trackLock.Lock()
	defer trackLock.Unlock()
	if delete(trackedIn[t], h); len(trackedIn[t]) == 0 {
		delete(trackedIn, t)
		t.some.Store(false)
	}
}
