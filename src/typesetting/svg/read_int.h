/* read_int.h - between read.c (the elements of a file), properties.c (their attributes), view.c
 * (how large the picture is) and refuse.c (what is said of what cannot be drawn). */
#ifndef SVG_READ_INT_H
#define SVG_READ_INT_H

#include "svg/svg_int.h"

struct reader {
	struct arena *arena;
	struct diags *diags;
	vec(struct svg_shape) shapes;
	int points;
	bool failed;
};

/* What an element has from those around it. */
struct around {
	struct matrix matrix; /* to the frame */
	struct look look;
};

/* How wide and high the picture is, in pixels, and what of the user's space it shows. */
struct view {
	double width, height; /* 0: not said */
	double box[4];        /* x, y, width, height */
	double across, down;  /* where it stands in what is left over: 0, 0.5 or 1 */
	bool meet, stretch;   /* all of it is seen; its proportions are not kept */
};

/* -- refuse.c: the first finding counts */
void svg_refuse(struct reader *reader, struct place at, struct str what, const char *hint);
void svg_refuse_value(struct reader *reader, struct place at, struct str name, struct str value,
	const char *wanted);
void svg_refuse_limit(struct reader *reader, struct place at, const char *what);

/* -- properties.c */
const struct xml_attribute *svg_attribute(const struct xml_node *node, const char *name);
/* What holds within an element, whose own attributes are named; false: nothing of it is to be
 * seen. */
bool properties_enter(struct reader *reader, const struct xml_node *node, const char *own,
	const struct around *around, struct around *inner);

/* -- view.c */
/* From the attributes of the root; out gets the sizes. False after an error. */
bool view_read(
	struct reader *reader, const struct xml_node *root, struct view *view, struct svg *out);
/* From the user's space to the frame (SVG 2, 8.2 and 8.6). */
struct matrix view_matrix(const struct view *view);

#endif
