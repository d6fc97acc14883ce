/* SVG: what is refused is named at its place, limits are kept, figures are read as the standard has
 * them. How it looks is held against librsvg's drawings in judges/svg.py. */
#include "base/diag_id.h"
#include "svg/svg_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct desk {
	struct arena *arena;
	struct diags *diags;
};

static int setup(void **state)
{
	struct arena *arena = arena_new();
	struct desk *desk = arena_alloc(arena, sizeof *desk);
	*desk = (struct desk){arena, diags_new()};
	*state = desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	diags_free(desk->diags);
	arena_free(desk->arena);
	return 0;
}

#define ROOT "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">"

/* What stands in the second line of a picture. */
static struct svg *read(struct desk *desk, const char *inner)
{
	struct str bytes = str_format(desk->arena, ROOT "\n%s</svg>", inner);
	diags_clear(desk->diags);
	return svg_read(desk->arena, bytes, "a.svg", desk->diags);
}

static void what_is_not_drawn_is_named_at_its_place(void **state)
{
	static const struct {
		const char *inner;
		enum diag_id id;
		int column;
		const char *said, *hint;
	} rows[] = {
		{"<text>A</text>", DIAG_SVG_REFUSED, 1, "<text> is not drawn", "text to paths"},
		{"<g><tspan/></g>", DIAG_SVG_REFUSED, 4, "<tspan>", "text to paths"},
		{"<image/>", DIAG_SVG_REFUSED, 1, "<image>", "PNG"},
		{"<use href='#a'/>", DIAG_SVG_REFUSED, 1, "<use>", "copy"},
		{"<style>rect{fill:red}</style>", DIAG_SVG_REFUSED, 1, "<style>", "attributes"},
		{"<defs><style>a{}</style></defs>", DIAG_SVG_REFUSED, 7, "<style>", "attributes"},
		{"<script>x</script>", DIAG_SVG_REFUSED, 1, "<script>", "nothing runs"},
		{"<foreignObject/>", DIAG_SVG_REFUSED, 1, "<foreignObject>", "paths"},
		{"<svg/>", DIAG_SVG_REFUSED, 1, "<svg>", "<g>"},
		{"<switch/>", DIAG_SVG_REFUSED, 1, "<switch>", "branches"},
		{"<a><path/></a>", DIAG_SVG_REFUSED, 1, "<a>", "links"},
		{"<animate/>", DIAG_SVG_REFUSED, 1, "<animate>", "still"},
		{"<circel r='3'/>", DIAG_SVG_REFUSED, 1, "<circel>", "plain paths"},
		{"<path><animate/></path>", DIAG_SVG_REFUSED, 7, "<animate> in <path>", "still"},
		{"<path onclick='x()'/>", DIAG_SVG_REFUSED, 7, "script in onclick", "runs"},
		{"<path pathLength='9'/>", DIAG_SVG_REFUSED, 7, "pathLength of <path>", "plain"},
		{"<path x='9'/>", DIAG_SVG_REFUSED, 7, "x of <path>", "plain"},
		{"<path fill='url(#a)'/>", DIAG_SVG_REFUSED, 7, "fill=\"url(#a)\"", "gradient"},
		{"<path style='stroke:url(#a)'/>", DIAG_SVG_REFUSED, 7, "stroke", "pattern"},
		{"<g clip-path='url(#a)'/>", DIAG_SVG_REFUSED, 4, "clip-path", "cut"},
		{"<g mask='url(#a)'/>", DIAG_SVG_REFUSED, 4, "mask", "cut"},
		{"<g filter='url(#a)'/>", DIAG_SVG_REFUSED, 4, "filter", "effect"},
		{"<path marker-end='url(#a)'/>", DIAG_SVG_REFUSED, 7, "marker-end", "arrow"},
		{"<path style='mix-blend-mode:multiply'/>", DIAG_SVG_REFUSED, 7, "multiply",
			"colour"},
		{"<path style='paint-order:stroke'/>", DIAG_SVG_REFUSED, 7, "paint-order",
			"stroke below"},
		{"<path vector-effect='non-scaling-stroke'/>", DIAG_SVG_REFUSED, 7, "vector-effect",
			"width"},
		{"<path style='rotate:9deg'/>", DIAG_SVG_REFUSED, 7, "the property rotate",
			"plain paths"},
		{"<g opacity='.5'><path/></g>", DIAG_SVG_REFUSED, 1, "the opacity of a <g>",
			"fill-opacity"},
		{"<path d='M0 0h9v9z' stroke='red' opacity='.5'/>", DIAG_SVG_REFUSED, 1,
			"one opacity for fill and stroke", "two shapes"},
		{"<path d='M0 0h'/>", DIAG_SVG_VALUE, 7, "d=\"M0 0h\" is not", "mend"},
		{"<path d='L0 0'/>", DIAG_SVG_VALUE, 7, "d=\"L0 0\"", "mend"},
		{"<path d='M0 0z9 9'/>", DIAG_SVG_VALUE, 7, "z9 9", "mend"},
		{"<path d='M0 0A9 9 0 2 0 9 9'/>", DIAG_SVG_VALUE, 7, "A9 9", "mend"},
		{"<path d='M0 0l1e99 0'/>", DIAG_SVG_VALUE, 7, "1e99", "mend"},
		{"<polygon points='1 2 3'/>", DIAG_SVG_VALUE, 10, "points=\"1 2 3\"", "mend"},
		{"<rect width='50%' height='9'/>", DIAG_SVG_VALUE, 7, "width=\"50%\"", "mend"},
		{"<rect width='2em' height='9'/>", DIAG_SVG_VALUE, 7, "width=\"2em\"", "mend"},
		{"<circle r='-1'/>", DIAG_SVG_VALUE, 9, "r=\"-1\"", "mend"},
		{"<g transform='turn(9)'/>", DIAG_SVG_VALUE, 4, "turn(9)", "mend"},
		{"<g transform='rotate(1 2)'/>", DIAG_SVG_VALUE, 4, "rotate(1 2)", "mend"},
		{"<g transform='scale(1'/>", DIAG_SVG_VALUE, 4, "scale(1", "mend"},
		{"<path fill='#12345'/>", DIAG_SVG_VALUE, 7, "#12345", "mend"},
		{"<path fill='reddish'/>", DIAG_SVG_VALUE, 7, "reddish", "mend"},
		{"<path fill='rgb(1,2)'/>", DIAG_SVG_VALUE, 7, "rgb(1,2)", "mend"},
		{"<path stroke-width='-2'/>", DIAG_SVG_VALUE, 7, "-2", "mend"},
		{"<path stroke-width='2%'/>", DIAG_SVG_VALUE, 7, "2%", "mend"},
		{"<path stroke-linejoin='arcs'/>", DIAG_SVG_VALUE, 7, "arcs", "mend"},
		{"<path stroke-miterlimit='.5'/>", DIAG_SVG_VALUE, 7, ".5", "mend"},
		{"<path stroke-dasharray='3 -1'/>", DIAG_SVG_VALUE, 7, "3 -1", "mend"},
		{"<path style='fill'/>", DIAG_SVG_VALUE, 7, "declarations", "mend"},
		{"<path d='M0 0L99999999 1'/>", DIAG_SVG_LIMIT, 1, "a thousand times", "simplify"},
		{"<path", DIAG_XML_SYNTAX, 0, "", ""},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct svg *svg = read(desk, rows[i].inner);
		const struct diag *diag = svg ? NULL : diags_at(desk->diags, 0);
		if (!diag || diags_len(desk->diags) != 1 || diag->id != (int)rows[i].id)
			fail_msg("%s", rows[i].inner);
		if (rows[i].column && (diag->at.line != 2 || diag->at.column != rows[i].column))
			fail_msg("%s at %d:%d", rows[i].inner, diag->at.line, diag->at.column);
		const char *hint = diag->hint ? diag->hint : "";
		if (!strstr(diag->text, rows[i].said) || !strstr(hint, rows[i].hint))
			fail_msg("%s: %s: %s", rows[i].inner, diag->text, hint);
	}
}

