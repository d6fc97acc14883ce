/* said.c - words and values of a letter's key → its blocks, as text and as elements.
 *
 * The words of a shape are stored once for all letters that have it, and each letter's own values
 * beside: so what a letter said is known without reading a PDF. */
#include "compare/said.h"

#include "compare/align_int.h"
#include "compare/reasons.h"
#include "compare/said_int.h"

static struct str next_value(struct str *values)
{
	struct str value = {0};
	str_split(values, '\0', &value);
	return value;
}

/* What "&#38;" stands for, cut off the text; an "&" that begins nothing such stands for itself.
 * Nothing else was escaped. */
static char take_escaped(struct str *text)
{
	int end = str_starts(*text, "&#") ? str_find(*text, ";") : -1, code = '&';
	if (end >= 0)
		code = 0;
	for (int digit = 2; digit < end; digit++)
		code = code * 10 + text->at[digit] - '0';
	*text = str_slice(*text, end < 0 ? 1 : end + 1, text->len);
	return (char)(code == '\n' ? ' ' : code);
}

static void unescape(struct buf *out, struct str text)
{
	for (const char *mark; text.len && (mark = memchr(text.at, '&', (size_t)text.len));) {
		int plain = (int)(mark - text.at);
		buf_put(out, text.at, (size_t)plain);
		text = str_slice(text, plain, text.len);
		buf_char(out, take_escaped(&text));
	}
	buf_str(out, text);
}

struct str said_text(struct arena *arena, struct str escaped)
{
	struct buf out = {0};
	unescape(&out, escaped);
	struct str text = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return text;
}

static bool is_marked(char c)
{
	return c == '<' || c == '&' || c == '"' || c == '\n';
}

void said_escape(struct buf *out, struct str text)
{
	for (int from = 0, at = 0; at <= text.len; at++) {
		if (at < text.len && !is_marked(text.at[at]))
			continue;
		buf_put(out, text.at + from, (size_t)(at - from));
		if (at < text.len)
			buf_format(out, "&#%d;", text.at[at]);
		from = at + 1;
	}
}

int said_tag_end(struct str markup)
{
	bool quoted = false;
	int at = 0;
	while (at < markup.len && (quoted || markup.at[at] != '>'))
		quoted ^= markup.at[at++] == '"';
	return at < markup.len ? at + 1 : at;
}

