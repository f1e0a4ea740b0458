package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"slices"

	"gangplank.dev/go/timely"
)

// Vote is so many votes for a letter. Total is all votes for a letter so far.
type (
	Vote struct {
		Letter byte
		Votes  uint32
	}
	Total struct {
		Letter byte
		Votes  uint64
	}
)

const voteLen = 5

// appendVote is how votes travel: the letter, and four bytes.
func appendVote(to []byte, v Vote) []byte {
	return binary.BigEndian.AppendUint32(append(to, v.Letter), v.Votes)
}

func decodeVote(frame []byte) (Vote, error) {
	if len(frame) != voteLen || frame[0] < 'a' || frame[0] > 'z' {
		return Vote{}, fmt.Errorf("%q is no vote: a letter and four bytes", frame)
	}
	return Vote{frame[0], binary.BigEndian.Uint32(frame[1:])}, nil
}

// vote is the i-th vote of the generator.
func vote(i int) Vote { return Vote{'a' + byte(i*i%26), uint32(i % 100)} }

// alphabet adds votes up. There is no window: each vote is answered by the total of its letter, at once.
func alphabet(args []string) (*timely.App, error) {
	flags := flag.NewFlagSet("alphabet", flag.ContinueOnError)
	count := flags.Int("count", 1_000_000, "how many votes are generated")
	listen := flags.String("listen", "", "read frames of a TCP connection to this address instead")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	app := timely.New("alphabet")
	input := timely.Generate(*count, func(i int) []byte { return appendVote(nil, vote(i)) })
	if *listen != "" {
		input = timely.ListenFrames(*listen, 1, nil)
	}
	frames := timely.From(app, "votes", input)
	votes := timely.Decode(frames, "decode", decodeVote)
	byLetter := timely.Key(votes, "by letter", func(v Vote) byte { return v.Letter })
	totals := timely.State(byLetter, "add", func(votes *uint64, v Vote, out *timely.Out[Total]) {
		*votes += uint64(v.Votes)
		out.Send(Total{v.Letter, *votes})
	})
	together := timely.Route(totals, "together", func(Total, int) int { return 0 })
	timely.To(together, "last totals", lastTotals())
	return app, nil
}

// lastTotals prints the last total of each letter, which is the largest.
func lastTotals() timely.Sink[Total] {
	return timely.SinkFunc[Total](func(w *timely.Worker) (timely.Writer[Total], error) {
		return &lastWriter{first: w.Index == 0, last: map[byte]uint64{}}, nil
	})
}

type lastWriter struct {
	first bool
	last  map[byte]uint64
	seen  int
}

func (l *lastWriter) Write(totals []Total) error {
	l.seen += len(totals)
	for _, t := range totals {
		if t.Votes < l.last[t.Letter] {
			return fmt.Errorf("the total of %c went down from %d to %d", t.Letter, l.last[t.Letter], t.Votes)
		}
		l.last[t.Letter] = t.Votes
	}
	return nil
}

func (l *lastWriter) Close() error { return nil }

// Finish has all of them.
func (l *lastWriter) Finish() error {
	if !l.first {
		return nil
	}
	letters := make([]byte, 0, len(l.last))
	for letter := range l.last {
		letters = append(letters, letter)
	}
	slices.Sort(letters)
	for _, letter := range letters {
		fmt.Fprintf(os.Stdout, "%c %d\n", letter, l.last[letter])
	}
	_, err := fmt.Fprintf(os.Stdout, "%d votes\n", l.seen)
	return err
}
