/* hyphenate.c - which file has the patterns of a language, and what they say of its words.
 *
 * A file is read when a word first asks for it, once for all threads. At least two letters stay
 * before a hyphen and three after it. A region that has no patterns of its own is not divided by
 * another's rules. */
#include "text/text_int.h"

#include "base/diag_id.h"
#include "base/file.h"
#include "locale/locale.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DICTIONARIES "/usr/share/hyphen"

enum { MAX_WORD = 63, MAX_TAG = 15 };

/* The regions of languages that are written without one and not named after it. */
static const struct {
	const char *language, *region;
} usual_regions[] = {{"en", "GB"}, {"cy", "GB"}, {"gd", "GB"}, {"ga", "IE"}, {"sv", "SE"},
	{"da", "DK"}, {"cs", "CZ"}, {"uk", "UA"}, {"el", "GR"}};

/* "en-gb" → "en_GB"; false for what cannot be part of a file's name. */
static bool file_tag(struct str lang, char out[MAX_TAG + 1])
{
	struct str tag = lang_bare(lang);
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

static bool is_patterns(struct str name)
{
	return str_ends(name, ".dic");
}

void text_all_patterns(struct buf *out)
{
	struct arena *arena = arena_new();
	struct str *names;
	int count = folder_list(arena, DICTIONARIES, is_patterns, &names);
	for (int i = 0; i < count; i++) {
		struct stat status = {0};
		stat(path_join(arena, str_lit(DICTIONARIES), names[i]).at, &status);
		buf_format(out, "%.*s %lld %lld\n", str_arg(names[i]), (long long)status.st_size,
			(long long)status.st_mtime);
	}
	arena_free(arena);
}

struct pattern_file {
	const char *path;
	struct patterns *patterns; /* NULL: it cannot be read, or has none */
};

struct pattern_files {
	pthread_mutex_t reading;
	struct arena *arena;
	vec(struct pattern_file) files;
};

struct pattern_files *pattern_files_new(void)
{
	struct pattern_files *files = heap_new(sizeof *files);
	pthread_mutex_init(&files->reading, NULL);
	files->arena = arena_new();
	return files;
}

void pattern_files_free(struct pattern_files *files)
{
	if (!files)
		return;
	for (int i = 0; i < files->files.len; i++)
		patterns_free(files->files.at[i].patterns);
	pthread_mutex_destroy(&files->reading);
	arena_free(files->arena);
	free(files);
}

static struct patterns *read_patterns(const char *path)
{
	struct arena *arena = arena_new();
	struct diags *unsaid = diags_new();
	struct str bytes = file_read(arena, path, place_none(), unsaid);
	struct patterns *patterns = bytes.at ? patterns_read(bytes) : NULL;
	diags_free(unsaid);
	arena_free(arena);
	return patterns;
}

static const struct patterns *find_patterns(struct pattern_files *files, const char *path)
{
	const struct patterns *found = NULL;
	bool known = false;
	pthread_mutex_lock(&files->reading);
	for (int i = 0; i < files->files.len && !known; i++) {
		known = strcmp(files->files.at[i].path, path) == 0;
		found = files->files.at[i].patterns;
	}
	if (!known) {
		struct pattern_file *file = vec_push(files->arena, &files->files);
		file->path = str_copy(files->arena, str_of(path)).at;
		found = file->patterns = read_patterns(path);
	}
	pthread_mutex_unlock(&files->reading);
	return found;
}

uint64_t hyphenate(struct shaper *shaper, int language, struct str word)
{
	struct language *of = &shaper->languages.at[language];
	if (!of->looked_for) {
		const char *path = text_patterns(shaper->scratch, of->tag);
		of->looked_for = true;
		of->patterns = path ? find_patterns(shaper->text->patterns, path) : NULL;
		of->unreadable = path && !of->patterns;
		shaper->unreadable |= of->unreadable;
	}
	return of->patterns && word.len <= MAX_WORD ? patterns_divide(of->patterns, word) : 0;
}

/* Of a letter whose words would be divided on another day. */
void hyphenate_report(struct shaper *shaper, const struct flat *flat, struct diags *diags)
{
	for (int i = 0; shaper->unreadable && i < flat->span_count; i++) {
		const struct span *span = &flat->spans[i];
		int language = language_find(shaper, span->lang);
		if (!shaper->languages.at[language].unreadable || !span->node)
			continue;
		diag_add(diags, PATTERNS_READ, span->node->at,
			text_patterns(shaper->scratch, span->lang), diag_str(diags, span->lang));
		return;
	}
}
