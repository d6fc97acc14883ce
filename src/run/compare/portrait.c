/* portrait.c - a composed letter → its portrait; as text, and back.
 *
 * The text has a line for each thing, its kind in front:
 *
 *   paper WIDTH HEIGHT                  lengths in sp
 *   said NAME<tab>VALUE                 metadata
 *   file NAME<tab>HASH
 *   block TAG PLACE<tab>MARKUP
 *   look NAME                           counted from 0
 *   paragraph
 *   line PAGE TOP BOTTOM LOOK           of the words that follow
 *   word GAP WIDTH TEXT                 from the end of the word before it in the line
 *   placed PAGE LEFT TOP RIGHT BOTTOM COLOUR NAME
 *
 * What a newline would break is escaped as in markup. */
#include "compare/portrait.h"

#include "compare/concerns.h"
#include "compare/key.h"
#include "compare/said_int.h"

#include <stdio.h>
#include <stdlib.h>

/* -- taking ------------------------------------------------------------------------------------ */

static bool is_under_word(const struct page_words *words, const struct word_box *rule)
{
	for (int i = 0; i < words->boxes.len; i++) {
		const struct word_box *word = &words->boxes.at[i];
		if (word->page == rule->page && word->top < rule->top &&
			word->bottom > rule->bottom && word->left < rule->right &&
			word->right > rule->left)
			return true;
	}
	return false;
}

static void take_mark(struct arena *arena, const struct mark *mark, int page, struct portrait *out)
{
	static const char *const names[] = {[MARK_RULE] = PLACED_LINE,
		[MARK_PICTURE] = PLACED_PICTURE,
		[MARK_BARCODE] = PLACED_CODE};
	const struct word_box box = {
		-1, page, mark->x, mark->y, mark->x + mark->width, mark->y + mark->height};
	if (mark->kind == MARK_GLYPHS || mark->artifact == ARTIFACT_GUIDE ||
		mark->artifact == ARTIFACT_WATERMARK)
		return;
	bool under = mark->kind == MARK_RULE && is_under_word(&out->words, &box);
	*vec_push(arena, &out->placed) = (struct placed){
		.name = str_of(under ? PLACED_UNDERLINE : names[mark->kind]),
		.box = box,
		.colour = mark->kind == MARK_PICTURE ? 0 : mark->colour};
}

static void take_placed(struct arena *arena, const struct pages *pages, struct portrait *out)
{
	for (int p = 0; p < pages->count; p++)
		for (int i = 0; i < pages->page[p].mark_count; i++)
			take_mark(arena, &pages->page[p].marks[i], p, out);
}

void portrait_take(struct arena *arena, const struct concerns_input *input, const struct text *text,
	struct keyer *keyer, struct portrait *out)
{
	struct letter_key key;
	struct buf shape = {0};
	*out = (struct portrait){.width = input->pages->width,
		.height = input->pages->height,
		.words = page_words_of(arena, input->pages, text)};
	keyer_take(keyer, input->letter, &key);
	keyer_write_shape(keyer, &shape);
	out->said = said_read(arena, str_copy(arena, buf_text(&shape)), key.values);
	for (int i = 0; i < out->said.metadata.len; i++)
		out->said.metadata.at[i].value = str_copy(arena, out->said.metadata.at[i].value);
	for (int i = 0; i < out->said.files.len; i++)
		out->said.files.at[i].value = str_copy(arena, out->said.files.at[i].value);
	*vec_push(arena, &out->said.metadata) = (struct said_beside){
		str_lit("language"), str_copy(arena, input->letter->lang)};
	take_placed(arena, input->pages, out);
	buf_free(&shape);
}

/* -- writing ----------------------------------------------------------------------------------- */

static void write_beside(const char *kind, const struct said_beside *beside, struct buf *out)
{
	buf_format(out, "%s ", kind);
	said_escape(out, beside->name);
	buf_char(out, '\t');
	said_escape(out, beside->value);
	buf_char(out, '\n');
}

static void write_said(const struct letter_said *said, struct buf *out)
{
	for (int i = 0; i < said->metadata.len; i++)
		write_beside("said", &said->metadata.at[i], out);
	for (int i = 0; i < said->files.len; i++)
		write_beside("file", &said->files.at[i], out);
	for (int i = 0; i < said->blocks.len; i++) {
		const struct said *block = &said->blocks.at[i];
		buf_puts(out, "block ");
		buf_str(out, block->tag);
		buf_char(out, ' ');
		buf_str(out, block->place);
		buf_char(out, '\t');
		buf_str(out, block->markup);
		buf_char(out, '\n');
	}
}

static void write_numbers(const char *kind, const int *numbers, int count, struct buf *out)
{
	buf_puts(out, kind);
	for (int i = 0; i < count; i++) {
		buf_char(out, ' ');
		buf_number(out, numbers[i]);
	}
}

static void write_words(const struct page_words *words, struct buf *out)
{
	const struct word_box *line = NULL;
	sp end = 0;
	for (int i = 0; i < words->looks.len; i++)
		buf_format(out, "look %.*s\n", str_arg(words->looks.at[i].name));
	for (int i = 0, box = 0; i < words->list.len; i++) {
		const struct page_word *word = &words->list.at[i], *last = i ? word - 1 : NULL;
		while (words->boxes.at[box].word < i)
			box++;
		const struct word_box *here = &words->boxes.at[box];
		if (!last || last->paragraph != word->paragraph)
			buf_puts(out, "paragraph\n");
		if (!last || last->look != word->look || line->page != here->page ||
			line->top != here->top || line->bottom != here->bottom) {
			write_numbers("line",
				(const int[]){here->page, here->top, here->bottom, word->look}, 4,
				out);
			buf_char(out, '\n');
			end = 0;
		}
		line = here;
		write_numbers(
			"word", (const int[]){here->left - end, here->right - here->left}, 2, out);
		buf_char(out, ' ');
		end = here->right;
		said_escape(out, word->text);
		buf_char(out, '\n');
	}
}

