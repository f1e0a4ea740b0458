package main

import (
	"fmt"
	"time"

	"gangplank.example/search/search"
)

// times says how long either side took.
type times struct{ rust, plain time.Duration }

func (t times) ratio() float64 { return t.plain.Seconds() / t.rust.Seconds() }

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

// compare searches root for pattern with both, prints what was found, and fails if the counts differ.
func compare(root, pattern string, workers, first int) (times, error) {
	var t times
	start := time.Now()
	rust, err := search.Search(search.Query{
		Pattern: pattern,
		Root:    root,
		Workers: uint32(workers),
		First:   uint32(first),
		ASCII:   true,
	})
	t.rust = time.Since(start)
	if err != nil {
		return t, err
	}

	start = time.Now()
	plain, err := searchPlain(root, pattern, workers, first)
	t.plain = time.Since(start)
	if err != nil {
		return t, err
	}

	show(pattern, rust, t)
	return t, differ(pattern, rust, plain)
}

// show prints what a search found.
func show(pattern string, found search.Summary, t times) {
	fmt.Printf("\n%s\n    %d lines in %d of %d files; %s with ripgrep's crates, %s with Go's regexp\n",
		pattern, found.LinesMatched, found.FilesMatched, found.Files, seconds(t.rust), seconds(t.plain))
	for _, hit := range found.Hits {
		fmt.Printf("    %s:%d: %.80s\n", hit.Path, hit.Line, hit.Text)
	}
}

// differ is nil if both found the same.
func differ(pattern string, rust, plain search.Summary) error {
	for _, count := range []struct {
		what        string
		rust, plain uint64
	}{
		{"files", rust.Files, plain.Files},
		{"files with a match", rust.FilesMatched, plain.FilesMatched},
		{"lines", rust.LinesMatched, plain.LinesMatched},
		{"binary files", rust.Binary, plain.Binary},
		{"unreadable files", rust.Unreadable, plain.Unreadable},
	} {
		if count.rust != count.plain {
			return fmt.Errorf("%s: ripgrep's crates counted %d %s, Go's regexp %d", pattern, count.rust, count.what, count.plain)
		}
	}
	if len(rust.Hits) != len(plain.Hits) {
		return fmt.Errorf("%s: ripgrep's crates returned %d hits, Go's regexp %d", pattern, len(rust.Hits), len(plain.Hits))
	}
	for i := range rust.Hits {
		r, p := rust.Hits[i], plain.Hits[i]
		if r.Path != p.Path || r.Line != p.Line {
			return fmt.Errorf("%s: hit %d is %s:%d with ripgrep's crates, %s:%d with Go's regexp", pattern, i, r.Path, r.Line, p.Path, p.Line)
		}
	}
	return nil
}
