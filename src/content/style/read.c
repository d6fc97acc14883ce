/* read.c - bytes → struct style, by the rows of style_rows.c.
 *
 * A style only says what it changes. First comes what style_default gives; then <text>, the base of
 * all elements; then what sets single elements apart by default; then what the style says of single
 * elements; last, what it says of single levels of headings. So a larger <text> still has small
 * notes, an <element> always wins, and of two for headings the one that names a level. */
#include "base/diag_id.h"
#include "style/style_int.h"
#include "xml/xml.h"

enum { PAGE_NUMBER = STYLE_COUNT };

struct reader {
	struct arena *arena;
	struct style *style;
	struct diags *diags;
	/* where the look of a block's text was changed last, for its contrast; line 0: nowhere */
	struct place looks[PAGE_NUMBER + 1], links;
};

/* Which attributes an element of a style has: the rows of its own, those of a text, of a block. */
enum extent { EXTENT_OWN, EXTENT_TEXT, EXTENT_BLOCK };

/* Where what is read goes: into so many blocks alike. */
struct target {
	enum extent extent;
	struct block_style *block;
	int count;
	bool items;   /* the second is that of a list's items, which have its text alone */
	enum tag tag; /* whose they are; TAG_TEXT: of no element */
};

static bool has_row(const struct target *target, const struct style_row *row)
{
	return (target->extent == EXTENT_BLOCK && style_row_serves(row, target->tag)) ||
		(target->extent == EXTENT_TEXT && style_row_is_text(row));
}

static void report_unknown(struct reader *reader, const struct xml_node *xml,
	const struct xml_attribute *given, const struct target *target)
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
static void report_unserved(struct reader *reader, const struct xml_attribute *given,
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

static void report_value(struct reader *reader, const struct xml_attribute *given, const char *form)
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

static bool has_too_many_features(const struct style *style, const struct target *target)
{
	struct features all = {0};
	bool good = features_join(&all, &style->page_number.text.features) &&
		features_join(&all, &target->block->text.features);
	for (int i = 0; i < style_count(style) && good; i++)
		good = features_join(&all, &style->block[i].text.features);
	return !good;
}

static bool set_blocks(const struct reader *reader, const struct target *target,
	const struct style_row *row, struct str value)
{
	bool good = true;
	int count = target->items && !style_row_is_text(row) ? 1 : target->count;
	for (int i = 0; i < count; i++)
		good &= style_set(row, &target->block[i], value);
	return good &&
		!(row->kind == STYLE_FEATURES && has_too_many_features(reader->style, target));
}

/* Reads all attributes but those named besides; gives the place of the last one that changes
 * colour, background, size or weight. */
static struct place read_rows(struct reader *reader, const struct xml_node *xml,
	const char *const *besides, struct target target)
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
			report_unknown(reader, xml, given, &target);
		else if (!(own ? style_set(row, reader->style, given->value)
			       : set_blocks(reader, &target, row, given->value)))
			report_value(reader, given, style_form(row));
		else if (!own && style_row_is_look(row))
			look = given->at;
	}
	return look;
}

static const struct xml_attribute *find_attribute(const struct xml_node *xml, const char *name)
{
	for (const struct xml_attribute *given = xml->attributes; given; given = given->next)
		if (str_is(given->name, name))
			return given;
	return NULL;
}

static void read_plain(struct reader *reader, const struct xml_node *xml)
{
	read_rows(reader, xml, NULL, (struct target){.extent = EXTENT_OWN});
}

static void read_links(struct reader *reader, const struct xml_node *xml)
{
	reader->links = xml->at;
	read_plain(reader, xml);
}

static void read_page_number(struct reader *reader, const struct xml_node *xml)
{
	struct place look = read_rows(reader, xml, NULL,
		(struct target){
			.extent = EXTENT_BLOCK, .block = &reader->style->page_number, .count = 1});
	if (look.line)
		reader->looks[PAGE_NUMBER] = look;
}

