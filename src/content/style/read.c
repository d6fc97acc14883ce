/* read.c - bytes → struct style, by the rows of rows.c.
 *
 * A style only says what it changes. First comes what style_default gives; then <text>, the base of
 * all elements; then what sets single elements apart by default; then what the style says of single
 * elements; last, what it says of single levels of headings. So a larger <text> still has small
 * notes, an <element> always wins, and of two for headings the one that names a level. */
#include "base/diag_id.h"
#include "style/read_int.h"

static void read_plain(struct style_reader *reader, const struct xml_node *xml)
{
	style_read_rows(reader, xml, NULL, (struct style_target){.extent = EXTENT_OWN});
}

static void read_links(struct style_reader *reader, const struct xml_node *xml)
{
	reader->links = xml->at;
	read_plain(reader, xml);
}

static void read_page_number(struct style_reader *reader, const struct xml_node *xml)
{
	struct place look = style_read_rows(reader, xml, NULL,
		(struct style_target){
			.extent = EXTENT_BLOCK, .block = &reader->style->page_number, .count = 1});
	if (look.line)
		reader->looks[PAGE_NUMBER] = look;
}

static void read_page(struct style_reader *reader, const struct xml_node *xml)
{
	static const struct {
		const char *name, *width, *height;
	} papers[] = {
		{"A4", "210mm", "297mm"},
		{"A5", "148mm", "210mm"},
		{"Letter", "8.5in", "11in"},
		{"Legal", "8.5in", "14in"},
	};
	const struct xml_attribute *size = style_find_attribute(xml, "size");
	size_t paper = 0, count = sizeof papers / sizeof *papers;
	while (size && paper < count && !str_is(size->value, papers[paper].name))
		paper++;
	if (paper == count) {
		style_report_value(reader, size, "A4, A5, Letter or Legal, or width and height");
	} else if (size) {
		length_read(str_of(papers[paper].width), &reader->style->page_width);
		length_read(str_of(papers[paper].height), &reader->style->page_height);
	}
	style_read_rows(reader, xml, (const char *const[]){"size", "geometry", NULL},
		(struct style_target){.extent = EXTENT_OWN});
}

/* What a geometry prescribes is a default, wherever it stands. */
static void read_geometry(struct style_reader *reader, const struct xml_node *root)
{
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		const struct xml_attribute *given = str_is(xml->name, "page")
			? style_find_attribute(xml, "geometry")
			: NULL;
		if (!given || style_set_geometry(reader->style, given->value))
			continue;
		struct buf names = {0};
		for (const char *name = NULL; (name = style_next_geometry(name));)
			buf_format(&names, "%s%s", names.len ? ", " : "one of ", name);
		style_report_value(reader, given, buf_text(&names).at);
		buf_free(&names);
	}
}

/* <text> changes what all others start from, so it is read first, wherever it stands. */
static void read_text(struct style_reader *reader, const struct xml_node *root)
{
	struct block_style base = reader->style->block[TAG_TEXT];
	for (const struct xml_node *xml = root->first; xml; xml = xml->next) {
		if (!str_is(xml->name, "text"))
			continue;
		struct place look = style_read_rows(reader, xml, NULL,
			(struct style_target){.extent = EXTENT_TEXT, .block = &base, .count = 1});
		for (int i = 0; i <= PAGE_NUMBER; i++)
			reader->looks[i] = look;
	}
	style_derive(reader->style, &base);
}

static void read_edition(struct style_reader *reader, const struct xml_node *xml)
{
	edition_read(reader->arena, reader->style, xml, reader->diags);
}

static void read_editions(struct style_reader *reader, const struct xml_node *xml)
{
	editions_read(reader->style, xml, reader->diags);
}

static void skip(struct style_reader *reader, const struct xml_node *xml)
{
	(void)reader, (void)xml;
}

static const struct {
	const char *name;
	void (*read)(struct style_reader *reader, const struct xml_node *xml);
	bool often;
} elements[] = {
	{"page", read_page, false},
	{"window", read_plain, false},
	{"text", skip, false},
	{"element", style_read_element, true},
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

static int find_element(struct style_reader *reader, const struct xml_node *xml)
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

static void check_empty(
	struct style_reader *reader, const struct xml_node *parent, const char *hint)
{
	for (const struct xml_node *xml = parent->first; xml; xml = xml->next)
		if (xml->name.len || str_trim(xml->text).len)
			diag_add(reader->diags, TEXT_MISPLACED, xml_text_place(xml),
				diag_str(reader->diags, parent->name), hint);
}

static void read_children(struct style_reader *reader, const struct xml_node *root)
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

static void read_root(struct style_reader *reader, const struct xml_node *root)
{
	for (const struct xml_attribute *given = root->attributes; given; given = given->next) {
		const char *fault = attribute_fault(TAG_LETTER, given->name, given->value);
		if (!str_is(given->name, "xml:lang"))
			style_report_unknown(
				reader, root, given, &(struct style_target){.extent = EXTENT_OWN});
		else if (fault)
			style_report_value(reader, given, fault);
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
	struct style_reader reader = {.arena = arena, .style = style, .diags = diags};
	*style = style_default();
	style->page_number_bottom = 0; /* follows the margin */
	style->file = root->at.file;
	read_root(&reader, root);
	read_text(&reader, root);
	read_geometry(&reader, root);
	read_children(&reader, root);
	style_read_levels(&reader, root);
	style_read_variants(&reader, root);
	style_check_page(&reader, root);
	style_check_page_number(&reader, root);
	style_check_looks(&reader);
	return diags_count(diags, SEVERITY_ERROR) > before ? NULL : style;
}
