/* fonts_json.c - lettermerge fonts --json: the same as one object, which docs/schemas/fonts.json
 * describes. */
#include "cli/cli_int.h"

#include "survey/survey.h"

#include <inttypes.h>

static void put_yes(struct buf *out, const char *name, bool yes)
{
	buf_say(out, ",\"%s\":%s", name, yes ? "true" : "false");
}

static void put_place(struct buf *out, const char *name, struct place at)
{
	struct buf members = {0};
	place_write_json(at, &members);
	struct str all = buf_text(&members);
	buf_say(out, ",\"%s\":{", name);
	buf_str(out, str_slice(all, all.len > 0, all.len)); /* without the first comma */
	buf_char(out, '}');
	buf_free(&members);
}

/* Those of one face, characters or words. */
static void put_gaps(struct buf *out, const struct survey *survey, int face, bool word)
{
	int count = 0;
	buf_say(out, ",\"%s\":[", word ? "words" : "lacks");
	for (int i = 0; i < survey->gaps.len; i++) {
		const struct gap *gap = &survey->gaps.at[i];
		int at = 0;
		if (gap->face != face || gap->word != word)
			continue;
		buf_say(out, "%s{\"count\":%" PRId64, count++ ? "," : "", gap->count);
		json_member(out, word ? "word" : "character", gap->text);
		if (!word)
			buf_say(out, ",\"code\":%u", (unsigned)utf8_next(gap->text, &at));
		put_place(out, "first", gap->first);
		if (gap->other >= 0)
			buf_say(out, ",\"in\":%d", gap->other);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void put_uses(struct buf *out, const struct face_use *use)
{
	int count = 0;
	buf_say(out, ",\"characters\":%" PRId64 ",\"used\":[", use->characters);
	for (int i = 0; i < USE_COUNT; i++) {
		if (!use->in[i])
			continue;
		buf_puts(out, count++ ? "," : "");
		json_string(out, str_of(use_name(i)));
	}
	buf_char(out, ']');
}

static void put_face(struct buf *out, const struct survey *survey, int row)
{
	const struct face_report *face = &survey->faces.at[row];
	buf_say(out, "%s{\"index\":%d", row ? "," : "", face->index);
	json_member(out, "family", face->family);
	json_member(out, "style", face->style);
	json_member(out, "file", face->file);
	json_member(out, "version", face->version);
	json_member(out, "outlines", str_of(face->outlines));
	put_yes(out, "variable", face->varies);
	put_yes(out, "collection", face->collected);
	put_yes(out, "bold", face->bold);
	put_yes(out, "italic", face->italic);
	buf_puts(out, ",\"embedding\":{\"fsType\":");
	if (face->fs_type < 0)
		buf_puts(out, "null");
	else
		buf_say(out, "%d", face->fs_type);
	json_member(out, "says", face->embedding);
	json_member(out, "so", face->so);
	buf_char(out, '}');
	put_uses(out, &face->use);
	put_gaps(out, survey, row, false);
	put_gaps(out, survey, row, true);
	buf_char(out, '}');
}

static void put_language(struct buf *out, const struct divided *divided, bool first)
{
	buf_puts(out, first ? "{\"language\":" : ",{\"language\":");
	json_string(out, divided->lang);
	if (divided->patterns.len)
		json_member(out, "patterns", divided->patterns);
	if (divided->package.len)
		json_member(out, "package", divided->package);
	put_place(out, "first", divided->first);
	buf_char(out, '}');
}

void cli_fonts_json(const struct survey *survey, struct buf *out)
{
	buf_say(out, "{\"fonts\":1,\"letters\":%" PRId64 ",\"faces\":[", survey->letters);
	for (int i = 0; i < survey->faces.len; i++)
		put_face(out, survey, i);
	buf_puts(out, "],\"hyphenation\":[");
	for (int i = 0; i < survey->languages.len; i++)
		put_language(out, &survey->languages.at[i], i == 0);
	buf_puts(out, "]}\n");
}
