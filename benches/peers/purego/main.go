// Command purego measures calls from Go to Rust with purego, beside hand-written cgo and gangplank. All three call the same functions of
// the crate of crossing-go: purego those of the library that it loads, the others those that are linked in.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"gangplank.example/measure"
)

// libraryVariable names the crate as a library that can be loaded.
const libraryVariable = "GANGPLANK_BENCH_LIBRARY"

func main() {
	flags := measure.Parse(61, 5*time.Millisecond)
	measure.Header()
	peer, err := load(os.Getenv(libraryVariable))
	if err != nil {
		fmt.Fprintf(os.Stderr, "purego: %v (set %s to the library that crossing-go/rust makes as a cdylib)\n", err, libraryVariable)
		os.Exit(1)
	}
	flags.Run(works(peer))
}

// version is what the peer is called.
func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/ebitengine/purego" {
			return "purego " + module.Version
		}
	}
	return "purego"
}
