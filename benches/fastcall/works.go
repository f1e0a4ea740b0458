package main

import (
	"runtime"
	"unsafe"

	"gangplank.dev/go/fastcall"
	"gangplank.example/fastcall/byhand"
	"gangplank.example/measure"
)

// sink keeps results alive.
var sink uintptr

//go:noinline
func nothing() {}

//go:noinline
func add(a, b uintptr) uintptr { return a + b }

// same is a Go function that native code calls.
var same = uintptr(fastcall.Register(func(a, b uintptr) uintptr { return a }))

// A repeat does something n times.
func repeat(f func()) func(n int) {
	return func(n int) {
		for range n {
			f()
		}
	}
}

// Bars that the fast lane must clear, as ratios.
const (
	leafToGo         = 2.2
	leafToCgo        = 1 / 8.0
	entryToCgo       = 1 / 5.0
	callbackToCgo    = 1 / 5.5
	checkpointToNone = 1.1
)

func leaves(n int) {
	fn := byhand.Nothing
	for range n {
		fastcall.Leaf0(fn)
	}
}

// works are the comparisons. Loops are written out where a closure would cost
// as much as what is measured.
func works() []measure.Work {
	goCall := measure.Way{Name: "Go call, not inlined", Run: func(n int) {
		for range n {
			nothing()
		}
	}}
	cgoCall := measure.Way{Name: "cgo call", Run: func(n int) {
		for range n {
			byhand.CallNothing()
		}
	}}
	return []measure.Work{
		{Name: "no-op, against a Go call", Ways: []measure.Way{goCall, {Name: "leaf", Limit: leafToGo, Run: leaves}, cgoCall}},
		{Name: "no-op, against cgo", Ways: []measure.Way{
			cgoCall,
			{Name: "leaf", Limit: leafToCgo, Run: leaves},
			{Name: "entry that may call back", Limit: entryToCgo, Run: func(n int) {
				fn := byhand.Entry
				for range n {
					fastcall.Enter(fn, 1, 2)
				}
			}},
			{Name: "entry, thread locked around it", Run: func(n int) {
				fn := byhand.Entry
				for range n {
					runtime.LockOSThread()
					fastcall.Enter(fn, 1, 2)
					runtime.UnlockOSThread()
				}
			}},
		}},
		{Name: "arguments and a result", Ways: []measure.Way{
			{Name: "Go call, not inlined", Run: func(n int) {
				x := uintptr(0)
				for range n {
					x = add(x, 1)
				}
				sink = x
			}},
			{Name: "leaf, 2 arguments", Run: func(n int) {
				x, fn := uintptr(0), byhand.Add
				for range n {
					x = fastcall.Leaf2(fn, x, 1)
				}
				sink = x
			}},
			{Name: "leaf, 6 arguments", Run: func(n int) {
				x, fn := uintptr(0), byhand.Weigh
				for range n {
					x = fastcall.Leaf6(fn, x, 1, 2, 3, 4, 5)
				}
				sink = x
			}},
			{Name: "leaf, a frame in a local variable", Run: func(n int) {
				fn := byhand.Frame
				for range n {
					frame := [6]uint64{4: 1, 5: 2}
					fastcall.Call(fn, unsafe.Pointer(&frame), 1)
					sink = uintptr(frame[1])
				}
			}},
			{Name: "cgo call, 2 arguments", Run: func(n int) {
				x := uintptr(0)
				for range n {
					x = byhand.CallAdd(x, 1)
				}
				sink = x
			}},
		}},
		{Name: "callback, many in one entry", Ways: []measure.Way{
			{Name: "cgo callback", Run: func(n int) { sink = byhand.CallEach(uintptr(n)) }},
			{Name: "fast callback", Limit: callbackToCgo, Run: func(n int) {
				sink = fastcall.Enter(byhand.Each, same, uintptr(n))
			}},
		}},
		{Name: "call with one callback", Ways: []measure.Way{
			{Name: "cgo call, cgo callback", Run: repeat(func() { sink = byhand.CallEach(1) })},
			{Name: "entry, fast callback", Run: repeat(func() { sink = fastcall.Enter(byhand.Each, same, 1) })},
		}},
		{Name: "call with twenty callbacks", Ways: []measure.Way{
			{Name: "cgo call, cgo callbacks", Run: repeat(func() { sink = byhand.CallEach(20) })},
			{Name: "entry, fast callbacks", Run: repeat(func() { sink = fastcall.Enter(byhand.Each, same, 20) })},
		}},
		{Name: "step of a native loop", Ways: []measure.Way{
			{Name: "without checkpoint", Run: func(n int) { sink = fastcall.Enter(byhand.Mix, uintptr(n), 1) }},
			{Name: "with checkpoint", Limit: checkpointToNone, Run: func(n int) {
				sink = fastcall.Enter(byhand.MixPolls, uintptr(n), 1)
			}},
		}},
	}
}
