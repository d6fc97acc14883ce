/* look.c - how a shape is painted: the properties of SVG, be they attributes of their own or
 * declared in an attribute "style" (SVG 2, 6 and 13). */
#include "svg/svg_int.h"

struct look look_start(void)
{
	return (struct look){.fill = {.on = true, .opacity = 1},
		.stroke = {.opacity = 1},
		.width = 1,
		.miter = 4,
		.opacity = 1};
}

struct look look_within(const struct look *around)
{
	struct look look = *around;
	look.opacity = 1;
	look.absent = false;
	return look;
}

/* -- values ------------------------------------------------------------------------------------ */

static bool set_brush(struct brush *brush, struct str value)
{
	brush->current = str_is(value, "currentColor") || str_is(value, "currentcolor");
	brush->on = !str_is(value, "none") && !str_is(value, "transparent");
	return brush->current || !brush->on || colour_read(value, &brush->colour);
}

static bool set_fill(struct look *look, struct str value)
{
	return set_brush(&look->fill, value);
}

static bool set_stroke(struct look *look, struct str value)
{
	return set_brush(&look->stroke, value);
}

static bool set_colour(struct look *look, struct str value)
{
	return colour_read(value, &look->colour);
}

/* From 0 to 1, or a percentage; what is beyond is taken as the end. */
static bool set_opacity(double *opacity, struct str value)
{
	bool percent = str_ends(value, "%");
	if (!number_read(str_slice(value, 0, value.len - percent), opacity))
		return false;
	*opacity = percent ? *opacity / 100 : *opacity;
	*opacity = *opacity < 0 ? 0 : *opacity > 1 ? 1 : *opacity;
	return true;
}

static bool set_fill_opacity(struct look *look, struct str value)
{
	return set_opacity(&look->fill.opacity, value);
}

static bool set_stroke_opacity(struct look *look, struct str value)
{
	return set_opacity(&look->stroke.opacity, value);
}

static bool set_own_opacity(struct look *look, struct str value)
{
	return set_opacity(&look->opacity, value);
}

static bool set_width(struct look *look, struct str value)
{
	return number_length(value, &look->width) && look->width >= 0;
}

static bool set_miter(struct look *look, struct str value)
{
	return number_read(value, &look->miter) && look->miter >= 1 && look->miter <= 1000;
}

/* The index of a value among words with a blank between, or -1. */
static int index_of(struct str value, const char *words)
{
	struct str rest = str_of(words), word;
	for (int i = 0; str_split(&rest, ' ', &word); i++)
		if (str_eq(value, word))
			return i;
	return -1;
}

static bool set_cap(struct look *look, struct str value)
{
	int cap = index_of(value, "butt round square");
	look->cap = cap < 0 ? SVG_BUTT : (enum svg_cap)cap;
	return cap >= 0;
}

static bool set_join(struct look *look, struct str value)
{
	int join = index_of(value, "miter round bevel");
	look->join = join < 0 ? SVG_MITER : (enum svg_join)join;
	return join >= 0;
}

static bool set_rule(struct look *look, struct str value)
{
	int rule = index_of(value, "nonzero evenodd");
	look->even_odd = rule == 1;
	return rule >= 0;
}

/* Dashes that are all 0 are none (SVG 2, 13.5.6). */
static bool set_dashes(struct look *look, struct str value)
{
	double sum = 0;
	look->dash_count = str_is(value, "none")
		? 0
		: number_length_list(value, look->dashes, SVG_MAX_DASHES);
	for (int i = 0; i < look->dash_count; i++) {
		if (look->dashes[i] < 0)
			return false;
		sum += look->dashes[i];
	}
	if (look->dash_count < 0)
		return false;
	look->dash_count = sum > 0 ? look->dash_count : 0;
	return true;
}

static bool set_dash_phase(struct look *look, struct str value)
{
	return number_length(value, &look->dash_phase);
}

static bool set_visibility(struct look *look, struct str value)
{
	int visibility = index_of(value, "visible hidden collapse");
	look->hidden = visibility > 0;
	return visibility >= 0;
}

static bool set_display(struct look *look, struct str value)
{
	look->absent = str_is(value, "none");
	return value.len > 0;
}

/* -- the table --------------------------------------------------------------------------------- */

#define ONE_COLOUR "give it one colour: no gradient, no pattern"
#define A_LENGTH "a length like 1.5, without a percentage"
#define AN_OPACITY "a number from 0 to 1"
#define CUT_ITSELF "cut the shapes themselves: Path > Intersection in Inkscape"

