// Command timely measures word count with Go operators in timely dataflow, beside the same operators in Rust, the best that Go does alone, and the design of Wallaroo's Go API.
package main

import (
	"fmt"
	"go/build"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gangplank.dev/go/timely"
	"gangplank.example/measure"
	"gangplank.example/timely/native"
)

// corpus is what all ways read, in memory: the lines of a part of Go's own source.
var corpus []string

// workers is how many all ways have.
const workers = 2

func main() {
	flags := measure.Parse(5, 300*time.Millisecond)
	if err := load(filepath.Join(build.Default.GOROOT, "src", "net")); err != nil {
		fmt.Fprintln(os.Stderr, "timely:", err)
		os.Exit(1)
	}
	measure.Header()
	flags.Run(works())
}

func load(folder string) error {
	files, err := timely.Tree(folder, func(path string) bool { return strings.HasSuffix(path, ".go") })
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, file := range files {
		bytes, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		text.Write(bytes)
	}
	corpus = strings.Split(text.String(), "\n")
	native.Load(text.String())
	return nil
}

// sink keeps results, so that no compiler can leave work out; the tests compare them.
var sink uint64

func works() []measure.Work {
	set := func(count func(n int) uint64) func(n int) {
		return func(n int) { sink = count(n) }
	}
	return []measure.Work{
		{Name: "word count, 2 workers, a line", Ways: []measure.Way{
			{Name: "timely, operators in Rust, words are parts of the text", Run: set(func(n int) uint64 { return native.Words(uint64(n), workers) })},
			{Name: "timely, operators in Rust, words are Strings", Run: set(func(n int) uint64 { return native.WordsOwned(uint64(n), workers) })},
			{Name: "timely, operators in Go", Lane: "hosted", Limit: 1 / 0.7, Run: set(goOperators)},
		}},
		{Name: "word count, 2 workers, a line, beside Go alone", Ways: []measure.Way{
			{Name: "Go alone: goroutines and channels", Run: set(goAlone)},
			{Name: "timely, operators in Go", Lane: "hosted", Limit: 1, Run: set(goOperators)},
		}},
		{Name: "word count, 2 workers, a line, beside a callback for each message", Ways: []measure.Way{
			{Name: "Wallaroo's: a callback for each role and message, maps of ids", Lane: "cgo", Run: set(func(n int) uint64 { return native.PerMessage(uint64(n), workers) })},
			{Name: "timely, operators in Go", Lane: "hosted", Limit: 1.0 / 5, Run: set(goOperators)},
		}},
	}
}
