package reentrancy_test

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"sync"
	"testing"

	"gangplank.example/e2e/reentrancy/bridge"
	"gangplank.example/e2e/stack"
)

// level implements bridge.Level. On each level the stack moves, while Rust has memory that lies on it.
type level struct{}

func (level) Log(left uint32, log bridge.Log) (bridge.Log, error) {
	log.Lines = append(log.Lines, fmt.Sprintf("Go at %d", log.Depth))
	local := log
	local.Bytes = bytes.Clone(log.Bytes)
	stack.Grow(8 * int(log.Depth+1))
	back, err := bridge.LogDown(left-1, log)
	stack.Grow(8 * int(log.Depth+2))
	if !reflect.DeepEqual(local, log) {
		return back, fmt.Errorf("the log at %d changed", log.Depth)
	}
	return back, err
}

func (level) Text(left uint32, text bridge.BorrowedString) string {
	own := string(append([]byte(nil), text...))
	stack.Grow(16 * int(left))
	back := bridge.Text(left-1, own)
	stack.Grow(32 * int(left))
	if own != string(text) {
		panic("the lent text changed")
	}
	return back
}

func (level) Number(left uint32, n int64) int64 {
	stack.Grow(16 * int(left))
	return bridge.Number(left-1, n) * 2
}

func TestMain(m *testing.M) {
	bridge.RegisterLevel(level{})
	os.Exit(m.Run())
}

const levels = 10

func logs(t *testing.T, levels uint32) {
	log, err := bridge.LogDown(levels, bridge.Log{})
	if err != nil {
		t.Error(err)
		return
	}
	if log.Depth != levels+1 || len(log.Lines) != int(2*levels+1) || len(log.Bytes) != int(levels+1)*100 || len(log.Numbers) != int(levels+1) {
		t.Errorf("%d levels: depth %d, %d lines, %d bytes, %d numbers", levels, log.Depth, len(log.Lines), len(log.Bytes), len(log.Numbers))
	}
	for depth, at := log.Depth, &log; at != nil; depth, at = depth-1, at.Before {
		if at.Depth != depth {
			t.Errorf("the log of level %d says %d", depth, at.Depth)
		}
		for i, line := range at.Lines {
			if want := fmt.Sprintf([]string{"Rust at %d", "Go at %d"}[i%2], i/2+1); line != want {
				t.Errorf("line %d is %q, not %q", i, line, want)
			}
		}
	}
}

func texts(t *testing.T, levels uint32) {
	want := "x"
	for range levels + 1 {
		want = want + "r" + want
	}
	if got := bridge.Text(levels, "x"); got != want {
		t.Errorf("%d levels: %d bytes", levels, len(got))
	}
}

func numbers(t *testing.T, levels uint32) {
	want := int64(1)
	for range levels {
		want *= 3
	}
	for range levels {
		want = want*2 + 1
	}
	if got := bridge.Number(levels, 1); got != want {
		t.Errorf("%d levels: %d, not %d", levels, got, want)
	}
}

func TestTenLevels(t *testing.T) {
	for deep := range uint32(levels + 1) {
		stack.Fresh(func() { logs(t, deep) })
		stack.Fresh(func() { texts(t, deep) })
		stack.Fresh(func() { numbers(t, deep) })
	}
}

func TestAHundredLevels(t *testing.T) {
	stack.Fresh(func() { numbers(t, 30) })
	stack.Fresh(func() { bridge.Number(100, 0) })
}

func TestManyGoroutinesAtOnce(t *testing.T) {
	var wait sync.WaitGroup
	for range 50 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			logs(t, levels)
			texts(t, levels)
			numbers(t, levels)
		}()
	}
	wait.Wait()
}
