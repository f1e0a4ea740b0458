package measure

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// Conditions say where and with what a measurement was made.
type Conditions struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	System string `json:"system"`
	Kernel string `json:"kernel"`
	Go     string `json:"go"`
	Rust   string `json:"rust"`
	Commit string `json:"commit"`
	Date   string `json:"date"`
	Load   string `json:"load"` // what else the machine did: runnable threads, averaged over the last minute
}

// Here returns the conditions of this run.
func Here() Conditions {
	return Conditions{
		CPU:    cpu(),
		Cores:  runtime.NumCPU(),
		System: runtime.GOOS + "/" + runtime.GOARCH,
		Kernel: first(os.ReadFile("/proc/sys/kernel/osrelease")),
		Go:     runtime.Version(),
		Rust:   first(exec.Command("rustc", "--version").Output()),
		Commit: first(exec.Command("git", "describe", "--always", "--dirty", "--exclude=*").Output()),
		Date:   time.Now().UTC().Format(time.DateOnly),
		Load:   load(),
	}
}

func cpu() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

func load() string {
	average, _, _ := strings.Cut(first(os.ReadFile("/proc/loadavg")), " ")
	return average
}

// first is the output without its newline, or "unknown".
func first(output []byte, err error) string {
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(output))
}
