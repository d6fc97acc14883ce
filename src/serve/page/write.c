/* write.c - before letters are written, what that is: how many, approved by how many, signed by
 * whom. And while they are, and after that. It needs no script; nothing is written before the form
 * on it is sent. */
#include "page/page_int.h"

enum { NAMED = 10, SOON = 60 /* days */, DAY = 86400 };

void page_write_label(const struct desk *desk, const struct prospect *prospect, struct buf *out)
{
	bool signs = desk->options->request->signing.identity;
	buf_puts(out, signs ? "Write and sign " : "Write ");
	if (prospect->writes)
		buf_format(out, "%d letter%s", prospect->writes, prospect->writes == 1 ? "" : "s");
	else
		buf_puts(out, "letters");
}

/* -- how many ---------------------------------------------------------------------------------- */

static void write_count(const char *name, int count, const char *meaning, struct buf *out)
{
	buf_format(out, "<tr><th scope=\"row\">%s</th><td>%d</td><td>%s", name, count, meaning);
}

static void end_count(struct buf *out)
{
	buf_puts(out, "</td></tr>\n");
}

/* The first few of a kind, as links. */
static void name_letters(
	const struct desk *desk, enum prospect_kind kind, int count, struct buf *out)
{
	const struct listing *listing = desk->listing;
	int named = 0;
	for (int i = 0; i < listing->rows.len && named < NAMED; i++) {
		const struct row *row = &listing->rows.at[i];
		if (prospect_of(desk, row) != kind)
			continue;
		buf_puts(out, named++ ? ", <a href=\"" : ": <a href=\"");
		page_write_link(&(struct view){.id = row->id}, out);
		buf_puts(out, "\">");
		page_text(out, row->id);
		buf_puts(out, "</a>");
	}
	if (count > named)
		buf_format(out, " and %d more", count - named);
}

static void write_held(const struct desk *desk, const struct prospect *prospect, struct buf *out)
{
	int wanted = desk->options->update->approvals;
	if (!wanted)
		return;
	write_count("Held", prospect->held, "not written: ", out);
	if (wanted == 1)
		buf_puts(out, "nobody has approved them");
	else
		buf_format(out, "fewer than %d persons have approved them", wanted);
	buf_puts(out, ", or somebody has said something against them");
	name_letters(desk, PROSPECT_HELD, prospect->held, out);
	end_count(out);
}

static void write_approved(
	const struct desk *desk, const struct prospect *prospect, struct buf *out)
{
	int wanted = desk->options->update->approvals;
	write_count("Approved", prospect->approved, "of these", out);
	if (!wanted)
		buf_puts(out, "; no approvals are asked for");
	end_count(out);
	if (prospect->against) {
		write_count("Said against", prospect->against,
			"of these: rejected, or commented and not answered; written all the same, "
			"since no "
			"approvals are asked for",
			out);
		end_count(out);
	}
}

static void write_counts(const struct desk *desk, const struct prospect *prospect, struct buf *out)
{
	buf_puts(out, "<table>\n<tbody>\n");
	write_count("To be written", prospect->writes,
		"missing from the folder, or other than they are there", out);
	end_count(out);
	write_approved(desk, prospect, out);
	write_count("Not confirmed", prospect->unconfirmed,
		"of these, with facts that nobody has seen", out);
	end_count(out);
	write_held(desk, prospect, out);
	write_count("Errors", prospect->errors, "not written: they cannot be made", out);
	name_letters(desk, PROSPECT_ERROR, prospect->errors, out);
	end_count(out);
	write_count("Unchanged", prospect->unchanged, "left as they are", out);
	end_count(out);
	buf_puts(out, "</tbody></table>\n");
}

/* -- by whom ----------------------------------------------------------------------------------- */

static void write_fact(const char *name, struct str text, struct buf *out)
{
	buf_format(out, "<div><dt>%s</dt><dd>", name);
	page_text(out, text);
	buf_puts(out, "</dd></div>\n");
}

static void write_end(int64_t until, int64_t now, struct buf *out)
{
	int64_t days = (until - now) / DAY;
	buf_puts(out, "<div><dt>Certificate ends</dt><dd>");
	buf_moment_told(out, until);
	if (until <= now)
		buf_puts(out, ": it has ended");
	else if (days < SOON)
		buf_format(out, ", in %d day%s", (int)days, days == 1 ? "" : "s");
	buf_puts(out, "</dd></div>\n");
}

