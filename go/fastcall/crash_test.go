//go:build cgo

package fastcall_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"gangplank.dev/go/fastcall"
	"gangplank.dev/go/fastcall/internal/natives"
)

// crashVariable makes the test program do one of the things that must end it.
const crashVariable = "GANGPLANK_TEST_CRASH"

func TestMain(m *testing.M) {
	if name := os.Getenv(crashVariable); name != "" {
		crash := crashes[name]
		crash.run()
		fmt.Println("survived", name)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var same = uintptr(fastcall.Register(func(a, b uintptr) uintptr { return a }))

// A crash is something that must end the process, or be reported, with a text.
type crash struct {
	run   func()
	want  []string
	env   string
	lives bool   // it is a report, and the process goes on
	never string // must not be in the text
}

const exportFrame = "aCgoExportWasCalledOnTheFastLane"

var crashes = map[string]crash{
	// The thread-local g is g0 during native code. Without that the runtime
	// turns the fault into a Go panic on the thread's stack.
	"fault in a leaf": {
		run:  func() { faultInLeaf() },
		want: []string{"SIGSEGV", "PC=", "sigcode"},
	},
	"fault in an entry": {
		run:  func() { fastcall.Enter(natives.Crash, 0, 0) },
		want: []string{"SIGSEGV", "PC=", "sigcode"},
	},
	"fault after callbacks": {
		run: func() {
			fault := uintptr(fastcall.Register(func(i, _ uintptr) uintptr {
				if i == 20 {
					fastcall.Leaf0(natives.Crash)
				}
				return i
			}))
			fastcall.Enter(natives.Each, fault, 30)
		},
		want: []string{"SIGSEGV", "PC="},
	},
	// The runtime's text differs from version to version; the frames do not.
	"export in a leaf": {
		run:  func() { exportInLeaf() },
		want: []string{exportFrame, "fastcall_test.exportInLeaf"},
	},
	"export in an entry": {
		run:  func() { exportInEntry() },
		want: []string{exportFrame, "fastcall_test.exportInEntry"},
	},
	"export after callbacks": {
		run:  func() { exportAfterCallbacks() },
		want: []string{exportFrame, "fastcall_test.exportAfterCallbacks"},
	},
	"export, watched": {
		run: func() {
			fastcall.Name(natives.Export, "the_culprit")
			fastcall.Enter(natives.Export, 1, 0)
		},
		want: []string{"the_culprit called Go through an ordinary cgo export"},
		env:  fastcall.WatchVariable + "=on",
	},
	"watched calls": {
		run:   watchedCalls,
		want:  []string{"slow_leaf, called by gangplank.dev/go/fastcall_test.watchedCalls (", "slow_entry, called by", "crash_test.go:", "told twice"},
		env:   fastcall.WatchVariable + "=1h",
		lives: true,
		never: "patient_entry",
	},
	"context of an entry that is over": {
		run: func() {
			over := uintptr(fastcall.Register(func(_, _ uintptr) uintptr {
				return fastcall.Enter(natives.Keep, same, 2)
			}))
			fastcall.Enter(natives.Stale, over, same)
		},
		want: []string{"call context that it must not use"},
	},
	"context of an outer entry": {
		run: func() {
			inner := uintptr(fastcall.Register(func(i, n uintptr) uintptr {
				return fastcall.Enter(natives.Kept, same, 1)
			}))
			fastcall.Enter(natives.Keep, inner, 1)
		},
		want: []string{"call context that it must not use"},
	},
	"context on another thread": {
		run:  func() { fastcall.Enter(natives.Thread, same, 1) },
		want: []string{"call context that it must not use"},
	},
	"callback that unlocks its thread": {
		run: func() {
			unlock := uintptr(fastcall.Register(func(i, n uintptr) uintptr {
				runtime.UnlockOSThread()
				thread := syscall.Gettid()
				for end := time.Now().Add(5 * time.Second); time.Now().Before(end) && syscall.Gettid() == thread; {
					time.Sleep(10 * time.Microsecond)
				}
				return 0
			}))
			// A locked goroutine makes the runtime pass its Ps from thread to thread.
			go func() {
				runtime.LockOSThread()
				for {
					time.Sleep(time.Microsecond)
				}
			}()
			fastcall.Enter(natives.Each, unlock, 1)
		},
		want: []string{"UnlockOSThread more often"},
	},
}

// watchedCalls holds its P for 30 ms in a leaf and in an entry, for longer in
// that until it was told of it again, and not in an entry that calls back.
func watchedCalls() {
	told := 0
	fastcall.Watch(20*time.Millisecond, func(h fastcall.Held) {
		fmt.Println(h)
		if h.Function == "slow_entry" {
			told++
		}
	})
	fastcall.Name(natives.Spin, "slow_leaf")
	fastcall.Leaf1(natives.Spin, 30_000)
	spin := uintptr(fastcall.Register(func(i, _ uintptr) uintptr {
		time.Sleep(30 * time.Millisecond) // in Go: nobody waits for it
		return fastcall.Leaf2(natives.Add, i, 1)
	}))
	fastcall.Name(natives.Each, "patient_entry")
	if sum := fastcall.Enter(natives.Each, spin, 2); sum != 3 {
		panic(sum)
	}
	fastcall.Name(natives.EachSlow, "slow_entry")
	// Three times as long each time. A machine that is busy makes some of them longer than that.
	for i := 0; i < 6 && told < 2; i++ {
		fastcall.Enter(natives.EachSlow, same, 2)
	}
	if told == 2 {
		fmt.Println("told twice")
	}
}

//go:noinline
func faultInLeaf() uintptr {
	defer func() { _ = recover() }() // no Go panic: the process must end
	return fastcall.Leaf0(natives.Crash) + 1
}

//go:noinline
func exportInLeaf() uintptr { return fastcall.Leaf1(natives.Export, 1) + 1 }

//go:noinline
func exportInEntry() uintptr { return fastcall.Enter(natives.Export, 1, 0) + 1 }

//go:noinline
func exportAfterCallbacks() {
	late := uintptr(fastcall.Register(func(i, _ uintptr) uintptr {
		if i == 20 {
			exportInEntry()
		}
		return i
	}))
	fastcall.Enter(natives.Each, late, 30)
}

func TestCrashes(t *testing.T) {
	if lane, why := fastcall.Lane(); lane != "fast" {
		t.Skip(why)
	}
	for name, crash := range crashes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program := emulated(os.Args[0])
			program.Env = append(os.Environ(), crashVariable+"="+name, crash.env)
			out, err := output(program)
			if lived := err == nil; lived != crash.lives {
				t.Fatalf("the program lived: %v\n%s", lived, out)
			}
			if crash.never != "" && strings.Contains(out, crash.never) {
				t.Fatalf("%q is in:\n%s", crash.never, out)
			}
			for _, want := range crash.want {
				if !strings.Contains(out, want) {
					t.Fatalf("no %q in:\n%.6000s", want, out)
				}
			}
		})
	}
}

// output runs a program for at most a minute.
func output(program *exec.Cmd) (string, error) {
	var out bytes.Buffer
	program.Stdout, program.Stderr = &out, &out
	if err := program.Start(); err != nil {
		return "", err
	}
	hung := time.AfterFunc(time.Minute, func() { _ = program.Process.Kill() })
	defer hung.Stop()
	err := program.Wait()
	return out.String(), err
}
