// Command rows is a web server in Go whose handler streams rows out of an asynchronous source in Rust, through the generated package rows.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	serve := flag.String("serve", "", "go on serving at `address` until interrupted")
	lasts := flag.Duration("for", 2*time.Second, "ask itself for rows so long with 1, 16 and 64 clients")
	word := flag.String("word", "sync.Mutex", "what the clients look for")
	folder := flag.String("in", "net/http", "the folder of the tree that many clients look in")
	flag.Parse()
	root, err := sourceTree(flag.Arg(0))
	if err == nil {
		err = run(root, *serve, *word, *folder, *lasts)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "rows:", err)
		os.Exit(1)
	}
}

// sourceTree is the folder to search: arg, or the source of the installed Go toolchain.
func sourceTree(arg string) (string, error) {
	if arg == "" {
		out, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			return "", fmt.Errorf("cannot find the Go toolchain's source (%w); name a folder to search instead", err)
		}
		arg = filepath.Join(strings.TrimSpace(string(out)), "src")
	}
	return filepath.EvalSymlinks(arg)
}

func run(root, address, word, folder string, lasts time.Duration) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	at := address
	if at == "" {
		at = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", at)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler(root)}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	at = "http://" + listener.Addr().String()
	fmt.Printf("Rows of %s at %s/?word=%s, streamed out of Rust.\n", root, at, word)

	if address != "" {
		<-ctx.Done()
	} else if err := show(ctx, at, word, folder, lasts); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return err
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// show asks for rows: once to show some, then with more and more clients.
func show(ctx context.Context, at, word, folder string, lasts time.Duration) error {
	first, err := ask(ctx, at, url.Values{"word": {word}}, 5)
	if err != nil {
		return err
	}
	fmt.Printf("\nThe first rows, after which the browser leaves:\n%s\n", first.text)
	fmt.Printf("%s, in %s, over and over:\n%s\n", word, folder, head)
	for _, clients := range []int{1, 16, 64} {
		seen, err := load(ctx, at, url.Values{"word": {word}, "in": {folder}}, clients, lasts)
		if err != nil {
			return err
		}
		fmt.Println(seen)
	}
	return nil
}
