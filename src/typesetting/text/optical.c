/* optical.c - of faces that are equal but for the size that they were drawn for, the one that suits
 * a size: small type wants wider letters and stouter strokes.
 *
 * The sizes are those of the feature 'size' of GPOS, else of OS/2 since its version 5, else the
 * number that the full name has, as "EB Garamond 08 Regular". */
#include "text/fonts_int.h"

#include <hb-ot.h>
#include <stdlib.h>

/* Sizes that a face is good for, and the best; all are 0 where nobody says. */
struct optical {
	sp from, to, best;
};

struct candidate {
	FcPattern *pattern;
	const char *path;
	struct optical optical;
};

static struct optical read_feature(hb_face_t *face)
{
	unsigned best = 0, from = 0, to = 0; /* decipoints */
	hb_ot_name_id_t name;
	unsigned subfamily;
	if (!hb_ot_layout_get_size_params(face, &best, &subfamily, &name, &from, &to) || !best)
		return (struct optical){0};
	if (!to)
		from = to = best;
	return (struct optical){length_scale(from, SP_PER_PT, 10), length_scale(to, SP_PER_PT, 10),
		length_scale(best, SP_PER_PT, 10)};
}

/* usLowerOpticalPointSize and usUpperOpticalPointSize, in twentieths of a point. */
static struct optical read_os2(hb_face_t *face)
{
	enum { SINCE = 5, LOWER_AT = 96, UPPER_AT = 98 };
	struct optical optical = {0};
	hb_blob_t *blob = hb_face_reference_table(face, HB_TAG('O', 'S', '/', '2'));
	unsigned len;
	const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(blob, &len);
	if (len >= UPPER_AT + 2 && font_u16(bytes, 0) >= SINCE && font_u16(bytes, UPPER_AT)) {
		optical.from = length_scale(font_u16(bytes, LOWER_AT), SP_PER_PT, 20);
		optical.to = length_scale(font_u16(bytes, UPPER_AT), SP_PER_PT, 20);
		optical.best = optical.from + (optical.to - optical.from) / 2;
	}
	hb_blob_destroy(blob);
	return optical;
}

static struct optical read_name(const struct fontconfig *fc, FcPattern *pattern)
{
	enum { LEAST = 4, MOST = 144 };
	FcChar8 *name;
	struct str words, word;
	if (fc->FcPatternGetString(pattern, FC_FULLNAME, 0, &name) != FcResultMatch)
		return (struct optical){0};
	for (words = str_of((const char *)name); str_split(&words, ' ', &word);) {
		char *end;
		long number = word.len && word.len < 4 ? strtol(word.at, &end, 10) : 0;
		if (number >= LEAST && number <= MOST && end == word.at + word.len)
			return (struct optical){pt((sp)number), pt((sp)number), pt((sp)number)};
	}
	return (struct optical){0};
}

static struct optical read_optical(const struct fontconfig *fc, const struct candidate *candidate)
{
	int index = 0;
	fc->FcPatternGetInteger(candidate->pattern, FC_INDEX, 0, &index);
	hb_blob_t *blob = hb_blob_create_from_file(candidate->path);
	hb_face_t *face = hb_face_create(blob, (unsigned)index);
	hb_blob_destroy(blob);
	struct optical optical = read_feature(face);
	if (!optical.to)
		optical = read_os2(face);
	hb_face_destroy(face);
	return optical.to ? optical : read_name(fc, candidate->pattern);
}

static const char *string_of(const struct fontconfig *fc, FcPattern *pattern, const char *object)
{
	FcChar8 *string = NULL;
	return fc->FcPatternGetString(pattern, object, 0, &string) == FcResultMatch
		? (const char *)string
		: "";
}

static bool is_same_face(const struct fontconfig *fc, FcPattern *a, FcPattern *b)
{
	return strcmp(string_of(fc, a, FC_POSTSCRIPT_NAME), string_of(fc, b, FC_POSTSCRIPT_NAME)) ==
		0;
}

