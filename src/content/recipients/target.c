/* target.c - a heading → the field whose values stand below it.
 *
 * Names match as people write them: "Reply by", "reply_by" and "REPLY-BY" are the field reply-by,
 * and "VRU highlight" is vru.highlight. An address may stand in one cell, line under line, or in
 * columns of its own ("Address line 1", "address.2"); a list in numbered columns ("dates.1.day"),
 * or in rows that have one id (join.c), in columns without numbers ("dates.day", "day"). "Maße" is
 * not the field masse, nor is "m²" m2; "STRASSE" is straße, for want of a capital ß. */
#include "recipients/recipients_int.h"

#include "locale/locale.h"

/* In small letters, without blanks and the signs that stand in headings: "Paid? (£)" is "paid£";
 * capitals: for a heading in capitals. */
static struct str plain_name(struct arena *arena, struct str name, bool capitals)
{
	struct buf out = {0};
	name = text_caseless(arena, name, capitals);
	for (int i = 0; i < name.len; i++)
		if (!strchr(TARGET_SIGNS, name.at[i]))
			buf_char(&out, name.at[i]);
	struct str plain = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return plain;
}

struct str target_plain(struct arena *arena, struct str heading)
{
	return plain_name(arena, heading, false);
}

/* What a name may hold (E-FIELD-NAME), in its place. */
static bool may_stand(uint32_t c, bool first)
{
	bool letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= 0x80 && c != 0xA0);
	return letter || (!first && ((c >= '0' && c <= '9') || c == '_' || c == '.'));
}

struct str target_name_for(struct arena *arena, struct str written)
{
	struct buf out = {0};
	if (utf8_invalid_at(written) >= 0)
		return (struct str){0};
	for (int at = 0, from = 0; at < written.len; from = at) {
		bool stands = may_stand(utf8_next(written, &at), out.len == 0);
		if (stands)
			buf_str(&out, str_slice(written, from, at));
		else if (out.len && out.at[out.len - 1] != '-')
			buf_char(&out, '-');
	}
	while (out.len && strchr("-.", out.at[out.len - 1]))
		out.len--;
	struct str name = str_copy(arena, buf_text(&out));
	buf_free(&out);
	bool finds = str_eq(plain_name(arena, name, false), plain_name(arena, written, false));
	return name.len && finds ? name : (struct str){0};
}

/* A heading, of which a field is sought; what of its plain name is still to be met. */
struct heading {
	struct arena *arena;
	struct str rest;
	bool capitals;
};

static struct heading heading_of(struct arena *arena, struct str written)
{
	bool capitals = text_is_capitals(written);
	return (struct heading){arena, plain_name(arena, written, capitals), capitals};
}

/* A name of the template's, as the heading would write it. */
static struct str name_for(const struct heading *heading, struct str name)
{
	return plain_name(heading->arena, name, heading->capitals);
}

static bool take(struct str *text, struct str prefix)
{
	if (text->len < prefix.len || !str_eq(str_slice(*text, 0, prefix.len), prefix))
		return false;
	*text = str_slice(*text, prefix.len, text->len);
	return true;
}

/* A number from 1; 0 for none. */
static int take_number(struct str *text)
{
	int number = 0;
	while (text->len && text->at[0] >= '0' && text->at[0] <= '9' &&
		number <= TABLE_MAX_NUMBER) {
		number = number * 10 + (text->at[0] - '0');
		*text = str_slice(*text, 1, text->len);
	}
	return number > TABLE_MAX_NUMBER ? 0 : number;
}

static int match(struct heading heading, const struct field *fields, const struct field *list,
	struct target *target);

/* Whether a list's records have a single value, which need not be named: "sibling 2". */
static bool is_of_texts(const struct field *list)
{
	const struct field *part = list->parts;
	return part && !part->next && part->type != FIELD_LIST && !part->computation.how;
}

