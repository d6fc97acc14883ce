/* maker.c - one letter at a time, in memory, for who looks at them: what is the same in all
 * letters is opened once and stays open.
 *
 * It does not notice changed files: who keeps one makes a new one then, which takes as long as a
 * few letters, and may keep the old one, to see how letters were: all but the records is read when
 * it is opened, pictures too. Rejected: opening again only what changed, which has to know who uses
 * what. */
#include "compare/portrait.h"
#include "job/job_int.h"
#include "template/template.h"
#include "tree/vocabulary.h"

#include <stdlib.h>

struct job_maker {
	struct job_request request;
	struct task task;
	struct project project;
	struct worker worker;
	struct keyer *keyer;     /* for portraits: its keys mean nothing */
	struct made_letter made; /* the last */
	const struct letter *letter;
	int64_t stamp;
	bool open;
};

/* What is wrong with one is said by the letters that have it. */
static void read_file(const struct project *project, const struct node *node,
	const struct attribute *name, struct diags *unsaid)
{
	struct str dir = path_dir(str_of(project->template->file));
	struct attachment file;
	if (node->tag == TAG_ATTACHMENT)
		attachments_find(project->attachments, project->arena,
			(struct attached_to){node, dir}, &file, unsaid);
	else
		pictures_find(project->pictures, path_join(project->arena, dir, name->value).at,
			node->at, unsaid);
}

static void read_files(const struct project *project)
{
	const struct template *template = project->template;
	struct diags *unsaid = diags_new();
	for (const struct node *node = template->root; node;
		node = node_following(node, template->root))
		for (const struct attribute *a = node->attributes; a; a = a->next)
			if (attribute_is_path(node->tag, a->name) && !a->has_fields)
				read_file(project, node, a, unsaid);
	diags_free(unsaid);
}

/* The project of a maker has no basis, which would hash the fonts: the style is added here. */
static int64_t hash_stamp(const struct project *project)
{
	struct buf style = {0};
	int64_t number = project_merge_stamp(project);
	style_dump(project->style, &style);
	for (int i = 0; i < project->edition_count; i++)
		style_dump(project->editions[i].style, &style);
	number = number ? number ^ (int64_t)str_hash(buf_text(&style)) : 0;
	buf_free(&style);
	return number;
}

struct job_maker *job_maker_new(
	const struct job_source *source, const struct job_form *form, struct diags *diags)
{
	struct job_maker *maker = heap_new(sizeof *maker);
	maker->request = (struct job_request){.source = *source, .form = *form};
	maker->task = (struct task){.kind = TASK_WRITE, .request = &maker->request};
	maker->open = project_open(&maker->project, &maker->task, diags);
	if (!maker->open) {
		job_maker_free(maker);
		return NULL;
	}
	read_files(&maker->project);
	maker->stamp = hash_stamp(&maker->project);
	maker->keyer = keyer_new(
		&maker->project.basis, maker->project.pictures, maker->project.attachments);
	worker_open(
		&maker->worker, &(struct worker){.task = &maker->task, .project = &maker->project});
	return maker;
}

void job_maker_free(struct job_maker *maker)
{
	if (!maker)
		return;
	if (maker->open)
		worker_close(&maker->worker);
	keyer_free(maker->keyer);
	project_close(&maker->project);
	free(maker);
}

/* The source may have said something of it. */
bool maker_find(struct job_maker *maker, struct str id, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	const struct job_source *from = &maker->request.source;
	struct recipients_options options = {.only = &id,
		.only_count = 1,
		.name = from->name,
		.query = from->query,
		.sheet = from->sheet};
	struct recipients *source = recipients_open(
		from->recipients, maker->project.template, &options, diags);
	enum recipients_result result = source ? recipients_next(source, arena, out, diags)
					       : RECIPIENTS_END;
	recipients_close(source);
	return result == RECIPIENTS_GOOD;
}

const struct template *maker_template(const struct job_maker *maker)
{
	return maker->project.template;
}

static enum stands find_stands(const struct value *value, const struct field *field, bool object)
{
	enum compute how = field ? field->computation.how : COMPUTE_NOTHING;
	return how == COMPUTE_LETTER      ? STANDS_IN_TEMPLATE
		: how                     ? STANDS_NOWHERE
		: object || value->at.row ? STANDS_IN_TABLE
					  : STANDS_IN_RECORD;
}

