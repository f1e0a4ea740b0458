//go:build cgo

package fastcall_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gangplank.dev/go/fastcall"
)

// TestLanesAgree compares what the suite sees on the two lanes, line by line:
// the cgo lane is the oracle.
func TestLanesAgree(t *testing.T) {
	if lane, why := fastcall.Lane(); lane != "fast" {
		t.Skip(why)
	}
	program := build(t, "program", "-o", "program")
	seen := map[string]string{}
	for _, lane := range []string{"fast", "cgo"} {
		out := run(t, program, fastcall.LaneVariable+"="+lane)
		first, rest, _ := strings.Cut(out, "\n")
		if !strings.HasPrefix(first, "lane: "+lane) {
			t.Fatalf("GANGPLANK_LANE=%s: %s", lane, first)
		}
		seen[lane] = rest
	}
	fast, cgo := strings.Split(seen["fast"], "\n"), strings.Split(seen["cgo"], "\n")
	if len(fast) != len(cgo) {
		t.Fatalf("fast lane:\n%s\ncgo lane:\n%s", seen["fast"], seen["cgo"])
	}
	for i := range fast {
		if fast[i] != cgo[i] {
			t.Errorf("fast lane: %s\ncgo lane: %s", fast[i], cgo[i])
		}
	}
}

// TestBuildModes runs the suite in the ways a Go program can be linked.
func TestBuildModes(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	want := "lane: cgo"
	if lane, _ := fastcall.Lane(); lane == "fast" {
		want = "lane: fast"
	}
	check := func(t *testing.T, program string, env ...string) {
		if out := run(t, program, env...); !strings.HasPrefix(out, want) {
			t.Fatalf("not %s: %s", want, out)
		}
	}
	t.Run("pie", func(t *testing.T) {
		if raceBuild && runtime.GOARCH == "amd64" {
			t.Skip("go build -race -buildmode=pie is not supported")
		}
		check(t, build(t, "program", "-buildmode=pie", "-o", "program"))
	})
	t.Run("c-archive", func(t *testing.T) {
		archive := build(t, "archive", "-buildmode=c-archive", "-o", "libsuite.a")
		check(t, link(t, archive, archive))
	})
	t.Run("c-shared", func(t *testing.T) {
		if raceBuild {
			t.Skip("Go's race detector cannot shadow the data of a shared library: any such program dies at start")
		}
		shared := build(t, "archive", "-buildmode=c-shared", "-o", "libsuite.so")
		check(t, link(t, shared, "-L"+filepath.Dir(shared), "-lsuite"), "LD_LIBRARY_PATH="+filepath.Dir(shared))
	})
	t.Run("no optimisation", func(t *testing.T) {
		check(t, build(t, "program", "-gcflags=all=-N -l", "-o", "program"))
	})
	t.Run("checkptr", func(t *testing.T) {
		check(t, build(t, "program", "-gcflags=all=-d=checkptr=1", "-o", "program"))
	})
}

// TestSurroundings runs the suite under settings that move the collector and
// the scheduler about.
func TestSurroundings(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	program := build(t, "program", "-o", "program")
	for _, env := range [][]string{
		{"GOGC=1"},
		{"GOMAXPROCS=1"},
		{"GOMAXPROCS=1", "GOGC=1"},
		{"GODEBUG=asyncpreemptoff=0"},
		{"GODEBUG=asyncpreemptoff=1"},
		{"GODEBUG=gcstoptheworld=1"},
		{"GODEBUG=clobberfree=1"},
		{"GODEBUG=gcshrinkstackoff=1"},
		{"GODEBUG=efence=1"},
		{"GOTRACEBACK=system", "GODEBUG=madvdontneed=1"},
	} {
		t.Run(strings.Join(env, " "), func(t *testing.T) { run(t, program, env...) })
	}
}

// build builds a program of the suite in a folder of its own, with the Go that
// runs the test.
func build(t *testing.T, name string, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i, arg := range args {
		if arg == "-o" {
			args[i+1] = filepath.Join(dir, args[i+1])
		}
	}
	args = append([]string{"build"}, args...)
	if raceBuild {
		args = append(args, "-race")
	}
	command := exec.Command(filepath.Join(runtime.GOROOT(), "bin", "go"), append(args, "./internal/suite/"+name)...)
	command.Env = append(os.Environ(), "GOTOOLCHAIN=local")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", command.Args, err, out)
	}
	for i, arg := range args {
		if arg == "-o" {
			return args[i+1]
		}
	}
	panic("no -o")
}

// link links host.c with a library.
func link(t *testing.T, library string, args ...string) string {
	t.Helper()
	cc := os.Getenv("CC")
	if cc == "" {
		cc = "cc"
	}
	program := filepath.Join(filepath.Dir(library), "host")
	// A race build must not be PIE: a limit of ThreadSanitizer with c-archives.
	args = append([]string{"-o", program, "internal/suite/archive/host.c"}, append(args, "-lpthread", "-ldl")...)
	if raceBuild {
		args = append(args, "-no-pie")
	}
	if out, err := exec.Command(cc, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", cc, args, err, out)
	}
	return program
}

// run runs a program that must succeed.
func run(t *testing.T, program string, env ...string) string {
	t.Helper()
	command := emulated(program)
	command.Env = append(os.Environ(), env...)
	out, err := output(command)
	if err != nil {
		t.Fatalf("%s %v: %v\n%.8000s", filepath.Base(program), env, err, out)
	}
	return out
}

// emulated is the command that runs a program, through the emulator that the
// environment names if it is for another machine.
func emulated(program string) *exec.Cmd {
	if emulator := strings.Fields(os.Getenv("GANGPLANK_TEST_EMULATOR")); len(emulator) > 0 {
		return exec.Command(emulator[0], append(emulator[1:], program)...)
	}
	return exec.Command(program)
}
