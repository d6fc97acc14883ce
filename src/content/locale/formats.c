/* formats.c - ICU's formats, loaded once a thread. */
#include "locale/formats.h"

#include "base/heap.h"

/* ICU's functions bear its version: udat_open is udat_open_72. */
#define VERSIONED_NAME(function) LIBRARY_NAME(function)
#define SONAME(version) "libicui18n.so." #version
#define VERSIONED_SONAME(version) SONAME(version)

static void load(struct formats *formats)
{
	static const char file[] = VERSIONED_SONAME(U_ICU_VERSION_MAJOR_NUM);
	static const char *const names[] = {ICU_FUNCTIONS(VERSIONED_NAME)};
	if (!library_load(file, names, sizeof names / sizeof *names, formats))
		program_ends("libicui18n is not installed, or is not of the version of libicuuc; "
			     "install ICU anew");
}

/* A thread's own, as nothing is shared that changes. */
const struct formats *icu(void)
{
	static _Thread_local struct formats formats;
	if (!formats.udat_open)
		load(&formats);
	return &formats;
}
