#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include "cgolane.h"
#include "stack.h"

// The cgo lane: entries and callbacks as cgo makes them, and the way back into
// native code for a goroutine that is exiting. On the thread's stack then:
//
//   (older)  gangplank_cgolane_enter: struct entry
//            native frames
//            gangplank_cgolane_visit      <- entry.visit
//            crosscall2, cgocallback      the runtime's, still needed
//            asmcgocall
//   (newer)  gangplank_cgolane_resume     <- rest.low
//
// The bytes from rest.low to entry.visit are put aside, and visit is made to
// return. When the native function has returned to gangplank_cgolane_enter,
// nothing newer than it is in use: the bytes are put back, and resume returns.

struct rest {
	struct rest *older;
	char *low;
	size_t size;
	struct gangplank_cgolane_end end;
	char bytes[];
};

struct entry {
	gangplank_ctx ctx;
	char *visit;
	struct rest *rest;
	struct entry *older;
};

_Static_assert(offsetof(struct entry, visit) == GANGPLANK_CGOLANE_VISIT, "stack.h");

static const uintptr_t never = 0;
static __thread struct entry *innermost;

uintptr_t gangplank_cgolane_leaf(uintptr_t fn, uintptr_t a1, uintptr_t a2, uintptr_t a3, uintptr_t a4, uintptr_t a5, uintptr_t a6)
{
	return ((uintptr_t(*)(uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t))fn)(a1, a2, a3, a4, a5, a6);
}

gangplank_words gangplank_cgolane_leaf_words(uintptr_t fn, uintptr_t a1, uintptr_t a2, uintptr_t a3, uintptr_t a4, uintptr_t a5, uintptr_t a6)
{
	return ((gangplank_words(*)(uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t))fn)(a1, a2, a3, a4, a5, a6);
}

uintptr_t gangplank_cgolane_call(uintptr_t fn, void *p, uintptr_t n)
{
	return ((uintptr_t(*)(void *, uintptr_t))fn)(p, n);
}

// About 50 us; 100 on Linux, which adds the slack of a thread's timers.
void gangplank_cgolane_pause(void)
{
	const struct timespec moment = {.tv_nsec = 50000};
	nanosleep(&moment, 0);
}

// Stretches of stack are left and come back: AddressSanitizer must forget what
// it knew of them, and not look at the copying.
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define FORGET(low, size) ASAN_UNPOISON_MEMORY_REGION(low, size)
#define UNCHECKED __attribute__((no_sanitize("address")))
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define FORGET(low, size) ASAN_UNPOISON_MEMORY_REGION(low, size)
#define UNCHECKED __attribute__((no_sanitize("address")))
#elif __has_feature(memory_sanitizer)
#define UNCHECKED __attribute__((no_sanitize("memory")))
#endif
#endif
#ifndef FORGET
#define FORGET(low, size) ((void)0)
#endif
#ifndef UNCHECKED
#define UNCHECKED
#endif

// memcpy is replaced by the sanitizers.
UNCHECKED static void copy(volatile char *to, const volatile char *from, size_t size)
{
	while (size--)
		*to++ = *from++;
}

struct gangplank_cgolane_end gangplank_cgolane_enter(uintptr_t fn, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e, int words)
{
	struct entry entry = {
		.ctx = {.call = gangplank_cgolane_visit, .preempt = &never},
		.older = innermost,
	};
	innermost = &entry;
	struct gangplank_cgolane_end end;
	if (words)
		end.words = ((gangplank_words_entry)fn)(a, b, &entry.ctx, c, d, e);
	else
		end.words = (gangplank_words){((gangplank_entry)fn)(a, b, &entry.ctx), 0};
	end.failed = entry.ctx.failed;
	innermost = entry.older;
	if (entry.rest) {
		entry.rest->end = end;
		FORGET(entry.rest->low, entry.rest->size);
		gangplank_cgolane_come_back(entry.rest->low, entry.rest->bytes, entry.rest->size, entry.rest);
	}
	return end;
}

// Runs on top of the stack that it saves, called by gangplank_cgolane_suspend.
void gangplank_cgolane_leave(struct entry *entry, uintptr_t result, char *low)
{
	size_t size = entry->visit - low;
	struct rest *rest = malloc(sizeof *rest + size);
	if (!rest)
		abort();
	rest->older = entry->rest;
	rest->low = low;
	rest->size = size;
	copy(rest->bytes, low, size);
	FORGET(low, size);
	entry->rest = rest;
	gangplank_cgolane_return(entry->visit, result);
}

struct gangplank_cgolane_end gangplank_cgolane_resume(uintptr_t result)
{
	struct rest *rest = gangplank_cgolane_suspend(innermost, result);
	struct gangplank_cgolane_end end = rest->end;
	while (rest) {
		struct rest *older = rest->older;
		free(rest);
		rest = older;
	}
	return end;
}

const char *gangplank_cgolane_symbol(uintptr_t fn)
{
	Dl_info info;
	return dladdr((void *)fn, &info) && info.dli_sname && (uintptr_t)info.dli_saddr == fn ? info.dli_sname : "";
}

uintptr_t gangplank_cgolane_stack(void)
{
	return (uintptr_t)__builtin_frame_address(0);
}
