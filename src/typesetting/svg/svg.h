/* svg.h - SVG → a drawing: paths in one frame, and what each is painted with. The subset of SVG 1.1
 * and 2 that is drawn: paths and the basic shapes, groups, transforms, solid fills and strokes. All
 * else is refused by name and place, for what a letterhead leaves out nobody notices in time. */
#ifndef SVG_SVG_H
#define SVG_SVG_H

#include "base/base.h"

/* Limits against hostile input; beyond them an error is reported. */
enum { SVG_MAX_BYTES = 8 * 1024 * 1024, SVG_MAX_POINTS = 200000, SVG_MAX_DASHES = 32 };

/* MOVE and LINE take one point, CURVE three: a cubic Bézier's; CLOSE none. */
enum svg_step { SVG_MOVE, SVG_LINE, SVG_CURVE, SVG_CLOSE };
enum svg_cap { SVG_BUTT, SVG_ROUND_CAP, SVG_SQUARE };
enum svg_join { SVG_MITER, SVG_ROUND_JOIN, SVG_BEVEL };

struct svg_paint {
	bool on;
	uint32_t colour; /* 0xRRGGBB */
	int opacity;     /* per mille */
};

/* Lengths are thousandths of the frame's unit, x to the right and y down. */
struct svg_shape {
	const uint8_t *steps; /* enum svg_step; the first is a MOVE */
	const int32_t (*points)[2];
	int step_count;
	bool even_odd;
	struct svg_paint fill, stroke;
	int width; /* of the stroke, at least 1 */
	enum svg_cap cap;
	enum svg_join join;
	int miter;                                              /* limit, thousandths */
	int dashes[2 * SVG_MAX_DASHES], dash_count, dash_phase; /* an even number of them */
	/* Where the pen is no circle: points and pen are stretched by that, millionths: x becomes
	 * [0] * x + [2] * y, and y [1] * x + [3] * y. */
	bool stretched;
	int32_t stretch[4];
};

/* The longer side of the frame is SVG_FRAME; what reaches beyond it is not seen. */
enum { SVG_FRAME = 1000000 };
struct svg {
	int width, height;
	sp natural_width; /* as the file has it, at 96 pixels to the inch */
	const struct svg_shape *shapes;
	int shape_count;
};

/* Reads a file's bytes; NULL after an error, which is reported with line and column in file:
 * whatever xml_read refuses, what is not drawn, values that cannot be read, limits. In the
 * arena. */
struct svg *svg_read(struct arena *arena, struct str bytes, const char *file, struct diags *diags);

/* The drawing as a file of SVG that holds it and nothing else, appended. */
void svg_write(const struct svg *svg, struct buf *out);

#endif
