// Package suite is what a generated package must do on either lane, as functions that any program can run: a test, and programs that
// are linked in other ways. Each says what it saw, which must be the same whatever the lane is, and whoever looks on.
package suite

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"gangplank.example/e2e/observed/bridge"
	"gangplank.example/e2e/observers"
	"gangplank.example/e2e/stack"
)

// A Behaviour is one thing that must hold.
type Behaviour struct {
	Name string
	Run  func() string
}

// All lists the behaviours. Any number of goroutines may run each of them at once.
var All = []Behaviour{
	{"words", words},
	{"callbacks", callbacks},
	{"frames", frames},
	{"recursion on both sides", recursion},
	{"a stack that grows from nothing", fresh},
	{"ends", ends},
	{"Goexit", goexit},
	{"objects", objects},
	{"batches", batches},
}

func words() string {
	var out strings.Builder
	for _, a := range []uint64{0, 1, 1<<64 - 1} {
		for _, b := range []int32{0, -1, -1 << 31} {
			fmt.Fprint(&out, bridge.Weigh(a, b, 255, true), " ", bridge.Weigh(a, b, 0, false), " ")
		}
	}
	return out.String()
}

func callbacks() string {
	var seen []uint64
	for _, n := range []uint64{0, 1, 7, 8, 9, 10, 100} {
		seen = append(seen, bridge.Count(n), bridge.Work(n))
	}
	return fmt.Sprint(seen, bridge.Hash(20_000), bridge.Say(3, ""), bridge.Say(12, "ahoy"))
}

func frames() string {
	start := bridge.Sounding{Names: []string{"start"}, Echo: make([]byte, 3000), Fathoms: map[string]float64{"0": 1}}
	got, err := bridge.Pass(12, start)
	if len(start.Names) != 1 || len(start.Fathoms) != 1 {
		return "the argument changed"
	}
	before := ""
	if got.Before != nil {
		before = fmt.Sprint(got.Before.Depth, got.Before.Names)
		got.Before = nil
	}
	return fmt.Sprint(got, before, err)
}

func recursion() string {
	var seen []int64
	for _, shape := range [][2]uint32{{1, 0}, {2, 40}, {12, 4}, {100, 0}, {40, 16}} {
		seen = append(seen, bridge.Down(shape[0], 1, shape[1]))
	}
	return fmt.Sprint(seen)
}

func fresh() (seen string) {
	for kib := range uint32(4) {
		stack.Fresh(func() { seen += fmt.Sprint(bridge.Down(20, 1, 2*kib), " ", bridge.Work(12), " ") })
	}
	return seen
}

func ends() string {
	var out strings.Builder
	for _, at := range []uint64{0, 7, 8, 9, 60} {
		for how := range uint32(5) {
			n, err := bridge.Fails(how, at)
			var panicked *bridge.PanicError
			if errors.As(err, &panicked) {
				err = errors.New(panicked.Message)
			}
			fmt.Fprint(&out, n, " ", err, "; ")
		}
	}
	return out.String()
}

func goexit() string {
	exited := 0
	for _, at := range []uint64{0, 7, 8, 9, 60} {
		over := make(chan bool)
		go func() {
			returned := false
			defer func() { over <- !returned }()
			bridge.Exits(at)
			returned = true
		}()
		if <-over {
			exited++
		}
	}
	return fmt.Sprint(exited)
}

func objects() string {
	log := bridge.NewLog(5)
	defer log.Close()
	other := bridge.Begin(41)
	defer other.Close()
	return fmt.Sprint(bridge.Sail(log, 3), bridge.Sail(log, 17), log.At(), bridge.Sail(other, 1))
}

func batches() string {
	got, err := bridge.HalveBatch([]int64{2, -4, 6})
	_, odd := bridge.HalveBatch([]int64{1, 2})
	return fmt.Sprint(got, err, odd)
}

// once is all of it.
func once() string {
	var out strings.Builder
	for _, b := range All {
		fmt.Fprintf(&out, "%s: %s\n", b.Name, b.Run())
	}
	return out.String()
}

// together runs all of it on some goroutines at once, which must see what one alone saw.
func together(want string) error {
	const goroutines = 2
	errs := make([]error, goroutines)
	var all sync.WaitGroup
	for i := range errs {
		all.Add(1)
		go func() {
			defer all.Done()
			if saw := once(); saw != want {
				errs[i] = fmt.Errorf("alone:\n%s\ntogether:\n%s", want, saw)
			}
		}()
	}
	all.Wait()
	return errors.Join(errs...)
}

// Run does everything, alone and under each observer, and says what it saw, line by line.
func Run(say func(what ...any)) error {
	bridge.Left()
	want := once()
	say(want)
	say("left", bridge.Left())
	counted, err := bridge.Hosted(100)
	say("hosted", counted, err)
	lane, _ := bridge.FastLane()
	work := func() error {
		if err := together(want); err != nil {
			return err
		}
		return hosted()
	}
	for _, observer := range observers.All {
		// It sees what it comes by: where there is little to see, it looks again.
		for tries := 0; ; tries++ {
			text, err := observer.Around(work)
			if err != nil {
				return fmt.Errorf("%s: %w", observer.Name, err)
			}
			if !lane || text == "" || shows(text) {
				break
			}
			if tries == 30 {
				return fmt.Errorf("%s: no stack leads through Rust", observer.Name)
			}
		}
		say("under", observer.Name)
	}
	return nil
}

func hosted() error {
	got, err := bridge.Hosted(20)
	if err != nil || len(got) != 6 || got[0] != 20 || got[1] != 20 || got[2] != 20 || got[3] != got[4] {
		return fmt.Errorf("a hosted thread saw %v, %v", got, err)
	}
	return nil
}

// shows says whether somebody saw Go on both sides of Rust in one stack: who called it, and whom it calls. On the fast lane all of
// these stacks are whole; cgo cuts some of them.
func shows(text string) bool {
	for _, one := range strings.Split(text, "\n\n") {
		if strings.Contains(one, "suite.crew.Work") && strings.Contains(one, "bridge.Work") {
			return true
		}
	}
	return false
}

// Soak goes on for a time: on goroutines, on a hosted thread, under one observer after the other. After each
// round it calls over, whose error ends it. It returns how many rounds there were.
func Soak(length time.Duration, over func(round int, observer string) error) (rounds int, err error) {
	want := once()
	for from := time.Now(); time.Since(from) < length; rounds++ {
		observer := observers.All[rounds%len(observers.All)]
		_, err := observer.Around(func() error {
			aside := make(chan error)
			go func() { aside <- hosted() }()
			return errors.Join(together(want), <-aside)
		})
		if err == nil {
			err = over(rounds, observer.Name)
		}
		if err != nil {
			return rounds, fmt.Errorf("round %d, %s: %w", rounds, observer.Name, err)
		}
	}
	return rounds, nil
}

// Main is the suite as a program: which lane, then what was seen. It returns the exit code.
func Main() int {
	on, why := bridge.FastLane()
	fmt.Println("fast lane:", on, why)
	failed := make(chan error, 1)
	go func() { failed <- Run(func(what ...any) { fmt.Println(what...) }) }()
	select {
	case err := <-failed:
		if err != nil {
			fmt.Println("FAILED:", err)
			return 1
		}
		return 0
	case <-time.After(3 * time.Minute):
		buffer := make([]byte, 1<<16)
		fmt.Printf("it hangs:\n%s", buffer[:runtime.Stack(buffer, true)])
		return 1
	}
}
