/* versions.h - versions of letters as text, most of which are alike → what differs, packed.
 *
 * Of letters of one template a twelfth of their lines is left when those are taken out that another
 * one has. What a version is held against is its base: the text of an earlier one that was unlike
 * all others. */
#ifndef RECORD_VERSIONS_H
#define RECORD_VERSIONS_H

#include "base/base.h"

struct versions;
struct versions *versions_new(void);
void versions_free(struct versions *versions);

/* A base, and whose version it is; lasts as long as the versions. */
struct version_base {
	struct str id, text;
};
enum { BASES_MOST = 8 };
/* Its number from 0; -1: there are too many. */
int versions_add_base(struct versions *versions, const struct version_base *base);
struct version_base versions_base(struct versions *versions, int number);

struct packed {
	struct buf bytes; /* to be freed */
	int size;         /* of the text; 0: there is none */
	int base;         /* that it is held against; -1: it stands alone */
};
/* Called by several threads; a version that is unlike all bases becomes one, as long as there are
 * few. */
struct packed versions_pack(struct versions *versions, const struct version_base *version);
/* A text that stands alone. */
struct packed version_deflate(struct str text);
/* Deflated bytes of a text of that size, in the arena; .at NULL: they are none. base.at NULL: it
 * stands alone. */
struct str version_unpack(struct arena *arena, struct str bytes, int size, struct str base);

#endif
