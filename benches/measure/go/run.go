package measure

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// Flags are what every benchmark program accepts.
type Flags struct {
	Options Options
	only    *string
}

// Parse reads the command line. The arguments are what a round is when nobody says otherwise.
func Parse(rounds int, round time.Duration) *Flags {
	f := &Flags{}
	flag.IntVar(&f.Options.Rounds, "rounds", rounds, "rounds of each way")
	flag.DurationVar(&f.Options.Round, "round", round, "time of each way in a round")
	f.only = flag.String("only", "", "only the works whose name contains `text`")
	flag.Parse()
	f.Options = f.Options.Patient()
	return f
}

// Wants is whether a work was asked for.
func (f *Flags) Wants(name string) bool { return strings.Contains(name, *f.only) }

// Run measures the works that were asked for, and prints them.
func (f *Flags) Run(works []Work) {
	for _, work := range works {
		if f.Wants(work.Name) {
			Print(os.Stdout, f.Options.Run(work))
		}
	}
}

// Header prints where this runs.
func Header() {
	Here().Print(os.Stdout)
	fmt.Println()
}
