/* template.h - bytes → struct template and struct style, both immutable once read.
 *
 * A template is a tree of the elements of tags.def together with the declarations of its fields. It
 * knows nothing of recipients or letters; what it looks like is the style's business alone.
 *
 *   tag_        the vocabulary       node_    the tree, of letters and of rich values too
 *   template_   the letter's text and its fields
 *   style_      page, fonts, sizes, spacing                fold_    white space */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include "base/base.h"

struct xml_node;

#define TEMPLATE_NAMESPACE "urn:lettermerge:letter:1"
#define STYLE_NAMESPACE "urn:lettermerge:style:1"

enum tag {
#define TAG(name, element, class, content) TAG_##name,
#include "template/tags.def"
#undef TAG
	TAG_COUNT
};

enum tag_class { CLASS_META, CLASS_BLOCK, CLASS_INLINE, CLASS_PART, CLASS_CONTROL };
enum tag_content {
	CONTENT_NONE,
	CONTENT_TEXT,
	CONTENT_BLOCKS,
	CONTENT_PARTS,
	CONTENT_LINES,
	CONTENT_SAME
};

/* An attribute as written. In href, alt, title and src "{name}" stands for a field's value, which
 * the merge puts in; "{{" and "}}" for the braces themselves. */
struct attribute {
	struct str name, value;
	bool has_fields; /* a {name} is in the value; without one the braces are resolved */
	struct place at;
	struct attribute *next;
};

struct node {
	enum tag tag;
	int id; /* dense from 0 in reading order, within one template or one letter */
	struct place at;
	struct str text; /* of TAG_TEXT: white space folded, never empty */
	struct str lang; /* BCP 47, inherited, never empty */
	struct attribute *attributes;
	struct node *parent, *first, *next;
	const struct node *origin; /* in a letter: the template's or the record's node */
	bool constant;   /* no field and no control element in it or below: the same in every letter
			  */
	int note_number; /* in a letter, of TAG_NOTE: from 1 */
	bool note_joins; /* its mark stands right behind another's: "1,2" */
};

#define node_each(child, parent) \
	for (struct node *child = (parent)->first; child; child = child->next)

enum field_type {
	FIELD_TEXT,  /* one line of text */
	FIELD_LINES, /* an address: lines, empty ones dropped */
	FIELD_RICH,  /* inline elements and notes of the recipient's own */
	FIELD_DATE,  /* yyyy-mm-dd, written out in the letter's language */
	FIELD_MONEY, /* a number, with or without the sign of its currency */
	FIELD_NUMBER,
	FIELD_POSTCODE, /* of the United Kingdom; re-spaced, in capitals */
	FIELD_YES_NO,
	FIELD_LIST, /* of records, for each */
	FIELD_TYPE_COUNT
};

struct field {
	int id;          /* dense from 0, a list's parts behind it */
	struct str name; /* dotted path: "vru.highlight" */
	enum field_type type;
	bool required;       /* missing or blank stops the letter */
	struct str value;    /* the default; .at == NULL for none */
	struct str currency; /* of money: its sign where a value has none; .at == NULL: none */
	struct str mentions; /* another field, a word of which this one holds; .at == NULL: none */
	struct place at;
	struct field *parts; /* of a list: what each of its records holds */
	struct field *next;
	bool used;
	struct place first_use; /* in the template; of declare when it is not used */
};

struct template
{
	const char *file;
	struct str lang, style; /* style: the file's name as written, relative to the template */
	struct str date;        /* yyyy-mm-dd, may be empty */
	struct field *fields;
	struct node *root; /* TAG_LETTER: the blocks in reading order */
	struct node *title, *author, *description, *keywords; /* NULL when absent */
	int node_count, field_count;
};

/* Reads and checks a whole template; NULL when it has an error. All findings are reported, not only
 * the first. Everything is in the arena, which must live as long as the run. What it includes is
 * read from the disk, from below the template's own folder. */
