/* grammar_style.c - the grammar of a style, from the rows of style_rows.c. */
#include "grammar.h"
#include "places.h"

static void put_choice(struct buf *out, const char *const *words)
{
	buf_puts(out, "<choice>");
	for (int i = 0; i < STYLE_WORDS && words[i]; i++)
		buf_format(out, "<value>%s</value>", words[i]);
	buf_puts(out, "</choice>");
}

static void put_value(struct buf *out, const struct style_row *row)
{
	static const char *const patterns[] = {
		[STYLE_LENGTH] = "([0-9]*\\.?[0-9]+(pt|mm|cm|in))|0+",
		[STYLE_SIZE] = "[0-9]*\\.?[0-9]+(pt|mm|cm|in)",
		[STYLE_COLOUR] = "#[0-9A-Fa-f]{6}",
		[STYLE_FAMILY] = ".*[^\\s].*",
		[STYLE_COUNTING] = "no|[^0-9A-Za-z]*[1aAiI]([^0-9A-Za-z]+[1aAiI]){0,4}"
				   "[^0-9A-Za-z]*",
		[STYLE_FEATURES] =
			"\\s*((-|\\?)?[0-9A-Za-z]{4}|\\??[0-9A-Za-z]{4}=[0-9]{1,2})?"
			"(\\s+((-|\\?)?[0-9A-Za-z]{4}|\\??[0-9A-Za-z]{4}=[0-9]{1,2}))*\\s*",
	};
	if (row->kind == STYLE_FLAG || row->kind == STYLE_WORD)
		put_choice(out, row->words);
	else if (row->kind == STYLE_NUMBER)
		buf_format(out,
			"<data type=\"integer\"><param name=\"minInclusive\">%d</param>"
			"<param name=\"maxInclusive\">%d</param>"
			"<param name=\"pattern\">[0-9]{1,5}</param></data>",
			row->least, row->most);
	else
		buf_format(out, "<data type=\"string\"><param name=\"pattern\">%s</param></data>",
			patterns[row->kind]);
}

static void put_row(struct buf *out, const struct style_row *row)
{
	buf_format(out, "      <optional><attribute name=\"%s\">", row->name);
	put_words(out, style_form(row));
	put_value(out, row);
	buf_puts(out, "</attribute></optional>\n");
}

/* The attributes of the element's own, and of a text or a block where it has them. */
static void put_rows(struct buf *out, const char *element, bool text, bool block)
{
	for (int i = 0; i < style_row_count; i++)
		if (strcmp(style_rows[i].element, element) == 0)
			put_row(out, &style_rows[i]);
	for (int i = 0; i < style_block_row_count; i++)
		if ((block && !style_row_served(&style_block_rows[i])) ||
			(text && style_row_is_text(&style_block_rows[i])))
			put_row(out, &style_block_rows[i]);
}

/* Those of an element that is no look. */
static void put_edition(struct buf *out, const char *element)
{
	for (int i = 0; i < edition_rule_count; i++) {
		const struct edition_rule *rule = &edition_rules[i];
		const char *often = rule->required ? "group" : "optional";
		if (strcmp(rule->element, element) != 0)
			continue;
		buf_format(out, "      <%s><attribute name=\"%s\">", often, rule->name);
		put_words(out, rule->form);
		buf_format(out,
			"<data type=\"string\"><param name=\"pattern\">%s</param></data>"
			"</attribute></%s>\n",
			rule->pattern, often);
	}
}

/* Which attributes an element has that not all have: a bit a row. */
static uint64_t rows_of(enum tag tag)
{
	uint64_t rows = 0;
	for (int i = 0; i < style_block_row_count; i++)
		if (style_row_served(&style_block_rows[i]) &&
			style_row_serves(&style_block_rows[i], tag))
			rows |= (uint64_t)1 << i;
	return rows;
}

static void put_rows_of(struct buf *out, uint64_t rows)
{
	for (int i = 0; i < style_block_row_count; i++)
		if (rows >> i & 1)
			put_row(out, &style_block_rows[i]);
}

static bool has_variants(enum tag tag)
{
	return style_takes_variants(tag);
}

