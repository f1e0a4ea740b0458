package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"go/build"
	"net"
	"os"
	"path/filepath"
	"strings"

	"gangplank.dev/go/timely"
)

// Count is how often a word was seen.
type Count struct {
	Word string
	N    int
}

// layout is the program: lines, words, counts by word, the list of them.
func layout(args []string) (*timely.App, error) {
	flags := flag.NewFlagSet("wordcount", flag.ContinueOnError)
	top := flags.Int("top", 10, "how many words are shown")
	all := flags.Bool("all", false, "show all words, by name")
	listen := flags.String("listen", "", "read lines as frames of TCP connections to this address")
	connections := flags.Int("connections", 1, "how many connections are waited for")
	send := flags.String("send", "", "send counts as frames to this address")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	app := timely.New("wordcount")

	var lines timely.Stream[string]
	if *listen != "" {
		frames := timely.From(app, "frames", timely.ListenFrames(*listen, *connections, func(address net.Addr) {
			fmt.Fprintln(os.Stderr, "wordcount: listening at", address)
		}), timely.Skip())
		lines = timely.Decode(frames, "decode", func(frame []byte) (string, error) { return string(frame), nil })
	} else {
		folder := filepath.Join(build.Default.GOROOT, "src")
		if flags.NArg() > 0 {
			folder = flags.Arg(0)
		}
		files, err := timely.Tree(folder, func(path string) bool { return strings.HasSuffix(path, ".go") })
		if err != nil {
			return nil, err
		}
		lines = timely.From(app, "lines", timely.Lines(files))
	}

	words := timely.FlatMap(lines, "split", split)
	byWord := timely.Key(words, "by word", func(word string) string { return word })
	counts := timely.Fold(byWord, "count",
		func(n *int, _ string) { *n++ },
		func(word string, n *int, out *timely.Out[Count]) { out.Send(Count{word, *n}) })

	if *send != "" {
		frames := timely.Encode(counts, "encode", func(to []byte, c Count) []byte {
			return append(binary.BigEndian.AppendUint64(to, uint64(c.N)), c.Word...)
		})
		timely.To(frames, "send", timely.DialFrames(*send))
		return app, nil
	}
	// One worker of all has the whole list.
	together := timely.Route(counts, "together", func(Count, int) int { return 0 })
	timely.To(together, "list", &list{top: *top, all: *all, to: os.Stdout})
	return app, nil
}

// split sends the words of a line: what has letters, digits and underscores only.
func split(line string, out *timely.Out[string]) {
	begin := -1
	for i := 0; i < len(line); i++ {
		if isWord[line[i]] {
			if begin < 0 {
				begin = i
			}
		} else if begin >= 0 {
			out.Send(line[begin:i])
			begin = -1
		}
	}
	if begin >= 0 {
		out.Send(line[begin:])
	}
}

// isWord are the bytes of words. All of UTF-8 beyond ASCII belongs to them.
var isWord = func() (is [256]bool) {
	for b := range is {
		c := byte(b)
		is[b] = c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	return is
}()
