/* recipients.c - any source: opening it by its kind, choosing among its records, naming them,
 * finding the second of two. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <sys/stat.h>

struct recipients {
	struct source *source;
	struct recipients_options options;
	bool streams_only;          /* only is looked up while reading */
	int given;                  /* records given so far */
	int unfound;                /* ids of only not met so far */
	bool *found;                /* by id of only */
	struct nearest *nearest;    /* likewise */
	struct map ids, people;     /* their records' ordinals */
	vec(struct str) addressing; /* names of the fields in the template's address */
	bool ended;
};

struct source *source_new(const struct source_kind *kind, size_t size, const char *path,
	const struct template *template)
{
	struct arena *arena = arena_new();
	struct source *source = arena_alloc(arena, size);
	*source = (struct source){.kind = kind,
		.arena = arena,
		.path = str_copy(arena, str_of(path)).at,
		.template = template};
	return source;
}

void source_free(struct source *source)
{
	if (source->kind->close)
		source->kind->close(source);
	arena_free(source->arena);
}

/* -- opening ----------------------------------------------------------------------------------- */

static struct str skip_mark(struct str head)
{
	return str_slice(head, str_starts(head, "\xEF\xBB\xBF") ? 3 : 0, head.len);
}

/* What comes through a pipe has no name that ends in .xml. */
static bool looks_like_xml(struct str head)
{
	head = str_trim(skip_mark(head));
	return str_starts(head, "<?xml") || str_starts(head, "<recipient") ||
		str_starts(head, "<!--");
}

/* Whatever its name is: an object with a key, or an array with a value that no header has. */
static bool looks_like_json(struct str head)
{
	head = str_trim(skip_mark(head));
	bool array = str_starts(head, "[");
	if (!array && !str_starts(head, "{"))
		return false;
	head = str_trim(str_slice(head, 1, head.len));
	return head.len == 0 || strchr(array ? "{[]\"" : "}\"", head.at[0]);
}

static bool is_json(struct str path, struct str head)
{
	return str_ends(path, ".json") || str_ends(path, ".jsonl") || str_ends(path, ".ndjson") ||
		looks_like_json(head);
}

static struct source *open_file(const char *path, const struct template *template,
	const struct recipients_options *options, struct diags *diags)
{
	static const char sqlite[] = "SQLite format 3";
	char head[256] = "";
	FILE *file = file_stream(path);
	size_t len = file ? fread(head, 1, sizeof head - 1, file) : 0;
	if (!file || ferror(file))
		file_not_read(path, diags);
	bool good = file && !ferror(file), locked = good && book_is_locked(file);
	if (file)
		fclose(file);
	if (locked)
		diag_add0(diags, BOOK_LOCKED, place_in(path));
	if (!good || locked)
		return NULL;
	if (str_starts(str_of(head), "PK\3\4") || str_starts(str_of(head), "PK\5\6"))
		return book_open(path, template, options->sheet, diags);
	if (len >= sizeof sqlite && memcmp(head, sqlite, sizeof sqlite) == 0)
		return sqlite_open(path, template, options->query, diags);
	if (str_ends(str_of(path), ".xml") || looks_like_xml(str_of(head)))
		return many_open(path, template, diags);
	if (is_json(str_of(path), str_of(head)))
		return json_open(path, template, diags);
	return csv_open(path, template, diags);
}

static struct source *open_source(const char *path, const struct template *template,
	const struct recipients_options *options, struct diags *diags)
{
	struct stat status;
	if (recipients_is_server(path))
		return postgres_open(path, template, options->query, diags);
	if (stat(path, &status) != 0 || S_ISDIR(status.st_mode))
		return directory_open(path, template, diags);
	return open_file(path, template, options, diags);
}

/* Of all that a letter's address shows, so that two letters to one person are found. */
static void find_addressing(struct recipients *recipients)
{
	const struct template *template = recipients->source->template;
	const struct node *block = template ? template->root->first : NULL;
	while (block && block->tag != TAG_ADDRESS)
		block = block->next;
	for (const struct node *node = block; node; node = node_following(node, block))
		if (node->tag == TAG_FIELD)
			*vec_push(recipients->source->arena,
				&recipients->addressing) = node_attribute(node, "name");
}

