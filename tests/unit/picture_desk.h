/* picture_desk.h - for tests of pictures: a file that is made anew by each, and what is found in
 * it. */
#ifndef TESTS_UNIT_PICTURE_DESK_H
#define TESTS_UNIT_PICTURE_DESK_H

#include "base/diag_id.h"
#include "picture/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

struct desk {
	struct arena *arena;
	struct diags *diags;
	struct pictures *pictures;
	char *path;
};

static inline int setup(void **state)
{
	struct arena *arena = arena_new();
	struct desk *desk = arena_alloc(arena, sizeof *desk);
	*desk = (struct desk){.arena = arena, .diags = diags_new(), .pictures = pictures_new()};
	desk->path = str_chars(arena, str_lit("/tmp/lettermerge-picture-XXXXXX"));
	int fd = mkstemp(desk->path);
	assert_true(fd >= 0);
	close(fd);
	*state = desk;
	return 0;
}

static inline int teardown(void **state)
{
	struct desk *desk = *state;
	unlink(desk->path);
	pictures_free(desk->pictures);
	diags_free(desk->diags);
	arena_free(desk->arena);
	return 0;
}

static const struct place here = {"letter.xml", 7, 3};

static inline void write_bytes(struct desk *desk, struct str bytes)
{
	assert_true(file_publish(desk->path, bytes.at, (size_t)bytes.len, false, desk->diags));
}

static inline const struct picture *find(struct desk *desk)
{
	return pictures_find(desk->pictures, desk->path, here, desk->diags);
}

static inline void assert_refused(struct desk *desk, enum diag_id id, const char *words)
{
	int before = diags_len(desk->diags);
	assert_null(find(desk));
	assert_int_equal(diags_len(desk->diags), before + 1);
	const struct diag *diag = diags_at(desk->diags, before);
	assert_int_equal(diag->id, id);
	assert_int_equal(diag->at.line, here.line);
	assert_non_null(strstr(diag->text, words));
}

/* In thousandths of an inch; 0: it is refused. */
static inline int natural_width(struct desk *desk, struct str bytes)
{
	struct pictures *pictures = pictures_new();
	write_bytes(desk, bytes);
	const struct picture *picture = pictures_find(pictures, desk->path, here, desk->diags);
	int width = picture ? (int)(((int64_t)picture->natural_width * 1000 + pt(36)) / pt(72)) : 0;
	pictures_free(pictures);
	return width;
}

#define desk_test(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

/* least: so many bytes say what kind of file it is. */
static inline void assert_cut_is(struct desk *desk, struct str whole, int least, enum diag_id id)
{
	for (int len = least; len < whole.len; len++) {
		struct pictures *pictures = pictures_new();
		write_bytes(desk, str_slice(whole, 0, len));
		assert_null(pictures_find(pictures, desk->path, here, desk->diags));
		const struct diag *diag = diags_at(desk->diags, diags_len(desk->diags) - 1);
		assert_int_equal(diag->id, id);
		pictures_free(pictures);
	}
}

#endif