static void read_page(struct reader *reader, const struct xml_node *xml)
{
	static const struct {
		const char *name, *width, *height;
	} papers[] = {
		{"A4", "210mm", "297mm"},
		{"A5", "148mm", "210mm"},
		{"Letter", "8.5in", "11in"},
		{"Legal", "8.5in", "14in"},
	};
	const struct xml_attribute *size = find_attribute(xml, "size");
	size_t paper = 0, count = sizeof papers / sizeof *papers;
	while (size && paper < count && !str_is(size->value, papers[paper].name))
		paper++;
	if (paper == count) {
		report_value(reader, size, "A4, A5, Letter or Legal, or width and height");
	} else if (size) {
		length_read(str_of(papers[paper].width), &reader->style->page_width);
		length_read(str_of(papers[paper].height), &reader->style->page_height);
	}
	read_rows(reader, xml, (const char *const[]){"size", "geometry", NULL},
		(struct target){.extent = EXTENT_OWN});
}

/* The element whose style it is. */
static enum tag tag_of(const struct style *style, int block)
{
	return block >= STYLE_VARIANT    ? style->variants[(block - STYLE_VARIANT) / 2].tag
		: block >= STYLE_HEADING ? TAG_HEADING
					 : (enum tag)block;
}

/* Into the styles from first on; besides name, the element has another attribute, or NULL. */
static void read_blocks(
	struct reader *reader, const struct xml_node *xml, int first, int count, const char *other)
{
	const char *const besides[] = {"name", other, NULL};
	struct place look = read_rows(reader, xml, besides,
		(struct target){EXTENT_BLOCK, &reader->style->block[first], count,
			first >= STYLE_VARIANT, tag_of(reader->style, first)});
	for (int i = first; look.line && i < first + count; i++)
		reader->looks[i] = look;
}

/* The element whose style it is; TAG_COUNT after an error. */
static enum tag read_name(struct reader *reader, const struct xml_node *xml)
{
	bool variant = find_attribute(xml, "variant"); /* that alone a row may have */
	const struct xml_attribute *name = find_attribute(xml, "name");
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
	const struct xml_attribute *name = find_attribute(xml, "name");
	return name && str_is(name->value, tag_element(TAG_HEADING)) &&
		find_attribute(xml, "level");
}

static void read_element(struct reader *reader, const struct xml_node *xml)
{
	bool later = is_of_level(xml) || find_attribute(xml, "variant");
	enum tag tag = later ? TAG_COUNT : read_name(reader, xml);
	if (tag == TAG_HEADING)
		read_blocks(reader, xml, STYLE_HEADING, HEADING_LEVELS, NULL);
	else if (tag < TAG_COUNT)
		read_blocks(reader, xml, (int)tag, 1, NULL);
}

/* What holds for all headings has been read, wherever it stands. */
static void read_levels(struct reader *reader, const struct xml_node *root)
{
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		if (!str_is(xml->name, "element") || !is_of_level(xml))
			continue;
		const struct xml_attribute *level = find_attribute(xml, "level");
		const char *fault = attribute_fault(TAG_HEADING, level->name, level->value);
		if (fault)
			report_value(reader, level, fault);
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

static void read_variant(
	struct reader *reader, const struct xml_node *xml, const struct xml_attribute *variant)
{
	enum tag tag = read_name(reader, xml);
	if (tag == TAG_COUNT)
		return;
	const char *fault = attribute_fault(TAG_P, variant->name, variant->value);
	int slot = -1;
	if (!style_takes_variants(tag)) {
		report_unknown(
			reader, xml, variant, &(struct target){.extent = EXTENT_BLOCK, .tag = tag});
	} else if (fault) {
		report_value(reader, variant, fault);
	} else if ((slot = variant_slot(reader->style, tag, variant->value)) < 0) {
		report_value(reader, variant, "one of at most 16 variants in a style");
	} else {
		bool list = tag == TAG_UL || tag == TAG_OL;
		read_blocks(reader, xml, slot, 1 + list, "variant");
	}
}

/* What holds for all of their elements has been read. */
static void read_variants(struct reader *reader, const struct xml_node *root)
{
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		const struct xml_attribute *variant = str_is(xml->name, "element")
			? find_attribute(xml, "variant")
			: NULL;
		if (variant)
			read_variant(reader, xml, variant);
	}
}