static void what_says_nothing_of_looks_is_left_alone(void **state)
{
	static const char *const rows[] = {
		"<g id='a' class='b' aria-label='c' data-d='e' xml:space='preserve'/>",
		"<path font-size='3' style='-x-y:z; text-anchor:end; mask:none; filter : none'/>",
		"<defs><clipPath id='c'><path d='x'/></clipPath><use/></defs>",
		"<title>T<a/></title><metadata><z xmlns='urn:z'/></metadata><style> </style>",
		"<z xmlns='urn:z' onclick='x()'><text/></z>",
		"<path><title>T</title></path>",
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct svg *svg = read(desk, rows[i]);
		if (!svg || svg->shape_count || diags_len(desk->diags))
			fail_msg("%s", rows[i]);
	}
}

static void a_root_says_how_large_it_is(void **state)
{
	static const struct {
		const char *attributes;
		int width, height; /* thousandths of the frame; 0: refused */
		double natural;    /* points */
	} rows[] = {
		{"viewBox='0 0 40 20'", 1000000, 500000, 30},
		{"width='40' height='20'", 1000000, 500000, 30},
		{"width='1in' height='96pt'", 750000, 1000000, 72},
		{"width='2cm' viewBox='0 0 1 3'", 333333, 1000000, 56.693},
		{"height='10mm' viewBox='0 0 5 1'", 1000000, 200000, 141.732},
		{"width='100%' height='auto' viewBox='1,2,3,3'", 1000000, 1000000, 2.25},
		{"width='40'", 0, 0, 0},
		{"", 0, 0, 0},
		{"width='0' height='20'", 0, 0, 0},
		{"viewBox='0 0 40'", 0, 0, 0},
		{"viewBox='0 0 0 20'", 0, 0, 0},
		{"viewBox='0 0 1 20000'", 0, 0, 0},
		{"viewBox='0 0 9 9' preserveAspectRatio='left'", 0, 0, 0},
		{"viewBox='0 0 9 9' preserveAspectRatio='xMidYMid fill'", 0, 0, 0},
		{"viewBox='0 0 9 9' preserveAspectRatio='xMidYMad'", 0, 0, 0},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str bytes = str_format(desk->arena,
			"<svg xmlns='http://www.w3.org/2000/svg' %s/>", rows[i].attributes);
		struct svg *svg = svg_read(desk->arena, bytes, "a.svg", desk->diags);
		if (!svg != !rows[i].width)
			fail_msg("%s", rows[i].attributes);
		if (!svg)
			continue;
		double natural = svg->natural_width / (double)SP_PER_PT;
		if (svg->width != rows[i].width || svg->height != rows[i].height ||
			natural < rows[i].natural - .001 || natural > rows[i].natural + .001)
			fail_msg("%s: %d %d %f", rows[i].attributes, svg->width, svg->height,
				natural);
	}
}

