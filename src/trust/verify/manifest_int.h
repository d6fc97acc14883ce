/* manifest_int.h - what the list's writer and its reader share. */
#ifndef VERIFY_MANIFEST_INT_H
#define VERIFY_MANIFEST_INT_H

#include "verify/manifest.h"

#define MANIFEST_BEGIN "{\"manifest\":2,\"records\":[\n"
#define MANIFEST_MIDDLE "],\"head\":\n"
#define MANIFEST_END "}\n"
#define MANIFEST_FORGOTTEN "{\"forgotten\":"

#endif
