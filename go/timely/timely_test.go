package timely_test

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"testing"

	"gangplank.dev/go/timely"
)

type count struct {
	Word string
	N    int
}

// words is a word count over lines, whose result is collected.
func words(lines []string, to *[]count) *timely.App {
	app := timely.New("words")
	stream := timely.From(app, "lines", timely.Slice(lines))
	split := timely.FlatMap(stream, "split", func(line string, out *timely.Out[string]) {
		for _, word := range strings.Fields(line) {
			out.Send(word)
		}
	})
	counts := timely.Fold(timely.Key(split, "by word", func(w string) string { return w }), "count",
		func(n *int, _ string) { *n++ },
		func(w string, n *int, out *timely.Out[count]) { out.Send(count{w, *n}) })
	timely.To(counts, "collect", timely.Collect(to))
	return app
}

func TestLocalCountsWords(t *testing.T) {
	var lines []string
	want := map[string]int{}
	for i := range 5000 {
		lines = append(lines, fmt.Sprintf("a w%d w%d", i%7, i%1300))
		for _, word := range strings.Fields(lines[i]) {
			want[word]++
		}
	}
	for workers := 1; workers <= 3; workers++ {
		var counts []count
		if err := timely.Local(words(lines, &counts), workers); err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, c := range counts {
			got[c.Word] += c.N
		}
		if !maps.Equal(got, want) || len(counts) != len(want) {
			t.Errorf("%d workers: %d counts, want %d", workers, len(counts), len(want))
		}
	}
}

func TestLayoutAsText(t *testing.T) {
	var counts []count
	const want = `layout words
node 0 source - string lines
node 1 run 0 string split
node 2 partition 1 string by word
node 3 final 2 timely_test.count count
node 4 sink 3 - collect`
	if got := words(nil, &counts).String(); got != want {
		t.Errorf("got:\n%s", got)
	}
}

// TestStateWithEveryHash has the hash of Key, and one of the user's that is as bad as can be.
func TestStateWithEveryHash(t *testing.T) {
	for name, hash := range map[string]func([2]int) uint64{"bad": func([2]int) uint64 { return 7 }, "good": func(k [2]int) uint64 { return timely.HashUint64(uint64(k[0])) }} {
		for workers := 1; workers <= 3; workers++ {
			app := timely.New("sums")
			pairs := timely.From(app, "pairs", timely.Generate(3000, func(i int) [2]int { return [2]int{i % 30, i % 20} }))
			keyed := timely.KeyHash(pairs, "key", func(p [2]int) [2]int { return p }, hash)
			again := timely.State(keyed, "count", func(n *int, p [2]int, out *timely.Out[int]) {
				if *n++; *n == 50 {
					out.Send(p[0])
				}
			})
			plain := timely.Fold(timely.Key(again, "by number", func(n int) int { return n }), "fold",
				func(n *int, _ int) { *n++ },
				func(key int, n *int, out *timely.Out[[2]int]) { out.Send([2]int{key, *n}) })
			var got [][2]int
			timely.To(plain, "collect", timely.Collect(&got))
			if err := timely.Local(app, workers); err != nil {
				t.Fatal(err)
			}
			// 60 pairs, 50 times each; two for each first number.
			if len(got) != 30 || slices.ContainsFunc(got, func(p [2]int) bool { return p[1] != 2 }) {
				t.Errorf("%s, %d workers: %v", name, workers, got)
			}
		}
	}
}

type secret struct{ hidden int }

func TestCheckSaysEverything(t *testing.T) {
	other := timely.From(timely.New("other"), "there", timely.Slice([]int{1}))
	for _, test := range []struct {
		want string
		lay  func(app *timely.App)
	}{
		{"there is no source", func(app *timely.App) {}},
		{`nobody reads "a"`, func(app *timely.App) { timely.From(app, "a", timely.Slice([]int{1})) }},
		{`two nodes are named "a"`, func(app *timely.App) {
			a := timely.From(app, "a", timely.Slice([]int{1}))
			timely.To(a, "a", timely.Collect(new([]int)))
		}},
		{`part of the layout "other"`, func(app *timely.App) {
			a := timely.From(app, "a", timely.Slice([]int{1}))
			timely.To(timely.Merge("m", a, other), "s", timely.Collect(new([]int)))
		}},
		{"never made", func(app *timely.App) {
			a := timely.From(app, "a", timely.Slice([]int{1}))
			timely.To(timely.Merge("m", a, timely.Stream[int]{}), "s", timely.Collect(new([]int)))
		}},
		{`"m" has no function`, func(app *timely.App) {
			a := timely.From(app, "a", timely.Slice([]int{1}))
			timely.To(timely.Map[int, int](a, "m", nil), "s", timely.Collect(new([]int)))
		}},
		{"field hidden of timely_test.secret is not exported", func(app *timely.App) {
			a := timely.From(app, "a", timely.Slice([]secret{{1}}))
			timely.To(timely.Route(a, "r", func(secret, int) int { return 0 }), "s", timely.Collect(new([]secret)))
		}},
		{"which have no hash: use KeyHash", func(app *timely.App) {
			a := timely.From(app, "a", timely.Slice([]string{"x"}))
			timely.To(timely.Key(a, "k", func(string) [3]int { return [3]int{} }).Stream, "s", timely.Collect(new([]string)))
		}},
		{"a name is one line", func(app *timely.App) {
			timely.To(timely.From(app, "a\nb", timely.Slice([]int{1})), "s", timely.Collect(new([]int)))
		}},
	} {
		app := timely.New("wrong")
		test.lay(app)
		if err := app.Check(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("want %q, got %v", test.want, err)
		}
	}
}