/* Whether a plain name is this field's, or a line's or a part's of it: how many targets fit. */
static int match_field(struct heading heading, const struct field *field, const struct field *list,
	struct target *target)
{
	struct str *name = &heading.rest;
	if (!take(name, name_for(&heading, field->name)))
		return 0;
	if (name->len == 0 && field->type != FIELD_LIST) {
		*target = (struct target){field, list, 0, 0};
		return 1;
	}
	if (field->type == FIELD_LINES) {
		take(name, str_lit("line"));
		int line = take_number(name);
		if (!line || name->len)
			return 0;
		*target = (struct target){field, list, line, 0};
		return 1;
	}
	if (field->type != FIELD_LIST)
		return 0;
	bool numbered = name->len > 0;
	int record = take_number(name);
	bool only = name->len == 0 && (record || !numbered) && is_of_texts(field);
	int fitting = only ? 1 : match(heading, field->parts, field, target);
	if (only)
		*target = (struct target){field->parts, field, 0, 0};
	if (fitting)
		target->record = record;
	return fitting;
}

static int match(struct heading heading, const struct field *fields, const struct field *list,
	struct target *target)
{
	int whole = 0, fitting = 0;
	for (const struct field *field = fields; field; field = field->next) {
		struct target found = {0};
		int count = match_field(heading, field, list, &found);
		bool is_whole = count && !found.line && found.list == list;
		if (count && (is_whole || !whole))
			*target = found;
		whole += is_whole ? count : 0;
		fitting += count;
	}
	return whole ? whole : fitting;
}

/* A part of a list by its own name, as a query over two tables gives it: "book". How many fit. */
static int match_part(struct heading heading, const struct field *fields, struct target *target)
{
	int fitting = 0;
	for (const struct field *field = fields; field; field = field->next)
		if (field->type == FIELD_LIST)
			fitting += match(heading, field->parts, field, target);
	return fitting;
}

/* -- finding ---------------------------------------------------------------------------------- */

bool target_find(struct arena *arena, const struct field *fields, const struct field *list,
	struct str name, struct target *target)
{
	const struct field *exact = template_find_field(fields, name);
	if (exact && exact->type != FIELD_LIST) {
		*target = (struct target){exact, list, 0, 0};
		return true;
	}
	struct target found = {0};
	bool fits = match(heading_of(arena, name), fields, list, &found) == 1;
	if (fits)
		*target = found;
	return fits;
}

bool target_find_part(
	struct arena *arena, const struct field *fields, struct str name, struct target *target)
{
	struct target found = {0};
	struct heading heading = heading_of(arena, name);
	bool fits = !match(heading, fields, NULL, &found) &&
		match_part(heading, fields, &found) == 1;
	if (fits)
		*target = found;
	return fits;
}

const struct field *target_find_list(
	struct arena *arena, const struct field *fields, struct str name)
{
	struct heading heading = heading_of(arena, name);
	while (fields &&
		(fields->type != FIELD_LIST ||
			!str_eq(name_for(&heading, fields->name), heading.rest)))
		fields = fields->next;
	return fields;
}

bool target_find_step(struct arena *arena, const struct field *fields, struct str name)
{
	struct heading heading = heading_of(arena, name);
	for (; fields; fields = fields->next)
		for (int i = 0; i < fields->name.len; i++)
			if (fields->name.at[i] == '.' &&
				str_eq(name_for(&heading, str_slice(fields->name, 0, i)),
					heading.rest))
				return true;
	return false;
}

bool target_is_id(struct arena *arena, struct str name)
{
	return str_is(plain_name(arena, name, false), "id");
}

struct str target_column(struct arena *arena, const struct field *field)
{
	if (field->type != FIELD_LIST || !field->parts)
		return field->name;
	if (is_of_texts(field))
		return str_format(arena, "%.*s 1", str_arg(field->name));
	return str_format(arena, "%.*s 1 %.*s", str_arg(field->name), str_arg(field->parts->name));
}
