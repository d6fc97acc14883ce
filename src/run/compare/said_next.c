/* said_next.c - the markup of a block, piece by piece: for who shows it as it is meant. */
#include "compare/said.h"

#include "compare/said_int.h"

bool said_next(struct arena *arena, struct str *markup, struct said_piece *out)
{
	struct str rest = *markup;
	if (!rest.len)
		return false;
	int open = str_find(rest, "<");
	*out = (struct said_piece){
		.text = said_text(arena, str_slice(rest, 0, open < 0 ? rest.len : open))};
	rest = str_slice(rest, open < 0 ? rest.len : open, rest.len);
	*markup = str_slice(rest, said_tag_end(rest), rest.len);
	if (open < 0)
		return true;
	struct str tag = str_slice(rest, 1, said_tag_end(rest) - 1);
	out->closes = str_starts(tag, "/");
	if (out->closes)
		tag = str_slice(tag, 1, tag.len);
	str_split(&tag, ' ', &out->tag);
	out->attributes = tag.at ? tag : str_lit("");
	return true;
}

struct str said_attribute(struct arena *arena, const struct said_piece *piece, const char *name)
{
	struct str rest = piece->attributes, wanted = str_format(arena, "%s=\"", name);
	while (rest.len) {
		int value = str_find(rest, "\"") + 1;
		struct str behind = str_slice(rest, value, rest.len);
		int end = str_find(behind, "\"");
		if (value < 1 || end < 0)
			break;
		if (str_eq(str_trim(str_slice(rest, 0, value)), wanted))
			return said_text(arena, str_slice(behind, 0, end));
		rest = str_slice(behind, end + 1, behind.len);
	}
	return (struct str){0};
}
