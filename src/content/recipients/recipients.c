/* recipients.c - any source: choosing among its records, naming them. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

struct recipients {
	struct source *source;
	struct recipients_options options;
	bool streams_only;       /* only is looked up while reading */
	int given;               /* records given so far */
	int unfound;             /* ids of only not met so far */
	bool *found;             /* by id of only */
	struct nearest *nearest; /* likewise */
	struct earlier earlier;
	struct apart apart;
	const char *path; /* as it was given */
	bool ended;
};

static bool check_options(struct recipients *recipients, struct diags *diags)
{
	const struct recipients_options *options = &recipients->options;
	const struct source *source = recipients->source;
	bool good = !options->name ||
		id_check_pattern(options->name, source->template, source->path, diags);
	for (int i = 0; i < options->where_count; i++)
		good &= where_check(source, options->where[i], diags);
	return good;
}

static bool prepare_only(struct recipients *recipients, struct diags *diags)
{
	const struct recipients_options *options = &recipients->options;
	struct source *source = recipients->source;
	if (!options->only)
		return true;
	if (source->kind->file_name && !options->name)
		return directory_select(source, options->only, options->only_count, diags);
	recipients->streams_only = true;
	recipients->unfound = options->only_count;
	recipients->found = arena_new_array(source->arena, bool, options->only_count);
	recipients->nearest = arena_new_array(source->arena, struct nearest, options->only_count);
	for (int i = 0; i < options->only_count; i++)
		recipients->nearest[i] = nearest_start(options->only[i]);
	return true;
}

static struct recipients *recipients_of(
	struct source *source, const struct recipients_options *options)
{
	struct recipients *recipients = arena_new_array(source->arena, struct recipients, 1);
	*recipients = (struct recipients){.source = source, .options = *options};
	earlier_begin(&recipients->earlier, source);
	return recipients;
}

struct recipients *recipients_requested(const struct requests_from *from,
	const struct template *template, const struct recipients_options *options)
{
	const struct recipients_options naming = {.name = options->name};
	return recipients_of(requests_open(from, template, options), &naming);
}

struct recipients *recipients_open(const char *path, const struct template *template,
	const struct recipients_options *options, struct diags *diags)
{
	static const struct recipients_options all;
	options = options ? options : &all;
	struct source *source = source_open(path, template, options, diags);
	if (!source)
		return NULL;
	struct recipients *recipients = recipients_of(source, options);
	recipients->path = str_copy(source->arena, str_of(path)).at;
	source->grammar = options->grammar;
	if (!options->name && !options->where_count) {
		source->known = options->known;
		source->user = options->user;
	}
	if (check_options(recipients, diags) && prepare_only(recipients, diags))
		return recipients;
	recipients_close(recipients);
	return NULL;
}

void recipients_close(struct recipients *recipients)
{
	if (!recipients)
		return;
	earlier_free(&recipients->earlier);
	apart_free(&recipients->apart);
	source_free(recipients->source);
}

/* -- choosing ---------------------------------------------------------------------------------- */

/* A record that could not be read is wanted too, so that what is wrong with it is said. */
static bool is_wanted(struct recipients *recipients, struct arena *arena,
	const struct recipient *recipient, enum recipients_result result)
{
	const struct recipients_options *options = &recipients->options;
	bool wanted = !recipients->streams_only || recipient->id.len == 0;
	for (int i = 0; i < options->only_count && recipients->streams_only; i++) {
		struct nearest *nearest = &recipients->nearest[i];
		if (str_eq(options->only[i], recipient->id)) {
			recipients->unfound -= !recipients->found[i];
			wanted = recipients->found[i] = true;
		}
		if (nearest_try(nearest, recipient->id))
			nearest->best = str_copy(recipients->source->arena, nearest->best);
	}
	for (int i = 0; wanted && i < options->except_count; i++)
		wanted = !str_eq(options->except[i], recipient->id);
	for (int i = 0; wanted && result == RECIPIENTS_GOOD && i < options->where_count; i++)
		wanted = where_holds(recipients->source, arena, recipient, options->where[i]);
	return wanted;
}

/* Nobody runs a merge for no letters: a header alone is an export that went wrong. */
static void report_empty(struct recipients *recipients, struct diags *diags)
{
	bool chosen = recipients->options.where_count > 0;
	diag_add(diags, RECIPIENTS_EMPTY, place_in(recipients->source->path),
		chosen ? "that --where asks for" : "in it",
		chosen ? "see the records with lettermerge check, and the value with its spelling"
		       : "look whether it was saved or exported whole");
}

