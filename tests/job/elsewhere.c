/* elsewhere.c - preloaded, it makes of this system another one: a HarfBuzz of another version,
 * which sets glyphs where it always did or, with LETTERMERGE_ELSEWHERE=aside, beside that; and
 * patterns for hyphenation that stand in the folder LETTERMERGE_PATTERNS. */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <hb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A pointer to data is not one to a function in C, so it is copied. */
static void find(const char *name, void *function)
{
	void *symbol = dlsym(RTLD_NEXT, name);
	memcpy(function, &symbol, sizeof symbol);
}

const char *hb_version_string(void)
{
	return "99.0.0";
}

void hb_shape(hb_font_t *font, hb_buffer_t *buffer, const hb_feature_t *features, unsigned count)
{
	__typeof__(&hb_shape) next;
	const char *how = getenv("LETTERMERGE_ELSEWHERE");
	unsigned len;
	find("hb_shape", &next);
	next(font, buffer, features, count);
	hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &len);
	for (unsigned i = 0; how && strcmp(how, "aside") == 0 && i < len; i++)
		at[i].x_offset += 100;
}

/* The path, or another in room. */
static const char *moved(const char *path, char room[4096])
{
	static const char system[] = "/usr/share/hyphen";
	const char *folder = getenv("LETTERMERGE_PATTERNS");
	if (!folder || strncmp(path, system, sizeof system - 1) != 0)
		return path;
	snprintf(room, 4096, "%s%s", folder, path + sizeof system - 1);
	return room;
}

int access(const char *path, int mode)
{
	__typeof__(&access) next;
	char room[4096];
	find("access", &next);
	return next(moved(path, room), mode);
}

int stat(const char *path, struct stat *out)
{
	__typeof__(&stat) next;
	char room[4096];
	find("stat", &next);
	return next(moved(path, room), out);
}

int open(const char *path, int flags, ...)
{
	__typeof__(&open) next;
	char room[4096];
	va_list args;
	va_start(args, flags);
	int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, int) : 0;
	va_end(args);
	find("open", &next);
	return next(moved(path, room), flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
	__typeof__(&fopen) next;
	char room[4096];
	find("fopen", &next);
	return next(moved(path, room), mode);
}

int scandir(const char *path, struct dirent ***out, int (*wanted)(const struct dirent *),
	int (*order)(const struct dirent **, const struct dirent **))
{
	__typeof__(&scandir) next;
	char room[4096];
	find("scandir", &next);
	return next(moved(path, room), out, wanted, order);
}
