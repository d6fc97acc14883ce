/* read_rows.c - the attributes of an element of a style, by the rows of rows.c. */
#include "base/diag_id.h"
#include "style/read_int.h"

static bool has_row(const struct style_target *target, const struct style_row *row)
{
	return (target->extent == EXTENT_BLOCK && style_row_serves(row, target->tag)) ||
		(target->extent == EXTENT_TEXT && style_row_is_text(row));
}

void style_report_unknown(struct style_reader *reader, const struct xml_node *xml,
	const struct xml_attribute *given, const struct style_target *target)
{
	struct nearest nearest = nearest_start(given->name);
	for (int i = 0; i < style_row_count; i++)
		if (str_is(xml->name, style_rows[i].element))
			nearest_try(&nearest, str_of(style_rows[i].name));
	for (int i = 0; i < style_block_row_count; i++)
		if (has_row(target, &style_block_rows[i]))
			nearest_try(&nearest, str_of(style_block_rows[i].name));
	diag_add(reader->diags, ATTRIBUTE_UNKNOWN, given->at, diag_str(reader->diags, xml->name),
		diag_str(reader->diags, given->name));
	nearest_hint(&nearest, reader->diags);
}

/* Of a row that is of some elements alone, at another. */
static void report_unserved(struct style_reader *reader, const struct xml_attribute *given,
	const struct style_row *row, enum tag tag)
{
	struct buf names = {0};
	for (const enum tag *at = style_row_served(row); *at != TAG_TEXT; at++)
		buf_format(&names, "%s%s", names.len ? ", " : "", tag_element(*at));
	diag_add(reader->diags, STYLE_ATTRIBUTE, given->at,
		tag == TAG_TEXT ? "page-number" : tag_element(tag), row->name, row->name,
		diag_str(reader->diags, buf_text(&names)));
	buf_free(&names);
}

void style_report_value(
	struct style_reader *reader, const struct xml_attribute *given, const char *form)
{
	diag_add(reader->diags, ATTRIBUTE_VALUE, given->at, diag_str(reader->diags, given->name),
		diag_str(reader->diags, given->value), form);
}

static bool is_among(const char *const *names, struct str name)
{
	for (; names && *names; names++)
		if (str_is(name, *names))
			return true;
	return false;
}

static bool has_too_many_features(const struct style *style, const struct style_target *target)
{
	struct features all = {0};
	bool good = features_join(&all, &style->page_number.text.features) &&
		features_join(&all, &target->block->text.features);
	for (int i = 0; i < style_count(style) && good; i++)
		good = features_join(&all, &style->block[i].text.features);
	return !good;
}

static bool set_blocks(const struct style_reader *reader, const struct style_target *target,
	const struct style_row *row, struct str value)
{
	bool good = true;
	int count = target->items && !style_row_is_text(row) ? 1 : target->count;
	for (int i = 0; i < count; i++)
		good &= style_set(row, &target->block[i], value);
	return good &&
		!(row->kind == STYLE_FEATURES && has_too_many_features(reader->style, target));
}

struct place style_read_rows(struct style_reader *reader, const struct xml_node *xml,
	const char *const *besides, struct style_target target)
{
	struct place look = place_none();
	for (const struct xml_attribute *given = xml->attributes; given; given = given->next) {
		const struct style_row *own = style_find_row(xml->name, given->name);
		const struct style_row *row = own ? own : style_find_block_row(given->name);
		if (is_among(besides, given->name))
			continue;
		if (row && !own && target.extent == EXTENT_BLOCK &&
			!style_row_serves(row, target.tag))
			report_unserved(reader, given, row, target.tag);
		else if (!row || (!own && !has_row(&target, row)))
			style_report_unknown(reader, xml, given, &target);
		else if (!(own ? style_set(row, reader->style, given->value)
			       : set_blocks(reader, &target, row, given->value)))
			style_report_value(reader, given, style_form(row));
		else if (!own && style_row_is_look(row))
			look = given->at;
	}
	return look;
}

const struct xml_attribute *style_find_attribute(const struct xml_node *xml, const char *name)
{
	for (const struct xml_attribute *given = xml->attributes; given; given = given->next)
		if (str_is(given->name, name))
			return given;
	return NULL;
}
