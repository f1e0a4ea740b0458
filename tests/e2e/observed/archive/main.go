// Command archive is the suite as a C library.
package main

import "C"

import (
	"fmt"

	"gangplank.example/e2e/observed/bridge"
	"gangplank.example/e2e/observed/suite"
)

// GangplankSuite runs the suite and returns 0 if all went well.
//
//export GangplankSuite
func GangplankSuite() C.int { return C.int(suite.Main()) }

// GangplankHere enters Rust on the thread of C that called it, and comes back to Go from there.
//
//export GangplankHere
func GangplankHere() C.int {
	saw := fmt.Sprint(bridge.Count(100), bridge.Work(30), bridge.Down(9, 1, 3), bridge.Say(2, "here"))
	fmt.Println("on a thread of C:", saw)
	return C.int(len(saw))
}

func main() {}
