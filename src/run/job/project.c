/* project.c - template, style, fonts, pictures and the PDF's constant parts: read once a run. */
#include "job/job_int.h"

#include "verify/manifest.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

struct template *job_read_template(struct arena *arena, const char *path, struct diags *diags)
{
	struct str bytes = file_read(arena, path, place_none(), diags);
	return bytes.at ? template_read(arena, bytes, path, diags) : NULL;
}

static struct style *read_style(
	struct project *project, const struct job_request *request, struct diags *diags)
{
	struct arena *arena = project->arena;
	const struct template *template = project->template;
	struct place place = place_in(template->file);
	const char *path = request->style;
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
	return bytes.at ? style_read(arena, bytes, path, diags) : NULL;
}

/* The same input must give the same bytes, so the time in a letter is never the clock's: it is what
 * the caller gives (SOURCE_DATE_EPOCH), else midnight UTC of the letter's own date, else 1970. */
static int64_t time_of(const struct job_request *request, const struct template *template)
{
	struct tm tm = {0};
	if (request->has_time)
		return request->time;
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
	const char *path = request->template;
	struct str bytes = file_read(project->arena, path, place_none(), diags);
	char hex[MANIFEST_HEX] = "";
	if (bytes.at && request->identity)
		manifest_hash(bytes, hex);
	project->template_hash = str_copy(project->arena, str_of(hex));
	if (bytes.at)
		project->template = template_read(project->arena, bytes, path, diags);
	return project->template != NULL;
}

bool project_open(struct project *project, const struct job_request *request, struct diags *diags)
{
	*project = (struct project){.arena = arena_new(), .pictures = pictures_new()};
	if (!read_template(project, request, diags))
		return false;
	project->time = time_of(request, project->template);
	project->style = read_style(project, request, diags);
	if (project->style)
		project->text = text_new(project->style, diags);
	if (project->text)
		project->pdf = pdf_new(project->text, project->style,
			sample_of(project->arena, project->template), diags);
	if (!project->pdf)
		return false;
	if (request->choose)
		project->facts = facts_new(project->arena, project->template, project->text);
	struct basis_input input = {project->style, project->text, project->pdf, project->time,
		request->attach_source, request};
	if (request->mode == JOB_ALL)
		return true;
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	project->opened = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
	project->basis = basis_make(project->arena, &input);
	project->surroundings = project_surroundings(project);
	return true;
}

void project_close(struct project *project)
{
	pdf_free(project->pdf);
	text_free(project->text);
	pictures_free(project->pictures);
	arena_free(project->arena);
}
