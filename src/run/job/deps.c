/* deps.c - what a run was made from, as a rule for make and ninja: the record depends on the
 * template, what it includes, the style, pictures, attached files, fonts, the patterns that divide
 * the words of the template's languages, and each file of records.
 *
 * Written as the records go by, beside the file, and renamed at the end: a million names are never
 * held together. */
#include "base/diag_id.h"
#include "job/batch_int.h"
#include "record/names.h"
#include "template/template.h"
#include "tree/vocabulary.h"

enum { MOST_WAITING = 1 << 16 };

struct deps {
	struct beside file;
	struct buf waiting; /* to be written */
	struct arena *arena;
	struct buf last; /* of the files of records */
};

/* Blanks and "#" behind a backslash, "$" doubled: as both programs read names. */
static void put_name(struct buf *out, const char *name)
{
	for (; *name; name++) {
		if (strchr(" #\\", *name))
			buf_char(out, '\\');
		if (*name == '$')
			buf_char(out, '$');
		buf_char(out, *name);
	}
}

static void flush(struct deps *deps)
{
	beside_write(&deps->file, deps->waiting.at, deps->waiting.len);
	buf_clear(&deps->waiting);
}

static void put(struct deps *deps, const char *name)
{
	buf_puts(&deps->waiting, " \\\n ");
	put_name(&deps->waiting, name);
	if (deps->waiting.len > MOST_WAITING)
		flush(deps);
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
			if (attribute_is_path(node->tag, a->name) && !a->has_fields)
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

static void put_look(struct deps *deps, const struct project *project)
{
	if (project->style->file)
		put(deps, project->style->file);
	for (int i = 0; i < text_face_count(project->text); i++)
		put(deps, text_face(project->text, i)->path);
}

struct deps *deps_open(const struct task *task, const struct project *project, struct diags *diags)
{
	const char *path = task->update->deps;
	struct arena *arena = arena_new();
	struct deps *deps = arena_alloc(arena, sizeof *deps);
	*deps = (struct deps){.arena = arena};
	beside_open(&deps->file, path, str_format(arena, "%s.tmp", path).at);
	if (deps->file.error) {
		beside_report(&deps->file, diags);
		beside_end(&deps->file, false);
		arena_free(arena);
		return NULL;
	}
	put_name(&deps->waiting, names_hidden(arena, task->to->out, task->to->shard, "db"));
	buf_char(&deps->waiting, ':');
	put_template(deps, project->template);
	bool hyphenates = project->basis.hyphenates;
	if (task->update->settings)
		put(deps, task->update->settings);
	put_look(deps, project);
	for (int i = 0; i < project->edition_count; i++) {
		put_look(deps, &project->editions[i]);
		hyphenates |= project->editions[i].basis.hyphenates;
	}
	if (hyphenates)
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
	buf_char(&deps->waiting, '\n');
	flush(deps);
	beside_settle(&deps->file, false);
	bool good = beside_end(&deps->file, keep) || !keep;
	if (!good)
		beside_report(&deps->file, diags);
	buf_free(&deps->waiting);
	buf_free(&deps->last);
	arena_free(deps->arena);
	return good;
}
