//go:build !amd64 && !arm64

#include <stdio.h>
#include <stdlib.h>
#include "cgolane.h"
#include "stack.h"

extern uintptr_t gangplank_cgolane_callback(uintptr_t ctx, uintptr_t number, uintptr_t a, uintptr_t b);

uintptr_t gangplank_cgolane_visit(gangplank_ctx *ctx, uintptr_t callback, uintptr_t a, uintptr_t b)
{
	return gangplank_cgolane_callback((uintptr_t)ctx, callback, a, b);
}

_Noreturn void gangplank_cgolane_return(char *visit, uintptr_t result)
{
	(void)visit, (void)result;
	abort();
}

struct rest *gangplank_cgolane_suspend(struct entry *entry, uintptr_t result)
{
	(void)entry, (void)result;
	fputs("gangplank: fastcall: runtime.Goexit in a callback from native code is not supported on this architecture\n", stderr);
	abort();
}

_Noreturn void gangplank_cgolane_come_back(char *low, const char *bytes, size_t size, struct rest *rest)
{
	(void)low, (void)bytes, (void)size, (void)rest;
	abort();
}