struct template *template_read(
	struct arena *arena, struct str bytes, const char *file, struct diags *diags);

/* Reads the children of an element of a record as inlines (a rich field); ids count up from 0; NULL
 * after an error. field, if, each and choose are refused. lang may be empty. The result is a
 * TAG_SPAN; its nodes are never constant. */
struct node *template_read_rich(
	struct arena *arena, const struct xml_node *element, struct str lang, struct diags *diags);

/* The declaration of a field by its dotted name, in list's parts or the template's, or NULL. */
const struct field *template_find_field(const struct field *fields, struct str name);
/* The declared name nearest to a misspelt one. */
struct nearest template_nearest_field(const struct field *fields, struct str name);

/* "text", "yes-no", … */
const char *field_type_name(enum field_type type);
/* Whether a text that is not blank is a value of that type (a calendar date, a number, …). */
bool field_value_fits(enum field_type type, struct str text);
/* Whether a text is, by its letters and digits, a postcode of the United Kingdom, in an area that
 * there is; is_like: by its form alone, whatever its area. */
bool postcode_fits(struct str text);
bool postcode_is_like(struct str text);
/* In capitals, with one blank: "CM8 3HB". */
struct str postcode_text(struct arena *arena, struct str text);
/* Takes the currency before a number, or after it, off the text; false when there is none. */
bool money_take_currency(struct str *text);

/* A placeholder of another program that was never filled in: «name», {{name}}, <<name>>, ${name}.
 */
bool text_find_marker(struct str text, struct str *marker);

/* How a letter closes: "Yours sincerely," when its salutation names somebody, "Yours faithfully,"
 * when not. .at == NULL in a language that is not known. */
struct str close_text(struct str lang, bool named);
/* Whether a salutation names somebody: not "Dear Sir or Madam,". */
bool salutation_names(struct str salutation);

/* What values of the type look like: "a date like 2020-10-13". */
const char *field_value_form(enum field_type type);

/* Reports a character of a TAG_TEXT that would mean nothing elsewhere (ISO 19005-2 6.2.11.7.3). */
void node_check_text(const struct node *text, struct diags *diags);
struct str node_attribute(const struct node *node, const char *name); /* .at == NULL: absent */
/* A cell's own, or what its table says for the column: "left", "right", "centre"; .at == NULL: of
 * neither. */
struct str node_cell_align(const struct node *cell);
int node_level(const struct node *heading); /* from 1, which holds where none is written */
const char *tag_element(enum tag tag);      /* "salutation" */
enum tag tag_find(struct str element);      /* TAG_COUNT: unknown */
enum tag_class tag_class(enum tag tag);
enum tag_content tag_content(enum tag tag);
bool tag_is_block(enum tag tag); /* class BLOCK, or P and LI */
/* Whether it is a unit of text of its own: a paragraph, a line, a cell, a note, a title. */
bool tag_is_paragraph(enum tag tag);
/* The nearest element from outer upwards inside of which tag may not stand (a note in a note), or
 * TAG_COUNT. */
enum tag node_barred_by(const struct node *outer, enum tag tag);
/* NULL when the value is good for that attribute, else what it ought to be: "yes or no". */
const char *attribute_fault(enum tag tag, struct str name, struct str value);

/* Takes the next piece off the value of an attribute with {name}s in it: words, or a name. BAD: a
 * brace without its partner, or no name between them. */
enum pattern_piece { PATTERN_END, PATTERN_WORDS, PATTERN_NAME, PATTERN_BAD };
enum pattern_piece pattern_next(struct str *rest, struct str *piece);

/* Each run of white space becomes one blank; none is left at either end. No-break spaces stay. */
struct str fold_text(struct arena *arena, struct str text);
/* The same over all texts of a paragraph (tag_is_paragraph, or a rich value) and the notes in it:
 * one blank at most between two words, none at line ends or before the mark of a
 * note that has words. Texts that become
 * empty are taken out of the tree. What a control element may bring is left open. */
