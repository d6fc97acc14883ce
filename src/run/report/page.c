/* page.c - the page: what came of the run, the run itself, what was found, whom to see to, and all
 * letters. What it is set in goes with it, so it looks the same wherever it is kept. */
#include "report/report_int.h"

#include "base/diag_id.h"

#include <report_style.h>

static void put_count(struct buf *out, int count, const char *what)
{
	buf_format(out, "%d %s%s", count, what, count == 1 ? "" : "s");
}

static void write_head(const struct report_run *run, struct buf *out)
{
	buf_puts(out,
		"<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		"style-src 'unsafe-inline'\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\">\n<title>Run report: ");
	report_text(out, run->template);
	buf_puts(out, "</title>\n<style>\n");
	buf_put(out, asset_style, sizeof asset_style);
	buf_puts(out, "</style></head>\n<body><main>\n");
}

/* -- what came of it --------------------------------------------------------------------------- */

/* Of run.json's states. */
static const char *meaning_of(const char *state)
{
	static const char *const states[][2] = {
		{"finished", "All records were taken."},
		{"interrupted",
			"It was broken off: the records that were not taken yet stand nowhere "
			"here. Run lettermerge batch again, it goes on."},
		{"failed",
			"What ended it stands below. Records that were not taken yet stand nowhere "
			"here, and what is said of letters may not all be on the disk. Mend it, "
			"then "
			"run lettermerge batch again, it goes on."},
	};
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(state, states[i][0]) == 0)
			return states[i][1];
	return "";
}

static void write_state(const struct report_run *run, struct buf *out)
{
	bool good = strcmp(run->state, "finished") == 0;
	buf_puts(out, "<header>\n<h1>Run report</h1>\n<p class=\"of\">");
	report_text(out, run->template);
	buf_puts(out, "</p>\n");
	buf_format(out, "<p class=\"state %s\"><strong>%s.</strong> %s", good ? "good" : "bad",
		run->state, meaning_of(run->state));
	if (good && run->chosen)
		buf_puts(out, " These were chosen; what became of others stands nowhere here.");
	buf_puts(out, "</p>\n</header>\n");
}

static void write_count(int count, const char *name, const char *meaning, struct buf *out)
{
	buf_format(out,
		"<tr><th scope=\"row\">%s</th><td class=\"number\">%d</td><td>%s</td></tr>\n", name,
		count, meaning);
}

static void write_counts(const struct report_run *run, struct buf *out)
{
	buf_puts(out,
		"<h2>What became of it</h2>\n<table class=\"counts\">\n<thead><tr>"
		"<th scope=\"col\">Records</th><th scope=\"col\" class=\"number\">How many</th>"
		"<th scope=\"col\">What that is</th></tr></thead>\n<tbody>\n");
	write_count(run->made, "Made", "a letter was written", out);
	write_count(run->unchanged, "Unchanged", "the letter that was there is right", out);
	write_count(run->rejected, "Rejected", "an error keeps the letter from being made", out);
	write_count(
		run->held, "Held", "not approved, or somebody has said something against it", out);
	buf_puts(out, "</tbody>\n<tbody>\n");
	write_count(run->records, "In", "records that were taken: all of the above", out);
	buf_puts(out, "</tbody>\n<tbody>\n");
	write_count(
		run->gone, "Gone, kept", "letters without a record; remove them with --prune", out);
	write_count(run->removed, "Gone, removed", "letters without a record", out);
	write_count(run->unconfirmed, "To confirm",
		"records with facts that nobody has seen: lettermerge check --unconfirmed", out);
	buf_puts(out, "</tbody></table>\n");
}

/* -- the run ----------------------------------------------------------------------------------- */

static void begin_fact(const char *name, struct buf *out)
{
	buf_format(out, "<div><dt>%s</dt><dd>", name);
}

static void write_fact(const char *name, struct str text, struct buf *out)
{
	begin_fact(name, out);
	report_text(out, text);
	buf_puts(out, "</dd></div>\n");
}

static void write_time(const char *name, int64_t seconds, struct buf *out)
{
	begin_fact(name, out);
	if (seconds)
		buf_moment_told(out, seconds);
	buf_puts(out, seconds ? "</dd></div>\n" : "it never began</dd></div>\n");
}

static void write_signing(const struct report_run *run, struct buf *out)
{
	if (!run->signer.len) {
		write_fact("Signed by", str_lit("nobody"), out);
		return;
	}
	write_fact("Signed by", run->signer, out);
	write_time("Certificate ends", run->until, out);
	write_fact("Level", str_of(run->level ? run->level : "B-B, without time stamps"), out);
}

static void write_run(const struct report *report, const struct report_run *run, struct buf *out)
{
	buf_puts(out, "<h2>The run</h2>\n<dl>\n");
	write_time("Started", run->began, out);
	write_time("Ended", run->ended, out);
	write_fact("Letters in", str_of(run->archive ? run->archive : run->out), out);
	if (run->shard.count) {
		begin_fact("Part", out);
		buf_format(out, "%d of %d</dd></div>\n", run->shard.number, run->shard.count);
	}
	write_signing(run, out);
	begin_fact("Approvals asked for", out);
	if (run->approvals)
		buf_format(out, "%d a letter%s", run->approvals,
			run->believed ? ", signed; others did not count" : "");
	else
		buf_puts(out, "none");
	buf_puts(out, "</dd></div>\n");
	begin_fact("Pages", out);
	buf_format(out, "%lld, of all letters below</dd></div>\n", (long long)report->pages);
	begin_fact("Made by", out);
	buf_puts(out, "lettermerge ");
	report_text(out, str_of(run->program));
	buf_puts(out, "</dd></div>\n</dl>\n");
}

