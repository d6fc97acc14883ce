/* report.c - what a run tells while it goes on, kept for its page. */
#include "report/report_int.h"

#include <stdlib.h>

enum { GENERAL_MOST = 50, WHY_MOST = 20 };

struct report *report_new(void)
{
	struct report *report = heap_new(sizeof *report);
	*report = (struct report){.arena = arena_new()};
	return report;
}

void report_free(struct report *report)
{
	if (!report)
		return;
	map_free(&report->by_id);
	arena_free(report->arena);
	free(report);
}

static struct told told_of(struct arena *arena, const struct diag *diag)
{
	struct buf place = {0};
	if (diag->at.file)
		place_write(diag->at, &place);
	struct told told = {str_copy(arena, str_of(diag->text)), str_copy(arena, buf_text(&place)),
		str_copy(arena, str_of(diag->hint ? diag->hint : ""))};
	buf_free(&place);
	return told;
}

/* Errors alone: what is a warning did not keep the letter from being made. */
static void keep_findings(struct report *report, struct line *line, const struct diags *findings)
{
	for (int i = 0; i < diags_len(findings) && line->told.len < WHY_MOST; i++)
		if (diag_severity(diags_at(findings, i)->id) >= SEVERITY_ERROR)
			*vec_push(report->arena, &line->told) = told_of(
				report->arena, diags_at(findings, i));
}

static void keep_why(struct report *report, struct line *line, const struct report_letter *letter)
{
	if (report->told_of == REPORT_TOLD)
		return;
	report->told_of++;
	if (letter->findings)
		keep_findings(report, line, letter->findings);
	for (int i = 0; i < letter->why_count && line->told.len < WHY_MOST; i++)
		*vec_push(report->arena, &line->told) = (struct told){
			.text = str_copy(report->arena, letter->why[i])};
}

static struct line *add_line(struct report *report, const struct report_letter *letter)
{
	struct line *line = vec_push(report->arena, &report->lines);
	line->letter = *letter;
	line->letter.id = str_copy(report->arena, letter->id);
	line->letter.sha256 = str_copy(report->arena, letter->sha256);
	line->letter.edition = str_copy(report->arena, letter->edition);
	line->letter.why = NULL;
	line->letter.findings = NULL;
	return line;
}

void report_add(struct report *report, const struct report_letter *letter)
{
	bool aside = letter->fate == REPORT_REJECTED || letter->fate == REPORT_HELD;
	report->aside += aside;
	report->pages += letter->pages;
	if (report->lines.len == REPORT_LETTERS) {
		report->left_out++;
		return;
	}
	struct line *line = add_line(report, letter);
	if (aside)
		keep_why(report, line, letter);
}

void report_add_general(struct report *report, const struct diag *diag)
{
	if (diag_severity(diag->id) >= SEVERITY_ERROR && report->general.len < GENERAL_MOST)
		*vec_push(report->arena, &report->general) = told_of(report->arena, diag);
}
