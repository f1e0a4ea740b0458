package measure

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// Growth is what many calls left behind, in bytes.
type Growth struct {
	Work     string `json:"work"`
	Calls    int    `json:"calls"`
	Go       int64  `json:"go"`       // the Go heap, after a collection
	Native   int64  `json:"native"`   // the native heap
	Resident int64  `json:"resident"` // what the system says of the process
}

// Flat is how far a number may move without a leak: a leak of one byte a call would be 10 MB in ten million calls.
const Flat = 4 << 20

// Grow calls way calls times, after a warm-up, and says what grew.
func Grow(name string, way Way, calls int, nativeHeap func() uint64) Growth {
	way.Run(calls / 10)
	goBefore, nativeBefore, residentBefore := sizes(nativeHeap)
	way.Run(calls)
	goAfter, nativeAfter, residentAfter := sizes(nativeHeap)
	return Growth{name, calls, goAfter - goBefore, nativeAfter - nativeBefore, residentAfter - residentBefore}
}

func sizes(nativeHeap func() uint64) (goHeap, native, resident int64) {
	runtime.GC()
	debug.FreeOSMemory()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc), int64(nativeHeap()), residentSize()
}

// residentSize is 0 where the system does not tell.
func residentSize() int64 {
	statm, _ := os.ReadFile("/proc/self/statm")
	var total, pages int64
	fmt.Sscan(strings.TrimSpace(string(statm)), &total, &pages)
	return pages * int64(os.Getpagesize())
}

// IsFlat is whether nothing grew.
func (g Growth) IsFlat() bool {
	return g.Go < Flat && g.Native < Flat && g.Resident < Flat
}

// Print prints the growth, and sends it as [Print] does.
func (g Growth) Print(w io.Writer) {
	verdict := "flat"
	if !g.IsFlat() {
		verdict = "GREW"
	}
	send(g)
	fmt.Fprintf(w, "  %-34s %11d calls: Go heap %+8.3f MB, native heap %+8.3f MB, resident %+8.3f MB: %s\n",
		g.Work, g.Calls, mb(g.Go), mb(g.Native), mb(g.Resident), verdict)
}

func mb(bytes int64) float64 { return float64(bytes) / 1e6 }
