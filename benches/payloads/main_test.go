package main

import (
	"os"
	"reflect"
	"slices"
	"testing"

	"gangplank.example/payloads/payload"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == workerMode {
		payload.Serve()
		return
	}
	os.Exit(m.Run())
}

// All ways do the same: each leaves the same answer, and the right one.
func TestWaysAnswerTheSame(t *testing.T) {
	w, err := startWorker()
	if err != nil {
		t.Fatal(err)
	}
	for _, work := range works(w) {
		for _, way := range work.Ways {
			sinkText, sinkNumbers, sinkOrders = "none", nil, nil
			way.Run(2)
			n := int(work.X)
			switch {
			case work.Plot == "":
				if !reflect.DeepEqual(sinkOrders, answers(orders(8))[7:]) {
					t.Errorf("%s, %s: %+v", work.Name, way.Name, sinkOrders)
				}
			case sinkOrders != nil:
				if !reflect.DeepEqual(sinkOrders, answers(orders(n))) {
					t.Errorf("%s, %s: %+v", work.Name, way.Name, sinkOrders)
				}
			case sinkNumbers != nil:
				want := numbers(n)
				for i := range want {
					want[i] *= 2
				}
				if !slices.Equal(sinkNumbers, want) {
					t.Errorf("%s, %s: %v", work.Name, way.Name, sinkNumbers)
				}
			case sinkText != text(n):
				t.Errorf("%s, %s: %q", work.Name, way.Name, sinkText)
			}
		}
	}
	if err := w.stop(); err != nil {
		t.Error(err)
	}
}

func answers(orders []payload.Order) []payload.Order {
	for i := range orders {
		orders[i].ID++
		orders[i].Price *= 2
	}
	return orders
}
