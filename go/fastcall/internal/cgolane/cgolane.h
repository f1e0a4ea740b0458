#include <stdint.h>
#include "gangplank_fastcall.h"

// How an entry ended.
struct gangplank_cgolane_end {
	uintptr_t result;
	uint32_t failed;
};

uintptr_t gangplank_cgolane_leaf(uintptr_t fn, uintptr_t a1, uintptr_t a2, uintptr_t a3, uintptr_t a4, uintptr_t a5, uintptr_t a6);
uintptr_t gangplank_cgolane_call(uintptr_t fn, void *p, uintptr_t n);
struct gangplank_cgolane_end gangplank_cgolane_enter(uintptr_t fn, uintptr_t a, uintptr_t b);
struct gangplank_cgolane_end gangplank_cgolane_resume(uintptr_t result);
const char *gangplank_cgolane_symbol(uintptr_t fn);
uintptr_t gangplank_cgolane_stack(void);
