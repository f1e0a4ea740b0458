// Command streams has three programs that people know from Wallaroo, with their logic in Go and timely dataflow as the engine.
//
//	streams celsius  [-count N]                  degrees Celsius to Fahrenheit
//	streams alphabet [-count N]                  votes for letters, added up
//	streams market   [-orders N] [-listen A,B]   orders against the national best bid and offer
//
// All take the engine's options: -w workers, -p, -h, --status. Input is generated, or frames over TCP.
package main

import (
	"fmt"

	"gangplank.dev/go/timely"
	"gangplank.example/streams/engine"
)

func main() { timely.Main(layout, engine.RegisterProgram, engine.Run) }

var programs = map[string]func(args []string) (*timely.App, error){
	"celsius":  celsius,
	"alphabet": alphabet,
	"market":   market,
}

func layout(args []string) (*timely.App, error) {
	if len(args) == 0 || programs[args[0]] == nil {
		return nil, fmt.Errorf("streams: say which: celsius, alphabet or market")
	}
	return programs[args[0]](args[1:])
}
