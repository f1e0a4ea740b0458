#define _GNU_SOURCE
#include <pthread.h>
#include <time.h>
#include "natives.h"

extern uintptr_t gangplank_natives_exported(uintptr_t x);

uintptr_t natives_add(uintptr_t a, uintptr_t b)
{
	return a + b;
}

uintptr_t natives_export(uintptr_t x)
{
	return gangplank_natives_exported(x) + 1;
}

void natives_nap(long us)
{
	struct timespec t = {us / 1000000, us % 1000000 * 1000};
	nanosleep(&t, 0);
}

static void *on_thread(void *x)
{
	return (void *)gangplank_natives_exported((uintptr_t)x);
}

uintptr_t natives_on_thread(uintptr_t x)
{
	pthread_t thread;
	void *result;
	pthread_create(&thread, 0, on_thread, (void *)x);
	pthread_join(thread, &result);
	return (uintptr_t)result;
}

static uintptr_t weigh(uintptr_t a1, uintptr_t a2, uintptr_t a3, uintptr_t a4, uintptr_t a5, uintptr_t a6)
{
	// Leaves something in every kind of register that Go may find later.
	volatile double x[8];
	double sum = 0;
	for (int i = 0; i < 8; i++)
		sum += x[i] = i + (double)a1;
	return a1 + 2 * a2 + 3 * a3 + 4 * a4 + 5 * a5 + 6 * a6 + (sum < 0);
}

static uint64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000ull + t.tv_nsec / 1000;
}

static uintptr_t spin(uintptr_t us)
{
	uint64_t end = now_us() + us;
	uintptr_t n = 0;
	while (now_us() < end)
		n++;
	return n;
}

static uintptr_t crash(void)
{
	*(volatile int *)8 = 1;
	return 0;
}

static uintptr_t forbidden(uintptr_t x)
{
	return gangplank_natives_exported(x);
}

static uintptr_t plain(uintptr_t a, uintptr_t b, gangplank_ctx *ctx)
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

static uintptr_t spin(uintptr_t us);

static uintptr_t each_slow(uintptr_t callback, uintptr_t n, gangplank_ctx *ctx)
{
	static uintptr_t us = 10000;
	us *= 3;
	for (uintptr_t i = 0; i < n; i++) {
		spin(us);
		gangplank_call(ctx, callback, i, n);
	}
	return n;
}

static uintptr_t each_rec(uintptr_t callback, uintptr_t n, gangplank_ctx *ctx)
{
	volatile char room[4096];
	room[n % 4096] = (char)n;
	if (n == 0 || gangplank_failed(ctx))
		return 0;
	uintptr_t sum = gangplank_call(ctx, callback, n - 1, n);
	sum += each_rec(callback, n - 1, ctx);
	return room[n % 4096] == (char)n ? sum : 0;
}

static uintptr_t cleaned;

static uintptr_t careful(uintptr_t callback, uintptr_t n, gangplank_ctx *ctx)
{
	uintptr_t sum = 0;
	for (uintptr_t i = 0; i < n && !gangplank_failed(ctx); i++)
		sum += gangplank_call(ctx, callback, i, n);
	__atomic_add_fetch(&cleaned, 1, __ATOMIC_RELAXED);
	return sum;
}

static uintptr_t left(void)
{
	return __atomic_exchange_n(&cleaned, 0, __ATOMIC_RELAXED);
}

static gangplank_ctx *kept;

static uintptr_t keep(uintptr_t callback, uintptr_t n, gangplank_ctx *ctx)
{
	kept = ctx;
	return each(callback, n, ctx);
}

static uintptr_t use_kept(uintptr_t callback, uintptr_t n, gangplank_ctx *ctx)
{
	(void)ctx;
	return each(callback, n, kept);
}

static uintptr_t stale(uintptr_t callback, uintptr_t other, gangplank_ctx *ctx)
{
	return gangplank_call(ctx, callback, 0, 0) + gangplank_call(kept, other, 0, 0);
}

struct visit {
	gangplank_ctx *ctx;
	uintptr_t callback;
};

static void *visit(void *arg)
{
	struct visit *v = arg;
	return (void *)gangplank_call(v->ctx, v->callback, 0, 0);
}

static uintptr_t thread(uintptr_t callback, uintptr_t n, gangplank_ctx *ctx)
{
	(void)n;
	struct visit v = {ctx, callback};
	pthread_t thread;
	void *result;
	pthread_create(&thread, 0, visit, &v);
	pthread_join(thread, &result);
	return (uintptr_t)result;
}

static uintptr_t poll(uintptr_t us, uintptr_t callback, gangplank_ctx *ctx)
{
	uint64_t end = now_us() + us;
	uintptr_t yields = 0;
	while (now_us() < end) {
		for (int i = 0; i < 100; i++) {
			yields += *ctx->preempt == GANGPLANK_PREEMPT;
			if (callback)
				gangplank_call(ctx, callback, i, 0);
			else
				gangplank_checkpoint(ctx);
		}
	}
	return yields;
}

static uintptr_t frames(uint64_t *frames, uintptr_t n)
{
	for (uintptr_t i = 0; i < n; i++)
		frames[4 * i] = frames[4 * i + 1] + frames[4 * i + 2] + frames[4 * i + 3];
	return n;
}

static gangplank_words words(uintptr_t callback, uintptr_t n, gangplank_ctx *ctx, uintptr_t c, uintptr_t d, uintptr_t e)
{
	uintptr_t sum = each(callback, n, ctx);
	return (gangplank_words){sum, c + 2 * d + 3 * e};
}

static gangplank_words words_leaf(uintptr_t a1, uintptr_t a2, uintptr_t a3, uintptr_t a4, uintptr_t a5, uintptr_t a6)
{
	return (gangplank_words){weigh(a1, a2, a3, a4, a5, a6), a1 ^ a6};
}

uintptr_t natives_address(int which)
{
	switch (which) {
	case NATIVES_WEIGH: return (uintptr_t)weigh;
	case NATIVES_WORDS: return (uintptr_t)words;
	case NATIVES_WORDS_LEAF: return (uintptr_t)words_leaf;
	case NATIVES_ADD: return (uintptr_t)natives_add;
	case NATIVES_SPIN: return (uintptr_t)spin;
	case NATIVES_CRASH: return (uintptr_t)crash;
	case NATIVES_EXPORT: return (uintptr_t)forbidden;
	case NATIVES_PLAIN: return (uintptr_t)plain;
	case NATIVES_EACH: return (uintptr_t)each;
	case NATIVES_EACH_SLOW: return (uintptr_t)each_slow;
	case NATIVES_EACH_REC: return (uintptr_t)each_rec;
	case NATIVES_CAREFUL: return (uintptr_t)careful;
	case NATIVES_KEEP: return (uintptr_t)keep;
	case NATIVES_KEPT: return (uintptr_t)use_kept;
	case NATIVES_STALE: return (uintptr_t)stale;
	case NATIVES_THREAD: return (uintptr_t)thread;
	case NATIVES_POLL: return (uintptr_t)poll;
	case NATIVES_FRAMES: return (uintptr_t)frames;
	case NATIVES_LEFT: return (uintptr_t)left;
	}
	return 0;
}
