/* edit.c - other words for a value: the bytes of its record's file with them, and all else as it
 * was: comments, the order of things, white space, line ends, what is said of its source.
 *
 * The outcome is read again, so that no edit is trusted. */
#include "recipients/recipients_int.h"

#include "base/blank.h"
#include "base/diag_id.h"

#include <stdio.h>

/* -- a value's words --------------------------------------------------------------------------- */

const struct value *recipient_find_at(const struct value *values, struct place at)
{
	for (; values; values = values->next) {
		if (values->at.line == at.line && values->at.column == at.column && !values->parts)
			return values;
		const struct value *part = recipient_find_at(values->parts, at);
		if (part)
			return part;
	}
	return NULL;
}

static bool is_same(const struct value *a, const struct value *b)
{
	return a == b ||
		(a->at.line && a->at.line == b->at.line && a->at.column == b->at.column &&
			str_eq(a->name, b->name));
}

const struct field *value_declared(
	const struct field *fields, const struct value *values, const struct value *wanted)
{
	for (; values; values = values->next) {
		const struct field *field = template_find_field(fields, values->name);
		if (is_same(values, wanted))
			return field;
		field = value_declared(field ? field->parts : NULL, values->parts, wanted);
		if (field)
			return field;
	}
	return NULL;
}

const char *value_said(struct diags *diags, const struct value *value, const struct field *declared)
{
	return diag_field(diags, value->name, declared ? declared->label : (struct str){0});
}

/* Whether the record has it in <line>s. */
static bool has_line_elements(const struct value *value)
{
	return value->line_count &&
		(value->lines[0].at.line != value->at.line ||
			value->lines[0].at.column != value->at.column);
}

bool value_has_lines(const struct value *value, const struct field *field)
{
	return has_line_elements(value) || (field && field->type == FIELD_LINES);
}

struct str value_words(struct arena *arena, const struct value *value, bool lines)
{
	struct buf text = {0};
	if (!lines)
		return blank_trim(fold_text(arena, value->text));
	for (int i = 0; i < value->line_count; i++) {
		buf_puts(&text, i ? "\n" : "");
		buf_str(&text, value->lines[i].text);
	}
	struct str copy = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return copy;
}

/* Its links are counted as they begin; none stands in another. */
static struct str find_link(const struct node *node, int *left)
{
	struct str target = {0};
	if (node->tag == TAG_LINK && !--*left)
		return node_attribute(node, "href");
	for (const struct node *child = node->first; child && !target.at; child = child->next)
		target = find_link(child, left);
	return target;
}

struct str value_link(const struct value *value, int link)
{
	return value->rich ? find_link(value->rich, &link) : (struct str){0};
}

struct str value_element(struct str bytes, const struct value *value)
{
	int tag = value_tag(bytes, value);
	if (tag < 0)
		return (struct str){0};
	struct xml_span span = xml_span_of(bytes, tag);
	return str_slice(bytes, tag, span.end);
}

/* -- what is asked for ------------------------------------------------------------------------- */

/* The first character that XML 1.0 (2.2) does not have, or 0. */
static uint32_t find_foreign(struct str text)
{
	for (int at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF)
			return c ? c : ' ';
	}
	return 0;
}

/* The words as they are compared: line by line, without blank ones, or all on one line. */
static struct str tidy(struct arena *arena, struct str words, bool lines)
{
	struct str rest = blank_lines(arena, words), line;
	struct buf text = {0};
	if (!lines)
		return blank_trim(fold_text(arena, rest));
	while (str_split(&rest, '\n', &line)) {
		line = fold_text(arena, blank_trim(line));
		if (!line.len)
			continue;
		buf_puts(&text, text.len ? "\n" : "");
		buf_str(&text, line);
	}
	struct str copy = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return copy;
}

/* -- writing ----------------------------------------------------------------------------------- */

/* A <line> of an element, in the bytes of its file. */
struct line {
	struct xml_span span;
	struct str words;
};
struct editing {
	struct arena *arena;
	struct str bytes;
	struct xml_span span; /* the value's element */
	struct buf *out;
	vec(struct line) lines; /* its <line>s that are not blank; none: it has words */
};

static void find_lines(struct editing *editing)
{
	struct str content = str_slice(editing->bytes, 0, editing->span.to);
	struct xml_scan scan = {editing->span.from, 0};
	for (int before = scan.at;; before = scan.at) {
		enum xml_token token = xml_scan_token(content, &scan);
		if (token == XML_TOKEN_NONE)
			return;
		int tag = before + str_find(str_slice(content, before, scan.at), "<");
		if (token != XML_TOKEN_OPEN || scan.depth != 1 ||
			!tag_is_named(content, tag, str_lit("line")))
			continue;
		struct line line = {.span = xml_span_of(content, tag)};
		const struct xml_words words = {content, line.span.from, line.span.to, false};
		line.words = xml_words_read(editing->arena, &words);
		if (line.words.len)
			*vec_push(editing->arena, &editing->lines) = line;
	}
}