void portrait_write(const struct portrait *portrait, struct buf *out)
{
	buf_format(out, "paper %d %d\n", (int)portrait->width, (int)portrait->height);
	write_said(&portrait->said, out);
	write_words(&portrait->words, out);
	for (int i = 0; i < portrait->placed.len; i++) {
		const struct placed *placed = &portrait->placed.at[i];
		const struct word_box *box = &placed->box;
		buf_format(out, "placed %d %d %d %d %d %u %.*s\n", box->page, (int)box->left,
			(int)box->top, (int)box->right, (int)box->bottom, (unsigned)placed->colour,
			str_arg(placed->name));
	}
}

/* -- reading ----------------------------------------------------------------------------------- */

struct reading {
	struct arena *arena;
	struct portrait *portrait;
	struct word_box line;
	sp end; /* of the word before, in the line */
	int look;
};

static int next_number(struct str *rest)
{
	struct str number = {0};
	char text[16] = "";
	str_split(rest, ' ', &number);
	snprintf(text, sizeof text, "%.*s", str_arg(number));
	return (int)strtol(text, NULL, 10);
}

static bool read_paper(struct reading *reading, struct str rest)
{
	reading->portrait->width = next_number(&rest);
	reading->portrait->height = next_number(&rest);
	return reading->portrait->width > 0;
}

static struct said_beside read_beside(struct arena *arena, struct str rest)
{
	struct str name = {0};
	str_split(&rest, '\t', &name);
	return (struct said_beside){said_text(arena, name), said_text(arena, rest)};
}

static bool read_metadata(struct reading *reading, struct str rest)
{
	*vec_push(reading->arena, &reading->portrait->said.metadata) = read_beside(
		reading->arena, rest);
	return true;
}

static bool read_file(struct reading *reading, struct str rest)
{
	*vec_push(reading->arena, &reading->portrait->said.files) = read_beside(
		reading->arena, rest);
	return true;
}

static bool read_block(struct reading *reading, struct str rest)
{
	struct said block = {0};
	str_split(&rest, ' ', &block.tag);
	str_split(&rest, '\t', &block.place);
	block.markup = rest;
	block.text = said_plain(reading->arena, rest);
	*vec_push(reading->arena, &reading->portrait->said.blocks) = block;
	return true;
}

static bool read_look(struct reading *reading, struct str rest)
{
	*vec_push(reading->arena, &reading->portrait->words.looks) = (struct word_look){
		.name = rest};
	return true;
}

static bool read_paragraph(struct reading *reading, struct str rest)
{
	reading->portrait->words.paragraphs++;
	return rest.len == 0;
}

static bool read_line(struct reading *reading, struct str rest)
{
	reading->end = 0;
	reading->line.page = next_number(&rest);
	reading->line.top = next_number(&rest);
	reading->line.bottom = next_number(&rest);
	reading->look = next_number(&rest);
	return reading->look >= 0 && reading->look < reading->portrait->words.looks.len;
}

static bool read_word(struct reading *reading, struct str rest)
{
	struct page_words *words = &reading->portrait->words;
	struct word_box box = reading->line;
	box.word = words->list.len;
	box.left = length_sum(reading->end, next_number(&rest));
	box.right = length_sum(box.left, next_number(&rest));
	reading->end = box.right;
	*vec_push(reading->arena, &words->boxes) = box;
	*vec_push(reading->arena, &words->list) = (struct page_word){
		said_text(reading->arena, rest), words->paragraphs - 1, reading->look};
	return words->paragraphs > 0 && words->looks.len > 0;
}

static bool read_placed(struct reading *reading, struct str rest)
{
	struct placed placed = {.box.word = -1};
	placed.box.page = next_number(&rest);
	placed.box.left = next_number(&rest);
	placed.box.top = next_number(&rest);
	placed.box.right = next_number(&rest);
	placed.box.bottom = next_number(&rest);
	placed.colour = (uint32_t)next_number(&rest);
	placed.name = rest;
	*vec_push(reading->arena, &reading->portrait->placed) = placed;
	return rest.len > 0;
}

static const struct {
	const char *kind;
	bool (*read)(struct reading *reading, struct str rest);
} kinds[] = {{"word", read_word}, {"line", read_line}, {"paragraph", read_paragraph},
	{"paper", read_paper}, {"said", read_metadata}, {"file", read_file}, {"block", read_block},
	{"look", read_look}, {"placed", read_placed}};

static bool read_one(struct reading *reading, struct str line)
{
	struct str rest = line, kind = {0};
	str_split(&rest, ' ', &kind);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(kind, kinds[i].kind))
			return kinds[i].read(reading, rest);
	return false;
}

bool portrait_read(struct arena *arena, struct str text, struct portrait *out)
{
	struct reading reading = {.arena = arena, .portrait = out};
	struct str line;
	bool good = text.len > 0;
	*out = (struct portrait){0};
	while (good && str_split(&text, '\n', &line))
		good = (!line.len && !text.len) || read_one(&reading, line);
	return good;
}
