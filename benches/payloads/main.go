// Command payloads measures values on their way from Go to Rust and back: strings, slices, records and lists of them; by hand, generated,
// in protobuf, in JSON, and through a subprocess.
package main

import (
	"fmt"
	"os"
	"time"

	"gangplank.example/measure"
	"gangplank.example/payloads/payload"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == workerMode {
		payload.Serve()
		return
	}
	flags := measure.Parse(31, 5*time.Millisecond)
	measure.Header()
	w, err := startWorker()
	if err != nil {
		fmt.Fprintln(os.Stderr, "payloads:", err)
		os.Exit(1)
	}
	flags.Run(works(w))
	if err := w.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "payloads: the subprocess:", err)
		os.Exit(1)
	}
}
