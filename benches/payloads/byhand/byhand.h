#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct {
	uint64_t *ids;
	double *prices;
	uint32_t *quantities, *lengths;
	uint8_t *names;
	size_t names_len;
} payload_flat;

size_t payload_bytes(uint32_t kind, const uint8_t *question, size_t len, uint8_t *answer, size_t room);
size_t payload_text(const uint8_t *text, size_t len, uint8_t *answer, size_t room);
void payload_numbers(const double *numbers, size_t len, double *answer);

// The pointers one by one, so that none of them hides in Go memory.
size_t payload_orders(const payload_flat *flat, size_t n);
static inline size_t payload_orders_flat(uint64_t *ids, double *prices, uint32_t *quantities, uint32_t *lengths, uint8_t *names, size_t names_len, size_t n)
{
	payload_flat flat = {ids, prices, quantities, lengths, names, names_len};
	return payload_orders(&flat, n);
}