/* What a geometry prescribes is a default, wherever it stands. */
static void read_geometry(struct reader *reader, const struct xml_node *root)
{
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		const struct xml_attribute *given = str_is(xml->name, "page")
			? find_attribute(xml, "geometry")
			: NULL;
		if (!given || style_set_geometry(reader->style, given->value))
			continue;
		struct buf names = {0};
		for (const char *name = NULL; (name = style_next_geometry(name));)
			buf_format(&names, "%s%s", names.len ? ", " : "one of ", name);
		report_value(reader, given, buf_text(&names).at);
		buf_free(&names);
	}
}

/* <text> changes what all others start from, so it is read first, wherever it stands. */
static void read_text(struct reader *reader, const struct xml_node *root)
{
	struct block_style base = reader->style->block[TAG_TEXT];
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		if (!str_is(xml->name, "text"))
			continue;
		struct place look = read_rows(reader, xml, NULL,
			(struct target){.extent = EXTENT_TEXT, .block = &base, .count = 1});
		for (int i = 0; i <= PAGE_NUMBER; i++)
			reader->looks[i] = look;
	}
	style_derive(reader->style, &base);
}

static void read_edition(struct reader *reader, const struct xml_node *xml)
{
	edition_read(reader->arena, reader->style, xml, reader->diags);
}

static void read_editions(struct reader *reader, const struct xml_node *xml)
{
	editions_read(reader->style, xml, reader->diags);
}

static void skip(struct reader *reader, const struct xml_node *xml)
{
	(void)reader, (void)xml;
}

static const struct {
	const char *name;
	void (*read)(struct reader *reader, const struct xml_node *xml);
	bool often;
} elements[] = {
	{"page", read_page, false},
	{"window", read_plain, false},
	{"text", skip, false},
	{"element", read_element, true},
	{"page-number", read_page_number, false},
	{"information", read_plain, false},
	{"letterhead-picture", read_plain, false},
	{"continuation", read_plain, false},
	{"continuation-picture", read_plain, false},
	{"footer", read_plain, false},
	{"notes", read_plain, false},
	{"folds", read_plain, false},
	{"fit", read_plain, false},
	{"links", read_links, false},
	{"breaks", read_plain, false},
	{"pdf", read_plain, false},
	{"edition", read_edition, true},
	{"editions", read_editions, false},
};
enum { ELEMENT_COUNT = sizeof elements / sizeof *elements };

static int find_element(struct reader *reader, const struct xml_node *xml)
{
	struct nearest nearest = nearest_start(xml->name);
	for (int i = 0; i < ELEMENT_COUNT; i++) {
		if (str_is(xml->name, elements[i].name) && str_is(xml->namespace, STYLE_NAMESPACE))
			return i;
		nearest_try(&nearest, str_of(elements[i].name));
	}
	diag_add(reader->diags, ELEMENT_UNKNOWN, xml->at, diag_str(reader->diags, xml->name));
	nearest_hint(&nearest, reader->diags);
	return -1;
}

static void check_empty(struct reader *reader, const struct xml_node *parent, const char *hint)
{
	for (const struct xml_node *xml = parent->first; xml; xml = xml->next)
		if (xml->name.len || str_trim(xml->text).len)
			diag_add(reader->diags, TEXT_MISPLACED, xml_text_place(xml),
				diag_str(reader->diags, parent->name), hint);
}

static void read_children(struct reader *reader, const struct xml_node *root)
{
	bool seen[ELEMENT_COUNT] = {false};
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		if (!xml->name.len) {
			if (str_trim(xml->text).len)
				diag_add(reader->diags, TEXT_MISPLACED, xml_text_place(xml),
					"style", "take it out");
			continue;
		}
		int element = find_element(reader, xml);
		if (element < 0)
			continue;
		if (seen[element] && !elements[element].often)
			diag_add(reader->diags, ELEMENT_TWICE, xml->at, elements[element].name);
		seen[element] = true;
		check_empty(reader, xml, "write attributes: the elements of a style are empty");
		elements[element].read(reader, xml);
	}
}

/* A page must leave room for at least a word or two: 30 mm either way. */
static void check_page(struct reader *reader, const struct xml_node *root)
{
	enum { LEAST = 30 * 72 * SP_PER_PT / 25 };
	const struct style *style = reader->style;
	int64_t width = (int64_t)style->page_width - style->margin_left - style->margin_right;
	int64_t height = (int64_t)style->page_height - style->margin_top - style->margin_bottom;
	int64_t first = (int64_t)style->page_height - style->first_top - style->margin_bottom;
	if (width >= LEAST && height >= LEAST && first >= LEAST)
		return;
	struct arena *arena = arena_new();
	diag_add(reader->diags, STYLE_PAGE, root->at, length_text(arena, width).at,
		length_text(arena, height < first ? height : first).at);
	arena_free(arena);
}

