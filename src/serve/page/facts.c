/* facts.c - the facts that a letter was merged from: which of them nobody has seen yet, how far
 * each is known, and where it was found. Only an address of the web is a link. */
#include "page/page_int.h"

static void write_words(const char *before, struct str words, const char *after, struct buf *out)
{
	if (!words.len)
		return;
	buf_puts(out, before);
	page_text(out, words);
	buf_puts(out, after);
}

/* Line by line, as the style sheet keeps them. */
static void write_value(const struct job_fact *fact, struct buf *out)
{
	struct str rest = fact->words, line;
	for (int i = 0; str_split(&rest, '\n', &line); i++) {
		buf_puts(out, i ? "\n" : "");
		page_text(out, line);
	}
}

/* A field as people call it, and small the name by which it is found. */
void page_field(struct buf *out, struct str name, struct str label)
{
	bool both = label.len && !str_eq(label, name);
	page_text(out, both ? label : name);
	if (both)
		write_words(" <code class=\"name\">", name, "</code>", out);
}

static bool is_web(struct str href)
{
	return str_starts(href, "https://") || str_starts(href, "http://");
}

/* Whether a title says the year already. */
static bool names_year(struct str title, struct str date)
{
	enum { YEAR = 4 };
	char year[YEAR + 1] = "";
	if (date.len < YEAR || date.at[0] == '/' || date.at[0] == '.')
		return false;
	memcpy(year, date.at, YEAR);
	return str_find(title, year) >= 0;
}

static void write_source(const struct evidence *evidence, struct buf *out)
{
	struct str words = evidence->words.len ? evidence->words : evidence->href;
	buf_puts(out, "<span class=\"cited\">");
	if (is_web(evidence->href)) {
		buf_puts(out, "<a target=\"_blank\" rel=\"noopener noreferrer\" href=\"");
		page_text(out, evidence->href);
		write_words("\">", words, "</a>", out);
	} else {
		page_text(out, words);
	}
	if (!names_year(words, evidence->date))
		write_words(", ", evidence->date, "", out);
	write_words(" <q>", evidence->quote, "</q>", out);
	write_words(" ", evidence->remark, "", out);
	buf_puts(out, "</span>");
}

static void write_sources(const struct job_fact *fact, struct buf *out)
{
	for (int i = 0; fact->about && i < fact->about->evidence_count; i++)
		write_source(fact->about->evidence[i], out);
}

static struct spot spot_of(const struct made *made, int number)
{
	return (struct spot){.id = str_of(made->id), .number = number};
}

static void write_to_confirm(
	const struct desk *desk, const struct made *made, int number, struct buf *out)
{
	const struct job_fact *fact = &made->facts.at[number];
	const struct spot spot = spot_of(made, number);
	buf_puts(out, "<li><b>");
	page_field(out, fact->name, fact->label);
	buf_puts(out, "</b>");
	buf_format(out, " <small>%s</small> ", standing_name(fact->standing));
	buf_puts(out, "<span class=\"said\">");
	write_value(fact, out);
	buf_puts(out, "</span>");
	write_sources(fact, out);
	page_write_confirm(desk, made, number, out);
	page_write_open(desk, made, &spot, out);
	buf_puts(out, "</li>\n");
}

void page_write_to_confirm(const struct desk *desk, const struct made *made, struct buf *out)
{
	int count = 0;
	for (int i = 0; i < made->facts.len; i++) {
		if (!fact_is_to_confirm(&made->facts.at[i]))
			continue;
		buf_puts(out, count++ ? "" : "<h2>To confirm</h2>\n<ul class=\"confirm\">\n");
		write_to_confirm(desk, made, i, out);
	}
	buf_puts(out, count ? "</ul>\n" : "");
}

/* Why a fact cannot be edited here: where else. */
static const char *const elsewhere[] = {
	[STANDS_IN_RECORD] = "",
	[STANDS_IN_TABLE] = "edit it there",
	[STANDS_IN_TEMPLATE] = "in the template, for all letters that have none of their own",
	[STANDS_NOWHERE] = "computed of other facts: edit those",
};

static void write_fact(
	const struct desk *desk, const struct made *made, int number, struct buf *out)
{
	const struct job_fact *fact = &made->facts.at[number];
	const struct spot spot = spot_of(made, number);
	buf_format(out, "<div id=\"fact-%d\">", number);
	buf_puts(out, "<dt>");
	page_field(out, fact->name, fact->label);
	if (fact->standing)
		buf_format(out, " <small>%s</small>", standing_name(fact->standing));
	if (fact->about)
		write_words(" <small>holds for ", fact->about->valid, "</small>", out);
	buf_puts(out, "</dt><dd>");
	write_value(fact, out);
	page_write_place(fact->at, out);
	write_words("<small>", str_of(elsewhere[fact->stands]), "</small>", out);
	write_sources(fact, out);
	page_write_edit(desk, made, number, out);
	page_write_open(desk, made, &spot, out);
	buf_puts(out, "</dd></div>\n");
}

static int write_some(const struct desk *desk, const struct made *made, bool used, struct buf *out)
{
	int count = 0;
	for (int i = 0; i < made->facts.len; i++)
		if (made->facts.at[i].used == used) {
			buf_puts(out, count++ ? "" : "<dl>\n");
			write_fact(desk, made, i, out);
		}
	buf_puts(out, count ? "</dl>\n" : "");
	return count;
}

/* Those that the letter does not show are folded away. */
void page_write_facts(const struct desk *desk, const struct made *made, struct buf *out)
{
	struct buf unused = {0};
	int count = write_some(desk, made, false, &unused);
	buf_puts(out, made->facts.len ? "<h2>Facts</h2>\n" : "");
	write_some(desk, made, true, out);
	if (count)
		buf_format(out,
			"<details class=\"unused\" data-fix=\"unused\"><summary "
			"data-set=\"unused\">%d "
			"that the letter does not use</summary>\n",
			count);
	buf_str(out, buf_text(&unused));
	buf_puts(out, count ? "</details>\n" : "");
	buf_free(&unused);
}
