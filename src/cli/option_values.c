/* option_values.c - the values of options, read into struct cli. */
#include "cli/cli_int.h"
#include "cli/option_values_int.h"

#include "base/diag_id.h"
#include "verify/manifest.h"

#include <stdlib.h>
#include <string.h>

/* -- values that are more than a word or a number ---------------------------------------------- */

/* Which of the words was given; -1 after an error. */
static int read_word(struct cli *cli, const char *word, const char *const *words)
{
	struct buf all = {0};
	int found = -1;
	for (int i = 0; words[i]; i++) {
		found = strcmp(word, words[i]) == 0 ? i : found;
		buf_say(&all, "%s%s", i ? ", " : "", words[i]);
	}
	if (found < 0)
		diag_add(cli->diags, OPTION_WORD, cli->settings.reading->at,
			cli->settings.reading->name, word, buf_text(&all).at);
	buf_free(&all);
	return found;
}

static struct str next_id(struct cli *cli, struct str *rest)
{
	struct str id = {0};
	while (!id.len && str_split(rest, ',', &id))
		id = str_trim(id);
	return str_copy(cli->arena, id);
}

void option_read_only(struct cli *cli, const char *list)
{
	struct str rest = str_of(list), id;
	while ((id = next_id(cli, &rest)).len)
		*vec_push(cli->arena, &cli->which.only) = id;
}

void option_read_except(struct cli *cli, const char *list)
{
	struct str rest = str_of(list), id;
	while ((id = next_id(cli, &rest)).len)
		*vec_push(cli->arena, &cli->which.except) = id;
}

void option_read_where(struct cli *cli, const char *condition)
{
	*vec_push(cli->arena, &cli->which.where) = str_of(condition);
}

void option_read_tsa(struct cli *cli, const char *url)
{
	*vec_push(cli->arena, &cli->raising.tsa) = url;
}

void option_read_also(struct cli *cli, const char *list)
{
	static const char *const twins[] = {"html", "text", NULL};
	struct str rest = str_of(list), word;
	while (str_split(&rest, ',', &word)) {
		int twin = read_word(cli, str_copy(cli->arena, word).at, twins);
		if (twin >= 0)
			cli->form.also[FILE_HTML + twin] = true;
	}
}

void option_read_standard(struct cli *cli, const char *word)
{
	static const char *const standards[] = {"ua1+a2", "ua2+a4", NULL};
	if (read_word(cli, word, standards) >= 0)
		cli->form.standard = word;
}

void option_read_shard(struct cli *cli, const char *text)
{
	struct shard shard = {0};
	int end = 0;
	if (sscanf(text, "%d/%d%n", &shard.number, &shard.count, &end) == 2 && !text[end] &&
		shard.number >= 1 && shard.number <= shard.count && shard.count <= 100000)
		cli->run.shard = shard;
	else
		diag_add(cli->diags, OPTION_SHARD, place_none(), text);
}

void option_read_sample(struct cli *cli, const char *text)
{
	struct draw_options draw = {.seed = 1};
	int count = 0, seed = 0;
	sscanf(text, "%d%n/%d%n", &draw.sample, &count, &draw.seed, &seed);
	if (count && !text[seed ? seed : count] && draw.sample >= 1 && draw.sample <= SAMPLE_MOST)
		cli->drawing = draw;
	else
		diag_add(cli->diags, OPTION_NUMBER, place_none(), "--sample", text,
			diag_int(cli->diags, 1), diag_int(cli->diags, SAMPLE_MOST));
}

void option_read_by(struct cli *cli, const char *text)
{
	struct str name = approval_person(cli->arena, str_of(text));
	cli->approving.by = name.at;
	if (!name.len)
		diag_add(cli->diags, OPTION_NAME, place_none(), text);
}

/* Whoever is named twice has one link. */
void option_read_person(struct cli *cli, const char *text)
{
	struct str name = approval_person(cli->arena, str_of(text));
	if (!name.len) {
		diag_add(cli->diags, OPTION_PERSON, place_none(), text);
		return;
	}
	for (int i = 0; i < cli->approving.persons.len; i++)
		if (approval_is_same_person(cli->approving.persons.at[i].name, name))
			return;
	*vec_push(cli->arena, &cli->approving.persons) = (struct actor){
		.name = name, .known = KNOWN_LINK};
}

void option_read_label(struct cli *cli, const char *list)
{
	struct str rest = str_of(list), name;
	while ((name = next_id(cli, &rest)).len)
		*vec_push(cli->arena, &cli->shown.label) = name;
}

void option_read_diag(struct cli *cli, const char *word)
{
	static const char *const forms[] = {"text", "json", NULL};
	cli->common.json = read_word(cli, word, forms) == 1;
}

void option_read_durability(struct cli *cli, const char *word)
{
	static const char *const durabilities[] = {"safe", "fast", NULL};
	cli->run.fast = read_word(cli, word, durabilities) == 1;
}

void option_read_rejections(struct cli *cli, const char *word)
{
	static const char *const words[] = {"fail", "ok", NULL};
	cli->run.rejections_ok = read_word(cli, word, words) == 1;
}

void option_read_after(struct cli *cli, const char *text)
{
	struct str time = str_of(text);
	if (time.len == (int)strlen("2020-10-13"))
		time = str_format(cli->arena, "%sT00:00:00Z", text);
	if (!manifest_time(time, &cli->verifying.after))
		diag_add(cli->diags, OPTION_TIME, place_none(), text);
}

void option_read_level(struct cli *cli, const char *word)
{
	static const char *const levels[] = {"T", "LT", "LTA", NULL};
	cli->raising.level = read_word(cli, word, levels) + LEVEL_T;
}

void option_read_colour(struct cli *cli, const char *word)
{
	static const char *const colours[] = {"auto", "always", "never", NULL};
	cli->common.colour = read_word(cli, word, colours);
}

/* -- of a row ---------------------------------------------------------------------------------- */

static int read_number(struct cli *cli, const struct option_row *row, const char *text)
{
	char *end;
	long number = strtol(text, &end, 10);
	if (*text && !*end && number >= row->least && number <= row->most)
		return (int)number;
	diag_add(cli->diags, OPTION_NUMBER, cli->settings.reading->at, cli->settings.reading->name,
		text, diag_int(cli->diags, row->least), diag_int(cli->diags, row->most));
	return row->least;
}

/* Named alone on the command line it is yes. */
static bool read_yes(struct cli *cli, const char *word)
{
	static const char *const words[] = {"no", "yes", NULL};
	return !word || read_word(cli, word, words) == 1;
}

void option_read(struct cli *cli, const struct option_row *row, const char *value)
{
	char *place = (char *)cli + row->place;
	switch (row->kind) {
	case IS_YES:
		*(bool *)place = read_yes(cli, value);
		break;
	case IS_TEXT:
		*(const char **)place = value;
		break;
	case IS_NUMBER:
		*(int *)place = read_number(cli, row, value);
		break;
	case IS_OWN:
		row->read(cli, value);
		break;
	}
}
