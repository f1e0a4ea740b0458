package fast_test

import (
	"errors"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"gangplank.example/e2e/fast/bridge"
)

// TestWords: what travels in registers arrives as it was, success or not, and a
// failure's memory goes back.
func TestWords(t *testing.T) {
	for _, x := range []int64{0, 2, -2, 1 << 62, -1 << 63} {
		if got, err := bridge.Halve(x); got != x/2 || err != nil {
			t.Errorf("%d: %d, %v", x, got, err)
		}
	}
	for range 10_000 {
		if got, err := bridge.Halve(-3); got != 0 || err == nil || !strings.Contains(err.Error(), "-3 is odd") {
			t.Fatalf("%d, %v", got, err)
		}
	}
	text := strings.Repeat("ä", 50)
	for small := -128; small < 128; small++ {
		err := bridge.FourWords(text, int8(small), true)
		if (err == nil) != (small == len(text)) {
			t.Errorf("%d: %v", small, err)
		}
		runtime.GC()
	}
	if err := bridge.FourWords("", 0, true); err != nil {
		t.Error(err)
	}
	if err := bridge.FourWords("\xff", 1, true); err == nil || !strings.Contains(err.Error(), "UTF-8") {
		t.Error(err)
	}
}

// TestFastAndBatch: the batch of a fast function has errors of its items.
func TestFastAndBatch(t *testing.T) {
	got, err := bridge.HalveBatch([]int64{2, 3, 4})
	var batch *bridge.BatchError
	if !reflect.DeepEqual(got, []int64{1, 0, 2}) || !errors.As(err, &batch) || batch.Errors[0] != nil || batch.Errors[1] == nil {
		t.Errorf("%v, %v", got, err)
	}
}