/* What a tag means to a reader: notes stand in brackets, lines and cells apart. */
static void write_tag(struct buf *out, struct str tag)
{
	static const struct {
		const char *tag, *text;
	} texts[] = {{"note>", " ["}, {"note ", " ["}, {"/note>", "]"}, {"br>", " / "},
		{"/line>", " / "}, {"/attachment>", " / "}, {"/cell>", " | "}, {"/li>", " / "}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (str_starts(tag, texts[i].tag)) {
			buf_puts(out, texts[i].text);
			return;
		}
}

struct str said_plain(struct arena *arena, struct str markup)
{
	struct buf out = {0};
	struct str rest = markup;
	while (rest.len) {
		int open = str_find(rest, "<");
		unescape(&out, str_slice(rest, 0, open < 0 ? rest.len : open));
		if (open < 0)
			break;
		rest = str_slice(rest, open + 1, rest.len);
		write_tag(&out, rest);
		rest = str_slice(rest, said_tag_end(rest), rest.len);
	}
	struct str text = str_trim(str_copy(arena, buf_text(&out)));
	while (str_ends(text, "/") || str_ends(text, "|"))
		text = str_trim(str_slice(text, 0, text.len - 1));
	buf_free(&out);
	return text;
}

/* -- values in their places -------------------------------------------------------------------- */

/* The names and values that are left; each name has a value. */
struct filling {
	struct arena *arena;
	struct str names, values;
	struct letter_said *said;
};

/* What is no field's: a picture, metadata. A value of an attribute has the attribute as it was
 * written for its name, with the field in it. */
static bool next(struct filling *filling, struct str *name, struct str *value)
{
	if (!filling->names.len)
		return false;
	*name = next_value(&filling->names);
	*value = next_value(&filling->values);
	struct said_beside beside = {*name, *value};
	if (str_starts(*name, KEY_PICTURE) || str_starts(*name, KEY_FILE)) {
		int blank = str_find(*name, " ");
		struct str file = path_base(str_slice(*name, blank + 1, name->len));
		beside.name = str_format(filling->arena, "%.*s %.*s", blank, name->at,
			str_arg(str_quoted(filling->arena, file)));
		*vec_push(filling->arena, &filling->said->files) = beside;
	} else if (str_is(*name, KEY_ATTACHED)) {
		*vec_push(filling->arena, &filling->said->files) = beside;
	} else if (str_starts(*name, "<") && str_ends(*name, ">")) {
		beside.name = str_slice(*name, 1, name->len - 1);
		*vec_push(filling->arena, &filling->said->metadata) = beside;
	}
	return true;
}

/* Whether a value of that name is left. A brace may be just a brace. */
static bool is_named(struct str names, struct str wanted)
{
	struct str name;
	while (str_split(&names, '\0', &name) && name.len)
		if (str_eq(name, wanted))
			return true;
	return false;
}

/* Values stand in the order of their places. An attribute with fields in it is replaced by its
 * value, which is escaped like it. */
static void put_value(struct filling *filling, struct str written, bool attribute, struct buf *out)
{
	struct str plain = said_text(filling->arena, written), name = {0}, value = written;
	bool known = is_named(filling->names, plain);
	while (known && !str_eq(name, plain))
		next(filling, &name, &value);
	if (attribute && known)
		said_escape(out, value);
	else
		buf_str(out, value);
}

/* Up to the end of a tag: its attributes' values. */
static void put_attributes(struct filling *filling, struct str tag, struct buf *out)
{
	for (int quote; (quote = str_find(tag, "\"")) >= 0;) {
		buf_str(out, str_slice(tag, 0, quote + 1));
		tag = str_slice(tag, quote + 1, tag.len);
		struct str value = str_slice(tag, 0, str_find(tag, "\""));
		if (str_find(value, "{") >= 0)
			put_value(filling, value, true, out);
		else
			buf_str(out, value);
		buf_char(out, '"');
		tag = str_slice(tag, value.len + 1, tag.len);
	}
	buf_str(out, tag);
}

static struct str fill(struct filling *filling, struct str words)
{
	static const char mark[] = "<field name=\"";
	struct buf out = {0};
	struct str rest = words;
	for (int at; (at = str_find(rest, "<")) >= 0;) {
		buf_str(&out, str_slice(rest, 0, at));
		rest = str_slice(rest, at, rest.len);
		int end = said_tag_end(rest);
		if (str_starts(rest, mark))
			put_value(filling,
				str_slice(rest, (int)sizeof mark - 1, end - (int)sizeof "\"/>" + 1),
				false, &out);
		else
			put_attributes(filling, str_slice(rest, 0, end), &out);
		rest = str_slice(rest, end, rest.len);
	}
	buf_str(&out, rest);
	struct str filled = str_copy(filling->arena, buf_text(&out));
	buf_free(&out);
	return filled;
}

struct letter_said said_read(struct arena *arena, struct str shape_text, struct str values)
{
	struct letter_said said = {0};
	struct shape shape = shape_read(arena, shape_text);
	struct filling filling = {arena, shape.names, values, &said};
	struct str name, value;
	for (int i = 0; i < shape.blocks.len; i++) {
		const struct shape_block *block = &shape.blocks.at[i];
		struct str markup = fill(&filling, block->words);
		*vec_push(arena, &said.blocks) = (struct said){
			block->tag, block->place, said_plain(arena, markup), markup};
	}
	while (next(&filling, &name, &value))
		;
	return said;
}

static struct sequence hash_blocks(struct arena *arena, const struct letter_said *said)
{
	uint64_t *hashes = arena_new_array(arena, uint64_t, said->blocks.len + 1);
	for (int i = 0; i < said->blocks.len; i++)
		hashes[i] = str_hash(said->blocks.at[i].markup);
	return (struct sequence){hashes, said->blocks.len};
}

int said_align(struct arena *arena, const struct letter_said *old, const struct letter_said *new,
	struct stretch **out)
{
	return align(arena, hash_blocks(arena, old), hash_blocks(arena, new), out);
}
