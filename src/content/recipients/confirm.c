/* confirm.c - a fact that somebody has looked up: the bytes of its record's file, with its element
 * saying so and all else as it was. What was concluded before, and from what, may stay in
 * <sources>: standing and source on the element go before it.
 *
 * The outcome is read again, so that no edit is trusted. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

static const char *const on_element[] = {
	"confirmed", "standing", "source", "source-date", "quote", NULL};
static const char *const on_line[] = {"confirmed", "standing", NULL};

/* -- writing ----------------------------------------------------------------------------------- */

bool tag_is_named(struct str bytes, int tag, struct str name)
{
	int from = tag + 1, to = from;
	while (to < bytes.len && !strchr(" \t\r\n/>", bytes.at[to]))
		if (bytes.at[to++] == ':')
			from = to;
	return str_eq(str_slice(bytes, from, to), name);
}

static struct str last_step(struct str path)
{
	struct str rest = path, step = path;
	while (str_split(&rest, '.', &step))
		;
	return step;
}

/* The rest of an element behind its tag: its lines lose what they say for themselves. */
static int write_inside(struct str bytes, int at, struct buf *out)
{
	static const struct str line = {"line", 4};
	struct xml_scan scan = {at, 1};
	int written = at;
	while (scan.depth > 0) {
		int before = scan.at, depth = scan.depth;
		enum xml_token token = xml_scan_token(bytes, &scan);
		if (token == XML_TOKEN_NONE)
			break;
		int tag = before + str_find(str_slice(bytes, before, scan.at), "<");
		if (depth > 1 || (token != XML_TOKEN_OPEN && token != XML_TOKEN_EMPTY) ||
			!tag_is_named(bytes, tag, line))
			continue;
		buf_str(out, str_slice(bytes, written, tag));
		written = xml_rewrite_tag(bytes, tag, on_line, NULL, out);
	}
	return written;
}

static void write_confirmed(
	struct str bytes, int tag, const struct confirmation *confirmation, struct buf *out)
{
	struct xml_attribute quote = {str_lit("quote"), confirmation->quote},
			     date = {str_lit("source-date"), confirmation->date},
			     source = {str_lit("source"), confirmation->source, .next = &date},
			     standing = {str_lit("standing"), str_lit("seen"), .next = &source};
	date.next = confirmation->quote.len ? &quote : NULL;
	buf_str(out, str_slice(bytes, 0, tag));
	int at = xml_rewrite_tag(bytes, tag, on_element, &standing, out);
	if (bytes.at[at - 2] != '/')
		at = write_inside(bytes, at, out);
	buf_str(out, str_slice(bytes, at, bytes.len));
}

/* -- reading again ----------------------------------------------------------------------------- */

static bool is_among(struct str name, const char *const *names)
{
	while (*names && !str_is(name, *names))
		names++;
	return *names != NULL;
}

/* Next attribute that is none of those; names may be NULL. */
static const struct xml_attribute *next_but(
	const struct xml_attribute *attribute, const char *const *names)
{
	while (attribute && names && is_among(attribute->name, names))
		attribute = attribute->next;
	return attribute;
}

static bool same_attributes(
	const struct xml_node *a, const struct xml_node *b, const char *const *but)
{
	const struct xml_attribute *x = next_but(a->attributes, but);
	const struct xml_attribute *y = next_but(b->attributes, but);
	for (; x && y; x = next_but(x->next, but), y = next_but(y->next, but))
		if (!str_eq(x->name, y->name) || !str_eq(x->value, y->value))
			return false;
	return !x && !y;
}

static bool is_at(const struct xml_node *node, struct place at)
{
	return node->at.line == at.line && node->at.column == at.column;
}

static bool same_inside(const struct xml_node *a, const struct xml_node *b,
	const struct unlike *written, bool inside);

static bool same_children(const struct xml_node *a, const struct xml_node *b,
	const struct unlike *written, bool inside)
{
	const struct xml_node *x = a->first, *y = b->first;
	for (; x && y; x = x->next, y = y->next)
		if (!same_inside(x, y, written, inside))
			return false;
	return !x && !y;
}

static bool same_inside(const struct xml_node *a, const struct xml_node *b,
	const struct unlike *written, bool inside)
{
	bool here = a->name.len && is_at(a, written->at);
	const char *const *but = here               ? written->on_element
		: inside && str_is(a->name, "line") ? written->on_line
						    : NULL;
	return str_eq(a->name, b->name) && str_eq(a->namespace, b->namespace) &&
		str_eq(a->text, b->text) && same_attributes(a, b, but) &&
		((here && written->content) || same_children(a, b, written, here));
}

bool xml_same_but(const struct xml_node *a, const struct xml_node *b, const struct unlike *written)
{
	return same_inside(a, b, written, false);
}

static bool is_good(struct arena *arena, struct str before, struct str after, struct place at)
{
	struct diags *unsaid = diags_new();
	const struct xml_node *a = xml_read(arena, before, at.file, unsaid);
	const struct xml_node *b = xml_read(arena, after, at.file, unsaid);
	diags_free(unsaid);
	const struct unlike written = {at, on_element, on_line, false};
	return a && b && xml_same_but(a, b, &written);
}

int value_tag(struct str bytes, const struct value *value)
{
	int tag = xml_offset(bytes, value->at);
	return tag >= 0 && tag_is_named(bytes, tag, last_step(value->name)) ? tag : -1;
}

bool recipient_confirm(struct arena *arena, struct str bytes, const struct edit *edit,
	const struct confirmation *confirmation, struct buf *out, struct diags *diags)
{
	const struct value *value = edit->value;
	int tag = value_tag(bytes, value);
	if (tag >= 0) {
		write_confirmed(bytes, tag, confirmation, out);
		if (is_good(arena, bytes, buf_text(out), value->at))
			return true;
	}
	diag_add(diags, CONFIRM_EDIT, value->at, edit_said(edit, diags));
	return false;
}
