// The few instructions that C does not have. One picture per architecture, the
// same surface on each.

#include <stddef.h>

struct entry;
struct rest;

// Where struct entry holds the stack pointer of a callback.
#define GANGPLANK_CGOLANE_VISIT 40

// ctx->call: notes its stack pointer in the entry and calls Go.
uintptr_t gangplank_cgolane_visit(gangplank_ctx *ctx, uintptr_t callback, uintptr_t a, uintptr_t b);

// Makes the gangplank_cgolane_visit at this stack pointer return a result.
_Noreturn void gangplank_cgolane_return(char *visit, uintptr_t result);

// Calls gangplank_cgolane_leave(entry, result, low) with the low end of the
// stack in use, and returns what gangplank_cgolane_come_back says.
struct rest *gangplank_cgolane_suspend(struct entry *entry, uintptr_t result);

// Puts bytes back at low and returns from the gangplank_cgolane_suspend there.
_Noreturn void gangplank_cgolane_come_back(char *low, const char *bytes, size_t size, struct rest *rest);
