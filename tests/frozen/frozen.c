/* frozen.c - two sets → what a programmer has to do about it.
 *
 * What comes out differently needs a new number, and a new number needs the set to be written anew;
 * so the numbers on file and in base/output.h tell whether a change was meant. Numbers count for
 * all letters there are, and the set is but a sample: a change that it does not see is the
 * programmer's to know. Letters whose template, style or records were edited are other letters: no
 * number is raised for them, and the set is written anew. */
#include "frozen.h"

#include <stdlib.h>

#define NUMBERS "src/ground/base/output.h"

enum role {
	ROLE_NUMBER,
	ROLE_PLACE, /* where the set was made: libraries, fonts, patterns */
	ROLE_INPUT, /* what the letters of a folder were made from */
	ROLE_FILE,  /* bytes of a file */
	ROLE_BOUND  /* what an approval is bound to */
};

static const struct kind {
	const char *name;
	enum role role;
	bool by_libraries; /* comes out the same only where the same libraries made it */
} kinds[] = {
	{"number", ROLE_NUMBER, false},
	{"library", ROLE_PLACE, false},
	{"face", ROLE_PLACE, false},
	{"input", ROLE_INPUT, false},
	{"pdf", ROLE_FILE, true},
	{"html", ROLE_FILE, false},
	{"txt", ROLE_FILE, false},
	{"bound", ROLE_BOUND, false},
	{"looks", ROLE_BOUND, true},
};

struct line {
	const struct kind *kind;
	struct str name, value;
};

/* What differs, by role. */
struct differences {
	int count[ROLE_BOUND + 1];
	struct buf names[ROLE_BOUND + 1];
	int new, gone;
};

static bool next_line(struct str *rest, struct line *out)
{
	struct str line, kind;
	while (str_split(rest, '\n', &line)) {
		*out = (struct line){0};
		str_split(&line, ' ', &kind);
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			if (str_is(kind, kinds[i].name))
				out->kind = &kinds[i];
		str_split(&line, ' ', &out->name);
		out->value = line;
		if (out->kind)
			return true;
	}
	return false;
}

static bool find(struct str set, const struct line *wanted, struct str *value)
{
	struct line line;
	while (next_line(&set, &line))
		if (line.kind == wanted->kind && str_eq(line.name, wanted->name)) {
			*value = line.value;
			return true;
		}
	return false;
}

/* Whether a letter's folder, "vru" of "vru/essex", had other words, or is new. */
static bool is_edited(struct str old, struct str now, struct str letter)
{
	int slash = str_find(letter, "/");
	struct str before = {0}, after = {0};
	struct line wanted = {.name = str_slice(letter, 0, slash < 0 ? letter.len : slash)};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].role == ROLE_INPUT)
			wanted.kind = &kinds[i];
	find(old, &wanted, &before);
	find(now, &wanted, &after);
	return !str_eq(before, after);
}

static int number(struct str set, const char *name)
{
	struct line wanted = {&kinds[0], str_of(name), {0}};
	struct str value = str_lit("0");
	find(set, &wanted, &value);
	return atoi(value.at);
}

static void note(struct differences *differences, const struct line *line)
{
	enum { NAMED = 8 };
	enum role role = line->kind->role;
	struct buf *names = &differences->names[role];
	if (differences->count[role]++ < NAMED)
		buf_format(names, "%s%.*s %s", names->len ? ", " : "", str_arg(line->name),
			line->kind->name);
	else if (differences->count[role] == NAMED + 1)
		buf_puts(names, ", ...");
}

/* What only new letters show makes no difference to the others. */
static bool is_of_elsewhere(struct str old, struct str now)
{
	struct str value;
	for (struct line line; next_line(&old, &line);)
		if (line.kind->role == ROLE_PLACE &&
			!(find(now, &line, &value) && str_eq(value, line.value)))
			return true;
	return false;
}

