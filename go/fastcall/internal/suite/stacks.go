package suite

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"time"

	"gangplank.dev/go/fastcall"
	"gangplank.dev/go/fastcall/internal/natives"
)

// deepen uses n KiB of goroutine stack, and returns 0.
//
//go:noinline
func deepen(n int) uintptr {
	var room [1 << 10]byte
	room[n%len(room)] = 1
	if n == 0 {
		return 0
	}
	return deepen(n-1) + uintptr(room[n%len(room)]) - 1
}

// each makes n callbacks of f, and wants their sum.
func each(f func(i uintptr) uintptr, n, want uintptr) error {
	number := uintptr(fastcall.Register(func(i, _ uintptr) uintptr { return f(i) }))
	return eachOf(number, n, want)
}

func eachOf(number, n, want uintptr) error {
	if sum := fastcall.Enter(natives.Each, number, n); sum != want {
		return fmt.Errorf("the sum of %d callbacks is %d, not %d", n, sum, want)
	}
	return nil
}

// background runs f again and again until stop is called.
func background(f func()) (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-quit:
				return
			default:
				f()
			}
		}
	}()
	return func() { close(quit); <-done }
}

// together runs f on n goroutines.
func together(n int, f func(i int) error) error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Add(1)
		go func() {
			defer all.Done()
			errs[i] = f(i)
		}()
	}
	all.Wait()
	return errors.Join(errs...)
}

// Fails without stackMoved in toNativeAgain (a stale goroutine SP), and
// without the new BP in fromNative.
func growAndShrink() (string, error) {
	defer background(func() { runtime.GC(); time.Sleep(time.Millisecond) })()
	err := together(4, func(int) error {
		return each(func(i uintptr) uintptr {
			switch {
			case i%1000 == 0:
				return i + deepen(2000)
			case i%250 == 0:
				runtime.GC() // shrinks
			case i%7 == 3:
				_ = fmt.Sprint(i, "hello")
			}
			return i
		}, 4000, sumTo(4000))
	})
	return "done", err
}

// Fails without the lock of the first callback: a parked goroutine comes back
// on another thread.
func park() (string, error) {
	err := together(3*runtime.GOMAXPROCS(0), func(int) error {
		return each(func(i uintptr) uintptr {
			time.Sleep(time.Duration(i%50) * time.Microsecond)
			return i
		}, 200, sumTo(200))
	})
	return "done", err
}

func spawn() (string, error) {
	err := each(func(i uintptr) uintptr {
		c := make(chan uintptr)
		go func() { c <- fastcall.Enter(natives.Each, same, i%20) }()
		return i + <-c - sumTo(i%20)
	}, 1000, sumTo(1000))
	return "done", err
}

// collect keeps pointers in frames on both sides of native code alive.
func collect() (string, error) {
	err := together(2, func(int) error {
		var lists [32][]int
		for i := range lists {
			lists[i] = []int{i, i + 1, i + 2}
		}
		held := &lists
		err := each(func(i uintptr) uintptr {
			mine := make([]*int, 16)
			for k := range mine {
				mine[k] = new(int)
				*mine[k] = k
			}
			runtime.GC()
			deepen(int(i))
			for k := range mine {
				if *mine[k] != k {
					return 1 << 32
				}
			}
			return i
		}, 40, sumTo(40))
		for i, list := range held {
			if len(list) != 3 || list[0] != i || list[2] != i+2 {
				return fmt.Errorf("list %d is %v", i, list)
			}
		}
		return err
	})
	return "done", err
}

func sameThread() (string, error) {
	// A locked goroutine makes the runtime pass its Ps from thread to thread.
	defer background(func() {
		runtime.LockOSThread()
		time.Sleep(time.Microsecond)
		runtime.UnlockOSThread()
	})()
	err := together(4, func(int) error {
		thread := 0
		return each(func(i uintptr) uintptr {
			if i == 0 {
				thread = syscall.Gettid()
			}
			if i%5 == 0 {
				runtime.Gosched()
			}
			if i%10 == 0 {
				time.Sleep(time.Microsecond)
			}
			if syscall.Gettid() != thread {
				return 1 << 32
			}
			return i
		}, 100, sumTo(100))
	})
	return "done", err
}

func many() (string, error) {
	defer background(func() { runtime.GC() })()
	err := together(100, func(g int) error {
		for range 10 {
			if sum := fastcall.Leaf2(natives.Add, uintptr(g), 1); sum != uintptr(g)+1 {
				return fmt.Errorf("goroutine %d: %d", g, sum)
			}
			if err := eachOf(same, 100, sumTo(100)); err != nil {
				return err
			}
			deepen(g)
		}
		return nil
	})
	return "done", err
}

func oneP() (string, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	defer background(func() { runtime.GC() })()
	err := together(4, func(int) error {
		return each(func(i uintptr) uintptr {
			if i%100 == 0 {
				time.Sleep(time.Microsecond)
			}
			return i + deepen(int(i%8))
		}, 1000, sumTo(1000))
	})
	return "done", err
}

func cgoInside() (string, error) {
	natives.Exported = func(x uintptr) uintptr { return x + deepen(50) }
	defer background(func() { runtime.GC(); time.Sleep(100 * time.Microsecond) })()
	err := together(6, func(int) error {
		return each(func(i uintptr) uintptr {
			if i%50 == 0 {
				natives.Nap(200)
			}
			return natives.ViaCgo(i) - 1
		}, 500, sumTo(500))
	})
	return "done", err
}

// foreignThread enters on a thread that C made, below a cgo export.
func foreignThread() (string, error) {
	natives.Exported = func(x uintptr) uintptr {
		sum := fastcall.Leaf2(natives.Add, x, 1)
		for range 3 {
			sum += fastcall.Enter(natives.Each, same, x)
		}
		deepen(100)
		return sum
	}
	var got []uintptr
	for range 3 {
		got = append(got, natives.OnThread(20))
	}
	return fmt.Sprint(got), nil
}
