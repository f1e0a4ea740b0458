package main

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gangplank.example/search/search"
)

// files is a tree with everything that is easy to count wrongly.
var files = map[string]string{
	"a/main.go":       "package main\n\nfunc main() {\n\tpanic(\"no\") // panic(1) twice in a line\n}\n",
	"a/no_newline.go": "package main // panic(last line",
	"b/windows.go":    "package b\r\n\r\nfunc F() { panic(\"crlf\") }\r\n",
	"b/latin1.go":     "// caf\xe9 panic(0)\npackage b\n",
	"b/wörter.txt":    "panische Grüße, nopanic(\nÖpanic(\n",
	"empty.go":        "",
	"newlines.go":     "\n\n\n",
	"late_zero.bin":   strings.Repeat("panic(1)\n", 20_000) + "\x00",
	"early_zero.bin":  "\x00panic(1)\n",
	".hidden.go":      "panic(1)\n",
	".git/config.go":  "panic(1)\n",
	".gitignore":      "a/\n",
}

func tree(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func query(root, pattern string) search.Query {
	return search.Query{Pattern: pattern, Root: root, Workers: 2, First: 10, ASCII: true}
}

func TestCounts(t *testing.T) {
	root := tree(t)
	for pattern, want := range map[string]struct{ files, lines uint64 }{
		`\bpanic\(`:        {5, 5}, // with ASCII word boundaries Öpanic( matches, nopanic( does not
		`panic\(`:          {5, 6},
		`panic\((1|"crlf)`: {2, 2},
		`^package`:         {4, 4},
		`^$`:               {2, 4},
		`^`:                {6, 16},
		`caf.\s`:           {1, 1},
		`main\b.*$`:        {2, 3},
		`(?i)GRÜSSE`:       {0, 0},
		`no such text`:     {0, 0},
	} {
		rust, err := search.Search(query(root, pattern))
		if err != nil {
			t.Errorf("%s: %v", pattern, err)
			continue
		}
		plain, err := searchPlain(root, pattern, 2, 10)
		if err != nil {
			t.Fatal(err)
		}
		if err := differ(pattern, rust, plain); err != nil {
			t.Error(err)
		}
		if rust.FilesMatched != want.files || rust.LinesMatched != want.lines {
			t.Errorf("%s: %d lines in %d files, want %d in %d", pattern, rust.LinesMatched, rust.FilesMatched, want.lines, want.files)
		}
		if rust.Files != 9 || rust.Binary != 2 || rust.Unreadable != 0 {
			t.Errorf("%s: %d files, %d binary, %d unreadable, want 9, 2, 0", pattern, rust.Files, rust.Binary, rust.Unreadable)
		}
	}
}

func TestFirstHits(t *testing.T) {
	q := query(tree(t), `panic\(`)
	q.First = 3
	got, err := search.Search(q)
	if err != nil {
		t.Fatal(err)
	}
	want := []search.Hit{
		{Path: "a/main.go", Line: 4, Text: `panic("no") // panic(1) twice in a line`},
		{Path: "a/no_newline.go", Line: 1, Text: "package main // panic(last line"},
		{Path: "b/latin1.go", Line: 1, Text: "// caf\uFFFD panic(0)"},
	}
	if !reflect.DeepEqual(got.Hits, want) {
		t.Errorf("got %v, want %v", got.Hits, want)
	}
	if got.LinesMatched != 6 {
		t.Errorf("%d lines, want 6", got.LinesMatched)
	}
}

func TestErrors(t *testing.T) {
	root := tree(t)
	_, err := search.Search(query(root, `ab(c`))
	var bad *search.BadPatternError
	if !errors.As(err, &bad) || bad.At != 2 || bad.Why != "unclosed group" {
		t.Errorf("unclosed group: got %#v", err)
	}
	if want := "bad pattern at byte 2: unclosed group"; err.Error() != want {
		t.Errorf("unclosed group: got %q, want %q", err, want)
	}

	if _, err = search.Search(query(root, "")); !errors.Is(err, search.ErrEmptyPattern) {
		t.Errorf("empty pattern: got %v", err)
	}

	missing := filepath.Join(root, "missing")
	_, err = search.Search(query(missing, "x"))
	var root404 *search.BadRootError
	if !errors.As(err, &root404) || root404.Path != missing {
		t.Errorf("missing root: got %#v", err)
	}
}

// TestPlainAlone does not cross: it holds the comparison itself to known numbers.
func TestPlainAlone(t *testing.T) {
	root := tree(t)
	for pattern, lines := range map[string]uint64{`panic\(`: 6, `(?:pan)ic\(`: 6, `^`: 16} {
		found, err := searchPlain(root, pattern, 3, 2)
		if err != nil {
			t.Fatal(err)
		}
		if found.LinesMatched != lines || found.Files != 9 || found.Binary != 2 || len(found.Hits) != 2 {
			t.Errorf("%s: got %+v, want %d lines", pattern, found, lines)
		}
	}
}
