package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"

	"gangplank.dev/go/timely"
)

// list is a sink that writes counts when it has all of them.
type list struct {
	top int
	all bool
	to  io.Writer
}

func (l *list) Open(w *timely.Worker) (timely.Writer[Count], error) {
	return &listing{list: l, first: w.Index == 0}, nil
}

type listing struct {
	*list
	first  bool
	counts []Count
}

func (l *listing) Write(counts []Count) error {
	l.counts = append(l.counts, counts...)
	return nil
}

func (l *listing) Close() error { return nil }

// Finish has all of them.
func (l *listing) Finish() error {
	if !l.first {
		return nil
	}
	to := bufio.NewWriter(l.to)
	total := 0
	for _, c := range l.counts {
		total += c.N
	}
	if l.all {
		slices.SortFunc(l.counts, func(a, b Count) int { return cmp.Compare(a.Word, b.Word) })
	} else {
		slices.SortFunc(l.counts, func(a, b Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Word, b.Word)) })
		fmt.Fprintf(to, "%d words, %d different\n", total, len(l.counts))
		l.counts = l.counts[:min(l.top, len(l.counts))]
	}
	for _, c := range l.counts {
		fmt.Fprintf(to, "%8d %s\n", c.N, c.Word)
	}
	return to.Flush()
}
