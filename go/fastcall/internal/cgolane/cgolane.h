#include <stdint.h>
#include "gangplank_fastcall.h"

// How an entry ended.
struct gangplank_cgolane_end {
	gangplank_words words;
	uint32_t failed;
};

uintptr_t gangplank_cgolane_leaf(uintptr_t fn, uintptr_t a1, uintptr_t a2, uintptr_t a3, uintptr_t a4, uintptr_t a5, uintptr_t a6);
gangplank_words gangplank_cgolane_leaf_words(uintptr_t fn, uintptr_t a1, uintptr_t a2, uintptr_t a3, uintptr_t a4, uintptr_t a5, uintptr_t a6);
uintptr_t gangplank_cgolane_call(uintptr_t fn, void *p, uintptr_t n);
struct gangplank_cgolane_end gangplank_cgolane_enter(uintptr_t fn, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d, uintptr_t e, int words);
struct gangplank_cgolane_end gangplank_cgolane_resume(uintptr_t result);
const char *gangplank_cgolane_symbol(uintptr_t fn);
uintptr_t gangplank_cgolane_stack(void);
void gangplank_cgolane_pause(void);
