/* Where words are divided: our reader of patterns against libhyphen, word by word. The words are
 * what a file's own patterns are made of, alone and two joined, so that most of its rules are met;
 * they need no word list, and there are as many as a language has patterns. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "text/text_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <hyphen.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>

#include <cmocka.h>

enum { MOST = 63, LEFT = 2, RIGHT = 3 };

static bool all; /* from the command line */

struct both {
	HyphenDict *theirs;
	struct patterns *ours;
	UConverter *bytes; /* NULL: the file is UTF-8 */
};

/* In the file's own encoding; false when that has not all of its letters. */
static bool encode(const struct both *language, struct str word, char out[MOST + 2])
{
	UErrorCode error = U_ZERO_ERROR;
	if (!language->bytes) {
		snprintf(out, MOST + 2, "%.*s", str_arg(word));
		return true;
	}
	UChar letters[MOST + 1];
	int len = 0;
	for (int at = 0; at < word.len;)
		letters[len++] = (UChar)utf8_next(word, &at);
	ucnv_fromUChars(language->bytes, out, MOST + 2, letters, len, &error);
	return U_SUCCESS(error) && (int)strlen(out) == len;
}

static uint64_t their_points(const struct both *language, struct str word)
{
	char encoded[MOST + 2], hyphens[MOST + 8] = {0};
	char **changes = NULL;
	int *positions = NULL, *cuts = NULL;
	uint64_t points = 0;
	if (!encode(language, word, encoded))
		return 0;
	int len = (int)strlen(encoded);
	assert_int_equal(hnj_hyphen_hyphenate3(language->theirs, encoded, len, hyphens, NULL,
				 &changes, &positions, &cuts, LEFT, RIGHT, LEFT, RIGHT),
		0);
	for (int at = 0, i = 0; at < word.len; i++) {
		utf8_next(word, &at);
		if (at < word.len && hyphens[i] & 1 && !(changes && changes[i]))
			points |= UINT64_C(1) << at;
	}
	for (int i = 0; changes && i < len; i++)
		free(changes[i]);
	free(changes);
	free(positions);
	free(cuts);
	return points;
}

static void compare(const struct both *language, struct str word)
{
	int letters = 0;
	for (int at = 0; at < word.len; letters++)
		if (!u_isalpha((UChar32)utf8_next(word, &at)))
			return; /* no part of a word is asked for that has others */
	if (letters < 5 || word.len > MOST)
		return;
	uint64_t theirs = their_points(language, word),
		 ours = patterns_divide(language->ours, word);
	if (theirs != ours)
		print_error("%.*s\n", str_arg(word));
	assert_int_equal(theirs, ours);
}

/* The letters of a line, in UTF-8; "" when it is no pattern. */
static struct str letters_of(const struct both *language, struct str line, char out[4 * 128])
{
	int len = 0;
	char encoded[128];
	if (line.len > 90 || memchr(line.at, '/', (size_t)line.len))
		return (struct str){0};
	for (int i = 0; i < line.len && (unsigned char)line.at[i] > ' '; i++)
		if ((line.at[i] | 0x20) >= 'a' ? (line.at[i] | 0x20) <= 'z' : line.at[i] & 0x80)
			encoded[len++] = line.at[i];
	encoded[len] = '\0';
	if (!language->bytes)
		return (struct str){memcpy(out, encoded, (size_t)len + 1), len};
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[128];
	int count = ucnv_toUChars(language->bytes, wide, 128, encoded, len, &error);
	int bytes = 0;
	for (int i = 0; i < count; i++)
		bytes += utf8_encode(wide[i], out + bytes);
	return (struct str){out, bytes};
}

static int compare_all(const struct both *language, struct str rest)
{
	char before[2 * MOST] = "", joined[8 * 128];
	struct str line;
	int count = 0;
	str_split(&rest, '\n', &line);
	while (str_split(&rest, '\n', &line)) {
		char room[4 * 128];
		struct str word = letters_of(language, line, room);
		if (!word.len || word.len > MOST || (room[0] >= 'A' && room[0] <= 'Z'))
			continue;
		compare(language, word);
		snprintf(joined, sizeof joined, "%s%.*s", before, str_arg(word));
		compare(language, str_of(joined));
		snprintf(before, sizeof before, "%.*s", str_arg(word));
		count++;
	}
	return count;
}

/* libhyphen takes the square of a file's length to read it: of a long one each so manieth pattern
 * of the first part, unless all are asked for. */
static struct str cut(struct arena *arena, struct str file)
{
	enum { MOST_LINES = 16000 };
	struct buf kept = {0};
	struct str line;
	int lines = 0, number = 0;
	for (int i = 0; i < file.len; i++)
		lines += file.at[i] == '\n';
	int step = all || lines <= MOST_LINES ? 1 : lines / (MOST_LINES / 2);
	for (struct str rest = file; str_split(&rest, '\n', &line); number++) {
		bool word = line.len && (line.at[0] < 'A' || line.at[0] > 'Z');
		if (str_starts(line, "NEXTLEVEL"))
			step = 1;
		if (number && word && number % step)
			continue;
		buf_str(&kept, line);
		buf_char(&kept, '\n');
	}
	struct str copy = str_copy(arena, buf_text(&kept));
	buf_free(&kept);
	return copy;
}

static HyphenDict *read_theirs(struct str file)
{
	FILE *stream = fmemopen((void *)(uintptr_t)file.at, (size_t)file.len, "r");
	assert_non_null(stream);
	HyphenDict *theirs = hnj_hyphen_load_file(stream);
	fclose(stream);
	return theirs;
}

/* LeakSanitizer asks: some of what libhyphen 2.8.8 answers is never freed, by it or through it. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:hnj_malloc";
}

static void divides_as_libhyphen_does(void **state)
{
	const char *path = *state;
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	if (access(path, R_OK) != 0)
		skip();
	struct str file = cut(arena, file_read(arena, path, place_none(), diags));
	struct both language = {read_theirs(file), patterns_read(file), NULL};
	assert_non_null(language.theirs);
	assert_non_null(language.ours);
	UErrorCode error = U_ZERO_ERROR;
	if (!language.theirs->utf8)
		language.bytes = ucnv_open(language.theirs->cset, &error);
	assert_true(compare_all(&language, file) > 200);
	ucnv_close(language.bytes);
	hnj_hyphen_free(language.theirs);
	patterns_free(language.ours);
	arena_free(arena);
	diags_free(diags);
}

int main(int argc, char **argv)
{
	enum { MOST_FILES = 256 };
	struct CMUnitTest tests[MOST_FILES];
	int count = 0;
	for (int i = 1; i < argc && count < MOST_FILES; i++) {
		if (strcmp(argv[i], "--all") == 0)
			all = true;
		else
			tests[count++] = (struct CMUnitTest){.name = argv[i],
				.test_func = divides_as_libhyphen_does,
				.initial_state = argv[i]};
	}
	return _cmocka_run_group_tests("divided", tests, (size_t)count, NULL, NULL);
}
