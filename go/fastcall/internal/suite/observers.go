package suite

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"runtime/pprof"
	"runtime/trace"
	"strings"
	"sync"
	"time"

	"gangplank.dev/go/fastcall"
	"gangplank.dev/go/fastcall/internal/natives"
)

// work parks, contends, allocates and grows stacks in callbacks.
func work() error {
	var mu sync.Mutex
	return together(8, func(int) error {
		return each(func(i uintptr) uintptr {
			mu.Lock()
			if i%20 == 0 {
				time.Sleep(20 * time.Microsecond)
			}
			mu.Unlock()
			if i%100 == 1 {
				c := make(chan int)
				go func() { c <- 1 }()
				<-c
			}
			_ = make([]byte, 100*(1+i%7))
			return i + deepen(int(i%30))
		}, 500, sumTo(500))
	})
}

func stackDumps() (string, error) {
	buf := make([]byte, 1<<20)
	seen := false
	stop := background(func() {
		text := string(buf[:runtime.Stack(buf, true)])
		for _, one := range strings.Split(text, "\n\n") {
			// A goroutine in a callback is seen with its caller, across native code.
			if strings.Contains(one, "suite.work.") && strings.Contains(one, "suite.each") {
				seen = true
			}
		}
		time.Sleep(100 * time.Microsecond)
	})
	err := work()
	stop()
	if err == nil && !seen {
		err = fmt.Errorf("no goroutine was seen in a callback with its caller")
	}
	return "done", err
}

// profiles fails without the frame pointer that fromNative sets: block, mutex
// and execution-trace events follow it.
func profiles() (string, error) {
	runtime.SetBlockProfileRate(1)
	defer runtime.SetBlockProfileRate(0)
	defer runtime.SetMutexProfileFraction(runtime.SetMutexProfileFraction(1))
	defer func(rate int) { runtime.MemProfileRate = rate }(runtime.MemProfileRate)
	runtime.MemProfileRate = 1
	if err := pprof.StartCPUProfile(io.Discard); err != nil {
		return "", err
	}
	defer pprof.StopCPUProfile()
	var events bytes.Buffer
	if err := trace.Start(&events); err != nil {
		return "", err
	}
	for end := time.Now().Add(150 * time.Millisecond); time.Now().Before(end); {
		fastcall.Leaf1(natives.Spin, 50)
		if err := work(); err != nil {
			return "", err
		}
	}
	trace.Stop()
	if events.Len() == 0 {
		return "", fmt.Errorf("no trace")
	}
	for _, name := range []string{"block", "mutex", "heap", "goroutine", "threadcreate"} {
		var text bytes.Buffer
		if err := pprof.Lookup(name).WriteTo(&text, 1); err != nil {
			return "", err
		}
		// A contended callback is charged to its caller across native code.
		if lane, _ := fastcall.Lane(); name == "block" && lane == "fast" && !strings.Contains(text.String(), "suite.each") {
			return "", fmt.Errorf("the block profile does not show callers of native code")
		}
	}
	return "done", nil
}

// checkpoint runs a native loop that polls, and collections beside it.
func checkpoint() (string, error) { return collected(0) }

// small is a function so small that it has no prologue to yield in.
var small = fastcall.Register(func(a, b uintptr) uintptr { return a })

// smallCallbacks runs a native loop that does nothing but call Go.
func smallCallbacks() (string, error) { return collected(small) }

// collected runs a native loop with this callback, or with checkpoints, and
// collections beside it, until some met: on a busy machine it may take a while.
func collected(callback fastcall.Callback) (string, error) {
	lane, _ := fastcall.Lane()
	for range 20 {
		yields, collections := beside(callback)
		// A yield that lets nobody in is asked for again at once, hundreds of thousands of times.
		if lane == "fast" && yields > 1000*uintptr(collections+1) {
			return "", fmt.Errorf("%d yields for %d collections: they do not yield", yields, collections)
		}
		if lane != "fast" || yields > 0 && collections > 0 {
			return "done", nil
		}
	}
	return "", fmt.Errorf("no yield, or no collection, in any of 20 times 200 ms")
}

// beside collects while a native loop runs for 200 ms.
func beside(callback fastcall.Callback) (yields uintptr, collections int) {
	done := make(chan uintptr, 1)
	go func() { done <- fastcall.Enter(natives.Poll, 200_000, uintptr(callback)) }()
	for ; len(done) == 0; collections++ {
		runtime.GC()
	}
	return <-done, collections
}
