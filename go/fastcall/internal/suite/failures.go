package suite

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"

	"gangplank.dev/go/fastcall"
	"gangplank.dev/go/fastcall/internal/natives"
)

var errTest = errors.New("test")

// counts at which a callback fails: the first, one that has a guard of its own,
// the one that settles, and later ones.
var counts = []uintptr{0, 1, 5, 7, 8, 9, 100}

func panicked() (string, error) {
	var seen []string
	for _, at := range counts {
		calls := 0
		fail := uintptr(fastcall.Register(func(i, _ uintptr) uintptr {
			calls++
			if i == at {
				panic(errTest)
			}
			return 1
		}))
		fastcall.Leaf0(natives.Left)
		v := panicOf(func() { fastcall.Enter(natives.Careful, fail, 200) })
		failure, ok := v.(*fastcall.PanicError)
		if !ok || !errors.Is(failure, errTest) || !bytes.Contains(failure.Stack, []byte("suite.panicked")) {
			return "", fmt.Errorf("a panic in callback %d arrived as %v", at, v)
		}
		seen = append(seen, fmt.Sprint(at, ":", calls, " calls, native code left ", fastcall.Leaf0(natives.Left), " times"))
		// Native code that does not ask goes on.
		calls = 0
		if v := panicOf(func() { fastcall.Enter(natives.Each, fail, 200) }); calls != 200 {
			return "", fmt.Errorf("%d callbacks, %v", calls, v)
		}
		if err := eachOf(same, 20, sumTo(20)); err != nil {
			return "", err
		}
	}
	return fmt.Sprint(seen), nil
}

func trapped() (string, error) {
	var seen []string
	for _, at := range counts {
		fail := uintptr(fastcall.RegisterTrap(func(i, _ uintptr) uintptr {
			if i == at || i == at+3 {
				panic(fmt.Sprint("number ", i))
			}
			return 1
		}, func(a, b uintptr, f fastcall.Failure) uintptr {
			if f.Goexit || f.Value != fmt.Sprint("number ", a) || len(f.Stack) == 0 || b != 200 {
				return 1 << 32
			}
			return 1000
		}))
		seen = append(seen, fmt.Sprint(fastcall.Enter(natives.Careful, fail, 200)))
	}
	// A trap that fails.
	worse := uintptr(fastcall.RegisterTrap(func(i, _ uintptr) uintptr { panic("first") },
		func(a, b uintptr, f fastcall.Failure) uintptr { panic(errTest) }))
	v := panicOf(func() { fastcall.Enter(natives.Careful, worse, 200) })
	if err, ok := v.(error); !ok || !errors.Is(err, errTest) {
		return "", fmt.Errorf("a trap that fails: %v", v)
	}
	return fmt.Sprint(seen), nil
}

// manyPanics must not let the goroutine's stack pile up.
func manyPanics() (string, error) {
	fail := uintptr(fastcall.RegisterTrap(func(i, _ uintptr) uintptr {
		if i%3 == 0 {
			deepen(8)
			panic(i)
		}
		return 0
	}, func(a, b uintptr, f fastcall.Failure) uintptr { return 1 }))
	sum := fastcall.Enter(natives.Each, fail, 10000)
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	if stats.StackInuse > 256<<20 {
		return "", fmt.Errorf("%d MiB of stacks", stats.StackInuse>>20)
	}
	return fmt.Sprint(sum), nil
}

func panicNested() (string, error) {
	fastcall.Leaf0(natives.Left)
	level := 0
	var down uintptr
	down = uintptr(fastcall.Register(func(i, _ uintptr) uintptr {
		level++
		if level == 5 {
			panic(errTest)
		}
		return fastcall.Enter(natives.Careful, down, 100)
	}))
	v := panicOf(func() { fastcall.Enter(natives.Careful, down, 100) })
	if err, ok := v.(error); !ok || !errors.Is(err, errTest) {
		return "", fmt.Errorf("%v", v)
	}
	return fmt.Sprint(level, " levels, native code left ", fastcall.Leaf0(natives.Left), " times"), eachOf(same, 20, sumTo(20))
}

// exits runs f on a goroutine, and says whether it ended without returning.
func exits(f func()) (exited bool) {
	done := make(chan bool)
	go func() {
		returned := false
		defer func() { done <- !returned }()
		f()
		returned = true
	}()
	return <-done
}

// leaveFirst is a callback that exits at a number.
func leaveAt(at uintptr, calls *int) uintptr {
	return uintptr(fastcall.Register(func(i, _ uintptr) uintptr {
		*calls++
		if i == at {
			runtime.Goexit()
		}
		return 1
	}))
}

func goexit() (string, error) {
	var seen []string
	for _, at := range counts {
		calls := 0
		leave := leaveAt(at, &calls)
		fastcall.Leaf0(natives.Left)
		if !exits(func() { fastcall.Enter(natives.Careful, leave, 200) }) {
			return "", fmt.Errorf("the goroutine did not exit at %d", at)
		}
		seen = append(seen, fmt.Sprint(at, ":", calls, " calls, native code left ", fastcall.Leaf0(natives.Left), " times"))
		// Native code that goes on calling, while the goroutine is exiting.
		calls = 0
		if !exits(func() { fastcall.Enter(natives.Each, leave, 200) }) || calls != 200 {
			return "", fmt.Errorf("exit at %d: %d callbacks", at, calls)
		}
	}
	return fmt.Sprint(seen), nil
}

func goexitThenFail() (string, error) {
	calls := 0
	worse := uintptr(fastcall.Register(func(i, _ uintptr) uintptr {
		calls++
		switch {
		case i%10 == 3:
			runtime.Goexit()
		case i%10 == 6:
			panic(errTest)
		case i%10 == 8:
			deepen(20)
			runtime.GC()
		}
		return 1
	}))
	if !exits(func() { fastcall.Enter(natives.Each, worse, 60) }) {
		return "", errors.New("the goroutine did not exit")
	}
	return fmt.Sprint(calls), eachOf(same, 20, sumTo(20))
}

// goexitThenPanic exits through a deferred function that panics: the goroutine
// exits all the same, and native code is not skipped.
func goexitThenPanic() (string, error) {
	var seen []string
	for _, at := range counts {
		fastcall.Leaf0(natives.Left)
		leave := uintptr(fastcall.Register(func(i, _ uintptr) uintptr {
			if i == at {
				defer panic(errTest)
				runtime.Goexit()
			}
			return 1
		}))
		if !exits(func() { fastcall.Enter(natives.Careful, leave, 200) }) {
			return "", fmt.Errorf("the goroutine did not exit at %d", at)
		}
		left := fastcall.Leaf0(natives.Left)
		if left != 1 {
			return "", fmt.Errorf("exit at %d: native code left %d times", at, left)
		}
		seen = append(seen, fmt.Sprint(at))
	}
	return fmt.Sprint(seen), eachOf(same, 20, sumTo(20))
}

func goexitNested() (string, error) {
	fastcall.Leaf0(natives.Left)
	level := 0
	var down uintptr
	down = uintptr(fastcall.Register(func(i, _ uintptr) uintptr {
		level++
		if level == 5 {
			runtime.Goexit()
		}
		return fastcall.Enter(natives.Careful, down, 100)
	}))
	if !exits(func() { fastcall.Enter(natives.Careful, down, 100) }) {
		return "", errors.New("the goroutine did not exit")
	}
	return fmt.Sprint(level, " levels, native code left ", fastcall.Leaf0(natives.Left), " times"), eachOf(same, 20, sumTo(20))
}
