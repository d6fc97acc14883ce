/* approval_words.c - names of persons as they are noted, and what is said of an approval. */
#include "record/approval.h"

#include <strings.h>

/* White space, and what cannot be seen: control characters and those of no width. */
static bool is_blank(uint32_t c)
{
	return c <= ' ' || (c >= 0x7f && c <= 0xa0) || (c >= 0x2000 && c <= 0x200f) ||
		(c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f) || c == 0x3000 ||
		c == 0xfeff;
}

struct str approval_person(struct arena *arena, struct str name)
{
	struct buf out = {0};
	if (utf8_invalid_at(name) >= 0)
		return (struct str){0};
	for (int at = 0, before = 0; at < name.len; before = at) {
		bool blank = is_blank(utf8_next(name, &at));
		if (!blank)
			buf_str(&out, str_slice(name, before, at));
		else if (out.len && out.at[out.len - 1] != ' ')
			buf_char(&out, ' ');
	}
	struct str person = str_copy(arena, str_trim(buf_text(&out)));
	buf_free(&out);
	return person;
}

bool approval_is_same_person(struct str a, struct str b)
{
	return a.len == b.len && strncasecmp(a.at, b.at, (size_t)a.len) == 0;
}

/* What differs, by bit: of all that does, what explains the rest. "its words and its links" */
static void name_concerns(unsigned changed, struct buf *out)
{
	static const char *const names[CONCERN_COUNT] = {
		[CONCERN_WORDS] = "words",
		[CONCERN_PICTURES] = "pictures",
		[CONCERN_METADATA] = "title or other metadata",
		[CONCERN_ATTACHED] = "attached files",
		[CONCERN_LINKS] = "links",
		[CONCERN_TAGS] = "tags",
		[CONCERN_LOOKS] = "looks",
	};
	static const unsigned explained = 1 << CONCERN_TAGS | 1 << CONCERN_LOOKS;
	unsigned named = changed & ~explained ? changed & ~explained : changed;
	for (int i = 0; i < CONCERN_COUNT; i++) {
		if (!(named >> i & 1))
			continue;
		named &= ~(1u << i);
		buf_format(out, "%sits %s", !out->len ? "" : named ? ", " : " and ", names[i]);
	}
}

void approval_why(const struct approval *approval, struct buf *out)
{
	struct buf parts = {0};
	name_concerns(approval->changed, &parts);
	if (approval->older)
		buf_puts(out,
			"it was approved with an earlier version of lettermerge, whose "
			"approvals cannot be compared: look at it and approve it again");
	else if (approval->changed)
		buf_format(out, "%s changed since it was approved", buf_text(&parts).at);
	buf_free(&parts);
}
