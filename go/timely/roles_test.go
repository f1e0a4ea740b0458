package timely

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

type counted struct {
	Word string
	N    int
}

// wordRoles are those of a word count, whose result is collected.
func wordRoles(to *[]counted) *Roles {
	r := NewRoles()
	RegisterSource(r, "lines", func(args []string) (Source[string], error) {
		if len(args) == 0 {
			return nil, errors.New("no lines are given")
		}
		return Slice(args), nil
	})
	RegisterFlatMap(r, "split", func(line string, out *Out[string]) {
		for word := range strings.FieldsSeq(line) {
			out.Send(word)
		}
	})
	RegisterKey(r, "by word", func(word string) string { return word })
	RegisterKey(r, "by length", func(word string) int { return len(word) })
	RegisterFold(r, "count", func(n *int, _ string) { *n++ },
		func(word string, n *int, out *Out[counted]) { out.Send(counted{word, *n}) })
	RegisterSink(r, "collect", func([]string) (Sink[counted], error) { return Collect(to), nil })
	return r
}

// wordSteps are a layout of them, as Rust sends it.
func wordSteps() [][]string {
	return [][]string{
		{"source", "lines", "lines", "", "", "", "string", "a b a", "b a"},
		{"multi computation", "split", "split", "0", "string", "", "string"},
		{"partition function", "by word", "by word", "1", "string", "string", "string"},
		{"state computation", "count", "count", "2", "string", "string", "timely.counted"},
		{"sink", "collect", "collect", "3", "timely.counted", "", ""},
	}
}

func TestLayoutOfRoles(t *testing.T) {
	var got []counted
	app, err := wordRoles(&got).layOut("words", wordSteps())
	if err != nil {
		t.Fatal(err)
	}
	if err := Local(app, 2); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(got, func(a, b counted) int { return strings.Compare(a.Word, b.Word) })
	if !slices.Equal(got, []counted{{"a", 3}, {"b", 2}}) {
		t.Errorf("got %v", got)
	}
	const nodes = `layout words
node 0 source - string lines
node 1 run 0 string split
node 2 partition 1 string by word
node 3 final 2 timely.counted count
node 4 sink 3 - collect`
	if app.String() != nodes {
		t.Errorf("got:\n%s", app)
	}
}

func TestWrongLayoutsOfRoles(t *testing.T) {
	change := func(step int, words ...string) func([][]string) { return func(s [][]string) { s[step] = words } }
	for _, test := range []struct {
		want   string
		change func([][]string)
	}{
		{"`spilt` is used as a multi computation, and Go has registered no such role; it has `by length`, `by word`, `collect`, `count`, `lines`, `split`",
			change(1, "multi computation", "spilt", "split", "0", "string", "", "string")},
		{"`count` is used as a multi computation, and Go has registered it as a state computation; of the former there are `split`",
			change(1, "multi computation", "count", "split", "0", "string", "", "string")},
		{"`split` takes string in Go, and is laid out in Rust as if it takes int64", change(1, "multi computation", "split", "split", "0", "int64", "", "string")},
		{"`count` has keys of string, and `by length` makes keys of int", change(2, "partition function", "by length", "by length", "1", "string", "int", "string")},
		{"`collect` takes timely.counted, and `split` sends string", change(4, "sink", "collect", "collect", "1", "timely.counted", "", "")},
		{"`lines` cannot be made: no lines are given", change(0, "source", "lines", "lines", "", "", "", "string")},
		{"`split` is given arguments", change(1, "multi computation", "split", "split", "0", "string", "", "string", "x")},
		{"`upper` takes int64, and `split` sends string", change(3, "operator in Rust", "", "upper", "1", "int64", "", "string")},
		{"`upper` sends main.Word, a type that no role in Go has", change(3, "operator in Rust", "", "upper", "1", "string", "", "main.Word")},
		{"`both` merges `lines`, which sends string, and `count`, which sends timely.counted", change(4, "merge", "", "both", "0,3", "string", "", "string")},
		{"does not come before it", change(1, "multi computation", "split", "split", "1", "string", "", "string")},
	} {
		steps := wordSteps()
		test.change(steps)
		var got []counted
		if _, err := wordRoles(&got).layOut("words", steps); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("want %q, got %v", test.want, err)
		}
	}
}

// TestWrongRoles are mistakes in what is registered.
func TestWrongRoles(t *testing.T) {
	var got []counted
	r := wordRoles(&got)
	RegisterMap(r, "split", strings.ToUpper)
	if _, err := r.layOut("words", wordSteps()); err == nil || !strings.Contains(err.Error(), "`split` is registered twice: as a multi computation and as a computation") {
		t.Errorf("got %v", err)
	}
}

// TestTypesRustCanSend has a step in Rust, whose bytes Go reads.
func TestTypesRustCanSend(t *testing.T) {
	var got []counted
	steps := wordSteps()
	steps[0] = []string{"source in Rust", "", "lines", "", "", "", "string"}
	app, err := wordRoles(&got).layOut("words", steps)
	if err != nil {
		t.Fatal(err)
	}
	read, err := app.nodes[0].decode([]byte("\x02\x01a\x03b c"))
	if err != nil || !slices.Equal(read.(*batch[string]).items, []string{"a", "b c"}) {
		t.Errorf("got %v, %v", read, err)
	}
}
