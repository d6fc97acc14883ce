/* name.c - ids: they name files, so each must be one name, and a plain one. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '-' || c == '_' || c == '.';
}

static bool is_safe(struct str id)
{
	if (id.len == 0 || id.len > RECIPIENT_MAX_ID || id.at[0] == '.')
		return false;
	for (int i = 0; i < id.len; i++)
		if (!is_plain(id.at[i]))
			return false;
	return true;
}

struct str id_fold(struct arena *arena, struct str id)
{
	char *folded = str_chars(arena, id);
	for (int i = 0; i < id.len; i++)
		if (folded[i] >= 'A' && folded[i] <= 'Z')
			folded[i] = (char)(folded[i] + 'a' - 'A');
	return (struct str){folded, id.len};
}

/* A name that Windows keeps for a device, whatever follows its first dot, in capitals or not. */
static bool is_device(struct arena *arena, struct str id)
{
	static const char *const names[] = {"con", "prn", "aux", "nul"};
	static const char *const numbered[] = {"com", "lpt"};
	struct str folded = id_fold(arena, id);
	int dot = str_find(folded, ".");
	struct str stem = str_slice(folded, 0, dot < 0 ? folded.len : dot);
	bool found = false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		found |= str_is(stem, names[i]);
	for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++)
		found |= stem.len == 4 && str_starts(stem, numbered[i]) && stem.at[3] >= '0' &&
			stem.at[3] <= '9';
	return found;
}

bool id_check(struct arena *arena, struct str id, struct place at, struct diags *diags)
{
	if (!is_safe(id)) {
		diag_add(diags, RECIPIENT_ID, at, diag_str(diags, id));
		return false;
	}
	if (!is_device(arena, id))
		return true;
	const char *name = diag_str(diags, id);
	diag_add(diags, RECIPIENT_DEVICE, at, name, name);
	return false;
}

/* -- made of fields ---------------------------------------------------------------------------- */

/* The plain character to write for another; 0 for none: apostrophes and combining marks. */
static char plain_for(uint32_t c)
{
	if (c == '\'' || c == 0x2019)
		return 0;
	c = utf8_unmarked(c);
	return c == 0 || (c < 0x80 && is_plain((char)c)) ? (char)c : '-';
}

/* "Siân Wŷn, Tŷ Gwyn" → "Sian-Wyn-Ty-Gwyn" */
static struct str make_plain(struct arena *arena, struct str text)
{
	struct buf out = {0};
	for (int at = 0; at < text.len && out.len < RECIPIENT_MAX_ID;) {
		char c = plain_for(utf8_next(text, &at));
		bool after_dash = out.len == 0 || out.at[out.len - 1] == '-';
		if (c && !(after_dash && (c == '-' || (c == '.' && out.len == 0))))
			buf_char(&out, c);
	}
	while (out.len && (out.at[out.len - 1] == '-' || out.at[out.len - 1] == '.'))
		out.len--;
	struct str plain = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return plain;
}

static struct str value_for(struct arena *arena, const struct recipient *recipient, struct str name)
{
	const struct value *value = recipient_find(recipient->values, name);
	if (!value && str_is(name, "id"))
		return recipient->id;
	return value ? fold_text(arena, value->text) : str_lit("");
}

bool id_make(struct arena *arena, const char *pattern, const struct recipient *recipient,
	struct str *id, struct diags *diags)
{
	struct str rest = str_of(pattern), piece;
	struct buf text = {0};
	for (enum pattern_piece kind; (kind = pattern_next(&rest, &piece)) != PATTERN_END;)
		buf_str(&text, kind == PATTERN_NAME ? value_for(arena, recipient, piece) : piece);
	*id = make_plain(arena, buf_text(&text));
	buf_free(&text);
	if (id->len)
		return id_check(arena, *id, recipient->at, diags);
	diag_add(diags, NAME_EMPTY, recipient->at, pattern);
	return false;
}

static bool check_field(
	struct str name, const struct template *template, const char *path, struct diags *diags)
{
	const struct field *field = template ? template_find_field(template->fields, name) : NULL;
	if (field && field->computation.how) {
		diag_add(diags, OPTION_COMPUTED, place_in(path), "--name", diag_str(diags, name));
		return false;
	}
	if (!template || str_is(name, "id") || field)
		return true;
	struct nearest nearest = template_nearest_field(template->fields, name);
	diag_add(diags, OPTION_FIELD, place_in(path), "--name", diag_str(diags, name));
	nearest_hint(&nearest, diags);
	return false;
}

bool id_check_pattern(
	const char *pattern, const struct template *template, const char *path, struct diags *diags)
{
	struct str rest = str_of(pattern), piece;
	bool good = true;
	for (enum pattern_piece kind; (kind = pattern_next(&rest, &piece)) != PATTERN_END;) {
		if (kind == PATTERN_BAD)
			diag_add(diags, BRACE, place_in(path), "--name");
		good &= kind != PATTERN_BAD &&
			(kind != PATTERN_NAME || check_field(piece, template, path, diags));
	}
	return good;
}
