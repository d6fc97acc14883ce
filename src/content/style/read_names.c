/* read_names.c - <element>: whose style it is, of a block, of a heading's level, of a variant. */
#include "base/diag_id.h"
#include "style/read_int.h"

enum tag style_tag_of(const struct style *style, int block)
{
	return block >= STYLE_VARIANT    ? style->variants[(block - STYLE_VARIANT) / 2].tag
		: block >= STYLE_HEADING ? TAG_HEADING
					 : (enum tag)block;
}

/* Into the styles from first on; besides name, the element has another attribute, or NULL. */
static void read_blocks(struct style_reader *reader, const struct xml_node *xml, int first,
	int count, const char *other)
{
	const char *const besides[] = {"name", other, NULL};
	struct place look = style_read_rows(reader, xml, besides,
		(struct style_target){EXTENT_BLOCK, &reader->style->block[first], count,
			first >= STYLE_VARIANT, style_tag_of(reader->style, first)});
	for (int i = first; look.line && i < first + count; i++)
		reader->looks[i] = look;
}

/* The element whose style it is; TAG_COUNT after an error. */
static enum tag read_name(struct style_reader *reader, const struct xml_node *xml)
{
	bool variant = style_find_attribute(xml, "variant"); /* that alone a row may have */
	const struct xml_attribute *name = style_find_attribute(xml, "name");
	if (!name) {
		diag_add(reader->diags, ATTRIBUTE_MISSING, xml->at, "element", "name", "name",
			"the name of a block or an inline");
		return TAG_COUNT;
	}
	struct nearest nearest = nearest_start(name->value);
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++) {
		bool styled = tag_is_block(tag) || tag_class(tag) == CLASS_INLINE ||
			tag == TAG_CELL || (variant && style_takes_variants(tag));
		if (styled && str_is(name->value, tag_element(tag)))
			return tag;
		if (styled)
			nearest_try(&nearest, str_of(tag_element(tag)));
	}
	diag_add(reader->diags, STYLE_ELEMENT, name->at, diag_str(reader->diags, name->value));
	nearest_hint(&nearest, reader->diags);
	return TAG_COUNT;
}

static bool is_of_level(const struct xml_node *xml)
{
	const struct xml_attribute *name = style_find_attribute(xml, "name");
	return name && str_is(name->value, tag_element(TAG_HEADING)) &&
		style_find_attribute(xml, "level");
}

void style_read_element(struct style_reader *reader, const struct xml_node *xml)
{
	bool later = is_of_level(xml) || style_find_attribute(xml, "variant");
	enum tag tag = later ? TAG_COUNT : read_name(reader, xml);
	if (tag == TAG_HEADING)
		read_blocks(reader, xml, STYLE_HEADING, HEADING_LEVELS, NULL);
	else if (tag < TAG_COUNT)
		read_blocks(reader, xml, (int)tag, 1, NULL);
}

void style_read_levels(struct style_reader *reader, const struct xml_node *root)
{
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		if (!str_is(xml->name, "element") || !is_of_level(xml))
			continue;
		const struct xml_attribute *level = style_find_attribute(xml, "level");
		const char *fault = attribute_fault(TAG_HEADING, level->name, level->value);
		if (fault)
			style_report_value(reader, level, fault);
		else
			read_blocks(
				reader, xml, STYLE_HEADING + level->value.at[0] - '1', 1, "level");
	}
}

/* The style of a variant, which begins as its element's is, a row's as that of cells. */
static int variant_slot(struct style *style, enum tag tag, struct str name)
{
	int i = 0;
	while (i < style->variant_count &&
		!(style->variants[i].tag == tag && str_eq(style->variants[i].name, name)))
		i++;
	if (i == MAX_VARIANTS)
		return -1;
	int slot = STYLE_VARIANT + 2 * i;
	if (i < style->variant_count)
		return slot;
	style->variants[style->variant_count++] = (struct variant){tag, name};
	style->block[slot] = style->block[tag == TAG_ROW ? TAG_CELL : tag];
	style->block[slot + 1] = style->block[TAG_LI];
	return slot;
}

static void read_variant(struct style_reader *reader, const struct xml_node *xml,
	const struct xml_attribute *variant)
{
	enum tag tag = read_name(reader, xml);
	if (tag == TAG_COUNT)
		return;
	const char *fault = attribute_fault(TAG_P, variant->name, variant->value);
	int slot = -1;
	if (!style_takes_variants(tag)) {
		style_report_unknown(reader, xml, variant,
			&(struct style_target){.extent = EXTENT_BLOCK, .tag = tag});
	} else if (fault) {
		style_report_value(reader, variant, fault);
	} else if ((slot = variant_slot(reader->style, tag, variant->value)) < 0) {
		style_report_value(reader, variant, "one of at most 16 variants in a style");
	} else {
		bool list = tag == TAG_UL || tag == TAG_OL;
		read_blocks(reader, xml, slot, 1 + list, "variant");
	}
}

void style_read_variants(struct style_reader *reader, const struct xml_node *root)
{
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		const struct xml_attribute *variant = str_is(xml->name, "element")
			? style_find_attribute(xml, "variant")
			: NULL;
		if (variant)
			read_variant(reader, xml, variant);
	}
}
