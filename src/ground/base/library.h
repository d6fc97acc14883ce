/* library.h - foreign libraries that few runs need and that bring many others with them. To load
 * those took a third of the time of a preview, so each is loaded when it is needed.
 *
 *   #define FUNCTIONS(DO) DO(curl_easy_init) DO(curl_easy_perform)
 *   static struct { FUNCTIONS(LIBRARY_POINTER) } curl;
 *   static const char *const names[] = {FUNCTIONS(LIBRARY_NAME)};
 *   library_load("libcurl.so.4", names, sizeof names / sizeof *names, &curl) */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include <stdbool.h>
#include <string.h>

#define LIBRARY_POINTER(function) __typeof__(&function) function;
#define LIBRARY_NAME(function) #function,

/* Loads it for good and puts pointers to its functions one after the other, in the order of their
 * names; false when it is not there, or one of them is not. */
bool library_load(const char *file, const char *const *names, int count, void *pointers);

/* For a function of others that takes a pointer to what it could change but only reads, or releases
 * as its owner asks: the one place where const is lost. */
static inline void *without_const(const void *what)
{
	void *same;
	memcpy(&same, &what, sizeof same);
	return same;
}

#endif