static const struct property {
	const char *name;
	bool (*set)(struct look *look, struct str value); /* NULL: it changes nothing here */
	const char *wanted;   /* what its value should be, or what to do instead of it */
	const char *harmless; /* set NULL: the values that change nothing; NULL: all */
	bool own;             /* not handed down */
} properties[] = {
	{"fill", set_fill, "none, currentColor or a colour like #1d4f8f", NULL, false},
	{"stroke", set_stroke, "none, currentColor or a colour like #1d4f8f", NULL, false},
	{"color", set_colour, "a colour like #1d4f8f", NULL, false},
	{"fill-opacity", set_fill_opacity, AN_OPACITY, NULL, false},
	{"stroke-opacity", set_stroke_opacity, AN_OPACITY, NULL, false},
	{"opacity", set_own_opacity, AN_OPACITY, NULL, true},
	{"fill-rule", set_rule, "nonzero or evenodd", NULL, false},
	{"stroke-width", set_width, A_LENGTH, NULL, false},
	{"stroke-linecap", set_cap, "butt, round or square", NULL, false},
	{"stroke-linejoin", set_join, "miter, round or bevel", NULL, false},
	{"stroke-miterlimit", set_miter, "a number from 1 to 1000", NULL, false},
	{"stroke-dasharray", set_dashes, "none or up to 32 lengths like 4 2", NULL, false},
	{"stroke-dashoffset", set_dash_phase, A_LENGTH, NULL, false},
	{"visibility", set_visibility, "visible or hidden", NULL, false},
	{"display", set_display, "inline or none", NULL, true},
	{"clip-path", NULL, CUT_ITSELF, "none", true},
	{"mask", NULL, CUT_ITSELF, "none", true},
	{"filter", NULL, "take the effect out, or save the whole as PNG", "none", true},
	{"marker", NULL, "draw arrow heads as paths of their own", "none", false},
	{"marker-start", NULL, "draw arrow heads as paths of their own", "none", false},
	{"marker-mid", NULL, "draw arrow heads as paths of their own", "none", false},
	{"marker-end", NULL, "draw arrow heads as paths of their own", "none", false},
	{"mix-blend-mode", NULL, "give it the colour that is to be seen", "normal", true},
	{"paint-order", NULL, "draw the stroke below as a shape of its own", "normal", false},
	{"vector-effect", NULL, "give the stroke the width that it shall have", "none", true},
	{"transform-origin", NULL, "write the transform without it", "", true},
	{"font", NULL, NULL, NULL, false},
	{"line-height", NULL, NULL, NULL, false},
	{"letter-spacing", NULL, NULL, NULL, false},
	{"word-spacing", NULL, NULL, NULL, false},
	{"white-space", NULL, NULL, NULL, false},
	{"writing-mode", NULL, NULL, NULL, false},
	{"direction", NULL, NULL, NULL, false},
	{"baseline-shift", NULL, NULL, NULL, false},
	{"dominant-baseline", NULL, NULL, NULL, false},
	{"overflow", NULL, NULL, NULL, true},
	{"isolation", NULL, NULL, NULL, true},
	{"clip-rule", NULL, NULL, NULL, false},
	{"clip", NULL, CUT_ITSELF, "auto", true},
	{"cursor", NULL, NULL, NULL, false},
	{"pointer-events", NULL, NULL, NULL, false},
	{"enable-background", NULL, NULL, NULL, true},
	{"color-interpolation", NULL, NULL, NULL, false},
	{"color-interpolation-filters", NULL, NULL, NULL, false},
	{"color-rendering", NULL, NULL, NULL, false},
	{"image-rendering", NULL, NULL, NULL, false},
	{"shape-rendering", NULL, NULL, NULL, false},
	{"text-rendering", NULL, NULL, NULL, false},
	{"flood-color", NULL, NULL, NULL, true},
	{"flood-opacity", NULL, NULL, NULL, true},
	{"lighting-color", NULL, NULL, NULL, true},
	{"stop-color", NULL, NULL, NULL, true},
	{"stop-opacity", NULL, NULL, NULL, true},
	{"solid-color", NULL, NULL, NULL, true},
	{"solid-opacity", NULL, NULL, NULL, true},
	{"shape-padding", NULL, NULL, NULL, true},
	{"shape-margin", NULL, NULL, NULL, true},
	{"inline-size", NULL, NULL, NULL, true},
};

/* Of text, of which there is none here, and of those who drew it: "-inkscape-stroke". */
static const char *const unused[] = {"font-", "text-", "-"};

static const struct property *property_of(struct str name)
{
	static const struct property nothing = {"", NULL, NULL, NULL, false};
	for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
		if (str_is(name, properties[i].name))
			return &properties[i];
	for (size_t i = 0; i < sizeof unused / sizeof *unused; i++)
		if (str_starts(name, unused[i]))
			return &nothing;
	return NULL;
}

enum look_fault look_set(struct look *look, struct str name, struct str value, const char **wanted)
{
	const struct property *property = property_of(name);
	if (!property)
		return LOOK_UNKNOWN;
	value = str_trim(value);
	*wanted = property->wanted;
	if (str_is(value, "inherit") && !property->own)
		return LOOK_GOOD;
	if (!property->set)
		return property->harmless && !str_is(value, property->harmless) ? LOOK_REFUSED
										: LOOK_GOOD;
	if (str_starts(value, "url(")) {
		*wanted = ONE_COLOUR;
		return LOOK_REFUSED;
	}
	return property->set(look, value) ? LOOK_GOOD : LOOK_VALUE;
}
