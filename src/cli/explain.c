/* explain.c - lettermerge check --explain CODE: what a finding means, what to do, and since when.
 *
 * What it means is diag.def's, what changed is CHANGELOG.md's, taken in when the program is built:
 * whoever writes there that a rule is new has said it here. */
#include "cli/cli_int.h"

#include "base/diag_id.h"
#include "template/template.h"

#include <stdio.h>

static const struct change {
	const char *version, *code, *text;
} changes[] = {
#include <changes.h> /* made by meson.build */
};

enum { CHANGES = sizeof changes / sizeof *changes };

/* -- finding the code -------------------------------------------------------------------------- */

static const struct change *find_change(struct str code)
{
	for (int i = 0; i < CHANGES; i++)
		if (str_is(code, changes[i].code))
			return &changes[i];
	return NULL;
}

/* DIAG_COUNT: none. */
static int find_code(struct str code)
{
	int id = 0;
	while (id < DIAG_COUNT && !str_is(code, diag_code(id)))
		id++;
	return id;
}

/* As it was copied from a finding, "[E-FIELD-VALUE]", or typed in small letters. */
static struct str read_code(struct arena *arena, struct str word)
{
	word = str_trim(word);
	if (str_starts(word, "[") && str_ends(word, "]"))
		word = str_slice(word, 1, word.len - 1);
	char *code = (char *)arena_alloc(arena, (size_t)word.len + 1);
	for (int i = 0; i < word.len; i++) {
		bool small = word.at[i] >= 'a' && word.at[i] <= 'z';
		code[i] = (char)(small ? word.at[i] - 'a' + 'A' : word.at[i]);
	}
	code[word.len] = 0;
	return (struct str){code, word.len};
}

/* What was meant may lack its first letter, too. */
static void refuse(struct cli *cli, struct str code)
{
	struct nearest whole = nearest_start(code), rest = nearest_start(code);
	for (int id = 0; id < DIAG_COUNT; id++) {
		struct str known = str_of(diag_code(id));
		nearest_try(&whole, known);
		if (nearest_try(&rest, str_slice(known, 2, known.len)))
			rest.best = known;
	}
	diag_add(cli->diags, CODE_UNKNOWN, place_none(), cli->checks.explain);
	nearest_hint(rest.distance < whole.distance ? &rest : &whole, cli->diags);
}

/* -- showing it -------------------------------------------------------------------------------- */

/* The hint; none where each finding has one of its own. */
static struct str hint_of(struct arena *arena, int id)
{
	struct buf out = {0};
	diag_write_advice(id, &out);
	struct str hint = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return hint;
}

static void write_forms(struct buf *out)
{
	for (int type = 0; type < FIELD_TYPE_COUNT; type++)
		if (field_type_has_form((enum field_type)type))
			buf_say(out, "  of type %s: %s\n", field_type_name((enum field_type)type),
				field_value_form((enum field_type)type));
}

static void write_text(struct arena *arena, struct str code, int id, struct buf *out)
{
	buf_say(out, "%.*s: ", str_arg(code));
	if (id < DIAG_COUNT) {
		struct str hint = hint_of(arena, id);
		buf_say(out, "%s: ", severity_name(diag_severity(id)));
		diag_write_meaning(id, out);
		buf_puts(out, "\n  hint: ");
		buf_say(out, "%s", hint.len ? hint.at : "each finding says what to write");
	} else {
		buf_puts(out, "this version does not say that any more");
	}
	buf_char(out, '\n');
	if (id == DIAG_FIELD_VALUE || id == DIAG_FIELD_DEFAULT)
		write_forms(out);
	for (int i = 0; i < CHANGES; i++)
		if (str_is(code, changes[i].code))
			buf_say(out, "  since %s: %s\n", changes[i].version, changes[i].text);
}

static void write_json(struct arena *arena, struct str code, int id, struct buf *out)
{
	buf_puts(out, "{\"code\":");
	json_string(out, code);
	if (id < DIAG_COUNT) {
		json_member(out, "severity", str_of(severity_name(diag_severity(id))));
		json_member(out, "message", str_of(diag_pattern(id)));
		json_member(out, "hint", hint_of(arena, id));
	}
	buf_puts(out, ",\"changes\":[");
	for (int i = 0, count = 0; i < CHANGES; i++) {
		if (!str_is(code, changes[i].code))
			continue;
		buf_puts(out, count++ ? ",{\"version\":" : "{\"version\":");
		json_string(out, str_of(changes[i].version));
		json_member(out, "text", str_of(changes[i].text));
		buf_char(out, '}');
	}
	buf_puts(out, "]}\n");
}

int cli_explain(struct cli *cli)
{
	struct str code = read_code(cli->arena, str_of(cli->checks.explain));
	int id = find_code(code);
	struct buf out = {0};
	if (id == DIAG_COUNT && !find_change(code)) {
		refuse(cli, code);
		cli_fail(cli);
		return EXIT_USAGE;
	}
	(cli->common.json ? write_json : write_text)(cli->arena, code, id, &out);
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
	return EXIT_GOOD;
}
