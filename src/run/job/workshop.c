/* workshop.c - one letter at a time, in memory, for who looks at them: what is the same in all
 * letters is opened once and stays open.
 *
 * It does not notice changed files: who keeps one makes a new one then, which takes as long as a
 * few letters, and may keep the old one, to see how letters were: all but the records is read when
 * it is opened, pictures too. Rejected: opening again only what changed, which has to know who uses
 * what. */
#include "compare/words.h"
#include "job/job_int.h"
#include "template/template.h"

#include <stdlib.h>

struct job_workshop {
	struct job_request request;
	struct task task;
	struct project project;
	struct worker worker;
	struct made_letter made; /* the last */
	int64_t surroundings;
	bool open;
};

/* What is wrong with one is said by the letters that show it. */
static void read_pictures(const struct project *project)
{
	const struct template *template = project->template;
	struct str dir = path_dir(str_of(template->file));
	struct diags *unsaid = diags_new();
	for (const struct node *node = template->root; node;
		node = node_following(node, template->root))
		for (const struct attribute *a = node->attributes; a; a = a->next)
			if (str_is(a->name, "src") && !a->has_fields)
				pictures_find(project->pictures,
					path_join(project->arena, dir, a->value).at, node->at,
					unsaid);
	diags_free(unsaid);
}

/* The project of a workshop has no basis, which would hash the fonts: the style is added here. */
static int64_t hash_surroundings(const struct project *project)
{
	struct buf style = {0};
	int64_t number = project_surroundings(project);
	style_dump(project->style, &style);
	number = number ? number ^ (int64_t)str_hash(buf_text(&style)) : 0;
	buf_free(&style);
	return number;
}

struct job_workshop *job_workshop_new(
	const struct job_source *source, const struct job_form *form, struct diags *diags)
{
	struct job_workshop *workshop = heap_new(sizeof *workshop);
	workshop->request = (struct job_request){.source = *source, .form = *form};
	workshop->task = (struct task){.kind = TASK_WRITE, .request = &workshop->request};
	workshop->open = project_open(&workshop->project, &workshop->task, diags);
	if (!workshop->open) {
		job_workshop_free(workshop);
		return NULL;
	}
	read_pictures(&workshop->project);
	workshop->surroundings = hash_surroundings(&workshop->project);
	worker_open(&workshop->worker,
		&(struct worker){.task = &workshop->task, .project = &workshop->project});
	return workshop;
}

void job_workshop_free(struct job_workshop *workshop)
{
	if (!workshop)
		return;
	if (workshop->open)
		worker_close(&workshop->worker);
	project_close(&workshop->project);
	free(workshop);
}

/* The record of that id, which the source may have said something of. */
static bool find(struct job_workshop *workshop, struct str id, struct recipient *out)
{
	struct worker *worker = &workshop->worker;
	const struct job_source *from = &workshop->request.source;
	struct recipients_options options = {
		.only = &id, .only_count = 1, .name = from->name, .query = from->query};
	struct recipients *source = recipients_open(
		from->recipients, workshop->project.template, &options, worker->diags);
	enum recipients_result result = source
		? recipients_next(source, worker->arena, out, worker->diags)
		: RECIPIENTS_END;
	recipients_close(source);
	return result == RECIPIENTS_GOOD;
}

/* Those of a list's records by their paths, "books.due". */
static void list_values(struct worker *worker, const struct value *values,
	const struct field *fields, struct str list, struct job_made *out)
{
	for (const struct value *value = values; value; value = value->next) {
		const struct field *field = template_find_field(fields, value->name);
		struct str name = list.len ? str_format(worker->arena, "%.*s.%.*s", str_arg(list),
						     str_arg(value->name))
					   : value->name;
		if (value->parts) {
			list_values(worker, value->parts, field ? field->parts : NULL, name, out);
			continue;
		}
		*vec_push(worker->arena, &out->facts) = (struct job_fact){.name = name,
			.text = str_trim(value->text),
			.at = value->at,
			.used = field && field->used,
			.standing = value_standing(value),
			.about = value->about};
	}
}

static void list_facts(struct worker *worker, const struct recipient *recipient,
	const struct template *template, struct job_made *out)
{
	list_values(worker, recipient->values, template->fields, str_lit(""), out);
	for (const struct field *field = template->fields; field; field = field->next)
		if (field->used && !recipient_find(recipient->values, field->name))
			*vec_push(worker->arena, &out->facts) = (struct job_fact){
				.name = field->name,
				.text = field->value,
				.at = field->at,
				.used = true};
}

/* With what approvals are bound to. */
static bool make(struct job_workshop *workshop, const struct recipient *recipient)
{
	struct worker *worker = &workshop->worker;
	struct made_letter *made = &workshop->made;
	const struct letter *letter = worker_merge(worker, recipient);
	return letter && worker_compose(worker, letter, workshop->request.form.also, made) &&
		approval_content(worker, letter, made);
}

bool job_workshop_make(struct job_workshop *workshop, struct str id, bool guides,
	struct job_made *out, struct diags *diags)
{
	struct worker *worker = &workshop->worker;
	struct recipient recipient = {0};
	arena_reset(worker->arena);
	diags_clear(worker->diags);
	*out = (struct job_made){0};
	workshop->made = (struct made_letter){0};
	workshop->request.form.guides = guides;
	bool found = find(workshop, id, &recipient);
	if (found) {
		diags_set_record(worker->diags, recipient.where);
		list_facts(worker, &recipient, workshop->project.template, out);
	}
	bool good = found && make(workshop, &recipient);
	if (good) {
		out->pages = workshop->made.pages->count;
		out->page_width = workshop->project.style->page_width;
		out->page_height = workshop->project.style->page_height;
		out->pdf = workshop->made.file[FILE_PDF];
		out->content = workshop->made.content;
	}
	diags_sort(worker->diags);
	diags_append(diags, worker->diags);
	return good;
}

int64_t job_workshop_surroundings(const struct job_workshop *workshop)
{
	return workshop->surroundings;
}

struct page_words job_workshop_words(const struct job_workshop *workshop, struct arena *arena)
{
	return page_words_of(arena, workshop->made.pages, workshop->project.text);
}
