/* grammar_project.c - the grammar of lettermerge.xml, from the table of options. */
#include "cli/cli_int.h"
#include "grammar.h"

/* "a|b" between two texts each. */
static void put_each(struct buf *out, const char *words, const char *before, const char *after)
{
	for (const char *end; *words; words = *end ? end + 1 : end) {
		end = words + strcspn(words, "|,");
		buf_format(out, "%s%.*s%s", before, (int)(end - words), words, after);
	}
}

static void put_value(struct buf *out, const struct option_row *row)
{
	const char *words = row->kind == IS_YES ? "no|yes" : row->value;
	if (row->kind == IS_NUMBER) {
		buf_format(out,
			"<data type=\"integer\"><param name=\"minInclusive\">%d</param>"
			"<param name=\"maxInclusive\">%d</param></data>",
			row->least, row->most);
	} else if (strchr(words, '|')) {
		buf_puts(out, "<choice>");
		put_each(out, words, "<value>", "</value>");
		buf_puts(out, "</choice>");
	} else if (row->kind == IS_OWN && strchr(words, ',')) {
		buf_puts(out, "<data type=\"token\"><param name=\"pattern\">((");
		put_each(out, words, "", "|");
		out->len--;
		buf_puts(out, "),?)+</param></data>");
	} else {
		buf_puts(out, "<data type=\"token\"><param name=\"minLength\">1</param></data>");
	}
}

void grammar_project(struct buf *out)
{
	put_head(out, PROJECT_NAMESPACE, "The grammar of lettermerge.xml.");
	buf_puts(out, "  <start>\n    <element name=\"project\">\n      ");
	put_words(out,
		"What holds of all letters of a folder, unless the environment or the "
		"command line says otherwise.");
	buf_puts(out, "\n      <interleave>\n");
	for (int i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		const char *often = row->many ? "zeroOrMore" : "optional";
		if (row->weakest != SAID_IN_PROJECT)
			continue;
		buf_format(out, "      <%s><element name=\"%s\">", often, row->name);
		put_words(out, row->help);
		put_value(out, row);
		buf_format(out, "</element></%s>\n", often);
	}
	buf_puts(out, "      </interleave>\n    </element>\n  </start>\n");
	put_tail(out);
}
