/* read.c - one record: bytes → values with dotted names.
 *
 * An element of a record is a field's value, a step of a dotted name, or a record of a list. The
 * template's declarations decide; what it does not declare is judged by its look, so that the merge
 * can name it in a warning. Values stay texts here: the merge knows their types. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

struct reader {
	struct arena *arena;
	struct diags *diags;
	int count;
	const struct xml_node *root;
	vec(const struct xml_node *) sources; /* its <sources> */
};

/* What the elements inside have in common. */
struct context {
	const struct field *fields; /* declared; of a list: its parts */
	struct str prefix;          /* "vru" before the names inside <vru> */
	struct str lang;
	const struct about *about;
};

enum shape { SHAPE_VALUE, SHAPE_STEP, SHAPE_RECORD };

/* -- what an element is ------------------------------------------------------------------------ */

static bool is_declared_step(const struct field *fields, struct str name)
{
	for (; fields; fields = fields->next)
		if (fields->name.len > name.len && fields->name.at[name.len] == '.' &&
			str_eq(str_slice(fields->name, 0, name.len), name))
			return true;
	return false;
}

static bool is_inline(const struct xml_node *xml)
{
	enum tag tag = tag_find(xml->name);
	return tag != TAG_COUNT && tag_class(tag) == CLASS_INLINE;
}

/* Of an element that the template does not know. */
static enum shape guess(const struct xml_node *xml)
{
	bool elements = false;
	for (const struct xml_node *child = xml->first; child; child = child->next) {
		if (child->name.len == 0 && str_trim(child->text).len)
			return SHAPE_VALUE;
		if (child->name.len && (str_is(child->name, "line") || is_inline(child)))
			return SHAPE_VALUE;
		elements |= child->name.len > 0;
	}
	return elements ? SHAPE_STEP : SHAPE_VALUE;
}

static enum shape find_shape(
	const struct xml_node *xml, const struct field *fields, struct str name)
{
	const struct field *field = template_find_field(fields, name);
	if (field)
		return field->type == FIELD_LIST ? SHAPE_RECORD : SHAPE_VALUE;
	return is_declared_step(fields, name) ? SHAPE_STEP : guess(xml);
}

/* -- attributes -------------------------------------------------------------------------------- */

static void read_attributes(
	struct reader *reader, const struct xml_node *xml, unsigned place, struct context *context)
{
	for (const struct xml_attribute *given = xml->attributes; given; given = given->next) {
		if ((place & ABOUT_RECORD) &&
			(str_is(given->name, "id") || str_is(given->name, "edition")))
			continue;
		if (!str_is(given->name, "xml:lang")) {
			about_check(xml, given, place, reader->diags);
			continue;
		}
		const char *fault = attribute_fault(TAG_LETTER, given->name, given->value);
		context->lang = given->value;
		if (fault)
			diag_add(reader->diags, ATTRIBUTE_VALUE, given->at, "xml:lang",
				diag_str(reader->diags, given->value), fault);
	}
	context->about = about_read(reader->arena, xml, context->about, reader->diags);
}

/* -- values ------------------------------------------------------------------------------------ */

/* Words on both sides of a line break are two. */
static void collect_text(const struct xml_node *xml, struct buf *out)
{
	for (const struct xml_node *child = xml->first; child; child = child->next) {
		buf_puts(out, str_is(child->name, "br") ? " " : "");
		buf_str(out, child->text);
		if (child->name.len)
			collect_text(child, out);
	}
}

struct str element_text(struct arena *arena, const struct xml_node *xml)
{
	if (!xml->first)
		return str_lit("");
	if (!xml->first->next && xml->first->name.len == 0)
		return xml->first->text;
	struct buf text = {0};
	collect_text(xml, &text);
	struct str copy = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return copy;
}

static bool has_elements(const struct xml_node *xml)
{
	for (const struct xml_node *child = xml->first; child; child = child->next)
		if (child->name.len)
			return true;
	return false;
}

static bool has_lines(const struct xml_node *xml)
{
	for (const struct xml_node *child = xml->first; child; child = child->next)
		if (str_is(child->name, "line"))
			return true;
	return false;
}