static struct candidate candidate_of(const struct fontconfig *fc, FcPattern *pattern)
{
	struct candidate candidate = {.pattern = pattern, .path = string_of(fc, pattern, FC_FILE)};
	candidate.optical = read_optical(fc, &candidate);
	return candidate;
}

static int64_t distance(const struct optical *optical, sp size)
{
	if (!optical->to)
		return SP_MAX;
	return size < optical->from  ? (int64_t)optical->from - size
		: size > optical->to ? (int64_t)size - optical->to
				     : 0;
}

static int order_of(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Less than 0: a suits the size better. Of two that are equally near the best size counts, then the
 * larger; what says nothing is farthest. */
static int compare(const struct optical *a, const struct optical *b, sp size)
{
	int order = order_of(distance(a, size), distance(b, size));
	if (!order)
		order = order_of(llabs((int64_t)size - a->best), llabs((int64_t)size - b->best));
	return order ? order : order_of(b->best, a->best);
}

/* Faces of that family that are as heavy, slanted and wide as the one found. */
static FcFontSet *list_equals(const struct fonts *fonts, FcPattern *found, struct str family)
{
	const struct fontconfig *fc = fonts->fc;
	FcObjectSet *alike = fc->FcObjectSetBuild(FC_WEIGHT, FC_SLANT, FC_WIDTH, (char *)NULL);
	FcObjectSet *told = fc->FcObjectSetBuild(FC_FILE, FC_INDEX, FC_FULLNAME, FC_STYLE,
		FC_WEIGHT, FC_SLANT, FC_POSTSCRIPT_NAME, (char *)NULL);
	FcPattern *wanted = fc->FcPatternFilter(found, alike);
	fc->FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)family.at);
	fc->FcPatternAddBool(wanted, FC_SCALABLE, FcTrue);
	fc->FcPatternAddBool(wanted, FC_VARIABLE, FcFalse);
	FcFontSet *set = fonts->set;
	FcFontSet *equals = fc->FcFontSetList(fonts->bare, &set, 1, wanted, told);
	fc->FcPatternDestroy(wanted);
	fc->FcObjectSetDestroy(alike);
	fc->FcObjectSetDestroy(told);
	return equals;
}

bool optical_named_bold(const struct fontconfig *fc, FcPattern *pattern)
{
	return str_find(str_of(string_of(fc, pattern, FC_STYLE)), "Bold") >= 0;
}

/* Takes the better of the best so far and another; of equal ones that whose name is of the cut, and
 * then, for good order, the first by name of its file. */
static void weigh(const struct fontconfig *fc, struct optical_choice *choice,
	struct candidate *best, const struct candidate *other, const struct cut *cut)
{
	if (is_same_face(fc, best->pattern, other->pattern))
		return;
	int order = compare(&best->optical, &other->optical, cut->size);
	if (order)
		choice->sized = true;
	else
		order = order_of(optical_named_bold(fc, best->pattern) != cut->bold,
			optical_named_bold(fc, other->pattern) != cut->bold);
	bool taken = order > 0 || (order == 0 && strcmp(other->path, best->path) < 0);
	if (order > 0)
		choice->rival = NULL;
	else if (order == 0)
		choice->rival = taken ? best->pattern : other->pattern;
	if (taken)
		*best = *other;
}

struct optical_choice optical_choose(
	const struct fonts *fonts, FcPattern *found, struct str family, const struct cut *cut)
{
	const struct fontconfig *fc = fonts->fc;
	FcFontSet *equals = list_equals(fonts, found, family);
	struct optical_choice choice = {.face = found};
	if (equals->nfont > 1) {
		struct candidate best = candidate_of(fc, found);
		for (int i = 0; i < equals->nfont; i++) {
			struct candidate other = candidate_of(fc, equals->fonts[i]);
			weigh(fc, &choice, &best, &other, cut);
		}
		choice.face = best.pattern;
	}
	fc->FcPatternReference(choice.face);
	if (choice.rival)
		fc->FcPatternReference(choice.rival);
	fc->FcFontSetDestroy(equals);
	return choice;
}
