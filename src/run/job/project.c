/* project.c - template, style, fonts, pictures and the PDF's constant parts: read once a run. */
#include "job/job_int.h"

#include "template/template.h"
#include "verify/manifest.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

static struct str template_bytes(
	struct arena *arena, const struct job_source *source, struct diags *diags)
{
	return source->template_bytes.at ? source->template_bytes
					 : file_read(arena, source->template, place_none(), diags);
}

struct template *job_read_template(
	struct arena *arena, const struct job_source *source, struct diags *diags)
{
	struct str bytes = template_bytes(arena, source, diags);
	return bytes.at ? template_read(arena, bytes, source->template, diags) : NULL;
}

/* For the record: without one OpenSSL need not be begun. */
static struct str sha256_of(const struct project *project, struct str bytes)
{
	char hex[MANIFEST_HEX] = "";
	if (project->recorded && bytes.at)
		manifest_hash(bytes, hex);
	return str_copy(project->arena, str_of(hex));
}

static struct style *read_style(
	struct project *project, const struct job_source *source, struct diags *diags)
{
	struct arena *arena = project->arena;
	const struct template *template = project->template;
	struct place place = place_in(template->file);
	const char *path = source->style;
	if (!path && !template->style.len) {
		struct style *style = arena_alloc(arena, sizeof *style);
		*style = style_default();
		return style;
	}
	if (path)
		place.file = NULL;
	else
		path = path_join(arena, path_dir(str_of(template->file)), template->style).at;
	struct str bytes = file_read(arena, path, place, diags);
	project->style_file = path;
	project->style_hash = sha256_of(project, bytes);
	return bytes.at ? style_read(arena, bytes, path, diags) : NULL;
}

/* The same input must give the same bytes, so the time in a letter is never the clock's: it is what
 * the caller gives (SOURCE_DATE_EPOCH), else midnight UTC of the letter's own date, else 1970. */
static int64_t time_of(const struct job_form *form, const struct template *template)
{
	struct tm tm = {0};
	if (form->has_time)
		return form->time;
	if (!template->date.len || !strptime(template->date.at, "%Y-%m-%d", &tm))
		return 0;
	return (int64_t)timegm(&tm);
}

/* All characters of the template, for the fonts' base subsets. */
static struct str sample_of(struct arena *arena, const struct template *template)
{
	struct buf text = {0};
	letter_node_text(template->root, &text);
	for (const struct node *node = template->root; node;
		node = node_following(node, template->root))
		if (node->tag == TAG_NOTE)
			letter_node_text(node, &text);
	struct str sample = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return sample;
}

static bool read_template(
	struct project *project, const struct job_request *request, struct diags *diags)
{
	const char *path = request->source.template;
	struct str bytes = template_bytes(project->arena, &request->source, diags);
	project->template_file_hash = sha256_of(project, bytes);
	project->template_hash = request->signing.identity ? project->template_file_hash
							   : str_lit("");
	if (bytes.at)
		project->template = template_read(project->arena, bytes, path, diags);
	return project->template != NULL;
}

static void take_basis(struct project *project, const struct job_request *request)
{
	const struct signing *signing = &request->signing;
	struct basis_input input = {project->style, project->edition, project->text, project->pdf,
		project->time, request->form.attach_source, request->form.compact,
		signing->identity, signing->options.pss, signing->certify};
	project->basis = basis_make(project->arena, &input);
}

static bool needs_all_editions(const struct task *task)
{
	return task_has_record(task) || task->approver;
}

/* What the letters' keys have in common; of editions, when they are open. */
static void take_bases(struct project *project, const struct task *task)
{
	int editions = needs_all_editions(task) ? project->edition_count : 0;
	take_basis(project, task->request);
	for (int i = 0; i < editions; i++)
		take_basis(&project->editions[i], task->request);
	project->merge_stamp = project_merge_stamp(project);
	for (int i = 0; i < editions; i++)
		project->editions[i].merge_stamp = project->merge_stamp;
}

static struct text *find_faces(
	const struct project *project, struct face_keeping keeping, struct diags *diags)
{
	keeping.now = project->opened / 1000000000;
	return text_new_kept(project->style, &keeping, diags);
}

bool project_open_look(
	struct project *project, const struct job_request *request, struct diags *diags)
{
	if (request->form.standard)
		style_set_standard(project->style, str_of(request->form.standard));
	project->text = find_faces(project, request->faces, diags);
	if (project->text)
		project->pdf = pdf_new(project->text, project->style,
			sample_of(project->arena, project->template), diags);
	return project->pdf != NULL;
}

/* A check opens an edition when a letter asks for it: too late for its fonts to be in a key. */
bool project_has_keys(const struct project *project, const struct task *task)
{
	bool versions = task->check && task->check->versions && !project->edition.len;
	return needs_all_editions(task) || versions;
}

bool project_open(struct project *project, const struct task *task, struct diags *diags)
{
	const struct job_request *request = task->request;
	struct timespec now;
	*project = (struct project){.arena = arena_new(),
		.pictures = pictures_new(),
		.attachments = attachments_new(),
		.recorded = task_has_record(task)};
	clock_gettime(CLOCK_REALTIME, &now);
	project->opened = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
	if (!read_template(project, request, diags))
		return false;
	project->time = time_of(&request->form, project->template);
	project->style = read_style(project, &request->source, diags);
	if (!project->style || !project_open_look(project, request, diags) ||
		!editions_begin(project, request, diags) ||
		(needs_all_editions(task) && !editions_open(project, diags)))
		return false;
	project_check_patterns(project, diags);
	if (task->check && task->check->choose) {
		project->facts = facts_new(project->arena, project->template, project->text);
		editions_add_facts(project);
	}
	if (project_has_keys(project, task))
		take_bases(project, task);
	return true;
}

void project_close(struct project *project)
{
	editions_close(project);
	pdf_free(project->pdf);
	text_free(project->text);
	pictures_free(project->pictures);
	attachments_free(project->attachments);
	arena_free(project->arena);
}
