package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"slices"

	"gangplank.dev/go/timely"
)

// tape is what is generated, and knows which orders must be refused.
//
// Each symbol's quotes move, but a symbol whose spread is wide stays wide, and the others narrow. So the right answer does not depend on which of the two streams is ahead.
type tape struct {
	symbols []Symbol
	orders  int
}

func newTape(orders int) *tape {
	t := &tape{orders: orders}
	for i := range 350 {
		t.symbols = append(t.symbols, Symbol{'A' + byte(i/26%26), 'A' + byte(i%26), 'A' + byte(i*7%26), ' '})
	}
	return t
}

// isWide is whether orders of the n-th symbol are refused.
func (t *tape) isWide(n int) bool { return n%7 == 3 }

// quote is the i-th quote.
func (t *tape) quote(i int) Event {
	n := i % len(t.symbols)
	middle := 20 + float64(n%50) + float64(i%100)/100
	half := 0.01
	if t.isWide(n) {
		half = middle * 0.03
	}
	return Event{Symbol: t.symbols[n], Quote: &Quote{middle - half, middle + half}}
}

// symbolOf is the number of the symbol of the i-th order.
func (t *tape) symbolOf(i int) int { return i * 31 % min(len(t.symbols), t.orders) }

// order is the i-th order.
func (t *tape) order(i int) Event {
	return Event{Symbol: t.symbols[t.symbolOf(i)], Order: &Order{uint32(i), uint32(100 + i%900), 20 + float64(i%5000)/100}}
}

// The frames: what it is, the symbol, and the numbers.
const (
	quoteLen = 1 + 4 + 8 + 8
	orderLen = 1 + 4 + 4 + 4 + 8
)

func appendQuote(to []byte, e Event) []byte {
	to = append(append(to, 'q'), e.Symbol[:]...)
	to = binary.BigEndian.AppendUint64(to, math.Float64bits(e.Quote.Bid))
	return binary.BigEndian.AppendUint64(to, math.Float64bits(e.Quote.Offer))
}

func appendOrder(to []byte, e Event) []byte {
	to = append(append(to, 'o'), e.Symbol[:]...)
	to = binary.BigEndian.AppendUint32(to, e.Order.ID)
	to = binary.BigEndian.AppendUint32(to, e.Order.Quantity)
	return binary.BigEndian.AppendUint64(to, math.Float64bits(e.Order.Price))
}

func float(b []byte) float64 { return math.Float64frombits(binary.BigEndian.Uint64(b)) }

func decodeQuote(frame []byte) (Event, error) {
	if len(frame) != quoteLen || frame[0] != 'q' {
		return Event{}, fmt.Errorf("%q is no quote", frame)
	}
	return Event{Symbol: Symbol(frame[1:5]), Quote: &Quote{float(frame[5:]), float(frame[13:])}}, nil
}

func decodeOrder(frame []byte) (Event, error) {
	if len(frame) != orderLen || frame[0] != 'o' {
		return Event{}, fmt.Errorf("%q is no order", frame)
	}
	order := Order{binary.BigEndian.Uint32(frame[5:]), binary.BigEndian.Uint32(frame[9:]), float(frame[13:])}
	return Event{Symbol: Symbol(frame[1:5]), Order: &order}, nil
}

// validator is the sink that knows the right rejections.
type validator struct{ tape *tape }

func (v *validator) Open(w *timely.Worker) (timely.Writer[Rejected], error) {
	return &validating{tape: v.tape, first: w.Index == 0}, nil
}

type validating struct {
	tape  *tape
	first bool
	seen  []uint32
}

func (v *validating) Write(rejected []Rejected) error {
	for _, r := range rejected {
		i := int(r.Order.ID)
		switch {
		case i >= v.tape.orders || *v.tape.order(i).Order != r.Order:
			return fmt.Errorf("order %d was never made: %+v", i, r.Order)
		case !v.tape.isWide(v.tape.symbolOf(i)):
			return fmt.Errorf("order %d of %s was refused at %+v", i, r.Symbol, r.Quote)
		}
		v.seen = append(v.seen, r.Order.ID)
	}
	return nil
}

func (v *validating) Close() error { return nil }

// Finish has all of them.
func (v *validating) Finish() error {
	if !v.first {
		return nil
	}
	slices.Sort(v.seen)
	at := 0
	for i := range v.tape.orders {
		if !v.tape.isWide(v.tape.symbolOf(i)) {
			continue
		}
		if at >= len(v.seen) || v.seen[at] != uint32(i) {
			return fmt.Errorf("order %d of %s was not refused, or one was refused twice before it", i, v.tape.symbols[v.tape.symbolOf(i)])
		}
		at++
	}
	if at != len(v.seen) {
		return fmt.Errorf("%d orders were refused, and should be %d", len(v.seen), at)
	}
	_, err := fmt.Fprintf(os.Stdout, "%d orders, %d refused, all as they should be\n", v.tape.orders, at)
	return err
}
