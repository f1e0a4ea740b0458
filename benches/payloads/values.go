package main

import (
	"fmt"
	"strings"

	"gangplank.example/payloads/payload"
	"gangplank.example/payloads/wire"
)

// text of some length.
func text(length int) string {
	return strings.Repeat("gangway!", length/8+1)[:length]
}

func numbers(n int) []float64 {
	numbers := make([]float64, n)
	for i := range numbers {
		numbers[i] = float64(i) + 0.5
	}
	return numbers
}

func orders(n int) []payload.Order {
	orders := make([]payload.Order, n)
	for i := range orders {
		orders[i] = payload.Order{ID: uint64(i), Customer: fmt.Sprintf("customer %06d", i), Price: float64(i) + 0.25, Quantity: uint32(i%7 + 1)}
	}
	return orders
}

// The messages of protobuf are what a program that uses protobuf works with: they are made before the clock runs.

func wireOrder(o *payload.Order) *wire.Order {
	return &wire.Order{Id: o.ID, Customer: o.Customer, Price: o.Price, Quantity: o.Quantity}
}

func wireOrders(orders []payload.Order) *wire.Orders {
	all := &wire.Orders{}
	for i := range orders {
		all.Orders = append(all.Orders, wireOrder(&orders[i]))
	}
	return all
}

func plainOrder(o *wire.Order) payload.Order {
	return payload.Order{ID: o.Id, Customer: o.Customer, Price: o.Price, Quantity: o.Quantity}
}

// value is a question or an answer in JSON.
type value struct {
	Text    *string     `json:"text,omitempty"`
	Numbers []float64   `json:"numbers,omitempty"`
	Order   *jsonOrder  `json:"order,omitempty"`
	Orders  []jsonOrder `json:"orders,omitempty"`
}

type jsonOrder struct {
	ID       uint64  `json:"id"`
	Customer string  `json:"customer"`
	Price    float64 `json:"price"`
	Quantity uint32  `json:"quantity"`
}

func jsonOrders(orders []payload.Order) []jsonOrder {
	all := make([]jsonOrder, len(orders))
	for i, o := range orders {
		all[i] = jsonOrder(o)
	}
	return all
}
