package cgo

import (
	"errors"
	"reflect"
	"testing"

	"gangplank.dev/go/handle"
)

func TestHandle(t *testing.T) {
	for _, v := range []any{42, nil, "text", &struct{}{}, (*int)(nil), []int{1}} {
		h := NewHandle(v)
		if got := h.Value(); !reflect.DeepEqual(got, v) {
			t.Errorf("got %v, want %v", got, v)
		}
		other := NewHandle(v)
		if h == other || h == 0 {
			t.Error("two values have the same handle")
		}
		h.Delete()
		other.Delete()
		for name, f := range map[string]func(){"Value": func() { h.Value() }, "Delete": h.Delete} {
			func() {
				defer func() {
					if err, _ := recover().(error); !errors.Is(err, handle.ErrStale) {
						t.Errorf("%s of a deleted handle: %v", name, err)
					}
				}()
				f()
			}()
		}
	}
	if n := table.Len(); n != 0 {
		t.Errorf("%d handles are left", n)
	}
}

func TestNoAllocation(t *testing.T) {
	v := new(int)
	NewHandle(v).Delete()
	if n := testing.AllocsPerRun(1000, func() {
		h := NewHandle(v)
		h.Value()
		h.Delete()
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
