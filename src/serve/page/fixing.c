/* fixing.c - the forms by which a fact is confirmed or edited where it is read, or put back, and a
 * place opened in an editor. They work without a script; with one, what was typed outlives news. */
#include "page/page_int.h"

#include <stdio.h>

static bool can_fix(const struct desk *desk, const struct made *made)
{
	return !desk->options->look_only && made->stamp;
}

static void write_hidden(const char *name, const char *value, struct buf *out)
{
	buf_format(out, "<input type=\"hidden\" name=\"%s\" value=\"%s\">", name, value);
}

/* To the desk's address of that name and letter. */
static void begin_form(const char *action, const struct made *made, struct buf *out)
{
	buf_format(out, "<form class=\"fix\" method=\"post\" action=\"%s/", action);
	page_text(out, str_of(made->id));
	buf_puts(out, "\">");
}

static void write_number(const char *name, int number, struct buf *out)
{
	char text[12];
	snprintf(text, sizeof text, "%d", number);
	write_hidden(name, text, out);
}

/* Which fact of which record: what a save has changed meanwhile is not written over. */
static void write_aim(const struct made *made, int number, struct buf *out)
{
	char text[24];
	snprintf(text, sizeof text, "%llx", (unsigned long long)made->stamp);
	write_hidden("v", text, out);
	write_number("fact", number, out);
}

void page_write_open(
	const struct desk *desk, const struct made *made, const struct spot *spot, struct buf *out)
{
	if (!desk->options->editor || desk->options->look_only)
		return;
	begin_form("open", made, out);
	write_number(spot->finding ? "finding" : "fact", spot->number, out);
	buf_puts(out, "<button>Open in the editor</button></form>");
}

static void begin_fold(const char *what, int number, const char *name, struct buf *out)
{
	buf_format(out,
		"<details class=\"fixing\" data-fix=\"%s-%d\"><summary data-set=\"%s-%d\">"
		"%s</summary>\n",
		what, number, what, number, name);
}

static void begin_label(const char *words, const struct job_fact *fact, struct buf *out)
{
	buf_format(out, "<label>%s", words);
	page_field(out, fact->name, fact->label);
}

/* How many rows of a field show its words, as far as that can be guessed. */
static int count_rows(struct str words)
{
	enum { CHARACTERS = 36, MOST = 10 };
	int rows = 1 + words.len / CHARACTERS;
	for (int i = 0; i < words.len; i++)
		rows += words.at[i] == '\n';
	return rows < MOST ? rows : MOST;
}

/* Whether the words are seen as they are: none of their characters acts where it is shown. */
static bool shows_all(struct str words)
{
	struct buf shown = {0};
	buf_shown_lines(&shown, words);
	bool same = str_eq(buf_text(&shown), words);
	buf_free(&shown);
	return same;
}

/* Where a link among the words leads, by a form of its own. */
static void write_link(const struct made *made, int number, int link, struct buf *out)
{
	const struct job_fact *fact = &made->facts.at[number];
	begin_form("edit", made, out);
	write_aim(made, number, out);
	write_number("link", link + 1, out);
	buf_puts(out, "<label>Where ");
	if (fact->links.len > 1)
		buf_format(out, "link %d of ", link + 1);
	else
		buf_puts(out, "the link in ");
	page_field(out, fact->name, fact->label);
	buf_puts(out, " leads<input name=\"words\" required value=\"");
	page_text(out, fact->links.at[link]);
	buf_puts(out, "\"></label>\n<button>Save the address</button></form>");
}

/* The words as they are, and not as they are shown elsewhere: they come back. So those that nobody
 * can see are not offered. */
void page_write_edit(const struct desk *desk, const struct made *made, int number, struct buf *out)
{
	const struct job_fact *fact = &made->facts.at[number];
	if (!can_fix(desk, made) || fact->stands != STANDS_IN_RECORD)
		return;
	begin_fold("edit", number, "Edit", out);
	if (!shows_all(fact->words)) {
		buf_puts(out,
			"<p>It holds characters that cannot be seen here: edit it in its "
			"file.</p></details>");
		return;
	}
	begin_form("edit", made, out);
	write_aim(made, number, out);
	begin_label(fact->lines ? "The lines of " : "The words of ", fact, out);
	buf_format(out, "<textarea name=\"words\" rows=\"%d\" spellcheck=\"true\">\n",
		count_rows(fact->words) + fact->lines);
	buf_xml(out, fact->words);
	buf_puts(out, "</textarea></label>\n");
	if (fact->marked)
		buf_puts(out,
			"<p>Its emphasis, notes and links stay where they are. Which words they "
			"take in is changed in the file.</p>\n");
	if (fact->about && (fact->standing || fact->about->evidence_count))
		buf_puts(out,
			"<p>What the record says of its source stays: confirm the fact anew "
			"when that does not fit any more.</p>\n");
	buf_puts(out, "<button>Save into the record</button></form>");
	for (int i = 0; i < fact->links.len; i++)
		write_link(made, number, i, out);
	buf_puts(out, "</details>");
}

void page_write_confirm(
	const struct desk *desk, const struct made *made, int number, struct buf *out)
{
	const struct job_fact *fact = &made->facts.at[number];
	if (!can_fix(desk, made) || fact->stands != STANDS_IN_RECORD)
		return;
	begin_fold("confirm", number, "Confirm", out);
	begin_form("confirm", made, out);
	write_aim(made, number, out);
	begin_label("Where you have seen ", fact, out);
	buf_puts(out,
		": an address of the web, or words<input name=\"source\" required></label>\n"
		"<label>The source’s own date, or when you read it, like 2020-10-13"
		"<input name=\"date\" required autocomplete=\"off\"></label>\n"
		"<label>Its words, if you like<input name=\"quote\"></label>\n"
		"<button>I have seen it</button></form></details>");
}

void page_write_undo(struct desk *desk, const struct made *made, struct buf *out)
{
	const struct last_fix last = fix_last(desk, str_of(made->id));
	if (!last.number || desk->options->look_only)
		return;
	begin_form("undo", made, out);
	write_number("step", last.number, out);
	buf_puts(out, "<p>Changed here: <b>");
	page_field(out, last.name, last.label);
	buf_puts(out, "</b></p><button data-set=\"undo\">Undo</button></form>\n");
}
