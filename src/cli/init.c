/* init.c - lettermerge init: an example, as it is installed, copied into a new folder. */
#include "cli/cli_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define USUAL "plain"

enum { DEEPEST = 4 };

static bool is_folder(const char *path)
{
	struct stat about;
	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* As the environment says, where the program stands, installed or as it was built, or where it was
 * to be installed. */
static const char *examples_folder(struct cli *cli)
{
	const char *said = getenv(EXAMPLES_VARIABLE);
	char program[4096];
	ssize_t len = readlink("/proc/self/exe", program, sizeof program);
	if (said && *said)
		return said;
	struct str self = {program, len > 0 && len < (ssize_t)sizeof program ? (int)len : 0};
	static const char *const places[] = {"../share/lettermerge", "../../.."};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const char *beside = str_format(
			cli->arena, "%.*s/%s/examples", str_arg(path_dir(self)), places[i])
					     .at;
		if (is_folder(beside))
			return beside;
	}
	return LETTERMERGE_EXAMPLES;
}

static bool is_seen(struct str name)
{
	return name.at[0] != '.';
}

static bool is_empty(struct cli *cli, const char *path)
{
	struct str *names;
	return folder_list(cli->arena, path, NULL, &names) == 0;
}

/* -- copying ----------------------------------------------------------------------------------- */

static bool copy_folder(struct cli *cli, const char *from, const char *into, int depth);

static bool copy_entry(struct cli *cli, const char *from, const char *into, int depth)
{
	if (is_folder(from))
		return depth < DEEPEST && copy_folder(cli, from, into, depth + 1);
	struct str bytes = file_read(cli->arena, from, place_none(), cli->diags);
	return bytes.at && file_publish(into, bytes.at, (size_t)bytes.len, false, cli->diags);
}

static bool copy_folder(struct cli *cli, const char *from, const char *into, int depth)
{
	struct str *names;
	bool good = mkdir(into, 0777) == 0 || (errno == EEXIST && is_empty(cli, into));
	if (!good)
		return file_not_written(into, cli->diags);
	int count = folder_list(cli->arena, from, is_seen, &names);
	if (count < 0)
		return file_not_read(from, cli->diags);
	for (int i = 0; i < count && good; i++)
		good = copy_entry(cli, path_join(cli->arena, str_of(from), names[i]).at,
			path_join(cli->arena, str_of(into), names[i]).at, depth);
	return good;
}

/* -- the command ------------------------------------------------------------------------------- */

/* The examples that there are, as a hint. */
static const char *names_of(struct cli *cli, const char *folder)
{
	struct str *names;
	struct buf out = {0};
	int count = folder_list(cli->arena, folder, is_seen, &names);
	if (count < 0)
		return str_format(cli->arena,
			"there are no examples in %s; say where they are by " EXAMPLES_VARIABLE,
			cli_word(cli, folder))
			.at;
	buf_puts(&out, "write one of");
	for (int i = 0; i < count; i++)
		if (is_folder(path_join(cli->arena, str_of(folder), names[i]).at))
			buf_format(&out, "%s %.*s", out.at[out.len - 1] == 'f' ? "" : ",",
				str_arg(names[i]));
	const char *hint = str_copy(cli->arena, buf_text(&out)).at;
	buf_free(&out);
	return hint;
}

/* A name alone: no way out of the folder of examples. */
static const char *find_example(struct cli *cli, const char *folder, const char *name)
{
	const char *path = path_join(cli->arena, str_of(folder), str_of(name)).at;
	if (*name && *name != '.' && !strchr(name, '/') && is_folder(path))
		return path;
	diag_add(cli->diags, INIT_EXAMPLE, place_none(), name);
	diag_hint(cli->diags, names_of(cli, folder));
	return NULL;
}

int command_init(struct cli *cli)
{
	const char *folder = examples_folder(cli);
	if (!cli->arguments[0]) {
		diag_add0(cli->diags, INIT_WHERE, place_none());
		diag_hint(cli->diags, names_of(cli, folder));
		cli_fail(cli);
		return EXIT_USAGE;
	}
	bool named = cli->arguments[1] != NULL;
	const char *name = named ? cli->arguments[0] : USUAL, *into = cli->arguments[named];
	const char *example = find_example(cli, folder, name);
	if (example && file_exists(into) && !(is_folder(into) && is_empty(cli, into))) {
		diag_add(cli->diags, INIT_THERE, place_in(into), into);
		example = NULL;
	}
	if (!example || !copy_folder(cli, example, into, 0))
		return cli_fail(cli);
	const char *readme = str_format(cli->arena, "%s/README.md", into).at;
	say_to(stdout, "%s holds the example \"%s\": begin with %s\n", cli_word(cli, into), name,
		cli_word(cli, readme));
	return EXIT_GOOD;
}
