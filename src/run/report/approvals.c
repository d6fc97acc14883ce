/* approvals.c - of the letters that are listed: who has approved them, and what stands against
 * them, as lettermerge approve lists both. */
#include "report/report_int.h"

/* Of two lines with one id, which only broken records have, the first is found. */
static void index_lines(struct report *report)
{
	for (int i = 0; i < report->lines.len; i++) {
		uint64_t hash = str_hash(report->lines.at[i].letter.id);
		int64_t other;
		while ((other = map_add(&report->by_id, hash, (uint32_t)i)) >= 0 &&
			!str_eq(report->lines.at[other].letter.id, report->lines.at[i].letter.id))
			hash++;
	}
}

static struct line *find(struct report *report, struct str id)
{
	uint64_t hash = str_hash(id);
	for (int64_t at; (at = map_find(&report->by_id, hash)) >= 0; hash++)
		if (str_eq(report->lines.at[at].letter.id, id))
			return &report->lines.at[at];
	return NULL;
}

static void add(struct report *report, struct str id, const struct said *said)
{
	struct line *line = find(report, id);
	if (!line)
		return;
	struct said *kept = vec_push(report->arena, &line->said);
	*kept = *said;
	kept->actor.name = str_copy(report->arena, said->actor.name);
	kept->text = str_copy(report->arena, said->text);
}

static void add_approval(void *user, const struct approval *approval)
{
	const struct said said = {
		.actor = {.name = approval->by, .known = approval->known, .at = approval->at},
		.older = approval->older};
	add(user, approval->id, &said);
}

static void add_remark(void *user, struct str id, const struct remark *remark)
{
	const struct said said = {.actor = remark->actor,
		.against = true,
		.answered = remark->answered,
		.kind = remark->kind,
		.text = remark->text};
	add(user, id, &said);
}

void report_read_approvals(struct report *report, const struct report_run *run)
{
	const struct approval_query approvals = {.one = add_approval, .user = report};
	const struct remark_query remarks = {
		.one = add_remark, .user = report, .believed = run->believed, .now = run->ended};
	struct diags *diags = diags_new();
	index_lines(report);
	if (!approvals_each(run->out, &approvals, diags) ||
		!remarks_each(run->out, &remarks, diags))
		report->trouble = diags_len(diags)
			? str_copy(report->arena, str_of(diags_at(diags, 0)->text))
			: str_lit("they could not be read");
	diags_free(diags);
}
