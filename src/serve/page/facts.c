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
	buf_puts(out, "</span>\n");
}

static void write_sources(const struct job_fact *fact, struct buf *out)
{
	for (int i = 0; fact->about && i < fact->about->evidence_count; i++)
		write_source(fact->about->evidence[i], out);
}

static void write_to_confirm(const struct job_fact *fact, struct buf *out)
{
	write_words("<li><b>", fact->name, "</b>", out);
	buf_format(out, " <small>%s</small> ", standing_name(fact->standing));
	write_words("<span class=\"said\">", fact->text, "</span>", out);
	write_sources(fact, out);
	buf_puts(out, "</li>\n");
}

void page_write_to_confirm(const struct made *made, struct buf *out)
{
	int count = 0;
	for (int i = 0; i < made->facts.len; i++) {
		if (!fact_is_to_confirm(&made->facts.at[i]))
			continue;
		buf_puts(out, count++ ? "" : "<h2>To confirm</h2>\n<ul class=\"confirm\">\n");
		write_to_confirm(&made->facts.at[i], out);
	}
	buf_puts(out, count ? "</ul>\n" : "");
}

static void write_fact(const struct job_fact *fact, struct buf *out)
{
	write_words("<div><dt>", fact->name, "", out);
	buf_puts(out, fact->used ? "" : " <small>not used</small>");
	if (fact->standing)
		buf_format(out, " <small>%s</small>", standing_name(fact->standing));
	if (fact->about)
		write_words(" <small>holds for ", fact->about->valid, "</small>", out);
	buf_puts(out, "</dt><dd>");
	page_text(out, fact->text);
	page_write_place(fact->at, out);
	write_sources(fact, out);
	buf_puts(out, "</dd></div>\n");
}

void page_write_facts(const struct made *made, struct buf *out)
{
	if (!made->facts.len)
		return;
	buf_puts(out, "<h2>Facts</h2>\n<dl>\n");
	for (int i = 0; i < made->facts.len; i++)
		write_fact(&made->facts.at[i], out);
	buf_puts(out, "</dl>\n");
}
