/* rows.c - the attributes of a style: one table of (element, attribute, kind, offset).
 *
 * Reading, defaults and dump all walk these rows, so a new attribute is one row here and one member
 * of struct style or struct block_style. */
#include "style/style_int.h"

#include <stddef.h>

#define PAGE(name, kind, member)                                    \
	{                                                           \
		"page", name, kind, offsetof(struct style, member), \
		{                                                   \
			NULL                                        \
		}                                                   \
	}
#define WINDOW(name, member)                                                         \
	{                                                                            \
		"window", name, STYLE_LENGTH, offsetof(struct style, window.member), \
		{                                                                    \
			NULL                                                         \
		}                                                                    \
	}
#define OTHER(element, name, kind, member)                           \
	{                                                            \
		element, name, kind, offsetof(struct style, member), \
		{                                                    \
			NULL                                         \
		}                                                    \
	}
#define NUMBER(element, name, member, least, most)                                \
	{                                                                         \
		element, name, STYLE_NUMBER, offsetof(struct style, member),      \
			{"a whole number from " #least " to " #most}, least, most \
	}
#define PICTURE(element, member)                                                    \
	OTHER(element, "left", STYLE_LENGTH, member.left),                          \
		OTHER(element, "top", STYLE_LENGTH, member.top),                    \
		OTHER(element, "width", STYLE_LENGTH, member.width),                \
		OTHER(element, "height", STYLE_LENGTH, member.height),              \
	{                                                                           \
		element, "align", STYLE_WORD, offsetof(struct style, member.align), \
			{"left", "right", "centre"}, 0, 0, "left, right or centre"  \
	}
#define BLOCK(name, kind, member)                                       \
	{                                                               \
		NULL, name, kind, offsetof(struct block_style, member), \
		{                                                       \
			NULL                                            \
		}                                                       \
	}
#define WORDS(name, member, form, ...)                                                             \
	{                                                                                          \
		NULL, name, STYLE_WORD, offsetof(struct block_style, member), {__VA_ARGS__}, 0, 0, \
			form                                                                       \
	}
#define CHOICE(name, member, no, yes)                                         \
	{                                                                     \
		NULL, name, STYLE_FLAG, offsetof(struct block_style, member), \
		{                                                             \
			no, yes                                               \
		}                                                             \
	}

const struct style_row style_rows[] = {
	PAGE("width", STYLE_SIZE, page_width),
	PAGE("height", STYLE_SIZE, page_height),
	PAGE("top", STYLE_LENGTH, margin_top),
	PAGE("right", STYLE_LENGTH, margin_right),
	PAGE("bottom", STYLE_LENGTH, margin_bottom),
	PAGE("left", STYLE_LENGTH, margin_left),
	PAGE("first-top", STYLE_LENGTH, first_top),
	PAGE("head-top", STYLE_LENGTH, head_top),
	PAGE("date-top", STYLE_LENGTH, date_top),
	NUMBER("page", "most-pages", most_pages, 0, 99999),
	WINDOW("left", left),
	WINDOW("top", top),
	WINDOW("width", width),
	WINDOW("height", height),
	WINDOW("clear", clear),
	WINDOW("clear-top", clear_top),
	OTHER("folds", "first", STYLE_LENGTH, fold_first),
	OTHER("folds", "second", STYLE_LENGTH, fold_second),
	OTHER("folds", "punch", STYLE_LENGTH, punch),
	{"folds", "show", STYLE_FLAG, offsetof(struct style, show_folds), {"no", "yes"}},
	NUMBER("fit", "lines", fit_lines, 0, 99999),
	NUMBER("fit", "least-leading", fit_leading, 700, 1000),
	NUMBER("fit", "least-space", fit_space, 0, 1000),
	OTHER("page-number", "bottom", STYLE_LENGTH, page_number_bottom),
	{"page-number", "first", STYLE_FLAG, offsetof(struct style, page_number_first),
		{"no", "yes"}},
	OTHER("information", "left", STYLE_LENGTH, information.left),
	OTHER("information", "top", STYLE_LENGTH, information.top),
	OTHER("information", "width", STYLE_LENGTH, information.width),
	OTHER("information", "label-width", STYLE_LENGTH, information.label_width),
	NUMBER("information", "label-size", information.label_size, 300, 1000),
	PICTURE("letterhead-picture", letterhead_picture),
	PICTURE("continuation-picture", continuation_picture),
	OTHER("continuation", "top", STYLE_LENGTH, continuation_top),
	OTHER("footer", "bottom", STYLE_LENGTH, footer.bottom),
	OTHER("footer", "gap", STYLE_LENGTH, footer.gap),
	OTHER("footer", "rule", STYLE_LENGTH, footer.rule),
	OTHER("notes", "rule-width", STYLE_LENGTH, note_rule_width),
	OTHER("notes", "rule-thickness", STYLE_LENGTH, note_rule_thickness),
	OTHER("notes", "gap", STYLE_LENGTH, note_gap),
	NUMBER("notes", "mark-size", mark_size, 300, 1000),
	NUMBER("notes", "mark-rise", mark_rise, 0, 500),
	{"notes", "after-punctuation", STYLE_WORD, offsetof(struct style, marks_after),
		{"no", "yes", "language"}, 0, 0, "no, yes or language"},
	NUMBER("breaks", "hyphen-penalty", hyphen_penalty, 0, 99999),
	NUMBER("breaks", "page-fill", page_fill, 0, 1000),
	{"links", "underline", STYLE_FLAG, offsetof(struct style, underline_links), {"no", "yes"}},
	{"pdf", "standard", STYLE_WORD, offsetof(struct style, standard), {"ua1+a2", "ua2+a4"}, 0,
		0, "ua1+a2 or ua2+a4"},
};
const int style_row_count = sizeof style_rows / sizeof *style_rows;

/* Those that <text> has come first. */
enum { TEXT_ROWS = 13 };
const struct style_row style_block_rows[] = {
	BLOCK("family", STYLE_FAMILY, text.family),
	BLOCK("size", STYLE_SIZE, text.size),
	BLOCK("leading", STYLE_SIZE, text.leading),
	CHOICE("weight", text.bold, "normal", "bold"),
	CHOICE("slant", text.italic, "upright", "italic"),
	BLOCK("colour", STYLE_COLOUR, text.colour),
	BLOCK("features", STYLE_FEATURES, text.features),
	WORDS("align", align, "left, right, centre or justify", "left", "right", "centre",
		"justify"),
	CHOICE("hyphenate", hyphenate, "no", "yes"),
	WORDS("hang", hang, "no, yes or justified", "no", "yes", "justified"),
	CHOICE("expand", expand, "no", "yes"),
	CHOICE("quotes", quotes, "straight", "typographic"),
	CHOICE("line-break", loose, "strict", "loose"),
	BLOCK("before", STYLE_LENGTH, before),
	BLOCK("after", STYLE_LENGTH, after),
	BLOCK("indent-left", STYLE_LENGTH, indent_left),
	BLOCK("indent-right", STYLE_LENGTH, indent_right),
	BLOCK("space", STYLE_LENGTH, space),
	BLOCK("frame", STYLE_LENGTH, frame),
	BLOCK("background", STYLE_COLOUR, background),
	BLOCK("min-leading", STYLE_LENGTH, min_leading),
	WORDS("keep", keep, "no, together, with-next or both", "no", "together", "with-next",
		"both"),
	WORDS("rules", rules, "none, heads, totals or all", "none", "heads", "totals", "all"),
	WORDS("leaders", leaders, "no or dots", "no", "dots"),
	BLOCK("numbering", STYLE_COUNTING, numbering),
	BLOCK("left", STYLE_LENGTH, place.left),
	BLOCK("top", STYLE_LENGTH, place.top),
	BLOCK("width", STYLE_LENGTH, place.width),
	BLOCK("height", STYLE_LENGTH, place.height),
	CHOICE("show", hidden, "yes", "no"),
};
const int style_block_row_count = sizeof style_block_rows / sizeof *style_block_rows;

const struct style_row *style_find_row(struct str element, struct str name)
{
	for (int i = 0; i < style_row_count; i++)
		if (str_is(element, style_rows[i].element) && str_is(name, style_rows[i].name))
			return &style_rows[i];
	return NULL;
}

const struct style_row *style_find_block_row(struct str name)
{
	for (int i = 0; i < style_block_row_count; i++)
		if (str_is(name, style_block_rows[i].name))
			return &style_block_rows[i];
	return NULL;
}

bool style_set_standard(struct style *style, struct str name)
{
	return style_set(style_find_row(str_lit("pdf"), str_lit("standard")), style, name);
}

bool style_row_is_look(const struct style_row *row)
{
	return row->offset == offsetof(struct block_style, text.colour) ||
		row->offset == offsetof(struct block_style, background) ||
		row->offset == offsetof(struct block_style, text.size) ||
		row->offset == offsetof(struct block_style, text.bold);
}

bool style_row_is_text(const struct style_row *row)
{
	return row - style_block_rows < TEXT_ROWS;
}

/* What elements have those attributes that not all do; the last of each is TAG_TEXT, that none
 * is. */
static const struct {
	size_t offset;
	enum tag tags[16];
} served[] = {
	{offsetof(struct block_style, space),
		{TAG_SIGNATURE, TAG_SIGNATURES, TAG_RULE, TAG_RETURN_ADDRESS, TAG_SLIP, TAG_TABLE,
			TAG_P, TAG_SUBJECT, TAG_HEADING, TAG_UL, TAG_OL, TAG_QUOTE}},
	{offsetof(struct block_style, frame),
		{TAG_P, TAG_SUBJECT, TAG_HEADING, TAG_UL, TAG_OL, TAG_QUOTE, TAG_TABLE, TAG_ROW,
			TAG_CELL}},
	{offsetof(struct block_style, background),
		{TAG_P, TAG_SUBJECT, TAG_HEADING, TAG_UL, TAG_OL, TAG_QUOTE, TAG_TABLE, TAG_ROW,
			TAG_CELL, TAG_SPAN, TAG_EM, TAG_STRONG}},
	{offsetof(struct block_style, min_leading), {TAG_ADDRESS}},
	{offsetof(struct block_style, rules), {TAG_TABLE}},
	{offsetof(struct block_style, leaders), {TAG_TABLE}},
	{offsetof(struct block_style, place.left), {TAG_COLUMN}},
	{offsetof(struct block_style, place.top), {TAG_COLUMN}},
	{offsetof(struct block_style, place.width), {TAG_COLUMN}},
	{offsetof(struct block_style, place.height), {TAG_COLUMN, TAG_SLIP}},
	{offsetof(struct block_style, numbering), {TAG_HEADING}},
};

const enum tag *style_row_served(const struct style_row *row)
{
	for (size_t i = 0; i < sizeof served / sizeof *served; i++)
		if (served[i].offset == row->offset)
			return served[i].tags;
	return NULL;
}

bool style_row_serves(const struct style_row *row, enum tag tag)
{
	const enum tag *at = style_row_served(row);
	while (at && *at != TAG_TEXT && *at != tag)
		at++;
	return !at || (tag != TAG_TEXT && *at == tag);
}

static bool set_length(sp *out, struct str value, sp least, sp most)
{
	sp length;
	if (!length_read(value, &length) || length < least || length > most)
		return false;
	*out = length;
	return true;
}

static bool set_number(int *out, struct str value, int least, int most)
{
	int number = 0;
	if (value.len < 1 || value.len > 5)
		return false;
	for (int i = 0; i < value.len; i++) {
		if (value.at[i] < '0' || value.at[i] > '9')
			return false;
		number = number * 10 + (value.at[i] - '0');
	}
	*out = number;
	return number >= least && number <= most;
}

static bool set_colour(uint32_t *out, struct str value)
{
	static const char hex[] = "0123456789abcdefABCDEF";
	uint32_t colour = 0;
	if (value.len != 7 || value.at[0] != '#')
		return false;
	for (int i = 1; i < 7; i++) {
		const char *digit = memchr(hex, value.at[i], sizeof hex - 1);
		if (!digit)
			return false;
		uint32_t at = (uint32_t)(digit - hex);
		colour = colour << 4 | (at < 16 ? at : at - 6);
	}
	*out = colour;
	return true;
}

static bool set_word(int *out, struct str value, const char *const *words, int count)
{
	for (int i = 0; i < count; i++) {
		if (!str_is(value, words[i]))
			continue;
		*out = i;
		return true;
	}
	return false;
}

static bool set_flag(bool *out, struct str value, const char *const *words)
{
	int word;
	if (!set_word(&word, value, words, 2))
		return false;
	*out = word;
	return true;
}

static bool set_enum(void *out, struct str value, const char *const *words)
{
	int word, count = 0;
	while (count < STYLE_WORDS && words[count])
		count++;
	if (!set_word(&word, value, words, count))
		return false;
	memcpy(out, &word, sizeof word);
	return true;
}

static bool is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Places of numbers, at most one of each level, with signs around each. */
static bool set_numbering(struct str *out, struct str value)
{
	int places = 0;
	for (int i = 0; i < value.len; i++) {
		bool place = is_alphanumeric(value.at[i]);
		if (place &&
			(!memchr("1aAiI", value.at[i], 5) ||
				(i > 0 && is_alphanumeric(value.at[i - 1]))))
			places = HEADING_LEVELS;
		places += place;
	}
	bool none = str_is(value, "no");
	*out = none ? str_lit("") : value;
	return none || (places > 0 && places <= HEADING_LEVELS);
}

bool style_set(const struct style_row *row, void *base, struct str value)
{
	void *at = (char *)base + row->offset;
	switch (row->kind) {
	case STYLE_LENGTH:
		return set_length(at, value, 0, pt(14400));
	case STYLE_SIZE:
		return set_length(at, value, pt(1), row->element ? pt(14400) : pt(500));
	case STYLE_NUMBER:
		return set_number(at, value, row->least, row->most);
	case STYLE_COLOUR:
		return set_colour(at, value);
	case STYLE_FAMILY:
		*(struct str *)at = value;
		return str_trim(value).len > 0;
	case STYLE_COUNTING:
		return set_numbering(at, value);
	case STYLE_FLAG:
		return set_flag(at, value, row->words);
	case STYLE_FEATURES:
		return features_read(at, value);
	case STYLE_WORD:
		return set_enum(at, value, row->words);
	}
	return false;
}

const char *style_form(const struct style_row *row)
{
	switch (row->kind) {
	case STYLE_LENGTH:
		return "a length from 0 to 14400pt, like 25mm";
	case STYLE_SIZE:
		return row->element ? "a length from 1pt to 14400pt, like 210mm"
				    : "a size from 1pt to 500pt, like 11pt";
	case STYLE_NUMBER:
		return row->words[0];
	case STYLE_COLOUR:
		return "a colour like #1d4f8f";
	case STYLE_FAMILY:
		return "names of font families, like Liberation Sans, DejaVu Sans";
	case STYLE_FEATURES:
		return "tags of OpenType features, like lnum tnum -liga salt=2, at most 20 in a "
		       "style";
	case STYLE_COUNTING:
		return "no, or 1, a, A, i or I for each level, with signs around them, like 1.1";
	case STYLE_WORD:
		return row->form;
	case STYLE_FLAG:
		break;
	}
	return str_is(str_of(row->words[0]), "normal")      ? "normal or bold"
		: str_is(str_of(row->words[0]), "upright")  ? "upright or italic"
		: str_is(str_of(row->words[0]), "straight") ? "straight or typographic"
		: str_is(str_of(row->words[0]), "strict")   ? "strict or loose"
							    : "yes or no";
}

bool style_same(const struct style_row *row, const void *a, const void *b)
{
	struct buf texts[2] = {{0}};
	style_write(row, a, &texts[0]);
	style_write(row, b, &texts[1]);
	bool same = str_eq(buf_text(&texts[0]), buf_text(&texts[1]));
	buf_free(&texts[0]);
	buf_free(&texts[1]);
	return same;
}

void style_write(const struct style_row *row, const void *base, struct buf *out)
{
	const void *at = (const char *)base + row->offset;
	int word;
	buf_format(out, " %s=", row->name);
	switch (row->kind) {
	case STYLE_LENGTH:
	case STYLE_SIZE:
		buf_format(out, "%d", *(const sp *)at);
		break;
	case STYLE_NUMBER:
		buf_format(out, "%d", *(const int *)at);
		break;
	case STYLE_COLOUR:
		buf_format(out, "#%06x", *(const uint32_t *)at);
		break;
	case STYLE_FAMILY:
	case STYLE_COUNTING:
		json_string(out, *(const struct str *)at);
		break;
	case STYLE_FLAG:
		buf_puts(out, row->words[*(const bool *)at]);
		break;
	case STYLE_FEATURES:
		buf_char(out, '"');
		features_write(at, out);
		buf_char(out, '"');
		break;
	case STYLE_WORD:
		memcpy(&word, at, sizeof word);
		buf_puts(out, row->words[word]);
		break;
	}
}
