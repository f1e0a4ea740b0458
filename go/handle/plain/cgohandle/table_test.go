//go:build cgo

package cgohandle

import (
	"testing"

	"gangplank.dev/go/handle"
)

func TestTable(t *testing.T) {
	var table Table[string]
	h := table.New("x")
	if v, err := table.Get(h); v != "x" || err != nil {
		t.Error(v, err)
	}
	if _, err := (Table[int]{}).Get(h); err != handle.ErrForeign {
		t.Error(err)
	}
	if v, err := table.Take(h); v != "x" || err != nil {
		t.Error(v, err)
	}
	for _, h := range []handle.Handle{0, h} {
		if v, err := table.Get(h); v != "" || err == nil {
			t.Error(v, err)
		}
		if err := table.Delete(h); err == nil || (err == handle.ErrZero) != (h == 0) {
			t.Error(err)
		}
	}
	nils := Table[any]{}
	h = nils.New(nil)
	if v, err := nils.Take(h); v != nil || err != nil {
		t.Error(v, err)
	}
}
