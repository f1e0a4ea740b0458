package main

import (
	"errors"
	"io"
)

var errEnd = io.EOF

// wrongCodec writes what it cannot read.
type wrongCodec struct{}

func (wrongCodec) Append(to []byte, item Item) ([]byte, error) { return append(to, 1, 2, 3), nil }

func (wrongCodec) Read(from []byte) (Item, []byte, error) {
	return Item{}, nil, errors.New("three bytes are no item")
}

// failingCodec does not even write.
type failingCodec struct{}

func (failingCodec) Append(to []byte, item Item) ([]byte, error) {
	return nil, errors.New("out of ink")
}

func (failingCodec) Read(from []byte) (Item, []byte, error) {
	return Item{}, nil, errors.New("nothing")
}
