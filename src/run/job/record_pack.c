/* record_pack.c - a record → bytes → the same record, for a process that has no other way to it. As
 * XML it would not do: what a table's cell was stored as, and its white space, are not kept there.
 * What is said about the facts is left out, as no letter shows it. */
#include "job/isolated.h"

#include "tree/tree.h"

#include <stdlib.h>

static void put_number(struct buf *out, int number)
{
	buf_put(out, &number, sizeof number);
}

static void put(struct buf *out, struct str text)
{
	put_number(out, text.len);
	buf_str(out, text);
}

/* Words with elements in them, as a record that has nothing else. */
static void put_rich(struct buf *out, const struct value *value)
{
	struct value alone = *value;
	struct recipient record = {.id = str_lit("a"), .values = &alone};
	struct buf xml = {0};
	alone.next = NULL;
	if (value->rich)
		recipient_write(&record, &xml);
	put(out, buf_text(&xml));
	buf_free(&xml);
}

static void put_values(struct buf *out, const struct value *values)
{
	int count = 0;
	for (const struct value *value = values; value; value = value->next)
		count++;
	put_number(out, count);
	for (const struct value *value = values; value; value = value->next) {
		put(out, value->name);
		put(out, value->text);
		put(out, value->lang);
		put_number(out, value->stored);
		put_number(out, value->line_count);
		for (int i = 0; i < value->line_count; i++) {
			put(out, value->lines[i].text);
			put(out, value->lines[i].lang);
		}
		put_rich(out, value);
		put_values(out, value->parts);
	}
}

void record_pack(const struct recipient *recipient, struct buf *out)
{
	put(out, recipient->id);
	put(out, str_of(recipient->where ? recipient->where : ""));
	put_number(out, recipient->object);
	put(out, recipient->edition);
	put_values(out, recipient->values);
}

struct reader {
	struct arena *arena;
	struct str rest;
	bool bad;
};

static int take_number(struct reader *reader)
{
	int number = 0;
	reader->bad |= reader->rest.len < (int)sizeof number;
	if (reader->bad)
		return 0;
	memcpy(&number, reader->rest.at, sizeof number);
	reader->rest = str_slice(reader->rest, sizeof number, reader->rest.len);
	reader->bad |= number < 0;
	return reader->bad ? 0 : number;
}

static struct str take(struct reader *reader)
{
	int len = take_number(reader);
	reader->bad |= len > reader->rest.len;
	if (reader->bad)
		return str_lit("");
	struct str text = str_copy(reader->arena, str_slice(reader->rest, 0, len));
	reader->rest = str_slice(reader->rest, len, reader->rest.len);
	return text;
}

static struct node *take_rich(struct reader *reader)
{
	struct str xml = take(reader);
	struct recipient record = {0};
	struct diags *unsaid = diags_new();
	if (xml.len && !recipient_read(reader->arena, xml, "a.xml", NULL, &record, unsaid))
		reader->bad = true;
	diags_free(unsaid);
	return record.values ? record.values->rich : NULL;
}

static void take_lines(struct reader *reader, struct value *value)
{
	value->line_count = take_number(reader);
	reader->bad |= value->line_count > reader->rest.len;
	if (reader->bad)
		value->line_count = 0;
	value->lines = arena_new_array(reader->arena, struct words, value->line_count + 1);
	for (int i = 0; i < value->line_count; i++) {
		value->lines[i].text = take(reader);
		value->lines[i].lang = take(reader);
	}
}

static struct value *take_values(struct reader *reader)
{
	struct value *first = NULL, **next = &first;
	for (int count = take_number(reader); count > 0 && !reader->bad; count--) {
		struct value *value = arena_alloc(reader->arena, sizeof *value);
		value->name = take(reader);
		value->text = take(reader);
		value->lang = take(reader);
		value->stored = take_number(reader);
		take_lines(reader, value);
		value->rich = take_rich(reader);
		value->parts = take_values(reader);
		*next = value;
		next = &value->next;
	}
	return first;
}

bool record_unpack(struct arena *arena, struct str bytes, struct recipient *out)
{
	struct reader reader = {arena, bytes, false};
	*out = (struct recipient){0};
	out->id = take(&reader);
	out->where = take(&reader).at;
	out->object = take_number(&reader);
	out->edition = take(&reader);
	out->values = take_values(&reader);
	return !reader.bad && !reader.rest.len;
}
