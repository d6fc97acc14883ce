/* locale_desk.h - for tests of what languages say. */
#ifndef TESTS_UNIT_LOCALE_DESK_H
#define TESTS_UNIT_LOCALE_DESK_H

#include "locale/locale.h"
#include "locale/locales.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

struct desk {
	struct arena *arena;
	struct locales *locales;
	int said, unsaid; /* by tests that count */
};

static inline int setup(void **state)
{
	static struct desk desk;
	desk = (struct desk){arena_new(), locales_new(), 0, 0};
	*state = &desk;
	return 0;
}

static inline int teardown(void **state)
{
	struct desk *desk = *state;
	locales_free(desk->locales);
	arena_free(desk->arena);
	return 0;
}

#endif
