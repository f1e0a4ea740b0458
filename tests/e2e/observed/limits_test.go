//go:build linux

package observed_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gangplank.example/e2e/observed/bridge"
	"gangplank.example/e2e/observed/suite"
)

// limitVariable makes the test program run into one of the limits.
const limitVariable = "GANGPLANK_TEST_LIMIT"

func TestMain(m *testing.M) {
	if limit, ok := limits[os.Getenv(limitVariable)]; ok {
		limit.run()
		fmt.Println("went well")
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A limit is a resource that there is no more of.
type limit struct {
	run func()
	// want is one of these on either lane: what is printed. A program that goes well prints so.
	want []string
	// fast says that the cgo lane is not tried.
	fast bool
}

// In callbacks that wait, each goroutine holds a thread. Go's own limit, and the system's, end the program; nothing hangs.
var limits = map[string]limit{
	"threads that Go allows": {
		run:  func() { debug.SetMaxThreads(40); wait(200) },
		want: []string{"thread exhaustion"},
	},
	"threads that the system allows": {
		run: func() {
			noMoreThreads()
			wait(200)
		},
		want: []string{"failed to create new OS thread", "pthread_create failed"},
	},
	"threads for hosted threads": {
		run: func() {
			noMoreThreads()
			for range 50 {
				if _, err := bridge.Hosted(1); err != nil {
					fmt.Println("refused:", err)
					os.Exit(1)
				}
			}
		},
		// Threads that are idle may do.
		want: []string{"failed to create new OS thread", "pthread_create failed", "refused: ", "went well"},
	},
	// Calls that do not wait need no threads of their own. (The cgo lane takes one more for each that the system keeps waiting.)
	"few threads for many goroutines": {
		run: func() {
			debug.SetMaxThreads(30)
			var all sync.WaitGroup
			for i := range uint64(2000) {
				all.Add(1)
				go func() {
					defer all.Done()
					if n := bridge.Count(i % 100); n != i%100 {
						panic(n)
					}
				}()
			}
			all.Wait()
		},
		want: []string{"went well"},
		fast: true,
	},
	// A level takes less than the budget of an entry. The cgo lane has no check: it dies of the guard page.
	"stack": {
		run: func() {
			for _, kib := range []uint32{6, 12} {
				over := make(chan any)
				go func() {
					defer func() { over <- recover() }()
					bridge.DownForEver(kib)
				}()
				value := <-over
				err, _ := value.(error)
				if err == nil || !strings.Contains(err.Error(), "bytes are left of the thread's stack") {
					panic(fmt.Sprint("not told: ", value))
				}
				// And it goes on.
				if n := bridge.Down(50, 1, kib%4); n == 0 || bridge.Work(20) != 20 {
					panic(n)
				}
			}
		},
		want: []string{"went well"},
		fast: true,
	},
}

// wait has n goroutines wait in callbacks until all of them do.
func wait(n int) {
	var here, all sync.WaitGroup
	suite.Meet = func() {
		here.Done()
		here.Wait()
	}
	here.Add(n)
	all.Add(n)
	for range n {
		go func() {
			defer all.Done()
			bridge.Meet()
		}()
	}
	all.Wait()
}

// noMoreThreads has the system refuse this process more threads. It does not refuse root, so that is given up.
func noMoreThreads() {
	const limit = 6 // RLIMIT_NPROC
	few := syscall.Rlimit{Cur: 1, Max: 1}
	if err := syscall.Setrlimit(limit, &few); err != nil {
		panic(err)
	}
	if os.Getuid() == 0 {
		nobody := 61_000 + os.Getpid()%4000
		if err := syscall.Setresuid(nobody, nobody, nobody); err != nil {
			panic(err)
		}
	}
}

func TestLimits(t *testing.T) {
	if !plain() {
		t.Skip("in the plain run")
	}
	on, _ := bridge.FastLane()
	for name, limit := range limits {
		for _, lane := range []string{"fast", "cgo"} {
			if lane == "cgo" && limit.fast || lane == "fast" && !on {
				continue
			}
			t.Run(name+", "+lane, func(t *testing.T) {
				program := exec.Command(os.Args[0])
				program.Env = append(os.Environ(), limitVariable+"="+name, "GANGPLANK_LANE="+lane)
				out, err := output(program)
				for _, want := range limit.want {
					if strings.Contains(out, want) && (err == nil) == (want == "went well") {
						return
					}
				}
				t.Fatalf("%v: none of %q in:\n%.3000s", err, limit.want, out)
			})
		}
	}
}

// output runs a program for at most a minute: longer means that it hangs.
func output(program *exec.Cmd) (string, error) {
	var out bytes.Buffer
	program.Stdout, program.Stderr = &out, &out
	if err := program.Start(); err != nil {
		return "", err
	}
	hung := make(chan struct{})
	timer := time.AfterFunc(time.Minute, func() {
		close(hung)
		_ = program.Process.Kill()
	})
	defer timer.Stop()
	err := program.Wait()
	select {
	case <-hung:
		return out.String(), errors.Join(errors.New("it hangs"), err)
	default:
		return out.String(), err
	}
}
