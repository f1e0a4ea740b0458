package measure

import (
	"fmt"
	"io"
	"strings"
)

// Print prints the conditions.
func (c Conditions) Print(w io.Writer) {
	fmt.Fprintf(w, "%s, %d cores, %s, Linux %s; %s; %s; commit %s, %s; load %s\n", c.CPU, c.Cores, c.System, c.Kernel, c.Go, c.Rust, c.Commit, c.Date, c.Load)
}

// Print prints the rows of one work, and sends them to `gangplank bench` if it runs the program.
func Print(w io.Writer, rows []Row) {
	fmt.Fprintf(w, "\n%-40s %9s %19s %7s %7s\n", rows[0].Work, "ns", "middle half", "ratio", "allocs")
	for _, r := range rows {
		fmt.Fprintf(w, "  %-38s %9.2f %19s %7.2f %7.4g%s\n", strings.TrimSpace(r.Way+" "+bracket(r.Lane)), r.Ns, fmt.Sprintf("%.2f - %.2f", r.Low, r.High), r.Ratio, r.Allocs, r.verdict())
		if q := r.Quantiles; q != nil {
			fmt.Fprintf(w, "    p50 %.0f, p99 %.0f, p99.9 %.0f, worst %.0f\n", q.P50, q.P99, q.P999, q.Worst)
		}
		send(r)
	}
}

func bracket(lane string) string {
	if lane == "" {
		return ""
	}
	return "[" + lane + "]"
}

// verdict says whether a row keeps its limit.
func (r Row) verdict() string {
	switch {
	case r.More != 0:
		word := "kept"
		if r.Extra > r.More {
			word = "MISSED"
		}
		return fmt.Sprintf("  %.3g ns more, at most %.3g: %s", r.Extra, r.More, word)
	case r.Limit == 0:
		return ""
	case r.Ratio <= r.Limit:
		return fmt.Sprintf("  at most %.3g: kept", r.Limit)
	default:
		return fmt.Sprintf("  at most %.3g: MISSED", r.Limit)
	}
}
