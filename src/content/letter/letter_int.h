/* letter_int.h - what the files of the merge share.
 *
 *   letter.c  all of it, in order                    merge.c      the tree
 *   check.c   a record against the declarations      value.c      names → values → texts
 *   words.c   what values must not hold              format.c     values by type and language
 *   number.c  ids and note numbers                   plausible.c  what is most likely wrong
 *   debris.c  what other programs leave in a value   mojibake.c  likewise, by a wrong encoding
 *   access.c  the merged letter against PDF/UA       shown.c      what it shows of its template
 *   form.c    values by their declarations           compute.c  values of others
 *   facts.c   how far facts are known, and when      quotes.c  straight marks → those of a language
 *   join.c    what stands between items            empty.c   what lost its words
 *   headings.c    numbers of headings              no_date.c  days that stand for none
 *   stored.c      numbers and days as words
 *   note_marks.c  marks behind punctuation           signs.c   dashes, ellipses, times signs */
#ifndef LETTER_LETTER_INT_H
#define LETTER_LETTER_INT_H

#include "letter/letter.h"
#include "template/template.h"

/* Where names are looked up: the record of the innermost list first, the whole record last. */
struct scope {
	const struct field *fields;
	const struct value *values;
	const struct scope *outer;
};

struct merge {
	struct arena *arena;
	struct diags *diags;
	struct locales *locales;
	const struct template *template;
	const struct recipient *recipient;
	const struct node *salutation;   /* of the letter, once it is merged */
	vec(const struct value *) facts; /* used, of which the record says something; some twice */
	struct shown shown;
};

/* Reports what a record lacks, holds too much of, or holds in a wrong form. */
void check_record(struct merge *merge, const struct recipient *recipient);

/* Reports what a value, which is not blank, is not: of its type, of one reading, allowed, ... */
void check_form(struct merge *merge, const struct field *field, const struct value *value);

/* A field in its scope: its declaration, and the record's value unless that is missing or blank. */
struct found {
	const struct field *field;
	const struct value *value;
	enum form form; /* in which the value is asked for; so is the other */
	bool capital;   /* its first letter is to be one */
};
struct found value_find(struct merge *merge, const struct scope *scope, struct str name);
bool value_is_blank(const struct value *value);
/* A value of the record for the argument of a finding that is about it (value_said). */
const char *merge_said(struct merge *merge, const struct value *value);
/* From value on, the first record of the list of that name that is not blank, or NULL. */
const struct value *value_next_record(const struct value *value, struct str name);
/* That of a declaration, which one of the scopes has. */
struct found value_of(struct merge *merge, const struct scope *scope, const struct field *field);
/* The value, or its default, as its declaration reads it. */
struct readings value_read(struct merge *merge, const struct found *found);
/* The innermost scope's values, with those that are computed before them; copies, but where there
 * are none of those. Reports what cannot be reckoned. */
const struct value *compute_values(struct merge *merge, const struct scope *scope);
/* A value, read from a text, as a letter in that language shows it; reports a language of which
 * nobody knows how. */
/* Of an account or a reference: without its blanks, in groups as banks print them. */
struct str grouped_text(struct arena *arena, struct str text);
struct str value_format(struct merge *merge, const struct found *found, const struct typed *value,
	struct str text, struct str lang);
/* One line of text, formatted for lang, lines joined by ", "; empty for none. */
struct str value_text(struct merge *merge, const struct found *found, struct str lang);
/* Whether the field of an if or a when is there, and equals what it must. */
bool value_holds(struct merge *merge, const struct scope *scope, const struct node *condition);
/* The value of a node's attribute with its {name}s filled in: formatted for the node's language,
 * or, where machines read it (an address of the web, a code), as the record has them. An amount in
 * euros is "1250.50" there, one in another currency "1250.50 GBP". */
struct str value_fill(struct merge *merge, const struct scope *scope, const struct node *from,
	const struct attribute *attribute);

