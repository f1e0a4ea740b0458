package suite

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"gangplank.example/e2e/observed/bridge"
	"gangplank.example/e2e/stack"
)

// crew implements bridge.Crew.
type crew struct{}

//go:noinline
func (crew) Add(n uint64) uint64 { return n + 1 }

// shared is what callbacks contend for.
var shared sync.Mutex

func (crew) Work(n uint64) uint64 {
	shared.Lock()
	if n%16 == 0 {
		time.Sleep(20 * time.Microsecond)
	}
	shared.Unlock()
	switch n % 64 {
	case 5:
		done := make(chan uint64)
		go func() { done <- bridge.Count(n) }()
		if <-done != n {
			panic("another goroutine counted otherwise")
		}
	case 9:
		stack.Grow(40)
	case 21:
		runtime.GC()
	}
	_ = fmt.Sprint(n, "allocates")
	return n + 1
}

func (crew) Pass(s bridge.Sounding) (bridge.Sounding, error) {
	s = stack.Local(s)
	stack.Grow(4 * int(s.Depth%8))
	s.Names = append(s.Names, fmt.Sprint("Go ", s.Depth))
	if s.Before != nil && s.Before.Depth+1 != s.Depth {
		return s, fmt.Errorf("%d before %d", s.Before.Depth, s.Depth)
	}
	return s, nil
}

func (crew) Say(text bridge.BorrowedString) string {
	stack.Grow(len(text) % 16)
	return string(text) + string(text[:len(text)/2]) + "!"
}

func (crew) Down(left uint32, n int64, kib uint32) int64 { return down(left, n, kib) }

func down(left uint32, n int64, kib uint32) int64 {
	return withRoom(kib, func() int64 { return bridge.Down(left-1, n, kib) * 2 % 1_000_003 })
}

// withRoom runs f with kib KiB of the stack in use, and looks at them afterwards.
//
//go:noinline
func withRoom(kib uint32, f func() int64) int64 {
	var room [1 << 10]byte
	room[kib%1024] = byte(kib) | 1
	var n int64
	if kib == 0 {
		n = f()
	} else {
		n = withRoom(kib-1, f)
	}
	if room[kib%1024] != byte(kib)|1 {
		panic("the stack was not copied as it was")
	}
	return n
}

// Meet is what goroutines wait for that call [bridge.Meet].
var Meet func()

func (crew) Meet() { Meet() }

func (crew) End(how uint32) (uint32, error) { return end(how) }

func end(how uint32) (uint32, error) {
	switch how {
	case 1:
		return 0, errors.New("Go said no")
	case 2:
		panic("Go panics")
	case 3:
		runtime.Goexit()
	}
	return how, nil
}

// shore implements bridge.Shore.
type shore struct{}

func (shore) Add(n uint64) uint64 { return n + 1 }

func (shore) Down(left uint32, n int64, kib uint32) int64 { return down(left, n, kib) }

func init() {
	bridge.RegisterCrew(crew{})
	bridge.RegisterShore(shore{})
}
