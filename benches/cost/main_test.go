package main

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"gangplank.example/cost/cost"
)

func TestEveryCrossingIsPrinted(t *testing.T) {
	cost.RegisterCallee(callee{})
	var out bytes.Buffer
	if err := run(json.NewEncoder(&out), 20*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	lines := json.NewDecoder(&out)
	for _, want := range crossings {
		var line struct {
			Name string
			Ns   float64
		}
		if err := lines.Decode(&line); err != nil || line.Name != want.name || line.Ns <= 0 {
			t.Errorf("got %+v, %v, want %q", line, err, want.name)
		}
	}
}

func TestRepeatMakesTheCalls(t *testing.T) {
	if _, err := repeat(3, func(x uint64) uint64 { return x }); err == nil {
		t.Error("a call that does nothing was not noticed")
	}
	if got := cost.Call(41); got != goCall(41) {
		t.Errorf("Rust returns %d, Go %d", got, goCall(41))
	}
}
