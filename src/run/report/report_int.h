/* report_int.h - what a report holds until its page is written. */
#ifndef REPORT_REPORT_INT_H
#define REPORT_REPORT_INT_H

#include "report/report.h"

#include "record/approval.h"
#include "record/remark.h"

/* What was said of a letter, or of the run: where, and what to do; empty: nothing. */
struct told {
	struct str text, place, hint;
};

/* An approval of a letter, or what stands against it. */
struct said {
	struct actor actor;
	bool older;   /* struct approval */
	bool against; /* it is a remark: */
	bool answered;
	enum remark_kind kind;
	struct str text;
};

struct line {
	struct report_letter letter; /* without why and findings */
	vec(struct told) told;
	vec(struct said) said;
};

struct report {
	struct arena *arena;
	vec(struct line) lines; /* at most REPORT_LETTERS */
	struct map by_id;
	int left_out;  /* letters that are in no line */
	int aside;     /* letters that were rejected or held */
	int told_of;   /* of these, so many are told of */
	int64_t pages; /* of all letters that stand, as far as they are known */
	vec(struct told) general;
	struct str trouble; /* why approvals could not be read; empty */
};

/* A text of others, as HTML wants it. */
void report_text(struct buf *out, struct str text);
/* How a name is known, as it stands behind the name and the moment: ", own link"; empty. */
extern const char *const report_knowledge[KNOWN_COUNT];
/* "rejected", "gone, its letter was kept". */
extern const char *const report_fates[REPORT_FATES];
/* Takes what the folder knows of approvals and remarks of the letters that are listed. */
void report_read_approvals(struct report *report, const struct report_run *run);
/* The table of letters, in pieces. */
void report_write_letters(
	const struct report *report, const struct report_run *run, struct buf *out);

#endif
