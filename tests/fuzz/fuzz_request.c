/* fuzz_request.c - any bytes as a request to the desk: method, path, host, origin, where it comes
 * from, what for and of which type, a line each, and its body. Without the token nobody is let in;
 * a body gives names and values that are text, or is refused. */
#include "fuzz/fuzz.h"

#include "http/form_int.h"
#include "http/gate_int.h"

#include <stdlib.h>

#define TOKEN "0123456789abcdef0123456789abcdef"

/* An empty line is a head that is not there. */
static const char *next(struct arena *arena, struct str *rest, bool needed)
{
	struct str line = {0};
	str_split(rest, '\n', &line);
	return line.len || needed ? str_copy(arena, line).at : NULL;
}

static void check_text(struct str text)
{
	if (strlen(text.at) != (size_t)text.len || utf8_invalid_at(text) >= 0)
		abort();
}

static void read_body(struct arena *arena, struct str body)
{
	struct form form;
	if (!form_read(arena, body, &form))
		return;
	if (form.fields.len > FORM_FIELDS)
		abort();
	for (int i = 0; i < form.fields.len; i++) {
		check_text(form.fields.at[i].name);
		check_text(form.fields.at[i].value);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct link link = {.token = TOKEN};
	static const struct gate gate = {&link, 1, 8000};
	struct arena *arena = arena_new();
	struct str rest = {(const char *)data, size < 1 << 16 ? (int)size : 1 << 16};
	struct asked asked = {.method = next(arena, &rest, true), .path = next(arena, &rest, true)};
	asked.host = next(arena, &rest, false);
	asked.origin = next(arena, &rest, false);
	asked.fetch = next(arena, &rest, false);
	asked.dest = next(arena, &rest, false);
	asked.type = next(arena, &rest, false);
	asked.body = (size_t)rest.len;
	struct answer answer = gate_judge(&gate, &asked);
	if (!answer.status && !str_starts(str_of(asked.path), "/" TOKEN))
		abort();
	read_body(arena, rest);
	arena_free(arena);
	return 0;
}
