/* tree.h - the vocabulary of a letter, and trees of its elements: of templates, of records' rich
 * values and of merged letters.
 *
 *   tag_         the vocabulary                       node_      a tree: asked, walked, written
 *   attribute_   what an attribute may hold           pattern_   {name}s in one
 *   fold_        white space
 *
 * Which element may stand where, with which attributes: vocabulary.h. */
#ifndef TREE_TREE_H
#define TREE_TREE_H

#include "base/base.h"

#include <assert.h>

#define TEMPLATE_NAMESPACE "urn:lettermerge:letter:1"

enum tag {
#define TAG(name, element, class, content) TAG_##name,
#include "tree/tags.def"
#undef TAG
	TAG_COUNT
};

/* A set of tags has a bit for each. */
static_assert(TAG_COUNT <= 64,
	"a set of tags is 64 bits: for another element make it a struct of two words, with "
	"functions "
	"that add, ask and join; those who keep a set name tag_bit or uint64_t");
static inline uint64_t tag_bit(enum tag tag)
{
	return (uint64_t)1 << tag;
}

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

/* What a text of a letter holds, which says where a line may end in it. */
enum holds {
	HOLDS_NOTHING, /* the template's own words: anywhere */
	HOLDS_WORDS,   /* a record's words: hyphenated only at soft hyphens of their own */
	HOLDS_VALUE,   /* a number, an amount, a time: nowhere */
	HOLDS_CODE,    /* a postcode: nowhere */
	HOLDS_DATE     /* a date: only beside its year */
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
	bool constant;    /* no field, no control element in it or below: the same in all letters */
	int note_number;  /* in a letter, of TAG_NOTE: from 1 */
	enum holds holds; /* in a letter, of TAG_TEXT */
	bool note_joins;  /* of TAG_NOTE: its mark stands right behind another's: "1,2" */
	bool counted;     /* in a letter, of TAG_TEXT: the number of a heading, not its words */
	bool leftwards;   /* written from right to left, see node_find_direction */
};

#define node_each(child, parent) \
	for (struct node *child = (parent)->first; child; child = child->next)

/* -- what a tag is */

const char *tag_element(enum tag tag); /* "salutation" */
enum tag tag_find(struct str element); /* TAG_COUNT: unknown */
enum tag_class tag_class(enum tag tag);
enum tag_content tag_content(enum tag tag);
bool tag_is_block(enum tag tag); /* class BLOCK, or P and LI */
/* Whether it is a unit of text of its own: a paragraph, a line, a cell, a note, a title. */
bool tag_is_paragraph(enum tag tag);
/* Whether it holds only arms, of which a letter shows at most one: choose, plural. */
bool tag_is_choice(enum tag tag);
bool tag_is_arm(enum tag tag); /* when, otherwise, one, other, … */
/* Whether it is set as lines, in a style of its own: an address, information, a footer. */
bool tag_has_lines(enum tag tag);
/* Whether it is one line of such a block: a line, an attachment. */
bool tag_is_line(enum tag tag);
/* Whether it means nothing without words in it: a heading, a link, a note. */
bool tag_needs_words(enum tag tag);
/* The nearest element around a new one, from outer upwards, that may not hold it at any depth (a
 * note in a note); TAG_COUNT: none. */
enum tag node_barred_by(const struct node *outer, enum tag tag);

/* -- checks, reported in diags */

/* Reports private-use characters of a TAG_TEXT: other programs could not tell what they mean
 * (ISO 19005-2 6.2.11.7.3). */
void node_check_text(const struct node *text, struct diags *diags);
/* Reports what tells a listener too little: a link whose words do not say where it leads, a
 * picture described by its file's name, a heading or an item without words. To be called when the
 * element's words are complete. */
void node_check_heard(const struct node *node, struct diags *diags);

/* -- attributes, as the elements that have them mean them */

struct str node_attribute(const struct node *node, const char *name); /* .at == NULL: absent */
/* "left", "right" or "centre": the cell's own, else what its table says for its column; .at ==
 * NULL: neither says. */
struct str node_cell_align(const struct node *cell);
/* What a cell heads: nothing, its column, or its row, as a label of INFORMATION does. place: by
 * where it stands; head: the same, but a cell without words heads nothing, in PDF and on the web
 * page alike. */
