/* zip.h - zips for tests: parts by name, whatever they hold. */
#ifndef TESTS_SUPPORT_ZIP_H
#define TESTS_SUPPORT_ZIP_H

#include "base/base.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

struct zip_part {
	const char *name;
	struct str bytes;
};

/* Parts with .bytes.at == NULL are left out; stored: as they are, not packed. */
static inline void zip_write(const char *path, const struct zip_part *parts, int count, bool stored)
{
	struct archive *zip = archive_write_new();
	archive_write_set_format_zip(zip);
	archive_write_set_options(
		zip, stored ? "zip:compression=store" : "zip:compression=deflate");
	if (archive_write_open_filename(zip, path) != ARCHIVE_OK)
		abort();
	for (int i = 0; i < count; i++) {
		if (!parts[i].bytes.at)
			continue;
		struct archive_entry *entry = archive_entry_new();
		archive_entry_set_pathname(entry, parts[i].name);
		archive_entry_set_size(entry, parts[i].bytes.len);
		archive_entry_set_filetype(entry, AE_IFREG);
		archive_entry_set_perm(entry, 0644);
		if (archive_write_header(zip, entry) != ARCHIVE_OK)
			abort();
		archive_write_data(zip, parts[i].bytes.at, (size_t)parts[i].bytes.len);
		archive_entry_free(entry);
	}
	archive_write_free(zip);
}

#endif
