/* faces_int.h - between faces.c, which asks fontconfig, and optical.c. */
#ifndef TEXT_FACES_INT_H
#define TEXT_FACES_INT_H

#include "text/text_int.h"

#include <fontconfig/fontconfig.h>

/* The face for a size, of those that are equal to the one found but for that; to be destroyed. */
struct optical_choice {
	FcPattern *face;
	FcPattern *rival; /* another that nothing tells from it, to be destroyed; or NULL */
	bool sized;       /* for another size it may be another */
};
struct optical_choice optical_choose(
	FcConfig *config, FcPattern *found, struct str family, sp size);

#endif
