/* trial.c - a drawn letter through all stages, all records, and what must hold. */
#include "hold.h"

#include "base/diag_id.h"

#include <stdio.h>

bool trial_find(struct trial *trial, const char *kind, const char *format, ...)
{
	va_list args;
	if (trial->kind[0])
		return false;
	snprintf(trial->kind, sizeof trial->kind, "%s", kind);
	va_start(args, format);
	buf_vformat(&trial->detail, format, args);
	va_end(args);
	return false;
}

struct str trial_bytes(struct trial *trial, const struct twig *root)
{
	struct buf text = {0};
	twig_write(root, &text);
	struct str bytes = str_copy(trial->arena, buf_text(&text));
	buf_free(&text);
	return bytes;
}

const char *trial_path(struct trial *trial, const char *name)
{
	return str_format(trial->arena, "%s/%s", trial->folder, name).at;
}

/* -- refusals --------------------------------------------------------------------------------- */

/* What is valid each for itself and does not fit together: colours, lengths, the paper. */
static const enum diag_id refusals[] = {DIAG_STYLE_CONTRAST, DIAG_STYLE_BACKGROUND,
	DIAG_STYLE_LINKS, DIAG_STYLE_PAGE_NUMBER, DIAG_STYLE_PAGE, DIAG_LINE_WIDE,
	DIAG_ADDRESS_HEIGHT, DIAG_ADDRESS_ASIDE, DIAG_RETURN_ADDRESS, DIAG_FOOTER_LINK,
	DIAG_FOOTER_COLUMNS, DIAG_FIXED_OVERLAP, DIAG_FIXED_BESIDE, DIAG_PICTURE_ROOM,
	DIAG_SLAB_TALL, DIAG_PAGES_MANY};

static bool is_refusal(enum diag_id id)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (refusals[i] == id)
			return true;
	return false;
}

/* After an error: is it one that is meant? */
static void refuse(struct trial *trial, const struct diags *diags)
{
	for (int i = 0; i < diags_len(diags); i++) {
		const struct diag *diag = diags_at(diags, i);
		if (diag_severity(diag->id) < SEVERITY_ERROR)
			continue;
		struct buf said = {0};
		diag_write_text(diag, false, &said);
		if (!is_refusal(diag->id))
			trial_find(trial,
				diag->id == DIAG_CONFORM ? diag->text : diag_code(diag->id),
				"a valid letter is refused: %s", buf_text(&said).at);
		buf_format(&trial->refusals, "%s\n", diag_code(diag->id));
		buf_free(&said);
	}
	trial->refused++;
}

/* -- letters ---------------------------------------------------------------------------------- */

static bool hold(struct trial *trial, struct held *held)
{
	struct story story = story_read(trial->arena, made_text(&held->made->pdf));
	held->story = &story;
	bool good = hold_file(trial, held) && hold_twins(trial, held) && hold_words(trial, held) &&
		hold_source(trial, held) && hold_again(trial, held);
	story_free(&story);
	return good;
}

/* One letter in eight has each of these. */
static struct ways ways_of(const struct drawn *drawn)
{
	int kind = drawn->kind;
	return (struct ways){.watermark = kind % 8 == 1,
		.guides = kind % 8 == 2,
		.seal = kind / 8 % 8 == 1,
		.sources = kind / 64 % 8 == 1,
		.signature = kind / 512 % 8 == 1};
}

static void make_one(struct trial *trial, struct bench *bench, const struct twig *record)
{
	struct ways ways = ways_of(trial->drawn);
	struct made made = {0};
	struct held held = {bench, &made, record, &ways, NULL};
	diags_clear(bench->diags);
	if (!bench_make(bench, trial_bytes(trial, record), &ways, &made))
		refuse(trial, bench->diags);
	else if (hold(trial, &held))
		trial->made++;
	made_free(&made);
}

static bool write_parts(struct trial *trial, struct diags *diags)
{
	for (int i = 0; i < trial->drawn->part_count; i++) {
		const struct twig *part = trial->drawn->parts[i];
		struct str bytes = trial_bytes(trial, part);
		if (!file_publish(trial_path(trial, part->text.at), bytes.at, (size_t)bytes.len,
			    false, diags))
			return false;
	}
	return true;
}

void trial_run(struct trial *trial)
{
	const struct drawn *drawn = trial->drawn;
	struct bench bench = {.arena = trial->arena, .diags = diags_new()};
	if (write_parts(trial, bench.diags) && hold_grammars(trial) &&
		bench_open(&bench, trial->folder, trial_bytes(trial, drawn->letter),
			trial_bytes(trial, drawn->style)))
		for (int i = 0; i < drawn->record_count && !trial->kind[0]; i++)
			make_one(trial, &bench, drawn->records[i]);
	else
		refuse(trial, bench.diags);
	bench_close(&bench);
	diags_free(bench.diags);
}