static void report_text(struct reader *reader, const struct xml_node *text,
	const struct xml_node *parent, const char *hint)
{
	if (str_trim(text->text).len)
		diag_add(reader->diags, TEXT_MISPLACED, xml_text_place(text),
			diag_str(reader->diags, parent->name), hint);
}

static void report_element(
	struct reader *reader, const struct xml_node *xml, const char *where, const char *hint)
{
	diag_add(reader->diags, ELEMENT_MISPLACED, xml->at, diag_str(reader->diags, xml->name),
		where, hint);
}

/* A child that is a <line> of words only; anything else is reported. */
static bool check_line(
	struct reader *reader, const struct xml_node *line, const struct xml_node *parent)
{
	if (line->name.len == 0)
		report_text(reader, line, parent, "put it into <line>…</line>");
	else if (!str_is(line->name, "line") || !str_eq(line->namespace, parent->namespace))
		report_element(reader, line, "lines", "write <line>…</line>");
	else if (has_elements(line))
		report_element(reader, line->first->name.len ? line->first : line->first->next,
			"<line>", "write words only");
	else
		return true;
	return false;
}

/* <line>s; joined by line ends they are the value's text too. */
static void read_lines(struct reader *reader, const struct xml_node *xml,
	const struct context *outer, struct value *value)
{
	struct buf text = {0};
	vec(struct words) lines = {0};
	for (const struct xml_node *line = xml->first; line; line = line->next) {
		if (!check_line(reader, line, xml))
			continue;
		struct context context = *outer;
		struct str rest = blank_tidy(
			reader->arena, fold_text(reader->arena, element_text(reader->arena, line)));
		read_attributes(reader, line, ABOUT_LINE, &context);
		if (context.about != outer->about)
			value->about = about_add_line(reader->arena, value->about, context.about);
		for (struct str words; str_split(&rest, '\n', &words);) {
			words = blank_trim(words);
			buf_str(&text, words);
			buf_char(&text, '\n');
			if (words.len)
				*vec_push(reader->arena, &lines) = (struct words){
					words, context.lang, line->at};
		}
	}
	value->text = str_copy(reader->arena, buf_text(&text));
	value->lines = lines.at;
	value->line_count = lines.len;
	buf_free(&text);
}

void value_split_lines(struct arena *arena, struct value *value)
{
	vec(struct words) lines = {0};
	struct str rest = value->text, line;
	while (str_split(&rest, '\n', &line)) {
		line = fold_text(arena, blank_trim(line));
		if (line.len)
			*vec_push(arena, &lines) = (struct words){line, value->lang, value->at};
	}
	value->lines = lines.at;
	value->line_count = lines.len;
}

static void read_content(struct reader *reader, const struct xml_node *xml,
	const struct context *context, struct value *value)
{
	if (has_lines(xml)) {
		read_lines(reader, xml, context, value);
		return;
	}
	value->text = blank_tidy(reader->arena, element_text(reader->arena, xml));
	value_split_lines(reader->arena, value);
	if (has_elements(xml))
		value->rich = template_read_rich(reader->arena, xml, value->lang, reader->diags);
}

static void read_fields(struct reader *reader, const struct xml_node *parent,
	const struct context *context, struct value ***end);

static struct value *read_value(struct reader *reader, const struct xml_node *xml,
	const struct context *context, struct str name, enum shape shape)
{
	struct value *value = arena_new_array(reader->arena, struct value, 1);
	*value = (struct value){.name = name,
		.text = str_lit(""),
		.lang = context->lang,
		.at = xml->at,
		.about = context->about};
	if (shape == SHAPE_VALUE) {
		read_content(reader, xml, context, value);
		return value;
	}
	const struct field *field = template_find_field(context->fields, name);
	struct context inner = *context;
	struct value **end = &value->parts;
	inner.fields = field->parts;
	inner.prefix = str_lit("");
	read_fields(reader, xml, &inner, &end);
	return value;
}

