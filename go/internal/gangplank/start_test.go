package gangplank

import (
	"strings"
	"testing"
)

func refused(f func()) (text string) {
	defer func() {
		if v := recover(); v != nil {
			text = v.(string)
		}
	}()
	f()
	return ""
}

func TestStart(t *testing.T) {
	i := Interface{Package: "example.com/search", Version: "0.1.0", Crate: "search", CrateVersion: "1.2.3", Items: []Item{{"function find", 1}, {"record Hit", 2}, {"enum Kind", 3}}}
	if text := refused(func() { i.Check(func(at int) uint64 { return i.Items[at].Hash }) }); text != "" {
		t.Errorf("the same interface is refused: %s", text)
	}
	text := refused(func() {
		i.Check(func(at int) uint64 { return []uint64{1, 5, 6}[at] })
	})
	for _, part := range []string{"gangplank: ", "example.com/search", "v0.1.0", "crate search 1.2.3", "record Hit", "enum Kind", "0x0000000000000005", "differ.", "Run `gangplank generate`"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in: %s", part, text)
		}
	}
	if strings.Contains(text, "find") {
		t.Errorf("what is the same is named: %s", text)
	}
	many := Interface{Items: make([]Item, 100)}
	if text := refused(func() { many.Check(func(int) uint64 { return 1 }) }); len(text) > 1000 || !strings.Contains(text, "95 more") {
		t.Errorf("%d bytes of text: %s", len(text), text)
	}
	if text := refused(func() { i.Registered("Tokenizer", "") }); text != "" {
		t.Error(text)
	}
	if text := refused(func() { i.Registered("Tokenizer", "another trait") }); !strings.Contains(text, "Tokenizer") || !strings.Contains(text, "another trait") {
		t.Error(text)
	}
}
