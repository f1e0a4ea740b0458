#include <stdint.h>
#include <stdlib.h>
#include "gangplank_fastcall.h"

enum {
	NATIVES_WEIGH,    // leaf: a1 + 2*a2 + ... + 6*a6, with floating point on the way
	NATIVES_ADD,      // leaf: a + b
	NATIVES_SPIN,     // leaf: loops for some microseconds
	NATIVES_CRASH,    // leaf and entry: writes to address 8
	NATIVES_EXPORT,   // leaf and entry: calls the cgo export, which is forbidden there
	NATIVES_PLAIN,    // entry: a + b
	NATIVES_EACH,     // entry: b callbacks with number a, returns the sum
	NATIVES_EACH_REC, // entry: the same, one below the other on the stack; stops when one failed
	NATIVES_EACH_SLOW, // entry: as EACH, with 30 ms before each callback, three times as long the next time
	NATIVES_CAREFUL,  // entry: as EACH; stops and returns the sum when one failed, and counts that it cleaned up
	NATIVES_KEEP,     // entry: keeps its context in a global, then as EACH
	NATIVES_KEPT,     // entry: as EACH with the kept context
	NATIVES_STALE,    // entry: makes the callback a, then the callback b with the kept context
	NATIVES_THREAD,   // entry: makes the callback on a new thread
	NATIVES_POLL,     // entry: loops for some microseconds with a checkpoint, or a callback; returns how often it was to yield
	NATIVES_FRAMES,   // leaf: adds the words of n frames of 4 into the first word of each
	NATIVES_LEFT,     // leaf: how often CAREFUL cleaned up
	NATIVES_WORDS,    // entry with words: as EACH, and the second result is c + 2*d + 3*e
	NATIVES_WORDS_LEAF, // leaf with words: as WEIGH, and the second result is a1 ^ a6
};

uintptr_t natives_address(int which);
uintptr_t natives_add(uintptr_t a, uintptr_t b);
uintptr_t natives_export(uintptr_t x);
void natives_nap(long us);
uintptr_t natives_on_thread(uintptr_t x);