static void read_field(struct reader *reader, const struct xml_node *xml,
	const struct context *outer, struct value ***end)
{
	struct context context = *outer;
	struct str name = outer->prefix.len
		? str_format(reader->arena, "%.*s.%.*s", str_arg(outer->prefix), str_arg(xml->name))
		: xml->name;
	enum shape shape = find_shape(xml, outer->fields, name);
	read_attributes(reader, xml, ABOUT_FIELD, &context);
	if (shape == SHAPE_STEP) {
		context.prefix = name;
		read_fields(reader, xml, &context, end);
		return;
	}
	if (++reader->count > RECIPIENT_MAX_VALUES) {
		if (reader->count == RECIPIENT_MAX_VALUES + 1)
			diag_add(reader->diags, XML_LIMIT, xml->at,
				"more than 10000 values in a record");
		return;
	}
	**end = read_value(reader, xml, &context, name, shape);
	*end = &(**end)->next;
}

static void report_foreign(struct reader *reader, const struct xml_node *xml)
{
	diag_add(reader->diags, ELEMENT_UNKNOWN, xml->at, diag_str(reader->diags, xml->name));
	diag_hint(reader->diags, "put it into the namespace \"" RECIPIENT_NAMESPACE "\"");
}

/* A template may have a field of that name: then it is one. */
static bool is_sources(const struct xml_node *xml, const struct field *fields)
{
	return str_is(xml->name, "sources") && !template_find_field(fields, xml->name) &&
		!is_declared_step(fields, xml->name);
}

static void read_fields(struct reader *reader, const struct xml_node *parent,
	const struct context *context, struct value ***end)
{
	for (const struct xml_node *xml = parent->first; xml; xml = xml->next) {
		if (xml->name.len == 0)
			report_text(reader, xml, parent, "put it into the element of a field");
		else if (!str_is(xml->namespace, RECIPIENT_NAMESPACE))
			report_foreign(reader, xml);
		else if (parent == reader->root && is_sources(xml, context->fields))
			*vec_push(reader->arena, &reader->sources) = xml;
		else
			read_field(reader, xml, context, end);
	}
}

/* -- the record -------------------------------------------------------------------------------- */

static void read_id(struct reader *reader, const struct xml_node *root, struct recipient *out)
{
	struct place at = root->at;
	for (const struct xml_attribute *given = root->attributes; given; given = given->next) {
		if (str_is(given->name, "edition")) {
			out->edition = str_trim(given->value);
			out->edition_at = given->at;
		}
		if (!str_is(given->name, "id"))
			continue;
		out->id = given->value;
		at = given->at;
	}
	id_check(reader->arena, out->id, at, reader->diags);
}

bool recipient_read_element(struct arena *arena, const struct xml_node *element,
	const struct record_rules *rules, struct recipient *out, struct diags *diags)
{
	int before = diags_count(diags, SEVERITY_ERROR);
	out->at = element->at;
	if (!xml_check_root(element, "recipient", RECIPIENT_NAMESPACE, diags))
		return false;
	struct reader reader = {.arena = arena, .diags = diags, .root = element};
	struct context context = {.fields = rules->template ? rules->template->fields : NULL,
		.prefix = str_lit(""),
		.lang = rules->lang};
	struct value **end = &out->values;
	read_id(&reader, element, out);
	read_attributes(&reader, element, ABOUT_FIELD | ABOUT_RECORD, &context);
	read_fields(&reader, element, &context, &end);
	sources_read(arena, reader.sources.at, reader.sources.len, out->values, diags);
	return diags_count(diags, SEVERITY_ERROR) == before &&
		(!rules->grammar || xml_grammar_check(rules->grammar, element, diags));
}

struct str record_stem(struct str name)
{
	return str_slice(name, 0, name.len - (str_ends(name, ".xml") ? 4 : 0));
}

bool recipient_read(struct arena *arena, struct str bytes, const char *file,
	const struct template *template, struct recipient *out, struct diags *diags)
{
	const char *name = str_copy(arena, str_of(file)).at;
	*out = (struct recipient){
		.id = record_stem(path_base(str_of(name))), .at = place_in(name), .where = name};
	const struct xml_node *root = xml_read(arena, bytes, file, diags);
	struct record_rules rules = {.template = template, .lang = str_lit("")};
	return root && recipient_read_element(arena, root, &rules, out, diags);
}

const struct value *recipient_find(const struct value *values, struct str name)
{
	for (; values; values = values->next)
		if (str_eq(values->name, name))
			return values;
	return NULL;
}
