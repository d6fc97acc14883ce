/* ascii.h - kinds of characters, as ASCII has them: whatever the locale, and of a byte that is part
 * of another character none. c is a byte or a code point. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool ascii_is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_letter(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* A blank, a tab or a line's end. */
static inline bool ascii_is_space(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

#endif
