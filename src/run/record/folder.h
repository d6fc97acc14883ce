/* folder.h - a folder of letters: made, and seen by who only looks on. */
#ifndef RECORD_FOLDER_H
#define RECORD_FOLDER_H

#include "base/base.h"

/* It, and those above it, where they are missing. False after an error. */
bool folder_make(const char *out, struct diags *diags);
/* What a folder of letters looks like: a mark changes when what it stands for may have. */
struct folder_marks {
	uint64_t record, approvals;
};
struct folder_marks folder_look(const char *out);
/* Whether a run that writes is at work there, in this process or another. */
bool folder_is_busy(const char *out);

#endif
