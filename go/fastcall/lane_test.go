package fastcall

import "testing"

func TestLane(t *testing.T) {
	t.Log(Lane())
}
