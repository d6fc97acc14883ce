/* hold_grammars.c - what the program takes, libxml2 takes by the grammars that it is given. */
#include "hold.h"

#include "xml/xml.h"

static bool hold_grammar(
	struct trial *trial, const char *name, const struct twig *const *roots, int count)
{
	struct diags *diags = diags_new();
	const char *path = str_format(trial->arena, SOURCE_DIR "/templates/%s.rng", name).at;
	struct str grammar_bytes = file_read(trial->arena, path, place_none(), diags);
	struct xml_grammar *grammar = xml_grammar_read(grammar_bytes, path, diags);
	bool good = grammar;
	for (int i = 0; good && i < count; i++) {
		const struct xml_node *root = xml_read(
			trial->arena, trial_bytes(trial, roots[i]), name, diags);
		good = root && xml_grammar_check(grammar, root, diags);
	}
	if (!good && diags_len(diags)) {
		struct buf said = {0};
		diag_write_text(diags_at(diags, 0), false, &said);
		trial_find(trial, "a grammar forbids what is valid", "%s", buf_text(&said).at);
		buf_free(&said);
	}
	xml_grammar_free(grammar);
	diags_free(diags);
	return good;
}

bool hold_grammars(struct trial *trial)
{
	const struct drawn *drawn = trial->drawn;
	const struct twig *letter = drawn->letter, *style = drawn->style;
	if (drawn->kind % 8)
		return true;
	return hold_grammar(trial, "letter", &letter, 1) &&
		hold_grammar(trial, "letter", (const struct twig *const *)drawn->parts,
			drawn->part_count) &&
		hold_grammar(trial, "style", &style, 1) &&
		hold_grammar(trial, "recipient", (const struct twig *const *)drawn->records,
			drawn->record_count);
}
