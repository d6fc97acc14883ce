/* findings.c - what was found in a letter, where, and what to do; with a way to the fact that it is
 * about. */
#include "page/page_int.h"

/* The fact that a finding stands at, or -1. */
static int fact_at(const struct made *made, struct place at)
{
	for (int i = 0; i < made->facts.len; i++) {
		struct place other = made->facts.at[i].at;
		if (at.file && other.file && at.line == other.line && at.column == other.column &&
			at.row == other.row && strcmp(at.file, other.file) == 0)
			return i;
	}
	return -1;
}

/* A way to the fact that it is about, and into the editor. */
static void write_mending(const struct desk *desk, const struct view *view, const struct made *made,
	int number, struct buf *out)
{
	const struct spot spot = {str_of(made->id), true, number};
	int fact = fact_at(made, diags_at(made->findings, number)->at);
	if (fact >= 0 && made->facts.at[fact].stands == STANDS_IN_RECORD &&
		!desk->options->look_only) {
		buf_puts(out, "<a class=\"mend\" href=\"");
		page_write_link(view, out);
		buf_format(out, "#fact-%d\" data-set=\"mend-%d\" data-fact=\"%d\">Edit it</a>\n",
			fact, number, fact);
	}
	page_write_open(desk, made, &spot, out);
}

static void write_finding(const struct diag *diag, struct buf *out)
{
	const char *severity = severity_name(diag_severity(diag->id));
	buf_format(out, "<li class=\"%s\"><strong>%s</strong> ", severity, severity);
	page_text(out, str_of(diag->text));
	page_write_place(diag->at, out);
	if (diag->hint) {
		buf_puts(out, "<em>");
		page_text(out, str_of(diag->hint));
		buf_puts(out, "</em>");
	}
}

/* What nobody has seen yet stands with its sources below, and is no fault. */
static bool is_shown(const struct diag *diag)
{
	return !job_is_unconfirmed(diag->id);
}

int page_count_findings(const struct made *made)
{
	int count = 0;
	for (int i = 0; i < diags_len(made->findings); i++)
		count += is_shown(diags_at(made->findings, i));
	return count;
}

/* What keeps the letter from being made stands first. */
static void write_severity(const struct desk *desk, const struct view *view,
	const struct made *made, enum severity severity, struct buf *out)
{
	for (int i = 0; i < diags_len(made->findings); i++) {
		const struct diag *diag = diags_at(made->findings, i);
		if (!is_shown(diag) || diag_severity(diag->id) != severity)
			continue;
		write_finding(diag, out);
		write_mending(desk, view, made, i, out);
		buf_puts(out, "</li>\n");
	}
}

void page_write_findings(
	const struct desk *desk, const struct view *view, const struct made *made, struct buf *out)
{
	int count = page_count_findings(made);
	buf_puts(out, "<h2>Findings</h2>\n");
	buf_puts(out,
		count ? "<ul class=\"findings\">\n"
		      : "<p>Nothing was found. That is no proof that nothing is wrong: read "
			"it.</p>\n");
	for (int severity = SEVERITY_SYSTEM; severity >= SEVERITY_NOTE; severity--)
		write_severity(desk, view, made, (enum severity)severity, out);
	buf_puts(out, count ? "</ul>\n" : "");
}

/* Findings that belong to no letter, when there is none to show. */
void page_write_general(const struct listing *listing, struct buf *out)
{
	if (!listing->general.len)
		return;
	buf_puts(out, "<h2>Findings</h2>\n<ul class=\"findings\">\n");
	for (int i = 0; i < listing->general.len; i++) {
		write_finding(&listing->general.at[i], out);
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ul>\n");
}
