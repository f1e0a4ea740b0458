#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "export.h"

// Which function this thread runs on the fast lane, in watch mode.
static __thread const char *inside;

void gangplank_cgolane_inside(const char *name)
{
	inside = name;
}

// The runtime calls this first when C calls Go, before it touches anything of
// the goroutine's.
static void context(uintptr_t *context)
{
	if (!inside || *context)
		return;
	fprintf(stderr,
		"gangplank: fastcall: %s called Go through an ordinary cgo export while it was on the fast lane. "
		"The Go runtime would take it to be in a system call. Let it call Go through its call context (gangplank_call), or enter it with an ordinary cgo call.\n",
		inside);
	abort();
}

void *gangplank_cgolane_context_address(void)
{
	return (void *)context;
}
