/* links.c - a file of links: the port, then a line a person, token and name. It is believed only
 * when it is its user's, and nobody else can read it. */
#include "http/links_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_private(const char *path)
{
	struct stat status;
	return lstat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid() &&
		!(status.st_mode & (S_IRWXG | S_IRWXO));
}

static struct str read_kept(struct arena *arena, const char *path)
{
	struct diags *unsaid = diags_new();
	struct str text = is_private(path) ? file_read(arena, path, place_none(), unsaid)
					   : (struct str){0};
	diags_free(unsaid);
	return text;
}

static int read_port(struct str line)
{
	int port = 0;
	for (int i = 0; i < line.len && port <= 65535; i++)
		port = line.at[i] >= '0' && line.at[i] <= '9' ? 10 * port + line.at[i] - '0'
							      : 65536;
	return port <= 65535 ? port : 0;
}

/* "TOKEN NAME" */
static bool read_link(struct str line, struct str *token, struct str *name)
{
	*name = line;
	bool good = str_split(name, ' ', token) && token->len == TOKEN_SIZE;
	for (int i = 0; good && i < TOKEN_SIZE; i++)
		good = token->at[i] && strchr("0123456789abcdef", token->at[i]);
	return good;
}

static bool draw(char token[TOKEN_SIZE + 1])
{
	unsigned char bytes[TOKEN_SIZE / 2];
	if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
		return false;
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(token + 2 * i, 3, "%02x", bytes[i]);
	return true;
}

/* A link of one's own is another than the one that all share, whatever the name. */
static struct str name_of(struct arena *arena, const struct actor *actor)
{
	return actor->known == KNOWN_LINK ? str_format(arena, "of %.*s", str_arg(actor->name))
					  : str_lit("shared");
}

static bool find_kept(struct link *link, struct arena *arena, struct str kept)
{
	struct str line, token, name, mine = name_of(arena, &link->actor);
	while (str_split(&kept, '\n', &line))
		if (read_link(line, &token, &name) && approval_is_same_person(name, mine)) {
			memcpy(link->token, token.at, TOKEN_SIZE);
			return true;
		}
	return false;
}

bool links_find(struct gate *gate, struct arena *arena, const struct serve_options *options)
{
	struct str kept = read_kept(arena, options->kept), port;
	struct link *links = arena_new_array(arena, struct link, options->person_count);
	bool good = true;
	gate->port = str_split(&kept, '\n', &port) ? read_port(port) : 0;
	for (int i = 0; i < options->person_count; i++) {
		links[i].actor = options->persons[i];
		good = good && (find_kept(&links[i], arena, kept) || draw(links[i].token));
	}
	gate->links = links;
	gate->count = options->person_count;
	return good;
}

static bool is_among(struct arena *arena, const struct gate *gate, struct str name)
{
	for (int i = 0; i < gate->count; i++)
		if (approval_is_same_person(name, name_of(arena, &gate->links[i].actor)))
			return true;
	return false;
}

void links_keep(const char *path, const struct gate *gate)
{
	struct arena *arena = arena_new();
	struct diags *unsaid = diags_new();
	struct buf text = {0};
	struct str kept = read_kept(arena, path), line, token, name;
	buf_format(&text, "%d\n", gate->port);
	for (int i = 0; i < gate->count; i++)
		buf_format(&text, "%s %.*s\n", gate->links[i].token,
			str_arg(name_of(arena, &gate->links[i].actor)));
	while (str_split(&kept, '\n', &line))
		if (read_link(line, &token, &name) && !is_among(arena, gate, name))
			buf_format(&text, "%.*s\n", str_arg(line));
	if (file_exists(str_copy(arena, path_dir(str_of(path))).at))
		file_publish_private(path, text.at, text.len, false, unsaid);
	buf_free(&text);
	diags_free(unsaid);
	arena_free(arena);
}
