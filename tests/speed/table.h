/* table.h - a CSV for the letter in templates/. */
#ifndef TESTS_SPEED_TABLE_H
#define TESTS_SPEED_TABLE_H

#include <stdbool.h>

/* So many rows, each its own person, in nine areas; false when it cannot be written. */
bool table_write(const char *path, int count);

#endif
