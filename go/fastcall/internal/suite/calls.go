package suite

import (
	"errors"
	"fmt"
	"unsafe"

	"gangplank.dev/go/fastcall"
	"gangplank.dev/go/fastcall/internal/natives"
)

// same is a callback that returns its first argument.
var same = uintptr(fastcall.Register(func(a, b uintptr) uintptr { return a }))

// sumTo is 0 + 1 + ... + n-1.
func sumTo(n uintptr) uintptr { return n * (n - 1) / 2 }

func leaf() (string, error) {
	w := natives.Weigh
	got := []uintptr{
		fastcall.Leaf1(natives.Spin, 0),
		fastcall.Leaf2(natives.Add, 40, 2),
		fastcall.Leaf6(w, 1, 2, 3, 4, 5, 6),
		fastcall.Leaf6(w, ^uintptr(0), 1<<63, 7, 0, 9, 1<<40),
	}
	for i := range uintptr(1000) {
		if sum := fastcall.Leaf6(w, i, i+1, i+2, i+3, i+4, i+5); sum != 21*i+70 {
			return "", fmt.Errorf("call %d returned %d", i, sum)
		}
	}
	return fmt.Sprint(got), nil
}

// callLocal has frames on the goroutine's stack, at every depth: whichever
// lane it is, the address must be right when the native function uses it.
func callLocal() (string, error) {
	fresh := make(chan uintptr)
	go func() { fresh <- callAtDepth(300) }()
	return fmt.Sprint(<-fresh), nil
}

//go:noinline
func callAtDepth(depth int) uintptr {
	if depth == 0 {
		return 0
	}
	var p [8]uint64
	for i := range p {
		p[i] = uint64(i + depth)
	}
	n := fastcall.Call(natives.Frames, unsafe.Pointer(&p), 2)
	if n != 2 || p[0] != uint64(6+3*depth) || p[4] != uint64(18+3*depth) {
		panic(fmt.Sprint("wrong frames at depth ", depth, ": ", p))
	}
	return callAtDepth(depth-1) + uintptr(p[0])
}

func entry() (string, error) {
	got := []uintptr{
		fastcall.Enter(natives.Plain, 40, 2),
		fastcall.Enter(natives.Each, same, 0),
		fastcall.Enter(natives.Each, same, 1),
		fastcall.Enter(natives.Each, same, 9),
		fastcall.Enter(natives.Each, same, 100000),
	}
	return fmt.Sprint(got), nil
}

// words has more arguments and two results, whatever happens in between: no
// callback, a few, many, one that fails when a frame guards all of them, and a
// stack that grows on the way in.
func words() (string, error) {
	var got []uintptr
	keep := func(r, second uintptr) { got = append(got, r, second) }
	keep(fastcall.LeafWords(natives.WordsLeaf, 1, 2, 3, 4, 5, 6))
	for _, n := range []uintptr{0, 1, 2, 7, 8, 9, 100} {
		keep(fastcall.EnterWords(natives.Words, same, n, 1, 20, 300))
	}
	fail := uintptr(fastcall.RegisterTrap(func(i, n uintptr) uintptr {
		if i == n-2 {
			panic(errTest)
		}
		deepen(int(i))
		return 1
	}, func(_, _ uintptr, _ fastcall.Failure) uintptr { return 1000 }))
	for _, n := range []uintptr{2, 9, 10, 20} {
		keep(fastcall.EnterWords(natives.Words, fail, n, 1, 20, 300))
	}
	fresh := make(chan uintptr)
	go func() { fresh <- wordsAtDepth(300) }()
	got = append(got, <-fresh)
	return fmt.Sprint(got), nil
}

//go:noinline
func wordsAtDepth(depth int) uintptr {
	if depth == 0 {
		return 0
	}
	d := uintptr(depth)
	r, second := fastcall.EnterWords(natives.Words, same, d%12, d, d+1, d+2)
	if r != sumTo(d%12) || second != 6*d+8 {
		panic(fmt.Sprint("wrong results at depth ", depth, ": ", r, " and ", second))
	}
	return wordsAtDepth(depth-1) + second
}

func nested() (string, error) {
	depth, most := 0, 0
	var again uintptr
	again = uintptr(fastcall.Register(func(i, n uintptr) uintptr {
		if depth++; depth > most {
			most = depth
		}
		defer func() { depth-- }()
		if depth < 10 {
			return fastcall.Enter(natives.Each, again, 2) + 1
		}
		deepen(100)
		return i
	}))
	sum := fastcall.Enter(natives.Each, again, 2)
	if most != 10 {
		return "", fmt.Errorf("%d levels", most)
	}
	return fmt.Sprint(sum), nil
}

// deep nests entries until the thread's stack is nearly used up. That is a
// panic, on the lane that can know, and a limit of ours on the other.
func deep() (string, error) {
	left := 0
	var down uintptr
	down = uintptr(fastcall.Register(func(_, _ uintptr) uintptr {
		if left == 0 {
			return 0
		}
		left--
		deepen(64)
		return fastcall.Enter(natives.EachRec, down, 20) + 1
	}))
	some := func() uintptr { left = 39; return fastcall.Enter(natives.EachRec, down, 20) }
	sum := some()
	if sum != 39 {
		return "", fmt.Errorf("%d levels", sum)
	}
	if name, _ := fastcall.Lane(); name != "fast" {
		return fmt.Sprint(sum), nil
	}
	left = 1 << 30
	v := panicOf(func() { fastcall.Enter(natives.EachRec, down, 20) })
	if levels := 1<<30 - left; !isStackError(v) || levels < 20 {
		return "", fmt.Errorf("endless nesting ended with %v after %d levels", v, levels)
	}
	if again := some(); again != sum {
		return "", fmt.Errorf("after a used-up stack: %d", again)
	}
	return fmt.Sprint(sum), nil
}

func isStackError(v any) bool {
	err, _ := v.(error)
	var low *fastcall.StackError
	return errors.As(err, &low) && low.Left < 1<<20 && low.Function == natives.EachRec
}

func unknownCallback() (string, error) {
	v := panicOf(func() { fastcall.Enter(natives.Each, 1<<40, 3) })
	failure, ok := v.(*fastcall.PanicError)
	if !ok {
		return "", fmt.Errorf("panicked with %v", v)
	}
	return fmt.Sprint(failure.Value), nil
}

// panicOf returns the value that f panics with.
func panicOf(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}
