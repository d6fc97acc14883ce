/* sources.c - <sources>: where the facts of a record were found, in one place beside them. One
 * source may be of many fields, and a field may have many sources. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

enum { MAX_NAMES = 1000 }; /* in a record, each counted for each source that is of it */

/* A name in a source's of. */
struct entry {
	struct str name;
	const struct evidence *evidence;
	struct place at;
	bool met; /* the record has such a field */
};

struct block {
	struct arena *arena;
	struct diags *diags;
	vec(struct entry) entries;
};

/* -- reading ----------------------------------------------------------------------------------- */

static void check_attributes(struct block *block, const struct xml_node *xml, unsigned place)
{
	for (const struct xml_attribute *given = xml->attributes; given; given = given->next)
		about_check(xml, given, place, block->diags);
}

static void report_missing(
	struct block *block, const struct xml_node *xml, const char *name, const char *what)
{
	diag_add(block->diags, ATTRIBUTE_MISSING, xml->at, "source", name, name, what);
}

static bool check_content(struct block *block, const struct xml_node *xml)
{
	for (const struct xml_node *child = xml->first; child; child = child->next)
		if (child->name.len) {
			diag_add(block->diags, ELEMENT_MISPLACED, child->at,
				diag_str(block->diags, child->name), "<source>",
				"write words only");
			return false;
		}
	return true;
}

/* Takes the next of the names that white space divides. */
static bool next_name(struct str *rest, struct str *name)
{
	*rest = str_trim(*rest);
	int to = 0;
	while (to < rest->len && !strchr(" \t\r\n", rest->at[to]))
		to++;
	*name = str_slice(*rest, 0, to);
	*rest = str_slice(*rest, to, rest->len);
	return to > 0;
}

static void add_names(
	struct block *block, struct str of, const struct evidence *evidence, struct place at)
{
	struct str name;
	while (next_name(&of, &name)) {
		if (block->entries.len == MAX_NAMES) {
			diag_add(block->diags, XML_LIMIT, at,
				"the sources of a record name more than 1000 fields");
			return;
		}
		*vec_push(block->arena, &block->entries) = (struct entry){name, evidence, at};
	}
}

static void read_source(struct block *block, const struct xml_node *xml)
{
	struct evidence *evidence = arena_new_array(block->arena, struct evidence, 1);
	struct str of = xml_attribute(xml, "of");
	*evidence = (struct evidence){
		.words = fold_text(block->arena, element_text(block->arena, xml)),
		.href = about_given(xml, "href"),
		.date = str_trim(about_given(xml, "date")),
		.quote = fold_text(block->arena, about_given(xml, "quote")),
		.remark = fold_text(block->arena, about_given(xml, "remark")),
		.at = xml->at};
	check_attributes(block, xml, ABOUT_SOURCE);
	if (!of.at)
		report_missing(block, xml, "of", "the fields that were found there");
	if (!evidence->words.len && !xml_attribute(xml, "href").at)
		report_missing(block, xml, "href", "the source's address");
	else if (check_content(block, xml))
		add_names(block, of, evidence, about_place(xml, "of"));
}

static void read_block(struct block *block, const struct xml_node *xml)
{
	check_attributes(block, xml, 0);
	for (const struct xml_node *child = xml->first; child; child = child->next) {
		if (!child->name.len) {
			if (str_trim(child->text).len)
				diag_add(block->diags, TEXT_MISPLACED, xml_text_place(child),
					"sources", "put it into <source>…</source>");
		} else if (!str_is(child->name, "source") ||
			!str_eq(child->namespace, xml->namespace)) {
			diag_add(block->diags, ELEMENT_MISPLACED, child->at,
				diag_str(block->diags, child->name), "<sources>",
				"write <source of=\"…\">…</source>");
		} else {
			read_source(block, child);
		}
	}
}

/* -- to the values ----------------------------------------------------------------------------- */

/* Whether a name means the path, or a step or list around it. */
static bool covers(struct str name, struct str path)
{
	return name.len <= path.len && str_eq(str_slice(path, 0, name.len), name) &&
		(name.len == path.len || path.at[name.len] == '.');
}

/* What the sources say of a path; found has room for all. */
static int find_evidence(struct block *block, struct str path, const struct evidence **found)
{
	int count = 0;
	for (int i = 0; i < block->entries.len; i++) {
		struct entry *entry = &block->entries.at[i];
		if (!covers(entry->name, path))
			continue;
		entry->met = true;
		if (!count || found[count - 1] != entry->evidence)
			found[count++] = entry->evidence;
	}
	return count;
}

/* The element's own source comes first. */
static void add_evidence(struct block *block, struct value *value, struct str path)
{
	const struct evidence *found[MAX_NAMES];
	int count = find_evidence(block, path, found);
	if (!count)
		return;
	struct about *about = arena_new_array(block->arena, struct about, 1);
	*about = value->about ? *value->about : (struct about){0};
	const struct evidence **all = arena_new_array(
		block->arena, const struct evidence *, about->evidence_count + count);
	if (about->evidence_count)
		memcpy(all, about->evidence, (size_t)about->evidence_count * sizeof *all);
	memcpy(all + about->evidence_count, found, (size_t)count * sizeof *all);
	about->evidence = all;
	about->evidence_count += count;
	value->about = about;
}

static void add_to_values(struct block *block, struct value *values, struct str around)
{
	for (struct value *value = values; value; value = value->next) {
		struct str path = around.len ? str_format(block->arena, "%.*s.%.*s",
						       str_arg(around), str_arg(value->name))
					     : value->name;
		add_evidence(block, value, path);
		add_to_values(block, value->parts, path);
	}
}

static void report_unmet(struct block *block, const struct value *values)
{
	for (int i = 0; i < block->entries.len; i++) {
		const struct entry *entry = &block->entries.at[i];
		if (entry->met)
			continue;
		struct nearest nearest = nearest_start(entry->name);
		for (const struct value *value = values; value; value = value->next)
			nearest_try(&nearest, value->name);
		diag_add(block->diags, SOURCE_FIELD, entry->at,
			diag_field(block->diags, entry->name, (struct str){0}));
		nearest_hint(&nearest, block->diags);
	}
}

void sources_read(struct arena *arena, const struct xml_node *const *blocks, int count,
	struct value *values, struct diags *diags)
{
	struct block block = {.arena = arena, .diags = diags};
	for (int i = 0; i < count; i++)
		read_block(&block, blocks[i]);
	if (!block.entries.len)
		return;
	add_to_values(&block, values, (struct str){0});
	report_unmet(&block, values);
}
