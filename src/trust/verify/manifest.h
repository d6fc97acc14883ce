/* manifest.h - what became of each record of a run, in one list, and its head, that is signed.
 *
 * JSON, one record a line, so that it can be read by a program, a person and grep; docs/manifest.md
 * says what stands in it. The lines are the leaves of a Merkle tree (verify/tree.h), whose root is
 * in the head. The signature is a detached CMS of the head's line, beside the list: MANIFEST.p7s.
 *
 * Lists of version 1 are read, too: a line a letter, and the whole list is what was signed. */
#ifndef VERIFY_MANIFEST_H
#define VERIFY_MANIFEST_H

#include "verify/verify.h"

/* What became of a record. */
enum manifest_fate {
	MANIFEST_MADE,
	MANIFEST_UNCHANGED,
	MANIFEST_REJECTED,
	MANIFEST_HELD,
	MANIFEST_GONE, /* there is no record any more, its letter was kept */
	MANIFEST_FATES
};
extern const char *const manifest_fates[MANIFEST_FATES];

struct manifest_entry {
	struct str id; /* of the record; read: as JSON has it */
	enum manifest_fate fate;
	struct str code; /* of the finding that rejected it, or empty */
	/* Its letter, also one of an earlier run; empty: there is none. */
	struct str file;   /* relative to the manifest's folder */
	int64_t bytes;     /* that were hashed: a letter may grow by time stamps behind them */
	struct str sha256; /* 64 hex digits, lower case */
	int pages;
	struct str key;      /* hash of what is printed, in hex */
	struct str template; /* hash of the template, in hex */
	struct str salt;     /* 32 hex digits of chance */
	struct str edition;  /* written alone: that the record asked for, or empty */
};

/* The head of the list. */
struct manifest_head {
	struct str run, program;
	struct str signed_at; /* manifest_time, by the clock of who signed */
	int64_t count[MANIFEST_FATES];
	struct str root;                    /* of the tree, 64 hex digits */
	struct str template, style, source; /* hashes, in hex; empty: not known, or none */
	struct str shard;                   /* "2/8", or empty */
	bool whole;                         /* all records of the source were taken */
	struct str missing;                 /* parts that a join went without: "3/4"; or empty */
	struct str log;                     /* record/log.h: how far it went; or empty */
};
/* How many records it counts: those that were there, not the gone. */
int64_t manifest_records_in(const struct manifest_head *head);

/* SHA-256 of bytes as an entry has it, with a NUL. */
enum { MANIFEST_HEX = 65 };
void manifest_hash(struct str bytes, char hex[MANIFEST_HEX]);

/* The same of what comes in parts; and of a file, false when it cannot be read. */
struct digest;
struct digest *digest_new(void);
void digest_add(struct digest *digest, struct str bytes);
void digest_end(struct digest *digest, char hex[MANIFEST_HEX]); /* frees it */
bool digest_file(const char *path, char hex[MANIFEST_HEX]);
void manifest_hex(const unsigned char *bytes, int len, char *hex); /* 2 len digits and a NUL */

/* Writing: begin, each line behind its separator, end with the head's line. The same entries give
 * the same bytes. */
void manifest_begin(struct buf *out);
void manifest_separate(struct buf *out, bool first);
/* A line without its end: a leaf of the tree. */
void manifest_put(struct buf *out, const struct manifest_entry *entry);
/* With its end: what is signed. */
void manifest_put_head(struct buf *out, const struct manifest_head *head);
void manifest_end(struct buf *out, bool empty, struct str head);

struct manifest {
	int version;
	struct str lines;     /* from version 2 on, of bytes in memory: the leaves, ",\n" between */
	struct str is_signed; /* the bytes that the signature is of */
	struct manifest_head head; /* from version 2 on */
	int64_t forgotten;         /* lines of which the hash alone is left */
};

/* Reads what was written so, and nothing else; from version 2 on the lines must be those that the
 * head counts and whose tree has its root. False after a finding at file name. */
bool manifest_read(struct manifest *manifest, struct arena *arena, struct str bytes,
	const char *name, struct diags *diags);

/* What is done with each letter on a list, in the order of its lines; the entry's texts are there
 * until it returns. Letters are given before it is known that the list adds up. */
struct manifest_visit {
	void (*letter)(void *user, const struct manifest_entry *entry);
	void *user;
};
/* The same of the file at path, a line at a time: memory does not grow with the list. One of
 * version 1, whose signature is of all its bytes, is read whole. */
bool manifest_walk(struct manifest *manifest, struct arena *arena, const char *path,
	const struct manifest_visit *visit, struct diags *diags);
/* A line, without its end, and a head's, with it; false when it is none. */
bool manifest_read_entry(struct str line, struct manifest_entry *entry);
bool manifest_read_head(struct str line, struct manifest_head *head);
/* The next of the lines, without its end; false at their end. */
bool manifest_next(struct str *lines, struct str *line);
/* An id as a line has it, in the arena. */
struct str manifest_id(struct arena *arena, struct str id);
/* A line of which its hash alone is left: SHA-256, as the tree has it. */
bool manifest_read_forgotten(struct str line, unsigned char hash[32]);
/* The list again, with no more than the hashes of the lines of these records, whose ids are as JSON
 * has them; the root and what is signed stay. Gives their number. */
int manifest_forget(
	struct buf *out, const struct manifest *manifest, const struct str *ids, int count);
/* "2020-10-13T09:00:00Z" to seconds since 1970; false when it is none. */
bool manifest_time(struct str text, int64_t *time);
/* Are these bytes, or their beginning, what was recorded? */
bool manifest_matches(const struct manifest_entry *entry, struct str bytes);

/* Checks a detached CMS signature of any bytes, as verify_letter does a letter's. */
struct verify_report verify_detached(struct arena *arena, const struct judged *file, struct str der,
	const struct trust *trust, struct diags *diags);

#endif