static void place_page_number(struct reader *reader, const struct xml_node *root)
{
	struct style *style = reader->style;
	int64_t top = style_place_page_number(style);
	if (style->page_number.hidden || top <= style->margin_bottom)
		return;
	struct arena *arena = arena_new();
	diag_add(reader->diags, STYLE_PAGE_NUMBER, root->at, length_text(arena, top).at,
		length_text(arena, style->margin_bottom).at);
	arena_free(arena);
}

/* The text of which the style makes the look. Inlines have the size of what is around them, which
 * may be small. False: the element has no text. */
static bool look_of(const struct style *style, int i, struct text_style *text)
{
	const struct block_style *block = i == PAGE_NUMBER ? &style->page_number : &style->block[i];
	*text = block->text;
	if (i >= STYLE_HEADING) /* the page number too */
		return !block->hidden;
	enum tag tag = (enum tag)i;
	if (tag_is_paragraph(tag) || tag == TAG_LI || tag_has_lines(tag))
		return !block->hidden;
	text->size = 0;
	return tag_class(tag) == CLASS_INLINE && tag != TAG_TEXT;
}

/* What stands behind it, as far as the style alone can tell: of a list's items, what its variant
 * has. */
static uint32_t background_of(const struct style *style, int i)
{
	if (i == PAGE_NUMBER)
		return PAPER;
	bool second = i >= STYLE_VARIANT && (i - STYLE_VARIANT) % 2 > 0;
	enum tag tag = tag_of(style, i);
	if (second && tag != TAG_UL && tag != TAG_OL)
		return PAPER;
	return style->block[i - second].background;
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a->line == b->line && a->column == b->column;
}

/* What <text> makes too pale is so in many elements, and what <element name="heading"> does in all
 * levels, but said once. */
static void check_contrast(struct reader *reader)
{
	const struct place *looks = reader->looks, *base = &looks[TAG_TEXT];
	bool said[PAGE_NUMBER + 1] = {false};
	for (int i = 0; i <= PAGE_NUMBER; i++) {
		struct text_style text;
		if (!looks[i].line || !look_of(reader->style, i, &text))
			continue;
		bool again = same_place(&looks[i], base) && !text.size;
		for (int k = 0; k < i; k++)
			again |= said[k] && same_place(&looks[k], &looks[i]);
		said[i] = !again &&
			style_check_contrast(
				&text, background_of(reader->style, i), looks[i], reader->diags);
	}
	if (!reader->style->underline_links)
		contrast_check_links(reader->style, reader->links, reader->diags);
}

static void read_root(struct reader *reader, const struct xml_node *root)
{
	for (const struct xml_attribute *given = root->attributes; given; given = given->next) {
		const char *fault = attribute_fault(TAG_LETTER, given->name, given->value);
		if (!str_is(given->name, "xml:lang"))
			report_unknown(reader, root, given, &(struct target){.extent = EXTENT_OWN});
		else if (fault)
			report_value(reader, given, fault);
		else
			reader->style->lang = given->value;
	}
}

struct style *style_read(
	struct arena *arena, struct str bytes, const char *file, struct diags *diags)
{
	int before = diags_count(diags, SEVERITY_ERROR);
	struct xml_node *root = xml_read(arena, bytes, file, diags);
	if (!root || !xml_check_root(root, "style", STYLE_NAMESPACE, diags))
		return NULL;
	struct style *style = arena_new_array(arena, struct style, 1);
	struct reader reader = {.arena = arena, .style = style, .diags = diags};
	*style = style_default();
	style->page_number_bottom = 0; /* follows the margin */
	style->file = root->at.file;
	read_root(&reader, root);
	read_text(&reader, root);
	read_geometry(&reader, root);
	read_children(&reader, root);
	read_levels(&reader, root);
	read_variants(&reader, root);
	check_page(&reader, root);
	place_page_number(&reader, root);
	check_contrast(&reader);
	return diags_count(diags, SEVERITY_ERROR) > before ? NULL : style;
}
