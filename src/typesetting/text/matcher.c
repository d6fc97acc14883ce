/* matcher.c - a family and a cut of it → a font file, by fontconfig.
 *
 * Fontconfig's substitutions are not used: a letter whose font is replaced by another looks
 * different on the next machine, which the sender should rather hear than see. Fonts that a project
 * has in its own folder go before those of the computer.
 *
 * To open fontconfig, which reads some fifty files of rules, took a third of a preview: so it is
 * asked what the store does not know. */
#include "text/fonts_int.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct matcher {
	struct arena *arena;
	const struct style *style;
	struct diags *diags;
	struct str own_folder;
	struct face_store *store;
	bool opened, keeps;   /* keeps: what fontconfig says may be kept */
	struct fontconfig fc; /* once it is opened */
	FcConfig *computer, *bare;
	FcFontSet *own;
	struct fonts fonts[2]; /* the project's own, if it has some, and the computer's */
	int fonts_count;
};

/* -- fontconfig -------------------------------------------------------------------------------- */

static void load(struct fontconfig *fontconfig)
{
	static const char *const names[] = {FONTCONFIG_FUNCTIONS(LIBRARY_NAME)};
	if (!library_load("libfontconfig.so.1", names, sizeof names / sizeof *names, fontconfig))
		program_ends("libfontconfig, which knows the fonts, is not installed; install it");
}

static void watch_all(const struct fontconfig *fc, struct face_store *store, FcStrList *paths)
{
	const FcChar8 *path;
	while (paths && (path = fc->FcStrListNext(paths)))
		face_store_watch(store, (const char *)path);
	fc->FcStrListDone(paths);
}

static void watch_own(struct matcher *matcher)
{
	const struct fontconfig *fc = &matcher->fc;
	FcChar8 *path;
	if (!matcher->own)
		return;
	face_store_watch(matcher->store, matcher->own_folder.at);
	for (int i = 0; i < matcher->own->nfont; i++)
		if (fc->FcPatternGetString(matcher->own->fonts[i], FC_FILE, 0, &path) ==
			FcResultMatch)
			face_store_watch(matcher->store, (const char *)path);
}

/* Rules that were read and folders they stand in, so that a new one is seen; fonts' folders. */
static void watch_fontconfig(struct matcher *matcher)
{
	const struct fontconfig *fc = &matcher->fc;
	const FcChar8 *path;
	FcStrList *rules = fc->FcConfigGetConfigFiles(matcher->computer);
	while (rules && (path = fc->FcStrListNext(rules))) {
		struct str folder = path_dir(str_of((const char *)path));
		face_store_watch(matcher->store, (const char *)path);
		face_store_watch(matcher->store, str_copy(matcher->arena, folder).at);
	}
	fc->FcStrListDone(rules);
	watch_all(fc, matcher->store, fc->FcConfigGetConfigDirs(matcher->computer));
	watch_all(fc, matcher->store, fc->FcConfigGetFontDirs(matcher->computer));
	watch_all(fc, matcher->store, fc->FcConfigGetCacheDirs(matcher->computer));
}

static void open_fonts(struct matcher *matcher)
{
	const struct fontconfig *fc = &matcher->fc;
	int findings = diags_len(matcher->diags);
	load(&matcher->fc);
	matcher->opened = true;
	matcher->computer = fc->FcInitLoadConfigAndFonts();
	matcher->bare = fc->FcConfigCreate();
	matcher->own = own_fonts(
		fc, matcher->arena, matcher->own_folder, matcher->style, matcher->diags);
	FcFontSet *sets[] = {matcher->own, fc->FcConfigGetFonts(matcher->computer, FcSetSystem)};
	for (int i = 0; i < 2; i++)
		if (sets[i])
			matcher->fonts[matcher->fonts_count++] = (struct fonts){
				fc, matcher->bare, sets[i]};
	matcher->keeps = diags_len(matcher->diags) == findings;
	watch_fontconfig(matcher);
	watch_own(matcher);
}

struct matcher *matcher_new(struct arena *arena, const struct style *style,
	const struct face_keeping *keeping, struct diags *diags)
{
	struct matcher *matcher = arena_alloc(arena, sizeof *matcher);
	*matcher = (struct matcher){.arena = arena, .style = style, .diags = diags};
	matcher->own_folder = own_fonts_folder(arena, style);
	matcher->store = face_store_open(arena, keeping, matcher->own_folder);
	return matcher;
}

void matcher_free(struct matcher *matcher)
{
	const struct fontconfig *fc = &matcher->fc;
	if (!matcher->opened)
		return;
	if (matcher->keeps)
		face_store_keep(matcher->store);
	if (matcher->own)
		fc->FcFontSetDestroy(matcher->own);
	fc->FcConfigDestroy(matcher->bare);
	fc->FcConfigDestroy(matcher->computer);
}

/* -- one set of fonts -------------------------------------------------------------------------- */

