/* summary.c - run.json, what became of a run, for programs: written when it begins and when it
 * ends, whole each time. What is told of the run elsewhere is told from the same struct job_result
 * and the same record. docs/scale.md has the schema. */
#include "job/batch_int.h"

#include "base/beside.h"
#include "base/diag_id.h"
#include "base/output.h"
#include "record/lock.h"
#include "record/names.h"

#include <stddef.h>
#include <stdlib.h>
#include <time.h>

enum { SCHEMA = 1 };

static const struct {
	const char *name;
	size_t at;
} counts[] = {
	{"records", offsetof(struct job_result, records)},
	{"written", offsetof(struct job_result, written)},
	{"same", offsetof(struct job_result, same)},
	{"unchanged", offsetof(struct job_result, unchanged)},
	{"failed", offsetof(struct job_result, failed)},
	{"held", offsetof(struct job_result, held)},
	{"removed", offsetof(struct job_result, removed)},
	{"without_recipient", offsetof(struct job_result, left)},
	{"unconfirmed", offsetof(struct job_result, unconfirmed_records)},
	{"errors", offsetof(struct job_result, errors)},
	{"warnings", offsetof(struct job_result, warnings)},
};

/* -- what is noted on the way ------------------------------------------------------------------ */

static void add_string(struct buf *list, struct str text)
{
	buf_puts(list, list->len ? "," : "");
	json_string(list, text);
}

/* Each code once. */
void summary_add_finding(struct summary *summary, const struct diag *diag)
{
	struct str code = str_of(diag_code(diag->id));
	struct buf quoted = {0};
	add_string(&quoted, code);
	if (str_find(buf_text(&summary->findings), buf_text(&quoted).at) < 0)
		add_string(&summary->findings, code);
	if (summary->report)
		report_add_general(summary->report, diag);
	buf_free(&quoted);
}

void summary_add_lacking(struct summary *summary, struct str id)
{
	add_string(&summary->lacking, id);
}

void summary_count(struct summary *summary, const struct diag *diag)
{
	if (diag_severity(diag->id) < SEVERITY_WARNING)
		return;
	if (!summary->kinds)
		summary->kinds = heap_new(DIAG_COUNT * sizeof *summary->kinds);
	summary->kinds[diag->id]++;
}

void summary_close(struct summary *summary)
{
	free(summary->kinds);
	report_free(summary->report);
	buf_free(&summary->findings);
	buf_free(&summary->lacking);
}

/* -- writing ----------------------------------------------------------------------------------- */

static void put_time(struct buf *out, const char *name, int64_t seconds)
{
	buf_format(out, "\"%s\":%s", name, seconds ? "\"" : "null");
	if (seconds)
		buf_moment(out, seconds);
	buf_puts(out, seconds ? "\",\n" : ",\n");
}

static void put_numbers(struct buf *out, const struct job_result *result)
{
	buf_char(out, '{');
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		const char *at = (const char *)result + counts[i].at;
		buf_format(out, "%s\"%s\":%d", i ? "," : "", counts[i].name, *(const int *)at);
	}
	buf_char(out, '}');
}

static void put_counts(struct buf *out, const struct job_result *result)
{
	buf_puts(out, "\"counts\":");
	put_numbers(out, result);
	buf_puts(out, ",\n");
}

static void put_head(struct buf *out, const char *state, int64_t began, bool ended)
{
	buf_format(out, "{\"schema\":%d,\n\"state\":\"%s\",\n", SCHEMA, state);
	put_time(out, "started", began);
	put_time(out, "ended", ended ? (int64_t)time(NULL) : 0);
}

static void put_versions(struct buf *out, const char *program)
{
	buf_format(out, "\"lettermerge\":\"%s\",\n\"output\":\"%s\",\n", program, OUTPUT_VERSION);
}

/* Who signed: what a report says of it. */
static void put_signer(const struct signing *signing, struct buf *out)
{
	struct arena *arena = arena_new();
	if (signing->identity) {
		struct identity_facts facts = identity_describe(signing->identity, arena);
		buf_puts(out, "\"signer\":{\"name\":");
		json_string(out, facts.name);
		buf_puts(out, ",");
		put_time(out, "until", facts.until);
		out->len -= 2; /* no member follows */
		buf_puts(out, "},\n");
	}
	arena_free(arena);
}

static void put_kinds(const struct summary *summary, struct buf *out)
{
	bool first = true;
	buf_puts(out, "\"kinds\":[");
	for (int id = 0; summary->kinds && id < DIAG_COUNT; id++)
		if (summary->kinds[id]) {
			buf_format(out, "%s\n{\"code\":\"%s\",\"severity\":\"%s\",\"findings\":%d}",
				first ? "" : ",", diag_code(id), severity_name(diag_severity(id)),
				summary->kinds[id]);
			first = false;
		}
	buf_puts(out, "],\n");
}

