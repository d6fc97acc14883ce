/* instance.c - a variable font → one of its cuts, as a face that does not vary (ISO 14496-22,
 * fvar): what comes after need not know, and a PDF may hold no other. HarfBuzz makes it, of all
 * glyphs at once (Inter: 9 ms), so that what is shaped and what is embedded have the same widths.
 *
 * A named instance says where it is on each axis; without one weight, slant and width are what was
 * asked for. The optical size is that of the type, whatever the instance. */
#include "text/text_int.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_AXES = 32 };

#define TAG_OPSZ HB_TAG('o', 'p', 's', 'z')

struct place_on_axes {
	unsigned count;
	hb_ot_var_axis_info_t axes[MOST_AXES];
	float at[MOST_AXES];
};

/* Numbers that no font has instances for: weight and slant as asked. */
enum { BY_AXES = 0x7FF0, BOLD = 1, ITALIC = 2 };

int instance_by_axes(const struct cut *cut)
{
	return (BY_AXES | (cut->bold ? BOLD : 0) | (cut->italic ? ITALIC : 0)) << 16;
}

/* From 1; 0: none. */
static unsigned named_of(int index)
{
	unsigned number = (unsigned)index >> 16;
	return number < BY_AXES ? number : 0;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *blob = hb_face_reference_table(face, tag);
	bool has = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	return has;
}

static float wanted_at(const hb_ot_var_axis_info_t *axis, const struct cut *cut)
{
	switch (axis->tag) {
	case HB_TAG('w', 'g', 'h', 't'):
		return cut->bold ? 700 : 400;
	case HB_TAG('w', 'd', 't', 'h'):
		return 100;
	case HB_TAG('i', 't', 'a', 'l'):
		return cut->italic ? 1 : 0;
	case HB_TAG('s', 'l', 'n', 't'): /* degrees, counter-clockwise */
		return cut->italic ? -12 : 0;
	default:
		return axis->default_value;
	}
}

/* Where the cut is, within what each axis has. */
static struct place_on_axes find_place(hb_face_t *face, int index, const struct cut *cut)
{
	struct place_on_axes place = {.count = MOST_AXES};
	unsigned named = named_of(index), count = MOST_AXES;
	hb_ot_var_get_axis_infos(face, 0, &place.count, place.axes);
	for (unsigned i = 0; i < place.count; i++)
		place.at[i] = wanted_at(&place.axes[i], cut);
	if (named)
		hb_ot_var_named_instance_get_design_coords(face, named - 1, &count, place.at);
	for (unsigned i = 0; i < place.count; i++) {
		const hb_ot_var_axis_info_t *axis = &place.axes[i];
		if (axis->tag == TAG_OPSZ && cut->size)
			place.at[i] = (float)cut->size / SP_PER_PT;
		if (place.at[i] < axis->min_value)
			place.at[i] = axis->min_value;
		if (place.at[i] > axis->max_value)
			place.at[i] = axis->max_value;
	}
	return place;
}

bool instance_is_sized(hb_face_t *face)
{
	hb_ot_var_axis_info_t axis;
	return hb_ot_var_find_axis_info(face, TAG_OPSZ, &axis);
}

bool instance_is_asked(hb_face_t *face, int index)
{
	return index >> 16 || instance_is_sized(face);
}

#if HB_VERSION_ATLEAST(6, 0, 0)
/* All its glyphs by their ids, all its rules. */
static hb_face_t *make(hb_face_t *face, const struct place_on_axes *place)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	if (!input)
		return NULL;
	bool good = true;
	for (unsigned i = 0; i < place->count; i++)
		good &= hb_subset_input_pin_axis_location(
			input, face, place->axes[i].tag, place->at[i]);
	hb_set_add_range(hb_subset_input_glyph_set(input), 0, hb_face_get_glyph_count(face) - 1);
	hb_set_t *features = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
	hb_set_clear(features);
	hb_set_invert(features);
	hb_set_add_range(hb_subset_input_set(input, HB_SUBSET_SETS_NAME_ID), 0, 255);
	hb_subset_input_set_flags(input,
		HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
			HB_SUBSET_FLAGS_NO_HINTING);
	hb_face_t *made = good ? hb_subset_or_fail(face, input) : NULL;
	hb_subset_input_destroy(input);
	return made;
}
#else
static hb_face_t *make(hb_face_t *face, const struct place_on_axes *place)
{
	(void)face, (void)place;
	return NULL;
}
#endif

/* Whether it has outlines that a PDF may hold, of all glyphs. */
static bool is_whole(hb_face_t *made, hb_face_t *face)
{
	return (has_table(made, HB_TAG('g', 'l', 'y', 'f')) ||
		       has_table(made, HB_TAG('C', 'F', 'F', ' '))) &&
		!has_table(made, HB_TAG('f', 'v', 'a', 'r')) &&
		hb_face_get_glyph_count(made) == hb_face_get_glyph_count(face);
}

static int write_instance(int file, hb_face_t *face, const struct place_on_axes *place)
{
	hb_face_t *made = make(face, place);
	hb_blob_t *bytes = made && is_whole(made, face) ? hb_face_reference_blob(made) : NULL;
	unsigned len = 0;
	const char *at = bytes ? hb_blob_get_data(bytes, &len) : NULL;
	return len && file_write_all(file, at, len) ? 0 : 1;
}

/* HarfBuzz 6.0 frees what is not its own when a glyph of a damaged font cannot be made: so it works
 * in a process of its own, and what became of that is seen. */
static bool write_apart(int file, hb_face_t *face, const struct place_on_axes *place)
{
	static const int ends[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV};
	int status = 1;
	pid_t child = fork();
	if (child == 0) {
		const struct rlimit none = {0};
		int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
		setrlimit(RLIMIT_CORE, &none);
		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
			signal(ends[i], SIG_DFL); /* whatever who called has in mind for them */
		dup2(nowhere, STDERR_FILENO);     /* the C library's last words */
		_exit(write_instance(file, face, place));
	}
	while (child > 0 && waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return child > 0 && status == 0;
}

static hb_face_t *read_instance(int file)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	hb_blob_t *bytes = hb_blob_create_from_file(path);
	hb_face_t *face = hb_blob_get_length(bytes) ? hb_face_create(bytes, 0) : NULL;
	hb_blob_destroy(bytes);
	return face;
}

hb_face_t *instance_make(hb_face_t *face, int index, const struct cut *cut)
{
	struct place_on_axes place = find_place(face, index, cut);
	int file = place.count ? file_nameless() : -1;
	if (file < 0)
		return NULL;
	hb_face_t *instance = write_apart(file, face, &place) ? read_instance(file) : NULL;
	close(file);
	return instance;
}
