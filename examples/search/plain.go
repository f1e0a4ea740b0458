package main

import (
	"bytes"
	"cmp"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"gangplank.example/search/search"
)

// searchPlain does what search.Search does, with Go's own packages and the same rules: hidden files and folders are left
// out, files with a zero byte count as binary, lines that match are counted.
func searchPlain(root, pattern string, workers, first int) (search.Summary, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return search.Summary{}, err
	}
	paths := make(chan string, 1024)
	found := make([]search.Summary, workers)
	var wg sync.WaitGroup
	for i := range found {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f := newFinder(re, root, first)
			for path := range paths {
				f.file(path)
			}
			found[i] = f.found
		}()
	}
	unreadable := walk(root, paths)
	close(paths)
	wg.Wait()

	var total search.Summary
	for _, f := range found {
		total.Files += f.Files
		total.FilesMatched += f.FilesMatched
		total.LinesMatched += f.LinesMatched
		total.Binary += f.Binary
		total.Unreadable += f.Unreadable
		total.Hits = append(total.Hits, f.Hits...)
	}
	total.Unreadable += unreadable
	total.Hits = keepFirst(total.Hits, first)
	return total, nil
}

// walk sends every file beneath root that is not hidden, and returns how many folders could not be read.
func walk(root string, paths chan<- string) (unreadable uint64) {
	filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			unreadable++
		case path == root:
		case strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.Type().IsRegular():
			paths <- path
		}
		return nil
	})
	return unreadable
}

// finder searches files, one after the other, in one buffer.
type finder struct {
	re     *regexp.Regexp
	prefix []byte // what every match starts with
	root   string
	first  int
	buf    bytes.Buffer
	found  search.Summary
}

func newFinder(re *regexp.Regexp, root string, first int) *finder {
	prefix, _ := re.LiteralPrefix()
	return &finder{re: re, prefix: []byte(prefix), root: root, first: first}
}

func (f *finder) file(path string) {
	f.found.Files++
	text, err := readInto(&f.buf, path)
	if err != nil {
		f.found.Unreadable++
		return
	}
	if bytes.IndexByte(text, 0) >= 0 {
		f.found.Binary++
		return
	}
	lines := f.lines(path, text)
	if lines > 0 {
		f.found.FilesMatched++
		f.found.LinesMatched += lines
	}
	if len(f.found.Hits) > 64+8*f.first {
		f.found.Hits = keepFirst(f.found.Hits, f.first)
	}
}

// lines counts the lines of text that match. Where every match starts with the same bytes, only lines that hold them are
// looked at.
func (f *finder) lines(path string, text []byte) (lines uint64) {
	for at := 0; at < len(text); {
		if len(f.prefix) > 0 {
			skip := bytes.Index(text[at:], f.prefix)
			if skip < 0 {
				return lines
			}
			at += bytes.LastIndexByte(text[at:at+skip], '\n') + 1
		}
		line, next := text[at:], len(text)
		if end := bytes.IndexByte(line, '\n'); end >= 0 {
			line, next = line[:end], at+end+1
		}
		if f.re.Match(line) {
			if lines < uint64(f.first) {
				f.hit(path, text, at, line)
			}
			lines++
		}
		at = next
	}
	return lines
}

func (f *finder) hit(path string, text []byte, at int, line []byte) {
	name, err := filepath.Rel(f.root, path)
	if err != nil {
		name = path
	}
	f.found.Hits = append(f.found.Hits, search.Hit{
		Path: name,
		Line: uint64(bytes.Count(text[:at], []byte{'\n'}) + 1),
		Text: strings.TrimSpace(strings.ToValidUTF8(string(line), "\uFFFD")),
	})
}

func keepFirst(hits []search.Hit, first int) []search.Hit {
	slices.SortFunc(hits, func(a, b search.Hit) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	return hits[:min(first, len(hits))]
}
