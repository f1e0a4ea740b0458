package main

import (
	"math/bits"
	"strings"
	"sync"

	"gangplank.dev/go/timely"
)

// goAlone is word count as one writes it for speed in Go: a goroutine for each worker splits and another one counts, slices of words go through channels and
// come back, nothing is called through a pointer.
func goAlone(n int) uint64 {
	words := make([]chan []string, workers)
	free := make(chan []string, 8*workers)
	for i := range words {
		words[i] = make(chan []string, 8)
	}
	var splitters sync.WaitGroup
	for i := range workers {
		splitters.Add(1)
		go func() {
			defer splitters.Done()
			splitAlone(i, n, words, free)
		}()
	}
	sums := make([]uint64, workers)
	var counters sync.WaitGroup
	for i := range workers {
		counters.Add(1)
		go func() {
			defer counters.Done()
			sums[i] = countAlone(words[i], free)
		}()
	}
	splitters.Wait()
	for _, c := range words {
		close(c)
	}
	counters.Wait()
	total := uint64(0)
	for _, sum := range sums {
		total += sum
	}
	return total
}

func splitAlone(worker, n int, words []chan []string, free chan []string) {
	const full = 4096
	take := func() []string {
		select {
		case part := <-free:
			return part[:0]
		default:
			return make([]string, 0, full)
		}
	}
	parts := make([][]string, workers)
	for i := range parts {
		parts[i] = take()
	}
	send := func(word string) {
		to, _ := bits.Mul64(timely.HashString(word), workers)
		parts[to] = append(parts[to], word)
		if len(parts[to]) == full {
			words[to] <- parts[to]
			parts[to] = take()
		}
	}
	for at := worker * chunk; at < n; at += workers * chunk {
		for i := at; i < min(at+chunk, n); i++ {
			line := corpus[i%len(corpus)]
			begin := -1
			for i := 0; i < len(line); i++ {
				if isWord[line[i]] {
					if begin < 0 {
						begin = i
					}
				} else if begin >= 0 {
					send(line[begin:i])
					begin = -1
				}
			}
			if begin >= 0 {
				send(line[begin:])
			}
		}
	}
	for to, part := range parts {
		words[to] <- part
	}
}

func countAlone(words chan []string, free chan []string) uint64 {
	counts := map[string]*uint64{}
	for part := range words {
		for _, word := range part {
			n, ok := counts[word]
			if !ok {
				n = new(uint64)
				counts[strings.Clone(word)] = n
			}
			*n++
		}
		select {
		case free <- part:
		default:
		}
	}
	total := uint64(0)
	for word, n := range counts {
		total += count{word, *n}.sum()
	}
	return total
}