static enum xml_change change_words(
	const struct editing *editing, const struct xml_span *span, bool lines, struct str now)
{
	const struct xml_words words = {editing->bytes, span->from, span->to, lines};
	return xml_words_change(editing->arena, &words, now, editing->out);
}

/* From "<a b='c'/>" the tag of an element with words. */
static void write_opened(const struct editing *editing, struct str words)
{
	const struct xml_span *span = &editing->span;
	struct str tag = str_slice(editing->bytes, span->tag, span->end);
	int name = (int)strcspn(tag.at, " \t\r\n/>");
	buf_str(editing->out, str_slice(tag, 0, tag.len - 2));
	buf_char(editing->out, '>');
	xml_write_words(editing->bytes, words, editing->out);
	buf_format(editing->out, "</%.*s>", name - 1, tag.at + 1);
}

/* One more <line>, named and indented as the one beside it. */
static void write_line_like(
	const struct editing *editing, const struct line *like, struct str words)
{
	struct str bytes = editing->bytes;
	int indent = like->span.tag,
	    name = (int)strcspn(bytes.at + like->span.tag, " \t\r\n/>") - 1;
	while (indent > editing->span.from && strchr(" \t\r\n", bytes.at[indent - 1]))
		indent--;
	buf_str(editing->out, str_slice(bytes, indent, like->span.tag));
	buf_format(editing->out, "<%.*s>", name, bytes.at + like->span.tag + 1);
	xml_write_words(bytes, words, editing->out);
	buf_format(editing->out, "</%.*s>", name, bytes.at + like->span.tag + 1);
}

/* A line that goes takes the white space before it along. */
static int before_line(const struct editing *editing, const struct line *line, int from)
{
	int at = line->span.tag;
	while (at > from && strchr(" \t\r\n", editing->bytes.at[at - 1]))
		at--;
	return at;
}

static int count_words(struct str words)
{
	int count = 0;
	for (struct str line; str_split(&words, '\n', &line);)
		count += line.len > 0;
	return count;
}

/* Which lines stay at the beginning and at the end. */
static int same_lines(const struct editing *editing, const struct str *now, int count, bool at_end)
{
	int same = 0, had = editing->lines.len;
	while (same < had && same < count &&
		str_eq(editing->lines.at[at_end ? had - same - 1 : same].words,
			now[at_end ? count - same - 1 : same]))
		same++;
	return same;
}

/* Line by line: those that differ are changed, then some go or come. */
static enum xml_change change_lines(const struct editing *editing, struct str words)
{
	int count = count_words(words), had = editing->lines.len, written = editing->span.from;
	struct str *now = arena_new_array(editing->arena, struct str, count + 1);
	for (int i = 0; str_split(&words, '\n', &now[i]); i++)
		;
	int first = same_lines(editing, now, count, false);
	int last = same_lines(editing, now, count, true);
	int most = (had < count ? had : count) - first;
	last = last < most ? last : most;
	for (int i = first; i < had - last; i++) {
		const struct line *line = &editing->lines.at[i];
		bool stays = i < count - last;
		buf_str(editing->out,
			str_slice(editing->bytes, written,
				stays ? line->span.from : before_line(editing, line, written)));
		written = stays ? line->span.to : line->span.end;
		if (stays && change_words(editing, &line->span, false, now[i]) != XML_CHANGED)
			return XML_CHANGE_CROSSES;
	}
	int more = first > had - last ? first : had - last; /* those behind it are new */
	const struct line *like = &editing->lines.at[more ? more - 1 : 0];
	int at = more ? like->span.end : before_line(editing, like, written);
	if (more < count - last) {
		buf_str(editing->out, str_slice(editing->bytes, written, at));
		written = at;
	}
	for (int i = more; i < count - last; i++)
		write_line_like(editing, like, now[i]);
	buf_str(editing->out, str_slice(editing->bytes, written, editing->span.to));
	return XML_CHANGED;
}

/* In the quotes that stand there. */
static void write_target(const struct editing *editing, struct str old, struct str target)
{
	bool single = old.at[-1] == '\'';
	for (struct str part, rest = target; str_split(&rest, single ? '\'' : '\n', &part);) {
		buf_puts(editing->out, part.at == target.at ? "" : "&#39;");
		xml_write_words(editing->bytes, part, editing->out);
	}
}

/* The value of its href alone is other bytes. */
static bool change_link(const struct editing *editing, const struct edit *edit)
{
	struct str content = str_slice(editing->bytes, 0, editing->span.to);
	struct xml_scan scan = {editing->span.from, 0};
	for (int before = scan.at, left = edit->link;; before = scan.at) {
		enum xml_token token = xml_scan_token(content, &scan);
		if (token == XML_TOKEN_NONE)
			return false;
		int tag = before + str_find(str_slice(content, before, scan.at), "<");
		if (token != XML_TOKEN_OPEN || !tag_is_named(content, tag, str_lit("link")) ||
			--left)
			continue;
		struct str old = xml_scan_attribute(str_slice(content, tag, content.len), "href");
		if (!old.at)
			return false;
		int from = (int)(old.at - content.at);
		buf_str(editing->out, str_slice(content, 0, from));
		write_target(editing, old, edit->words);
		buf_str(editing->out,
			str_slice(editing->bytes, from + old.len, editing->bytes.len));
		return true;
	}
}