void fold_node(struct arena *arena, struct node *paragraph);

/* Next node in reading order below root, or NULL. */
struct node *node_following(const struct node *node, const struct node *root);
int node_child_count(const struct node *node);
/* Whether nothing below it is to be seen, or it itself: no character, picture, rule or signature.
 * In a template a field is nothing yet. */
bool node_is_blank(const struct node *node);
void template_dump(const struct template *template, struct buf *out);
/* Writes the node as XML in its vocabulary; a field becomes its value. patterns: braces in
 * attributes are doubled, as a template wants them. */
void node_write(const struct node *node, bool patterns, struct buf *out);
void node_dump(const struct node *node, int depth, struct buf *out);

/* -- style ---------------------------------------------------------------------------------- */

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE, ALIGN_JUSTIFY };

struct text_style {
	struct str
		family;   /* "Liberation Sans, DejaVu Sans": the first that has the glyph is used */
	sp size, leading; /* leading: baseline to baseline */
	bool bold, italic;
	uint32_t colour; /* 0xRRGGBB */
};

struct block_style {
	struct text_style text;
	sp before, after; /* between two blocks the larger one holds */
	sp indent_left, indent_right;
	sp space;       /* signature: room for the hand; rule: its thickness; table: cell padding */
	sp min_leading; /* address: how far it may be tightened to fit the window; 0: not */
	enum align align;
	bool hyphenate;
	bool hang;   /* marks at a line's ends stand partly in the margin */
	bool quotes; /* straight quotation marks are set as those of the language */
	bool hidden; /* show="no": the block is not set */
};

/* Styles by tag; the levels of headings behind them, since each has its own: that of TAG_HEADING
 * itself is of no block. */
enum { HEADING_LEVELS = 5, STYLE_HEADING = TAG_COUNT, STYLE_COUNT = TAG_COUNT + HEADING_LEVELS };

struct style {
	const char *file;
	struct str lang;
	sp page_width, page_height;
	sp margin_top, margin_right, margin_bottom, margin_left;
	sp first_top; /* page 1: the text begins at least this far from the page's top */
	struct {
		sp left, top, width, height; /* of the envelope, from the page's top left */
		sp clear;                    /* no letter within so much of its edges */
		sp clear_top;                /* and of its top within so much more */
	} window;
	sp fold_first, fold_second, punch; /* marks at the left edge, from the top; 0: none */
	bool show_folds;
	int most_pages;             /* of a letter; 0: any */
	int fit_lines;              /* a last page of fewer is saved if it can be; 0: never */
	int fit_leading, fit_space; /* down to so much of the leading, of space: per mille */
	sp head_top;                /* letterhead: top of its first line, from the page's top */
	sp date_top;                /* date and reference likewise; 0: they stand in the text */
	struct block_style block[STYLE_COUNT]; /* inlines use .text's bold, italic and colour */
	struct block_style page_number; /* "Page 2 of 3", in the bottom margin; hidden on page 1 */
	sp page_number_bottom;          /* its baseline, from the page's bottom */
	sp note_rule_width, note_rule_thickness; /* the rule above the notes */
	sp note_gap; /* least space between text and rule; before = rule to first note */
	int mark_size, mark_rise; /* a note's mark: per mille of the size around it */
	int hyphen_penalty,
		page_fill; /* demerits; per mille of a page that all but the last must fill */
	bool underline_links;
};

/* Reads a style; NULL when it has an error. What it does not set is what style_default gives. */
struct style *style_read(
	struct arena *arena, struct str bytes, const char *file, struct diags *diags);
/* What a block of a letter looks like: by its tag, a heading by its level. */
const struct block_style *style_block(const struct style *style, const struct node *block);
/* A4, Liberation Sans 11/15 pt, one inch margins: everything set. */
struct style style_default(void);
void style_dump(const struct style *style, struct buf *out);

#endif
