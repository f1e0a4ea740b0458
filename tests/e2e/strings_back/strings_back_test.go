package strings_back_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"gangplank.example/e2e/stack"
	"gangplank.example/e2e/strings_back/bridge"
)

// echo implements bridge.Echo. The stack moves while it runs, with what came from Rust on it: Rust calls the methods in this order,
// so that each of them needs more of the stack than the one before.
type echo struct{}

func (echo) Text(text string) string {
	text = stack.Local(text)
	stack.Grow(8)
	return text
}

func (echo) Bytes(b []byte) []byte {
	b = stack.Local(b)
	stack.Grow(16)
	return b
}

func (echo) Numbers(n []uint32) []uint32 {
	n = stack.Local(n)
	stack.Grow(32)
	return n
}

func (echo) Parcel(p bridge.Parcel) bridge.Parcel {
	p = stack.Local(p)
	stack.Grow(64)
	return p
}

func (echo) List(list []string) ([]string, error) {
	list = stack.Local(list)
	stack.Grow(128)
	return list, nil
}

func (echo) Lent(text bridge.BorrowedString, data bridge.BorrowedBytes) (bridge.Parcel, error) {
	text, data = stack.Local(text), stack.Local(data)
	stack.Grow(256)
	// What is lent dies with the call: copies live on.
	return bridge.Parcel{Text: strings.Clone(string(text)), Bytes: append([]byte(nil), data...)}, nil
}

func (echo) Broken(how bridge.Broken) (bridge.Parcel, error) {
	bad := "bad \xff text"
	switch how {
	case bridge.BrokenField:
		return bridge.Parcel{Text: bad}, nil
	case bridge.BrokenOption:
		return bridge.Parcel{Note: &bad}, nil
	default:
		return bridge.Parcel{}, errors.New(bad)
	}
}

func (echo) BrokenText() string { return "\xc3" }

func TestMain(m *testing.M) {
	bridge.RegisterEcho(echo{})
	os.Exit(m.Run())
}

func TestEverySizeThereAndBack(t *testing.T) {
	sizes := []uint64{0, 1, 7, 8, 9, 23, 24, 25, 100}
	for _, limit := range []uint64{128, 256, 512, 1 << 10, 4 << 10, 64 << 10, 1 << 20} {
		for around := uint64(0); around <= 80; around += 8 {
			sizes = append(sizes, limit-40+around-1, limit-40+around)
		}
	}
	for _, size := range append(sizes, 100<<10, 5<<20) {
		stack.Fresh(func() {
			if checked, err := bridge.Check(size); err != nil || checked != 12 {
				t.Error(size, checked, err)
			}
		})
	}
}

func TestInvalidUTF8FromGoIsRefused(t *testing.T) {
	for how, want := range map[bridge.Broken]string{
		bridge.BrokenField:  "rejected: Echo.broken: the result of the Go function: not valid UTF-8 at byte 4",
		bridge.BrokenOption: "rejected: Echo.broken: the result of the Go function: not valid UTF-8 at byte 4",
		bridge.BrokenError:  "error: bad \ufffd text",
	} {
		got, err := bridge.AskForBroken(how)
		if err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%v: %q, %v", how, got, err)
		}
	}
	_, err := bridge.AskForBrokenText()
	var panicked *bridge.PanicError
	if !errors.As(err, &panicked) || !strings.Contains(panicked.Message, "not valid UTF-8 at byte 0") {
		t.Errorf("%v", err)
	}
}
