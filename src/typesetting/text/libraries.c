/* libraries.c - the libraries that decide which glyphs stand where, and their versions as they run.
 *
 * libhyphen cannot say its own; its patterns count by what is in their files (text_patterns). What
 * fontconfig finds counts by the fonts' files. */
#include "text/text_int.h"

#include <fribidi.h>
#include <unicode/uversion.h>

/* "(GNU FriBidi) 1.0.8\n…" */
static struct str fribidi_number(void)
{
	struct str line = {0}, rest = str_of(fribidi_version_info);
	str_split(&rest, '\n', &line);
	int name = str_find(line, ") ");
	return str_slice(line, name < 0 ? 0 : name + 2, line.len);
}

void text_libraries(struct buf *out)
{
	char icu[U_MAX_VERSION_STRING_LENGTH];
	UVersionInfo version;
	u_getVersion(version);
	u_versionToString(version, icu);
	buf_format(out, "HarfBuzz %s, ICU %s", hb_version_string(), icu);
	buf_format(out, ", FriBidi %.*s", str_arg(fribidi_number()));
}
