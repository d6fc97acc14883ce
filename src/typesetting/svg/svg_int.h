/* svg_int.h - what the files of this room share.
 *
 *   number_  figures and lengths          matrix_  transforms
 *   outline_ paths in the user's space    look_    properties: how a shape is painted
 *
 * Reckoned is in doubles, with nothing but + - * / and square roots, which IEEE 754 rounds exactly,
 * and no contraction (meson.build): so each machine comes to the same thousandths. */
#ifndef SVG_SVG_INT_H
#define SVG_SVG_INT_H

#include "svg/svg.h"

#include "xml/xml.h"

/* -- number.c ---------------------------------------------------------------------------------- */

/* The number at *at, which moves behind it (SVG 2, 4.2); false when there is none, or it is beyond
 * a thousand million. */
bool number_next(struct str text, int *at, double *out);
/* Moves over white space and at most one comma. */
void number_gap(struct str text, int *at);
/* A text that is one number and nothing else, or up to max of them: how many, -1 for none such. */
bool number_read(struct str text, double *out);
int number_list(struct str text, double *out, int max);
/* A number with a unit or none: in pixels, 96 to the inch. */
bool number_length(struct str text, double *out);
int number_length_list(struct str text, double *out, int max);

/* -- matrix.c ---------------------------------------------------------------------------------- */

struct point {
	double x, y;
};

/* x becomes a x + c y + e, and y b x + d y + f. */
struct matrix {
	double a, b, c, d, e, f;
};
struct point matrix_apply(const struct matrix *matrix, struct point point);
/* What first does the second, then the first. */
struct matrix matrix_product(const struct matrix *first, const struct matrix *second);
double matrix_determinant(const struct matrix *matrix);
/* The value of an attribute "transform" (SVG 1.1, 7.6); false when it is none. */
bool matrix_read(struct str text, struct matrix *out);

/* -- path.c, arc.c ----------------------------------------------------------------------------- */

struct outline {
	struct arena *arena;
	vec(uint8_t) steps;
	vec(struct point) points;
	struct point start, at;
};
void outline_move(struct outline *outline, struct point to);
void outline_line(struct outline *outline, struct point to);
void outline_curve(struct outline *outline, struct point one, struct point two, struct point to);
void outline_close(struct outline *outline);

/* An arc of an ellipse to a point (SVG 2, 9.5.1 and B.2). */
struct arc {
	double rx, ry, degrees;
	bool large, sweep;
	struct point to;
};
void outline_arc(struct outline *outline, struct arc arc);

/* The sine and the cosine of an angle. */
struct point turn_of(double degrees);

/* The value of an attribute "d" (SVG 2, 9.3); -1, or the offset where it cannot be read. */
int outline_read(struct outline *outline, struct str d);

/* -- shapes.c ---------------------------------------------------------------------------------- */

/* An element of SVG. */
struct svg_element {
	const char *name;
	enum { SVG_GROUP, SVG_SHAPE, SVG_UNSEEN, SVG_REFUSED } kind;
	const char *attributes; /* its own, with a blank between */
	/* Makes its outline; false when an attribute cannot be read, which is named. */
	bool (*outline)(
		const struct xml_node *node, struct outline *outline, const char **attribute);
	const char *hint; /* of REFUSED */
};
/* NULL: there is none of that name. */
const struct svg_element *svg_element(struct str name);

/* -- look.c, colour.c -------------------------------------------------------------------------- */

struct brush {
	bool on, current; /* current: the property "color" */
	uint32_t colour;
	double opacity;
};

/* The properties of an element; those it hands down to the elements in it come first. */
struct look {
	uint32_t colour;
	struct brush fill, stroke;
	bool even_odd, hidden;
	double width, miter;
	enum svg_cap cap;
	enum svg_join join;
	double dashes[SVG_MAX_DASHES], dash_phase;
	int dash_count;
	double opacity; /* of this element; so is what follows */
	bool absent;    /* display="none" */
};

struct look look_start(void);
struct look look_within(const struct look *around);
/* What is wrong with a property. */
enum look_fault { LOOK_GOOD, LOOK_UNKNOWN, LOOK_VALUE, LOOK_REFUSED };
/* Sets it; wanted says what its value should be, or what to do about one that is refused. */
enum look_fault look_set(struct look *look, struct str name, struct str value, const char **wanted);

/* "#1d4f8f", "#fff", "rgb(29, 79, 143)" or one of the names (CSS Color 4, 6.1). */
bool colour_read(struct str text, uint32_t *out);

/* -- shape.c ----------------------------------------------------------------------------------- */

/* The shape that an outline is in the frame; false when it reaches more than a thousand frames
 * away. *seen becomes whether there is anything to paint. */
bool shape_make(const struct outline *outline, const struct matrix *matrix, const struct look *look,
	struct svg_shape *shape, bool *seen);

#endif