static void write_signing(const struct signing *signing, int64_t now, struct buf *out)
{
	struct arena *arena = arena_new();
	if (signing->identity) {
		struct identity_facts facts = identity_describe(signing->identity, arena);
		write_fact("Signed by", facts.name, out);
		write_end(facts.until, now, out);
		write_fact("Level",
			signing->raise ? str_of(level_name(signing->level))
				       : str_lit("B-B, without time stamps"),
			out);
	} else
		write_fact("Signed by", str_lit("nobody"), out);
	arena_free(arena);
}

static void write_facts(const struct desk *desk, const struct prospect *prospect, struct buf *out)
{
	buf_puts(out, "<dl>\n");
	write_signing(&desk->options->request->signing, prospect->now, out);
	write_fact("Written to", str_of(desk->options->update->to.out), out);
	buf_puts(out, "</dl>\n");
}

/* -- the summary ------------------------------------------------------------------------------- */

static void write_form(const struct desk *desk, const struct prospect *prospect, struct buf *out)
{
	buf_format(out, "<form method=\"post\" action=\"generate?v=%llx\"><button class=\"%s\">",
		(unsigned long long)prospect->stamp, prospect->good ? "primary" : "");
	page_write_label(desk, prospect, out);
	buf_puts(out, "</button></form>\n");
}

/* Its heading is where a listener begins. */
static void begin(const char *token, struct str title, const char *more, struct buf *out)
{
	page_write_head(&(struct view){.token = token, .id = title}, out);
	buf_format(out,
		"%s</head>\n<body>\n<main class=\"answer summary\"><h1 tabindex=\"-1\" autofocus>",
		more);
	page_text(out, title);
	buf_puts(out, "</h1>\n");
}

static void write_notice(bool moved, const struct prospect *prospect, struct buf *out)
{
	if (moved)
		buf_puts(out,
			"<p class=\"stale\" role=\"alert\">Nothing was written: something changed "
			"since the summary was shown. This is how it is now.</p>\n");
	if (!prospect->known)
		buf_puts(out,
			"<p class=\"stale\">The letters are still being checked, and more may be "
			"found. <a href=\"write\">Look again</a></p>\n");
	else if (!prospect->writes)
		buf_puts(out, "<p>There is nothing to write.</p>\n");
}

void page_write_summary(struct desk *desk, const char *token, bool moved, struct buf *out)
{
	struct prospect prospect;
	struct buf title = {0};
	const char *why = desk_hindrance(desk, false);
	prospect_take(desk, &prospect);
	page_write_label(desk, &prospect, &title);
	begin(token, buf_text(&title), "<script src=\"write.js\" defer></script>", out);
	buf_free(&title);
	if (why[0])
		buf_format(out, "<p class=\"stale\">%s</p>\n", why);
	else
		write_notice(moved, &prospect, out);
	write_counts(desk, &prospect, out);
	write_facts(desk, &prospect, out);
	buf_puts(out, "<div class=\"act\">");
	if (!why[0] && prospect.known && prospect.writes)
		write_form(desk, &prospect, out);
	buf_puts(out, "<a id=\"cancel\" href=\"./\">Cancel</a></div></main></body>\n</html>\n");
}

/* -- the run ----------------------------------------------------------------------------------- */

bool page_write_run(struct desk *desk, const char *token, struct buf *out)
{
	bool runs = desk->order.given || desk->under_way.work == WORK_WRITE;
	if (!runs && desk->last_run.report.len)
		return false;
	begin(token, runs ? str_lit("The letters are being written") : str_lit("No run report"),
		runs ? "<meta http-equiv=\"refresh\" content=\"2\">" : "", out);
	buf_puts(out, "<p role=\"status\">");
	if (runs)
		page_write_status(desk, out);
	else if (desk->last_run.said[0])
		page_text(out, str_of(desk->last_run.said));
	else
		buf_puts(out, "This desk has written no letters since it was started.");
	buf_puts(out, "</p>\n<p><a href=\"./\">Back to the desk</a></p></main></body>\n</html>\n");
	return true;
}

void page_write_report(struct desk *desk, struct buf *out)
{
	static const char main[] = "<main>\n";
	struct str page = buf_text(&desk->last_run.report);
	int at = str_find(page, main);
	int cut = at < 0 ? 0 : at + (int)strlen(main);
	buf_str(out, str_slice(page, 0, cut));
	if (cut)
		buf_puts(out,
			"<p class=\"back\"><a href=\"./\">Back to the desk</a> <a href=\"report\" "
			"download=\"run-report.html\">Keep this page</a></p>\n");
	buf_str(out, str_slice(page, cut, page.len));
}
