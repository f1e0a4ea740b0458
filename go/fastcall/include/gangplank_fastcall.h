// What native code sees of the fast lane: the call context, callbacks and the
// checkpoint. Plain C11 and C++, no library to link.
//
// A function that Go enters with fastcall.Enter has the type gangplank_entry.
// Its context lives until it returns, and belongs to its thread: it must not
// be kept, and not be used by another thread.

#ifndef GANGPLANK_FASTCALL_H
#define GANGPLANK_FASTCALL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gangplank_ctx gangplank_ctx;

// An entry: what fastcall.Enter(fn, a, b) calls.
typedef uintptr_t (*gangplank_entry)(uintptr_t a, uintptr_t b, gangplank_ctx *ctx);

// Two results, in the registers of results.
typedef struct gangplank_words {
	uintptr_t first, second;
} gangplank_words;

// What fastcall.EnterWords(fn, a, b, c, d, e) calls.
typedef gangplank_words (*gangplank_words_entry)(uintptr_t a, uintptr_t b, gangplank_ctx *ctx, uintptr_t c, uintptr_t d, uintptr_t e);

struct gangplank_ctx {
	// Runs a registered Go function on the goroutine that entered.
	uintptr_t (*call)(gangplank_ctx *ctx, uintptr_t callback, uintptr_t a, uintptr_t b);
	// Holds GANGPLANK_PREEMPT while the Go runtime wants this thread.
	const volatile uintptr_t *preempt;
	uint32_t state_; // the lane's own
	uint32_t failed; // see gangplank_failed
	uintptr_t sp_;   // the lane's own
	uintptr_t user;  // the entry's own: whatever it likes
};

// The value that a preemption request writes.
#define GANGPLANK_PREEMPT ((uintptr_t)-1314)

// The callback that lets the runtime in, and leaves it the P for a moment.
#define GANGPLANK_YIELD ((uintptr_t)0)

// Runs the Go function that fastcall.Register gave this number. The goroutine
// may be parked, moved and collected meanwhile; the thread stays the same.
static inline uintptr_t gangplank_call(gangplank_ctx *ctx, uintptr_t callback, uintptr_t a, uintptr_t b)
{
	return ctx->call(ctx, callback, a, b);
}

// Nonzero if a callback of this entry panicked, or called runtime.Goexit. The
// callback returned 0 then. Native code should clean up and return: Go's
// panic, or exit, goes on from there. It may still make callbacks.
static inline int gangplank_failed(const gangplank_ctx *ctx)
{
	return ctx->failed != 0;
}

// Lets the Go runtime in if it wants this thread: one load and one compare if
// it does not, a callback and a pause of 50 to 100 us if it does. Code that may run for longer than a few microseconds without a
// callback calls it in its loop.
static inline void gangplank_checkpoint(gangplank_ctx *ctx)
{
	if (__builtin_expect(*ctx->preempt == GANGPLANK_PREEMPT, 0))
		ctx->call(ctx, GANGPLANK_YIELD, 0, 0);
}

#ifdef __cplusplus
}
#endif

#endif
