/* patterns.c - languages of the template whose words are to be divided at line ends, and for which
 * the system has no patterns: said once a run, as it is the same for all letters. */
#include "job/job_int.h"

#include "base/diag_id.h"
#include "template/template.h"

static bool is_hyphenated(const struct project *project, const struct node *paragraph)
{
	bool any = style_block(project->style, paragraph)->hyphenate;
	for (int i = 0; i < project->edition_count; i++)
		any |= style_block(project->editions[i].style, paragraph)->hyphenate;
	return any;
}

static bool asks_for_patterns(const struct project *project, const struct node *node)
{
	const struct node *paragraph = node->tag == TAG_TEXT ? node_paragraph(node) : NULL;
	return paragraph && !node_is_blank(node) && is_hyphenated(project, paragraph) &&
		text_divides_words(node->lang);
}

/* Words of another language in a paragraph are mostly few, and names. */
static void report(const struct node *node, struct arena *arena, struct diags *diags)
{
	const char *package = text_patterns_package(node->lang);
	const char *lang = diag_str(diags, node->lang);
	if (package && str_eq(node->lang, node_paragraph(node)->lang)) {
		diag_add(diags, PATTERNS, node->at, lang, package);
		return;
	}
	diag_add(diags, PATTERNS_UNKNOWN, node->at, lang);
	if (package)
		diag_hint(diags,
			str_format(arena, "leave it, or install the package %s", package).at);
}

void project_check_patterns(const struct project *project, struct diags *diags)
{
	vec(struct str) known = {0};
	const struct node *root = project->template->root;
	for (const struct node *node = root; node; node = node_following(node, root)) {
		int i = 0;
		while (i < known.len && !str_eq(known.at[i], node->lang))
			i++;
		if (i < known.len || !asks_for_patterns(project, node))
			continue;
		*vec_push(project->arena, &known) = node->lang;
		if (!text_patterns(project->arena, node->lang))
			report(node, project->arena, diags);
	}
}
