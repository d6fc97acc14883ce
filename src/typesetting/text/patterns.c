/* patterns.c - a file of hyphenation patterns → where a word may be divided (Liang 1983).
 *
 * The files are those of libhyphen, and so are the answers: tests/unit/test_divided.c holds both
 * against each other, word by word. libhyphen itself looks up each of its states in chains that
 * grow with the file: 3.1 s for German's 78,000 patterns, in each run and thread. Here the patterns
 * are the paths of a tree, and a letter that no path goes on with is looked for again from the next
 * letter of the word; there is nothing to prepare but the tree.
 *
 * Of a file with the line NEXTLEVEL the first part finds where compounds are joined, the second
 * divides their parts. A place where a pattern changes the spelling is none, as glyphs are not
 * shaped again at a line's end. */
#include "text/text_int.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <unicode/ucnv.h>

enum {
	LEFT_MIN = 2, /* letters before a hyphen, and behind one, whatever a file says */
	RIGHT_MIN = 3,
	MAX_LINE = 98,    /* bytes; longer ones are no patterns to libhyphen */
	MAX_LETTERS = 66, /* of a word and its ends; more than those of a line in a word's bytes */
	CHANGES = 0x80    /* beside a value: the spelling changes there */
};

/* A letter on the way that patterns have in common; all begin at branch 0. */
struct branch {
	uint32_t letter, child, sibling;
	uint32_t values; /* in the digits: their number and they, 0: no pattern ends here */
};

struct level {
	struct branch *branches;
	uint32_t count, room;
	struct buf digits;
};

struct patterns {
	uint32_t letters[256]; /* of each byte, where the file is not UTF-8 */
	bool utf8;
	struct level levels[2];
	int level_count;
	int left, right, compound_left, compound_right;
};

/* -- reading ----------------------------------------------------------------------------------- */

static uint32_t step(const struct level *level, uint32_t branch, uint32_t letter)
{
	const struct branch *branches = level->branches;
	uint32_t at = branches[branch].child;
	while (at && branches[at].letter != letter)
		at = branches[at].sibling;
	return at;
}

static uint32_t step_or_add(struct level *level, uint32_t branch, uint32_t letter)
{
	uint32_t at = step(level, branch, letter);
	if (at)
		return at;
	if (level->count == level->room) {
		level->room = level->room ? 2 * level->room : 1 << 12;
		level->branches = heap_resize(
			level->branches, level->room * sizeof *level->branches);
	}
	at = level->count++;
	level->branches[at] = (struct branch){
		.letter = letter, .sibling = level->branches[branch].child};
	level->branches[branch].child = at;
	return at;
}

static uint32_t letter_next(const struct patterns *patterns, struct str line, int *at)
{
	if (patterns->utf8)
		return utf8_next(line, at);
	return patterns->letters[(unsigned char)line.at[(*at)++]];
}

static int number_in(struct str text)
{
	int number = 0;
	for (int at = 0; at < text.len; at++)
		if (text.at[at] >= '0' && text.at[at] <= '9' && number < MAX_LETTERS)
			number = 10 * number + text.at[at] - '0';
	return number;
}

/* The way of the pattern before: files are in alphabetical order, mostly. */
struct way {
	struct level *level;
	uint32_t letters[MAX_LINE], branches[MAX_LINE];
	int count;
};

static void go(struct way *way, int at, uint32_t letter)
{
	if (at < way->count && way->letters[at] == letter)
		return;
	uint32_t before = at ? way->branches[at - 1] : 0;
	way->letters[at] = letter;
	way->branches[at] = step_or_add(way->level, before, letter);
	way->count = at + 1;
}

/* "…/ss=sz,2,2": the places from before its letter 2 to behind so many change the spelling; of
 * "/ss=sz" all do. */
static void mark_changes(struct str change, bool dot, unsigned char *values, int letters)
{
	int from = 0, to = letters;
	struct str words, first, count;
	if (str_split(&change, ',', &words) && str_split(&change, ',', &first) &&
		str_split(&change, ',', &count)) {
		from = number_in(first) - 1 + dot;
		to = from + number_in(count);
	}
	for (int i = from < 0 ? 0 : from; i <= to && i <= letters; i++)
		if (values[i] & 1)
			values[i] |= CHANGES;
}

/* Of values the last is behind the last letter; those before the first that is not 0 are left
 * out. */
