/* libraries.c - the libraries that decide which glyphs stand where, and their versions as they run.
 *
 * Patterns of hyphenation count by what is in their files (text_patterns). What fontconfig finds
 * counts by the fonts' files. */
#include "text/text_int.h"

#include <unicode/uversion.h>

void text_libraries(struct buf *out)
{
	char icu[U_MAX_VERSION_STRING_LENGTH];
	UVersionInfo version;
	u_getVersion(version);
	u_versionToString(version, icu);
	buf_format(out, "HarfBuzz %s, ICU %s", hb_version_string(), icu);
}
