package main

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"gangplank.example/crossing-go/byhand"
	"gangplank.example/crossing-go/crossing"
)

// All ways to do the same work give the same result: otherwise their times would mean nothing.

func TestScalar(t *testing.T) {
	for _, x := range []uint64{0, 1, 41, 1 << 32, 1<<63 - 1, 1<<64 - 1} {
		want := plainScalar(x)
		if got := byhand.Scalar(x); got != want {
			t.Errorf("by hand: %d, want %d", got, want)
		}
		if got := crossing.Scalar(x); got != want {
			t.Errorf("generated: %d, want %d", got, want)
		}
	}
	byhand.Nop()
	crossing.Nop()
}

func TestText(t *testing.T) {
	for _, want := range []string{"", "a", text, strings.Repeat("ä", 32), strings.Repeat("b", 65), strings.Repeat("c", 100_000)} {
		for name, call := range map[string]func(string) string{
			"C strings":          byhand.TextC,
			"address and length": byhand.TextOwned,
			"caller's buffer":    byhand.Text,
			"bytes only":         byhand.Copy,
			"generated":          crossing.Text,
			"Go":                 plainText,
		} {
			if got := call(want); got != want {
				t.Errorf("%s: %.80q, want %.80q", name, got, want)
			}
		}
	}
}

func TestRecord(t *testing.T) {
	for _, in := range []crossing.Packet{packet, {}, {From: "a", Payload: []byte{0}}} {
		got := crossing.Answer(in)
		if got.From != in.To || got.To != in.From || string(got.Payload) != string(in.Payload) {
			t.Errorf("got %+v for %+v", got, in)
		}
	}
	if len(packet.Payload) != 64 || len(packet.To) != 32 {
		t.Error("the record of the benchmark has another size than its name says")
	}
}

func TestError(t *testing.T) {
	if x, err := crossing.Refuse(4); x != 4 || err != nil {
		t.Errorf("got %d, %v, want 4 and no error", x, err)
	}
	_, err := crossing.Refuse(1)
	var denied *crossing.DeniedError
	if !errors.As(err, &denied) || denied.Why != "odd numbers are not served!" || err.Error() != "denied: odd numbers are not served!" {
		t.Errorf("got %#v", err)
	}
}

func TestAllocations(t *testing.T) {
	want := map[string]float64{"nothing": 0, "u64 -> u64": 0, "string of 32 bytes -> string": 1, "record -> record": 3}
	for work, limit := range want {
		if got := testing.AllocsPerRun(1000, func() { gangplank(work).Run(1) }); got > limit {
			t.Errorf("%s: %v allocations, want at most %v", work, got, limit)
		}
	}
}

func TestEveryWorkIsGenerated(t *testing.T) {
	names := map[string]bool{}
	for _, work := range works() {
		names[work.Name] = true
		if gangplank(work.Name).Run == nil {
			t.Errorf("%s: no generated call", work.Name)
		}
	}
	if len(names) != len(generated) {
		t.Errorf("%d works, %d generated calls", len(names), len(generated))
	}
}