/* Nothing where no record asks for one. */
static void put_editions(struct record *record, struct buf *out)
{
	struct buf letters = {0};
	if (record_write_editions(record, &letters))
		buf_format(out, "\"editions\":[%s],\n", buf_text(&letters).at);
	buf_free(&letters);
}

static void put_run(struct batch *batch, const char *state, bool ended, struct buf *out)
{
	const struct task *task = batch->task;
	const struct shard shard = task->to->shard;
	put_head(out, state, batch->summary.began, ended);
	if (shard.count)
		buf_format(out, "\"part\":\"%d/%d\",\n", shard.number, shard.count);
	put_versions(out, task->update->program);
	put_counts(out, &batch->result);
	buf_format(out, "\"findings\":[%s],\n", buf_text(&batch->summary.findings).at);
	put_kinds(&batch->summary, out);
	put_signer(&task->request->signing, out);
	if (task->update->approvals)
		buf_format(out, "\"approvals\":%d,\n", task->update->approvals);
	if (task->request->signing.raise)
		buf_format(out, "\"level\":\"%s\",\n\"lacking\":[%s],\n",
			level_name(task->request->signing.level),
			buf_text(&batch->summary.lacking).at);
	if (ended && batch->record)
		put_editions(batch->record, out);
	buf_puts(out, "\"failed\":[");
	if (ended && batch->record)
		record_write_codes(batch->record, false, out);
	buf_puts(out, "]}\n");
}

/* It holds ids: for the owner alone. */
static bool publish(
	const char *out, struct shard shard, const struct buf *text, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct beside file;
	beside_open(&file, names_list(arena, out, shard, "run"),
		names_hidden(arena, out, shard, "run"));
	beside_make_private(&file);
	beside_write(&file, text->at, text->len);
	bool good = beside_end(&file, true);
	if (!good)
		beside_report(&file, diags);
	arena_free(arena);
	return good;
}

const char *summary_state(const struct batch *batch, bool ended)
{
	const struct job_result *result = &batch->result;
	if (!ended)
		return "running";
	if (result->system_failure || batch->summary.findings.len)
		return "failed";
	return result->interrupted ? "interrupted" : "finished";
}

static bool write_run(struct batch *batch, bool ended, struct diags *diags)
{
	struct buf text = {0};
	put_run(batch, summary_state(batch, ended), ended, &text);
	const struct destination *to = batch->task->to;
	bool good = publish(to->out, to->shard, &text, diags);
	buf_free(&text);
	return good;
}

static bool is_wanted(const struct batch *batch)
{
	return batch->task->kind == TASK_UPDATE && batch->task->update->program;
}

bool summary_begin(struct batch *batch, struct diags *diags)
{
	if (!is_wanted(batch))
		return true;
	batch->summary.began = (int64_t)time(NULL);
	return write_run(batch, false, diags);
}

/* A run that did not come as far as its folder, since nothing could be made, says so there all the
 * same, unless another is at work in it. */
static bool take_folder(struct batch *batch)
{
	const struct destination *to = batch->task->to;
	struct diags *unsaid = diags_new();
	bool held = file_exists(to->out) &&
		lock_folder(&batch->lock, to->out, to->shard, true, unsaid);
	diags_free(unsaid);
	batch->summary.began = (int64_t)time(NULL);
	return held;
}

bool summary_end(struct batch *batch, bool opened, struct diags *diags)
{
	if (!is_wanted(batch) || (!batch->summary.began && (opened || !take_folder(batch))))
		return true;
	return write_run(batch, true, diags);
}

/* -- parts ------------------------------------------------------------------------------------- */

void summary_note(struct batch *batch)
{
	struct buf numbers = {0};
	put_numbers(&numbers, &batch->result);
	if (batch->task->to->shard.count)
		record_put_counts(batch->record, buf_text(&numbers));
	buf_free(&numbers);
}

bool summary_join(
	struct record *record, const char *out, int parts, const char *program, struct diags *diags)
{
	struct job_result result = {0};
	struct buf text = {0};
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		char *at = (char *)&result + counts[i].at;
		*(int *)at = record_sum_count(record, parts, counts[i].name);
	}
	put_head(&text, "finished", 0, true);
	buf_format(&text, "\"parts\":%d,\n\"missing\":[", parts);
	struct str rest = record_list(record)->missing, part;
	for (bool first = true; str_split(&rest, ' ', &part) && part.len; first = false)
		buf_format(&text, "%s\"%.*s\"", first ? "" : ",", str_arg(part));
	buf_puts(&text, "],\n");
	put_versions(&text, program);
	put_counts(&text, &result);
	buf_puts(&text, "\"findings\":[],\n");
	put_editions(record, &text);
	buf_puts(&text, "\"failed\":[");
	record_write_codes(record, true, &text);
	buf_puts(&text, "]}\n");
	bool good = publish(out, (struct shard){0}, &text, diags);
	buf_free(&text);
	return good;
}
