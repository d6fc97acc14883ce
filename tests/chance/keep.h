/* keep.h - drawn letters as files, for who wants to have them without drawing them again. */
#ifndef TESTS_CHANCE_KEEP_H
#define TESTS_CHANCE_KEEP_H

#include "draw.h"

/* Into FOLDER/SEED; the pictures that letters show are those of tests/samples/every-block. False
 * when a file cannot be written. */
bool keep(const struct drawn *drawn, const char *folder);

#endif
