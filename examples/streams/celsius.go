package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"os"
	"strconv"

	"gangplank.dev/go/timely"
)

// celsius is the simplest of all: a decoder, two computations, an encoder. A frame is four bytes, a float32.
func celsius(args []string) (*timely.App, error) {
	flags := flag.NewFlagSet("celsius", flag.ContinueOnError)
	count := flags.Int("count", 10, "how many temperatures are generated")
	listen := flags.String("listen", "", "read frames of a TCP connection to this address instead")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	app := timely.New("celsius")
	input := timely.Generate(*count, func(i int) []byte {
		return binary.BigEndian.AppendUint32(nil, math.Float32bits(float32(i)/2-20))
	})
	if *listen != "" {
		input = timely.ListenFrames(*listen, 1, nil)
	}
	frames := timely.From(app, "temperatures", input)
	degrees := timely.Decode(frames, "decode", func(frame []byte) (float32, error) {
		if len(frame) != 4 {
			return 0, fmt.Errorf("a temperature has 4 bytes, not %d", len(frame))
		}
		return math.Float32frombits(binary.BigEndian.Uint32(frame)), nil
	}, timely.DeadLetters(func(f *timely.Failure) { fmt.Fprintln(os.Stderr, f) }))
	multiplied := timely.Map(degrees, "multiply", func(c float32) float32 { return c * 1.8 })
	added := timely.Map(multiplied, "add", func(f float32) float32 { return f + 32 })
	lines := timely.Encode(added, "encode", func(to []byte, f float32) []byte {
		return strconv.AppendFloat(to, float64(f), 'f', 1, 32)
	})
	timely.To(lines, "print", timely.Print[[]byte](os.Stdout))
	return app, nil
}
