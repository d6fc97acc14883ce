/* page.h - what the desk knows, as HTML, and as JSON for its script. Nothing else writes either.
 * Every text goes through page_text or page_json_text. The desk's lock is held. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "desk/desk.h"

/* The whole page of a view. */
void page_write(struct desk *desk, const struct view *view, struct buf *out);
/* Of it what belongs to the letter. */
void page_write_part(struct desk *desk, const struct view *view, struct buf *out);
/* The rows of the list that a view shows, as JSON. */
void page_write_rows(const struct desk *desk, const struct view *view, struct buf *out);
/* What open pages are told when something happens, as JSON. */
void page_write_event(const struct desk *desk, struct buf *out);
/* What came of an action, as a page with a way back. Without the lock. */
void page_write_answer(const char *token, struct str id, struct str why, struct buf *out);
/* What has to be said once more, with a button that approves. Without the lock. */
void page_write_question(
	const char *token, const struct decision *decision, struct str why, struct buf *out);
/* What is claimed by approving many letters at once, with a button that does; false when it has to
 * wait. */
bool page_write_many(
	struct desk *desk, const struct view *view, struct many *many, struct buf *out);
extern const char *const page_many_names[MANY_KINDS]; /* in addresses */
/* The same where words were not noted: they stand there, to be said again. Without the lock. */
void page_write_unsaid(
	const char *token, const struct decision *decision, struct str why, struct buf *out);
/* The style sheet and the script. */
struct str page_style(void);
struct str page_script(void);
struct str page_write_script(void); /* of the summary */

/* -- write.c: the desk's lock is held */
/* What a press would write, and the button; moved: what was shown before is not so any more. */
void page_write_summary(struct desk *desk, const char *token, bool moved, struct buf *out);
/* How far the run is, or why there was none; false when its report is there. */
bool page_write_run(struct desk *desk, const char *token, struct buf *out);
/* The report of the last run, with a way back. */
void page_write_report(struct desk *desk, struct buf *out);

#endif