/* A table that was cut off reads as a shorter one: only who sends it knows. */
static void check_expected(const struct recipients *recipients, struct diags *diags)
{
	int given = recipients->given, expected = recipients->options.expected;
	if (expected && given != expected)
		diag_add(diags, RECIPIENTS_COUNT, place_in(recipients->source->path),
			diag_int(diags, given), given == 1 ? "" : "s", diag_int(diags, expected));
}

static enum recipients_result end(struct recipients *recipients, struct diags *diags)
{
	const struct recipients_options *options = &recipients->options;
	bool silent = recipients->given == 0 && !recipients->ended && !diags_failed(diags);
	for (int i = 0; i < options->only_count && recipients->unfound && !recipients->ended; i++) {
		if (recipients->found[i])
			continue;
		diag_add(diags, RECIPIENT_UNKNOWN, place_in(recipients->source->path),
			diag_str(diags, options->only[i]));
		nearest_hint(&recipients->nearest[i], diags);
	}
	if (silent && !recipients->unfound && !recipients->source->kind->each_for_itself)
		report_empty(recipients, diags);
	else if (!recipients->ended)
		check_expected(recipients, diags);
	recipients->ended = true;
	return RECIPIENTS_END;
}

/* -- reading ----------------------------------------------------------------------------------- */

/* A letter of some of its rows would be a wrong one. */
static bool check_apart(struct recipients *recipients, struct arena *arena,
	const struct recipient *recipient, struct diags *diags)
{
	const struct source *source = recipients->source;
	if (!recipients->apart.looked)
		apart_look(&recipients->apart, recipients->path, source->template,
			&recipients->options);
	int64_t other = apart_other(&recipients->apart, recipient->id, source->ordinal);
	if (other >= 0)
		diag_add(diags, ROW_APART, recipient->at,
			earlier_name(&recipients->earlier, other, recipient, arena),
			diag_str(diags, recipient->id));
	return other < 0;
}

/* The next record of the source, under its final name. */
static enum recipients_result read(struct recipients *recipients, struct arena *arena,
	struct recipient *out, struct diags *diags)
{
	struct source *source = recipients->source;
	const char *name = recipients->options.name;
	enum recipients_result result = source->kind->next(source, arena, out, diags);
	bool given = result == RECIPIENTS_GOOD || result == RECIPIENTS_KNOWN;
	if (given && source->joins && !check_apart(recipients, arena, out, diags))
		return RECIPIENTS_BAD;
	if (result == RECIPIENTS_GOOD && name && !id_make(arena, name, out, &out->id, diags))
		return RECIPIENTS_BAD;
	return result;
}

enum recipients_result recipients_next(struct recipients *recipients, struct arena *arena,
	struct recipient *out, struct diags *diags)
{
	const struct recipients_options *options = &recipients->options;
	struct arena_mark mark = arena_save(arena);
	for (int before = diags_len(diags);; diags_truncate(diags, before)) {
		bool enough = (options->limit && recipients->given == options->limit) ||
			(recipients->streams_only && !recipients->unfound);
		arena_restore(arena, mark);
		*out = (struct recipient){0};
		enum recipients_result result = enough ? RECIPIENTS_END
						       : read(recipients, arena, out, diags);
		if (result == RECIPIENTS_END)
			return end(recipients, diags);
		if (!is_wanted(recipients, arena, out, result))
			continue;
		recipients->given++;
		if (recipients->source->kind->each_for_itself)
			return result;
		if (result == RECIPIENTS_BAD ||
			!earlier_check_id(&recipients->earlier, arena, out, diags))
			return RECIPIENTS_BAD;
		if (result == RECIPIENTS_GOOD)
			out->person = earlier_hash_person(&recipients->earlier, arena, out);
		earlier_check_person(&recipients->earlier, arena, out, diags);
		return result;
	}
}

bool recipients_read(const struct recipients *recipients, struct arena *arena,
	struct recipient *recipient, struct diags *diags)
{
	struct recipient read = *recipient;
	if (!recipients->source->kind->read(recipients->source, arena, &read, diags))
		return false;
	read.stamp = recipient->stamp;
	read.changed = recipient->changed;
	read.person = recipient->person;
	*recipient = read;
	return true;
}

bool recipients_may_be_cut(const struct recipients *recipients)
{
	return recipients->source->cut && !recipients->options.expected;
}

int recipients_count(const struct recipients *recipients)
{
	const struct recipients_options *options = &recipients->options;
	const struct source *source = recipients->source;
	int count = source->kind->count ? source->kind->count(source) : -1;
	if (recipients->streams_only || options->where_count)
		return -1;
	return options->limit && count > options->limit ? options->limit : count;
}
