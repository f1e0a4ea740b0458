package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gangplank.example/rows/rows"
	"gangplank.example/rows/rows/rowstest"
)

func tree(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		"a/one.go":    "package a\n\n// a plank <b>here</b>\n",
		"a/two.go":    "plank\nno\n\tplank again\n",
		"b/image.bin": "plank\x00plank\n",
		"b/last.txt":  "the last plank",
	} {
		path := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// long is a tree with n rows.
func long(t *testing.T, n int) string {
	t.Helper()
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "long.txt"), []byte(strings.Repeat("plank\n", n)), 0o666); err != nil {
		t.Fatal(err)
	}
	return root
}

func TestRows(t *testing.T) {
	rowstest.NoLeaks(t)
	var got []string
	for row, err := range rows.Rows(t.Context(), tree(t), "plank") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s:%d %s", row.Path, row.Line, row.Text))
	}
	want := []string{"a/one.go:3 // a plank <b>here</b>", "a/two.go:1 plank", "a/two.go:3 plank again", "b/last.txt:1 the last plank"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestErrors(t *testing.T) {
	rowstest.NoLeaks(t)
	for _, err := range rows.Rows(t.Context(), filepath.Join(t.TempDir(), "missing"), "plank") {
		var unreadable *rows.UnreadableError
		if !errors.As(err, &unreadable) || !strings.Contains(unreadable.Path, "missing") {
			t.Errorf("%v", err)
		}
	}
	for _, err := range rows.Rows(t.Context(), t.TempDir(), "") {
		if !errors.Is(err, rows.ErrNoWord) {
			t.Errorf("%v", err)
		}
	}
}

func TestAContextThatEndsEndsTheSearch(t *testing.T) {
	rowstest.NoLeaks(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	count := 0
	var last error
	for _, err := range rows.Rows(ctx, long(t, 1_000_000), "plank") {
		if last = err; err != nil {
			break
		}
		if count++; count == 10 {
			cancel()
		}
	}
	if !errors.Is(last, context.Canceled) || count > 100_000 {
		t.Errorf("%d rows, then %v", count, last)
	}
}

var plank = url.Values{"word": {"plank"}}

func TestHandler(t *testing.T) {
	server := httptest.NewServer(handler(tree(t)))
	defer server.Close()
	got, err := ask(t.Context(), server.URL, plank, 10)
	if err != nil || got.rows != 4 || !strings.Contains(got.text, "&lt;b&gt;here") {
		t.Errorf("%v, %+v", err, got)
	}
	got, err = ask(t.Context(), server.URL, url.Values{"word": {"plank"}, "in": {"b"}}, 10)
	if err != nil || got.rows != 1 {
		t.Errorf("in b: %v, %+v", err, got)
	}
	for _, folder := range []string{"..", "/etc", "missing"} {
		if _, err := ask(t.Context(), server.URL, url.Values{"word": {"plank"}, "in": {folder}}, 0); err == nil {
			t.Errorf("%s is searched", folder)
		}
	}
	if _, err := ask(t.Context(), server.URL, nil, 0); err == nil || !strings.Contains(err.Error(), "no word to look for") {
		t.Errorf("no word: %v", err)
	}
}

// The first rows arrive while there are many more, and what nobody reads is not searched for.
func TestABrowserThatLeaves(t *testing.T) {
	rowstest.NoLeaks(t)
	root := long(t, 1_000_000)
	gone := make(chan struct{}, 1)
	inner := handler(root)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner.ServeHTTP(w, r)
		gone <- struct{}{}
	}))
	defer server.Close()
	got, err := ask(t.Context(), server.URL, plank, 5)
	if err != nil || got.rows != 5 {
		t.Fatalf("%v, %d rows", err, got.rows)
	}
	select {
	case <-gone:
	case <-time.After(20 * time.Second):
		t.Error("the handler goes on")
	}
}

func TestUnderLoad(t *testing.T) {
	rowstest.NoLeaks(t)
	server := httptest.NewServer(handler(tree(t)))
	defer server.Close()
	all, err := load(t.Context(), server.URL, plank, 32, 500*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if all.answers == 0 || all.rows != 4*all.answers {
		t.Errorf("%d rows in %d answers", all.rows, all.answers)
	}
}
