// Command program runs the suite, and says on which lane.
package main

import (
	"fmt"
	"os"

	"gangplank.dev/go/fastcall"
	"gangplank.dev/go/fastcall/internal/suite"
)

func main() {
	lane, why := fastcall.Lane()
	fmt.Println("lane:", lane, why)
	if suite.Run() > 0 {
		os.Exit(1)
	}
}
