/* read_int.h - what the files share that read a style: read.c its elements in their order,
 * read_rows.c attributes by the rows, read_names.c what <element> names, read_checks.c what the
 * whole must keep. */
#ifndef STYLE_READ_INT_H
#define STYLE_READ_INT_H

#include "style/style_int.h"
#include "xml/xml.h"

enum { PAGE_NUMBER = STYLE_COUNT };

/* What is read into a style, and what is known of it on the way. */
struct style_reader {
	struct arena *arena;
	struct style *style;
	struct diags *diags;
	/* where the look of a block's text was changed last, for its contrast; line 0: nowhere */
	struct place looks[PAGE_NUMBER + 1], links;
};

/* Which attributes an element of a style has: the rows of its own, those of a text, of a block. */
enum extent { EXTENT_OWN, EXTENT_TEXT, EXTENT_BLOCK };

/* Where what is read goes: into so many blocks alike. */
struct style_target {
	enum extent extent;
	struct block_style *block;
	int count;
	bool items;   /* the second is that of a list's items, which have its text alone */
	enum tag tag; /* whose they are; TAG_TEXT: of no element */
};

/* -- read_rows.c ------------------------------------------------------------------------------- */

/* The attribute of this name; NULL: there is none. */
const struct xml_attribute *style_find_attribute(const struct xml_node *xml, const char *name);
/* Reads all attributes but those named besides; gives the place of the last one that changes
 * colour, background, size or weight. */
struct place style_read_rows(struct style_reader *reader, const struct xml_node *xml,
	const char *const *besides, struct style_target target);
void style_report_unknown(struct style_reader *reader, const struct xml_node *xml,
	const struct xml_attribute *given, const struct style_target *target);
/* form: what would be good instead. */
void style_report_value(
	struct style_reader *reader, const struct xml_attribute *given, const char *form);

/* -- read_names.c ------------------------------------------------------------------------------ */

/* The element whose style a block is. */
enum tag style_tag_of(const struct style *style, int block);
/* An <element>, unless it is of a level or a variant. */
void style_read_element(struct style_reader *reader, const struct xml_node *xml);
/* Those of levels, and of variants: once what holds for all has been read, wherever it stands. */
void style_read_levels(struct style_reader *reader, const struct xml_node *root);
void style_read_variants(struct style_reader *reader, const struct xml_node *root);

/* -- read_checks.c ----------------------------------------------------------------------------- */

/* Each says what the whole style does not keep, at the place of its root or of the attribute. */
void style_check_page(struct style_reader *reader, const struct xml_node *root);
void style_check_page_number(struct style_reader *reader, const struct xml_node *root);
void style_check_looks(struct style_reader *reader);

#endif