static void put_values(
	struct level *level, uint32_t branch, const unsigned char *values, int letters)
{
	int first = 0;
	while (first <= letters && !values[first])
		first++;
	level->branches[branch].values = first > letters ? 0 : (uint32_t)level->digits.len;
	if (first > letters)
		return;
	buf_char(&level->digits, (char)(letters + 1 - first));
	buf_put(&level->digits, values + first, (size_t)(letters + 1 - first));
}

/* "a1b2c": the values before and behind each letter, the last of several. */
static void add_pattern(struct patterns *patterns, struct way *way, struct str line)
{
	unsigned char values[MAX_LINE + 2] = {0};
	int count = 0, at = 0;
	while (at < line.len && (unsigned char)line.at[at] > ' ' && line.at[at] != '/') {
		char c = line.at[at];
		if (c >= '0' && c <= '9') {
			values[count] = (unsigned char)(c - '0');
			at++;
		} else {
			go(way, count++, letter_next(patterns, line, &at));
		}
	}
	if (!count)
		return;
	if (at < line.len && line.at[at] == '/')
		mark_changes(str_slice(line, at, line.len), line.at[0] == '.', values, count);
	put_values(way->level, way->branches[count - 1], values, count);
}

static struct level *add_level(struct patterns *patterns)
{
	enum { ROOM = 1 << 12 };
	struct level *level = &patterns->levels[patterns->level_count++];
	*level = (struct level){
		.branches = heap_new(ROOM * sizeof *level->branches), .count = 1, .room = ROOM};
	buf_char(&level->digits, 0);
	return level;
}

/* Lines that say how many letters stay together; the number behind the word. */
static bool read_setting(struct patterns *patterns, struct str line)
{
	const struct {
		const char *word;
		int *number;
	} settings[] = {{"LEFTHYPHENMIN", &patterns->left}, {"RIGHTHYPHENMIN", &patterns->right},
		{"COMPOUNDLEFTHYPHENMIN", &patterns->compound_left},
		{"COMPOUNDRIGHTHYPHENMIN", &patterns->compound_right}, {"NOHYPHEN", NULL}};
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
		if (!str_starts(line, settings[i].word))
			continue;
		int number = number_in(line);
		if (settings[i].number && patterns->level_count == 1 &&
			number > *settings[i].number)
			*settings[i].number = number;
		return true;
	}
	return false;
}

static void read_lines(struct patterns *patterns, struct str rest)
{
	struct way way = {.level = add_level(patterns)};
	struct str line;
	while (str_split(&rest, '\n', &line)) {
		if (line.len > MAX_LINE || line.len == 0 || line.at[0] == '%')
			continue;
		if (str_starts(line, "NEXTLEVEL")) {
			if (patterns->level_count == 1)
				way = (struct way){.level = add_level(patterns)};
		} else if ((unsigned char)line.at[0] < 'A' || line.at[0] > 'Z' ||
			!read_setting(patterns, line)) {
			add_pattern(patterns, &way, line);
		}
	}
}

/* What the bytes of an encoding of one byte each stand for; false: it is none that is known. */
static bool read_letters(struct patterns *patterns, struct str encoding)
{
	char name[32];
	UErrorCode error = U_ZERO_ERROR;
	snprintf(name, sizeof name, "%.*s", str_arg(encoding));
	UConverter *converter = ucnv_open(name, &error);
	for (int i = 0; i < 256 && U_SUCCESS(error); i++) {
		const char byte = (char)i;
		UChar letter[4];
		int count = ucnv_toUChars(converter, letter, 4, &byte, 1, &error);
		patterns->letters[i] = count == 1 ? letter[0] : 0xFFFD;
	}
	ucnv_close(converter);
	return U_SUCCESS(error);
}

struct patterns *patterns_read(struct str file)
{
	struct str encoding;
	if (!str_split(&file, '\n', &encoding))
		return NULL;
	struct patterns *patterns = heap_new(sizeof *patterns);
	encoding = str_trim(encoding);
	patterns->left = LEFT_MIN;
	patterns->right = RIGHT_MIN;
	patterns->compound_left = LEFT_MIN;
	patterns->compound_right = RIGHT_MIN;
	patterns->utf8 = str_is(encoding, "UTF-8");
	if (patterns->utf8 ? utf8_invalid_at(file) >= 0 : !read_letters(patterns, encoding)) {
		free(patterns);
		return NULL;
	}
	read_lines(patterns, file);
	return patterns;
}

