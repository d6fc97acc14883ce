/* own_fonts.c - the fonts that a project carries with it, in its folder "fonts": read file by file,
 * as fontconfig's own way of taking a folder wants to keep a cache of it somewhere. */
#include "text/fonts_int.h"

#include "base/diag_id.h"
#include "base/file.h"
#include "base/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>

struct str own_fonts_folder(struct arena *arena, const struct style *style)
{
	struct str folder = path_dir(str_of(style->file ? style->file : ""));
	if (str_is(path_base(folder), "templates"))
		folder = path_dir(folder);
	return path_join(arena, folder, str_lit("fonts"));
}

/* Others are licences and the like. */
static bool is_font(struct str name)
{
	static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
	const char *ending = strrchr(name.at, '.');
	for (size_t i = 0; ending && i < sizeof endings / sizeof *endings; i++)
		if (strcasecmp(ending, endings[i]) == 0)
			return true;
	return false;
}

FcFontSet *own_fonts(const struct fontconfig *fc, struct arena *arena, struct str folder,
	const struct style *style, struct diags *diags)
{
	struct str *names;
	int count = folder_list(arena, folder.at, is_font, &names);
	if (count < 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			file_not_read(folder.at, diags);
		return NULL;
	}
	FcFontSet *fonts = fc->FcFontSetCreate();
	for (int i = 0; i < count; i++) {
		struct str path = path_join(arena, folder, names[i]);
		const FcChar8 *file = (const FcChar8 *)path.at;
		const char *wrong = NULL;
		if (!file_can_be_read(path.at))
			wrong = file_error(errno);
		else if (!fc->FcFreeTypeQueryAll(file, (unsigned)-1, NULL, NULL, fonts))
			wrong = "it is not a TrueType or OpenType font";
		if (wrong)
			diag_add(diags, FONT_READ, place_in(style->file), diag_str(diags, path),
				wrong);
	}
	return fonts;
}
