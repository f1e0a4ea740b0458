// Command search looks for patterns in a tree of source files: once with ripgrep's crates, through the generated package
// search, and once with Go's own regexp. Both must count the same lines.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"gangplank.example/search/search"
)

// patterns are what is searched when -pattern does not say otherwise.
var patterns = []string{
	`sync\.Mutex`,
	`func \(\w+ \*\w+\) String\(\) string`,
	`\b(panic|os\.Exit|log\.Fatal)\(`,
	`(?i)\bfixme\b|\btodo\(\w+\)`,
	`[0-9a-f]{32,}`,
}

func main() {
	var asked []string
	flag.Func("pattern", "search for `regexp`; may be given several times", func(p string) error {
		asked = append(asked, p)
		return nil
	})
	workers := flag.Int("workers", runtime.GOMAXPROCS(0), "search with `n` threads on either side")
	first := flag.Int("first", 3, "show the first `n` hits of each pattern")
	flag.Parse()
	if len(asked) == 0 {
		asked = patterns
	}

	root, err := sourceTree(flag.Arg(0))
	if err == nil {
		err = run(root, asked, *workers, *first)
	}
	if err == nil {
		err = showBadPattern(root)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "search:", err)
		os.Exit(1)
	}
}

// sourceTree is the folder to search: arg, or the source of the installed Go toolchain.
func sourceTree(arg string) (string, error) {
	if arg == "" {
		out, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			return "", fmt.Errorf("cannot find the Go toolchain's source (%w); name a folder to search instead", err)
		}
		arg = filepath.Join(strings.TrimSpace(string(out)), "src")
	}
	return filepath.EvalSymlinks(arg)
}

// run searches root for every pattern with both and compares.
func run(root string, patterns []string, workers, first int) error {
	fmt.Printf("Searching %s with %d threads.\n", root, workers)
	if _, err := searchPlain(root, patterns[0], workers, 0); err != nil { // so that every file is in the page cache
		return err
	}
	var total times
	for _, pattern := range patterns {
		t, err := compare(root, pattern, workers, first)
		if err != nil {
			return err
		}
		total.rust += t.rust
		total.plain += t.plain
	}
	fmt.Printf("\nAll patterns: ripgrep's crates %s, Go's regexp %s (%.1f times as long). The counts are equal.\n",
		seconds(total.rust), seconds(total.plain), total.ratio())
	return nil
}

// showBadPattern shows how an error of the Rust side looks in Go.
func showBadPattern(root string) error {
	const pattern = `func (\w+`
	_, err := search.Search(search.Query{Pattern: pattern, Root: root})
	var bad *search.BadPatternError
	if !errors.As(err, &bad) {
		return fmt.Errorf("searching for %q: got %v, want a *search.BadPatternError", pattern, err)
	}
	fmt.Printf("\nA bad pattern is a Go error with fields: At %d, Why %q.\n    %s\n    %s^\n",
		bad.At, bad.Why, pattern, strings.Repeat(" ", int(bad.At)))
	if _, err = search.Search(search.Query{Root: root}); !errors.Is(err, search.ErrEmptyPattern) {
		return fmt.Errorf("searching for an empty pattern: got %v, want search.ErrEmptyPattern", err)
	}
	return nil
}