static void limits_are_kept(void **state)
{
	struct desk *desk = *state;
	struct buf path = {0};
	for (int i = 0; i < 4; i++) {
		buf_puts(&path, "<path d='M0 0");
		for (int k = 0; k < 30000; k++)
			buf_puts(&path, "h1");
		buf_puts(&path, "'/>");
	}
	struct svg *svg = read(desk, buf_text(&path).at);
	assert_non_null(svg);
	buf_puts(&path, "<path d='M0 0");
	for (int k = 0; k < 15000; k++)
		buf_puts(&path, "h1");
	buf_puts(&path, "'/>");
	struct str four = str_slice(buf_text(&path), 0, (int)path.len);
	svg = read(desk, str_format(desk->arena, "%.*s%.*s", str_arg(four), str_arg(four)).at);
	assert_null(svg);
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_SVG_LIMIT);
	buf_clear(&path);
	buf_puts(&path, ROOT);
	while (path.len <= SVG_MAX_BYTES)
		buf_puts(&path, "                                                                ");
	buf_puts(&path, "</svg>");
	diags_clear(desk->diags);
	assert_null(svg_read(desk->arena, buf_text(&path), "a.svg", desk->diags));
	assert_int_equal(diags_at(desk->diags, 0)->id, DIAG_SVG_LIMIT);
	buf_free(&path);
}

static void numbers_are_read_to_their_end(void **state)
{
	static const struct {
		const char *text;
		double number;
		int end; /* -1: none */
	} rows[] = {{"0", 0, 1}, {"-1.5", -1.5, 4}, {"+.5.5", .5, 3}, {"1.", 1, 2},
		{"1e3", 1000, 3}, {"1E-2x", .01, 4}, {"1em", 1, 1}, {"1e+", 1, 1},
		{"12345678901234567890", 0, -1},
		{"0.1234567890123456789", .1234567890123456789, 21}, {"1e-99", 0, 5},
		{"0e99", 0, 4}, {"1e9", 1e9, 3}, {"1000000001", 0, -1}, {".", 0, -1}, {"-", 0, -1},
		{"e5", 0, -1}, {"", 0, -1}, {"000000000000000000001", 1, 21}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int at = 0;
		double number = 0;
		bool good = number_next(str_of(rows[i].text), &at, &number);
		double off = good ? number - rows[i].number : 0;
		if (good != (rows[i].end >= 0) || (good && at != rows[i].end) || off > 1e-15 ||
			off < -1e-15)
			fail_msg("%s: %g to %d", rows[i].text, number, at);
	}
}

static void what_is_written_is_read_as_it_was(void **state)
{
	struct desk *desk = *state;
	struct svg *svg = read(desk,
		"<g fill='#123456' stroke='red' stroke-width='3' stroke-dasharray='1 2 3'>"
		"<circle cx='40' cy='50' r='30'/><path d='M1 1L99 4 20 80z' fill-opacity='.25'/>"
		"</g><path fill-rule='evenodd' d='M0 0h90L30 90z'/>");
	struct buf once = {0}, twice = {0};
	svg_write(svg, &once);
	svg_write(svg_read(desk->arena, buf_text(&once), "b.svg", desk->diags), &twice);
	assert_string_equal(buf_text(&once).at, buf_text(&twice).at);
	buf_free(&once);
	buf_free(&twice);
}

#define desk_test(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(what_is_not_drawn_is_named_at_its_place),
		desk_test(what_says_nothing_of_looks_is_left_alone),
		desk_test(a_root_says_how_large_it_is),
		desk_test(limits_are_kept),
		cmocka_unit_test(numbers_are_read_to_their_end),
		desk_test(what_is_written_is_read_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
