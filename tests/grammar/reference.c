/* reference.c - docs/reference.md: all elements and attributes of a letter, of a style and of
 * lettermerge.xml, from the program's own tables and the words that an editor shows. */
#include "cli/cli_int.h"
#include "grammar.h"
#include "places.h"

static const char *const holds[] = {
	[CONTENT_NONE] = "nothing",
	[CONTENT_TEXT] = "words",
	[CONTENT_BLOCKS] = "blocks",
	[CONTENT_PARTS] = "its parts",
	[CONTENT_LINES] = "lines",
	[CONTENT_SAME] = "what may stand in its place",
};

static const char *where_of(enum tag tag)
{
	switch (tag_class(tag)) {
	case CLASS_META:
		return tag == TAG_LETTER ? "the whole" : "at the top";
	case CLASS_BLOCK:
		return "block";
	case CLASS_INLINE:
		return "in words";
	case CLASS_PART:
		return "part";
	case CLASS_CONTROL:
		return "condition";
	}
	return "";
}

/* A table's cell: a bar in it would end it. */
static void put_cell(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (*text == '|')
			buf_puts(out, "\\|");
		else if (*text == '<')
			buf_puts(out, "&lt;");
		else
			buf_char(out, *text);
}

static void put_row(struct buf *out, const char *name, const char *words, const char *form)
{
	buf_format(out, "| `%s` | ", name);
	put_cell(out, words);
	buf_puts(out, " | ");
	put_cell(out, form);
	buf_puts(out, " |\n");
}

static void put_tag(struct buf *out, enum tag tag)
{
	bool any = false;
	buf_format(out, "\n### `<%s>`\n\n", tag_element(tag));
	put_cell(out, words_of_tag(tag));
	buf_format(out, " (%s; holds %s)\n", where_of(tag), holds[tag_content(tag)]);
	for (int i = 0; i < attribute_rule_count; i++) {
		const struct attribute_rule *rule = &attribute_rules[i];
		if (rule->tag != tag)
			continue;
		if (!any)
			buf_puts(
				out, "\n| attribute | what it says | its value |\n|---|---|---|\n");
		any = true;
		put_row(out, rule->name, words_of_attribute(tag, rule->name), attribute_form(rule));
	}
}

static void put_style_row(struct buf *out, const struct style_row *row)
{
	buf_format(out, "| `%s` | ", row->name);
	put_cell(out, style_form(row));
	buf_puts(out, " |\n");
}

static void put_style_element(struct buf *out, const struct style_place *place)
{
	bool any = false;
	buf_format(out, "\n### `<%s>` of a style\n\n", place->element);
	put_cell(out, words_of_style(place->element));
	buf_puts(out,
		place->block          ? " It has the attributes of a block, below.\n"
			: place->text ? " It has those of a block, below, that are of text.\n"
				      : "\n");
	for (int i = 0; i < style_row_count; i++) {
		if (strcmp(style_rows[i].element, place->element) != 0)
			continue;
		if (!any)
			buf_puts(out, "\n| attribute | its value |\n|---|---|\n");
		any = true;
		put_style_row(out, &style_rows[i]);
	}
}

static void put_edition(struct buf *out, const struct style_place *place)
{
	bool any = false;
	for (int i = 0; i < edition_rule_count; i++) {
		if (strcmp(edition_rules[i].element, place->element) != 0)
			continue;
		buf_puts(out, any ? "" : "\n| attribute | its value |\n|---|---|\n");
		any = true;
		buf_format(out, "| `%s` | ", edition_rules[i].name);
		put_cell(out, edition_rules[i].form);
		buf_puts(out, " |\n");
	}
}

static void put_blocks(struct buf *out)
{
	buf_puts(out,
		"\n### Attributes of a block in a style\n\n"
		"| attribute | its value | of |\n|---|---|---|\n");
	for (int i = 0; i < style_block_row_count; i++) {
		const struct style_row *row = &style_block_rows[i];
		struct buf names = {0};
		const enum tag *at = style_row_served(row);
		for (; at && *at != TAG_TEXT; at++)
			buf_format(&names, "%s`%s`", names.len ? ", " : "", tag_element(*at));
		buf_char(&names, '\0');
		put_row(out, row->name, style_form(row),
			style_row_served(row)            ? names.at
				: style_row_is_text(row) ? "all, and of text"
							 : "all");
		buf_free(&names);
	}
}

static void put_settings(struct buf *out)
{
	buf_puts(out,
		"\n## Of lettermerge.xml\n\n[What holds](configuration.md) explains it. "
		"`<project>` holds them, in any order.\n\n"
		"| element | what it says | its value | without it |\n|---|---|---|---|\n");
	for (int i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		if (row->weakest != SAID_IN_PROJECT)
			continue;
		buf_format(out, "| `%s` | ", row->name);
		put_cell(out, row->help);
		buf_puts(out, " | ");
		put_cell(out, row->value ? row->value : "yes or no");
		buf_format(out, " | %s |\n",
			row->usual                    ? row->usual
				: row->kind == IS_YES ? "no"
						      : "");
	}
}

void reference(struct buf *out)
{
	buf_puts(out,
		"# All elements and attributes\n\n"
		"Written from the program's own tables: do not edit. [How to write a letter]"
		"(template.md) and [the style](style.md)\nexplain them. Each element of a letter "
		"takes `xml:lang`, the language of what is in it.\n\n## Of a letter\n");
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		put_tag(out, tag);
	buf_puts(out, "\n## Of a style\n");
	for (const struct style_place *place = style_places; place->element; place++) {
		put_style_element(out, place);
		put_edition(out, place);
	}
	put_blocks(out);
	put_settings(out);
}
