/* log.h - who did what to which letter, and when: a log in the file of the approvals, to which
 * lines are only ever added.
 *
 * A line's text is JSON, and its leaf the SHA-256 of that. The chain goes from line to line:
 * SHA-256 of the chain so far, and the leaf, both as hexadecimal digits; so it is another one when
 * a line before was changed, taken out or put in. The signed list of a run says what the chain was.
 * Of a line that was forgotten the leaf stays, of which nothing can be found out without the line's
 * salt. A signature stands beside its line, and is no part of the text. */
#ifndef RECORD_LOG_H
#define RECORD_LOG_H

#include "record/approval.h"

enum { LOG_HEX = 65 }; /* SHA-256 in hexadecimal digits, and a NUL */

enum log_act {
	LOG_APPROVED,
	LOG_WITHDRAWN,
	LOG_REJECTED,
	LOG_COMMENTED,
	LOG_ANSWERED,  /* all that was said against it */
	LOG_CONFIRMED, /* a fact of its record was seen */
	LOG_EDITED,    /* its record, on the desk */
	LOG_WRITTEN,   /* since the list before, when a list is signed */
	LOG_SIGNED,    /* the list of a run */
	LOG_ACTS
};
extern const char *const log_acts[LOG_ACTS]; /* "approved" and so on */

/* Whether a line is signed by whom it names. */
enum proof {
	PROOF_UNASKED, /* nobody asked */
	PROOF_NONE,    /* it does not say so; of a run, it is in what the list is signed for */
	PROOF_GOOD,
	PROOF_BAD, /* it says so, and has no signature of it that can be believed */
	PROOF_COUNT
};

struct log_line {
	int64_t number; /* from 1; counted by log_add */
	enum log_act act;
	struct actor actor;
	struct str id; /* of the letter; empty: of the run */
	/* Hexadecimal digits, SHA-256: of what an approval is bound to; of the letter's file; of a
	 * list its tree's root. */
	struct str version;
	struct str note; /* whose approval was withdrawn; what was said; the fact, and where it was
			    seen or stands; the run */
	int64_t upto;    /* an answer is one to what was said up to this line; else 0 */
	struct str signature; /* of what log_state says, a detached CMS; empty: none */
	struct str salt;
	struct str leaf, chain, before; /* before: the chain of the line before */
	enum proof proof;
	bool forgotten; /* all but number, leaf and chain is gone */
};

/* What a line says of a version: the hash of what an approval of it is bound to. */
void log_version(const struct concerns *content, char hex[LOG_HEX]);
/* Appends the text that a leaf is the hash of. */
void log_write(const struct log_line *line, struct buf *out);
/* Appends the text that a signature is of. */
void log_state(const struct log_line *line, struct buf *out);

/* Adds a line to an open file, in the transaction that it is in, with its signature, or that of the
 * actor's seal; false after an error. */
bool log_add(struct approvals *approvals, const struct log_line *line, struct diags *diags);
/* What a line says that was done: it is done once the line stands and is signed, and when it fails
 * there is no line. */
struct log_deed {
	bool (*act)(void *user, struct diags *diags); /* false after an error */
	void *user;
};
/* Adds a line where there is a file of approvals, or where it is signed, and does what it says.
 * False after an error: then there is no line, and when it came behind the deed, which is the
 * caller's to take back, the deed is done. */
bool log_note(const char *out, const struct log_line *line, const struct log_deed *deed,
	struct diags *diags);

/* Gives each line of a folder's log, or of one letter's, in their order. False after an error. */
struct log_query {
	struct str id; /* "": all */
	void (*one)(void *user, const struct log_line *line);
	void *user;
	const struct trust *believed; /* signatures are judged, through these roots; or NULL */
	int64_t now;                  /* likewise; in seconds since 1970 */
};
bool log_each(const char *out, const struct log_query *query, struct diags *diags);

/* Follows the chain: all lines are to be handed to log_follow in their order. */
struct log_chain {
	int64_t count;      /* lines that went by */
	int64_t broken;     /* the first that does not hold; 0: all do */
	char head[LOG_HEX]; /* of the last; before the first an empty text */
};
void log_follow(struct log_chain *chain, const struct log_line *line);

/* Whether the line of that number answers what was said of a letter in another line, so that it is
 * believed where signatures are asked for. */
struct log_answer {
	int64_t line, to;
	struct str id;
};
bool log_answers(struct approvals *approvals, const struct log_answer *answer);
/* Whether an answer is signed with a certificate, in DER, whatever it is worth. */
bool log_is_signed_with(struct approvals *approvals, int64_t number, struct str certificate);

/* The lines that a signed list adds, as one transaction that begins with log_begin: NULL where
 * nobody approves, and after an error. */
struct approvals *log_begin(const char *out, struct diags *diags);
/* How far the log goes: "12 HEX"; appended. False after an error. */
bool log_head(struct approvals *log, struct buf *out, struct diags *diags);
/* Ends it, and keeps what was added or not. NULL is left alone. False after an error. */
bool log_end(struct approvals *log, bool keep, struct diags *diags);
/* Reads what log_head wrote; false when it is nothing such. */
bool log_read_head(struct str text, int64_t *count, char head[LOG_HEX]);

#endif
