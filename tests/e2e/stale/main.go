// Command stale is built with a library that may be another one than it was generated for.
package main

import (
	"fmt"

	"gangplank.example/stale/bridge"
)

// post implements bridge.Post.
type post struct{}

func (post) Price(grams uint32) uint32 { return grams * 2 }

func main() {
	bridge.RegisterPost(post{})
	price, err := bridge.Send(bridge.Letter{To: "Bremen", Grams: 20})
	fmt.Println(bridge.Greet("Bremen"), price, err)
}
