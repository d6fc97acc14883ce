/* missing.c - what cannot be shaped, said with its place: characters that no face has, scripts that
 * are written in columns. */
#include "text/text_int.h"

#include "base/diag_id.h"

#include <stdio.h>

static const struct span *span_at(const struct flat *flat, int at)
{
	int i = 0;
	while (i + 1 < flat->span_count && flat->spans[i + 1].from <= at)
		i++;
	return &flat->spans[i];
}

/* " in field "name"", or nothing. */
static const char *field_of(struct diags *diags, const struct node *node)
{
	for (; node; node = node->parent) {
		struct str name = node->tag == TAG_FIELD ? node_attribute(node, "name")
							 : (struct str){0};
		if (name.at) {
			struct buf text = {0};
			buf_puts(&text, " of field ");
			buf_quoted(&text, name);
			const char *result = diag_str(diags, buf_text(&text));
			buf_free(&text);
			return result;
		}
	}
	return "";
}

struct place shape_place(const struct shaping *shaping, int at)
{
	const struct node *node = span_at(shaping->flat, at)->node;
	return node ? node->at : shaping->flat->at;
}

/* Where a face of the chain has a glyph for it after all, or nothing. */
static const char *shown_as(const struct text *text, const struct chain *chain, uint32_t character)
{
	for (int i = 0; i < chain->count; i++)
		if (!text_face_has(text, chain->faces[i], character) &&
			font_nominal(text->fonts.at[chain->faces[i]].hb, character))
			return " but as a picture or an empty glyph, which a PDF shows nothing of";
	return "";
}

static void report(struct shaping *shaping, const struct chain *chain, uint32_t character, int at)
{
	struct diags *diags = shaping->diags;
	const struct span *span = span_at(shaping->flat, at);
	const struct node *node = span->node;
	for (int i = 0; i < shaping->reported_count; i++)
		if (shaping->reported[i] == character)
			return;
	if (shaping->reported_count == (int)(sizeof shaping->reported / sizeof(uint32_t)))
		return;
	shaping->reported[shaping->reported_count++] = character;
	char name[32], hex[12], shown[4];
	int len = character < 0xA0 ? 0 : utf8_encode(character, shown);
	snprintf(name, sizeof name, len ? "U+%04X \"%.*s\"" : "U+%04X", (unsigned)character, len,
		shown);
	snprintf(hex, sizeof hex, "%x", (unsigned)character);
	diag_add(diags, GLYPH, shape_place(shaping, at), diag_str(diags, chain->family), name,
		field_of(diags, node), shown_as(shaping->shaper->text, chain, character), hex,
		diag_str(diags, chain->family));
}

/* Where each of them is in some face, but none has them together, the first stands for all. */
void shape_report_missing(struct shaping *shaping, const struct chain *chain, int from, int to)
{
	bool said = false;
	for (int at = from; at < to;) {
		int begin = at;
		uint32_t character = utf8_next(shaping->flat->text, &at);
		if (chain_has(shaping->shaper->text, chain, character))
			continue;
		report(shaping, chain, character, begin);
		said = true;
	}
	int first = from;
	if (!said)
		report(shaping, chain, utf8_next(shaping->flat->text, &first), from);
}

void shape_refuse_columns(struct shaping *shaping, hb_script_t script, int from)
{
	if (script != HB_SCRIPT_MONGOLIAN && script != HB_SCRIPT_PHAGS_PA)
		return;
	struct diags *diags = shaping->diags;
	struct str text = shaping->flat->text;
	int to = from, findings = diags_len(diags);
	while (to < text.len && text.at[to] != ' ')
		to++;
	diag_add(diags, SCRIPT_UPRIGHT, shape_place(shaping, from),
		diag_str(diags, str_slice(text, from, to)),
		field_of(diags, span_at(shaping->flat, from)->node));
	said_once(diags, findings);
}
