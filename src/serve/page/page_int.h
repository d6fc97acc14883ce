/* page_int.h - what the files that write pages share. The desk's lock is held. */
#ifndef PAGE_PAGE_INT_H
#define PAGE_PAGE_INT_H

#include "page/page.h"

/* A text of others, as HTML wants it, without what would act where it is shown (base/say.h). */
void page_text(struct buf *out, struct str text);
/* The page's head up to where a script may stand; the title begins with view->id. */
void page_write_head(const struct view *view, struct buf *out);
/* "Checking: 3 of 18". */
void page_write_status(const struct desk *desk, struct buf *out);
/* "Write and sign 18 letters", where there are some that would be. */
void page_write_label(const struct desk *desk, const struct prospect *prospect, struct buf *out);
/* A person's name beside words of ours: bold, so that what it says is not read as one of them. */
void page_person(struct buf *out, struct str name);
/* A field by its label, and its name beside it. */
void page_field(struct buf *out, struct str name, struct str label);
/* The same as a JSON string, which the desk's script shows. */
void page_json_text(struct buf *out, struct str text);
/* "letter/ID?q=…", as HTML wants it: all of a view that a link to another keeps. */
void page_write_link(const struct view *view, struct buf *out);
/* The letter a step away among those that the filter shows; the same where there is none. */
struct str page_neighbour(const struct desk *desk, const struct view *view, int step);
void page_write_approval(
	struct desk *desk, const struct view *view, struct made *made, struct buf *out);
/* Whether what is approved here is signed, where somebody's is or has to be. */
void page_write_signs_or_not(const struct desk *desk, const struct view *view, struct buf *out);
/* Where words can be said against it, or in answer. */
void page_write_remarks(
	struct desk *desk, const struct view *view, struct made *made, struct buf *out);
/* What was done with it, the newest first. */
void page_write_history(const struct desk *desk, const struct made *made, struct buf *out);
void page_write_picture(
	const struct view *view, const struct version *version, int page, struct buf *out);
/* The words of the letter, as it is now. */
void page_write_words(const struct made *made, struct buf *out);
/* Where something stands; a long path is broken after a slash. */
void page_write_place(struct place at, struct buf *out);
/* The facts of a letter: those that nobody has seen yet, and all with their sources. */
void page_write_to_confirm(const struct desk *desk, const struct made *made, struct buf *out);
void page_write_facts(const struct desk *desk, const struct made *made, struct buf *out);
/* A page that is no letter's: its beginning, and its end with a way back. */
void page_begin_answer(const struct view *view, struct buf *out);
void page_end_answer(const struct view *view, const char *back, struct buf *out);
/* Where many can be approved at once, for who may approve. */
void page_write_many_links(const struct desk *desk, struct str me, struct buf *out);
/* -- findings.c: of a letter, and those that belong to none */
int page_count_findings(const struct made *made);
void page_write_findings(
	const struct desk *desk, const struct view *view, const struct made *made, struct buf *out);
void page_write_general(const struct listing *listing, struct buf *out);

/* -- fixing.c: forms, of facts that can be fixed */
void page_write_edit(const struct desk *desk, const struct made *made, int number, struct buf *out);
void page_write_confirm(
	const struct desk *desk, const struct made *made, int number, struct buf *out);
/* Of what was fixed last in the letter. */
void page_write_undo(struct desk *desk, const struct made *made, struct buf *out);
void page_write_open(
	const struct desk *desk, const struct made *made, const struct spot *spot, struct buf *out);

void page_write_filter(const struct desk *desk, const struct view *view, struct buf *out);
void page_write_list(const struct desk *desk, const struct view *view, struct buf *out);
/* What the signs of the list mean. */
void page_write_signs(const struct listing *listing, struct buf *out);
/* The classes of the sign, and in *word the word, of a kind by its word in an address, or of
 * another state of a row. */
const char *page_sign(const char *state, const char **word);
/* How it goes on behind "no letter": " with errors". */
const char *page_among(enum kind kind);
/* Whether it is among those that one can choose: some only where several approve. */
bool page_shows_kind(const struct listing *listing, enum kind kind);

/* -- changes.c */
/* Its pages as they are, marked, and those of the baseline beside them. */
void page_write_changes(const struct view *view, const struct made *made,
	const struct baseline *baseline, struct buf *out);
/* Its pages before the last save, with what is gone marked. */
void page_write_before(const struct view *view, const struct made *made, struct buf *out);
/* What changed since the chosen baseline, as a list, and the others to choose. */
void page_write_change_list(const struct view *view, const struct made *made,
	const struct baselines *baselines, struct buf *out);

#endif
