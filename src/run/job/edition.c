/* edition.c - the other looks that a style names, and which of them a record asks for. All else of
 * a project they share. Their styles are read with the project's; their fonts are opened for the
 * first letter that asks, unless the run has a record, whose keys tell of all of them. */
#include "job/job_int.h"

#include "base/diag_id.h"
#include "template/template.h"

#include <pthread.h>

/* Of all editions of a project, as they share its arena. */
struct opening {
	pthread_mutex_t lock;
	const struct job_request *request;
};

/* -- opening ----------------------------------------------------------------------------------- */

/* Names and choice of records come before anything is computed; so does this. */
static bool check_field(const struct project *project, struct diags *diags)
{
	const struct style *style = project->style;
	const struct field *fields = project->template->fields;
	const struct field *field = template_find_field(fields, style->edition_field);
	const char *name = diag_str(diags, style->edition_field);
	if (!style->edition_field.len || (field && !field->computation.how))
		return true;
	if (field) {
		diag_add(diags, OPTION_COMPUTED, style->edition_field_at, "<editions>", name);
		return false;
	}
	struct nearest nearest = template_nearest_field(fields, style->edition_field);
	diag_add(diags, OPTION_FIELD, style->edition_field_at, "<editions>", name);
	nearest_hint(&nearest, diags);
	return false;
}

static bool read_look(const struct project *project, const struct edition *from,
	struct project *out, struct diags *diags)
{
	struct arena *arena = project->arena;
	struct str dir = path_dir(str_of(project->style->file));
	*out = *project;
	out->edition = from->name;
	out->editions = NULL;
	out->edition_count = 0;
	out->text = NULL;
	out->pdf = NULL;
	out->said = diags_new();
	out->style_file = path_join(arena, dir, from->file).at;
	struct str bytes = file_read(arena, out->style_file, from->at, diags);
	out->style = bytes.at ? style_read(arena, bytes, out->style_file, diags) : NULL;
	return out->style != NULL;
}

bool editions_begin(struct project *project, const struct job_request *request, struct diags *diags)
{
	const struct edition *first = project->style->editions;
	bool good = check_field(project, diags);
	int count = 0;
	for (const struct edition *edition = first; edition; edition = edition->next)
		count++;
	if (!count)
		return good;
	project->editions = arena_new_array(project->arena, struct project, count);
	project->opening = arena_alloc(project->arena, sizeof *project->opening);
	*project->opening = (struct opening){PTHREAD_MUTEX_INITIALIZER, request};
	for (const struct edition *edition = first; edition; edition = edition->next)
		good &= read_look(
			project, edition, &project->editions[project->edition_count++], diags);
	return good;
}

const struct project *edition_open(const struct project *project, int number, struct diags *diags)
{
	struct project *edition = &project->editions[number - 1];
	pthread_mutex_lock(&project->opening->lock);
	if (!edition->looked)
		project_open_look(edition, project->opening->request, edition->said);
	edition->looked = true;
	pthread_mutex_unlock(&project->opening->lock);
	diags_append(diags, edition->said);
	return edition->pdf ? edition : NULL;
}

bool editions_open(const struct project *project, struct diags *diags)
{
	bool good = true;
	for (int i = 0; i < project->edition_count; i++) {
		good &= edition_open(project, i + 1, diags) != NULL;
		diags_clear(project->editions[i].said);
	}
	return good;
}

void editions_close(struct project *project)
{
	for (int i = 0; i < project->edition_count; i++) {
		pdf_free(project->editions[i].pdf);
		text_free(project->editions[i].text);
		diags_free(project->editions[i].said);
	}
}

void editions_add_facts(struct project *project)
{
	for (int i = 0; i < project->edition_count; i++)
		facts_add_edition(project->arena, project->facts, project->editions[i].edition);
	for (int i = 0; i < project->edition_count; i++)
		project->editions[i].facts = facts_for_edition(
			project->arena, project->facts, i + 1);
}

/* -- who asks for one -------------------------------------------------------------------------- */

/* "Large print", as people write it into a table, is large-print. */
static struct str fold(struct arena *arena, struct str words)
{
	char *text = str_chars(arena, words);
	for (int i = 0; i < words.len; i++) {
		bool capital = text[i] >= 'A' && text[i] <= 'Z';
		text[i] = capital ? (char)(text[i] + 'a' - 'A') : text[i] == ' ' ? '-' : text[i];
	}
	return (struct str){text, words.len};
}

/* By its attribute; else by the field that the style names. Empty: it asks for none. */
static struct str asked(const struct project *project, const struct recipient *recipient,
	struct arena *arena, struct place *at)
{
	const struct style *style = project->style;
	*at = recipient->edition_at;
	if (recipient->edition.len || !style->edition_field.len)
		return recipient->edition;
	const struct value *value = recipient_find(recipient->values, style->edition_field);
	struct str words = value ? fold_text(arena, value->text) : str_lit("");
	if (value)
		*at = value->at;
	bool usual = style->edition_usual.len &&
		str_eq(fold(arena, words), fold(arena, style->edition_usual));
	return usual ? str_lit("") : fold(arena, words);
}

static void report(
	const struct project *project, struct str name, struct place at, struct diags *diags)
{
	struct buf hint = {0};
	diag_add(diags, EDITION_UNKNOWN, at, diag_str(diags, name));
	for (int i = 0; i < project->edition_count; i++)
		buf_format(&hint, "%s%.*s", i ? ", " : "write one that it has: ",
			str_arg(project->editions[i].edition));
	if (hint.len)
		diag_hint(diags, diag_str(diags, buf_text(&hint)));
	buf_free(&hint);
}

int edition_asked(const struct project *project, const struct recipient *recipient,
	struct arena *arena, struct diags *diags)
{
	struct place at;
	struct str name = asked(project, recipient, arena, &at);
	if (!name.len)
		return 0;
	for (int i = 0; i < project->edition_count; i++)
		if (str_eq(project->editions[i].edition, name))
			return i + 1;
	report(project, name, at, diags);
	return -1;
}
