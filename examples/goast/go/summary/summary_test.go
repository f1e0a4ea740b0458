package summary

import (
	"bytes"
	"errors"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	source, err := os.ReadFile("testdata/shape.go")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Parse("shape.go", source)
	if err != nil {
		t.Fatal(err)
	}
	want := File{
		Package:  "geometry",
		Lines:    47,
		Exported: 9, // Pi, Tau, Origin, Point, Point.Add, List, Len, Area, Scale
		Functions: []Function{
			{"Point.Add", 18, 3},
			{"List.Len", 25, 1},
			{"circle.Area", 28, 1},
			{"Area", 31, 5},
			{"Scale", 37, 3},
			{"helper", 41, 7},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestSyntaxError(t *testing.T) {
	_, err := Parse("brace.go", []byte("package broken\n\nfunc F() {\n\tif true {\n\t)\n}\n"))
	var list scanner.ErrorList
	if !errors.As(err, &list) || list[0].Pos.Line != 5 {
		t.Errorf("got %v, want an error in line 5", err)
	}
}

// TestAgainstScanner compares with a count that needs no parser, on real source.
func TestAgainstScanner(t *testing.T) {
	root := filepath.Join(runtime.GOROOT(), "src", "go")
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := Parse(path, source)
		if err != nil {
			return nil // test data
		}
		files++
		if want := scanFunctions(source); len(file.Functions) != want {
			t.Errorf("%s: %d functions, the scanner finds %d", path, len(file.Functions), want)
		}
		if want := bytes.Count(bytes.TrimSuffix(source, []byte("\n")), []byte("\n")) + 1; int(file.Lines) != want {
			t.Errorf("%s: %d lines, want %d", path, file.Lines, want)
		}
		return nil
	})
	if err != nil || files == 0 {
		t.Skipf("the Go toolchain's source is not here: %d files, %v", files, err)
	}
}

// scanFunctions counts the functions of a file by its tokens: the word func where a declaration starts.
func scanFunctions(source []byte) (n int) {
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile("", files.Base(), len(source)), source, nil, 0)
	depth, last := 0, token.SEMICOLON
	for {
		_, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			return n
		case token.LPAREN, token.LBRACE, token.LBRACK:
			depth++
		case token.RPAREN, token.RBRACE, token.RBRACK:
			depth--
		case token.FUNC:
			if depth == 0 && last == token.SEMICOLON {
				n++
			}
		}
		last = tok
	}
}