static bool check_where(struct recipients *recipients, struct str where, struct diags *diags)
{
	const struct template *template = recipients->source->template;
	struct place at = place_in(recipients->source->path);
	int equals = str_find(where, "=");
	struct str name = str_trim(str_slice(where, 0, equals < 0 ? where.len : equals));
	if (equals < 0) {
		diag_add(diags, WHERE_FORM, at, diag_str(diags, where));
		return false;
	}
	const struct field *field = template ? template_find_field(template->fields, name) : NULL;
	if (field && field->computation.how) {
		diag_add(diags, OPTION_COMPUTED, at, "--where", diag_str(diags, name));
		return false;
	}
	if (!template || str_is(name, "id") || field)
		return true;
	struct nearest nearest = template_nearest_field(template->fields, name);
	diag_add(diags, OPTION_FIELD, at, "--where", diag_str(diags, name));
	nearest_hint(&nearest, diags);
	return false;
}

static bool check_options(struct recipients *recipients, struct diags *diags)
{
	const struct recipients_options *options = &recipients->options;
	const struct source *source = recipients->source;
	bool good = !options->name ||
		id_check_pattern(options->name, source->template, source->path, diags);
	for (int i = 0; i < options->where_count; i++)
		good &= check_where(recipients, options->where[i], diags);
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

struct recipients *recipients_open(const char *path, const struct template *template,
	const struct recipients_options *options, struct diags *diags)
{
	static const struct recipients_options all;
	options = options ? options : &all;
	struct source *source = open_source(path, template, options, diags);
	if (source && options->sheet && source->kind != &book_kind) {
		diag_add(diags, BOOK_NONE, place_in(path), options->sheet);
		source_free(source);
		source = NULL;
	}
	if (!source)
		return NULL;
	struct recipients *recipients = arena_new_array(source->arena, struct recipients, 1);
	*recipients = (struct recipients){
		.source = source, .options = *options, .ids.spills = true, .people.spills = true};
	find_addressing(recipients);
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
	map_free(&recipients->ids);
	map_free(&recipients->people);
	source_free(recipients->source);
}

/* -- choosing ---------------------------------------------------------------------------------- */

/* Whether both texts are one value by the field's declaration; of words, the same text. */
static bool is_same(struct arena *arena, const struct field *field, const struct value *value,
	struct str text, struct str wanted)
{
	if (!field || !field_type_has_form(field->type) || !text.len || !wanted.len)
		return str_eq(text, wanted);
	struct str lang = value ? value->lang : str_lit("");
	struct readings is = field_read(arena, field, text, lang, value && value->stored);
	struct readings asked = field_read(arena, field, wanted, lang, false);
	return is.count == 1 && asked.count == 1 && field_same(field, &is.as[0], &asked.as[0]);
}

static bool holds(const struct source *source, struct arena *arena,
	const struct recipient *recipient, struct str where)
{
	int equals = str_find(where, "=");
	struct str name = str_trim(str_slice(where, 0, equals));
	struct str wanted = fold_text(arena, str_slice(where, equals + 1, where.len));
	const struct value *value = recipient_find(recipient->values, name);
	const struct field *field = source->template
		? template_find_field(source->template->fields, name)
		: NULL;
	struct str text = value ? fold_text(arena, value->text) : str_lit("");
	if (!value && !field && str_is(name, "id"))
		text = recipient->id;
	if (text.len == 0 && field && field->value.at)
		text = fold_text(arena, field->value);
	return is_same(arena, field, value, text, wanted);
}

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
	for (int i = 0; wanted && result == RECIPIENTS_GOOD && i < options->where_count; i++)
		wanted = holds(recipients->source, arena, recipient, options->where[i]);
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
	if (silent && !recipients->unfound)
		report_empty(recipients, diags);
	recipients->ended = true;
	return RECIPIENTS_END;
}

/* -- the second of two ------------------------------------------------------------------------- */

/* How findings name an earlier record. */
static const char *earlier(const struct recipients *recipients, int64_t ordinal,
	const struct recipient *now, struct arena *arena)
{
	const struct source *source = recipients->source;
	if (source->kind->file_name)
		return source->kind->file_name(source, (int)ordinal).at;
	return str_format(arena, now->at.row ? "row %d" : "the one in line %d", (int)ordinal).at;
}

