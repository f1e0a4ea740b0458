// Command program is the suite as a Go program. With an argument it only goes where a debugger stops.
package main

import (
	"fmt"
	"os"

	"gangplank.example/e2e/observed/bridge"
	"gangplank.example/e2e/observed/suite"
)

func main() {
	if len(os.Args) > 1 {
		fmt.Println("stopped:", bridge.Stop(40))
		return
	}
	os.Exit(suite.Main())
}
