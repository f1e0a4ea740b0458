package strings_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gangplank.example/e2e/stack"
	"gangplank.example/e2e/strings/bridge"
)

// sizes are those around which something changes (lent memory, shared allocations, blocks of native memory), and some between.
func sizes() []int {
	sizes := []int{0, 1, 2, 7, 8, 9, 23, 24, 25, 100}
	for _, limit := range []int{128, 256, 512, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 1 << 20} {
		for around := -41; around <= 41; around += 8 {
			sizes = append(sizes, limit+around-1, limit+around)
		}
	}
	return append(sizes, 100<<10, 5<<20)
}

func letters(size int) string {
	const some = "plank, Gangway, größe, 船と岸 "
	s := strings.Repeat(some, size/len(some)+1)[:size]
	return strings.ToValidUTF8(s, "") + strings.Repeat("~", size-len(strings.ToValidUTF8(s, "")))
}

func numbers(count int) []uint32 {
	n := make([]uint32, count)
	for i := range n {
		n[i] = uint32(i) * 2654435761
	}
	return n
}

func TestEverySizeThereAndBack(t *testing.T) {
	for _, size := range sizes() {
		want, raw, many := letters(size), []byte(letters(size)), numbers(size/4)
		check := func(what string, same bool) {
			t.Helper()
			if !same {
				t.Errorf("%s of %d bytes changed", what, size)
			}
		}
		stack.Fresh(func() {
			text, owned := bridge.Text(want), bridge.OwnedText(want)
			data, row := bridge.Bytes(raw), bridge.Numbers(many)
			parcel := bridge.Forward(bridge.Parcel{Text: want, Bytes: raw, Numbers: many, Note: &want})
			address := bridge.Address(bridge.Parcel{Text: want})
			made := bridge.Make(uint64(size))
			failed := bridge.Fail(uint64(size))
			stack.Grow(64)
			check("text", text == want)
			check("owned text", owned == want)
			check("bytes", data != nil && bytes.Equal(data, raw))
			check("numbers", row != nil && slices.Equal(row, many))
			check("text in a record", parcel.Text == want)
			check("bytes in a record", parcel.Bytes != nil && bytes.Equal(parcel.Bytes, raw))
			check("numbers in a record", parcel.Numbers != nil && slices.Equal(parcel.Numbers, many))
			check("optional text", parcel.Note != nil && *parcel.Note == want)
			check("optional result", (address == nil) == (size == 0) && (size == 0 || *address == want))
			check("made text", made == strings.Repeat("x", size))
			check("error text", failed != nil && failed.Error() == strings.Repeat("e", size))
		})
	}
}

func TestResultsBelongToGo(t *testing.T) {
	first := bridge.Bytes([]byte("aaaa"))
	parcel := bridge.Forward(bridge.Parcel{Bytes: []byte("bbbb"), Text: "cccc"})
	for i := range first {
		first[i], parcel.Bytes[i] = 'x', 'y'
	}
	parcel.Bytes = append(parcel.Bytes, "more"...)
	if string(first) != "xxxx" || string(parcel.Bytes) != "yyyymore" || parcel.Text != "cccc" {
		t.Errorf("%s %s %s", first, parcel.Bytes, parcel.Text)
	}
}

func TestBorrowedResults(t *testing.T) {
	for in, out := range map[string]string{"": "", "   ": "", " a b ": "a b", strings.Repeat(" x", 4000): strings.Repeat(" x", 4000)[1:]} {
		if got := bridge.Trimmed(in); got != out {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestListsOfStrings(t *testing.T) {
	for _, want := range [][]string{{}, {""}, {"", ""}, {"a", "", "b"}, strings.Split(strings.Repeat("line ", 3000), " ")} {
		if got := bridge.Join(want, "\x00"); got != strings.Join(want, "\x00") {
			t.Errorf("%q became %q", want, got)
		}
	}
	if got := bridge.Lines("a\n\nb\r\n"); !slices.Equal(got, []string{"a", "", "b"}) {
		t.Errorf("%q", got)
	}
	if got := bridge.Lines(""); got == nil || len(got) != 0 {
		t.Errorf("no lines are %#v", got)
	}
}

func TestNilIsEmptyAndNoneIsNil(t *testing.T) {
	got := bridge.Forward(bridge.Parcel{})
	if got.Bytes == nil || got.Numbers == nil || got.Note != nil || got.Text != "" {
		t.Errorf("%#v", got)
	}
	if b, n := bridge.Bytes(nil), bridge.Numbers(nil); b == nil || len(b) != 0 || n == nil || len(n) != 0 {
		t.Errorf("%#v %#v", b, n)
	}
}

// bad is no UTF-8, each in another way: a lone byte, a cut character, a surrogate, an overlong form, too large a number.
var bad = []string{"\xff", "größ\xc3", "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80", strings.Repeat("a", 5000) + "\x80"}

func TestInvalidUTF8IsRefusedAsAnError(t *testing.T) {
	for _, text := range bad {
		_, ofText := bridge.Count(text)
		_, ofKey := bridge.CountKeys(map[string]uint8{text: 1, "good": 2})
		for what, err := range map[string]error{"argument": ofText, "key": ofKey} {
			var refused *bridge.ArgumentError
			if !errors.As(err, &refused) || !strings.Contains(refused.Message, "UTF-8") {
				t.Errorf("%q as %s: %v", text, what, err)
			}
		}
	}
	_, err := bridge.Count("größ\xc3")
	if want := "strings::count: argument text: not valid UTF-8 at byte 6"; !strings.Contains(fmt.Sprint(err), want) {
		t.Errorf("%v does not say %q", err, want)
	}
}

func TestInvalidUTF8PanicsWhereThereIsNoError(t *testing.T) {
	text := func(s string) { bridge.Text(s) }
	field := func(s string) { bridge.Forward(bridge.Parcel{Text: s}) }
	option := func(s string) { bridge.Forward(bridge.Parcel{Note: &s}) }
	element := func(s string) { bridge.Join([]string{"good", s}, ",") }
	for _, s := range bad {
		for i, call := range []func(string){text, field, option, element} {
			err, _ := caught(func() { call(s) }).(*bridge.ArgumentError)
			if err == nil || !strings.Contains(err.Message, "UTF-8") {
				t.Errorf("%d: %q: %v", i, s, err)
			}
		}
	}
}

func caught(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

func TestAllocations(t *testing.T) {
	text, raw := letters(100), []byte(letters(100))
	for what, f := range map[string]func(){"string": func() { bridge.Text(text) }, "bytes": func() { bridge.Bytes(raw) }} {
		if n := testing.AllocsPerRun(1000, f); n != 1 {
			t.Errorf("%v allocations for a returned %s", n, what)
		}
	}
}
