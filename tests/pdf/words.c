/* words.c - texts made comparable. */
#include "words.h"

/* What a character becomes: NULL for itself. */
static const char *plain(uint32_t c)
{
	switch (c) {
	case 0x2018:
	case 0x2019:
		return "'";
	case 0x201C:
	case 0x201D:
		return "\"";
	default:
		return NULL;
	}
}

struct str words_of(struct arena *arena, struct str text)
{
	struct buf out = {0};
	bool hyphen = false;
	for (int at = 0; at < text.len;) {
		int from = at;
		uint32_t c = utf8_next(text, &at);
		bool space = c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
		if (c == 0xAD) {
			hyphen = true;
			continue;
		}
		if (space && (hyphen || !out.len || out.at[out.len - 1] == ' '))
			continue;
		hyphen = false;
		if (c == 0x302 && out.len && out.at[out.len - 1] == 'w') {
			out.len--; /* pdfinfo composes what stands apart in the text */
			buf_puts(&out, "\xC5\xB5");
		} else if (space)
			buf_char(&out, ' ');
		else if (plain(c))
			buf_puts(&out, plain(c));
		else
			buf_str(&out, str_slice(text, from, at));
	}
	struct str words = str_copy(arena, str_trim(buf_text(&out)));
	buf_free(&out);
	return words;
}