/* An earlier record whose id is another one, and the same in small letters; or -1. Of ids that have
 * capitals the map holds that too, apart from ids that are so written. */
static int64_t find_in_other_case(
	struct recipients *recipients, struct arena *arena, const struct recipient *recipient)
{
	struct str folded = id_fold(arena, recipient->id);
	uint64_t as_written = str_hash(folded), as_meant = ~as_written;
	if (str_eq(folded, recipient->id))
		return map_find(&recipients->ids, as_meant);
	int64_t other = map_find(&recipients->ids, as_written);
	return other >= 0
		? other
		: map_add(&recipients->ids, as_meant, (uint32_t)recipients->source->ordinal);
}

static bool is_first(struct recipients *recipients, struct arena *arena,
	const struct recipient *recipient, struct diags *diags)
{
	uint32_t ordinal = (uint32_t)recipients->source->ordinal;
	int64_t same = map_add(&recipients->ids, str_hash(recipient->id), ordinal);
	int64_t other = same < 0 ? find_in_other_case(recipients, arena, recipient) : -1;
	const char *id = diag_str(diags, recipient->id);
	if (same >= 0)
		diag_add(diags, RECIPIENT_TWICE, recipient->at,
			earlier(recipients, same, recipient, arena), id);
	if (other >= 0)
		diag_add(diags, RECIPIENT_CASE, recipient->at,
			earlier(recipients, other, recipient, arena), id);
	return same < 0 && other < 0;
}

/* A person's hash, not 0. Records keep it: this must stay as it is. */
static uint64_t hash_text(struct str text)
{
	uint64_t hash = str_hash(text);
	hash ^= hash >> 33;
	hash *= 0xFF51AFD7ED558CCDu;
	hash ^= hash >> 33;
	return hash ? hash : 1;
}

/* Capitals, white space and the division into lines do not make another person. */
static uint64_t hash_person(
	struct recipients *recipients, struct arena *arena, const struct recipient *recipient)
{
	struct arena_mark mark = arena_save(arena);
	struct buf text = {0};
	for (int i = 0; i < recipients->addressing.len; i++) {
		const struct value *value = recipient_find(
			recipient->values, recipients->addressing.at[i]);
		if (value && str_trim(value->text).len)
			buf_format(&text, "%.*s ", str_arg(value->text));
	}
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] >= 'A' && text.at[i] <= 'Z')
			text.at[i] = (char)(text.at[i] + 'a' - 'A');
	struct str person = fold_text(arena, buf_text(&text));
	uint64_t hash = person.len ? hash_text(person) : 0;
	buf_free(&text);
	arena_restore(arena, mark);
	return hash;
}

static void check_person(struct recipients *recipients, struct arena *arena,
	const struct recipient *recipient, struct diags *diags)
{
	uint32_t ordinal = (uint32_t)recipients->source->ordinal;
	int64_t other = recipient->person ? map_add(&recipients->people, recipient->person, ordinal)
					  : -1;
	if (other >= 0)
		diag_add(diags, RECIPIENT_SAME, recipient->at,
			earlier(recipients, other, recipient, arena));
}

/* -- reading ----------------------------------------------------------------------------------- */

/* The next record of the source, under its final name. */
static enum recipients_result read(struct recipients *recipients, struct arena *arena,
	struct recipient *out, struct diags *diags)
{
	struct source *source = recipients->source;
	const char *name = recipients->options.name;
	enum recipients_result result = source->kind->next(source, arena, out, diags);
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
		if (result == RECIPIENTS_BAD || !is_first(recipients, arena, out, diags))
			return RECIPIENTS_BAD;
		if (result == RECIPIENTS_GOOD)
			out->person = hash_person(recipients, arena, out);
		check_person(recipients, arena, out, diags);
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

int recipients_count(const struct recipients *recipients)
{
	const struct recipients_options *options = &recipients->options;
	const struct source *source = recipients->source;
	int count = source->kind->count ? source->kind->count(source) : -1;
	if (recipients->streams_only || options->where_count)
		return -1;
	return options->limit && count > options->limit ? options->limit : count;
}
