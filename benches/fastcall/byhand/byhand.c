#include <stddef.h>
#include "byhand.h"

extern uintptr_t gangplank_byhand_exported(uintptr_t a, uintptr_t b);

void byhand_nothing(void)
{
}

uintptr_t byhand_add(uintptr_t a, uintptr_t b)
{
	return a + b;
}

static uintptr_t weigh(uintptr_t a1, uintptr_t a2, uintptr_t a3, uintptr_t a4, uintptr_t a5, uintptr_t a6)
{
	return a1 + 2 * a2 + 3 * a3 + 4 * a4 + 5 * a5 + 6 * a6;
}

// A gangplank frame: four words of header, two arguments.
static void frame(uint64_t *frames, size_t n)
{
	for (size_t i = 0; i < n; i++, frames += 6) {
		frames[1] = frames[4] + frames[5];
		frames[0] = 0;
	}
}

static uintptr_t entry(uintptr_t a, uintptr_t b, gangplank_ctx *ctx)
{
	(void)ctx;
	return a + b;
}

static uintptr_t each(uintptr_t callback, uintptr_t n, gangplank_ctx *ctx)
{
	uintptr_t sum = 0;
	for (uintptr_t i = 0; i < n; i++)
		sum += gangplank_call(ctx, callback, i, n);
	return sum;
}

uintptr_t byhand_each_export(uintptr_t n)
{
	uintptr_t sum = 0;
	for (uintptr_t i = 0; i < n; i++)
		sum += gangplank_byhand_exported(i, n);
	return sum;
}

// A step of an engine's inner loop: some ten nanoseconds.
static inline uint64_t step(uint64_t x)
{
	for (int i = 0; i < 4; i++) {
		x ^= x >> 33;
		x *= 0xff51afd7ed558ccdull;
		x ^= x >> 29;
	}
	return x;
}

static uintptr_t mix(uintptr_t n, uintptr_t x, gangplank_ctx *ctx)
{
	(void)ctx;
	for (uintptr_t i = 0; i < n; i++)
		x = step(x + i);
	return x;
}

static uintptr_t mix_polls(uintptr_t n, uintptr_t x, gangplank_ctx *ctx)
{
	for (uintptr_t i = 0; i < n; i++) {
		x = step(x + i);
		gangplank_checkpoint(ctx);
	}
	return x;
}

uintptr_t byhand_address(int which)
{
	switch (which) {
	case BYHAND_NOTHING: return (uintptr_t)byhand_nothing;
	case BYHAND_ADD: return (uintptr_t)byhand_add;
	case BYHAND_WEIGH: return (uintptr_t)weigh;
	case BYHAND_FRAME: return (uintptr_t)frame;
	case BYHAND_ENTRY: return (uintptr_t)entry;
	case BYHAND_EACH: return (uintptr_t)each;
	case BYHAND_MIX: return (uintptr_t)mix;
	case BYHAND_MIX_POLLS: return (uintptr_t)mix_polls;
	}
	return 0;
}
