/* room.h - for tests of templates, records and letters: the least that each of them must have. */
#ifndef TESTS_UNIT_ROOM_H
#define TESTS_UNIT_ROOM_H

#include "base/diag_id.h"
#include "letter/letter.h"
#include "template/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct room {
	struct arena *arena;
	struct diags *diags;
};

static inline int room_setup(void **state)
{
	static struct room room;
	room = (struct room){arena_new(), diags_new()};
	*state = &room;
	return 0;
}

static inline int room_teardown(void **state)
{
	struct room *room = *state;
	diags_free(room->diags);
	arena_free(room->arena);
	return 0;
}

#define room_test(function) cmocka_unit_test_setup_teardown(function, room_setup, room_teardown)

/* A letter's template with these declarations and blocks; NULL after an error. */
static inline struct template *room_template(
	struct room *room, const char *declarations, const char *blocks)
{
	struct str text = str_format(room->arena,
		"<letter xmlns='" TEMPLATE_NAMESPACE "' xml:lang='en-GB' date='2020-10-13'>"
		"<title>T</title><fields>%s</fields>%s</letter>",
		declarations, blocks);
	return template_read(room->arena, text, "t.xml", room->diags);
}

static inline bool room_record(struct room *room, const struct template *template,
	const char *fields, struct recipient *out)
{
	struct str text = str_format(room->arena,
		"<recipient xmlns='urn:lettermerge:recipient:1'>%s</recipient>", fields);
	return recipient_read(room->arena, text, "r.xml", template, out, room->diags);
}

/* The letter that both make; NULL after an error. */
static inline struct letter *room_letter(
	struct room *room, const struct template *template, const char *fields)
{
	struct recipient *recipient = arena_new_array(room->arena, struct recipient, 1);
	if (!template || !room_record(room, template, fields, recipient))
		return NULL;
	return letter_merge(room->arena, template, recipient, NULL, room->diags);
}

/* What a listener hears of it. */
static inline const char *room_text(struct room *room, const struct node *node)
{
	struct buf text = {0};
	letter_node_text(node, &text);
	const char *copy = str_copy(room->arena, buf_text(&text)).at;
	buf_free(&text);
	return copy;
}

static inline void assert_only(const struct room *room, enum diag_id id)
{
	assert_int_equal(diags_len(room->diags), 1);
	assert_string_equal(diag_code(diags_at(room->diags, 0)->id), diag_code(id));
}

#endif
