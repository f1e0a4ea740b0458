//go:build linux && (amd64 || arm64) && cgo && gc && go1.24 && !go1.28 && !msan && !asan

package fastcall

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
	"unsafe"

	"gangplank.dev/go/fastcall/internal/cgolane"
)

// watcher is what Watch was called with, and what it has found.
type watcher struct {
	limit  time.Duration
	report func(Held)

	mu    sync.Mutex
	found map[place]*Held
}

// place is a call of a native function.
type place struct {
	fn     uintptr
	caller string
}

// stint is an entry that is being watched. It belongs to its goroutine.
type stint struct {
	place
	name    *cgolane.Name
	from    time.Time
	longest time.Duration
	older   *stint
}

var (
	watching *watcher
	stints   sync.Map // g of the goroutine to its innermost *stint
)

// Watch measures every call on the fast lane from now on, and reports native
// functions that kept their P for longer than limit (0 means [WatchLimit])
// without a callback or checkpoint: when it happens first at a place, and
// whenever it took twice as long as before. Without a report function they are
// printed to standard error.
//
// It is for tests: a watched call costs some hundred nanoseconds. It must be
// called before other goroutines make calls, for instance from TestMain, and
// does nothing on the cgo lane. While it is on, native code that calls Go
// through an ordinary cgo export from the fast lane is stopped with a message
// that names it; to see that, Watch calls [runtime.SetCgoTraceback].
func Watch(limit time.Duration, report func(Held)) {
	if lane != fastLane {
		return
	}
	if limit == 0 {
		limit = WatchLimit
	}
	if report == nil {
		report = func(h Held) { fmt.Fprintln(os.Stderr, h) }
	}
	if watching == nil {
		watchCalls()
	}
	watching = &watcher{limit: limit, report: report, found: map[place]*Held{}}
}

// watchCalls puts a watched call in the place of every call.
func watchCalls() {
	call, run := leafWords, enterWords
	leafWords = func(fn, a1, a2, a3, a4, a5, a6 uintptr) (r, second uintptr) {
		defer begin(fn).end()
		return call(fn, a1, a2, a3, a4, a5, a6)
	}
	watchedLeaf := func(fn, a1, a2, a3, a4, a5, a6 uintptr) uintptr {
		r, _ := leafWords(fn, a1, a2, a3, a4, a5, a6)
		return r
	}
	leaf0 = func(fn uintptr) uintptr { return watchedLeaf(fn, 0, 0, 0, 0, 0, 0) }
	leaf1 = func(fn, a1 uintptr) uintptr { return watchedLeaf(fn, a1, 0, 0, 0, 0, 0) }
	leaf2 = func(fn, a1, a2 uintptr) uintptr { return watchedLeaf(fn, a1, a2, 0, 0, 0, 0) }
	leaf3 = func(fn, a1, a2, a3 uintptr) uintptr { return watchedLeaf(fn, a1, a2, a3, 0, 0, 0) }
	leaf4 = func(fn, a1, a2, a3, a4 uintptr) uintptr { return watchedLeaf(fn, a1, a2, a3, a4, 0, 0) }
	leaf5 = func(fn, a1, a2, a3, a4, a5 uintptr) uintptr { return watchedLeaf(fn, a1, a2, a3, a4, a5, 0) }
	leaf6 = watchedLeaf
	unwatchedFrames, frames = frames, watchedFrames
	enterWords = func(fn, a, b, c, d, e uintptr) (r, second uintptr) {
		defer begin(fn).end()
		return run(fn, a, b, c, d, e)
	}
	enter = func(fn, a, b uintptr) uintptr { r, _ := enterWords(fn, a, b, 0, 0, 0); return r }
	watchCallbacks(func(number, a, b uintptr) uintptr {
		s := innermost()
		s.leaveNative()
		defer s.enterNative()
		return dispatch(number, a, b)
	})
	cgolane.CatchExports()
}

// begin starts to watch a call. The goroutine stays on its thread until it ends.
func begin(fn uintptr) *stint {
	runtime.LockOSThread()
	s := &stint{place: place{fn, caller()}, name: cgolane.NameOf(fn, functionName), older: innermost()}
	stints.Store(currentG(), s)
	s.enterNative()
	return s
}

// unwatchedFrames is Call as it is without watching.
var unwatchedFrames func(fn, p, n uintptr) uintptr

//go:nosplit
//go:nocheckptr
func watchedFrames(fn, p, n uintptr) uintptr { return watchFrames(fn, pointer(p), n) }

//go:noinline
func watchFrames(fn uintptr, p unsafe.Pointer, n uintptr) uintptr {
	defer begin(fn).end()
	return unwatchedFrames(fn, uintptr(p), n)
}

func innermost() *stint {
	s, _ := stints.Load(currentG())
	top, _ := s.(*stint)
	return top
}

func (s *stint) enterNative() {
	cgolane.Inside(s.name)
	s.from = time.Now()
}

func (s *stint) leaveNative() {
	s.longest = max(s.longest, time.Since(s.from))
	cgolane.Inside(nil)
}

func (s *stint) end() {
	s.leaveNative()
	if s.older == nil {
		stints.Delete(currentG())
	} else {
		stints.Store(currentG(), s.older)
	}
	runtime.UnlockOSThread()
	watching.saw(s)
}

// saw reports the call if it held its P for too long.
func (w *watcher) saw(s *stint) {
	if s.longest <= w.limit {
		return
	}
	w.mu.Lock()
	h := w.found[s.place]
	if h == nil {
		h = &Held{Function: functionName(s.fn), Caller: s.caller}
		w.found[s.place] = h
	}
	h.Times++
	worse := s.longest >= 2*h.Longest
	h.Longest = max(h.Longest, s.longest)
	seen := *h
	w.mu.Unlock()
	if worse {
		w.report(seen)
	}
}

// caller is the Go function that made the call.
func caller() string {
	var pcs [16]uintptr
	stack := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := stack.Next()
		own := strings.HasPrefix(frame.Function, ownPrefix) || generated != "" && strings.HasPrefix(frame.Function, generated)
		if !own || strings.HasSuffix(frame.File, "_test.go") {
			return fmt.Sprintf("%s (%s:%d)", frame.Function, frame.File, frame.Line)
		}
		if !more {
			return "an unknown function"
		}
	}
}

// generated begins the names of the functions of the generated package that
// this one was written into, if it was: who called those is of interest.
var generated = func() string {
	if parent, ok := strings.CutSuffix(ownPrefix, "/internal/fastcall."); ok {
		return parent + "."
	}
	return ""
}()

// ownPrefix begins the names of this package's functions, wherever its sources
// were copied to.
var ownPrefix = func() string {
	pc, _, _, _ := runtime.Caller(0)
	name := runtime.FuncForPC(pc).Name()
	slash := strings.LastIndex(name, "/") + 1
	return name[:slash+strings.Index(name[slash:], ".")+1]
}()
