/* many.c - what is claimed by approving many letters at once, before the press that does. */
#include "page/page_int.h"

#include <stdio.h>

const char *const page_many_names[MANY_KINDS] = {[MANY_PROOF] = "proof", [MANY_ALL] = "all"};

enum { NAMED = 40 };

/* "19,982 letters" */
static void put_count(int count, const char *what, struct buf *out)
{
	if (count >= 1000)
		buf_format(out, "%d,%03d", count / 1000, count % 1000);
	else
		buf_number(out, count);
	buf_format(out, " %s%s", what, count == 1 ? "" : "s");
}

static void put_claim(const struct many *many, struct str person, struct buf *out)
{
	static const char *const which[MANY_KINDS] = {
		[MANY_PROOF] = ": those of the proof set, which shows all of the template",
		[MANY_ALL] = ": all without errors, warnings and facts that nobody has confirmed, "
			     "which nobody has rejected or commented"};
	buf_puts(out, "<p>As ");
	page_person(out, person);
	buf_puts(out, " you say that ");
	put_count(many->letters.len, "letter", out);
	buf_format(out, " may go out as %s now%s.</p>\n",
		many->letters.len == 1 ? "it is" : "they are", which[many->kind]);
}

/* Those of a set, which is small, by their names. */
static void put_unlooked(const struct many *many, struct buf *out)
{
	int named = 0;
	for (int i = 0; i < many->letters.len && named < NAMED; i++) {
		if (many->letters.at[i].looked)
			continue;
		buf_format(out, "%s<a href=\"letter/", named++ ? ", " : " Not looked at: ");
		page_text(out, many->letters.at[i].id);
		buf_puts(out, "\">");
		page_text(out, many->letters.at[i].id);
		buf_puts(out, "</a>");
	}
	int more = many->letters.len - many->looked - named;
	if (more > 0)
		buf_format(out, " and %d more", more);
	buf_puts(out, named ? "." : "");
}

static void put_looked(const struct many *many, struct buf *out)
{
	bool one = many->letters.len == 1;
	buf_puts(out, "<p>You have ");
	if (!many->looked)
		buf_puts(out,
			one ? "<strong>not looked at it</strong>"
			    : "<strong>looked at none of them</strong>");
	else if (many->looked == many->letters.len)
		buf_puts(out, one ? "looked at it" : "looked at all of them");
	else
		buf_format(out, "looked at %d of them", many->looked);
	buf_format(out, " as %s now, since this desk was started.",
		one || many->looked == 1 ? "it is" : "they are");
	if (many->kind == MANY_ALL && many->proof)
		buf_format(out,
			" Of the proof set, which shows all of the template, you have looked at %d "
			"of %d.",
			many->proof_looked, many->proof);
	if (many->kind != MANY_ALL)
		put_unlooked(many, out);
	buf_puts(out, "</p>\n");
}

static void put_left_out(const struct many *many, struct buf *out)
{
	bool all = many->kind == MANY_ALL;
	const struct {
		int count;
		const char *what;
	} rest[] = {{many->errors, "with errors"},
		{many->against, "that somebody rejected or commented, not answered yet"},
		{all ? many->warnings : 0, "with warnings"},
		{all ? many->unconfirmed : 0, "with facts that nobody has confirmed"}};
	int said = 0;
	for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
		if (!rest[i].count)
			continue;
		buf_puts(out, said++ ? "; " : "<p>Not among them: ");
		put_count(rest[i].count, "letter", out);
		buf_format(out, " %s", rest[i].what);
	}
	buf_puts(out, said ? ".</p>\n" : "");
}

static void put_mine(const struct many *many, struct buf *out)
{
	if (many->mine && many->letters.len)
		buf_format(out,
			"<p>Already approved by you, as %s now: %d. %s not noted again.</p>\n",
			many->mine == 1 ? "it is" : "they are", many->mine,
			many->mine == 1 ? "It is" : "They are");
}

/* Of a set that is approved as it is: what is in it that all others leave out. */
static void put_among(const struct many *many, struct buf *out)
{
	if (many->kind == MANY_ALL || (!many->warnings && !many->unconfirmed))
		return;
	buf_puts(out, "<p>Among them: ");
	if (many->warnings)
		put_count(many->warnings, "letter", out);
	buf_puts(out, many->warnings ? " with warnings" : "");
	buf_puts(out, many->warnings && many->unconfirmed ? "; " : "");
	if (many->unconfirmed)
		put_count(many->unconfirmed, "letter", out);
	buf_puts(out,
		many->unconfirmed ? " with facts that nobody has confirmed.</p>\n" : ".</p>\n");
}

bool page_write_many(struct desk *desk, const struct view *view, struct many *many, struct buf *out)
{
	bool can = many_take(desk, view->me.name, many);
	page_begin_answer(view, out);
	buf_puts(out, "<h1>Approve at once</h1>\n");
	if (!can)
		buf_puts(out,
			"<p>The letters are being read. Come back when they are checked.</p>\n");
	else if (!many->letters.len && many->mine)
		buf_puts(out, "<p>You have approved all of them already, as they are now.</p>\n");
	else if (!many->letters.len)
		buf_puts(out, "<p>There is no such letter.</p>\n");
	else {
		put_claim(many, view->me.name, out);
		put_looked(many, out);
		page_write_signs_or_not(desk, view, out);
	}
	put_left_out(many, out);
	put_mine(many, out);
	put_among(many, out);
	if (can && many->letters.len && desk_counts(desk, view->me.name)) {
		buf_format(out,
			"<form method=\"post\" action=\"approve-many/%s?v=%llx\"><button "
			"data-set=\"approve\">Approve ",
			page_many_names[many->kind], (unsigned long long)many->digest);
		put_count(many->letters.len, "letter", out);
		buf_puts(out, "</button></form>\n");
	}
	page_end_answer(view, can ? "Cancel" : "Back to the desk", out);
	return can;
}

void page_write_many_links(const struct desk *desk, struct str me, struct buf *out)
{
	const struct listing *listing = desk->listing;
	bool proof = false;
	for (int i = 0; i < listing->rows.len; i++)
		proof |= listing->rows.at[i].why.len > 0;
	if (listing->checked && !desk->options->look_only && desk_counts(desk, me))
		buf_format(out,
			"<p class=\"many\">Approve at once:%s <a href=\"many/all\">all without "
			"findings</a></p>\n",
			proof ? " <a href=\"many/proof\">the proof set</a>," : "");
	if (listing->checked && proof)
		buf_puts(out,
			"<p class=\"many\"><a href=\"proof.pdf\">The proof set as one PDF</a>, for "
			"who has only e-mail</p>\n");
}
