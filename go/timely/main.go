package timely

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// Main runs a program in the engine, and exits with 1 if it fails. register and run are RegisterProgram and Run of the package that is generated for the engine:
//
//	func main() { timely.Main(layout, engine.RegisterProgram, engine.Run) }
//
// The command line is split: the engine's options are -w workers, -n processes, -p this process, -h file with addresses, -r, -z, --status; what is left, and all
// that follows --, is given to layout.
func Main[P, R any](layout func(args []string) (*App, error), register func(P), run func(args []string) (R, error)) {
	if err := Run(layout, register, run, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, strings.TrimSpace(err.Error()))
		os.Exit(1)
	}
}

// Run is [Main] for a program that goes on afterwards.
func Run[P, R any](layout func(args []string) (*App, error), register func(P), run func(args []string) (R, error), args []string) error {
	engine, rest := SplitArgs(args)
	app, err := layout(rest)
	if err != nil {
		return err
	}
	if err := app.Check(); err != nil {
		return err
	}
	program, ok := any(NewProgram(app)).(P)
	if !ok {
		return errors.New(otherVersion)
	}
	register(program)
	_, err = run(engine)
	return err
}

// Serve gives roles to layouts in Rust. register is RegisterProgram of the package that is generated for the engine. A Rust program with Go inside calls it in an init function:
//
//	func init() { timely.Serve(roles(), engine.RegisterProgram) }
func Serve[P any](roles *Roles, register func(P)) {
	program, ok := any(newProgram(nil, roles)).(P)
	if !ok {
		panic(otherVersion)
	}
	register(program)
}

const otherVersion = "gangplank: the generated package is of another version than gangplank.dev/go/timely: run gangplank generate"

// valued are the engine's options that have a value.
var valued = map[string]bool{"w": true, "threads": true, "n": true, "processes": true, "p": true, "process": true, "h": true, "hostfile": true, "progress-mode": true, "idle-spin": true}

// plainOptions are those that have none, or one behind =.
var plainOptions = map[string]bool{"r": true, "report": true, "z": true, "zerocopy": true, "status": true}

// SplitArgs splits a command line into the engine's options and the rest.
func SplitArgs(args []string) (engine, rest []string) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return engine, append(rest, args[i+1:]...)
		}
		name, _, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		short := len(arg) > 2 && arg[0] == '-' && arg[1] != '-' && valued[arg[1:2]] && strings.Trim(arg[2:], "0123456789") == ""
		switch {
		case !strings.HasPrefix(arg, "-"):
			rest = append(rest, arg)
		case short, plainOptions[name]:
			engine = append(engine, arg)
		case valued[name]:
			engine = append(engine, arg)
			if !hasValue && i+1 < len(args) {
				i++
				engine = append(engine, args[i])
			}
		default:
			rest = append(rest, arg)
		}
	}
	return engine, rest
}
