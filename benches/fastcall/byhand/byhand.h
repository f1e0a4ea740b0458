#include <stdint.h>
#include "gangplank_fastcall.h"

enum {
	BYHAND_NOTHING,
	BYHAND_ADD,
	BYHAND_WEIGH,
	BYHAND_FRAME,
	BYHAND_ENTRY,
	BYHAND_EACH,
	BYHAND_MIX,
	BYHAND_MIX_POLLS,
};

uintptr_t byhand_address(int which);
void byhand_nothing(void);
uintptr_t byhand_add(uintptr_t a, uintptr_t b);
uintptr_t byhand_each_export(uintptr_t n);
