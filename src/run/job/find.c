/* find.c - what a user left unsaid: the only template of a folder, the record that a part of a name
 * means. */
#include "job/job.h"

#include "base/diag_id.h"
#include "recipients/recipients.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

enum { MAX_SHOWN = 20 }; /* of the names that a part may mean */

static bool is_xml(struct str name)
{
	return str_ends(name, ".xml") && name.at[0] != '.';
}

/* The *.xml names of a folder in the order of their bytes; -1 after an error. */
static int list_xml(struct arena *arena, const char *dir, struct str **names, struct diags *diags)
{
	int count = folder_list(arena, dir, is_xml, names);
	if (count < 0)
		file_not_read(dir, diags);
	return count;
}

/* Only the root element counts; what else is wrong with a file is said when it is used. */
static bool is_letter(struct arena *arena, const char *path, struct diags *unread)
{
	struct diags *diags = diags_new();
	struct str bytes = file_read(arena, path, place_none(), unread);
	const struct xml_node *root = bytes.at ? xml_read(arena, bytes, path, diags) : NULL;
	bool letter = root && str_is(root->name, "letter");
	if (bytes.at && !root)
		letter = str_find(bytes, "<letter") >= 0;
	diags_free(diags);
	return letter;
}

/* Where no template is found, one that could not be read may be it. */
const char *job_find_template(struct arena *arena, const char *dir, struct diags *diags)
{
	struct diags *unread = diags_new();
	struct str *names;
	const char *found = NULL;
	int count = list_xml(arena, dir, &names, diags), letters = 0;
	struct buf all = {0};
	for (int i = 0; i < count; i++) {
		const char *path = path_join(arena, str_of(dir), names[i]).at;
		if (!is_letter(arena, path, unread))
			continue;
		found = path;
		buf_puts(&all, letters++ ? ", " : "");
		buf_quoted(&all, str_of(path));
	}
	if (letters == 0 && diags_failed(unread))
		diags_append(diags, unread);
	else if (count >= 0 && letters == 0)
		diag_add0(diags, TEMPLATE_NONE, place_in(dir));
	if (letters > 1)
		diag_add(diags, TEMPLATE_MANY, place_in(dir), buf_text(&all).at);
	buf_free(&all);
	diags_free(unread);
	return letters == 1 ? found : NULL;
}

/* How well an id fits what was typed: only the best that there is counts. */
enum fit { FIT_NONE, FIT_PART_OF_ANY_CASE, FIT_PART, FIT_OF_ANY_CASE, FIT_EXACT };

/* What a part of a name means among ids that are tried one after the other. */
struct search {
	struct arena *arena;
	const char *part;
	struct str found; /* the first of the best */
	enum fit best;
	int matches; /* as good as that */
	struct buf all;
};

static bool holds_of_any_case(struct str id, struct str part)
{
	for (int i = 0; i + part.len <= id.len; i++)
		if (strncasecmp(id.at + i, part.at, (size_t)part.len) == 0)
			return true;
	return false;
}

static enum fit fit_of(struct str id, struct str part)
{
	if (str_eq(id, part))
		return FIT_EXACT;
	if (!holds_of_any_case(id, part))
		return FIT_NONE;
	if (id.len == part.len)
		return FIT_OF_ANY_CASE;
	return str_find(id, part.at) >= 0 ? FIT_PART : FIT_PART_OF_ANY_CASE;
}

static void try_id(struct search *search, struct str id)
{
	enum fit fit = fit_of(id, str_of(search->part));
	if (fit == FIT_NONE || fit < search->best)
		return;
	if (fit > search->best) {
		search->best = fit;
		search->matches = 0;
		search->found = str_copy(search->arena, id);
		buf_clear(&search->all);
	}
	search->matches++;
	if (search->matches <= MAX_SHOWN) {
		buf_puts(&search->all, search->matches > 1 ? ", " : "");
		buf_quoted(&search->all, id);
	}
}

static void try_files(struct search *search, const char *dir, struct diags *diags)
{
	struct str *names;
	int count = list_xml(search->arena, dir, &names, diags);
	for (int i = 0; i < count; i++)
		try_id(search, str_slice(names[i], 0, names[i].len - 4));
}

/* What is wrong with records is said when they are merged. */
static void try_records(struct search *search, const struct job_source *from, struct diags *diags)
{
	const struct recipients_options options = {
		.name = from->name, .query = from->query, .sheet = from->sheet};
	const struct template *template = job_read_template(search->arena, from, diags);
	struct recipients *source = template
		? recipients_open(from->recipients, template, &options, diags)
		: NULL;
	struct arena *arena = arena_new();
	struct diags *unsaid = diags_new();
	struct recipient recipient;
	while (source && search->best != FIT_EXACT &&
		recipients_next(source, arena, &recipient, unsaid) != RECIPIENTS_END) {
		try_id(search, recipient.id);
		arena_reset(arena);
		diags_clear(unsaid);
	}
	recipients_close(source);
	diags_free(unsaid);
	arena_free(arena);
}

static void try_source(struct search *search, const struct job_source *source, struct diags *diags)
{
	struct stat status;
	bool folder = !recipients_is_server(source->recipients) &&
		(stat(source->recipients, &status) != 0 || S_ISDIR(status.st_mode));
	if (folder && !source->name)
		try_files(search, source->recipients, diags);
	else
		try_records(search, source, diags);
}

bool job_has_record(const struct job_source *source, struct str id, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct search search = {.arena = arena, .part = str_copy(arena, id).at};
	try_source(&search, source, diags);
	buf_free(&search.all);
	arena_free(arena);
	return search.best == FIT_EXACT;
}

struct str job_find_record(
	struct arena *arena, const struct job_source *source, const char *part, struct diags *diags)
{
	struct search search = {.arena = arena, .part = part};
	const char *shown = recipients_shown(arena, source->recipients);
	struct place at = place_in(shown);
	int before = diags_count(diags, SEVERITY_ERROR);
	try_source(&search, source, diags);
	if (diags_count(diags, SEVERITY_ERROR) > before)
		search.matches = 0;
	else if (search.matches == 0)
		diag_add(diags, RECORD_NONE, at, part, shown);
	else if (search.matches > 1)
		diag_add(diags, RECORD_MANY, at, part, buf_text(&search.all).at);
	buf_free(&search.all);
	return search.matches == 1 ? search.found : (struct str){0};
}
