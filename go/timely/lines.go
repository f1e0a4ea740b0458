package timely

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Lines is a source of the lines of files, without their ends. Files are dealt out to the workers in the order of their names. Lines are parts of the
// file: one that is kept keeps the file in memory.
func Lines(paths []string) Source[string] {
	paths = slices.Sorted(slices.Values(paths))
	return SourceFunc[string](func(w *Worker) (Reader[string], error) {
		l := &lines{}
		for i := w.Index; i < len(paths); i += w.Workers {
			l.paths = append(l.paths, paths[i])
		}
		return l, nil
	})
}

type lines struct {
	paths []string
	left  string
}

func (l *lines) Read(into []string) (int, error) {
	n := 0
	for n < len(into) {
		if l.left == "" {
			if len(l.paths) == 0 {
				return n, io.EOF
			}
			bytes, err := os.ReadFile(l.paths[0])
			if err != nil {
				return n, err
			}
			l.paths = l.paths[1:]
			l.left = string(bytes)
			continue
		}
		line, rest, _ := strings.Cut(l.left, "\n")
		into[n], l.left = strings.TrimSuffix(line, "\r"), rest
		n++
	}
	return n, nil
}

func (l *lines) Close() error { return nil }

// Tree are the files in a folder and below for which keep is true, by their whole path.
func Tree(folder string, keep func(path string) bool) ([]string, error) {
	var paths []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && keep(path) {
			paths = append(paths, path)
		}
		return err
	})
	if err == nil && len(paths) == 0 {
		err = fmt.Errorf("gangplank: there is no such file below %s", folder)
	}
	return paths, err
}