static bool has_family(const struct fontconfig *fc, FcPattern *pattern, struct str family)
{
	FcChar8 *name;
	for (int i = 0; fc->FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
		if (fc->FcStrCmpIgnoreCase(name, (const FcChar8 *)family.at) == 0)
			return true;
	return false;
}

/* The best file of a family, to be destroyed; NULL when the family is not there. */
static FcPattern *match_kind(
	const struct fonts *fonts, struct str family, const struct cut *cut, FcBool variable)
{
	const struct fontconfig *fc = fonts->fc;
	static const char *const names[2][2] = {{"Regular", "Italic"}, {"Bold", "Bold Italic"}};
	FcPattern *wanted = fc->FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family.at, FC_WEIGHT,
		FcTypeInteger, cut->bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR, FC_SLANT,
		FcTypeInteger, cut->italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN, FC_WIDTH,
		FcTypeInteger, FC_WIDTH_NORMAL, FC_SCALABLE, FcTypeBool, FcTrue, FC_VARIABLE,
		FcTypeBool, variable, FC_STYLE, FcTypeString, names[cut->bold][cut->italic],
		(char *)NULL);
	FcResult result;
	FcFontSet *set = fonts->set;
	FcPattern *found = fc->FcFontSetMatch(fonts->bare, &set, 1, wanted, &result);
	fc->FcPatternDestroy(wanted);
	if (found && has_family(fc, found, family))
		return found;
	if (found)
		fc->FcPatternDestroy(found);
	return NULL;
}

/* Of what varies fontconfig tells the nearest that it can be. */
static bool is_exact(const struct fontconfig *fc, FcPattern *pattern, const struct cut *cut)
{
	int weight = FC_WEIGHT_REGULAR, slant = FC_SLANT_ROMAN;
	fc->FcPatternGetInteger(pattern, FC_WEIGHT, 0, &weight);
	fc->FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
	bool bold = weight >= FC_WEIGHT_DEMIBOLD || optical_named_bold(fc, pattern);
	return bold == cut->bold && (slant != FC_SLANT_ROMAN) == cut->italic;
}

/* A static face or a named instance, but for a cut that only the axes of a variable font have. */
static FcPattern *match_in(const struct fonts *fonts, struct str family, const struct cut *cut)
{
	const struct fontconfig *fc = fonts->fc;
	FcPattern *named = match_kind(fonts, family, cut, FcFalse);
	if (named && is_exact(fc, named, cut))
		return named;
	FcPattern *variable = match_kind(fonts, family, cut, FcTrue);
	bool better = variable && (!named || is_exact(fc, variable, cut));
	FcPattern *other = better ? named : variable;
	if (other)
		fc->FcPatternDestroy(other);
	return better ? variable : named;
}

/* -- all of them ------------------------------------------------------------------------------- */

/* The project's own, but for a cut that the computer has and the project has not; *fonts: where. */
static FcPattern *match(const struct matcher *matcher, struct str family, const struct cut *cut,
	const struct fonts **fonts)
{
	const struct fontconfig *fc = &matcher->fc;
	FcPattern *best = NULL;
	for (int i = 0; i < matcher->fonts_count; i++) {
		FcPattern *found = match_in(&matcher->fonts[i], family, cut);
		bool better = found &&
			(!best || (!is_exact(fc, best, cut) && is_exact(fc, found, cut)));
		FcPattern *other = better ? best : found;
		if (better) {
			best = found;
			*fonts = &matcher->fonts[i];
		}
		if (other)
			fc->FcPatternDestroy(other);
	}
	return best;
}

static bool is_variable(const struct fontconfig *fc, FcPattern *pattern)
{
	FcBool variable;
	return fc->FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable) == FcResultMatch &&
		variable == FcTrue;
}

static const char *file_of(const struct fontconfig *fc, struct arena *arena, FcPattern *pattern)
{
	FcChar8 *name = NULL;
	fc->FcPatternGetString(pattern, FC_FILE, 0, &name);
	return str_copy(arena, str_of(name ? (const char *)name : "")).at;
}

static bool hash_file(const char *path, struct hash *hash)
{
	struct stat status;
	int fd = file_open(path);
	bool good = fd >= 0 && fstat(fd, &status) == 0 && hash_fd(fd, status.st_size, hash);
	if (fd >= 0)
		close(fd);
	return good;
}

static struct matched ask(struct matcher *matcher, struct str family, const struct cut *cut)
{
	const struct fontconfig *fc = &matcher->fc;
	const struct fonts *fonts = NULL;
	FcPattern *found = match(matcher, family, cut, &fonts);
	struct matched matched = {0};
	if (!found)
		return matched;
	struct optical_choice choice = optical_choose(fonts, found, family, cut);
	matched.exact = is_exact(fc, choice.face, cut);
	matched.sized = choice.sized;
	matched.path = file_of(fc, matcher->arena, choice.face);
	matched.hashed = hash_file(matched.path, &matched.file);
	fc->FcPatternGetInteger(choice.face, FC_INDEX, 0, &matched.index);
	if (is_variable(fc, choice.face))
		matched.index |= instance_by_axes(cut);
	if (choice.rival)
		matched.rival = file_of(fc, matcher->arena, choice.rival);
	fc->FcPatternDestroy(found);
	fc->FcPatternDestroy(choice.face);
	if (choice.rival)
		fc->FcPatternDestroy(choice.rival);
	return matched;
}

struct matched matcher_find(struct matcher *matcher, struct str family, const struct cut *cut)
{
	struct matched matched;
	struct str name = str_copy(matcher->arena, family);
	struct str key = str_format(
		matcher->arena, "%s\t%d%d\t%d", name.at, cut->bold, cut->italic, cut->size);
	if (face_store_find(matcher->store, key, &matched))
		return matched;
	if (!matcher->opened)
		open_fonts(matcher);
	matched = ask(matcher, name, cut);
	face_store_put(matcher->store, key, &matched);
	return matched;
}
