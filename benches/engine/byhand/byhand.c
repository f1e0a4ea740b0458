// What cgo cannot say in Go: the addresses of functions.

#include "byhand.h"

extern uint64_t engine_walk_shim(engine_shim shim, size_t n, size_t batch, uint64_t x);
extern uint64_t engine_walk_thread_shim(engine_shim shim, size_t n, size_t batch, uint64_t x);
extern uint64_t engine_walk_fast(const engine_asked *asked, size_t unused, void *ctx);
extern uint64_t engine_spin_fast(size_t n, uint64_t x, void *ctx);
extern uint64_t engine_spin_polls(size_t n, uint64_t x, void *ctx);

typedef struct {
	uint64_t (*decode)(uint8_t *message, size_t len);
	uint64_t (*partition)(uint64_t vote);
	uint64_t (*compute)(uint64_t vote, uint64_t letter);
	size_t (*encode)(uint64_t total, uint8_t *answer, size_t room);
} engine_four;

extern uint64_t engine_votes_four(const engine_four *four, uint64_t n);
extern uint64_t engine_votes_together(void (*together)(void *slots, size_t n), uint64_t n, uint64_t batch);
extern uint64_t engine_votes_fast(const void *asked, size_t unused, void *ctx);

// Exported by Go.
extern uint64_t engine_go_step(uint64_t x);
extern void engine_go_steps(uint64_t *frames, size_t n);
extern uint64_t engine_go_map_decode(uint8_t *message, size_t len);
extern uint64_t engine_go_map_partition(uint64_t vote);
extern uint64_t engine_go_map_compute(uint64_t vote, uint64_t letter);
extern size_t engine_go_map_encode(uint64_t total, uint8_t *answer, size_t room);
extern uint64_t engine_go_table_decode(uint8_t *message, size_t len);
extern uint64_t engine_go_table_partition(uint64_t vote);
extern uint64_t engine_go_table_compute(uint64_t vote, uint64_t letter);
extern size_t engine_go_table_encode(uint64_t total, uint8_t *answer, size_t room);
extern void engine_go_votes(void *slots, size_t n);

uint64_t byhand_c_step(uint64_t x)
{
	return (x * 0x9e3779b97f4a7c15ull) ^ 1;
}

uint64_t byhand_walk(bool thread, size_t n, size_t batch, uint64_t x)
{
	return thread ? engine_walk_thread_shim(engine_go_steps, n, batch, x) : engine_walk_shim(engine_go_steps, n, batch, x);
}

uint64_t byhand_each(uint64_t n, uint64_t x)
{
	return engine_each(n, x, engine_go_step);
}

uintptr_t byhand_tails(bool batched, size_t threads, size_t batch, uint64_t milliseconds, uint64_t *took, size_t room)
{
	return engine_tails(batched ? engine_go_steps : NULL, threads, batch, milliseconds, took, room);
}

uint64_t byhand_votes(int way, uint64_t n, uint64_t batch)
{
	static const engine_four maps = {engine_go_map_decode, engine_go_map_partition, engine_go_map_compute, engine_go_map_encode};
	static const engine_four tables = {engine_go_table_decode, engine_go_table_partition, engine_go_table_compute, engine_go_table_encode};

	switch (way) {
	case BYHAND_FOUR_MAPS: return engine_votes_four(&maps, n);
	case BYHAND_FOUR_TABLES: return engine_votes_four(&tables, n);
	default: return engine_votes_together(engine_go_votes, n, batch);
	}
}

uintptr_t byhand_address(int which)
{
	switch (which) {
	case BYHAND_STEP: return (uintptr_t)gangplank_engine_step;
	case BYHAND_WALK: return (uintptr_t)engine_walk_fast;
	case BYHAND_SPIN: return (uintptr_t)engine_spin_fast;
	case BYHAND_SPIN_POLLS: return (uintptr_t)engine_spin_polls;
	case BYHAND_VOTES: return (uintptr_t)engine_votes_fast;
	}
	return 0;
}
