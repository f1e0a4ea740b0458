package scalars_test

import (
	"math"
	"testing"
	"time"

	"gangplank.example/e2e/scalars/bridge"
)

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s = %v, not %v", what, got, want)
	}
}

func TestIntegersWrapInTheirOwnWidth(t *testing.T) {
	equal(t, "i8", bridge.AddI8(math.MaxInt8, 1), math.MinInt8)
	equal(t, "i16", bridge.AddI16(math.MaxInt16, 1), math.MinInt16)
	equal(t, "i32", bridge.AddI32(math.MaxInt32, 1), math.MinInt32)
	equal(t, "i64", bridge.AddI64(math.MaxInt64, 1), math.MinInt64)
	equal(t, "isize", bridge.AddIsize(math.MaxInt, 1), math.MinInt)
	equal(t, "u8", bridge.AddU8(math.MaxUint8, 1), 0)
	equal(t, "u16", bridge.AddU16(math.MaxUint16, 1), 0)
	equal(t, "u32", bridge.AddU32(math.MaxUint32, 1), 0)
	equal(t, "u64", bridge.AddU64(math.MaxUint64, 1), 0)
	equal(t, "usize", bridge.AddUsize(math.MaxUint, 1), 0)
	equal(t, "negative i8", bridge.AddI8(-100, -28), math.MinInt8)
	equal(t, "negative isize", bridge.AddIsize(-1, -1), -2)
}

func TestFloatsKeepEveryBit(t *testing.T) {
	for _, bits := range []uint32{0, 1 << 31, 1, 0x7f800000, 0xff800000, 0x7fc00001, 0xffc12345, math.Float32bits(1.5)} {
		equal(t, "to Rust", bridge.F32Bits(math.Float32frombits(bits)), bits)
		equal(t, "from Rust", math.Float32bits(bridge.F32FromBits(bits)), bits)
	}
	for _, bits := range []uint64{0, 1 << 63, 1, 0x7ff0000000000000, 0x7ff8000000000001, 0xfff8123456789abc, math.Float64bits(1.5)} {
		equal(t, "to Rust", bridge.F64Bits(math.Float64frombits(bits)), bits)
		equal(t, "from Rust", math.Float64bits(bridge.F64FromBits(bits)), bits)
	}
}

func TestTruth(t *testing.T) {
	for _, a := range []bool{false, true} {
		for _, b := range []bool{false, true} {
			equal(t, "differ", bridge.Differ(a, b), a != b)
		}
	}
}

func TestCharacters(t *testing.T) {
	for c, next := range map[rune]rune{0: 1, 'a': 'b', 'ß': 'à', '\ud7ff': '\ue000', '\uffff': 0x10000, 0x10ffff: 0} {
		equal(t, "next", bridge.NextChar(c), next)
	}
}

func TestDurations(t *testing.T) {
	for _, d := range []time.Duration{0, 1, 2, time.Hour, math.MaxInt64} {
		equal(t, "half", bridge.Half(d), d/2)
	}
}

func TestEnums(t *testing.T) {
	equal(t, "calm", bridge.Worse(bridge.SeaCalm), bridge.SeaRough)
	equal(t, "wild", bridge.Worse(bridge.SeaWild), bridge.SeaWild)
	equal(t, "number", int32(bridge.SeaWild), 6)
	equal(t, "up", bridge.Turn(bridge.FlagUp), bridge.FlagDown)
	equal(t, "down", bridge.Turn(bridge.FlagDown), bridge.FlagUp)
	equal(t, "flag", uint8(bridge.FlagUp), 255)
	equal(t, "west", bridge.Across(bridge.FarWest), bridge.FarEast)
	equal(t, "east", int64(bridge.Across(bridge.FarEast)), math.MinInt64)
	equal(t, "text", bridge.SeaRough.String(), "Rough")
	equal(t, "no value", bridge.Sea(2).String(), "Sea(2)")
}

func TestEveryWordHasItsPlace(t *testing.T) {
	bridge.Nothing(struct{}{})
	got := bridge.All(true, -3, 7, 'a', 0.25, 0.5, 1000, bridge.SeaRough)
	equal(t, "all", got, 1-30+700+97+0.25+0.5+1000+5)
}

func TestNothingIsAllocated(t *testing.T) {
	allocs := testing.AllocsPerRun(1000, func() {
		bridge.AddI32(1, 2)
		bridge.NextChar('a')
		bridge.Half(time.Hour)
		bridge.Worse(bridge.SeaCalm)
		bridge.All(true, 1, 2, 'c', 4, 5, 6, bridge.SeaCalm)
	})
	equal(t, "allocations", allocs, 0)
}
