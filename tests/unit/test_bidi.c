/* The order of a line by the bidirectional algorithm as this room has it, against Unicode's own
 * BidiTest.txt and BidiCharacterTest.txt (Debian's unicode-data): what stands where, from the left.
 * Skipped, and said so, where a file is missing or is of another version of Unicode than ICU.
 *
 * Where a line comes out otherwise, stock ICU must say the same of it as we do; of what kind it is,
 * and how many there are, is held. */
#include "text/text_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <stdlib.h>
#include <unicode/ubidi.h>

#define FOLDER "/usr/share/unicode/"

enum { ROWS_BY_CLASS = 513494, ROWS_BY_CHARACTER = 91707, MOST = 256 };

/* A line as the file has it: characters, and which of them stand where. */
struct row {
	uint32_t characters[MOST];
	int count;
	bool seen[MOST]; /* the others are taken out by rule X9 */
	int order[MOST]; /* of those that are seen */
	int order_count;
};

/* What ICU says otherwise than BidiCharacterTest.txt. */
enum kind { BY_OVERRIDE, BY_MARK, BY_DEPTH, KINDS };
static const struct {
	const char *what;
	int rows;
} departures[KINDS] = {
	[BY_OVERRIDE] = {"overrides end beside brackets or isolates (X10)", 20},
	[BY_MARK] = {"a mark behind a bracket does not turn with it (N0)", 9},
	[BY_DEPTH] = {"more than 63 brackets are open (BD16)", 1},
};

static enum kind kind_of(const struct row *row)
{
	enum { LRO = 0x202D, RLO = 0x202E, MANY = 64 };
	int brackets = 0;
	for (int i = 0; i < row->count; i++) {
		if (row->characters[i] == LRO || row->characters[i] == RLO)
			return BY_OVERRIDE;
		brackets += row->characters[i] == '(';
	}
	return brackets >= MANY ? BY_DEPTH : BY_MARK;
}

struct room {
	struct arena *arena;
	struct text *text;
	struct shaper *shaper;
	int rows, otherwise[KINDS];
};

static FILE *open_file(const char *name)
{
	UVersionInfo version;
	char wanted[64], first[64] = "nothing", path[64];
	snprintf(path, sizeof path, FOLDER "%s.txt", name);
	FILE *file = fopen(path, "r");
	u_getUnicodeVersion(version);
	snprintf(wanted, sizeof wanted, "# %s-%d.%d.%d.txt", name, version[0], version[1],
		version[2]);
	if (file && fgets(first, sizeof first, file) && str_starts(str_of(first), wanted))
		return file;
	if (file)
		fclose(file);
	print_message("skipped: %s is not \"%s\" but \"%s\"\n", path, wanted, first);
	return NULL;
}

/* -- as this room has it ----------------------------------------------------------------------- */

/* The places of the characters that are seen, from the left. */
static int order_of(struct room *room, const struct row *row, bool leftwards, int *order)
{
	char bytes[4 * MOST];
	int character_at[4 * MOST], len = 0, count = 0;
	for (int i = 0; i < row->count; i++) {
		character_at[len] = i;
		len += utf8_encode(row->characters[i], bytes + len);
	}
	struct span span = {.size = pt(10), .lang = str_lit("und")};
	struct flat flat = {
		.text = {bytes, len}, .spans = &span, .span_count = 1, .leftwards = leftwards};
	struct paragraph paragraph = {0};
	struct diags *diags = NULL;
	shape(room->shaper, room->arena, &flat, &paragraph, diags);
	struct line_stretch stretches[MOST + 1];
	int visual[MOST + 1];
	int parts = text_line_stretches(&paragraph, 0, paragraph.glyph_count, stretches);
	text_line_order(room->arena, stretches, parts, visual);
	for (int i = 0; i < parts; i++) {
		const struct line_stretch *part = &stretches[visual[i]];
		for (int g = part->from; g < part->to; g++) {
			int glyph = part->level & 1 ? part->from + part->to - 1 - g : g;
			int character = character_at[paragraph.glyphs[glyph].cluster];
			if (row->seen[character])
				order[count++] = character;
		}
	}
	arena_reset(room->arena);
	arena_reset(room->shaper->scratch);
	return count;
}

/* -- as ICU has it ----------------------------------------------------------------------------- */

static int order_of_icu(const struct row *row, bool leftwards, int *order)
{
	UChar units[2 * MOST];
	int character_at[2 * MOST], len = 0, count = 0;
	int32_t visual[2 * MOST];
	UErrorCode error = U_ZERO_ERROR;
	for (int i = 0; i < row->count; i++) {
		character_at[len] = i;
		U16_APPEND_UNSAFE(units, len, row->characters[i]);
		character_at[len - 1] = i;
	}
	UBiDi *bidi = ubidi_open();
	ubidi_setPara(bidi, units, len, leftwards, NULL, &error);
	ubidi_getVisualMap(bidi, visual, &error);
	assert_true(U_SUCCESS(error));
	ubidi_close(bidi);
	for (int i = 0; i < len; i++) {
		int character = character_at[visual[i]];
		if (row->seen[character] && !(count && order[count - 1] == character))
			order[count++] = character;
	}
	return count;
}

/* -- both against the file --------------------------------------------------------------------- */

