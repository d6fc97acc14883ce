/* picture.c - the run's pictures: each file is read once, under a lock, and kept until the end; one
 * that cannot be used is remembered with the reason, which every letter that needs it gets to hear.
 * Pictures are few, so a list is searched. */
#include "picture/picture_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct entry {
	char *path;
	bool good;
	struct buf file;
	struct picture picture;
	struct picture_problem problem;
	struct arena *drawn; /* an SVG: its drawing, or what is wrong with it */
	struct diags *said;
	struct entry *next;
};

struct pictures {
	pthread_mutex_t lock;
	struct entry *entries;
	int count; /* of good ones */
};

struct pictures *pictures_new(void)
{
	struct pictures *pictures = heap_new(sizeof *pictures);
	if (pthread_mutex_init(&pictures->lock, NULL) != 0)
		out_of_memory();
	return pictures;
}

/* A JPEG's bytes are the file's own. */
static void release_bytes(struct entry *entry)
{
	if (entry->picture.bytes != (const unsigned char *)entry->file.at)
		free(without_const(entry->picture.bytes));
	free(without_const(entry->picture.alpha));
	free(without_const(entry->picture.profile.at));
	entry->picture.profile = (struct str){0};
	entry->picture.bytes = entry->picture.alpha = NULL;
	buf_free(&entry->file);
}

void pictures_free(struct pictures *pictures)
{
	if (!pictures)
		return;
	for (struct entry *entry = pictures->entries, *next; entry; entry = next) {
		next = entry->next;
		release_bytes(entry);
		arena_free(entry->drawn);
		diags_free(entry->said);
		free(entry->path);
		free(entry);
	}
	pthread_mutex_destroy(&pictures->lock);
	free(pictures);
}

bool picture_fails(struct picture_problem *problem, enum diag_id id, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	problem->id = id;
	vsnprintf(problem->detail, sizeof problem->detail, format, args);
	va_end(args);
	return false;
}

bool picture_size(
	struct picture *picture, uint32_t width, uint32_t height, struct picture_problem *problem)
{
	if ((uint64_t)width * height > PICTURE_MAX_PIXELS)
		return picture_fails(problem, DIAG_PICTURE_SIZE, "%u x %u pixels", (unsigned)width,
			(unsigned)height);
	picture->width = (int)width;
	picture->height = (int)height;
	return true;
}

bool picture_density(
	struct picture *picture, int64_t across, int64_t down, struct picture_problem *problem)
{
	enum { LEAST = 3000, MOST = 1000000, TOLERANCE = 20 };
	if (across < LEAST || across > MOST || down < LEAST || down > MOST)
		return true;
	if (llabs(across - down) > across / TOLERANCE)
		return picture_fails(problem, DIAG_PICTURE_KIND,
			"its pixels are not square: %lld across and %lld down to the inch",
			(long long)(across / 100), (long long)(down / 100));
	picture->density = (int)across;
	return true;
}

/* Reads to the end of the file into a growing buffer; 0 or errno. */
static int read_stream(FILE *stream, struct buf *out)
{
	for (;;) {
		buf_reserve(out, 1 << 16);
		size_t got = fread(out->at + out->len, 1, out->cap - out->len, stream);
		out->len += got;
		if (ferror(stream))
			return errno;
		if (got == 0)
			return 0;
		if (out->len >= INT_MAX)
			return EFBIG;
	}
}

static bool read_file(const char *path, struct buf *out, struct picture_problem *problem)
{
	FILE *stream = file_stream(path);
	int error = stream ? read_stream(stream, out) : errno;
	if (stream)
		fclose(stream);
	if (error)
		return picture_fails(problem, DIAG_PICTURE_READ, "%s", file_error(error));
	return true;
}

static bool read_compressed(const unsigned char *file, size_t len, struct picture *picture,
	struct picture_problem *problem)
{
	(void)file, (void)len, (void)picture;
	return picture_fails(problem, DIAG_PICTURE_KIND, "it is compressed");
}

