/* sources.h - what the tests of sources share: a template, a folder for files, and reading them. */
#ifndef TEST_SOURCES_H
#define TEST_SOURCES_H

#include "room.h"
#include "support/support.h"

static const char source_fields[] =
	"<declare name='name' required='no'/><declare name='reply-by' required='no'/>"
	"<declare name='vru.highlight' required='no'/>"
	"<declare name='address' type='lines' required='no'/>"
	"<declare name='dates' type='list' required='no'><declare name='day'/></declare>";

struct desk {
	struct room *room;
	struct scratch scratch;
	struct template *template;
};

static inline struct desk desk_new(void **state)
{
	struct room *room = *state;
	return (struct desk){room, scratch_new(), room_template(room, source_fields, "")};
}

static inline struct recipients *open_file(
	struct desk *desk, const char *name, const struct recipients_options *options)
{
	return recipients_open(
		scratch_path(&desk->scratch, name), desk->template, options, desk->room->diags);
}

/* Ids in order, "!" before a bad one; NULL when the source cannot be opened. */
static inline const char *ids_of(
	struct desk *desk, const char *name, const struct recipients_options *options)
{
	struct recipients *source = open_file(desk, name, options);
	struct recipient recipient;
	struct buf ids = {0};
	enum recipients_result result = RECIPIENTS_END;
	while (source &&
		(result = recipients_next(source, desk->room->arena, &recipient,
			 desk->room->diags)) != RECIPIENTS_END)
		buf_format(&ids, "%s%.*s ", result == RECIPIENTS_BAD ? "!" : "",
			str_arg(recipient.id));
	const char *copy = source ? str_copy(desk->room->arena, buf_text(&ids)).at : NULL;
	buf_free(&ids);
	recipients_close(source);
	return copy;
}

static inline struct recipient first_of(struct desk *desk, const char *name)
{
	struct recipients *source = open_file(desk, name, NULL);
	struct recipient recipient;
	assert_non_null(source);
	assert_int_equal(recipients_next(source, desk->room->arena, &recipient, desk->room->diags),
		RECIPIENTS_GOOD);
	recipients_close(source);
	return recipient;
}

#endif
