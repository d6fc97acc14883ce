/* hyphenate.c - where a word may be divided, by libhyphen and the dictionaries of the system.
 *
 * At least two letters stay before a hyphen and three after it. Patterns that change the spelling
 * at a hyphen (German "Schiff-fahrt") are left out, as glyphs are not shaped again at a line's end.
 * A region that has no dictionary of its own is not divided by another's rules. */
#include "text/text_int.h"

#include <dirent.h>
#include <hyphen.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DICTIONARIES "/usr/share/hyphen"

enum { LEFT_MIN = 2, RIGHT_MIN = 3, MAX_WORD = 63, MAX_TAG = 15 };

/* The regions of languages that are written without one and not named after it. */
static const struct {
	const char *language, *region;
} usual_regions[] = {{"en", "GB"}, {"cy", "GB"}, {"gd", "GB"}, {"ga", "IE"}, {"sv", "SE"},
	{"da", "DK"}, {"cs", "CZ"}, {"uk", "UA"}, {"el", "GR"}};

struct dictionary {
	HyphenDict *dict;
};

/* "en-gb" → "en_GB"; false for what cannot be part of a file's name. */
static bool file_tag(struct str tag, char out[MAX_TAG + 1])
{
	if (tag.len < 2 || tag.len > MAX_TAG)
		return false;
	int region = str_find(tag, "-");
	for (int i = 0; i < tag.len; i++) {
		char c = tag.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && c != '-' && !(c >= '0' && c <= '9'))
			return false;
		out[i] = c == '-' ? '_' : letter ? (char)(c | 0x20) : c;
		if (letter && region >= 0 && i > region && tag.len - region == 3)
			out[i] = (char)(c & ~0x20);
	}
	out[tag.len] = '\0';
	return true;
}

static struct str dictionary_path(struct arena *arena, const char *tag)
{
	struct str path = str_format(arena, DICTIONARIES "/hyph_%s.dic", tag);
	return access(path.at, R_OK) == 0 ? path : (struct str){0};
}

/* Of the tag itself; of a bare language also the usual region's or that of its own name. */
static struct str find_path(struct arena *arena, const char *tag)
{
	struct str path = dictionary_path(arena, tag);
	if (path.at || strlen(tag) != 2)
		return path;
	const char region[3] = {(char)(tag[0] & ~0x20), (char)(tag[1] & ~0x20), '\0'};
	const char *usual = region;
	for (size_t i = 0; i < sizeof usual_regions / sizeof *usual_regions; i++)
		if (strcmp(usual_regions[i].language, tag) == 0)
			usual = usual_regions[i].region;
	return dictionary_path(arena, str_format(arena, "%s_%s", tag, usual).at);
}

const char *text_patterns(struct arena *arena, struct str lang)
{
	char name[MAX_TAG + 1];
	return file_tag(lang, name) ? find_path(arena, name).at : NULL;
}

static int is_patterns(const struct dirent *entry)
{
	return str_ends(str_of(entry->d_name), ".dic");
}

void text_all_patterns(struct buf *out)
{
	struct dirent **names = NULL;
	int count = scandir(DICTIONARIES, &names, is_patterns, alphasort);
	for (int i = 0; i < count; i++) {
		struct buf path = {0};
		struct stat status = {0};
		buf_format(&path, DICTIONARIES "/%s", names[i]->d_name);
		stat(buf_text(&path).at, &status);
		buf_format(out, "%s %lld %lld\n", names[i]->d_name, (long long)status.st_size,
			(long long)status.st_mtime);
		buf_free(&path);
		free(names[i]);
	}
	free(names);
}

static struct dictionary *find_dictionary(struct shaper *shaper, struct str tag)
{
	const char *path = text_patterns(shaper->scratch, tag);
	HyphenDict *dict = path ? hnj_hyphen_load(path) : NULL;
	if (!dict)
		return NULL;
	struct dictionary *dictionary = arena_alloc(shaper->kept, sizeof *dictionary);
	dictionary->dict = dict;
	return dictionary;
}

void dictionary_free(struct dictionary *dictionary)
{
	if (dictionary)
		hnj_hyphen_free(dictionary->dict);
}

static bool is_ascii(struct str word)
{
	for (int i = 0; i < word.len; i++)
		if ((unsigned char)word.at[i] >= 0x80)
			return false;
	return true;
}

/* libhyphen counts characters, not bytes. */
static uint64_t points_of(struct str word, const char *hyphens, char *const *changes)
{
	uint64_t points = 0;
	for (int at = 0, i = 0; at < word.len; i++) {
		utf8_next(word, &at);
		if (at < word.len && (hyphens[i] & 1) && !(changes && changes[i]))
			points |= UINT64_C(1) << at;
	}
	return points;
}

static uint64_t ask(const struct dictionary *dictionary, struct str word)
{
	char hyphens[MAX_WORD + 6] = {0};
	char **changes = NULL;
	int *positions = NULL, *cuts = NULL;
	int failed = hnj_hyphen_hyphenate3(dictionary->dict, word.at, word.len, hyphens, NULL,
		&changes, &positions, &cuts, LEFT_MIN, RIGHT_MIN, LEFT_MIN, RIGHT_MIN);
	uint64_t points = failed ? 0 : points_of(word, hyphens, changes);
	for (int i = 0; changes && i < word.len; i++)
		free(changes[i]);
	free(changes);
	free(positions);
	free(cuts);
	return points;
}

uint64_t hyphenate(struct shaper *shaper, int language, struct str word)
{
	struct language *of = &shaper->languages.at[language];
	if (!of->looked_for) {
		of->looked_for = true;
		of->dictionary = find_dictionary(shaper, of->tag);
	}
	if (!of->dictionary || word.len > MAX_WORD)
		return 0;
	if (!of->dictionary->dict->utf8 && !is_ascii(word))
		return 0;
	return ask(of->dictionary, word);
}
