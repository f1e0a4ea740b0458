// Package byhand passes values to Rust as a careful programmer does without a generator: as addresses and lengths, records flattened
// into arrays, or as bytes of another format.
package byhand

/*
#cgo CFLAGS: -O2
#cgo noescape payload_bytes
#cgo nocallback payload_bytes
#cgo noescape payload_text
#cgo nocallback payload_text
#cgo noescape payload_numbers
#cgo nocallback payload_numbers
#cgo noescape payload_orders_flat
#cgo nocallback payload_orders_flat
#include "byhand.h"
*/
import "C"

import (
	"unsafe"

	"gangplank.example/payloads/payload"
)

// Kinds of questions to [Bytes].
const (
	ProtoText = iota
	ProtoNumbers
	ProtoOrder
	ProtoOrders
	JSON = 9
)

// failed is the length of what could not be answered.
const failed = ^C.size_t(0)

// stackRoom is how long an answer may be to come without an allocation but that of the result.
const stackRoom = 256

// Text passes address and length; the answer comes into a buffer of the caller.
func Text(text string) string {
	if len(text) > stackRoom {
		answer := make([]byte, len(text))
		return unsafe.String(unsafe.SliceData(answer), askText(text, answer))
	}
	var answer [stackRoom]byte
	return string(answer[:askText(text, answer[:])])
}

func askText(text string, answer []byte) int {
	n := C.payload_text((*C.uint8_t)(unsafe.StringData(text)), C.size_t(len(text)), (*C.uint8_t)(&answer[0]), C.size_t(len(answer)))
	if n == failed {
		panic("Rust could not answer")
	}
	return int(n)
}

// Numbers passes address and length; the answer is as long.
func Numbers(numbers []float64) []float64 {
	answer := make([]float64, len(numbers))
	if len(numbers) > 0 {
		C.payload_numbers((*C.double)(&numbers[0]), C.size_t(len(numbers)), (*C.double)(&answer[0]))
	}
	return answer
}

// Orders flattens the orders into arrays, and makes orders of the arrays that come back.
func Orders(orders []payload.Order) []payload.Order {
	answer := make([]payload.Order, len(orders))
	if len(orders) == 0 {
		return answer
	}
	n, length := len(orders), 0
	for i := range orders {
		length += len(orders[i].Customer)
	}
	ids, prices, quantities, lengths := make([]uint64, n), make([]float64, n), make([]uint32, n), make([]uint32, n)
	names := make([]byte, 0, length+1)
	for i := range orders {
		o := &orders[i]
		ids[i], prices[i], quantities[i], lengths[i] = o.ID, o.Price, o.Quantity, uint32(len(o.Customer))
		names = append(names, o.Customer...)
	}
	if C.payload_orders_flat((*C.uint64_t)(&ids[0]), (*C.double)(&prices[0]), (*C.uint32_t)(&quantities[0]), (*C.uint32_t)(&lengths[0]), (*C.uint8_t)(unsafe.SliceData(names)), C.size_t(len(names)), C.size_t(n)) == failed {
		panic("Rust could not answer")
	}
	all := string(names)
	for i := range answer {
		answer[i] = payload.Order{ID: ids[i], Customer: all[:lengths[i]], Price: prices[i], Quantity: quantities[i]}
		all = all[lengths[i]:]
	}
	return answer
}

// Bytes asks a question in some format. The answer is written to space if there is room, and is valid until space is used again.
func Bytes(kind int, question []byte, space *[]byte) []byte {
	for {
		room := (*space)[:cap(*space)]
		n := C.payload_bytes(C.uint32_t(kind), (*C.uint8_t)(unsafe.SliceData(question)), C.size_t(len(question)), (*C.uint8_t)(unsafe.SliceData(room)), C.size_t(len(room)))
		switch {
		case n == failed:
			panic("Rust could not answer")
		case int(n) <= len(room):
			return room[:n]
		}
		*space = make([]byte, 2*n)
	}
}