enum cell_head { HEADS_NOTHING, HEADS_COLUMN, HEADS_ROW };
enum cell_head node_cell_head(const struct node *cell);
enum cell_head node_cell_place(const struct node *cell);
/* How many columns a cell takes; how many the cells of a row take together. */
int node_span(const struct node *cell);
int node_columns(const struct node *row);
/* Whether a FOOTER stands on later pages alone, where it repeats what the letter says. */
bool node_is_later_footer(const struct node *node);
/* What a BARCODE of a letter encodes: its data, or the lines of a credit transfer; in the arena. */
struct str node_barcode_data(struct arena *arena, const struct node *barcode);
/* The number of a list's first item: as the list says, or, where it goes on from the lists before
 * it under the same parent, the next after their last item. */
int node_start(const struct node *list);
bool node_goes_on(const struct node *list); /* whether there is a list that it goes on from */
/* How a list counts, "(a)"; .at == NULL: by its depth in other lists. */
struct str node_numbering(const struct node *list);
/* Takes that apart: gives its 1, a, A, i or I, and what stands before it (at most four signs) and
 * behind it (at most two); '\0': no such text. */
char numbering_read(struct str value, struct str *before, struct str *after);
int node_level(const struct node *heading); /* from 1, which is also the default */
/* NULL when the value is good for that attribute, else what it ought to be: "yes or no". */
const char *attribute_fault(enum tag tag, struct str name, struct str value);

/* Takes the next piece off the value of an attribute with {name}s in it: words, or a name. BAD: a
 * brace without its partner, or no name between them. */
enum pattern_piece { PATTERN_END, PATTERN_WORDS, PATTERN_NAME, PATTERN_BAD };
enum pattern_piece pattern_next(struct str *rest, struct str *piece);

/* Each run of white space becomes one blank; none is left at either end. No-break spaces stay. */
struct str fold_text(struct arena *arena, struct str text);
/* The same over all texts of a paragraph (tag_is_paragraph, or a rich value) and of the notes in
 * it: at most one blank between two words, none at line ends or before the mark of a note that has
 * words. Texts that become empty are taken out of the tree. Beside a control element a blank
 * stays, as it is not known yet what the element will bring. */
void fold_node(struct arena *arena, struct node *paragraph);

/* Sets node->leftwards; that of its parent must be set. Its attribute dir decides, "auto" by the
 * first letter, as in HTML. Without dir: as its language is written, or like its parent where both
 * languages are written the same way. A paragraph whose first letter and most others are of a
 * script from right to left runs leftwards in any language, but not a line of an address or a cell,
 * which may hold only a name. */
void node_find_direction(struct node *node);
/* Whether the lines of a paragraph begin at the right: those of a line or a cell where those of its
 * address or its table do. */
bool node_lines_run_leftwards(const struct node *node);
/* Whether its words are an address, which runs from left to right in any language: of e-mail; or
 * the words of a link when they are a telephone number or a part of where it leads. */
bool node_is_address(const struct node *node);
/* Whether its groups, too, run from left to right, in the figures of any script: a telephone number
 * with its link, or a span without a letter that says so. */
bool node_keeps_order(const struct node *node);
bool letter_is_right_to_left(uint32_t c); /* Hebrew, Arabic, … (DerivedBidiClass: R and AL) */

/* Next node in reading order below root, or NULL. */
struct node *node_following(const struct node *node, const struct node *root);
/* The topmost node of its tree: in a letter, the LETTER. */
const struct node *node_root(const struct node *node);
/* The paragraph (tag_is_paragraph) that a node is or stands in; NULL: none. */
const struct node *node_paragraph(const struct node *node);
int node_child_count(const struct node *node);
/* Whether nothing of it is to be seen, neither it itself nor what is below: no character, picture,
 * rule or signature. In a template a field is nothing yet. */
bool node_is_blank(const struct node *node);
/* Whether a block or an inline has no words, and nothing else that says something: it may take room
 * on the page. A table is something, also without words, and so is a place to sign. */
bool node_is_nothing(const struct node *node);
/* Whether some letter may have more in it than the template says. */
bool node_may_get_words(const struct node *element);
/* Whether a listener is told nothing of it: no character, no picture that is described. */
bool node_is_silent(const struct node *node);
/* Writes the node as XML in its vocabulary; a field becomes its value. patterns: braces in
 * attributes are doubled, as a template wants them. */
void node_write(const struct node *node, bool patterns, struct buf *out);
void node_dump(const struct node *node, int depth, struct buf *out);

/* The year that a note prints for what it cites, 2019 of "Home Office (2019) …"; 0: none. */
int note_year(const struct node *note);

#endif
