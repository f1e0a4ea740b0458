// Command program is the suite as a Go program.
package main

import (
	"os"

	"gangplank.example/e2e/observed/suite"
)

func main() { os.Exit(suite.Main()) }
