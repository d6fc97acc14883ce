/* fail_at.c - loaded before the libraries that lettermerge is built on: the function that
 * LETTERMERGE_FAIL names fails, as it would where a library is broken or of another version. So a
 * test can see what is said of what sound libraries never do. */
#include <dirent.h>
#include <errno.h>
#include <hpdf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <dlfcn.h>

static bool fails(const char *function)
{
	const char *named = getenv("LETTERMERGE_FAIL");
	return named && strcmp(named, function) == 0;
}

/* The library's own; a pointer to data is not one to a function in C, so it is copied. */
#define NEXT(function)                                      \
	__typeof__(&function) next;                         \
	{                                                   \
		void *symbol = dlsym(RTLD_NEXT, #function); \
		memcpy(&next, &symbol, sizeof next);        \
	}

const char *HPDF_GetVersion(void)
{
	NEXT(HPDF_GetVersion)
	return fails("HPDF_GetVersion") ? "0.0.0" : next();
}

/* The first objects are libharu's own; where those cannot be made it says nothing. */
HPDF_STATUS HPDF_Xref_Add(HPDF_Xref xref, void *object)
{
	NEXT(HPDF_Xref_Add)
	return fails("HPDF_Xref_Add") && xref->entries->count > 9
		? HPDF_SetError(xref->error, HPDF_INVALID_OBJECT, 0)
		: next(xref, object);
}

void *hb_subset_plan_execute_or_fail(void *plan);
void *hb_subset_plan_execute_or_fail(void *plan)
{
	NEXT(hb_subset_plan_execute_or_fail)
	if (fails("exit")) /* what a library may do for want of memory */
		exit(1);
	return fails("hb_subset_plan_execute_or_fail") ? NULL : next(plan);
}

int EVP_PKEY_sign(void *context, void *out, size_t *out_len, const void *in, size_t in_len);
int EVP_PKEY_sign(void *context, void *out, size_t *out_len, const void *in, size_t in_len)
{
	NEXT(EVP_PKEY_sign)
	return fails("EVP_PKEY_sign") ? 0 : next(context, out, out_len, in, in_len);
}

int X509_sign(void *certificate, void *key, const void *digest);
int X509_sign(void *certificate, void *key, const void *digest)
{
	NEXT(X509_sign)
	return fails("X509_sign") ? 0 : next(certificate, key, digest);
}

enum { SQLITE_LOCKED = 6 };

int sqlite3_step(void *statement);
int sqlite3_step(void *statement)
{
	NEXT(sqlite3_step)
	return fails("sqlite3_step") ? SQLITE_LOCKED : next(statement);
}

int inotify_init1(int flags);
int inotify_init1(int flags)
{
	NEXT(inotify_init1)
	if (!fails("inotify_init1"))
		return next(flags);
	errno = EMFILE;
	return -1;
}

/* Behind the first name of a letter or a record. */
struct dirent64 *readdir64(DIR *dir)
{
	NEXT(readdir64)
	static bool was_given;
	if (was_given && fails("readdir64")) {
		was_given = false;
		errno = EIO;
		return NULL;
	}
	struct dirent64 *entry = next(dir);
	was_given = entry && strncmp(entry->d_name, "ann", 3) == 0;
	return entry;
}
