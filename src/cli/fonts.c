/* fonts.c - lettermerge fonts: the faces that letters are set in, what their licences let a letter
 * do, which characters they lack, and what is set in another face therefore. All letters are set
 * and none is written; the table is the result, so it goes to stdout. */
#include "cli/cli_int.h"

#include "survey/survey.h"

#include <inttypes.h>
#include <stdio.h>

enum { LABEL = 13, SHOWN = 5 };

static void put_row(struct buf *out, const char *label, struct str text)
{
	buf_say(out, "  %-*s", LABEL - 2, label);
	cli_wrap(out, text, LABEL, LABEL);
	buf_char(out, '\n');
}

/* Row for row its own. */
static void put_made(struct buf *out, const char *label, struct buf *text)
{
	put_row(out, label, buf_text(text));
	buf_free(text);
}

/* -- one face ---------------------------------------------------------------------------------- */

static void put_name(struct buf *out, const struct face_report *face)
{
	struct str name = face->family.len ? face->family : path_base(face->file);
	buf_say(out, "%.*s", str_arg(name));
	if (face->style.len)
		buf_say(out, " %.*s", str_arg(face->style));
}

static void put_file(struct buf *out, const struct face_report *face)
{
	struct buf row = {0}, kind = {0};
	buf_say(&row, "%.*s", str_arg(face->file));
	put_made(out, "file", &row);
	buf_say(&kind, "%s", face->outlines);
	if (face->varies)
		buf_puts(&kind, ", cut out of a variable font");
	if (face->collected)
		buf_say(&kind, ", number %d of a collection", face->index + 1);
	if (face->version.len)
		buf_say(&kind, ", version %.*s", str_arg(face->version));
	put_made(out, "format", &kind);
}

static void put_embedding(struct buf *out, const struct face_report *face)
{
	struct buf row = {0};
	buf_say(&row, "%.*s", str_arg(face->embedding));
	if (face->fs_type >= 0)
		buf_say(&row, " (fsType %d)", face->fs_type);
	buf_say(&row, ": %.*s", str_arg(face->so));
	put_made(out, "embedding", &row);
}

static void put_use(struct buf *out, const struct face_report *face)
{
	struct buf row = {0};
	int count = 0;
	buf_say(&row, "%" PRId64 " character%s", face->use.characters,
		face->use.characters == 1 ? "" : "s");
	for (int i = 0; i < USE_COUNT; i++)
		if (face->use.in[i])
			buf_say(&row, "%s %s", count++ ? "," : " of", use_name(i));
	put_made(out, "sets", &row);
}

static void put_times(struct buf *out, int64_t count)
{
	if (count == 1)
		buf_puts(out, "once");
	else
		buf_say(out, "%" PRId64 " times", count);
}

static void put_gap(struct buf *out, const struct survey *survey, const struct gap *gap)
{
	int at = 0;
	uint32_t c = utf8_next(gap->text, &at);
	if (!gap->word)
		buf_format(out, "U+%04X ", (unsigned)c);
	buf_quoted(out, gap->text);
	buf_puts(out, ", ");
	put_times(out, gap->count);
	if (gap->first.file) {
		buf_puts(out, ", first at ");
		place_write(gap->first, out);
	}
	buf_puts(out, gap->other < 0 ? ": no font has it" : ": in ");
	if (gap->other >= 0)
		put_name(out, &survey->faces.at[gap->other]);
}

/* The most frequent of them, and how many others there are. */
static void put_gaps(struct buf *out, const struct survey *survey, int face, bool word)
{
	const char *label = word ? "words" : "lacks";
	int count = 0;
	int64_t more = 0;
	for (int i = 0; i < survey->gaps.len; i++) {
		const struct gap *gap = &survey->gaps.at[i];
		struct buf row = {0};
		if (gap->face != face || gap->word != word)
			continue;
		more += count >= SHOWN ? gap->count : 0;
		if (count++ >= SHOWN)
			continue;
		put_gap(&row, survey, gap);
		put_made(out, label, &row);
		label = "";
	}
	if (count > SHOWN) {
		struct buf row = {0};
		buf_say(&row, "and %d other%s, ", count - SHOWN, plural(count - SHOWN));
		put_times(&row, more);
		put_made(out, "", &row);
	}
	if (!count && !word)
		put_row(out, label, str_lit("nothing"));
}

static void put_face(struct buf *out, const struct survey *survey, int row)
{
	const struct face_report *face = &survey->faces.at[row];
	put_name(out, face);
	buf_char(out, '\n');
	put_file(out, face);
	put_embedding(out, face);
	put_use(out, face);
	put_gaps(out, survey, row, false);
	put_gaps(out, survey, row, true);
	buf_char(out, '\n');
}

/* -- hyphenation ------------------------------------------------------------------------------- */

static void put_language(struct buf *out, const struct divided *divided)
{
	struct buf row = {0};
	if (divided->patterns.len)
		buf_say(&row, "%.*s", str_arg(divided->patterns));
	else if (divided->package.len)
		buf_say(&row, "no patterns; the package %.*s has some", str_arg(divided->package));
	else
		buf_puts(&row, "no patterns");
	put_made(out, divided->lang.at, &row);
}

static void put_languages(struct buf *out, const struct survey *survey)
{
	if (survey->languages.len)
		buf_puts(out, "Hyphenation\n");
	for (int i = 0; i < survey->languages.len; i++)
		put_language(out, &survey->languages.at[i]);
	if (survey->languages.len)
		buf_char(out, '\n');
}

/* -- all --------------------------------------------------------------------------------------- */

static void put_table(const struct survey *survey, struct buf *out)
{
	for (int i = 0; i < survey->faces.len; i++)
		put_face(out, survey, i);
	put_languages(out, survey);
	buf_say(out, "%d face%s in %" PRId64 " letter%s\n", survey->faces.len,
		plural(survey->faces.len), survey->letters, survey->letters == 1 ? "" : "s");
}

int command_fonts(struct cli *cli)
{
	struct job_request request = cli_request(cli);
	struct survey survey = {.arena = cli->arena};
	struct job_check check = {.survey = &survey};
	struct buf out = {0};
	if (!request.source.template || diags_failed(cli->diags))
		return cli_fail(cli);
	struct job_result result = job_check(&request, &check);
	cli_progress_end(cli);
	if (survey.letters) {
		(cli->run.json_letters ? cli_fonts_json : put_table)(&survey, &out);
		say_as_is(stdout, buf_text(&out));
	}
	survey_free(&survey);
	buf_free(&out);
	return cli_exit_code(cli, &result);
}
