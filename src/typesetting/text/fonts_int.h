/* fonts_int.h - between matcher.c, which asks fontconfig, optical.c and own_fonts.c. */
#ifndef TEXT_FONTS_INT_H
#define TEXT_FONTS_INT_H

#include "text/faces_int.h"

#include "base/library.h"

#include <fontconfig/fontconfig.h>

/* clang-format off */
#define FONTCONFIG_FUNCTIONS(DO) \
	DO(FcConfigCreate) DO(FcConfigDestroy) DO(FcConfigGetCacheDirs) \
	DO(FcConfigGetConfigDirs) DO(FcConfigGetConfigFiles) DO(FcConfigGetFontDirs) \
	DO(FcConfigGetFonts) DO(FcFontSetCreate) DO(FcFontSetDestroy) DO(FcFontSetList) \
	DO(FcFontSetMatch) DO(FcFreeTypeQueryAll) DO(FcInitLoadConfigAndFonts) \
	DO(FcObjectSetBuild) DO(FcObjectSetDestroy) DO(FcPatternAddBool) \
	DO(FcPatternAddString) DO(FcPatternBuild) DO(FcPatternDestroy) DO(FcPatternFilter) \
	DO(FcPatternGetBool) DO(FcPatternGetInteger) DO(FcPatternGetString) \
	DO(FcPatternReference) DO(FcStrCmpIgnoreCase) DO(FcStrListDone) DO(FcStrListNext)
/* clang-format on */

/* Fontconfig, which a matcher loads when it is asked something: most runs ask it nothing
 * (face_store.c). Where it is not there the program ends. */
struct fontconfig {
	FONTCONFIG_FUNCTIONS(LIBRARY_POINTER)
};

/* Where faces are looked for. No rules hold for it (bare): Debian's say of an upright face that it
 * is slanted when a slanted one is asked for, as it could be slanted by force. */
struct fonts {
	const struct fontconfig *fc;
	FcConfig *bare;
	FcFontSet *set;
};

/* Where a project has its own fonts: beside the style, or beside the folder "templates" that the
 * style is in. */
struct str own_fonts_folder(struct arena *arena, const struct style *style);
/* Those in it, to be destroyed; NULL when it has none. What cannot be used is said. */
FcFontSet *own_fonts(const struct fontconfig *fc, struct arena *arena, struct str folder,
	const struct style *style, struct diags *diags);

/* The face for a size, of those that are equal to the one found but for that; to be destroyed. */
struct optical_choice {
	FcPattern *face;
	FcPattern *rival; /* another that nothing tells from it, to be destroyed; or NULL */
	bool sized;       /* for another size it may be another */
};
struct optical_choice optical_choose(
	const struct fonts *fonts, FcPattern *found, struct str family, const struct cut *cut);
/* By its name, not by how heavy it says that it is: some files say that of all cuts alike. */
bool optical_named_bold(const struct fontconfig *fc, FcPattern *pattern);

#endif
