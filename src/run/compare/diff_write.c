/* diff_write.c - what differs, as text for people and as JSON for programs. */
#include "compare/diff.h"

/* -- for people -------------------------------------------------------------------------------- */

struct marks {
	const char *out, *out_end, *in, *in_end;
	bool imitable; /* a letter's own words may read like them */
};

static char beside(struct str text, int at, char nothing)
{
	return at < 0 || at >= text.len ? nothing : text.at[at];
}

/* Whether a bracket is half of a plain mark; at either end, where a half of ours may stand, it
 * is. */
static bool is_half(struct str text, int at)
{
	switch (text.at[at]) {
	case '[':
		return beside(text, at + 1, '-') == '-';
	case '{':
		return beside(text, at + 1, '+') == '+';
	case ']':
		return beside(text, at - 1, '-') == '-';
	case '}':
		return beside(text, at - 1, '+') == '+';
	default:
		return false;
	}
}

/* Such a bracket is here, or backslashes before one or before the end. */
static bool wants_backslash(struct str text, int at)
{
	while (at < text.len && text.at[at] == '\\')
		at++;
	return at == text.len || is_half(text, at);
}

static void put_text(struct buf *out, struct str text, const struct marks *marks)
{
	struct buf guarded = {0};
	for (int i = 0; i < text.len; i++) {
		if (marks->imitable && wants_backslash(text, i))
			buf_char(&guarded, '\\');
		buf_char(&guarded, text.at[i]);
	}
	buf_shown(out, buf_text(&guarded));
	buf_free(&guarded);
}

static void put_value(struct buf *out, const char *before, struct str text, const char *after)
{
	if (!text.at)
		return;
	buf_puts(out, before);
	buf_quoted(out, text);
	buf_puts(out, after);
}

static void put_words(struct buf *out, const struct diff_words *words, const struct marks *marks)
{
	if (words->old.at && !words->kept) {
		buf_format(out, " %s", marks->out);
		put_text(out, words->old, marks);
		buf_puts(out, marks->out_end);
	}
	if (words->new.at) {
		buf_format(out, " %s", words->kept ? "" : marks->in);
		put_text(out, words->new, marks);
		buf_puts(out, words->kept ? "" : marks->in_end);
	}
}

/*   link of "Annual Report": "https://old" → "https://new" */
static void put_change(struct buf *out, const struct said_change *change, const struct marks *marks)
{
	static const char *const words[] = {
		[SAID_CHANGED] = "", [SAID_NEW] = "new: ", [SAID_GONE] = "gone: "};
	bool said = change->old.at || change->new.at;
	buf_say(out, "  %s%.*s", words[change->how], str_arg(change->what));
	if (said)
		buf_puts(out, ": ");
	else if (change->how == SAID_CHANGED)
		buf_puts(out, " changed");
	put_value(out, marks->out, change->old, marks->out_end);
	buf_puts(out, change->old.at && change->new.at ? " → " : "");
	put_value(out, marks->in, change->new, marks->in_end);
	buf_char(out, '\n');
}

static void write_text(const struct difference *difference, const struct marks *marks,
	bool coloured, struct buf *out)
{
	static const struct marks none = {"", "", "", "", false};
	const struct marks *around = coloured ? marks : &none;
	for (int i = 0; i < difference->reasons.list.len; i++)
		buf_say(out, "%.*s\n", str_arg(difference->reasons.list.at[i]));
	for (int i = 0; i < difference->blocks.len; i++) {
		const struct diff_block *block = &difference->blocks.at[i];
		struct str tag = str_is(block->tag, "p") ? str_lit("paragraph") : block->tag;
		buf_say(out, "%.*s at %.*s:\n", str_arg(tag), str_arg(block->place));
		for (int j = 0; j < block->words.len; j++) {
			buf_puts(out, j ? "" : " ");
			put_words(out, &block->words.at[j], marks);
		}
		buf_puts(out, block->words.len ? "\n" : "");
		for (int j = 0; j < block->changes.list.len; j++)
			put_change(out, &block->changes.list.at[j], around);
	}
	buf_puts(out, difference->beside.list.len ? "beside the text:\n" : "");
	for (int i = 0; i < difference->beside.list.len; i++)
		put_change(out, &difference->beside.list.at[i], around);
}

/* -- for programs ------------------------------------------------------------------------------ */

static void put_versions(struct buf *out, struct str old, struct str new)
{
	if (old.at)
		json_member(out, "old", old);
	if (new.at)
		json_member(out, "new", new);
}

/* With a name before the list. */
static void put_changes(struct buf *out, const char *name, const struct said_changes *changes)
{
	static const char *const words[] = {
		[SAID_CHANGED] = "changed", [SAID_NEW] = "new", [SAID_GONE] = "gone"};
	buf_format(out, ",\"%s\":[", name);
	for (int i = 0; i < changes->list.len; i++) {
		const struct said_change *change = &changes->list.at[i];
		buf_format(out, "%s{\"how\":\"%s\"", i ? "," : "", words[change->how]);
		json_member(out, "what", change->what);
		put_versions(out, change->old, change->new);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_block(struct buf *out, const struct diff_block *block)
{
	buf_puts(out, "{\"element\":");
	json_string(out, block->tag);
	json_member(out, "at", block->place);
	buf_puts(out, ",\"words\":[");
	for (int i = 0; i < block->words.len; i++) {
		const struct diff_words *words = &block->words.at[i];
		struct buf members = {0};
		if (words->kept)
			json_member(&members, "both", words->new);
		else
			put_versions(&members, words->old, words->new);
		buf_format(out, "%s{%s}", i ? "," : "", buf_text(&members).at + 1); /* no comma */
		buf_free(&members);
	}
	buf_char(out, ']');
	put_changes(out, "changes", &block->changes);
	buf_char(out, '}');
}

static void write_json(const struct difference *difference, struct buf *out)
{
	buf_puts(out, ",\"reasons\":[");
	for (int i = 0; i < difference->reasons.list.len; i++) {
		buf_puts(out, i ? "," : "");
		json_string(out, difference->reasons.list.at[i]);
	}
	buf_puts(out, "],\"blocks\":[");
	for (int i = 0; i < difference->blocks.len; i++) {
		buf_puts(out, i ? "," : "");
		put_block(out, &difference->blocks.at[i]);
	}
	buf_char(out, ']');
	put_changes(out, "beside", &difference->beside);
}

void diff_write(const struct difference *difference, enum diff_form form, struct buf *out)
{
	static const struct marks marks[] = {[DIFF_PLAIN] = {"[-", "-]", "{+", "+}", true},
		[DIFF_COLOURED] = {"\033[31m", "\033[m", "\033[32m", "\033[m", false},
		[DIFF_MARKED] = {DIFF_OUT, DIFF_OUT_END, DIFF_IN, DIFF_IN_END, false}};
	if (form == DIFF_JSON)
		write_json(difference, out);
	else
		write_text(difference, &marks[form], form == DIFF_COLOURED, out);
}