/* XML begins with a tag, a declaration or a comment. */
static bool is_xml(struct str file)
{
	bool marked = str_starts(file, "\xEF\xBB\xBF");
	return str_starts(str_trim(str_slice(file, marked ? 3 : 0, file.len)), "<");
}

/* The file's bytes are not kept, but those of the drawing as a file. */
static bool draw(struct entry *entry)
{
	struct picture *picture = &entry->picture;
	entry->drawn = arena_new();
	entry->said = diags_new();
	const struct svg *svg = svg_read(entry->drawn, picture->file, entry->path, entry->said);
	if (!svg)
		return false;
	buf_clear(&entry->file);
	svg_write(svg, &entry->file);
	picture->kind = PICTURE_SVG;
	picture->svg = svg;
	picture->width = svg->width;
	picture->height = svg->height;
	picture->natural_width = svg->natural_width;
	picture->file = buf_text(&entry->file);
	return true;
}

static bool decode(struct entry *entry, const struct buf *file)
{
	static const struct {
		const char *magic;
		size_t len;
		bool (*read)(
			const unsigned char *, size_t, struct picture *, struct picture_problem *);
	} formats[] = {{"\x89PNG\r\n\x1A\n", 8, png_read}, {"\xFF\xD8\xFF", 3, jpeg_read},
		{"\x1F\x8B", 2, read_compressed}};
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (file->len >= formats[i].len &&
			memcmp(file->at, formats[i].magic, formats[i].len) == 0)
			return formats[i].read((const unsigned char *)file->at, file->len,
				&entry->picture, &entry->problem);
	if (is_xml(entry->picture.file))
		return draw(entry);
	return picture_fails(&entry->problem, DIAG_PICTURE_KIND, "it is neither PNG, JPEG nor SVG");
}

static void set_natural_width(struct picture *picture)
{
	enum { HUNDRED_INCHES = 7200 };
	int64_t width = (int64_t)picture->width * SP_PER_PIXEL;
	if (picture->density)
		width = (int64_t)picture->width * HUNDRED_INCHES * SP_PER_PT / picture->density;
	if (picture->kind != PICTURE_SVG)
		picture->natural_width = width < SP_MAX ? (sp)width : SP_MAX;
}

static void load(struct entry *entry)
{
	if (read_file(entry->path, &entry->file, &entry->problem)) {
		entry->picture.file = buf_text(&entry->file);
		entry->picture.hash = str_hash(entry->picture.file);
		entry->good = decode(entry, &entry->file);
		set_natural_width(&entry->picture);
	}
	if (!entry->good)
		release_bytes(entry);
}

static struct entry *add(struct pictures *pictures, const char *path)
{
	struct entry *entry = heap_new(sizeof *entry);
	char *copy = heap_text(str_of(path));
	entry->path = copy;
	entry->picture.path = copy;
	load(entry);
	entry->picture.index = entry->good ? pictures->count++ : -1;
	entry->next = pictures->entries;
	return pictures->entries = entry;
}

static const struct entry *find(struct pictures *pictures, const char *path)
{
	pthread_mutex_lock(&pictures->lock);
	struct entry *entry = pictures->entries;
	while (entry && strcmp(entry->path, path) != 0)
		entry = entry->next;
	if (!entry)
		entry = add(pictures, path);
	pthread_mutex_unlock(&pictures->lock);
	return entry;
}

const struct picture *pictures_find(
	struct pictures *pictures, const char *path, struct place place, struct diags *diags)
{
	const struct entry *entry = find(pictures, path);
	if (entry->good)
		return &entry->picture;
	if (entry->said) {
		diags_append(diags, entry->said);
		return NULL;
	}
	diag_add_args(diags, entry->problem.id, place,
		(const char *const[]){entry->path, entry->problem.detail, NULL});
	return NULL;
}
