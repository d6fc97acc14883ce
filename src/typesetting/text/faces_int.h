/* faces_int.h - between the stages that find the faces of a style:
 *
 *   struct text_style --faces--> struct chain
 *       \--matcher, for each family and cut--> struct matched
 *           \--face_store: what was matched before, or fontconfig-->  */
#ifndef TEXT_FACES_INT_H
#define TEXT_FACES_INT_H

#include "text/text_int.h"

/* What a family has for a cut. */
struct matched {
	const char *path;  /* NULL: the family is not there */
	int index;         /* as font_load takes it */
	struct hash file;  /* of its bytes */
	bool hashed;       /* it could be read */
	bool exact;        /* of that weight and slant */
	bool sized;        /* for another size it may be another */
	const char *rival; /* a file of an equal face, which nothing tells from it; or NULL */
};

/* Looks for faces in the project's own folder "fonts" and among the computer's. Fontconfig is
 * opened only when it is asked what it was not asked before. */
struct matcher;
struct matcher *matcher_new(struct arena *arena, const struct style *style,
	const struct face_keeping *keeping, struct diags *diags);
struct matched matcher_find(struct matcher *matcher, struct str family, const struct cut *cut);
void matcher_free(struct matcher *matcher);

/* -- face_store.c ------------------------------------------------------------------------------ */

/* What was matched, kept from run to run, and what that depends on. It
 * holds as long as all of that is as it was. */
struct face_store;
/* own: where the project has its fonts, if it has any. */
struct face_store *face_store_open(
	struct arena *arena, const struct face_keeping *keeping, struct str own);
bool face_store_find(const struct face_store *store, struct str key, struct matched *matched);
void face_store_put(struct face_store *store, struct str key, const struct matched *matched);
/* What is matched depends on a file or folder, or on its not being there. */
void face_store_watch(struct face_store *store, const char *path);
/* Where it cannot be written there is none the next time. */
void face_store_keep(struct face_store *store);

#endif
