/* features.c - what a style asks of OpenType's features: "lnum tnum -liga salt=2 ?smcp". */
#include "style/style_int.h"

static uint32_t tag_of(const char *letters)
{
	uint32_t tag = 0;
	for (int i = 0; i < FEATURE_TAG; i++)
		tag = tag << 8 | (unsigned char)letters[i];
	return tag;
}

void feature_name(const struct feature *feature, char out[FEATURE_TAG + 1])
{
	for (int i = 0; i < FEATURE_TAG; i++)
		out[i] = (char)(feature->tag >> (8 * (FEATURE_TAG - 1 - i)));
	out[FEATURE_TAG] = '\0';
}

/* Of two figures' shapes, or widths, a text has one. */
static uint32_t opposite(uint32_t tag)
{
	static const char *const pairs[][2] = {{"lnum", "onum"}, {"tnum", "pnum"}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		for (int k = 0; k < 2; k++)
			if (tag == tag_of(pairs[i][k]))
				return tag_of(pairs[i][1 - k]);
	return 0;
}

static void drop(struct features *features, uint32_t tag)
{
	for (int i = 0; i < features->count; i++)
		if (features->at[i].tag == tag) {
			features->at[i] = features->at[--features->count];
			return;
		}
}

bool features_add(struct features *features, struct feature feature)
{
	drop(features, feature.tag);
	if (feature.value)
		drop(features, opposite(feature.tag));
	if (features->count == MAX_FEATURES)
		return false;
	features->at[features->count++] = feature;
	return true;
}

bool features_same(const struct features *a, const struct features *b)
{
	for (int i = 0; i < a->count && a->count == b->count; i++)
		if (a->at[i].tag != b->at[i].tag || a->at[i].value != b->at[i].value)
			return false;
	return a->count == b->count;
}

bool features_join(struct features *all, const struct features *some)
{
	for (int i = 0; i < some->count; i++) {
		int k = 0;
		while (k < all->count && all->at[k].tag != some->at[i].tag)
			k++;
		if (k == FEATURES_OF_A_STYLE)
			return false;
		if (k == all->count)
			all->at[all->count++] = some->at[i];
	}
	return true;
}

static bool is_letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool read_value(struct str digits, uint16_t *value)
{
	if (digits.len < 1 || digits.len > 2)
		return false;
	*value = 0;
	for (int i = 0; i < digits.len; i++) {
		if (digits.at[i] < '0' || digits.at[i] > '9')
			return false;
		*value = (uint16_t)(*value * 10 + digits.at[i] - '0');
	}
	return true;
}

/* "liga", "-liga", "?liga", "liga=0" */
static bool read_feature(struct str word, struct feature *feature)
{
	*feature = (struct feature){.value = 1};
	if (word.len && (word.at[0] == '-' || word.at[0] == '?')) {
		feature->value = word.at[0] == '?';
		feature->optional = word.at[0] == '?';
		word = str_slice(word, 1, word.len);
	}
	if (word.len < FEATURE_TAG)
		return false;
	for (int i = 0; i < FEATURE_TAG; i++)
		if (!is_letter(word.at[i]))
			return false;
	feature->tag = tag_of(word.at);
	if (word.len == FEATURE_TAG)
		return true;
	return word.at[FEATURE_TAG] == '=' && feature->value &&
		read_value(str_slice(word, FEATURE_TAG + 1, word.len), &feature->value);
}

bool features_read(struct features *features, struct str value)
{
	struct str word;
	while (str_split(&value, ' ', &word)) {
		struct feature feature;
		word = str_trim(word);
		if (word.len && (!read_feature(word, &feature) || !features_add(features, feature)))
			return false;
	}
	return true;
}

void features_write(const struct features *features, struct buf *out)
{
	for (int i = 0; i < features->count; i++) {
		const struct feature *feature = &features->at[i];
		char name[FEATURE_TAG + 1];
		feature_name(feature, name);
		buf_format(out, "%s%s%s", i ? " " : "",
			feature->optional        ? "?"
				: feature->value ? ""
						 : "-",
			name);
		if (feature->value > 1)
			buf_format(out, "=%d", feature->value);
	}
}
