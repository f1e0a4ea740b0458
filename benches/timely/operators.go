package main

import (
	"io"
	"strconv"
	"sync/atomic"

	"gangplank.dev/go/timely"
	"gangplank.example/timely/engine"
)

// count is how often a word was seen.
type count struct {
	Word string
	N    uint64
}

// sum is what a count adds to the result of a run. The order of counts does not matter.
func (c count) sum() uint64 { return timely.HashString(c.Word) * c.N }

// goOperators runs word count on n lines in timely, with Go operators.
func goOperators(n int) uint64 {
	var total atomic.Uint64
	layout := func([]string) (*timely.App, error) {
		app := timely.New("word count")
		lines := timely.From(app, "lines", linesSource(n))
		words := timely.FlatMap(lines, "split", splitInto)
		byWord := timely.Key(words, "by word", func(word string) string { return word })
		counts := timely.Fold(byWord, "count",
			func(n *uint64, _ string) { *n++ },
			func(word string, n *uint64, out *timely.Out[count]) { out.Send(count{word, *n}) })
		timely.To(counts, "sum", timely.SinkFunc[count](func(*timely.Worker) (timely.Writer[count], error) {
			return &summing{total: &total}, nil
		}))
		return app, nil
	}
	args := []string{"-w", strconv.Itoa(workers)}
	if err := timely.Run(layout, engine.RegisterProgram, engine.Run, args); err != nil {
		panic(err)
	}
	return total.Load()
}

type summing struct{ total *atomic.Uint64 }

func (s *summing) Write(counts []count) error {
	sum := uint64(0)
	for _, c := range counts {
		sum += c.sum()
	}
	s.total.Add(sum)
	return nil
}

func (s *summing) Close() error { return nil }

// linesSource is n lines of the corpus, again and again; each worker has every second batch of 2048.
func linesSource(n int) timely.Source[string] {
	return timely.SourceFunc[string](func(w *timely.Worker) (timely.Reader[string], error) {
		return &linesReader{at: w.Index * chunk, step: w.Workers * chunk, n: n}, nil
	})
}

// chunk is how many lines are one piece of work, in all ways.
const chunk = 2048

type linesReader struct{ at, step, n int }

func (r *linesReader) Read(into []string) (int, error) {
	if r.at >= r.n {
		return 0, io.EOF
	}
	length := min(chunk, r.n-r.at)
	copyLines(into[:length], r.at)
	r.at += r.step
	return length, nil
}

func (r *linesReader) Close() error { return nil }

// copyLines gives the lines from the at-th on, beginning again after the last.
func copyLines(into []string, at int) {
	for len(into) > 0 {
		n := copy(into, corpus[at%len(corpus):])
		into, at = into[n:], at+n
	}
}

func splitInto(line string, out *timely.Out[string]) {
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

// isWord are the bytes of words.
var isWord = func() (is [256]bool) {
	for b := range is {
		c := byte(b)
		is[b] = c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	return is
}()
