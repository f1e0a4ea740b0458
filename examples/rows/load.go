package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// answer is what one client got.
type answer struct {
	text  string
	rows  int
	first time.Duration // until the first row
}

// ask reads the rows of a query, at most that many if most is not 0, and leaves.
func ask(ctx context.Context, at string, query url.Values, most int) (answer, error) {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at+"/?"+query.Encode(), nil)
	if err != nil {
		return answer{}, err
	}
	start := time.Now()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	var got answer
	var text strings.Builder
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if response.StatusCode != http.StatusOK {
			return got, fmt.Errorf("%s: %s", response.Status, line)
		}
		if !strings.HasPrefix(line, "<tr>") {
			continue
		}
		if got.rows++; got.rows == 1 {
			got.first = time.Since(start)
		}
		if most > 0 {
			fmt.Fprintf(&text, "    %.100s\n", line)
			if got.rows == most {
				break
			}
		}
	}
	got.text = text.String()
	return got, lines.Err()
}

// seen is what many clients got.
type seen struct {
	clients, answers, rows, left int
	firsts                       []time.Duration
	lasted                       time.Duration
	threads                      int
}

const head = "clients  answers/s     rows/s   first row: p50       p99   left early   threads"

func (s seen) String() string {
	at := func(part float64) time.Duration {
		if len(s.firsts) == 0 {
			return 0
		}
		return s.firsts[int(float64(len(s.firsts)-1)*part)].Round(10 * time.Microsecond)
	}
	seconds := s.lasted.Seconds()
	return fmt.Sprintf("%7d %10.0f %10.0f %16v %9v %12d %9d", s.clients, float64(s.answers)/seconds, float64(s.rows)/seconds, at(0.5), at(0.99), s.left, s.threads)
}

// load lets many clients ask at once, for so long. Every fourth answer is left after some rows, as a browser leaves that is closed.
func load(ctx context.Context, at string, query url.Values, clients int, lasts time.Duration) (seen, error) {
	var mutex sync.Mutex
	all := seen{clients: clients}
	var failed error
	var done sync.WaitGroup
	start := time.Now()
	for client := range clients {
		done.Add(1)
		go func() {
			defer done.Done()
			for turn := client; time.Since(start) < lasts; turn++ {
				most := 0
				if turn%4 == 3 {
					most = 50
				}
				got, err := ask(ctx, at, query, most)
				mutex.Lock()
				if err != nil {
					failed = err
				}
				all.answers++
				all.rows += got.rows
				all.firsts = append(all.firsts, got.first)
				if most > 0 && got.rows == most {
					all.left++
				}
				stop := failed != nil
				mutex.Unlock()
				if stop {
					return
				}
			}
		}()
	}
	time.Sleep(lasts / 2)
	threads := threads()
	done.Wait()
	all.threads, all.lasted = threads, time.Since(start)
	slices.Sort(all.firsts)
	return all, failed
}

// threads is how many threads the process has; without /proc, how many may run Go at once.
func threads() int {
	entries, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return runtime.GOMAXPROCS(0)
	}
	return len(entries)
}
