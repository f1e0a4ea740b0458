package timely

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

type leaf struct {
	Name  string
	Bytes []byte
	Score float64
	Small int8
	On    bool
}

type tree struct {
	Leaves []leaf
	Table  map[string]uint16
	Fixed  [3]int32
	Next   *tree
}

// roundTrip encodes a batch, decodes it, and decodes every beginning of it, which must be refused.
func roundTrip[T any](t *testing.T, items []T) {
	t.Helper()
	codec, err := codecOf[T](New("codecs"))
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := codec.appendAll(nil, items)
	if err != nil {
		t.Fatal(err)
	}
	back, err := codec.readAll(nil, bytes)
	if err != nil || !reflect.DeepEqual(back, items) {
		t.Errorf("%v, %+v is not %+v", err, back, items)
	}
	for n := range bytes {
		if _, err := codec.readAll(nil, bytes[:n]); err == nil {
			t.Errorf("%T: %d bytes of %d are accepted", items, n, len(bytes))
		}
	}
	if _, err := codec.readAll(nil, append(bytes[:len(bytes):len(bytes)], 0)); err == nil {
		t.Errorf("%T: a byte too many is accepted", items)
	}
	// Any bytes are a value or an error.
	random := rand.New(rand.NewPCG(1, uint64(len(bytes))))
	for range 2000 {
		wrong := append([]byte(nil), bytes...)
		wrong[random.IntN(len(wrong))] ^= byte(1 << random.IntN(8))
		codec.readAll(nil, wrong)
	}
}

func TestCodecs(t *testing.T) {
	roundTrip(t, []string{"", "ahoy", strings.Repeat("x", 300), "grüße"})
	roundTrip(t, []int{0, -1, 1 << 40})
	roundTrip(t, [][]byte{{}, {1, 2}})
	roundTrip(t, []time.Time{time.Unix(1, 2).UTC(), time.Unix(3, 0).UTC()})
	one := leaf{"a", []byte("b"), 1.5, -3, true}
	roundTrip(t, []tree{
		{Leaves: []leaf{one, one}, Table: map[string]uint16{"x": 7}, Fixed: [3]int32{1, -2, 3},
			Next: &tree{Leaves: []leaf{}, Table: map[string]uint16{}}},
	})
	for want, make := range map[string]func() error{
		"a func() cannot be written": func() error { _, err := codecOf[func()](New("")); return err },
		"field C of struct":          func() error { _, err := codecOf[struct{ C chan int }](New("")); return err },
		"a slice of struct {}":       func() error { _, err := codecOf[[]struct{}](New("")); return err },
		"a interface {} cannot":      func() error { _, err := codecOf[map[string]any](New("")); return err },
		"has no UnmarshalBinary":     func() error { _, err := codecOf[onlyWrites](New("")); return err },
	} {
		if err := make(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

type onlyWrites struct{}

func (onlyWrites) MarshalBinary() ([]byte, error) { return nil, nil }

// TestStatesAgainstAMap holds the table to what a map says.
func TestStatesAgainstAMap(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	table, plain := newStates[string, int](true), map[string]int{}
	for range 200_000 {
		key := fmt.Sprint(random.IntN(20_000))
		// Many keys with the same hash, too.
		hash := HashString(key) &^ 0xff
		*table.find(hash, key)++
		plain[key]++
	}
	seen := 0
	table.each(func(key string, n *int) bool {
		if seen++; plain[key] != *n {
			t.Errorf("%s: %d, not %d", key, *n, plain[key])
		}
		return true
	})
	if seen != len(plain) {
		t.Errorf("%d keys, not %d", seen, len(plain))
	}
}

// TestHashes pins the hash: processes of different versions must not disagree.
func TestHashes(t *testing.T) {
	for text, want := range map[string]uint64{
		"":       0x1fb533238b1f2874,
		"a":      0x1cf67bb104ecb285,
		"anchor": 0x2f1fbc56fee6ca4a,
		"a long word that has more than sixteen bytes": 0xc7edcabe78f555de,
	} {
		if got := hashOf[string]()(text); got != want {
			t.Errorf("%q: %#x, not %#x", text, got, want)
		}
	}
	if HashUint64(42) != 0x34398b0a07feb8f1 {
		t.Errorf("42: %#x", HashUint64(42))
	}
	type name string
	if hashOf[name]()("anchor") != HashString("anchor") || hashOf[int8]()(-1) != HashUint64(1<<64-1) {
		t.Error("a named type has another hash")
	}
	counts := make([]int, 16)
	for i := range 16_000 {
		counts[HashString(fmt.Sprint("word", i))>>60]++
		counts[HashUint64(uint64(i))>>60]++
	}
	for n, count := range counts {
		if count < 1800 || count > 2200 {
			t.Errorf("%d of 32,000 hashes fall into part %d of 16", count, n)
		}
	}
}