static bool is_same(const int *a, int a_count, const int *b, int b_count)
{
	return a_count == b_count && memcmp(a, b, sizeof *a * (size_t)a_count) == 0;
}

static void compare(struct room *room, const struct row *row, bool leftwards, const char *line)
{
	int order[MOST], icu[MOST];
	int count = order_of(room, row, leftwards, order);
	room->rows++;
	if (is_same(order, count, row->order, row->order_count))
		return;
	room->otherwise[kind_of(row)]++;
	if (!is_same(order, count, icu, order_of_icu(row, leftwards, icu)))
		fail_msg("from the %s: %s", leftwards ? "right" : "left", line);
}

static void open_room(struct room *room)
{
	*room = (struct room){.arena = arena_new(), .text = text_new_fake()};
	room->shaper = shaper_new(room->text);
}

static void close_room(struct room *room, FILE *file)
{
	fclose(file);
	shaper_free(room->shaper);
	text_free(room->text);
	arena_free(room->arena);
}

/* "1 0 3" into the order. */
static void read_order(const char *at, struct row *row)
{
	char *end;
	row->order_count = 0;
	for (long n = strtol(at, &end, 10); end != at; n = strtol(at, &end, 10)) {
		row->order[row->order_count++] = (int)n;
		at = end;
	}
}

/* "x 0 1": which are seen. */
static void read_levels(const char *at, struct row *row)
{
	int count = 0;
	for (; *at && *at != '\n' && *at != ';'; at++)
		if (*at == 'x')
			row->seen[count++] = false;
		else if (at[0] >= '0' && at[0] <= '9' && (at[1] < '0' || at[1] > '9'))
			row->seen[count++] = true;
}

static const struct {
	const char *name;
	uint32_t character;
} classes[] = {{"L", 'a'}, {"R", 0x5D0}, {"EN", '1'}, {"ES", '+'}, {"ET", '#'}, {"AN", 0x660},
	{"CS", ','}, {"B", 0x2029}, {"S", '\t'}, {"WS", ' '}, {"ON", '!'}, {"LRE", 0x202A},
	{"LRO", 0x202D}, {"RLE", 0x202B}, {"RLO", 0x202E}, {"PDF", 0x202C}, {"NSM", 0x300},
	{"AL", 0x627}, {"BN", 0x200B}, {"FSI", 0x2068}, {"LRI", 0x2066}, {"RLI", 0x2067},
	{"PDI", 0x2069}};

static uint32_t character_of(struct str class)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (str_is(class, classes[i].name))
			return classes[i].character;
	fail_msg("class %.*s", str_arg(class));
	return 0;
}

/* "L R; 7": classes, and the directions that the paragraph may have: 1 its own, 2 from the left,
 * 4 from the right. */
static void compare_classes(struct room *room, struct row *row, const char *line)
{
	struct str rest = str_of(line), names, name;
	row->count = 0;
	str_split(&rest, ';', &names);
	while (str_split(&names, ' ', &name))
		if (name.len)
			row->characters[row->count++] = character_of(name);
	int directions = (int)strtol(rest.at, NULL, 16);
	for (int leftwards = 0; leftwards <= 1; leftwards++)
		if (directions & (leftwards ? 4 : 2))
			compare(room, row, leftwards, line);
}

static void classes_stand_in_order(void **state)
{
	(void)state;
	char line[4096];
	struct room room;
	struct row row = {.count = 0};
	FILE *file = open_file("BidiTest");
	if (!file)
		skip();
	open_room(&room);
	while (fgets(line, sizeof line, file)) {
		if (strncmp(line, "@Levels:", 8) == 0)
			read_levels(line + 8, &row);
		else if (strncmp(line, "@Reorder:", 9) == 0)
			read_order(line + 9, &row);
		else if (line[0] != '#' && line[0] != '\n')
			compare_classes(&room, &row, line);
	}
	assert_int_equal(room.rows, ROWS_BY_CLASS);
	for (int i = 0; i < KINDS; i++)
		assert_int_equal(room.otherwise[i], 0);
	close_room(&room, file);
}

/* "05D0 0061;2;0;1 0;1 0": characters, direction, the level that the paragraph has, levels,
 * order. */
static void compare_characters(struct room *room, const char *line)
{
	struct row row = {.count = 0};
	char *end;
	const char *at = line;
	while (*at != ';') {
		row.characters[row.count++] = (uint32_t)strtoul(at, &end, 16);
		at = end;
	}
	const char *level = strchr(at + 1, ';') + 1, *levels = strchr(level, ';') + 1;
	read_levels(levels, &row);
	read_order(strchr(levels, ';') + 1, &row);
	compare(room, &row, *level == '1', line);
}

static void characters_stand_in_order(void **state)
{
	(void)state;
	char line[4096];
	struct room room;
	FILE *file = open_file("BidiCharacterTest");
	if (!file)
		skip();
	open_room(&room);
	while (fgets(line, sizeof line, file))
		if (line[0] != '#' && line[0] != '\n')
			compare_characters(&room, line);
	assert_int_equal(room.rows, ROWS_BY_CHARACTER);
	for (int i = 0; i < KINDS; i++)
		if (room.otherwise[i] != departures[i].rows)
			fail_msg("%d: %s", room.otherwise[i], departures[i].what);
	close_room(&room, file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes_stand_in_order),
		cmocka_unit_test(characters_stand_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