void patterns_free(struct patterns *patterns)
{
	for (int i = 0; patterns && i < patterns->level_count; i++) {
		free(patterns->levels[i].branches);
		buf_free(&patterns->levels[i].digits);
	}
	free(patterns);
}

/* -- dividing ---------------------------------------------------------------------------------- */

/* Raises the values of the places where a pattern that ends before letter "to" has higher ones. */
static void apply(const struct level *level, uint32_t branch, int to, unsigned char *places)
{
	const char *digits = level->digits.at + level->branches[branch].values;
	int count = digits[0], from = to - count;
	for (int i = from < 0 ? -from : 0; i < count; i++) {
		unsigned char value = (unsigned char)digits[1 + i];
		if ((value & ~CHANGES) > (places[from + i] & ~CHANGES))
			places[from + i] = value;
	}
}

/* Where the longest end of letters[*from, to) that patterns begin with leads. */
static uint32_t longest(const struct level *level, const uint32_t *letters, int *from, int to)
{
	for (; *from < to; ++*from) {
		uint32_t branch = 0;
		int at = *from;
		while (at < to && (branch = step(level, branch, letters[at])))
			at++;
		if (branch)
			return branch;
	}
	return 0;
}

/* The value of the place behind each letter. */
static void weigh(const struct level *level, const uint32_t *word, int len, unsigned char *values)
{
	uint32_t letters[MAX_LETTERS], branch = 0;
	unsigned char places[MAX_LETTERS + 1] = {0};
	letters[0] = letters[len + 1] = '.';
	memcpy(letters + 1, word, (size_t)len * sizeof *word);
	for (int from = 0, to = 1; to <= len + 2; to++) {
		uint32_t next = step(level, branch, letters[to - 1]);
		if (!next && from < to) {
			from++;
			next = longest(level, letters, &from, to);
		}
		branch = next;
		if (level->branches[branch].values)
			apply(level, branch, to, places);
	}
	memcpy(values, places + 1, (size_t)len);
	values[len - 1] = 0; /* behind the word */
}

/* How many letters from the start on a hyphen may not follow, as there are too few before it. */
static int held_at_start(const uint32_t *letters, int len, int least)
{
	int held = 0;
	for (int seen = 0; held < len; held++) {
		seen += letters[held] == 0xFB03 || letters[held] == 0xFB04 ? 2 : 1; /* ffi, ffl */
		if (seen >= least)
			break;
	}
	return held;
}

/* Of a compound each part for itself; starts, ends: where the word does. */
static void divide(const struct patterns *patterns, const uint32_t *word, int len,
	const bool outside[2], unsigned char *values)
{
	int from = 0;
	weigh(&patterns->levels[0], word, len, values);
	if (patterns->level_count == 1)
		return;
	for (int i = 0; i < len; i++) {
		bool joint = values[i] & 1;
		if (!joint && (from == 0 || i + 1 < len))
			continue;
		if (i > from) {
			unsigned char part[MAX_LETTERS];
			divide(patterns, word + from, i + 1 - from,
				(const bool[]){from == 0 && outside[0], !joint && outside[1]},
				part);
			/* But no single letter at its end. */
			memcpy(values + from, part, (size_t)(i - from - 1));
		}
		from = i + 1;
	}
	if (from)
		return;
	weigh(&patterns->levels[1], word, len, values);
	if (!outside[0])
		memset(values, 0, (size_t)held_at_start(word, len, patterns->compound_left));
	for (int i = 0; !outside[1] && i < patterns->compound_right && i < len - 1; i++)
		values[len - 1 - i] = 0;
}

/* No mark is parted from its letter. */
static bool is_mark(uint32_t c)
{
	return c >= 0x300 && c < 0x370;
}

uint64_t patterns_divide(const struct patterns *patterns, struct str word)
{
	uint32_t letters[MAX_LETTERS] = {0};
	unsigned char values[MAX_LETTERS];
	uint64_t points = 0;
	int len = 0;
	for (int at = 0; at < word.len;)
		letters[len++] = utf8_next(word, &at);
	divide(patterns, letters, len, (const bool[]){true, true}, values);
	int held = held_at_start(letters, len, patterns->left);
	for (int at = 0, i = 0; i < len - patterns->right; i++) {
		utf8_next(word, &at);
		if (i >= held && (values[i] & (CHANGES | 1)) == 1 && !is_mark(letters[i + 1]))
			points |= UINT64_C(1) << at;
	}
	return points;
}