/* Notes what the letter shows of its template: a turn of a control element, a field that is looked
 * at, one that stands in the letter as this text, a list that was gone over. */
void shown_begin(struct merge *merge);
void shown_turn(struct merge *merge, const struct node *control, enum turn turn);
void shown_field(struct merge *merge, const struct found *found);
void shown_value(struct merge *merge, const struct found *found, struct str text);
void shown_list(
	struct merge *merge, const struct node *each, const struct found *found, int records);

/* Whether a merged node has lost what it was there for, and leaves the letter; says so of a
 * heading, a link, an item and the like. */
bool empty_goes(struct merge *merge, const struct node *node);
/* Takes such nodes out of a paragraph: emphasis, links, notes. */
void empty_drop(struct merge *merge, struct node *parent);

/* The items of a list that have words, as they are merged, and what parts each from the next. */
struct joined {
	const struct field *list;
	vec(struct str) items;
	vec(struct node *) separators;
};
/* Whether an each wants words between its items. */
bool join_is_asked(const struct node *each);
/* Takes an item, the nodes from this one on, and the empty text before it, NULL before the first.
 * False: it is blank, and neither belongs into the letter. */
bool join_item(struct merge *merge, struct joined *joined, struct node *separator,
	const struct node *item);
/* Gives the separators their words; reports a language that joins lists in a way nobody knows. */
void join_items(struct merge *merge, struct joined *joined, const struct node *each);

/* Reports gaps and debris of other programs, control characters and invisible ones in a value;
 * false when it is not what was meant. */
bool check_words(struct merge *merge, const struct field *field, const struct value *value);
/* Reports a number or a day, as a source stores it, in a field of words. */
void check_stored(struct merge *merge, const struct field *field, const struct value *value);
/* Tells how far the facts that the letter uses are known, counts them, and reports what does not go
 * with the letter's date. */
void check_facts(struct merge *merge, struct letter *letter);
/* Reports what no rule forbids and is most likely wrong all the same. */
void check_plausible(struct merge *merge, const struct letter *letter);
/* Reports where the merged letter breaks what a listener or an archive relies on. */
/* Whether no heading skips a level, which is reported. */
bool check_headings(const struct letter *letter, struct diags *diags);
/* Whether the parts of a payment's code go together, and stand in the slip around it. */
void check_payment(struct merge *merge, const struct node *barcode);
void check_access(struct merge *merge, const struct letter *letter);

/* What a node of the template becomes with all below it: a tree of its own. */
struct node *merge_tree(struct merge *merge, const struct scope *scope, const struct node *from);

/* Brings the marks of notes behind the punctuation that follows them, where the style or the
 * language wants them there; gives whether any moved: then nodes need new ids. */
bool move_note_marks(struct arena *arena, struct letter *letter, const struct style *style);

/* Straight quotes as those of each text's language, and signs, where the style asks for it. */
void set_quotes(struct arena *arena, struct letter *letter, const struct style *style,
	struct locales *locales, struct diags *diags);
/* In a paragraph's texts, by their languages: the narrow blanks of French. text: what they say
 * together, a br as a line's end. */
void set_french(struct arena *arena, struct node *const *texts, int count, struct str text);
/* Dashes, ellipses and times signs in a paragraph: its texts and br, and what they say, a br as a
 * line feed. Gives whether anything changed, which it reports. */
bool set_signs(struct arena *arena, struct node *const *texts, int count, struct str text,
	struct diags *diags);

/* A number alone, as 1, a, A, i or I; in the figures of a language. */
void letter_number(char kind, int number, struct str lang, char out[LABEL_SIZE]);
/* Puts their numbers before the words of headings, where the style asks for it; gives whether it
 * did: then nodes need new ids. */
bool number_headings(struct arena *arena, struct letter *letter, const struct style *style);

/* Gives the nodes their ids and the notes their numbers, and makes the letter's indexes. */
void number_nodes(struct arena *arena, struct letter *letter);

#endif
