/* story.h - a letter's PDF → what it says to somebody who looks at its pages, and to somebody who
 * hears its tags.
 *
 *   content.c  the operators of a page → marked contents with their text, and where the ink is
 *   story.c    the tree of tags → their order */
#ifndef TESTS_CHANCE_STORY_H
#define TESTS_CHANCE_STORY_H

#include "reader.h"

/* Something painted; in points from the page's bottom left. */
struct ink {
	int page;
	double left, right, bottom,
		top; /* of text: bottom is its baseline, top - bottom its size */
	bool text, artifact;
};

/* A marked content that is tagged, by its MCID. */
struct said {
	bool there, heard; /* on the page; in the tree */
	struct str text;
};

struct sheet {
	const struct pdf_value *page;
	int number; /* of its object */
	double width, height;
	vec(struct said) said;
};

struct story {
	struct arena *arena;
	struct pdf_file file;
	vec(struct sheet) sheets;
	vec(struct ink) inks;
	struct buf read;       /* by the tags, in their order: a line for each block */
	struct buf unlabelled; /* the same without the labels of lists */
	int links;             /* annotations that tags have */
	const char *fault;     /* NULL: none */
};

/* Reads a whole letter; fault says what of ISO 32000-1 14.6 to 14.8 it does not keep: each mark on
 * a page is tagged or an artifact, each marked content is in the tree once and where the parent
 * tree says, each link likewise, all codes have their characters; headings, links and cells that
 * head others have words, and each link an area that says where it leads. To be freed. */
struct story story_read(struct arena *arena, struct str pdf);
void story_free(struct story *story);

/* -- for the two files ------------------------------------------------------------------------- */

/* The text of a string (7.9.2.2) as UTF-8. */
struct str story_text(struct arena *arena, struct str bytes);
/* Notes a fault unless there is one; gives false. */
bool story_fail(struct story *story, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool content_read(struct story *story, int sheet);

#endif
