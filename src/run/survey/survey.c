/* survey.c - what letters show of their faces, added up. Each character or word that a face lacks
 * is kept once, with its first place: memory follows what is lacking, not the letters. */
#include "survey/survey.h"

#include "text/text.h"

#include <stdlib.h>

const char *use_name(int use)
{
	static const char *const others[] = {
		"head of a page", "foot of a page", "mark across a page"};
	return use < TAG_COUNT ? tag_element((enum tag)use) : others[use - TAG_COUNT];
}

/* -- adding up --------------------------------------------------------------------------------- */

struct face_use *survey_use(struct survey *survey, int face)
{
	while (survey->uses.len <= face)
		vec_push(survey->arena, &survey->uses);
	return &survey->uses.at[face];
}

/* What is read again may lie elsewhere. */
static struct place keep_place(struct arena *arena, struct place at)
{
	if (at.file)
		at.file = str_copy(arena, str_of(at.file)).at;
	return at;
}

static uint64_t hash_of(const struct gap *gap)
{
	uint64_t hash = str_hash(gap->text) ^ ((uint64_t)gap->word << 63);
	return hash * 31 + (uint64_t)(gap->face * 1024 + gap->other);
}

void survey_gap(struct survey *survey, const struct gap *gap)
{
	int64_t row = map_add(&survey->known, hash_of(gap), (uint32_t)survey->gaps.len);
	if (row >= 0) {
		survey->gaps.at[row].count += gap->count;
		return;
	}
	struct gap *added = vec_push(survey->arena, &survey->gaps);
	*added = *gap;
	added->text = str_copy(survey->arena, gap->text);
	added->first = keep_place(survey->arena, gap->first);
}

void survey_language(struct survey *survey, struct str lang, struct place first)
{
	for (int i = 0; i < survey->languages.len; i++)
		if (str_eq(survey->languages.at[i].lang, lang))
			return;
	*vec_push(survey->arena, &survey->languages) = (struct divided){
		.lang = str_copy(survey->arena, lang), .first = keep_place(survey->arena, first)};
}

void survey_add(struct survey *all, const struct survey *letter)
{
	all->letters += letter->letters;
	for (int i = 0; i < letter->uses.len; i++) {
		struct face_use *use = survey_use(all, i);
		use->characters += letter->uses.at[i].characters;
		for (int k = 0; k < USE_COUNT; k++)
			use->in[k] |= letter->uses.at[i].in[k];
	}
	for (int i = 0; i < letter->gaps.len; i++)
		survey_gap(all, &letter->gaps.at[i]);
	for (int i = 0; i < letter->languages.len; i++)
		survey_language(all, letter->languages.at[i].lang, letter->languages.at[i].first);
}

/* -- at the end -------------------------------------------------------------------------------- */

static int compare_gaps(const void *a, const void *b)
{
	const struct gap *x = a, *y = b;
	if (x->face != y->face)
		return x->face - y->face;
	if (x->word != y->word)
		return x->word - y->word;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return str_cmp(x->text, y->text);
}

static bool is_at_work(const struct survey *all, int face)
{
	if (face < all->uses.len && all->uses.at[face].characters)
		return true;
	for (int i = 0; i < all->gaps.len; i++)
		if (all->gaps.at[i].face == face)
			return true;
	return false;
}

static void report(struct survey *all, const struct text *text, int face)
{
	struct face_about about = text_face_about(text, face, all->arena);
	const struct face *of = text_face(text, face);
	*vec_push(all->arena, &all->faces) = (struct face_report){about.family, about.style,
		about.version, str_copy(all->arena, str_of(of->path)), str_of(about.embedding),
		str_of(about.so), about.outlines, of->index, about.varies, about.collected,
		of->bold, of->italic, about.fs_type, *survey_use(all, face)};
}

static void find_patterns(struct survey *all)
{
	for (int i = 0; i < all->languages.len; i++) {
		struct divided *divided = &all->languages.at[i];
		divided->patterns = str_of(text_patterns(all->arena, divided->lang));
		divided->package = str_of(text_patterns_package(divided->lang));
	}
}

void survey_end(struct survey *all, const struct text *text)
{
	int count = text_face_count(text);
	int *rows = heap_new((size_t)count * sizeof *rows);
	for (int face = 0; face < count; face++) {
		rows[face] = all->faces.len;
		if (is_at_work(all, face))
			report(all, text, face);
	}
	for (int i = 0; i < all->gaps.len; i++) {
		struct gap *gap = &all->gaps.at[i];
		gap->face = rows[gap->face];
		gap->other = gap->other < 0 ? -1 : rows[gap->other];
	}
	if (all->gaps.len)
		qsort(all->gaps.at, (size_t)all->gaps.len, sizeof *all->gaps.at, compare_gaps);
	find_patterns(all);
	free(rows);
}

void survey_free(struct survey *all)
{
	map_free(&all->known);
}
