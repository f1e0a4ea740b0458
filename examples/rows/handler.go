package main

import (
	"fmt"
	"html"
	"log"
	"net/http"
	"path/filepath"
	"time"

	"gangplank.example/rows/rows"
)

// flushEvery is how long a row may wait to be sent.
const flushEvery = 50 * time.Millisecond

// handler answers with a table of the lines that have the word asked for, in the folder of root that is asked for, each as soon as it is
// found. When the browser leaves, the request's context ends, and with it the search in Rust.
func handler(root string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		folder := filepath.FromSlash(r.FormValue("in"))
		if folder != "" && !filepath.IsLocal(folder) {
			http.Error(w, "no such folder", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		control := http.NewResponseController(w)
		count, flushed := 0, time.Time{}
		for row, err := range rows.Rows(r.Context(), filepath.Join(root, folder), r.FormValue("word")) {
			if err != nil {
				fail(w, r, err, count)
				return
			}
			if count == 0 {
				fmt.Fprint(w, "<!doctype html>\n<table>\n")
			}
			count++
			fmt.Fprintf(w, "<tr><td>%s:%d<td>%s\n", html.EscapeString(row.Path), row.Line, html.EscapeString(row.Text))
			if now := time.Now(); now.Sub(flushed) > flushEvery {
				flushed = now
				if control.Flush() != nil {
					return // nobody reads any more
				}
			}
		}
		fmt.Fprintf(w, "</table>\n<p>%d rows\n", count)
	})
}

// fail says what went wrong: with a status if nothing was sent yet.
func fail(w http.ResponseWriter, r *http.Request, err error, count int) {
	switch {
	case r.Context().Err() != nil: // the browser left
	case count == 0:
		http.Error(w, err.Error(), http.StatusBadRequest)
	default:
		log.Printf("after %d rows: %v", count, err)
		fmt.Fprintf(w, "</table>\n<p>%s\n", html.EscapeString(err.Error()))
	}
}
