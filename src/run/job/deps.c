/* deps.c - what a run was made from, as a rule for make and ninja: the record depends on the
 * template, what it includes, the style, pictures, fonts, the patterns that divide the words of the
 * template's languages, and each file of records.
 *
 * Written as the records go by, beside the file, and renamed at the end: a million names are never
 * held together. */
#include "base/diag_id.h"
#include "job/batch_int.h"
#include "record/names.h"
#include "template/template.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

struct deps {
	FILE *file;
	const char *path, *beside;
	int error; /* errno of the first failure, or 0 */
	struct arena *arena;
	struct buf last; /* of the files of records */
};

/* good: whether what was just done went well. */
static void note(struct deps *deps, bool good)
{
	if (!good && !deps->error)
		deps->error = errno;
}

static void fail(const struct deps *deps, struct diags *diags)
{
	diag_add(diags, FILE_WRITE, place_in(deps->path), deps->path, strerror(deps->error));
}

/* Blanks and "#" behind a backslash, "$" doubled: as both programs read names. */
static void put_name(FILE *file, const char *name)
{
	for (; *name; name++) {
		if (strchr(" #\\", *name))
			fputc('\\', file);
		if (*name == '$')
			fputc('$', file);
		fputc(*name, file);
	}
}

static void put(struct deps *deps, const char *name)
{
	fputs(" \\\n ", deps->file);
	put_name(deps->file, name);
	note(deps, !ferror(deps->file));
}

static void put_template(struct deps *deps, const struct template *template)
{
	vec(struct str) files = {0};
	struct str dir = path_dir(str_of(template->file));
	put(deps, template->file);
	*vec_push(deps->arena, &files) = str_of(template->file);
	for (const struct node *node = template->root; node;
		node = node_following(node, template->root)) {
		bool known = !node->at.file;
		for (int i = 0; i < files.len && !known; i++)
			known = str_is(files.at[i], node->at.file);
		if (!known) {
			put(deps, node->at.file);
			*vec_push(deps->arena, &files) = str_of(node->at.file);
		}
		for (const struct attribute *a = node->attributes; a; a = a->next)
			if (str_is(a->name, "src") && !a->has_fields)
				put(deps, path_join(deps->arena, dir, a->value).at);
	}
}

static void put_patterns(struct deps *deps, const struct template *template)
{
	vec(struct str) files = {0};
	for (const struct node *node = template->root; node;
		node = node_following(node, template->root)) {
		const char *path = text_patterns(deps->arena, node->lang);
		bool known = !path;
		for (int i = 0; i < files.len && !known; i++)
			known = str_is(files.at[i], path);
		if (known)
			continue;
		put(deps, path);
		*vec_push(deps->arena, &files) = str_of(path);
	}
}

struct deps *deps_open(const struct task *task, const struct project *project, struct diags *diags)
{
	const char *path = task->update->deps;
	struct arena *arena = arena_new();
	struct deps *deps = arena_alloc(arena, sizeof *deps);
	*deps = (struct deps){
		.arena = arena, .path = path, .beside = str_format(arena, "%s.tmp", path).at};
	deps->file = fopen(deps->beside, "wbe");
	if (!deps->file) {
		note(deps, false);
		fail(deps, diags);
		arena_free(arena);
		return NULL;
	}
	put_name(deps->file, names_hidden(arena, task->to->out, task->to->shard, "db"));
	fputc(':', deps->file);
	put_template(deps, project->template);
	if (project->style->file)
		put(deps, project->style->file);
	for (int i = 0; i < text_face_count(project->text); i++)
		put(deps, text_face(project->text, i)->path);
	if (project->basis.hyphenates)
		put_patterns(deps, project->template);
	return deps;
}

void deps_add(struct deps *deps, const char *file)
{
	if (!file || str_is(buf_text(&deps->last), file))
		return;
	buf_clear(&deps->last);
	buf_puts(&deps->last, file);
	put(deps, file);
}

bool deps_close(struct deps *deps, bool keep, struct diags *diags)
{
	if (!deps)
		return true;
	note(deps, fputc('\n', deps->file) != EOF);
	note(deps, fclose(deps->file) == 0);
	if (keep && !deps->error)
		note(deps, rename(deps->beside, deps->path) == 0);
	bool good = !keep || !deps->error;
	if (!keep || !good)
		unlink(deps->beside);
	if (!good)
		fail(deps, diags);
	buf_free(&deps->last);
	arena_free(deps->arena);
	return good;
}
