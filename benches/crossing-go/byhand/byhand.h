#include <stddef.h>
#include <stdint.h>

void hand_nop(void);
uint64_t hand_scalar(uint64_t x);
char *hand_text_c(const char *text);
void hand_free_c(char *text);
uint8_t *hand_text_owned(const uint8_t *text, size_t len, size_t *answer_len);
void hand_free(uint8_t *text, size_t len);
size_t hand_text(const uint8_t *text, size_t len, uint8_t *out, size_t room);
size_t hand_copy(const uint8_t *text, size_t len, uint8_t *out, size_t room);