static void compare(struct str old, struct str now, bool elsewhere, struct differences *out)
{
	struct str rest = now, value;
	for (struct line line; next_line(&rest, &line);) {
		bool known = find(old, &line, &value) &&
			(line.kind->role < ROLE_INPUT || !is_edited(old, now, line.name));
		out->new += !known &&line.kind->role != ROLE_PLACE;
		if (known && !str_eq(value, line.value) && !(elsewhere && line.kind->by_libraries))
			note(out, &line);
	}
	for (struct line line; next_line(&old, &line);)
		out->gone += !find(now, &line, &value) && line.kind->role != ROLE_PLACE;
}

/* -- what to do -------------------------------------------------------------------------------- */

static void say_place(struct str old, struct str now, struct buf *out)
{
	struct str value;
	for (struct line line; next_line(&old, &line);) {
		if (line.kind->role != ROLE_PLACE)
			continue;
		if (!find(now, &line, &value))
			buf_format(out, "%s %.*s made the set on file and is not here\n",
				line.kind->name, str_arg(line.name));
		else if (!str_eq(value, line.value))
			buf_format(out, "%s %.*s is %.*s here, %.*s made the set on file\n",
				line.kind->name, str_arg(line.name), str_arg(value),
				str_arg(line.value));
	}
	buf_puts(out, "so bytes, and where glyphs stand, could not be compared; all else was\n");
}

/* Whether a number had to be raised that was not; says which. */
static bool lacks_number(
	const struct differences *differences, struct str old, struct str now, struct buf *out)
{
	int raised = number(now, "output") - number(old, "output");
	bool form = number(now, "approvals") > number(old, "approvals");
	if (raised < 0 || number(now, "approvals") < number(old, "approvals")) {
		buf_puts(out,
			"a number in " NUMBERS " is lower than the set on file says: "
			"numbers only rise\n");
		return true;
	}
	if (differences->count[ROLE_FILE] && !raised) {
		buf_format(out,
			"%d files came out differently under the same number: %.*s\n"
			"if that is meant, raise OUTPUT_VERSION in " NUMBERS "\n",
			differences->count[ROLE_FILE], (int)differences->names[ROLE_FILE].len,
			differences->names[ROLE_FILE].at);
		return true;
	}
	if (differences->count[ROLE_BOUND] && !raised && !form) {
		buf_format(out,
			"what approvals are bound to came out differently, and the files did not: "
			"%.*s\nif that is meant, raise APPROVAL_VERSION in " NUMBERS "\n",
			(int)differences->names[ROLE_BOUND].len, differences->names[ROLE_BOUND].at);
		return true;
	}
	return false;
}

static bool differ(const struct differences *differences)
{
	return differences->new || differences->gone || differences->count[ROLE_NUMBER] ||
		differences->count[ROLE_FILE] || differences->count[ROLE_BOUND];
}

struct frozen_verdict frozen_judge(struct arena *arena, struct str old, struct str now, bool bless)
{
	struct frozen_verdict verdict = {.other = is_of_elsewhere(old, now)};
	struct differences differences = {0};
	struct buf says = {0};
	compare(old, now, verdict.other, &differences);
	if (lacks_number(&differences, old, now, &says)) {
		verdict.good = false;
	} else if (bless) {
		verdict.good = true;
	} else if (differ(&differences)) {
		buf_format(&says,
			"%d files and %d approvals came out differently under a new number, %d "
			"lines are new, %d are gone\nif that is meant: BLESS=1 ./run test frozen\n",
			differences.count[ROLE_FILE], differences.count[ROLE_BOUND],
			differences.new, differences.gone);
	} else {
		verdict.good = true;
	}
	if (verdict.other)
		say_place(old, now, &says);
	verdict.says = str_copy(arena, buf_text(&says));
	buf_free(&says);
	for (int i = 0; i <= ROLE_BOUND; i++)
		buf_free(&differences.names[i]);
	return verdict;
}
