/* approval.h - who has approved which letter, in a file of its own beside the letters: it
 * outlives their record, which may be removed at any time.
 *
 * An approval is bound to struct concerns. What changes that voids it, what restores it makes it
 * good again. Beside it stands the letter's key of then: while that is the same, so is the content,
 * and nobody has to compose the letter to know. A run and a desk may use the file together.
 *
 * out is the folder of the letters. Errors of the file are said where they occur, with its name. */
#ifndef RECORD_APPROVAL_H
#define RECORD_APPROVAL_H

#include "base/base.h"

/* All that reaches the page, the tags, the links or the metadata of a letter, in parts, as hashes:
 * what approvals are bound to, and nothing else is (docs/desk.md has the list). */
enum concern {
	CONCERN_WORDS,
	CONCERN_PICTURES, /* by what is in their files; what is said of them */
	CONCERN_METADATA, /* title, author, description, keywords, language */
	CONCERN_ATTACHED, /* with attach_source */
	CONCERN_LINKS,    /* what each is called, and where it leads */
	CONCERN_TAGS,
	CONCERN_LOOKS, /* what is drawn, and where */
	CONCERN_COUNT,
	CONCERN_OF_PAGES = CONCERN_LINKS /* from here on: of a letter with its pages */
};
struct concerns {
	unsigned char hash[CONCERN_COUNT][16];
};
/* What differs, as bits: 1 << enum concern. */
unsigned concerns_differ(const struct concerns *a, const struct concerns *b);
/* "its words, its links and its looks"; appended. */
void concerns_name(unsigned changed, struct buf *out);
/* How the name of who acts is known. */
enum known {
	KNOWN_NOT,     /* an earlier version did not note it */
	KNOWN_SAID,    /* it was said, with --by */
	KNOWN_ACCOUNT, /* that of the user's account */
	KNOWN_LINK,    /* of who has the link of that name to the desk */
	KNOWN_SIGNED,  /* it signed */
	KNOWN_COUNT
};
/* One word each, as it stands in files; the first is empty. */
extern const char *const known_words[KNOWN_COUNT];
enum known known_of(struct str word); /* KNOWN_COUNT: none */
/* With whose identity: signs a statement. Called by one thread at a time; false after an error. */
struct seal {
	bool (*sign)(void *user, struct str statement, struct buf *der, struct diags *diags);
	void *user;
	struct str certificate; /* in DER */
};
/* Who acts, and when. */
struct actor {
	struct str name;
	enum known known;
	int64_t at;              /* seconds since 1970 */
	const struct seal *seal; /* what they do is signed; NULL: it is not */
};
/* An approval of a letter, as it stands in a folder: of what it is now or was before. */
struct approval {
	struct str id, by;
	enum known known;
	int64_t at;    /* seconds since 1970 */
	bool stands;   /* it is of the content that was asked for */
	bool older;    /* given by an earlier version: it cannot be compared, and does not stand */
	bool unproven; /* it is, but has no signature that is believed, and does not stand */
	unsigned changed; /* of one that does not stand: bits, 1 << enum concern */
};
/* Why it does not stand: "its words changed since it was approved". Appended. */
void approval_why(const struct approval *approval, struct buf *out);
struct trust;
struct approval_query {
	struct str id;                  /* of one letter; "": of all */
	const struct concerns *content; /* against which they stand; NULL: none does */
	void (*one)(void *user, const struct approval *approval);
	void *user;
	const struct trust *believed; /* only those that are signed stand, through these roots */
	int64_t now;                  /* likewise; in seconds since 1970 */
};
/* Gives each approval in a folder that is asked for to a function, in the order of ids. False after
 * an error. */
bool approvals_each(const char *out, const struct approval_query *query, struct diags *diags);
/* The name of who approves, as it is noted: composed (UAX #15, NFC), without white space at its
 * ends and what nobody sees, a blank for each run of white space inside. Empty when nothing is
 * left, or it is no UTF-8. */
struct str approval_person(struct arena *arena, struct str name);
/* Whether two names are one person's: small and capital letters are the same, each for itself, and
 * so are all ways to encode them; "ß" is not "ss". */
