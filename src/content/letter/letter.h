/* letter.h - template + recipient → struct letter: fields filled in, conditions decided, notes
 * numbered, everything checked. What comes after this stage knows no fields and no recipients. */
#ifndef LETTER_LETTER_H
#define LETTER_LETTER_H

#include "recipients/recipients.h"
#include "tree/tree.h"

struct locales;
struct style;
struct template;

/* What a letter shows of its template, gathered as it is merged. From this the proof set is chosen:
 * few letters that together show every part of the template (choose.h). */

/* What became of a control element. */
enum turn {
	TURN_TAKEN,  /* if, when, otherwise: what is in it stands in the letter */
	TURN_PASSED, /* if: it does not; choose: no arm was taken; each: the list had no record */
	TURN_ONE,    /* each: the list had one record */
	TURN_MANY    /* each: it had several */
};
/* How a field came out in one letter. */
struct shown_field {
	bool given;     /* by the record, somewhere where it is used */
	bool absent;    /* likewise: neither given nor has it a default */
	bool defaulted; /* likewise: its default was printed */
	int values;     /* how often a value stands in the letter; of a list: how often it was gone
			   over */
	int most, fewest;             /* characters of a value; of a list: records */
	int most_lines, fewest_lines; /* of a value of lines */
};
struct shown {
	unsigned char *turns;       /* by the id of the template's node: bits, 1 << enum turn */
	struct shown_field *fields; /* by the id of the template's field */
	int beyond_ascii, right_to_left; /* so many characters of all values are */
	uint32_t oddest;                 /* the greatest code point in all values */
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
	const struct value *values; /* the recipient's, and behind them those that were computed */
	struct standings standings; /* how far the facts that it uses are known */
	struct shown shown;
};

/* Fills the template with a record; NULL when an error stops this letter. locales: the calling
 * thread's, so that they are opened once a run; NULL: some are made for this letter alone. The
 * result is in the arena, but shares texts with template and recipient: these must live as long. */
struct letter *letter_merge(struct arena *arena, const struct template *template,
	const struct recipient *recipient, struct locales *locales, struct diags *diags);

/* Does to a merged letter what its style decides before anything is set: elements that are not
 * shown are taken out, with their notes; where the style asks for it, straight quotation marks and
 * apostrophes become those of each text's language. The letter's tree changes, the template's and
 * the record's texts do not; locales as for letter_merge. False after an error: without the
 * headings that are not shown, another would skip a level. */
bool letter_apply_style(struct arena *arena, struct letter *letter, const struct style *style,
	struct locales *locales, struct diags *diags);

/* Appends all text below a node as a reader hears it, without note texts; line ends for br and
 * lines. */
void letter_node_text(const struct node *node, struct buf *out);

/* -- labels and marks, as texts of their own */

/* Writes the label of a list's number-th item, "•", "–", "1.", "a.", "i.", or a note's number, "1";
 * in the figures of lang, "۱.". */
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
/* How a list labels its items when it does not say: by its kind and its depth in other lists. */
enum label_kind letter_label_kind(const struct node *list);
/* Whether a list says how it counts, or begins at another number than 1, or has other figures than
 * 0 to 9: then its labels may be wider than those that letter_label_kind tells. */
bool letter_list_is_own(const struct node *list);
/* Writes the label of a list's item-th item, from 1: as the list says, else by its kind. */
void letter_item_label(const struct node *list, int item, char out[LABEL_SIZE]);
enum { NOTE_MARK_SIZE = 40 };
/* Writes a text of at most 12 characters with superscript figures in place of its figures, be they
 * of any script, as Unicode has superscripts of 0 to 9 alone; other characters stay. */
void letter_superscript(struct str text, char out[NOTE_MARK_SIZE]);
/* Writes a note's mark as it is read and copied, "¹²". */
void letter_note_mark(int number, char out[NOTE_MARK_SIZE]);
/* The same as it stands in the text, with a comma when it is right behind another mark: ",²". */
void letter_note_mark_in_text(const struct node *note, char out[NOTE_MARK_SIZE]);
/* The letter as XML in the template's vocabulary: a template without fields. */
void letter_source(const struct letter *letter, struct buf *out);
void letter_dump(const struct letter *letter, struct buf *out);

#endif
