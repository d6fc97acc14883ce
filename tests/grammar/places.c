/* places.c - see places.h. */
#include "places.h"

bool place_is_laid_down(enum tag holder, enum tag tag)
{
	return tag == TAG_COLUMN && holder != TAG_FOOTER;
}

bool place_is_control(enum tag tag)
{
	return tag_class(tag) == CLASS_CONTROL || tag_is_arm(tag);
}

bool place_takes_words(enum tag holder)
{
	return tag_content(holder) == CONTENT_TEXT || holder == TAG_LI || holder == TAG_QUOTE;
}

bool place_holds(enum tag holder, enum tag tag)
{
	return tag_may_stand(tag, holder) ||
		(tag_class(tag) == CLASS_INLINE && place_takes_words(holder));
}

uint64_t place_bars(enum tag outer)
{
	struct node node = {.tag = outer};
	uint64_t barred = 0;
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		if (node_barred_by(&node, tag) == outer)
			barred |= tag_bit(tag);
	return barred;
}

bool place_in_record(enum tag tag)
{
	return tag_class(tag) == CLASS_INLINE && tag != TAG_FIELD && tag != TAG_TEXT;
}

const struct style_place style_places[] = {
	{"page"},
	{"window"},
	{"text", .text = true},
	{"element", .text = true, .block = true},
	{"page-number", .text = true, .block = true},
	{"information"},
	{"letterhead-picture"},
	{"continuation"},
	{"continuation-picture"},
	{"footer"},
	{"notes"},
	{"folds"},
	{"fit"},
	{"links"},
	{"breaks"},
	{"pdf"},
	{"edition", .names = true},
	{"editions", .names = true},
	{NULL},
};

bool place_has_style(enum tag tag)
{
	return tag_is_block(tag) || tag_class(tag) == CLASS_INLINE || tag == TAG_CELL;
}
