/* form.c - drawings → form XObjects (ISO 32000-1 8.5 and 8.10). The form's matrix turns the
 * frame, whose y goes down, into the unit square, so that the page places it as it does an image.
 * What of it is not opaque has a graphics state named by its opacities: /G500.1000. */
#include "pdf/pdf_int.h"

static void put_numbers(struct buf *out, const int32_t *numbers, int count)
{
	for (int i = 0; i < count; i++) {
		put_milli(out, numbers[i]);
		buf_char(out, ' ');
	}
}

static void put_outline(struct buf *out, const struct svg_shape *shape)
{
	static const char *const operators[] = {"m\n", "l\n", "c\n", "h\n"}; /* by enum svg_step */
	static const int counts[] = {1, 1, 3, 0};
	const int32_t(*point)[2] = shape->points;
	for (int i = 0; i < shape->step_count; i++) {
		int count = counts[shape->steps[i]];
		for (int k = 0; k < count; k++)
			put_numbers(out, point[k], 2);
		point += count;
		buf_puts(out, operators[shape->steps[i]]);
	}
}

/* Caps and joins of SVG have the numbers that PDF gives them (8.4.3.3 and 8.4.3.4). */
static void put_pen(struct buf *out, const struct svg_shape *shape)
{
	const int32_t pen[] = {shape->width, shape->miter};
	put_numbers(out, pen, 1);
	buf_format(out, "w %d J %d j ", (int)shape->cap, (int)shape->join);
	put_numbers(out, pen + 1, 1);
	buf_puts(out, "M ");
	if (shape->dash_count) {
		buf_char(out, '[');
		put_numbers(out, shape->dashes, shape->dash_count);
		buf_char(out, ']');
		put_numbers(out, &shape->dash_phase, 1);
		buf_puts(out, "d ");
	}
}

static bool is_clear(const struct svg_paint *paint)
{
	return paint->on && paint->opacity < 1000;
}

static int opacity_of(const struct svg_paint *paint)
{
	return paint->on ? paint->opacity : 1000;
}

static void put_state(struct buf *out, const struct svg_shape *shape)
{
	if (is_clear(&shape->fill) || is_clear(&shape->stroke))
		buf_format(
			out, "/G%d.%d gs ", opacity_of(&shape->fill), opacity_of(&shape->stroke));
	if (shape->stretched) {
		for (int i = 0; i < 4; i++) {
			buf_decimal(out, shape->stretch[i], 6);
			buf_char(out, ' ');
		}
		buf_puts(out, "0 0 cm ");
	}
	if (shape->fill.on)
		put_colour(out, shape->fill.colour, false);
	if (shape->stroke.on) {
		put_colour(out, shape->stroke.colour, true);
		put_pen(out, shape);
	}
	buf_char(out, '\n');
}

/* One operator that does both knocks the fill out below a stroke that is not opaque (11.7.4.4). */
static void put_shape(struct buf *out, const struct svg_shape *shape)
{
	bool both = shape->fill.on && shape->stroke.on && !is_clear(&shape->stroke);
	buf_puts(out, "q ");
	put_state(out, shape);
	if (shape->fill.on) {
		put_outline(out, shape);
		buf_puts(out, both ? "B" : "f");
		buf_puts(out, shape->even_odd ? "*\n" : "\n");
	}
	if (shape->stroke.on && !both) {
		put_outline(out, shape);
		buf_puts(out, "S\n");
	}
	buf_puts(out, "Q\n");
}

void form_put(struct buf *out, const struct svg *svg, struct libdeflate_compressor *deflate)
{
	struct buf operators = {0};
	for (int i = 0; i < svg->shape_count; i++)
		put_shape(&operators, &svg->shapes[i]);
	put_deflated(out, buf_text(&operators), deflate);
	buf_free(&operators);
}

static bool is_named(const struct svg *svg, int before, const struct svg_shape *shape)
{
	for (int i = 0; i < before; i++)
		if (opacity_of(&svg->shapes[i].fill) == opacity_of(&shape->fill) &&
			opacity_of(&svg->shapes[i].stroke) == opacity_of(&shape->stroke))
			return true;
	return false;
}

static void put_states(struct buf *out, const struct svg *svg)
{
	int named = 0;
	for (int i = 0; i < svg->shape_count; i++) {
		const struct svg_shape *shape = &svg->shapes[i];
		int32_t fill = opacity_of(&shape->fill), stroke = opacity_of(&shape->stroke);
		if ((fill == 1000 && stroke == 1000) || is_named(svg, i, shape))
			continue;
		buf_format(out, "%s/G%d.%d<</ca ", named++ ? "" : "/ExtGState<<", fill, stroke);
		put_numbers(out, &fill, 1);
		buf_puts(out, "/CA ");
		put_numbers(out, &stroke, 1);
		buf_puts(out, ">>");
	}
	buf_puts(out, named ? ">>" : "");
}

unsigned form_write(struct pdf_writer *writer, const struct svg *svg, struct str operators)
{
	HPDF_Dict dict = object_stream(writer, operators);
	struct buf *out = object_open(writer, dict);
	const int32_t box[] = {0, 0, svg->width, svg->height};
	const int64_t billion = 1000000000, thousandths = 1000;
	buf_puts(out, "/Type/XObject/Subtype/Form/Filter/FlateDecode/BBox[");
	put_numbers(out, box, 4);
	buf_puts(out, "]/Matrix[");
	buf_decimal(out, billion * thousandths / svg->width, 9);
	buf_puts(out, " 0 0 ");
	buf_decimal(out, -billion * thousandths / svg->height, 9);
	buf_puts(out, " 0 1]/Resources<<");
	put_states(out, svg);
	buf_puts(out, ">>");
	return object_close(writer, dict);
}
