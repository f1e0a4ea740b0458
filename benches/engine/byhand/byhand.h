#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void (*engine_shim)(uint64_t *frames, size_t n);

typedef struct {
	uintptr_t callback;
	size_t n, batch;
	uint64_t x;
} engine_asked;

// Exported by Rust.
void gangplank_engine_step(uint64_t *frames, size_t n);
uint64_t engine_hand_step(uint64_t x);
void engine_hand_steps(const uint64_t *items, uint64_t *results, size_t n);
uint64_t engine_walk_stay(size_t n, size_t batch, uint64_t x);
uint64_t engine_walk_trait(size_t n, size_t batch, uint64_t x);
uint64_t engine_walk_thread(size_t n, size_t batch, uint64_t x);
uint64_t engine_walk_hosted(size_t n, size_t batch, uint64_t x);
uintptr_t engine_tails_hosted(size_t threads, uint64_t milliseconds, uint64_t *took, size_t room);
uint64_t engine_new_threads(size_t n, bool calls, uint64_t x);
uint64_t engine_spin(size_t n, uint64_t x);
uint64_t engine_each(uint64_t n, uint64_t x, uint64_t (*f)(uint64_t x));
uintptr_t engine_tails(engine_shim shim, size_t threads, size_t batch, uint64_t milliseconds, uint64_t *took, size_t room);

// In byhand.c.
uint64_t byhand_c_step(uint64_t x);
uint64_t byhand_each(uint64_t n, uint64_t x);
uint64_t byhand_walk(bool thread, size_t n, size_t batch, uint64_t x);
uintptr_t byhand_tails(bool batched, size_t threads, size_t batch, uint64_t milliseconds, uint64_t *took, size_t room);
uint64_t byhand_votes(int way, uint64_t n, uint64_t batch);

enum { BYHAND_STEP, BYHAND_WALK, BYHAND_SPIN, BYHAND_SPIN_POLLS, BYHAND_VOTES };
uintptr_t byhand_address(int which);

enum { BYHAND_FOUR_MAPS, BYHAND_FOUR_TABLES, BYHAND_TOGETHER };