// failing maps numbers, and fails for every tenth after it sent something.
func failing(option timely.Option, to *[]int) *timely.App {
	app := timely.New("failing")
	numbers := timely.From(app, "numbers", timely.Generate(100, func(i int) int { return i }))
	mapped := timely.FlatMap(numbers, "map", func(n int, out *timely.Out[int]) {
		out.Send(n)
		if n%20 == 5 {
			panic("five")
		}
		if n%20 == 15 {
			out.Fail(errFifteen)
		}
	}, option)
	timely.To(mapped, "collect", timely.Collect(to))
	return app
}

var errFifteen = errors.New("fifteen")

func TestPolicies(t *testing.T) {
	var got []int
	err := timely.Local(failing(timely.Stop(), &got), 1)
	var failure *timely.Failure
	if !errors.As(err, &failure) || failure.Operator != "map" || failure.Message != "5" || !strings.Contains(failure.Stack, "timely_test.go") {
		t.Errorf("stop: %v", err)
	}
	var dead []*timely.Failure
	for name, option := range map[string]timely.Option{
		"skip": timely.Skip(),
		"dead": timely.DeadLetters(func(f *timely.Failure) { dead = append(dead, f) }),
	} {
		got = nil
		if err := timely.Local(failing(option, &got), 1); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(got) != 90 || slices.Contains(got, 5) || slices.Contains(got, 95) {
			t.Errorf("%s: %d messages, %v", name, len(got), got)
		}
	}
	if len(dead) != 10 || !errors.Is(dead[1], errFifteen) || dead[1].Message != "15" || dead[1].Stack != "" {
		t.Errorf("dead letters: %d, %v", len(dead), dead)
	}
}

func TestSplitArgs(t *testing.T) {
	for line, want := range map[string]string{
		"-w 2 -all x":                 "-w 2|-all x",
		"-w2 -n=3 --process 1 /src":   "-w2 -n=3 --process 1|/src",
		"-top 5 -h hosts -r --status": "-h hosts -r --status|-top 5",
		"--status=0.5 -- -w 3":        "--status=0.5|-w 3",
		"- -word":                     "|- -word",
	} {
		engine, rest := timely.SplitArgs(strings.Fields(line))
		if got := strings.Join(engine, " ") + "|" + strings.Join(rest, " "); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

// TestFrames sends frames over TCP into a source: whole ones, one that is cut off, and one that is too long to be one.
func TestFrames(t *testing.T) {
	address := make(chan net.Addr, 1)
	app := timely.New("frames")
	source := timely.ListenFrames("127.0.0.1:0", 3, func(a net.Addr) { address <- a })
	var failures []string
	frames := timely.From(app, "frames", source, timely.DeadLetters(func(f *timely.Failure) { failures = append(failures, f.Error()) }))
	texts := timely.Decode(frames, "decode", func(frame []byte) (string, error) { return string(frame), nil })
	var got []string
	timely.To(texts, "collect", timely.Collect(&got))
	go func() {
		to := (<-address).String()
		var whole []byte
		for i := range 3000 {
			whole = timely.AppendFrame(whole, fmt.Appendf(nil, "frame %04d", i))
		}
		for _, bytes := range [][]byte{whole, timely.AppendFrame(nil, []byte("cut off"))[:8], {0xff, 0xff, 0xff, 0xff}} {
			conn, err := net.Dial("tcp", to)
			if err != nil {
				t.Error(err)
				return
			}
			conn.Write(bytes)
			conn.Close()
		}
	}()
	if err := timely.Local(app, 1); err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	if len(got) != 3000 || got[2999] != "frame 2999" {
		t.Errorf("%d frames", len(got))
	}
	all := strings.Join(failures, "\n")
	if len(failures) != 2 || !strings.Contains(all, "a frame of 7 bytes is cut off after 4") || !strings.Contains(all, "more than 16 MiB is no frame") {
		t.Errorf("failures: %s", all)
	}
}
