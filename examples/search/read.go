package main

import (
	"bytes"
	"os"
)

// readInto reads a file into buf and returns its bytes. They are good until the next call.
func readInto(buf *bytes.Buffer, path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	buf.Reset()
	if _, err := buf.ReadFrom(file); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
