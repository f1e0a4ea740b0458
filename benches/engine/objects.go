package main

import (
	"errors"

	"gangplank.example/engine/byhand"
	"gangplank.example/engine/engine"
	"gangplank.example/measure"
)

// errNoStep is the error that passes through Rust.
var errNoStep = errors.New("there is no such step")

// steps is a way that takes one step in one crossing.
func steps(name string, step func(x uint64) uint64) measure.Way {
	return measure.Way{Name: name, Lane: "cgo", Crossings: 1, Run: repeat(step)}
}

// crossing says how often a way crosses.
func crossing(times float64, way measure.Way) measure.Way {
	way.Crossings = times
	return way
}

// atMost gives a way a bar: the ratio to the plain way.
func atMost(ratio float64, way measure.Way) measure.Way {
	way.Limit = ratio
	return way
}

// more gives a way a bar: the difference to the plain way, in nanoseconds.
func more(ns float64, way measure.Way) measure.Way {
	way.More = ns
	return way
}

// objects are values that stay where they are: what calls of them cost against calls without them.
func objects() []measure.Work {
	return []measure.Work{methods(), newAndClose(), callbacks(), lending(), rustFunctions(), errorsBack()}
}

// methods take the step of a function.
func methods() measure.Work {
	stepper, changing := engine.NewStepper(0), engine.NewChanging()
	return measure.Work{Name: "a method, u64 -> u64", Ways: []measure.Way{
		steps("exported function", engine.Step),
		more(3, steps("&self", stepper.Step)),
		more(3, steps("&mut self", changing.Step)),
		more(3, steps("&self of an object that has &mut self methods", changing.Peek)),
		steps("function with an argument &S", func(x uint64) uint64 { return engine.StepBorrowed(stepper, x) }),
		steps("function with an argument Arc<S>", func(x uint64) uint64 { return engine.StepShared(stepper, x) }),
	}}
}

// newAndClose make an object for one step, and end it.
func newAndClose() measure.Work {
	lives := func(step func(stepper *engine.Stepper, x uint64) uint64) func(x uint64) uint64 {
		return func(x uint64) uint64 {
			stepper := engine.NewStepper(0)
			x = step(stepper, x)
			if err := stepper.Close(); err != nil {
				panic(err)
			}
			return x
		}
	}
	inGo := func(_ *engine.Stepper, x uint64) uint64 { return byhand.Step(x) }
	return measure.Work{Name: "an object's life", Ways: []measure.Way{
		steps("bare cgo call", byhand.RustStep),
		atMost(4, crossing(2, steps("New and Close", lives(inGo)))),
		crossing(3, steps("New, a method and Close", lives((*engine.Stepper).Step))),
	}}
}

// callbacks are many calls of Go in one call of Rust, on the goroutine's thread.
func callbacks() measure.Work {
	stepper := engine.NewStepper(0)
	var calls int
	closure := func(x uint64) uint64 {
		calls++
		return byhand.Step(x)
	}
	way := func(name string, each func(n int, x uint64) uint64) measure.Way {
		return measure.Way{Name: name, Lane: "cgo", Crossings: 1, Run: func(n int) { sink = each(n, sink) }}
	}
	return measure.Work{Name: "Rust calls back, u64 -> u64", Ways: []measure.Way{
		way("bare cgo callback", byhand.Each),
		more(5, way("Go closure lent to a method", func(n int, x uint64) uint64 { return stepper.Each(uint64(n), x, closure) })),
		way("registered imported method", func(n int, x uint64) uint64 { return stepper.EachRegistered(uint64(n), x) }),
	}}
}

// lending gives a Go function to a call.
func lending() measure.Work {
	var calls int
	closure := func(x uint64) uint64 {
		calls++
		return byhand.Step(x)
	}
	with := func(call func(x uint64, f func(uint64) uint64) uint64) func(x uint64) uint64 {
		return func(x uint64) uint64 { return call(x, closure) }
	}
	return measure.Work{Name: "a Go closure as an argument", Ways: []measure.Way{
		steps("exported function without one", engine.Step),
		steps("&dyn Fn, not called", with(engine.StepLent)),
		crossing(2, steps("&dyn Fn, called once", with(engine.CallLent))),
		steps("Box<dyn Fn>, dropped", with(engine.StepKept)),
		crossing(2, steps("Box<dyn Fn>, called once and dropped", with(engine.CallKept))),
	}}
}

// rustFunctions are called by Go.
func rustFunctions() measure.Work {
	return measure.Work{Name: "a Rust closure, u64 -> u64", Ways: []measure.Way{
		steps("exported function", engine.Step),
		steps("Box<dyn Fn> that Go has", engine.Stepping()),
	}}
}

// errorsBack are Go errors that Rust hands back.
func errorsBack() measure.Work {
	fine := func(x uint64) (uint64, error) { return byhand.Step(x), nil }
	var at uint64
	fails := func(x uint64) (uint64, error) {
		at = byhand.Step(x)
		return 0, errNoStep
	}
	return measure.Work{Name: "Go -> Rust -> Go and back", Ways: []measure.Way{
		crossing(2, steps("a result", func(x uint64) uint64 {
			x, err := engine.Pass(x, fine)
			if err != nil {
				panic(err)
			}
			return x
		})),
		crossing(2, steps("a Go error, the same value again", func(x uint64) uint64 {
			if _, err := engine.Pass(x, fails); err != errNoStep {
				panic(err)
			}
			return at
		})),
	}}
}
