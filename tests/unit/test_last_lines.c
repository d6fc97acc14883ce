/* The paragraphs and notes of the project's letters, in both house styles and both faces, ragged
 * and justified: where a word stands alone on a last line, or a word with a capital is divided,
 * nothing else can be done, and the word that stands alone is named. What else could be done is all
 * ways to end lines, whatever they cost, of which none leaves a line too short or its blanks too
 * wide. */
#include "base/diag_id.h"
#include "layout/break_int.h"
#include "layout/flow_int.h"
#include "room.h"
#include "style/style_int.h"

#include <dirent.h>

static const char *root; /* from the command line */

enum {
	WIDEST = 2, /* times the stretch of a blank, half its width: twice as wide as it is */
	MOST_LETTERS = 40
};

/* -- all ways ---------------------------------------------------------------------------------- */

static bool is_forced(const struct item *item)
{
	return item->kind == ITEM_PENALTY && item->penalty <= ITEM_FORCED;
}

/* No word with a capital is divided. */
static bool may_end_at(const struct item *items, int i)
{
	if (items[i].kind == ITEM_GLUE)
		return i > 0 && items[i - 1].kind == ITEM_BOX;
	return items[i].kind == ITEM_PENALTY && items[i].penalty < ITEM_FORBIDDEN &&
		!items[i].in_name;
}

static int start_behind(const struct item *items, int at)
{
	for (at++; items[at].kind != ITEM_BOX && !is_forced(&items[at]);)
		at++;
	return at;
}

/* Whether the items from first to the end at last make a justified line with such blanks. */
static bool is_good(
	const struct item *items, int first, int last, const struct break_options *options)
{
	const struct item *end = &items[last];
	int64_t width = end->ending - items[first].hang_start, stretch = 0, shrink = 0;
	if (end->hyphen || (last > first && end[-1].kind == ITEM_BOX))
		width -= end->hyphen ? end->hang_end : end[-1].hang_end;
	for (int i = first; i < last; i++) {
		width += items[i].width;
		stretch += items[i].stretch;
		shrink += items[i].shrink;
	}
	int64_t give = width * options->expansion / 1000;
	return width - give - shrink <= options->measure &&
		(is_forced(end) || width + give + WIDEST * stretch >= options->measure);
}

static bool is_alone(const struct item *items, int first, int last)
{
	for (int i = first; i < last; i++)
		if (items[i].kind == ITEM_GLUE)
			return false;
	return true;
}

/* Whether some way has such lines only, and more than a word in the last. One word in all is no
 * last line. */
static bool can_be_done(
	struct arena *arena, const struct paragraph *paragraph, const struct break_options *options)
{
	const struct item *items = paragraph->items;
	int count = paragraph->item_count;
	bool *reached = arena_new_array(arena, bool, count + 1); /* at i + 1: a line may end at i */
	reached[0] = true;
	for (int from = -1; from < count - 1; from++) {
		if (!reached[from + 1])
			continue;
		int first = start_behind(items, from);
		for (int to = first; to < count; to++) {
			if (!may_end_at(items, to) || !is_good(items, first, to, options))
				continue;
			if (to < count - 1 || first == 0 || !is_alone(items, first, to))
				reached[to + 1] = true;
			if (is_forced(&items[to]))
				break;
		}
	}
	return reached[count];
}

/* -- letters ----------------------------------------------------------------------------------- */

struct desk {
	struct room *room;
	struct str records[MOST_LETTERS];
	int count;
	struct template *template;
	struct style *style;
	struct shaper *shaper;
	int paragraphs, faults; /* seen */
};

static struct str read_project_file(const struct room *room, const char *name)
{
	const char *path = str_format(room->arena, "%s/%s", root, name).at;
	struct str bytes = file_read(room->arena, path, place_none(), room->diags);
	assert_non_null(bytes.at);
	return bytes;
}

static void read_records(struct desk *desk)
{
	DIR *folder = opendir(str_format(desk->room->arena, "%s/recipients", root).at);
	assert_non_null(folder);
	for (const struct dirent *entry; (entry = readdir(folder));)
		if (str_ends(str_of(entry->d_name), ".xml")) {
			assert_true(desk->count < MOST_LETTERS);
			desk->records[desk->count++] = read_project_file(desk->room,
				str_format(desk->room->arena, "recipients/%s", entry->d_name).at);
		}
	closedir(folder);
	assert_true(desk->count >= 18);
}

/* The bytes with other ones in the place of some, which must be there. */
static struct str replace(struct arena *arena, struct str bytes, const char *from, const char *to)
{
	int at = str_find(bytes, from), behind = at + (int)strlen(from);
	assert_true(at >= 0);
	return str_format(
		arena, "%.*s%s%.*s", at, bytes.at, to, bytes.len - behind, bytes.at + behind);
}

static struct style *read_style(
	const struct room *room, const char *name, const char *face, const char *align)
{
	struct str bytes = read_project_file(
		room, str_format(room->arena, "templates/%s", name).at);
	bytes = replace(room->arena, bytes, "Liberation Sans, ", face);
	bytes = replace(room->arena, bytes, "align=\"left\" hyphenate=\"no\"", align);
	struct style *style = style_read(room->arena, bytes, name, room->diags);
	assert_non_null(style);
	return style;
}