static void list_links(struct arena *arena, const struct value *value, struct job_fact *fact)
{
	for (struct str link; (link = value_link(value, fact->links.len + 1)).at;)
		*vec_push(arena, &fact->links) = link;
}

/* Those of a list's records by their paths, "books.due". */
static void list_values(struct worker *worker, const struct value *values,
	const struct field *fields, struct str list, struct job_made *out)
{
	struct arena *arena = worker->arena;
	for (const struct value *value = values; value; value = value->next) {
		const struct field *field = template_find_field(fields, value->name);
		struct str name = list.len
			? str_format(arena, "%.*s.%.*s", str_arg(list), str_arg(value->name))
			: value->name;
		bool lines = value_has_lines(value, field);
		if (value->parts) {
			list_values(worker, value->parts, field ? field->parts : NULL, name, out);
			continue;
		}
		*vec_push(arena, &out->facts) = (struct job_fact){.name = name,
			.label = field ? field->label : (struct str){0},
			.text = str_trim(value->text),
			.at = value->at,
			.used = field && field->used,
			.stands = find_stands(value, field, out->object),
			.lines = lines,
			.marked = value->rich != NULL,
			.words = value_words(arena, value, lines),
			.standing = value_standing(value),
			.about = value->about};
		list_links(arena, value, &out->facts.at[out->facts.len - 1]);
	}
}

static void list_facts(struct worker *worker, const struct value *values,
	const struct template *template, struct job_made *out)
{
	list_values(worker, values, template->fields, str_lit(""), out);
	for (const struct field *field = template->fields; field; field = field->next)
		if (field->used && !recipient_find(values, field->name))
			*vec_push(worker->arena, &out->facts) = (struct job_fact){
				.name = field->name,
				.label = field->label,
				.text = field->value,
				.at = field->at,
				.used = true,
				.stands = STANDS_IN_TEMPLATE,
				.words = field->value};
}

/* With what it is made from, and what approvals are bound to. */
static bool make(struct job_maker *maker, const struct recipient *recipient, struct job_made *out)
{
	struct worker *worker = &maker->worker;
	struct made_letter *made = &maker->made;
	diags_set_record(worker->diags, recipient->where);
	out->stamp = recipient->stamp;
	out->object = recipient->object;
	const struct letter *letter = worker_merge(worker, recipient);
	maker->letter = letter;
	list_facts(
		worker, letter ? letter->values : recipient->values, maker->project.template, out);
	return letter && worker_compose(worker, letter, maker->request.form.also, made) &&
		approval_content(worker, letter, made);
}

static void begin(struct job_maker *maker, bool guides)
{
	arena_reset(maker->worker.arena);
	diags_clear(maker->worker.diags);
	maker->made = (struct made_letter){0};
	maker->request.form.guides = guides;
}

void maker_try(struct job_maker *maker, const struct recipient *recipient, struct diags *diags)
{
	struct job_made unsaid = {0};
	begin(maker, false);
	make(maker, recipient, &unsaid);
	diags_append(diags, maker->worker.diags);
}

bool job_maker_make(struct job_maker *maker, struct str id, bool guides, struct job_made *out,
	struct diags *diags)
{
	struct worker *worker = &maker->worker;
	struct recipient recipient = {0};
	begin(maker, guides);
	*out = (struct job_made){0};
	bool good = maker_find(maker, id, worker->arena, &recipient, worker->diags) &&
		make(maker, &recipient, out);
	if (good) {
		out->pages = maker->made.pages->count;
		out->edition = worker->project->edition;
		out->page_width = worker->project->style->page_width;
		out->page_height = worker->project->style->page_height;
		out->pdf = maker->made.file[FILE_PDF];
		out->content = maker->made.content;
	}
	diags_sort(worker->diags);
	diags_append(diags, worker->diags);
	return good;
}

int64_t job_maker_stamp(const struct job_maker *maker)
{
	return maker->stamp;
}

void job_maker_portrait(struct job_maker *maker, struct arena *arena, struct portrait *out)
{
	approval_portrait(&maker->worker, maker->keyer, maker->letter, &maker->made, arena, out);
}
