/* shrink.c - delta debugging (Zeller and Hildebrandt 2002) over trees: whole branches first, then
 * single elements around what they hold, attributes, words; again until nothing more can go. */
#include "shrink.h"

enum { MOST_RUNS = 3000 };

struct shrinking {
	struct arena *arena;
	const char *folder;
	struct drawn *drawn;
	const char *kind;
	struct outcome last;
	int runs;
	bool less; /* something went in this round */
};

/* Whether the case, as it is now, still fails in the same way. */
static bool still(struct shrinking *shrinking)
{
	if (shrinking->runs++ >= MOST_RUNS)
		return false;
	struct outcome outcome = child_try(shrinking->arena, shrinking->folder, shrinking->drawn);
	if (strcmp(outcome.kind, shrinking->kind) != 0)
		return false;
	shrinking->less = true;
	shrinking->last = outcome;
	return true;
}

static void try_state(struct shrinking *shrinking, struct twig *twig, enum twig_state state)
{
	enum twig_state before = twig->state;
	if (before >= state)
		return;
	twig->state = state;
	if (!still(shrinking))
		twig->state = before;
}

static bool try_text(struct shrinking *shrinking, struct str *text, struct str less)
{
	struct str before = *text;
	if (less.len >= text->len)
		return false;
	*text = less;
	if (still(shrinking))
		return true;
	*text = before;
	return false;
}

/* The blank after the middle, or the end. */
static int middle(struct str text)
{
	int at = text.len / 2;
	while (at < text.len && text.at[at] != ' ')
		at++;
	return at;
}

static void shrink_text(struct shrinking *shrinking, struct str *text)
{
	bool less = true;
	while (less && text->len) {
		int at = middle(*text);
		less = try_text(shrinking, text, str_slice(*text, 0, at)) ||
			try_text(shrinking, text, str_slice(*text, at, text->len)) ||
			try_text(shrinking, text, str_trim(*text));
	}
	try_text(shrinking, text, str_lit("a"));
}

static void shrink_attributes(struct shrinking *shrinking, struct twig *twig)
{
	for (struct twig_attribute *a = twig->attributes; a; a = a->next) {
		if (a->cut || str_is(a->name, "xmlns"))
			continue;
		a->cut = true;
		if (!still(shrinking)) {
			a->cut = false;
			if (a->value.len > 8)
				shrink_text(shrinking, &a->value);
		}
	}
}

static void shrink_twig(struct shrinking *shrinking, struct twig *twig, bool root)
{
	if (!root) {
		try_state(shrinking, twig, TWIG_CUT);
		if (twig->name.len)
			try_state(shrinking, twig, TWIG_OPENED);
	}
	if (twig->state == TWIG_CUT)
		return;
	if (twig->state == TWIG_WHOLE && twig->name.len)
		shrink_attributes(shrinking, twig);
	if (!twig->name.len)
		shrink_text(shrinking, &twig->text);
	for (struct twig *child = twig->first; child; child = child->next)
		shrink_twig(shrinking, child, false);
}

/* Fewer records: one alone, or the first ones. */
static void shrink_records(struct shrinking *shrinking)
{
	struct drawn *drawn = shrinking->drawn;
	for (int i = 0; drawn->record_count > 1 && i < drawn->record_count; i++) {
		struct drawn before = *drawn;
		drawn->records[0] = drawn->records[i];
		drawn->record_count = 1;
		if (!still(shrinking))
			*drawn = before;
	}
	while (drawn->record_count > 1) {
		drawn->record_count--;
		if (still(shrinking))
			continue;
		drawn->record_count++;
		break;
	}
}

struct outcome shrink(
	struct arena *arena, const char *folder, struct drawn *drawn, const char *kind)
{
	struct shrinking shrinking = {
		.arena = arena, .folder = folder, .drawn = drawn, .kind = kind, .less = true};
	still(&shrinking);
	while (shrinking.less && shrinking.runs < MOST_RUNS) {
		shrinking.less = false;
		shrink_records(&shrinking);
		shrink_twig(&shrinking, drawn->style, true);
		shrink_twig(&shrinking, drawn->letter, true);
		for (int i = 0; i < drawn->part_count; i++)
			shrink_twig(&shrinking, drawn->parts[i], true);
		for (int i = 0; i < drawn->record_count; i++)
			shrink_twig(&shrinking, drawn->records[i], true);
	}
	return shrinking.last;
}