/* -- paragraphs -------------------------------------------------------------------------------- */

static struct break_options options_of(const struct style *style, const struct frame *frame)
{
	sp measure = frame->sides.right - frame->sides.left, em = frame->text->size;
	return (struct break_options){.measure = measure,
		.align = frame->style->align,
		.hyphen_penalty = style->hyphen_penalty,
		.expansion = 20,
		.tolerance = measure / 10 < em * 5 / 2 ? measure / 10 : em * 5 / 2};
}

static void look_at(struct desk *desk, const struct node *owner, const struct frame *frame)
{
	struct arena *arena = desk->room->arena;
	const struct style *style = desk->style;
	struct shape_options shape = {.style = style,
		.text = frame->text,
		.hyphenate = frame->style->hyphenate,
		.hang = frame->style->align == ALIGN_JUSTIFY};
	struct paragraph *paragraph = text_shape(
		desk->shaper, arena, owner, &shape, desk->room->diags);
	struct break_options options = options_of(style, frame);
	struct line *lines;
	int count = break_lines(arena, paragraph->items, paragraph->item_count, &options, &lines);
	bool alone = count > 1 &&
		is_alone(paragraph->items, lines[count - 1].first, lines[count - 1].last);
	int divides = 0;
	for (int i = 0; i < count; i++)
		divides += lines[i].in_name;
	desk->paragraphs++;
	desk->faults += alone + divides;
	if (!alone && !divides)
		return;
	print_message("# %s: %.*s\n", alone ? "a word alone" : "a name", str_arg(paragraph->text));
	assert_int_equal(options.align, ALIGN_JUSTIFY);
	assert_false(can_be_done(arena, paragraph, &options));
}

static int count_named(const struct diags *diags)
{
	int count = 0;
	for (int i = 0; i < diags_len(diags); i++)
		count += diags_at(diags, i)->id == DIAG_LINE_ALONE ||
			diags_at(diags, i)->id == DIAG_LINE_NAME;
	return count;
}

static void look_at_letter(struct desk *desk, struct layout *layout, struct str record)
{
	struct room *room = desk->room;
	struct recipient recipient;
	assert_true(recipient_read(
		room->arena, record, "record.xml", desk->template, &recipient, room->diags));
	struct letter *letter = letter_merge(
		room->arena, desk->template, &recipient, NULL, room->diags);
	assert_non_null(letter);
	diags_clear(room->diags);
	struct flow *flow = layout_flow(layout, room->arena, letter, room->diags);
	int named = count_named(room->diags);
	desk->faults = 0;
	node_each (block, letter->root) {
		struct frame frame = frame_of(flow, &desk->style->block[block->tag], block);
		if (block->tag == TAG_P)
			look_at(desk, block, &frame);
	}
	for (int i = 0; i < letter->note_count; i++)
		look_at(desk, letter->notes[i], &flow->notes.at[i]->frame);
	assert_int_equal(desk->faults, named);
	diags_clear(room->diags);
}

static void look_at_letters(struct desk *desk)
{
	struct text *text = text_new(desk->style, desk->room->diags);
	assert_non_null(text);
	desk->shaper = shaper_new(text);
	struct pictures *pictures = pictures_new();
	struct layout *layout = layout_new(desk->style, desk->shaper, pictures);
	for (int i = 0; i < desk->count; i++) {
		struct arena_mark mark = arena_save(desk->room->arena);
		look_at_letter(desk, layout, desk->records[i]);
		arena_restore(desk->room->arena, mark);
	}
	layout_free(layout);
	pictures_free(pictures);
	shaper_free(desk->shaper);
	text_free(text);
}

static void words_stand_alone_where_nothing_else_can_be_done(void **state)
{
	static const char *const styles[] = {"house-style.xml", "large-print.xml"};
	static const char *const faces[] = {"Liberation Sans, ", "Liberation Serif, "};
	static const char *const aligns[] = {"align=\"left\" hyphenate=\"no\"",
		"align=\"left\" hyphenate=\"yes\"", "align=\"justify\" hyphenate=\"yes\""};
	struct desk desk = {.room = *state};
	struct str bytes = read_project_file(desk.room, "templates/vru-letter.xml");
	const char *path = str_format(desk.room->arena, "%s/templates/vru-letter.xml", root).at;
	desk.template = template_read(desk.room->arena, bytes, path, desk.room->diags);
	assert_non_null(desk.template);
	read_records(&desk);
	for (int i = 0; i < 2 * 2 * 3; i++) {
		print_message("# %s, %s%s\n", styles[i / 6], faces[i / 3 % 2], aligns[i % 3]);
		desk.style = read_style(desk.room, styles[i / 6], faces[i / 3 % 2], aligns[i % 3]);
		look_at_letters(&desk);
	}
	assert_true(desk.paragraphs >= 12 * 18 * 10);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		room_test(words_stand_alone_where_nothing_else_can_be_done),
	};
	assert_int_equal(argc, 2);
	root = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
