/* refuse.c - what is said of a file that cannot be drawn: the first finding counts. */
#include "svg/read_int.h"

#include "base/diag_id.h"

void svg_refuse(struct reader *reader, struct place at, struct str what, const char *hint)
{
	if (reader->failed)
		return;
	reader->failed = true;
	diag_add(reader->diags, SVG_REFUSED, at, diag_str(reader->diags, what));
	if (hint)
		diag_hint(reader->diags, hint);
}

void svg_refuse_value(struct reader *reader, struct place at, struct str name, struct str value,
	const char *wanted)
{
	enum { SHOWN = 60 };
	if (reader->failed)
		return;
	reader->failed = true;
	bool cut = value.len > SHOWN;
	int end = cut ? SHOWN : value.len;
	while (cut && end > 0 && ((unsigned char)value.at[end] & 0xC0) == 0x80)
		end--;
	struct str shown = str_format(
		reader->arena, "%.*s%s", end, value.at ? value.at : "", cut ? "…" : "");
	diag_add(reader->diags, SVG_VALUE, at, diag_str(reader->diags, name), shown.at, wanted);
}

void svg_refuse_limit(struct reader *reader, struct place at, const char *what)
{
	if (!reader->failed)
		diag_add(reader->diags, SVG_LIMIT, at, what);
	reader->failed = true;
}
