package timely

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// The kinds of nodes that run in Rust.
const (
	outsideSource = "source-outside"
	outsideRun    = "run-outside"
	outsideSink   = "sink-outside"
)

// step is a step of a layout in Rust. Its fields cross as words: kind, role, name, the numbers of what it reads with commas, the types that Rust believes it to take, to have as keys and to
// send (empty where it has none), arguments.
type step struct {
	kind, role, name  string
	inputs            []int
	takes, key, sends string
	args              []string
}

func readStep(words []string) (s step, err error) {
	if len(words) < 7 {
		return s, errors.New("a step has seven words at least: the Rust crate is of another version than gangplank.dev/go/timely")
	}
	s = step{kind: words[0], role: words[1], name: words[2], takes: words[4], key: words[5], sends: words[6], args: words[7:]}
	for number := range strings.SplitSeq(words[3], ",") {
		if number == "" {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil {
			return s, fmt.Errorf("%q is no list of steps", words[3])
		}
		s.inputs = append(s.inputs, n)
	}
	return s, nil
}

// layOut makes an App of steps, in which each comes after those that it reads. It says everything that is wrong, not only the first.
func (r *Roles) layOut(name string, steps [][]string) (*App, error) {
	app := New(name)
	app.codecs = r.codecs
	app.problems = append(app.problems, r.problems...)
	made := make([]anyStream, len(steps))
	for number, words := range steps {
		s, err := readStep(words)
		if err != nil {
			return nil, err
		}
		in := make([]anyStream, 0, len(s.inputs))
		for _, input := range s.inputs {
			if input < 0 || input >= number {
				return nil, fmt.Errorf("`%s` reads step %d, which does not come before it", s.name, input)
			}
			if made[input] != nil {
				in = append(in, made[input])
			}
		}
		// What reads a step that is wrong cannot be laid out, and is not wrong itself.
		if len(in) == len(s.inputs) {
			made[number] = r.lay(app, s, in)
		}
		for _, stream := range in {
			stream.from().read = true
		}
	}
	// Streams that nobody reads are only looked for where every step could be laid out.
	if len(app.problems) > 0 {
		return nil, app.complaint(app.problems)
	}
	return app, app.Check()
}

// lay adds a step to the layout, unless it does not fit.
func (r *Roles) lay(app *App, s step, in []anyStream) anyStream {
	switch s.kind {
	case mergeRole:
		for _, other := range in[1:] {
			if other.sends() != in[0].sends() {
				app.problem("`%s` merges `%s`, which sends %s, and `%s`, which sends %s", s.name, in[0].from().name, nameOf(in[0].sends()), other.from().name, nameOf(other.sends()))
				return nil
			}
		}
		return in[0].merged(s.name, in[1:])
	case outsideRole, outsideBegin, outsideEnd:
		return r.outside(app, s, in)
	}
	role := r.roles[s.role]
	if role == nil {
		app.problem("`%s` is used as a %s, and Go has registered no such role; it has %s", s.role, s.kind, r.names(""))
		return nil
	}
	if role.kind != s.kind {
		help := "there is none"
		if names := r.names(s.kind); names != "" {
			help = "there are " + names
		}
		app.problem("`%s` is used as a %s, and Go has registered it as a %s; of the former %s", s.role, s.kind, role.kind, help)
		return nil
	}
	fits := true
	for _, t := range []struct {
		what, rust string
		is         reflect.Type
	}{{"takes", s.takes, role.takes}, {"has keys of", s.key, role.key}, {"sends", s.sends, role.sends}} {
		if is := nameOf(t.is); t.rust != is {
			app.problem("`%s` %s %s in Go, and is laid out in Rust as if it %s %s", s.role, t.what, is, t.what, t.rust)
			fits = false
		}
	}
	if !fits {
		return nil
	}
	if len(s.args) > 0 && s.kind != sourceRole && s.kind != sinkRole {
		app.problem("`%s` is given arguments: only sources and sinks take any", s.role)
	}
	var stream anyStream
	if len(in) > 0 {
		stream = in[0]
		// Rust has compared them by their names.
		if role.takes != stream.sends() {
			app.problem("`%s` takes %s, and `%s` sends %s", s.name, nameOf(role.takes), stream.from().name, nameOf(stream.sends()))
			return nil
		}
		if role.kind == stateRole && role.key != stream.keys() {
			app.problem("`%s` has keys of %s, and `%s` makes keys of %s", s.name, nameOf(role.key), stream.from().name, nameOf(stream.keys()))
			return nil
		}
	}
	sent, err := role.build(app, s.name, stream, s.args)
	if err != nil {
		app.problem("`%s` cannot be made: %w", s.name, err)
		return nil
	}
	return sent
}

// outside adds a step whose work is done in Rust: Go knows its types, reads what it sends and writes what it reads.
func (r *Roles) outside(app *App, s step, in []anyStream) anyStream {
	kind := map[string]string{outsideBegin: outsideSource, outsideRole: outsideRun, outsideEnd: outsideSink}[s.kind]
	var inputs []*node
	for _, stream := range in {
		inputs = append(inputs, stream.from())
		if is := nameOf(stream.sends()); is != s.takes {
			app.problem("`%s` takes %s, and `%s` sends %s", s.name, s.takes, stream.from().name, is)
			return nil
		}
		if err := stream.from().ready(); err != nil {
			app.problem("`%s` sends %s to Rust, and %w: register a codec with RegisterCodec", stream.from().name, s.takes, err)
		}
	}
	sends := s.sends
	if kind == outsideSink {
		sends = "-"
	}
	n := app.add(kind, s.name, sends, nil, inputs...)
	n.open = func(w *Worker) (instance, error) { return &merge{base{node: n, worker: w.Index}}, nil }
	if kind == outsideSink {
		return nil
	}
	t := r.types[s.sends]
	if t == nil {
		app.problem("`%s` sends %s, a type that no role in Go has", s.name, s.sends)
		return nil
	}
	stream, err := t.stream(app, n)
	if err != nil {
		app.problem("`%s` sends %s from Rust, and %w: register a codec with RegisterCodec", s.name, s.sends, err)
	}
	return stream
}

// nameOf is a type as Rust names it, and as it stands in a layout; empty for none.
func nameOf(t reflect.Type) string {
	if t == nil {
		return ""
	}
	return strings.ReplaceAll(t.String(), " ", "_")
}
