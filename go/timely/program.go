package timely

import (
	"errors"
	"fmt"
	"io"
	"runtime"

	"gangplank.dev/go/handle"
)

// Program is a layout as the engine runs it: it implements the interface of that name in the package that is generated for the engine. Nobody else calls its methods.
//
// A batch or an instance is a handle in these tables. A batch that the engine gives for good (last) is taken out by the call.
type Program struct {
	// app is what runs, or runs next.
	app   *App
	roles *Roles
	// laid is what was laid out of the roles last.
	laid      *App
	wake      func(slot uint32)
	instances *handle.Table[instance]
	batches   *handle.Table[anyBatch]
}

// NewProgram makes a program of a layout.
func NewProgram(app *App) *Program { return newProgram(app, nil) }

func newProgram(app *App, roles *Roles) *Program {
	return &Program{app: app, roles: roles, instances: handle.NewTable[instance](), batches: handle.NewTable[anyBatch]()}
}

// LayOut lays out a program of the roles, for a layout in Rust. A run that has begun is not touched.
func (p *Program) LayOut(name string, steps [][]string) error {
	if p.roles == nil {
		return errors.New("gangplank: Go has registered no roles, but a layout of its own: a layout in Rust wants timely.Serve")
	}
	app, err := p.roles.layOut(name, steps)
	if err == nil {
		p.laid = app
	}
	return err
}

// Begin gives the layout to the engine.
func (p *Program) Begin(workers uint32, wake func(slot uint32)) (string, error) {
	if p.roles != nil {
		p.app = p.laid
	}
	if p.app == nil {
		return "", errors.New("gangplank: Go has registered roles, and nothing was laid out: the layout in Rust has a method to run it")
	}
	if err := p.app.Check(); err != nil {
		return "", err
	}
	// Each worker takes a place of the scheduler.
	if runtime.GOMAXPROCS(0) < int(workers) {
		runtime.GOMAXPROCS(int(workers))
	}
	p.wake = wake
	return p.app.String(), nil
}

// Open makes an instance of a node.
func (p *Program) Open(number, worker, workers, slot uint32) (uint64, error) {
	n := p.app.nodes[number]
	w := &Worker{Index: int(worker), Workers: int(workers), wake: func() { p.wake(slot) }}
	i, err := n.open(w)
	if err != nil {
		return 0, &Failure{Operator: n.name, Worker: w.Index, Cause: fmt.Errorf("it could not be opened: %w", err)}
	}
	return uint64(p.instances.New(i)), nil
}

// Pull asks a source.
func (p *Program) Pull(number uint64) (b, length uint64, state uint8, err error) {
	i, err := p.instances.Get(handle.Handle(number))
	if err != nil {
		return 0, 0, 0, err
	}
	out, more, err := i.pull()
	switch {
	case errors.Is(err, io.EOF):
		state, err = 2, nil
	case err == nil && !more:
		state = 1
	}
	b, length = p.give(out)
	return b, length, state, err
}

// Run runs a node.
func (p *Program) Run(number, in uint64, last bool) (b, length uint64, err error) {
	i, err := p.instances.Get(handle.Handle(number))
	if err != nil {
		return 0, 0, err
	}
	items, err := p.get(in, last)
	if err != nil {
		return 0, 0, err
	}
	out, err := i.run(items, last)
	b, length = p.give(out)
	return b, length, err
}

// Split takes a batch apart.
func (p *Program) Split(number, in uint64, last bool) ([]uint64, error) {
	i, err := p.instances.Get(handle.Handle(number))
	if err != nil {
		return nil, err
	}
	items, err := p.get(in, last)
	if err != nil {
		return nil, err
	}
	parts, err := i.split(items, last)
	if err != nil {
		return nil, err
	}
	words := make([]uint64, 0, 2*len(parts))
	for _, part := range parts {
		b, length := p.give(part)
		words = append(words, b, length)
	}
	return words, nil
}

// End lets a node speak at the end of its input.
func (p *Program) End(number uint64) (b, length uint64, err error) {
	i, err := p.instances.Get(handle.Handle(number))
	if err != nil {
		return 0, 0, err
	}
	out, err := i.end()
	b, length = p.give(out)
	return b, length, err
}

// Close ends an instance.
func (p *Program) Close(number uint64) (skipped, dead uint64, err error) {
	i, err := p.instances.Take(handle.Handle(number))
	if err != nil {
		return 0, 0, err
	}
	err = i.close()
	skipped, dead = i.counts()
	return skipped, dead, err
}

// Encode is a batch as bytes.
func (p *Program) Encode(b uint64) ([]byte, error) {
	items, err := p.batches.Get(handle.Handle(b))
	if err != nil {
		return nil, err
	}
	return items.encode()
}

// Decode is a batch of bytes.
func (p *Program) Decode(number, worker uint32, bytes []byte) (b, length uint64, err error) {
	n := p.app.nodes[number]
	if n.decode == nil {
		return 0, 0, fmt.Errorf("bytes arrived for `%s`, which encodes nothing", n.name)
	}
	out, err := n.decode(bytes)
	if err != nil {
		return 0, 0, &Failure{Operator: n.name, Worker: int(worker), Cause: fmt.Errorf("%d bytes of another process: %w", len(bytes), err)}
	}
	b, length = p.give(out)
	return b, length, nil
}

// Release ends batches.
func (p *Program) Release(batches []uint64) {
	for _, b := range batches {
		if items, err := p.batches.Take(handle.Handle(b)); err == nil {
			items.free()
		}
	}
}

// Live is how many batches the engine holds.
func (p *Program) Live() int { return p.batches.Len() }

func (p *Program) get(b uint64, last bool) (anyBatch, error) {
	if last {
		return p.batches.Take(handle.Handle(b))
	}
	return p.batches.Get(handle.Handle(b))
}

// give files a batch for the engine.
func (p *Program) give(out anyBatch) (b, length uint64) {
	if out == nil {
		return 0, 0
	}
	return uint64(p.batches.New(out)), uint64(out.length())
}