/* -- what was found ---------------------------------------------------------------------------- */

static void write_told(const struct told *told, struct buf *out)
{
	report_text(out, told->text);
	if (told->place.len) {
		buf_puts(out, " <code>");
		report_text(out, told->place);
		buf_puts(out, "</code>");
	}
	if (told->hint.len) {
		buf_puts(out, "<br><span class=\"hint\">→ ");
		report_text(out, told->hint);
		buf_puts(out, "</span>");
	}
}

static void write_general(const struct report *report, struct buf *out)
{
	if (!report->general.len)
		return;
	buf_puts(out, "<h2>Errors that are no letter’s</h2>\n<ul>\n");
	for (int i = 0; i < report->general.len; i++) {
		buf_puts(out, "<li>");
		write_told(&report->general.at[i], out);
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ul>\n");
}

static void write_pattern(void (*pattern)(int id, struct buf *out), int id, struct buf *out)
{
	struct buf words = {0};
	pattern(id, &words);
	report_text(out, buf_text(&words));
	buf_free(&words);
}

static void write_kind(int id, int count, struct buf *out)
{
	const char *severity = severity_name(diag_severity(id));
	buf_format(out,
		"<tr><th scope=\"row\"><code>%s</code></th><td class=\"%s\">%s</td>"
		"<td class=\"number\">%d</td><td>",
		diag_code(id), severity, severity, count);
	write_pattern(diag_write_meaning, id, out);
	buf_puts(out, "<br><span class=\"hint\">→ ");
	size_t before = out->len;
	write_pattern(diag_write_advice, id, out);
	buf_puts(out, out->len == before ? "each says what to do" : "");
	buf_puts(out, "</span></td></tr>\n");
}

static void write_kinds(const struct report_run *run, struct buf *out)
{
	buf_puts(out, "<h2>Findings by kind</h2>\n");
	int kinds = 0;
	for (int id = 0; run->kinds && id < DIAG_COUNT; id++) {
		if (!run->kinds[id])
			continue;
		if (!kinds++)
			buf_puts(out,
				"<div class=\"wide\" role=\"region\" tabindex=\"0\" "
				"aria-label=\"Findings by "
				"kind\"><table>\n<thead><tr><th scope=\"col\">Kind</th>"
				"<th scope=\"col\">What</th><th scope=\"col\" class=\"number\">How "
				"many"
				"</th><th scope=\"col\">What it says, and what to "
				"do</th></tr></thead>"
				"\n<tbody>\n");
		write_kind(id, run->kinds[id], out);
	}
	buf_puts(out, kinds ? "</tbody></table></div>\n" : "<p>No errors and no warnings.</p>\n");
}

static void write_aside(const struct line *line, struct buf *out)
{
	buf_puts(out, "<tr><th scope=\"row\">");
	report_text(out, line->letter.id);
	buf_format(out, "</th><td>%s</td><td>", report_fates[line->letter.fate]);
	for (int i = 0; i < line->told.len; i++) {
		buf_puts(out, i ? "<br>" : "");
		write_told(&line->told.at[i], out);
	}
	buf_puts(out, "</td></tr>\n");
}

static void write_asides(const struct report *report, struct buf *out)
{
	if (!report->aside)
		return;
	buf_puts(out,
		"<h2>Letters that were not made</h2>\n<div class=\"wide\" role=\"region\" "
		"tabindex=\"0\" aria-label=\"Letters that were not made\"><table>\n<thead><tr>"
		"<th scope=\"col\">Letter</th><th scope=\"col\">What became of it</th>"
		"<th scope=\"col\">Why, and what to do</th></tr></thead>\n<tbody>\n");
	for (int i = 0; i < report->lines.len; i++)
		if (report->lines.at[i].told.len)
			write_aside(&report->lines.at[i], out);
	buf_puts(out, "</tbody></table></div>\n");
	if (report->told_of < report->aside) {
		buf_puts(out, "<p class=\"bad\">");
		put_count(out, report->aside - report->told_of, "letter");
		buf_puts(out, " more: see failed.json and lettermerge status.</p>\n");
	}
}

static void write_end(struct buf *out)
{
	buf_puts(out,
		"<footer><p>A view of run.json, as it was when the run ended. It holds names: keep "
		"it as "
		"you keep the letters. It is no proof; the signed list, manifest.json, is, and "
		"lettermerge verify --manifest holds the letters against it.</p></footer>\n"
		"</main></body>\n</html>\n");
}

void report_write(struct report *report, const struct report_run *run, struct buf *out)
{
	report_read_approvals(report, run);
	write_head(run, out);
	write_state(run, out);
	write_counts(run, out);
	write_general(report, out);
	write_asides(report, out);
	write_run(report, run, out);
	write_kinds(run, out);
	report_write_letters(report, run, out);
	write_end(out);
}
