/* letters.c - the table of letters: what became of each, its hash, and who has approved it.
 *
 * A table a few hundred letters, under a heading that says which: so who hears the page goes from
 * piece to piece, and a browser lays out the pieces in sight alone. */
#include "report/report_int.h"

enum { PIECE = 500 };

const char *const report_fates[REPORT_FATES] = {
	[REPORT_MADE] = "made",
	[REPORT_UNCHANGED] = "unchanged",
	[REPORT_REJECTED] = "rejected",
	[REPORT_HELD] = "held",
	[REPORT_GONE] = "gone, its letter was kept",
	[REPORT_REMOVED] = "gone, its letter was removed",
};

static const char *const fate_classes[REPORT_FATES] = {
	[REPORT_MADE] = "made",
	[REPORT_UNCHANGED] = "unchanged",
	[REPORT_REJECTED] = "rejected",
	[REPORT_HELD] = "held",
	[REPORT_GONE] = "gone",
	[REPORT_REMOVED] = "gone",
};

void report_text(struct buf *out, struct str text)
{
	struct buf shown = {0};
	buf_shown(&shown, text);
	buf_xml(out, buf_text(&shown));
	buf_free(&shown);
}

/* What an earlier version noted says nothing of that. */
const char *const report_knowledge[KNOWN_COUNT] = {
	[KNOWN_NOT] = "",
	[KNOWN_SAID] = ", as was said",
	[KNOWN_ACCOUNT] = ", user account",
	[KNOWN_LINK] = ", own link",
	[KNOWN_SIGNED] = ", signed",
};

static void write_said(const struct said *said, struct buf *out)
{
	if (said->against)
		buf_format(out, "<span class=\"against\">%s by</span> ",
			said->kind == REMARK_REJECTED ? "rejected" : "commented");
	buf_puts(out, "<b>");
	report_text(out, said->actor.name);
	buf_puts(out, "</b>, ");
	buf_moment_told(out, said->actor.at);
	buf_puts(out, report_knowledge[said->actor.known]);
	buf_puts(out, said->older ? "; void: an earlier version noted it" : "");
	if (said->against) {
		buf_puts(out, ": ");
		report_text(out, said->text);
		buf_puts(out,
			said->answered ? "; its answer has no signature that can be believed" : "");
	}
}

static void write_fate(const struct report_letter *letter, struct buf *out)
{
	buf_format(
		out, "<td class=\"%s\">%s", fate_classes[letter->fate], report_fates[letter->fate]);
	if (letter->lacks)
		buf_puts(out, ", below the level");
	if (letter->edition.len) {
		buf_puts(out, ", edition ");
		report_text(out, letter->edition);
	}
	buf_puts(out, "</td>");
}

static void write_line(const struct line *line, bool hashes, struct buf *out)
{
	const struct report_letter *letter = &line->letter;
	buf_puts(out, "<tr><th scope=\"row\">");
	report_text(out, letter->id);
	buf_puts(out, "</th>");
	write_fate(letter, out);
	buf_puts(out, "<td class=\"number\">");
	if (letter->pages)
		buf_number(out, letter->pages);
	buf_puts(out, "</td><td class=\"who\">");
	for (int i = 0; i < line->said.len; i++) {
		buf_puts(out, i ? "<br>" : "");
		write_said(&line->said.at[i], out);
	}
	buf_puts(out, "</td>");
	if (hashes)
		buf_format(out, "<td><code>%.*s</code></td>", str_arg(letter->sha256));
	buf_puts(out, "</tr>\n");
}

static void write_piece(const struct report *report, int from, bool hashes, struct buf *out)
{
	int to = from + PIECE < report->lines.len ? from + PIECE : report->lines.len;
	const struct line *lines = report->lines.at;
	buf_puts(out, "<section class=\"piece\">\n");
	if (report->lines.len > PIECE) {
		buf_format(out, "<h3>%d to %d: ", from + 1, to);
		report_text(out, lines[from].letter.id);
		buf_puts(out, " to ");
		report_text(out, lines[to - 1].letter.id);
		buf_puts(out, "</h3>\n");
	}
	buf_format(out,
		"<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Letters %d to "
		"%d\"><table class=\"letters\">\n<thead><tr><th scope=\"col\">Letter</th>"
		"<th scope=\"col\">What became of it</th><th scope=\"col\" "
		"class=\"number\">Pages</th>"
		"<th scope=\"col\">Who has approved it</th>%s</tr></thead>\n<tbody>\n",
		from + 1, to, hashes ? "<th scope=\"col\">SHA-256 of its file</th>" : "");
	for (int i = from; i < to; i++)
		write_line(&lines[i], hashes, out);
	buf_puts(out, "</tbody></table></div></section>\n");
}

static void write_notes(const struct report *report, const struct report_run *run, struct buf *out)
{
	buf_puts(out,
		"<p>In the order of the records. Approvals are those that lettermerge approve "
		"lists");
	if (run->approvals)
		buf_format(out,
			"; of each letter that this run made, %d stood, bound to what it shows",
			run->approvals);
	else
		buf_puts(out,
			"; this run did not ask for any, and did not compare them with what the "
			"letters show");
	buf_puts(out, ".</p>\n");
	if (!run->signer.len)
		buf_puts(out, "<p>Nobody signed, so no hashes are kept.</p>\n");
	if (report->trouble.len) {
		buf_puts(out, "<p class=\"bad\">Approvals could not be read: ");
		report_text(out, report->trouble);
		buf_puts(out, "</p>\n");
	}
	if (report->left_out)
		buf_format(out,
			"<p class=\"bad\">%d letters are listed, and %d more are not: "
			"manifest.json "
			"lists all when somebody signs.</p>\n",
			report->lines.len, report->left_out);
}

void report_write_letters(
	const struct report *report, const struct report_run *run, struct buf *out)
{
	buf_puts(out, "<h2 id=\"letters\">Letters</h2>\n");
	if (!report->lines.len) {
		buf_puts(out, "<p>No record was taken.</p>\n");
		return;
	}
	write_notes(report, run, out);
	for (int from = 0; from < report->lines.len; from += PIECE)
		write_piece(report, from, run->signer.len > 0, out);
}
