/* turns.c - which comparisons of the template no record meets: a word that is written otherwise in
 * all of them, most likely. */
#include "job/batch_int.h"

#include "base/diag_id.h"
#include "letter/letter.h"
#include "template/template.h"

void turns_open(struct batch *batch)
{
	const struct job_selection *of = &batch->task->request->selection;
	if (batch->task->kind != TASK_CHECK || of->only || of->where_count || of->limit)
		return;
	batch->turns = arena_alloc(
		batch->project.arena, (size_t)batch->project.template->node_count);
}

void turns_add(struct batch *batch, const struct outcome *outcome)
{
	for (int i = 0; outcome->turns && i < batch->project.template->node_count; i++)
		batch->turns[i] |= outcome->turns[i];
}

static void put_asked(struct buf *out, const char *name, struct str asked)
{
	buf_format(out, " %s=", name);
	buf_quoted(out, asked);
}

static void report(const struct node *condition, struct diags *diags)
{
	struct buf words = {0};
	for (int i = 0; i < COMPARISON_COUNT; i++) {
		const char *name = comparison_name((enum comparison)i);
		struct str asked = node_attribute(condition, name);
		if (asked.at)
			put_asked(&words, name, asked);
	}
	diag_add(diags, COMPARISON_NEVER, condition->at, tag_element(condition->tag),
		diag_str(diags, node_attribute(condition, "field")),
		diag_str(diags, buf_text(&words)));
	buf_free(&words);
}

/* A record without a letter might have met it. */
void turns_close(struct batch *batch, struct diags *diags)
{
	const struct node *root = batch->turns ? batch->project.template->root : NULL;
	bool whole = batch->result.records > 0 && !batch->result.failed && !batch->stop;
	for (const struct node *node = root; node && whole; node = node_following(node, root)) {
		bool asks = (node->tag == TAG_IF || node->tag == TAG_WHEN) &&
			condition_compares(node);
		if (asks && !(batch->turns[node->id] & 1 << TURN_TAKEN))
			report(node, diags);
	}
}
