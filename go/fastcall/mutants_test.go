//go:build linux && amd64 && cgo && go1.24 && !go1.28 && !msan && !asan

package fastcall_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gangplank.dev/go/fastcall"
)

// A mutant is the package with one line changed. It must not get through: the
// self-test refuses it, or, where only a run can show it, the suite fails.
type mutant struct {
	name, file, old, new string
	refused              bool // by the self-test, with a reason and without a crash
}

var mutants = []mutant{
	{"g.stack.lo", "facts.go", "gStackLo  = 0x00", "gStackLo  = 0x08", true},
	{"g.stack.hi", "facts.go", "gStackHi  = 0x08", "gStackHi  = 0x10", true},
	{"g.stackguard0", "facts.go", "gGuard    = 0x10", "gGuard    = 0x18", true},
	{"g.m", "facts.go", "gM        = 0x30", "gM        = 0x28", true},
	{"g.sched.sp", "facts.go", "gSchedSP  = 0x38", "gSchedSP  = 0x58", true},
	{"g.sched.pc", "facts.go", "gSchedPC  = 0x40", "gSchedPC  = 0x48", true},
	{"m.g0", "facts.go", "mG0       = 0x00", "mG0       = 0x08", true},
	{"stackPreempt", "facts.go", "stackWant = 1314", "stackWant = 1315", true},

	{"arguments of a leaf", "lane_amd64.s", "	MOVQ SI, CX; \\\n	MOVQ R10, SI", "	MOVQ R10, SI; \\\n	MOVQ SI, CX", true},
	{"the zero register", "lane_amd64.s", "	XORPS X15, X15                   // C did not keep X15\n", "	MOVQ SP, X15\n", false},
	{"thread-local g during native code", "lane_amd64.s", "	SET_TLS_G(R10, R13)", "	SET_TLS_G(R14, R13)", true},
	{"frame pointer of a callback", "lane_amd64.s", "	LEAQ BP_FROM_R(SP), BP           //", "	//", true},
	{"goroutine SP after the stack moved", "lane_amd64.s", "stackMoved:\n	MOVQ DX, const_ctxSP(DI)\n", "stackMoved:\n", false},
	{"g0.sched.sp below the native frames", "lane_amd64.s", "	MOVQ SP, const_gSchedSP(R9)      //", "	//", false},
	{"g0.sched.sp after a callback", "lane_amd64.s", "	MOVQ CX, const_gSchedSP(R9)\n", "", false},
	{"a register that C keeps", "lane_amd64.s", "	MOVQ REC_R15(SP), R15\n", "", true},
	{"a preemption point in every callback", "lane_amd64.s", "	JLS  undirect\n", "", false},
	{"the second result of an entry", "lane_amd64.s", "	MOVQ CX, BX\n	RET\nleave:", "	RET\nleave:", false},
	{"the second result after many callbacks", "lane_amd64.s", "	MOVQ DI, CX\n	RET ", "	RET ", false},
	{"the lock of the first callback", "lane_amd64.s", "	TESTL R8, R8\n	JNE  guard\n", "	JMP  guard\n", false},
	{"a runtime that moves before the lock", "lane_asm.go", "lockFunc      = runtime.LockOSThread", "lockFunc      = func() { answer(); runtime.LockOSThread() }", true},
}

func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	if lane, why := fastcall.Lane(); lane != "fast" {
		t.Skip(why)
	}
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			source, err := os.ReadFile(m.file)
			if err != nil {
				t.Fatal(err)
			}
			changed := strings.Replace(string(source), m.old, m.new, 1)
			if changed == string(source) {
				t.Fatalf("%s does not contain %q", m.file, m.old)
			}
			out, err := runChanged(t, m.file, changed)
			switch {
			case m.refused && (err != nil || !strings.HasPrefix(out, "lane: cgo the self-test refused: ")):
				t.Fatalf("not refused: %v\n%.3000s", err, out)
			case !m.refused && err == nil && strings.HasPrefix(out, "lane: fast"):
				t.Fatalf("nothing failed:\n%.3000s", out)
			}
			t.Logf("%.120s", strings.SplitN(out, "\n", 2)[0])
		})
	}
}

// runChanged runs the suite with another text of one file.
func runChanged(t *testing.T, file, text string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	replacement, overlay, program := filepath.Join(dir, file), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "program")
	spec, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(here, file): replacement}})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{replacement: []byte(text), overlay: spec} {
		if err := os.WriteFile(name, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command(filepath.Join(runtime.GOROOT(), "bin", "go"), "build", "-overlay", overlay, "-o", program, "./internal/suite/program")
	command.Env = append(os.Environ(), "GOTOOLCHAIN=local")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("the mutant does not build: %v\n%s", err, out)
	}
	return output(emulated(program))
}
