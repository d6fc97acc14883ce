/* server.c - the address of a database's server, which may hold a password. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

static int scheme_len(struct str address)
{
	static const char *const schemes[] = {"postgresql://", "postgres://"};
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (str_starts(address, schemes[i]))
			return (int)strlen(schemes[i]);
	return 0;
}

bool recipients_is_server(const char *path)
{
	return scheme_len(str_of(path)) > 0;
}

/* Up to the last "@": who reads it, and the password. Empty: nobody is named. */
static struct str user_of(struct str address)
{
	int from = scheme_len(address), to = address.len;
	while (to > from && address.at[to - 1] != '@')
		to--;
	return str_slice(address, from, to > from ? to - 1 : from);
}

/* A sign of the address in a password would have libpq take a part of it for something else, and
 * name that in its messages. */
static bool is_sound(struct str user)
{
	int colon = str_find(user, ":");
	for (int i = 0; i < user.len; i++)
		if (strchr("/?#[]@", user.at[i]) || (user.at[i] == ':' && i != colon))
			return false;
	return true;
}

const char *recipients_shown(struct arena *arena, const char *path)
{
	struct str address = str_of(path), user = user_of(address);
	int from = scheme_len(address), colon = str_find(user, ":");
	if (!from)
		return path;
	if (!is_sound(user))
		return str_format(arena, "%.*s…", from, path).at;
	struct str rest = str_slice(address, from + user.len + (user.len > 0), address.len);
	int options = str_find(rest, "?");
	rest = str_slice(rest, 0, options < 0 ? rest.len : options);
	user = str_slice(user, 0, colon < 0 ? user.len : colon);
	return str_format(arena, "%.*s%.*s%s%.*s", from, path, str_arg(user), user.len ? "@" : "",
		str_arg(rest))
		.at;
}

bool recipients_has_password(const char *path)
{
	struct str address = str_of(path);
	return scheme_len(address) &&
		(str_find(user_of(address), ":") >= 0 || str_find(address, "password=") >= 0);
}

bool server_check(const char *address, const char *shown, struct diags *diags)
{
	bool sound = is_sound(user_of(str_of(address)));
	if (!sound)
		diag_add0(diags, POSTGRES_PASSWORD, place_in(shown));
	return sound;
}
