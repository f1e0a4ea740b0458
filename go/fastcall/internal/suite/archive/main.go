// Command archive is the suite as a C library.
package main

import "C"

import (
	"fmt"

	"gangplank.dev/go/fastcall"
	"gangplank.dev/go/fastcall/internal/suite"
)

// GangplankSuite runs the suite and returns how many behaviours failed.
//
//export GangplankSuite
func GangplankSuite() C.int {
	lane, why := fastcall.Lane()
	fmt.Println("lane:", lane, why)
	return C.int(suite.Run())
}

func main() {}
