/* golden_labels.c - the findings of a case once more, with a label for each of its fields: nothing
 * else may differ, and whoever names a field names it by its label. */
#include "golden.h"

#include "base/diag_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char opens[] = "<declare name=";

/* The next declared name from at on, and where its declaration begins; false: none. */
static bool next_declared(struct str template, int *at, int *begins, struct str *name)
{
	int found = str_find(str_slice(template, *at, template.len), opens);
	if (found < 0)
		return false;
	*begins = *at + found;
	int from = *begins + (int)sizeof opens - 1, to = from + 1;
	while (to < template.len && template.at[to] != template.at[from])
		to++;
	*name = str_slice(template, from + 1, to);
	*at = to;
	return true;
}

static bool has_label(struct str template, int begins)
{
	struct str rest = str_slice(template, begins, template.len), tag;
	str_split(&rest, '>', &tag);
	return str_find(tag, " label=") >= 0;
}

struct str golden_label(struct arena *arena, struct str template)
{
	struct buf out = {0};
	struct str name;
	int at = 0, begins, copied = 0;
	while (next_declared(template, &at, &begins, &name)) {
		int behind = begins + (int)sizeof "<declare" - 1;
		buf_str(&out, str_slice(template, copied, behind));
		if (!has_label(template, begins))
			buf_format(&out, " label=\"Angabe %.*s\"", str_arg(name));
		copied = behind;
	}
	buf_str(&out, str_slice(template, copied, template.len));
	struct str labelled = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return labelled;
}

/* A finding without the labels of the template's fields. */
static struct str strip(struct arena *arena, struct str template, struct str text)
{
	struct str name;
	int at = 0, begins;
	while (next_declared(template, &at, &begins, &name)) {
		struct str said = str_format(arena, "Angabe %.*s (", str_arg(name));
		for (int found; (found = str_find(text, said.at)) >= 0;) {
			struct str rest = str_slice(text, found + said.len, text.len), path;
			str_split(&rest, ')', &path);
			text = str_format(arena, "%.*s%.*s%.*s", found, text.at, str_arg(path),
				str_arg(rest));
		}
	}
	return text;
}

/* Of names that are no field's there, or no longer. */
static bool is_of_none(const struct diag *diag)
{
	static const int ids[] = {DIAG_FIELD_UNDECLARED, DIAG_FIELD_UNKNOWN, DIAG_FIELD_NAME,
		DIAG_FIELD_RESERVED, DIAG_FIELD_LABEL};
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (ids[i] == diag->id)
			return true;
	return false;
}

/* Whether it names a declared field as one, without its label. */
static bool names_bare(struct arena *arena, struct str template, const struct diag *diag)
{
	struct str name;
	int at = 0, begins;
	while (next_declared(template, &at, &begins, &name)) {
		struct str bare = str_format(arena, "field \"%.*s\"", str_arg(name));
		if (!is_of_none(diag) && !has_label(template, begins) &&
			str_find(str_of(diag->text), bare.at) >= 0)
			return true;
	}
	return false;
}

void golden_compare_labelled(struct str template, const struct diags *plain,
	const struct diags *labelled, const char *name)
{
	struct arena *arena = arena_new();
	assert_int_equal(diags_len(plain), diags_len(labelled));
	for (int i = 0; i < diags_len(plain); i++) {
		const struct diag *a = diags_at(plain, i), *b = diags_at(labelled, i);
		if (!str_eq(str_of(a->text), strip(arena, template, str_of(b->text))))
			fail_msg("%s: \"%s\" became \"%s\"", name, a->text, b->text);
		if (names_bare(arena, template, b))
			fail_msg("%s: \"%s\" leaves the label out", name, b->text);
		if (names_bare(arena, template, a) && !b->field)
			fail_msg("%s: programs are not told which field: %s", name, b->text);
	}
	arena_free(arena);
}
