/* write.c - a drawing as a file of SVG: what was read, and nothing else that was in the file. */
#include "svg/svg_int.h"

static void put_paint(struct buf *out, const char *name, const struct svg_paint *paint)
{
	if (!paint->on) {
		buf_format(out, " %s=\"none\"", name);
		return;
	}
	buf_format(out, " %s=\"#%06x\"", name, (unsigned)paint->colour);
	if (paint->opacity < 1000) {
		buf_format(out, " %s-opacity=\"", name);
		buf_decimal(out, paint->opacity, 3);
		buf_char(out, '"');
	}
}

static void put_number(struct buf *out, const char *name, int thousandths)
{
	buf_format(out, " %s=\"", name);
	buf_decimal(out, thousandths, 3);
	buf_char(out, '"');
}

static void put_pen(struct buf *out, const struct svg_shape *shape)
{
	static const char *const caps[] = {"butt", "round", "square"};
	static const char *const joins[] = {"miter", "round", "bevel"};
	put_number(out, "stroke-width", shape->width);
	if (shape->cap != SVG_BUTT)
		buf_format(out, " stroke-linecap=\"%s\"", caps[shape->cap]);
	if (shape->join != SVG_MITER)
		buf_format(out, " stroke-linejoin=\"%s\"", joins[shape->join]);
	else
		put_number(out, "stroke-miterlimit", shape->miter);
	for (int i = 0; i < shape->dash_count; i++) {
		buf_puts(out, i ? " " : " stroke-dasharray=\"");
		buf_decimal(out, shape->dashes[i], 3);
	}
	if (shape->dash_count)
		buf_char(out, '"');
	if (shape->dash_phase)
		put_number(out, "stroke-dashoffset", shape->dash_phase);
}

static void put_outline(struct buf *out, const struct svg_shape *shape)
{
	static const char letters[] = "MLCZ";
	static const int counts[] = {1, 1, 3, 0};
	const int32_t(*point)[2] = shape->points;
	buf_puts(out, " d=\"");
	for (int i = 0; i < shape->step_count; i++) {
		buf_char(out, letters[shape->steps[i]]);
		for (int k = 0; k < counts[shape->steps[i]]; k++, point++) {
			buf_puts(out, k ? " " : "");
			buf_decimal(out, (*point)[0], 3);
			buf_char(out, ' ');
			buf_decimal(out, (*point)[1], 3);
		}
	}
	buf_char(out, '"');
}

static void put_stretch(struct buf *out, const int32_t stretch[4])
{
	buf_puts(out, " transform=\"matrix(");
	for (int i = 0; i < 4; i++) {
		buf_decimal(out, stretch[i], 6);
		buf_char(out, ' ');
	}
	buf_puts(out, "0 0)\"");
}

static void put_shape(struct buf *out, const struct svg_shape *shape)
{
	buf_puts(out, "<path");
	put_paint(out, "fill", &shape->fill);
	if (shape->fill.on && shape->even_odd)
		buf_puts(out, " fill-rule=\"evenodd\"");
	if (shape->stroke.on) {
		put_paint(out, "stroke", &shape->stroke);
		put_pen(out, shape);
	}
	if (shape->stretched)
		put_stretch(out, shape->stretch);
	put_outline(out, shape);
	buf_puts(out, "/>\n");
}

void svg_write(const struct svg *svg, struct buf *out)
{
	buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
	buf_decimal(out, svg->width, 3);
	buf_char(out, ' ');
	buf_decimal(out, svg->height, 3);
	buf_puts(out, "\">\n");
	for (int i = 0; i < svg->shape_count; i++)
		put_shape(out, &svg->shapes[i]);
	buf_puts(out, "</svg>\n");
}
