/* letter.h - template + recipient → struct letter: fields filled in, conditions decided, notes
 * numbered, everything checked. What comes after this stage knows no fields and no recipients. */
#ifndef LETTER_LETTER_H
#define LETTER_LETTER_H

#include "recipients/recipients.h"
#include "tree/tree.h"

struct locales;
struct style;
struct template;

/* What of its template a letter shows, gathered as it is merged: for who chooses the few letters
 * that show all of it. */
enum turn {
	TURN_TAKEN,  /* if, when, otherwise */
	TURN_PASSED, /* if; choose, when none of its arms was taken; each over no record */
	TURN_ONE,    /* each, over one record */
	TURN_MANY    /* likewise, over several */
};
struct shown_field {
	bool given, absent, defaulted; /* where it is used; absent: without a default too */
	int values;       /* that stand in the letter; of a list: times it was gone over */
	int most, fewest; /* characters of a value; of a list: records */
	int most_lines, fewest_lines; /* of a value of lines */
};
struct shown {
	unsigned char *turns;            /* by the template's node: bits, 1 << enum turn */
	struct shown_field *fields;      /* by the template's field */
	int beyond_ascii, right_to_left; /* characters of all values */
	uint32_t oddest;                 /* the greatest code point of all values */
};

struct letter {
	struct str id; /* the recipient's: names the file */
	struct str lang;
	struct str date; /* yyyy-mm-dd, may be empty */
	struct str title, author, description,
		keywords;    /* plain text, may be empty but the title */
	struct node *root;   /* TAG_LETTER; no IF, CHOOSE, EACH below; FIELD holds its value */
	struct node **nodes; /* by id */
	int node_count;
	struct node **notes; /* in the order of their marks; notes[i]->note_number == i + 1 */
	int note_count;
	const struct template *template;
	const struct recipient *recipient;
	const struct value *values; /* the recipient's, and those that are computed */
	struct standings standings; /* of the record's facts that it uses */
	struct shown shown;
};

/* Merges; NULL when an error stops this letter. locales: one thread's; NULL: some for this letter
 * alone. Everything is in the arena; texts may be shared
 * with template and recipient, which must live as long. */
struct letter *letter_merge(struct arena *arena, const struct template *template,
	const struct recipient *recipient, struct locales *locales, struct diags *diags);

/* What the style decides before anything is set: elements that are not shown leave the letter, with
 * their notes; straight quotation marks and apostrophes become those of each text's language, in
 * the elements whose style asks for it. The template's and the record's own texts stay as they are;
 * locales as for letter_merge.
 * False after an error: a heading below one that is not shown would skip a level. */
bool letter_apply_style(struct arena *arena, struct letter *letter, const struct style *style,
	struct locales *locales, struct diags *diags);

/* All text below a node as a reader hears it, without note texts; line ends for br and lines. */
void letter_node_text(const struct node *node, struct buf *out);
/* The label that counts the number-th of its kind: "•", "–", "1.", "a.", "i."; "1" of a note;
 * numbers in the figures of a language, "۱.". */
enum label_kind {
	LABEL_BULLET,
	LABEL_DASH,
	LABEL_NUMBER,
	LABEL_LETTER,
	LABEL_ROMAN,
	LABEL_NOTE,
	LABEL_KIND_COUNT
};
enum { LABEL_SIZE = 48 };
void letter_label(enum label_kind kind, int number, struct str lang, char out[LABEL_SIZE]);
/* How a list labels its items, by its own kind and its depth in others. */
enum label_kind letter_label_kind(const struct node *list);
/* Whether a list counts otherwise: as it says itself, not from 1 on, or in figures of its own. */
bool letter_list_is_own(const struct node *list);
/* The label of a list's item, from 1: as it says itself, else by its kind. */
void letter_item_label(const struct node *list, int item, char out[LABEL_SIZE]);
/* A note's mark as it is read and copied: its number in superscript digits, "¹²". */
enum { NOTE_MARK_SIZE = 40 };
/* Figures of any language as superscript ones, which there are of 0 to 9 alone; other characters as
 * they are; of at most 12. */
void letter_superscript(struct str text, char out[NOTE_MARK_SIZE]);
void letter_note_mark(int number, char out[NOTE_MARK_SIZE]);
/* The same as it stands in the text: behind another mark with a comma, ",²". */
void letter_note_mark_in_text(const struct node *note, char out[NOTE_MARK_SIZE]);
/* The letter as XML in the template's vocabulary: a template without fields. */
void letter_source(const struct letter *letter, struct buf *out);
void letter_dump(const struct letter *letter, struct buf *out);

#endif
