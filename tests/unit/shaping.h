/* shaping.h - a shaper of one family and where its results stay, for the tests that shape. */
#ifndef SHAPING_H
#define SHAPING_H

#include "text/text_int.h"
#include "text_nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

struct desk {
	struct arena *arena;
	struct style style;
	struct diags *diags;
	struct text *text; /* NULL: no such family is installed */
	struct shaper *shaper;
};

/* family: of a face that is installed, or "fake". */
static inline int setup_text(void **state, const char *family)
{
	struct arena *arena = arena_new();
	struct desk *desk = arena_alloc(arena, sizeof *desk);
	*desk = (struct desk){.arena = arena, .style = plain_style(family), .diags = diags_new()};
	desk->text = strcmp(family, "fake") == 0 ? text_new_fake()
						 : text_new(&desk->style, desk->diags);
	desk->shaper = desk->text ? shaper_new(desk->text) : NULL;
	*state = desk;
	return 0;
}

static inline int teardown_text(void **state)
{
	struct desk *desk = *state;
	shaper_free(desk->shaper);
	text_free(desk->text);
	diags_free(desk->diags);
	arena_free(desk->arena);
	return 0;
}

#endif