static void put_variant(struct buf *out)
{
	buf_puts(out, "          <attribute name=\"variant\">");
	put_words(out, "the look that a letter asks for by this name: variant=\"small\"");
	buf_puts(out,
		"<data type=\"string\"><param name=\"pattern\">[a-z][a-z0-9-]{0,29}</param></data>"
		"</attribute>\n");
}

/* A group for all those that have the same. */
static void put_names(struct buf *out, bool (*is_one)(enum tag tag), bool variant)
{
	for (enum tag first = TAG_TEXT + 1; first < TAG_COUNT; first++) {
		bool done = !is_one(first);
		for (enum tag tag = TAG_TEXT + 1; tag < first; tag++)
			done |= is_one(tag) && rows_of(tag) == rows_of(first);
		if (done)
			continue;
		buf_puts(out, "        <group>\n      <attribute name=\"name\"><choice>");
		for (enum tag tag = first; tag < TAG_COUNT; tag++)
			if (is_one(tag) && rows_of(tag) == rows_of(first))
				buf_format(out, "<value>%s</value>", tag_element(tag));
		buf_puts(out, "</choice></attribute>\n");
		if (variant)
			put_variant(out);
		put_rows_of(out, rows_of(first));
		buf_puts(out, "        </group>\n");
	}
}

/* Of an element that is a heading. */
static void put_levels(struct buf *out)
{
	buf_puts(out, "        <group>\n");
	buf_format(out, "          <attribute name=\"name\"><value>%s</value></attribute>\n",
		tag_element(TAG_HEADING));
	buf_puts(out, "          <attribute name=\"level\">");
	put_words(out, "the level of heading that is meant; without it, all");
	buf_puts(out, "<choice>");
	for (int level = 1; level <= HEADING_LEVELS; level++)
		buf_format(out, "<value>%d</value>", level);
	buf_puts(out, "</choice></attribute>\n");
	put_rows_of(out, rows_of(TAG_HEADING));
	buf_puts(out, "        </group>\n");
}

static void put_geometries(struct buf *out)
{
	buf_puts(out, "      <optional><attribute name=\"geometry\"><choice>");
	for (const char *name = NULL; (name = style_next_geometry(name));)
		buf_format(out, "<value>%s</value>", name);
	buf_puts(out, "</choice></attribute></optional>\n");
}

void grammar_style(struct buf *out)
{
	put_head(out, "urn:lettermerge:style:1", "The grammar of a style.");
	buf_puts(out, "  <start>\n    <element name=\"style\">\n      ");
	put_words(out, words_of_style("style"));
	buf_puts(out,
		"\n      <optional><attribute name=\"xml:lang\"/></optional>\n      "
		"<interleave>\n");
	for (const struct style_place *at = style_places; at->element; at++) {
		bool many = !strcmp(at->element, "element") || !strcmp(at->element, "edition");
		const char *often = many ? "zeroOrMore" : "optional";
		buf_format(out, "      <%s><ref name=\"%s\"/></%s>\n", often, at->element, often);
	}
	buf_puts(out, "      </interleave>\n    </element>\n  </start>\n");
	for (const struct style_place *at = style_places; at->element; at++) {
		const char *name = at->element;
		buf_format(out, "  <define name=\"%s\">\n    <element name=\"%s\">\n      ", name,
			name);
		put_words(out, words_of_style(name));
		buf_char(out, '\n');
		if (strcmp(name, "element") == 0) {
			buf_puts(out, "      <choice>\n  ");
			put_names(out, place_has_style, false);
			put_levels(out);
			put_names(out, has_variants, true);
			buf_puts(out, "      </choice>\n");
		}
		if (strcmp(name, "page") == 0)
			buf_puts(out,
				"      <optional><attribute name=\"size\"><choice><value>A4</value>"
				"<value>A5</value><value>Letter</value><value>Legal</value></"
				"choice>"
				"</attribute></optional>\n");
		if (strcmp(name, "page") == 0)
			put_geometries(out);
		put_rows(out, name, at->text, at->block);
		put_edition(out, name);
		buf_puts(out, "      <empty/>\n    </element>\n  </define>\n");
	}
	put_tail(out);
}
