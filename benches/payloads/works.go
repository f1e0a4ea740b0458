package main

import (
	"fmt"

	"gangplank.example/measure"
	"gangplank.example/payloads/byhand"
	"gangplank.example/payloads/payload"
	"gangplank.example/payloads/wire"
)

// The sinks keep the compiler from leaving work out.
var (
	sinkText    string
	sinkNumbers []float64
	sinkOrders  []payload.Order
)

func repeat(f func()) func(n int) {
	return func(n int) {
		for range n {
			f()
		}
	}
}

// ways names the five roads.
func ways(hand, gangplank, protobuf, inJSON, subprocess func()) []measure.Way {
	return []measure.Way{
		{Name: "by hand", Lane: "cgo", Crossings: 1, Run: repeat(hand)},
		{Name: "gangplank", Lane: "cgo", Crossings: 1, Run: repeat(gangplank)},
		{Name: "protobuf", Lane: "cgo", Crossings: 1, Run: repeat(protobuf)},
		{Name: "JSON", Lane: "cgo", Crossings: 1, Run: repeat(inJSON)},
		{Name: "subprocess, JSON", Lane: "pipes", Crossings: 1, Run: repeat(subprocess)},
	}
}

// points of a curve; a quick run takes every third, and the last.
func points(all ...int) (some []int) {
	for i, n := range all {
		if !measure.Quick() || i%3 == 0 || i == len(all)-1 {
			some = append(some, n)
		}
	}
	return some
}

func works(w *worker) (works []measure.Work) {
	for _, n := range points(0, 8, 32, 128, 512, 2<<10, 8<<10, 64<<10) {
		works = append(works, textWork(w, n))
	}
	for _, n := range points(1, 16, 128, 1<<10, 8<<10) {
		works = append(works, numbersWork(w, n))
	}
	works = append(works, orderWork(w))
	for _, n := range points(1, 8, 64, 512) {
		works = append(works, ordersWork(w, n))
	}
	return works
}

func textWork(w *worker, n int) measure.Work {
	text := text(n)
	message, question := &wire.Text{Text: text}, &value{Text: &text}
	answer := &wire.Text{}
	return measure.Work{
		Name: fmt.Sprintf("a string of %d bytes", n), Plot: "a string there and back against bytes", X: float64(n),
		Ways: ways(
			func() { sinkText = byhand.Text(text) },
			func() { sinkText = payload.Text(text) },
			func() { askProto(byhand.ProtoText, message, answer); sinkText = answer.Text },
			func() { sinkText = *askJSON(question).Text },
			func() { sinkText = *w.ask(question).Text },
		),
	}
}

func numbersWork(w *worker, n int) measure.Work {
	numbers := numbers(n)
	message, question := &wire.Numbers{Numbers: numbers}, &value{Numbers: numbers}
	return measure.Work{
		Name: fmt.Sprintf("a slice of %d float64", n), Plot: "a slice of float64 there and back against numbers", X: float64(n),
		Ways: ways(
			func() { sinkNumbers = byhand.Numbers(numbers) },
			func() { sinkNumbers = payload.Numbers(numbers) },
			func() {
				answer := &wire.Numbers{} // its numbers are kept
				askProto(byhand.ProtoNumbers, message, answer)
				sinkNumbers = answer.Numbers
			},
			func() { sinkNumbers = askJSON(question).Numbers },
			func() { sinkNumbers = w.ask(question).Numbers },
		),
	}
}

func orderWork(w *worker) measure.Work {
	all := orders(8)
	order := all[7]
	message, inJSON := wireOrder(&order), jsonOrder(order)
	question := &value{Order: &inJSON}
	one := make([]payload.Order, 1)
	one[0] = order
	keep := func(o payload.Order) { sinkOrders = append(sinkOrders[:0], o) }
	return measure.Work{
		Name: "a record there and back",
		Ways: ways(
			func() { keep(byhand.Orders(one)[0]) },
			func() { keep(payload.OrderAgain(order)) },
			func() {
				answer := &wire.Order{}
				askProto(byhand.ProtoOrder, message, answer)
				keep(plainOrder(answer))
			},
			func() { keep(payload.Order(*askJSON(question).Order)) },
			func() { keep(payload.Order(*w.ask(question).Order)) },
		),
	}
}

func ordersWork(w *worker, n int) measure.Work {
	list := orders(n)
	message, question := wireOrders(list), &value{Orders: jsonOrders(list)}
	return measure.Work{
		Name: fmt.Sprintf("a list of %d records", n), Plot: "a list of records there and back against records", X: float64(n),
		Ways: ways(
			func() { sinkOrders = byhand.Orders(list) },
			func() { sinkOrders = payload.Orders(list) },
			func() {
				answer := &wire.Orders{}
				askProto(byhand.ProtoOrders, message, answer)
				sinkOrders = sinkOrders[:0]
				for _, o := range answer.Orders {
					sinkOrders = append(sinkOrders, plainOrder(o))
				}
			},
			func() { keepJSON(askJSON(question)) },
			func() { keepJSON(w.ask(question)) },
		),
	}
}

func keepJSON(answer *value) {
	sinkOrders = sinkOrders[:0]
	for _, o := range answer.Orders {
		sinkOrders = append(sinkOrders, payload.Order(o))
	}
}
