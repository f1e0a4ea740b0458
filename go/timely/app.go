package timely

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// App is a layout: sources, computations and sinks, and the streams between them. It is laid out by one goroutine.
type App struct {
	name     string
	nodes    []*node
	names    map[string]int
	codecs   map[reflect.Type]any
	problems []error
}

// New begins a layout.
func New(name string) *App {
	return &App{name: name, names: map[string]int{}, codecs: map[reflect.Type]any{}}
}

// node is a node of the layout.
type node struct {
	app    *App
	number int
	kind   string
	inputs []int
	sends  string
	name   string
	read   bool
	policy policy
	open   func(w *Worker) (instance, error)
	// decode reads what another process encoded of what this node sends; nil where nothing is encoded.
	decode func(bytes []byte) (anyBatch, error)
	// ready sees to it that what it sends can be encoded.
	ready func() error
}

func (n *node) begins() bool { return n.kind == "source" || n.kind == outsideSource }
func (n *node) ends() bool   { return n.kind == "sink" || n.kind == outsideSink }

// instance is a node on a worker. Only its worker calls it.
type instance interface {
	pull() (anyBatch, bool, error)
	run(in anyBatch, last bool) (anyBatch, error)
	split(in anyBatch, last bool) ([]anyBatch, error)
	end() (anyBatch, error)
	close() error
	counts() (skipped, dead uint64)
}

// add puts a node into the layout. What is wrong with it is kept for Check.
func (app *App) add(kind, name string, sends string, options []Option, inputs ...*node) *node {
	n := &node{app: app, number: len(app.nodes), kind: kind, name: name, sends: sends}
	app.nodes = append(app.nodes, n)
	for _, option := range options {
		option(n)
	}
	switch _, taken := app.names[name]; {
	case name == "" || strings.ContainsAny(name, "\n\r"):
		app.problem("a %s is named %q: a name is one line of text", kind, name)
	case taken:
		app.problem("two nodes are named %q: each role has a name of its own", name)
	}
	app.names[name] = n.number
	for _, input := range inputs {
		switch {
		case input == nil:
			app.problem("%q reads a stream that was never made: a Stream comes from From or another node", name)
			continue
		case input.app != app:
			app.problem("%q reads %q, which is part of the layout %q, not of %q", name, input.name, input.app.name, app.name)
			continue
		}
		input.read = true
		n.inputs = append(n.inputs, input.number)
	}
	return n
}

func (app *App) problem(format string, args ...any) {
	app.problems = append(app.problems, fmt.Errorf(format, args...))
}

// Check says everything that is wrong with the layout, or nil. [Main] and [Local] call it.
//
// Most of a layout is checked by the compiler. This finds names that are used twice, streams that never end in a sink, streams
// of other layouts, missing functions, and types that have no codec where messages may go to another process. A cycle cannot be laid
// out, because a stream exists only after what it comes from.
func (app *App) Check() error {
	problems := app.problems
	sources := 0
	for _, n := range app.nodes {
		if n.begins() {
			sources++
		}
		if !n.ends() && !n.read {
			problems = append(problems, fmt.Errorf("nobody reads %q: end the stream in a sink, with To", n.name))
		}
	}
	if sources == 0 {
		problems = append(problems, errors.New("there is no source: begin with From"))
	}
	if len(problems) == 0 {
		return nil
	}
	return app.complaint(problems)
}

func (app *App) complaint(problems []error) error {
	return fmt.Errorf("gangplank: the layout %q is not complete:\n%w", app.name, errors.Join(problems...))
}

// String is the layout as text, one node a line, as the engine reads it.
func (app *App) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "layout %s", app.name)
	for _, n := range app.nodes {
		inputs := "-"
		if len(n.inputs) > 0 {
			numbers := make([]string, len(n.inputs))
			for i, input := range n.inputs {
				numbers[i] = strconv.Itoa(input)
			}
			inputs = strings.Join(numbers, ",")
		}
		fmt.Fprintf(&text, "\nnode %d %s %s %s %s", n.number, n.kind, inputs, n.sends, n.name)
	}
	return text.String()
}

// typeName is a type in a layout: one word.
func typeName[T any]() string { return nameOf(reflect.TypeFor[T]()) }
