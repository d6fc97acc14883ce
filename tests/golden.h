/* golden.h - cases of the golden runner: golden/<kind>/<name>.xml in, <name>.expected out.
 *
 * A kind is a directory and a function that prints what a stage makes of a case. To add a kind,
 * write golden_<stage>.c with that function, declare it here, and give it a row in golden.c. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include "letter/letter.h"

struct golden_case {
	const char *directory; /* "golden/letter" */
	const char *name;
	struct arena *arena; /* of this case */
	bool labelled;       /* each field that the template declares is given a label */
};

struct golden_kind {
	const char *directory;
	void (*print)(struct golden_case *golden, struct buf *out);
};

/* The path of one of the case's files: "golden/letter/NAME" and the suffix. */
const char *golden_path(struct golden_case *golden, const char *suffix);
/* Its bytes; .at == NULL when there is no such file. */
struct str golden_bytes(struct golden_case *golden, const char *suffix);

/* The case's template (.xml), style (.style.xml; without one the default) and letter (.xml merged
 * with .record.xml; without one with an empty record). NULL after an error. */
struct template *golden_template(struct golden_case *golden, struct diags *diags);
struct style *golden_style(struct golden_case *golden, struct diags *diags);
struct letter *golden_letter(struct golden_case *golden, struct diags *diags);

/* Findings in their text form, in the order in which they were made. */
void golden_findings(const struct diags *diags, struct buf *out);

/* golden_items.c: the paragraphs of a letter as runs and items. */
void golden_items(struct golden_case *golden, struct buf *out);

/* golden_labels.c: label is "Angabe NAME" of each field that has none. */
struct str golden_label(struct arena *arena, struct str template);
/* What was found with labels and without: the labels are all that differs, and none is missing. */
void golden_compare_labelled(struct str template, const struct diags *plain,
	const struct diags *labelled, const char *name);

/* golden_pages.c: a letter's pages, and its twins. */
void golden_pages(struct golden_case *golden, struct buf *out);
void golden_twins(struct golden_case *golden, struct buf *out);

#endif