static enum xml_change write_edited(struct editing *editing, const struct edit *edit)
{
	const struct xml_span *span = &editing->span;
	struct str bytes = editing->bytes;
	enum xml_change change = XML_CHANGED;
	if (edit->link)
		return change_link(editing, edit) ? XML_CHANGED : XML_CHANGE_CROSSES;
	buf_str(editing->out, str_slice(bytes, 0, span->empty ? span->tag : span->from));
	if (has_line_elements(edit->value))
		find_lines(editing);
	if (span->empty)
		write_opened(editing, edit->words);
	else if (editing->lines.len)
		change = change_lines(editing, edit->words);
	else
		change = change_words(editing, span, edit->lines, edit->words);
	buf_str(editing->out, str_slice(bytes, span->empty ? span->end : span->to, bytes.len));
	return change;
}

/* -- reading again ----------------------------------------------------------------------------- */

/* The record around a place, in a file of one or of many. */
static const struct xml_node *find_record(
	const struct xml_node *root, struct place at, struct record_rules *rules)
{
	const struct xml_node *found = NULL;
	if (!str_is(root->name, "recipients"))
		return root;
	struct str lang = xml_attribute(root, "xml:lang");
	rules->lang = lang.at ? lang : str_lit("");
	for (const struct xml_node *node = root->first; node; node = node->next)
		if (node->name.len &&
			(node->at.line < at.line ||
				(node->at.line == at.line && node->at.column < at.column)))
			found = node;
	return found;
}

/* Whether it says what it was to say, and all else what it said. */
static bool is_good(struct arena *arena, struct str before, struct str after,
	const struct edit *edit, struct recipient *edited)
{
	struct diags *unsaid = diags_new();
	struct place at = edit->value->at;
	struct record_rules rules = {.template = edit->template, .lang = str_lit("")};
	const struct xml_node *a = xml_read(arena, before, at.file, unsaid);
	const struct xml_node *b = xml_read(arena, after, at.file, unsaid);
	const struct unlike written = {.at = at, .content = true};
	const struct xml_node *element = b ? find_record(b, at, &rules) : NULL;
	*edited = (struct recipient){.id = edit->record->id, .where = edit->record->where};
	bool good = a && element && xml_same_but(a, b, &written) &&
		recipient_read_element(arena, element, &rules, edited, unsaid);
	const struct value *value = good ? recipient_find_at(edited->values, at) : NULL;
	edited->id = edit->record->id;
	diags_free(unsaid);
	if (value && edit->link)
		return str_eq(value_link(value, edit->link), edit->words) &&
			str_eq(value_words(arena, value, edit->lines),
				value_words(arena, edit->value, edit->lines));
	return value && str_eq(value_words(arena, value, edit->lines), edit->words);
}

static bool refuse_character(struct str words, struct diags *diags)
{
	char name[12];
	uint32_t c = utf8_invalid_at(words) < 0 ? find_foreign(words) : 0xFFFD;
	if (!c)
		return false;
	snprintf(name, sizeof name, "U+%04X", (unsigned)c);
	diag_add(diags, EDIT_CHARACTER, place_none(), name);
	return true;
}

const char *edit_said(const struct edit *edit, struct diags *diags)
{
	const struct field *declared = edit->template
		? value_declared(edit->template->fields, edit->record->values, edit->value)
		: NULL;
	return value_said(diags, edit->value, declared);
}

bool recipient_edit(struct arena *arena, struct str bytes, const struct edit *asked,
	struct buf *out, struct recipient *edited, struct diags *diags)
{
	struct edit edit = *asked;
	const struct value *value = edit.value;
	struct editing editing = {.arena = arena, .bytes = bytes, .out = out};
	int tag = value_tag(bytes, value);
	if (refuse_character(edit.words, diags))
		return false;
	edit.words = tidy(arena, edit.words, edit.lines && !edit.link);
	enum xml_change change = XML_CHANGED;
	if (tag >= 0) {
		editing.span = xml_span_of(bytes, tag);
		change = write_edited(&editing, &edit);
		if (change == XML_CHANGED && is_good(arena, bytes, buf_text(out), &edit, edited))
			return true;
	}
	if (change == XML_CHANGE_CROSSES)
		diag_add(diags, EDIT_TAG, value->at, edit_said(&edit, diags));
	else
		diag_add(diags, EDIT_PLACE, value->at, edit_said(&edit, diags));
	return false;
}
