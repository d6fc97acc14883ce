/* font_folder.h - for tests of fonts: a folder of the test's own, which fontconfig sees alone when
 * it is told to. */
#ifndef TESTS_UNIT_FONT_FOLDER_H
#define TESTS_UNIT_FONT_FOLDER_H

#include "base/diag_id.h"
#include "text/text_int.h"

#include "text_nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct desk {
	struct arena *arena;
	struct diags *diags;
	char *folder;
	/* Of tests that shape; else NULL. */
	struct style style;
	struct text *text;
	struct shaper *shaper;
};

/* The bytes of a font that is installed. */
static inline struct str installed(struct desk *desk, const char *family)
{
	struct style style = plain_style(family);
	struct text *text = text_new(&style, desk->diags);
	assert_non_null(text);
	const struct face *face = text_face(text, 0);
	struct str bytes = str_copy(desk->arena, (struct str){face->bytes, (int)face->len});
	text_free(text);
	return bytes;
}

static inline const char *path_of(struct desk *desk, const char *name)
{
	return path_join(desk->arena, str_of(desk->folder), str_of(name)).at;
}

static inline void write_file(struct desk *desk, const char *name, struct str bytes)
{
	assert_true(
		file_publish(path_of(desk, name), bytes.at, (size_t)bytes.len, false, desk->diags));
}

/* From now on fontconfig sees only the fonts in the desk's folder. */
static inline void use_folder(struct desk *desk)
{
	write_file(desk, "fonts.conf",
		str_format(desk->arena,
			"<fontconfig><dir>%s</dir><cachedir>%s/cache</cachedir></fontconfig>",
			desk->folder, desk->folder));
	mkdir(path_of(desk, "cache"), 0700); /* now, as it changes the folder's time */
	setenv("FONTCONFIG_FILE", path_of(desk, "fonts.conf"), 1);
}

static inline int setup(void **state)
{
	unsetenv("FONTCONFIG_FILE");
	struct arena *arena = arena_new();
	struct desk *desk = arena_alloc(arena, sizeof *desk);
	*desk = (struct desk){.arena = arena, .diags = diags_new()};
	desk->folder = str_chars(arena, str_lit("/tmp/lettermerge-fonts-XXXXXX"));
	assert_non_null(mkdtemp(desk->folder));
	*state = desk;
	return 0;
}

static inline int teardown(void **state)
{
	struct desk *desk = *state;
	const char *command = str_format(desk->arena, "rm -r '%s'", desk->folder).at;
	int result = system(command);
	unsetenv("FONTCONFIG_FILE");
	shaper_free(desk->shaper);
	text_free(desk->text);
	diags_free(desk->diags);
	arena_free(desk->arena);
	return result;
}

static inline void assert_refused(struct desk *desk, const char *family, enum diag_id id)
{
	struct style style = plain_style(family);
	assert_null(text_new(&style, desk->diags));
	assert_int_equal(diags_len(desk->diags), 1);
	assert_int_equal(diags_at(desk->diags, 0)->id, id);
	assert_string_equal(diags_at(desk->diags, 0)->at.file, "style.xml");
}

/* Where the header of a TrueType file has the row of a table; 0: it has no such table. */
static inline unsigned table_entry(struct str font, const char *tag)
{
	unsigned tables = font_u16((const unsigned char *)font.at, 4);
	for (unsigned i = 0; i < tables; i++)
		if (memcmp(font.at + 12 + 16 * i, tag, 4) == 0)
			return 12 + 16 * i;
	return 0;
}

/* The offset that the row of a table at a byte gives. */
static inline unsigned offset_at(struct str font, unsigned entry)
{
	const unsigned char *row = (const unsigned char *)font.at + entry;
	return font_u16(row, 8) << 16 | font_u16(row, 10);
}

/* Offset of a table that it has. */
static inline unsigned table_at(struct str font, const char *tag)
{
	unsigned entry = table_entry(font, tag);
	assert_int_not_equal(entry, 0);
	return offset_at(font, entry);
}

static inline void put_u16(char *at, int number)
{
	at[0] = (char)(number >> 8);
	at[1] = (char)number;
}

#define desk_test(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

#endif
