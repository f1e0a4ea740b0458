package main

/*
#include <malloc.h>
static unsigned long long native_heap(void) {
#if defined(__GLIBC__)
	struct mallinfo2 info = mallinfo2();
	return info.uordblks + info.hblkhd;
#else
	return 0;
#endif
}
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"gangplank.dev/go/timely"
	"gangplank.example/failures/bridge"
)

// soak counts words for so many seconds, samples what the process holds meanwhile, and fails if that grows.
func soak(args []string) error {
	seconds, err := strconv.Atoi(os.Getenv("SOAK"))
	if err != nil || seconds < 5 {
		return fmt.Errorf("soak: SOAK=%q is no number of seconds, from 5 on", os.Getenv("SOAK"))
	}
	begin := time.Now()
	end := begin.Add(time.Duration(seconds) * time.Second)
	stop, samples := make(chan struct{}), make(chan []sample)
	go func() {
		var taken []sample
		// A hundred samples, whatever the time.
		tick := time.NewTicker(time.Duration(seconds) * time.Second / 100)
		for {
			select {
			case <-tick.C:
				taken = append(taken, take(begin))
			case <-stop:
				samples <- taken
				return
			}
		}
	}()
	layout := func([]string) (*timely.App, error) { return soaking(end), nil }
	err = timely.Run(layout, bridge.RegisterProgram, bridge.Run, args)
	close(stop)
	taken := <-samples
	if err != nil {
		return err
	}
	return judge(taken)
}

// soaking is a program with every kind of node: words of sentences, some of which fail, totals of words, and all of it once more at the end.
func soaking(end time.Time) *timely.App {
	app := timely.New("soak")
	lines := timely.From(app, "sentences", timely.SourceFunc[string](func(w *timely.Worker) (timely.Reader[string], error) {
		return &sentences{end: end, at: uint64(w.Index)}, nil
	}))
	words := timely.FlatMap(lines, "split", func(line string, out *timely.Out[string]) {
		for word := range strings.FieldsSeq(line) {
			if out.Send(word); word == "w4099" {
				panic("a word too many")
			}
		}
	}, timely.Skip())
	keyed := timely.Key(words, "by word", func(word string) string { return word })
	totals := timely.State(keyed, "totals", func(n *uint64, word string, out *timely.Out[string]) {
		if *n++; *n%16 == 0 {
			out.Send(word + " again")
		}
	})
	all := timely.Merge("all", words, totals)
	counts := timely.Fold(timely.Key(all, "once more", func(word string) string { return word }), "count",
		func(n *uint64, _ string) { *n++ },
		func(word string, n *uint64, out *timely.Out[Item]) { out.Send(Item{*n}) })
	timely.To(counts, "sink", timely.SinkFunc[Item](func(w *timely.Worker) (timely.Writer[Item], error) {
		return &sum{worker: w.Index}, nil
	}))
	frames := timely.Encode(totals, "encode", func(to []byte, word string) []byte { return append(to, word...) })
	timely.To(frames, "count frames", timely.SinkFunc[[]byte](func(*timely.Worker) (timely.Writer[[]byte], error) {
		return counting{}, nil
	}))
	return app
}

// sentences are of 4,100 words, until it is late.
type sentences struct {
	end time.Time
	at  uint64
}

func (s *sentences) Read(into []string) (int, error) {
	if time.Now().After(s.end) {
		return 0, errEnd
	}
	for i := range into {
		s.at = s.at*6364136223846793005 + 1442695040888963407
		into[i] = fmt.Sprintf("w%d w%d w%d", s.at>>40%4100, s.at>>30%1000, s.at>>50%10)
	}
	return len(into), nil
}

func (s *sentences) Close() error { return nil }

var framesWritten atomic.Uint64

type counting struct{}

func (counting) Write(frames [][]byte) error {
	framesWritten.Add(uint64(len(frames)))
	return nil
}

func (counting) Close() error { return nil }

// sample is what the process holds, in bytes.
type sample struct{ resident, goHeap, native uint64 }

func take(begin time.Time) sample {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	statm, _ := os.ReadFile("/proc/self/statm")
	var total, pages uint64
	fmt.Sscan(string(statm), &total, &pages)
	s := sample{pages * uint64(os.Getpagesize()), stats.HeapAlloc, uint64(C.native_heap())}
	fmt.Printf("memory: %4.0f s, resident %.1f MB, Go heap %.1f MB, native heap %.2f MB, %d frames\n",
		time.Since(begin).Seconds(), mb(s.resident), mb(s.goHeap), mb(s.native), framesWritten.Load())
	return s
}

func mb(bytes uint64) float64 { return float64(bytes) / 1e6 }

// judge compares the last fifth of the samples with the second. What is under way differs from sample to sample, so medians are compared, and a tenth and 4 MB more are no growth.
func judge(samples []sample) error {
	fifth := len(samples) / 5
	if fifth < 2 {
		return fmt.Errorf("soak: only %d samples", len(samples))
	}
	early, late := samples[fifth:2*fifth], samples[len(samples)-fifth:]
	for _, of := range []struct {
		name string
		get  func(sample) uint64
	}{
		{"resident", func(s sample) uint64 { return s.resident }},
		{"Go heap", func(s sample) uint64 { return s.goHeap }},
		{"native heap", func(s sample) uint64 { return s.native }},
	} {
		before, after := median(early, of.get), median(late, of.get)
		fmt.Printf("%s: %.1f MB early, %.1f MB late\n", of.name, mb(before), mb(after))
		if after > before+before/10+4<<20 {
			return fmt.Errorf("soak: %s grew from %.1f MB to %.1f MB", of.name, mb(before), mb(after))
		}
	}
	fmt.Println("memory is flat")
	return nil
}

func median(samples []sample, get func(sample) uint64) uint64 {
	var values []uint64
	for _, s := range samples {
		values = append(values, get(s))
	}
	slices.Sort(values)
	return values[len(values)/2]
}
