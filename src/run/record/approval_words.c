/* approval_words.c - names of persons as they are noted, and what is said of an approval. */
#include "record/approval.h"

#include "locale/locale.h"

#include <string.h>
#include <strings.h>

const char *const known_words[KNOWN_COUNT] = {
	[KNOWN_NOT] = "",
	[KNOWN_SAID] = "said",
	[KNOWN_ACCOUNT] = "account",
	[KNOWN_LINK] = "link",
	[KNOWN_SIGNED] = "signed",
};

enum known known_of(struct str word)
{
	int i = 0;
	while (i < KNOWN_COUNT && !str_is(word, known_words[i]))
		i++;
	return (enum known)i;
}

/* White space and control characters. */
static bool is_blank(uint32_t c)
{
	return c <= ' ' || (c >= 0x7f && c <= 0xa0) || c == 0x1680 ||
		(c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
		c == 0x205f || c == 0x3000;
}

/* What has no width, and says nothing; but for joiners, of which words are spelled. */
static bool is_unseen(uint32_t c)
{
	return c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b || c == 0x200e ||
		c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
		c == 0xfeff;
}

static bool is_joiner(uint32_t c)
{
	return c == 0x200c || c == 0x200d;
}

struct str approval_person(struct arena *arena, struct str name)
{
	struct buf out = {0};
	if (utf8_invalid_at(name) >= 0)
		return (struct str){0};
	for (int at = 0, before = 0; at < name.len; before = at) {
		uint32_t c = utf8_next(name, &at);
		if (is_unseen(c) || (is_joiner(c) && !out.len))
			continue;
		if (!is_blank(c))
			buf_str(&out, str_slice(name, before, at));
		else if (out.len && out.at[out.len - 1] != ' ')
			buf_char(&out, ' ');
	}
	struct str person = str_copy(arena, str_trim(buf_text(&out)));
	buf_free(&out);
	return text_composed(arena, person);
}

struct str approval_person_key(struct arena *arena, struct str name)
{
	return text_caseless(arena, approval_person(arena, name), false);
}

static bool is_ascii(struct str text)
{
	for (int i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] >= 0x80)
			return false;
	return true;
}

bool approval_is_same_person(struct str a, struct str b)
{
	if (is_ascii(a) && is_ascii(b))
		return a.len == b.len && strncasecmp(a.at, b.at, (size_t)a.len) == 0;
	struct arena *arena = arena_new();
	bool same = str_eq(approval_person_key(arena, a), approval_person_key(arena, b));
	arena_free(arena);
	return same;
}

void concerns_name(unsigned changed, struct buf *out)
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
	for (int i = 0, said = 0; i < CONCERN_COUNT; i++) {
		if (!(changed >> i & 1))
			continue;
		changed &= ~(1u << i);
		buf_format(out, "%sits %s", !said++ ? "" : changed ? ", " : " and ", names[i]);
	}
}

unsigned concerns_differ(const struct concerns *a, const struct concerns *b)
{
	unsigned changed = 0;
	for (int i = 0; i < CONCERN_COUNT; i++)
		if (memcmp(a->hash[i], b->hash[i], sizeof a->hash[i]) != 0)
			changed |= 1u << i;
	return changed;
}

/* Of all that differs, what explains the rest. */
static unsigned explaining(unsigned changed)
{
	static const unsigned explained = 1 << CONCERN_TAGS | 1 << CONCERN_LOOKS;
	return changed & ~explained ? changed & ~explained : changed;
}

void approval_why(const struct approval *approval, struct buf *out)
{
	struct buf parts = {0};
	concerns_name(explaining(approval->changed), &parts);
	if (approval->older)
		buf_puts(out,
			"it was approved with an earlier version of lettermerge, whose "
			"approvals cannot be compared: look at it and approve it again");
	else if (approval->unproven)
		buf_puts(out, "it has no signature that can be believed");
	else if (approval->changed)
		buf_format(out, "%s changed since it was approved", buf_text(&parts).at);
	buf_free(&parts);
}
