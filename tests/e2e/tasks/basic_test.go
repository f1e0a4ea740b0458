package tasks_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gangplank.example/e2e/tasks/bridge"
)

func TestReadyAtOnce(t *testing.T) {
	ctx := context.Background()
	if err := bridge.Nothing(ctx); err != nil {
		t.Fatal(err)
	}
	if n, err := bridge.Ready(ctx, 41); n != 42 || err != nil {
		t.Fatal(n, err)
	}
	if s, err := bridge.ReadyText(ctx, "straße"); s != "STRASSE" || err != nil {
		t.Fatal(s, err)
	}
	_, err := bridge.ReadyError(ctx, "harbour")
	var missing *bridge.MissingError
	if !errors.As(err, &missing) || missing.What != "harbour" {
		t.Fatal(err)
	}
}

func TestHop(t *testing.T) {
	for i := range uint64(10000) {
		if n, err := bridge.Hop(context.Background(), i); n != i+1 || err != nil {
			t.Fatal(n, err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for i := range uint64(1000) {
		if n, err := bridge.Hop(ctx, i); n != i+1 || err != nil {
			t.Fatal(n, err)
		}
	}
}
