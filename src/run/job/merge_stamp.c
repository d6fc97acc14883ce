/* merge_stamp.c - all that letters are merged from but their records, as one number: while it and
 * the file of a record stay the same, so does the letter, and the record need not be read.
 *
 * Coarser than a letter's key: any edit of the template changes it, and each letter is then merged
 * once, to be told by its key. */
#include "job/job_int.h"

#include "template/template.h"
#include "tree/vocabulary.h"

/* The hash of a picture or of a file that goes along; false when fields decide which it is. */
static bool add_file(const struct template *template, const struct attribute *src,
	struct arena *arena, struct buf *out)
{
	struct str dir = path_dir(str_of(template->file));
	struct written file = {0};
	written_read(path_join(arena, dir, src->value).at, &file);
	hash_write(&file.hash, out);
	return !src->has_fields;
}

static bool add_files(const struct template *template, struct arena *arena, struct buf *out)
{
	bool known = true;
	for (const struct node *node = template->root; node;
		node = node_following(node, template->root))
		for (const struct attribute *a = node->attributes; a; a = a->next)
			if (attribute_is_path(node->tag, a->name))
				known &= add_file(template, a, arena, out);
	return known;
}

/* Which edition a record asks for, and what each is. */
static void add_editions(const struct project *project, struct buf *out)
{
	const struct style *style = project->style;
	for (int i = 0; i < project->edition_count; i++) {
		const struct project *edition = &project->editions[i];
		buf_format(out, "%.*s %.*s %.*s ", str_arg(edition->edition),
			str_arg(style->edition_field), str_arg(style->edition_usual));
		hash_write(&edition->basis.hash, out);
	}
}

static bool any_hyphenates(const struct project *project)
{
	bool any = project->basis.hyphenates;
	for (int i = 0; i < project->edition_count; i++)
		any |= project->editions[i].basis.hyphenates;
	return any;
}

int64_t project_merge_stamp(const struct project *project)
{
	struct buf text = {0};
	hash_write(&project->basis.hash, &text);
	add_editions(project, &text);
	template_dump(project->template, &text);
	if (any_hyphenates(project))
		text_all_patterns(&text);
	int64_t number = 0;
	if (add_files(project->template, project->arena, &text)) {
		struct hash hash = hash_bytes(text.at, text.len);
		memcpy(&number, hash.at, sizeof number);
	}
	buf_free(&text);
	return number;
}
