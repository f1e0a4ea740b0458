package measure

import (
	"encoding/json"
	"fmt"
	"os"
)

// Environment variables by which `gangplank bench` tells its programs what it wants.
const (
	linesVariable = "GANGPLANK_BENCH_LINES" // the file that results go to, a line of JSON each
	quickVariable = "GANGPLANK_BENCH_QUICK" // fewer points of each curve
)

// Quick is whether only the most important points of a curve are wanted.
func Quick() bool { return os.Getenv(quickVariable) != "" }

// Report is everything that a run found, for a program's own -json.
type Report struct {
	Suite      string     `json:"suite"`
	Conditions Conditions `json:"conditions"`
	Rows       []Row      `json:"rows,omitempty"`
}

// Save writes the report as JSON.
func (r Report) Save(path string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o666)
}

// Missing says that something could not be measured, and why.
func Missing(what, why string) {
	fmt.Fprintf(os.Stderr, "not measured: %s: %s\n", what, why)
	send(struct {
		Missing string `json:"missing"`
		Why     string `json:"why"`
	}{what, why})
}

// Figure is a number that is no time: a cell of a table.
type Figure struct {
	Table  string  `json:"table"` // what it is about, with the unit
	Line   string  `json:"line"`
	Column string  `json:"column"`
	Value  float64 `json:"value"`
}

// Send sends the figure as [Print] does with rows.
func (f Figure) Send() { send(f) }

// send gives a line to `gangplank bench`. What it already has, it keeps whatever happens to this process.
func send(line any) {
	path := os.Getenv(linesVariable)
	if path == "" {
		return
	}
	text, err := json.Marshal(line)
	if err != nil {
		fatal(err)
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		fatal(err)
	}
	defer file.Close()
	if _, err := file.Write(append(text, '\n')); err != nil {
		fatal(err)
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "measure:", err)
	os.Exit(1)
}
