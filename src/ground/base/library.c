/* library.c - libraries that are loaded when they are needed. */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *file, const char *const *names, int count, void *pointers)
{
	void *handle = dlopen(file, RTLD_NOW);
	bool complete = handle != NULL;
	for (int i = 0; complete && i < count; i++) {
		void *symbol = dlsym(handle, names[i]);
		complete = symbol != NULL;
		/* A pointer to data is not one to a function in C, so it is copied. */
		memcpy((char *)pointers + (size_t)i * sizeof symbol, &symbol, sizeof symbol);
	}
	return complete;
}
