// Package observers lets everything look at a program that can: profilers, tracers, tracebacks, the collector.
package observers

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"runtime/trace"
	"sync"
	"time"
)

// An Observer looks on while work runs.
type Observer struct {
	Name string
	// Around runs work. Text is what was seen, for a person or a test to read; it may be empty.
	Around func(work func() error) (text string, err error)
}

// All lists them. The last is all the others at once.
var All = append(Each, Observer{"all at once", func(work func() error) (string, error) {
	for _, one := range Each {
		inner := work
		work = func() error {
			_, err := one.Around(inner)
			return err
		}
	}
	return "", work()
}})

// Each lists them one by one.
var Each = []Observer{
	{"CPU profile", cpu},
	{"heap profile", heap},
	{"block profile", block},
	{"mutex profile", mutex},
	{"goroutine profiles", goroutines},
	{"execution trace", tracing},
	{"stacks of all goroutines", stacks},
	{"collections", collections},
	{"a collector that is always late", eager},
	{"one P", single},
}

// cpu samples a hundred times a second. What is too short for that is repeated.
func cpu(work func() error) (string, error) {
	var out bytes.Buffer
	if err := pprof.StartCPUProfile(&out); err != nil {
		return "", err
	}
	defer pprof.StopCPUProfile()
	var err error
	for from := time.Now(); err == nil && time.Since(from) < 50*time.Millisecond; {
		err = work()
	}
	pprof.StopCPUProfile()
	if out.Len() == 0 && err == nil {
		err = errors.New("no profile")
	}
	return "", err
}

func heap(work func() error) (string, error) {
	defer func(rate int) { runtime.MemProfileRate = rate }(runtime.MemProfileRate)
	runtime.MemProfileRate = 1
	if err := work(); err != nil {
		return "", err
	}
	runtime.GC() // what the profile has is as of the last one
	return text("heap")
}

func block(work func() error) (string, error) {
	runtime.SetBlockProfileRate(1)
	defer runtime.SetBlockProfileRate(0)
	if err := work(); err != nil {
		return "", err
	}
	return text("block")
}

func mutex(work func() error) (string, error) {
	defer runtime.SetMutexProfileFraction(runtime.SetMutexProfileFraction(1))
	if err := work(); err != nil {
		return "", err
	}
	return text("mutex")
}

func text(profile string) (string, error) {
	var out bytes.Buffer
	err := pprof.Lookup(profile).WriteTo(&out, 1)
	if out.Len() == 0 && err == nil {
		err = errors.New("no profile")
	}
	return out.String(), err
}

func goroutines(work func() error) (string, error) {
	var all bytes.Buffer
	err := beside(work, func() {
		_ = pprof.Lookup("goroutine").WriteTo(kept(&all), 1)
		_ = pprof.Lookup("threadcreate").WriteTo(io.Discard, 1)
	})
	return all.String(), err
}

func tracing(work func() error) (string, error) {
	var events bytes.Buffer
	if err := trace.Start(&events); err != nil {
		return "", err
	}
	defer trace.Stop()
	err := work()
	trace.Stop()
	if events.Len() == 0 && err == nil {
		err = errors.New("no trace")
	}
	return "", err
}

func stacks(work func() error) (string, error) {
	var all bytes.Buffer
	buffer := make([]byte, 1<<20)
	err := beside(work, func() {
		_, _ = kept(&all).Write(buffer[:runtime.Stack(buffer, true)])
	})
	return all.String(), err
}

// kept is where what was seen goes: the first of it is enough.
func kept(all *bytes.Buffer) io.Writer {
	if all.Len() > 8<<20 {
		return io.Discard
	}
	return all
}

func collections(work func() error) (string, error) {
	return "", beside(work, runtime.GC)
}

func eager(work func() error) (string, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	return "", work()
}

func single(work func() error) (string, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	return "", work()
}

// beside runs look again and again while work runs, and at least once.
func beside(work func() error, look func()) error {
	stop := make(chan struct{})
	var looking sync.WaitGroup
	looking.Add(1)
	go func() {
		defer looking.Done()
		for {
			look()
			select {
			case <-stop:
				return
			case <-time.After(200 * time.Microsecond):
			}
		}
	}()
	err := work()
	close(stop)
	looking.Wait()
	return err
}

// Under runs work under each of the observers, and hands over what was seen.
func Under(observers []Observer, work func() error, seen func(name, text string) error) error {
	for _, one := range observers {
		text, err := one.Around(work)
		if err == nil {
			err = seen(one.Name, text)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", one.Name, err)
		}
	}
	return nil
}
