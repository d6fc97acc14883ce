/* about.c - what a font says of itself: its names, its kind, and what its licence lets a letter do
 * (ISO 14496-22, name and OS/2). */
#include "text/text_int.h"

#include <hb-ot.h>

static hb_face_t *face_of(const struct font *font)
{
	return hb_font_get_face(font->hb);
}

/* -- embedding --------------------------------------------------------------------------------- */

/* -1: the font has no such table. Tables before version 2 know the bits of usage alone. */
static int fs_type_of(const struct font *font)
{
	enum { FS_TYPE_AT = 8, BEFORE_2 = 0x000F };
	hb_blob_t *blob = hb_face_reference_table(face_of(font), HB_TAG('O', 'S', '/', '2'));
	unsigned len;
	const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(blob, &len);
	int type = len >= FS_TYPE_AT + 2 ? (int)font_u16(bytes, FS_TYPE_AT) : -1;
	if (type > 0 && font_u16(bytes, 0) < 2)
		type &= BEFORE_2;
	hb_blob_destroy(blob);
	return type;
}

/* The first that fits holds: of several bits of usage, as old fonts have, the one that allows
 * most. */
static const struct right {
	int mask, value;
	const char *embedding, *so;
	bool refused;
} rights[] = {
	{0x000E, 0x0002, "forbids embedding", "no letter is made", true},
	{0x0100, 0x0100, "forbids embedding in part, as letters do it", "no letter is made", true},
	{0x0200, 0x0200, "allows no embedding but of bitmaps", "no letter is made", true},
	{0x0008, 0x0008, "allows embedding", "a letter may be read, printed and edited", false},
	{0x0004, 0x0004, "allows embedding to view and print",
		"a letter may be read and printed, not edited with this font", false},
	{0x0000, 0x0000, "allows embedding without limits",
		"a letter may be read, printed and edited", false},
};

static const struct right *right_of(int fs_type)
{
	const struct right *right = rights;
	while ((fs_type & right->mask) != right->value)
		right++;
	return right;
}

const char *font_licence_fault(const struct font *font)
{
	int fs_type = fs_type_of(font);
	const struct right *right = right_of(fs_type > 0 ? fs_type : 0);
	return right->refused ? right->embedding : NULL;
}

/* -- names ------------------------------------------------------------------------------------- */

/* In the font's English, or else the first of its languages. */
static struct str name_of(struct arena *arena, const struct font *font, hb_ot_name_id_t id)
{
	char name[256];
	unsigned size = sizeof name;
	unsigned whole = hb_ot_name_get_utf8(face_of(font), id, HB_LANGUAGE_INVALID, &size, name);
	struct str all = {name, whole < sizeof name ? (int)size : 0};
	return str_copy(arena, utf8_invalid_at(all) < 0 ? all : str_lit(""));
}

static struct str either(
	struct arena *arena, const struct font *font, hb_ot_name_id_t id, hb_ot_name_id_t other)
{
	struct str name = name_of(arena, font, id);
	return name.len ? name : name_of(arena, font, other);
}

/* "Version 2.1.5;ttfautohint" -> "2.1.5" */
static struct str version_of(struct arena *arena, const struct font *font)
{
	struct str rest = name_of(arena, font, HB_OT_NAME_ID_VERSION_STRING), version = {0};
	str_split(&rest, ';', &version);
	if (str_starts(version, "Version "))
		version = str_slice(version, (int)strlen("Version "), version.len);
	return str_trim(version);
}

/* Of a variable font the name is that of its default; what was cut out of it is as asked for. */
static struct str cut_name(const struct face *face)
{
	return str_of(face->bold       ? face->italic ? "Bold Italic" : "Bold"
			: face->italic ? "Italic"
				       : "Regular");
}

/* -- all of it --------------------------------------------------------------------------------- */

static bool has_table(const struct font *font, hb_tag_t tag)
{
	hb_blob_t *blob = hb_face_reference_table(face_of(font), tag);
	bool has = hb_blob_get_length(blob) > 0;
	hb_blob_destroy(blob);
	return has;
}

struct face_about text_face_about(const struct text *text, int face, struct arena *arena)
{
	const struct font *font = &text->fonts.at[face];
	const struct face *of = &text->faces.at[face];
	if (!font->hb)
		return (struct face_about){.family = str_of(of->path), .outlines = "", .so = ""};
	int fs_type = fs_type_of(font);
	const struct right *right = right_of(fs_type > 0 ? fs_type : 0);
	bool varies = font->index >> 16 || font->size ||
		has_table(font, HB_TAG('f', 'v', 'a', 'r'));
	return (struct face_about){
		.family = either(
			arena, font, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY, HB_OT_NAME_ID_FONT_FAMILY),
		.style = varies ? cut_name(of)
				: either(arena, font, HB_OT_NAME_ID_TYPOGRAPHIC_SUBFAMILY,
					  HB_OT_NAME_ID_FONT_SUBFAMILY),
		.version = version_of(arena, font),
		.outlines = has_table(font, HB_TAG('C', 'F', 'F', ' ')) ? "CFF" : "TrueType",
		.varies = varies,
		.collected = !varies && of->len > 4 && memcmp(of->bytes, "ttcf", 4) == 0,
		.fs_type = fs_type,
		.embedding = fs_type < 0 ? "says nothing of embedding" : right->embedding,
		.so = right->so,
	};
}
