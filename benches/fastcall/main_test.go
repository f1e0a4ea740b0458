package main

import (
	"testing"
	"unsafe"

	"gangplank.dev/go/fastcall"
	"gangplank.example/fastcall/byhand"
)

// TestSameResults: all ways of a comparison do the same work.
func TestSameResults(t *testing.T) {
	for a := range uintptr(50) {
		frame := [6]uint64{4: uint64(a), 5: 7}
		fastcall.Call(byhand.Frame, unsafe.Pointer(&frame), 1)
		got := []uintptr{
			add(a, 7), byhand.CallAdd(a, 7), fastcall.Leaf2(byhand.Add, a, 7), fastcall.Enter(byhand.Entry, a, 7), uintptr(frame[1]),
		}
		for _, sum := range got {
			if sum != a+7 {
				t.Fatal(got)
			}
		}
		if want := a * (a - 1) / 2; byhand.CallEach(a) != want || fastcall.Enter(byhand.Each, same, a) != want {
			t.Fatal("callbacks differ")
		}
		if fastcall.Enter(byhand.Mix, a, 1) != fastcall.Enter(byhand.MixPolls, a, 1) {
			t.Fatal("a checkpoint changes the result")
		}
	}
}

// Benchmark runs the works as Go benchmarks.
func Benchmark(b *testing.B) {
	for _, work := range works() {
		for _, way := range work.Ways {
			b.Run(work.Name+"/"+way.Name, func(b *testing.B) { way.Run(b.N) })
		}
	}
}
