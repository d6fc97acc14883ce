/* faces.c - what of the environment tells fontconfig where to look, and where it is kept what was
 * found there, so that no stage depends on the environment. */
#include "cli/cli_int.h"

#include <stdlib.h>

/* A folder that a variable names, else one in the user's own; empty when there is neither. */
static struct str user_folder(struct cli *cli, const char *variable, const char *in_home)
{
	const char *folder = getenv(variable), *home = getenv("HOME");
	if (folder && *folder == '/')
		return str_of(folder);
	return home && *home == '/' ? path_join(cli->arena, str_of(home), str_of(in_home))
				    : (struct str){0};
}

static struct str surroundings(struct cli *cli)
{
	static const char *const variables[] = {"FONTCONFIG_FILE", "FONTCONFIG_PATH",
		"FONTCONFIG_SYSROOT", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
		"XDG_DATA_DIRS"};
	struct buf text = {0};
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);
		buf_format(&text, "%s=%s\n", variables[i], value ? value : "");
	}
	struct str copy = str_copy(cli->arena, buf_text(&text));
	buf_free(&text);
	return copy;
}

struct face_keeping cli_face_keeping(struct cli *cli)
{
	struct str cache = user_folder(cli, "XDG_CACHE_HOME", ".cache");
	struct str config = user_folder(cli, "XDG_CONFIG_HOME", ".config");
	struct face_keeping keeping = {.surroundings = surroundings(cli)};
	if (!cache.len || !config.len)
		return keeping;
	keeping.folder = path_join(cli->arena, cache, str_lit("lettermerge")).at;
	struct str rules = path_join(cli->arena, config, str_lit("fontconfig"));
	keeping.rules[0] = rules;
	keeping.rules[1] = path_join(cli->arena, rules, str_lit("fonts.conf"));
	keeping.rules[2] = path_join(cli->arena, rules, str_lit("conf.d"));
	keeping.rules[3] = user_folder(cli, "", ".fonts.conf");
	return keeping;
}
