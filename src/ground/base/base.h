/* base.h - what every room may use: arenas, text, lengths, diagnostics, files. Knows no letters.
 *
 *   arena_ vec_   memory with one lifetime        str_ utf8_ buf_   text and growing bytes
 *   heap_         memory without one                blank_          white space of every kind
 *   length_ sp    integer lengths                 diag_ diags_      findings with place and hint
 *   file_ path_   whole files                     say_ json_        text of others, shown
 *   folder_       names in folders
 *   beside_       files written beside their place  map_              a hash table
 *   nearest_      "did you mean"                 buf_moment      points in time
 *   hash_         128 bits that stand for bytes
 *   library_      foreign libraries that are loaded when they are needed */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include "base/arena.h"
#include "base/beside.h"
#include "base/blank.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/heap.h"
#include "base/length.h"
#include "base/library.h"
#include "base/map.h"
#include "base/moment.h"
#include "base/nearest.h"
#include "base/say.h"
#include "base/str.h"

#endif