bool approval_is_same_person(struct str a, struct str b);
/* One text for all names of a person. */
struct str approval_person_key(struct arena *arena, struct str name);
/* Takes back what a person, or with "" anybody, has approved of these letters. */
struct withdrawal {
	const struct str *ids; /* of letters */
	int count;
	struct str of;
	struct actor actor;
};
/* How many approvals it were, all of them or, after an error, none: -1. The log says who took them
 * back. */
int approvals_take_back(const char *out, const struct withdrawal *withdrawal, struct diags *diags);

/* Takes back what anybody has approved of these letters, with what is left of it in the file, which
 * may be missing. Killed at any moment it has done all, or nothing. False after an error. */
bool approvals_forget(const char *out, const struct str *ids, int count, struct diags *diags);

struct approvals;

/* Opens the approvals of a folder, makes both when they are to be written. NULL after an error,
 * and, without one, when it is only to be read and there is none. Used by several threads. */
struct approvals *approvals_open(const char *out, bool write, struct diags *diags);
/* To be written, where there are some; NULL likewise. */
struct approvals *approvals_open_there(const char *out, struct diags *diags);
/* Without approvals_flush what was put last is lost. NULL is left alone. */
void approvals_close(struct approvals *approvals);

/* A letter as it is now, as far as it is known. */
struct subject {
	const struct hash
		*key; /* struct letter_key.content; NULL: contents alone are to be compared */
	const struct concerns *content;
	int known; /* so many concerns of it, from the first */
	/* for approvals_put: */
	struct str version;          /* as text, kept as long as an approval of it */
	const struct packed *packed; /* the same, packed by approvals_share's versions; or NULL */
	struct str signature;        /* of struct approval_claim, a detached CMS; empty: none */
	struct buf *by; /* for approvals_of: who has approved it as it is, a small name a line;
			   NULL: nobody asks */
};

/* What who signs an approval signs: as text, in JSON. */
struct approval_claim {
	struct str id; /* of the letter */
	const struct concerns *content;
	struct str who; /* the common name of the certificate */
	int64_t at;     /* seconds since 1970 */
};
/* Appended; the same bytes for the same claim. */
void approval_claim(const struct approval_claim *claim, struct buf *out);
/* From here on those alone count that are signed by whom they name, as verify_detached has it at a
 * time, in seconds since 1970. trust must live as long; approvals may be NULL. */
void approvals_believe(struct approvals *approvals, const struct trust *trust, int64_t now);

/* Versions that are put were packed by these, which must live as long; many are put one after the
 * other, and in larger groups. Before the first is put. */
struct versions;
void approvals_share(struct approvals *approvals, struct versions *versions);

/* How the approvals of a letter stand to that. */
struct approval_count {
	int good;         /* persons who have approved it as it is */
	int spent;        /* approvals of what it was before */
	int older;        /* approvals that an earlier version noted, which cannot be compared */
	int unproven;     /* approvals of it as it is, which approvals_believe lets not count */
	int open;         /* approvals that more has to be known for */
	unsigned changed; /* of the spent approval that is the nearest: struct approval */
};
/* False after an error: then less may be counted than there is. approvals may be NULL: nobody has
 * approved anything. */
bool approvals_of(struct approvals *approvals, struct str id, const struct subject *subject,
	struct approval_count *count, struct diags *diags);
/* Persons are told apart by approval_is_same_person. Notes an approval in place of that person's
 * earlier one; false after an error. It is on the disk after some more, or approvals_flush. */
bool approvals_put(struct approvals *approvals, struct str id, const struct subject *subject,
	const struct actor *actor, struct diags *diags);
/* Whether that person has approved this content already, signed with this certificate (in DER;
 * empty: however). Of approvals that are open to be written. */
bool approvals_has(struct approvals *approvals, struct str id, const struct concerns *content,
	const struct actor *actor, struct str certificate);
/* What was put is on the disk; false after an error: then it may not be. NULL is left alone. */
bool approvals_flush(struct approvals *approvals, struct diags *diags);
/* How many that approvals_put has noted an error took back afterwards, with its group; of NULL
 * none. After approvals_flush. */
int approvals_lost(const struct approvals *approvals);
/* The version that a person has approved of a letter, in the arena; .at NULL: it was not kept, or
 * cannot be read. */
struct str approvals_version(
	struct arena *arena, const char *out, struct str id, struct str by, struct diags *diags);
#endif
