package handle_test

import (
	"errors"
	"fmt"

	"gangplank.dev/go/handle"
)

func Example() {
	table := handle.NewTable[*string]()
	text := "kept for native code"

	h := table.New(&text)
	number := uint64(h) // what native code keeps

	v, err := table.Get(handle.Handle(number))
	fmt.Println(*v, err)

	fmt.Println(table.Delete(h))
	_, err = table.Get(h)
	fmt.Println(errors.Is(err, handle.ErrStale))
	// Output:
	// kept for native code <nil>
	// <nil>
	// true
}

func ExampleKeyed() {
	connections := handle.NewKeyed[int, string]()
	connections.Put(443, "https")
	fmt.Println(connections.Get(443))
	fmt.Println(connections.Take(443))
	fmt.Println(connections.Get(443))
	// Output:
	// https true
	// https true
	//  false
}
