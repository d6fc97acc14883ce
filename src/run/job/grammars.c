/* grammars.c - the grammars beside the template, letter.rng, style.rng and recipient.rng: libxml2
 * holds what was read without an error against them. They draw the same line as the program does,
 * until an office narrows them to what it wants in its letters. One that is not there is not
 * missed. */
#include "job/job_int.h"

#include "template/template.h"
#include "xml/xml.h"

static struct xml_grammar *read_grammar(
	const struct project *project, const char *name, struct diags *diags)
{
	struct str dir = path_dir(str_of(project->template->file));
	const char *path = path_join(project->arena, dir, str_of(name)).at;
	if (!file_exists(path))
		return NULL;
	struct str bytes = file_read(project->arena, path, place_none(), diags);
	return bytes.at ? xml_grammar_read(bytes, path, diags) : NULL;
}

static void check_file(const struct project *project, const char *path, const char *grammar_name,
	struct diags *diags)
{
	struct xml_grammar *grammar = path ? read_grammar(project, grammar_name, diags) : NULL;
	if (!grammar)
		return;
	struct arena *arena = arena_new();
	struct str bytes = file_read(arena, path, place_none(), diags);
	const struct xml_node *root = bytes.at ? xml_read(arena, bytes, path, diags) : NULL;
	if (root)
		xml_grammar_check(grammar, root, diags);
	arena_free(arena);
	xml_grammar_free(grammar);
}

struct xml_grammar *grammars_check(const struct project *project, struct diags *diags)
{
	check_file(project, project->template->file, "letter.rng", diags);
	check_file(project, project->style_file, "style.rng", diags);
	for (int i = 0; i < project->edition_count; i++)
		check_file(project, project->editions[i].style_file, "style.rng", diags);
	return read_grammar(project, "recipient.rng", diags);
}
