// Package words has the roles of a word count. The layout is in Rust, in src/layout.rs.
package words

import (
	"errors"
	"strings"

	"gangplank.dev/go/timely"
	"gangplank.example/wordcount_rust/engine"
)

// Count is how often a word was seen.
type Count struct {
	Word string
	N    int
}

func init() { timely.Serve(roles(), engine.RegisterProgram) }

func roles() *timely.Roles {
	r := timely.NewRoles()
	timely.RegisterSource(r, "lines", func(args []string) (timely.Source[string], error) {
		if len(args) != 1 {
			return nil, errors.New("it takes one argument, a folder")
		}
		files, err := timely.Tree(args[0], func(path string) bool { return strings.HasSuffix(path, ".go") })
		return timely.Lines(files), err
	})
	timely.RegisterFlatMap(r, "split", split)
	timely.RegisterKey(r, "by word", func(word string) string { return word })
	timely.RegisterFold(r, "count",
		func(n *int, _ string) { *n++ },
		func(word string, n *int, out *timely.Out[Count]) { out.Send(Count{word, *n}) })
	return r
}

// split sends the words of a line: what has letters, digits and underscores only. All of UTF-8 beyond ASCII belongs to them.
func split(line string, out *timely.Out[string]) {
	begin := 0
	for i := range len(line) {
		if c := line[i]; c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
			continue
		}
		if begin < i {
			out.Send(line[begin:i])
		}
		begin = i + 1
	}
	if begin < len(line) {
		out.Send(line[begin:])
	}
}
