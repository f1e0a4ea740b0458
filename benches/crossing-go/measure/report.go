package measure

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// Report is everything that a run found.
type Report struct {
	Suite      string     `json:"suite"`
	Conditions Conditions `json:"conditions"`
	Rows       []Row      `json:"rows,omitempty"`
	Memory     []Growth   `json:"memory,omitempty"`
}

// Save writes the report as JSON.
func (r Report) Save(path string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o666)
}

// Print prints the conditions.
func (c Conditions) Print(w io.Writer) {
	fmt.Fprintf(w, "%s, %d cores, %s, Linux %s; %s; %s; commit %s, %s; load %s\n", c.CPU, c.Cores, c.System, c.Kernel, c.Go, c.Rust, c.Commit, c.Date, c.Load)
}

// Print prints the rows of one work.
func Print(w io.Writer, rows []Row) {
	fmt.Fprintf(w, "\n%-36s %9s %19s %7s %7s\n", rows[0].Work, "ns", "middle half", "ratio", "allocs")
	for _, r := range rows {
		fmt.Fprintf(w, "  %-34s %9.2f %19s %7.2f %7.4g%s\n", r.Way, r.Ns, fmt.Sprintf("%.2f - %.2f", r.Low, r.High), r.Ratio, r.Allocs, r.verdict())
	}
}

// verdict says whether a row keeps its limit.
func (r Row) verdict() string {
	switch {
	case r.Limit == 0:
		return ""
	case r.Ratio <= r.Limit:
		return fmt.Sprintf("  at most %g: kept", r.Limit)
	default:
		return fmt.Sprintf("  at most %g: MISSED", r.Limit)
	}
}
