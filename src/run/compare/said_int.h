/* said_int.h - what reads blocks as they are said, and compares them, share. */
#ifndef COMPARE_SAID_INT_H
#define COMPARE_SAID_INT_H

#include "base/base.h"

/* "&#38;" → "&"; a line's end is a blank. */
struct str said_text(struct arena *arena, struct str escaped);
/* The other way round; appended. */
void said_escape(struct buf *out, struct str text);
/* Behind the end of the tag that the markup begins with, wherever quotes hold a ">". */
int said_tag_end(struct str markup);
/* The words of a markup, for people. */
struct str said_plain(struct arena *arena, struct str markup);

#endif
