/* form.c - names and values out of name=value&name=value, each with + for a blank and %XX for any
 * byte. */
#include "http/form_int.h"

#include <stdlib.h>
#include <strings.h>

bool form_is(const char *type)
{
	static const char form[] = "application/x-www-form-urlencoded";
	return type && strncasecmp(type, form, sizeof form - 1) == 0 &&
		strchr("; \t", type[sizeof form - 1]);
}

static int digit(char c)
{
	return c >= '0' && c <= '9'    ? c - '0'
		: c >= 'a' && c <= 'f' ? c - 'a' + 10
		: c >= 'A' && c <= 'F' ? c - 'A' + 10
				       : -1;
}

/* False when it says nothing that a text can hold. */
static bool decode(struct arena *arena, struct str said, struct str *text)
{
	char *out = arena_alloc(arena, (size_t)said.len + 1);
	int len = 0;
	for (int i = 0; i < said.len; i++, len++) {
		bool code = said.at[i] == '%';
		int high = code && i + 2 < said.len ? digit(said.at[i + 1]) : -1;
		int low = high >= 0 ? digit(said.at[i + 2]) : -1;
		if (code && low < 0)
			return false;
		out[len] = code ? (char)(16 * high + low) : said.at[i] == '+' ? ' ' : said.at[i];
		if (!out[len])
			return false;
		i += code ? 2 : 0;
	}
	out[len] = 0;
	*text = (struct str){out, len};
	return utf8_invalid_at(*text) < 0;
}

bool form_read(struct arena *arena, struct str body, struct form *form)
{
	struct str part, name;
	bool good = body.len <= FORM_MOST;
	*form = (struct form){0};
	while (good && str_split(&body, '&', &part)) {
		if (!part.len)
			continue;
		struct form_field *field = vec_push(arena, &form->fields);
		str_split(&part, '=', &name);
		good = form->fields.len <= FORM_FIELDS && decode(arena, name, &field->name) &&
			decode(arena, part, &field->value);
	}
	return good;
}

struct str form_value(const struct form *form, const char *name)
{
	for (int i = 0; i < form->fields.len; i++)
		if (str_is(form->fields.at[i].name, name))
			return form->fields.at[i].value;
	return str_lit("");
}

int form_digits(struct str text)
{
	enum { MOST_DIGITS = 9 };
	bool good = text.len > 0 && text.len <= MOST_DIGITS;
	for (int i = 0; i < text.len; i++)
		good &= text.at[i] >= '0' && text.at[i] <= '9';
	return good ? (int)strtol(text.at, NULL, 10) : -1;
}

int form_number(const struct form *form, const char *name)
{
	return form_digits(form_value(form, name));
}
