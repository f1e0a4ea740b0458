// Package impl implements what the Rust program asks for. It is linked into the program, where its init runs at the start.
package impl

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strings"

	"gangplank.example/pages/bridge"
)

func init() {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 256 // as many as there are clients
	bridge.RegisterWeb(&web{client: http.Client{Transport: transport}})
}

// web implements bridge.Web. Its methods run on many goroutines at once.
type web struct{ client http.Client }

// Fetch ends when ctx does: when the Rust future is dropped.
func (w *web) Fetch(ctx context.Context, url string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	response, err := w.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("GET %s: %s", request.URL.Path, response.Status)
	}
	return io.ReadAll(response.Body)
}

var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{{or .Path "all packages"}}</title>
<h1>{{or .Path "all packages"}}</h1>
<table>
{{- $path := .Path}}
{{- range .Entries}}
<tr><td>{{if .Folder}}<a href="/{{with $path}}{{.}}/{{end}}{{.Name}}">{{.Name}}/</a>{{else}}{{.Name}}{{end}}<td>{{if not .Folder}}{{.Size}}{{end}}
{{- else}}
<tr><td>nothing here
{{- end}}
</table>
`))

// Render needs ctx for nothing: it does not wait.
func (w *web) Render(_ context.Context, folder bridge.Folder) (string, error) {
	var out strings.Builder
	err := page.Execute(&out, folder)
	return out.String(), err
}
