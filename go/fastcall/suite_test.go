//go:build cgo

package fastcall_test

import (
	"testing"

	"gangplank.dev/go/fastcall/internal/suite"
)

func TestSuite(t *testing.T) {
	for _, b := range suite.All {
		t.Run(b.Name, func(t *testing.T) {
			saw, err := b.Run()
			if err != nil {
				t.Fatal(err)
			}
			t.Log(saw)
		})
	}
}
