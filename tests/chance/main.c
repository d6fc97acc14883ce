/* main.c - CHANCE [FROM [COUNT]]: letters drawn by the seeds FROM, FROM + 1, …, each through all
 * stages. TAP. What is found is made small and shown, with the command that finds it again.
 *
 *   CHANCE keep FOLDER FROM COUNT   writes what is drawn into FOLDER/SEED, and does no more */
#include "keep.h"
#include "shrink.h"

#include "xml/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEEDS = 300, MOST_SHOWN = 8 };

struct tally {
	const char *folder, *program;
	int made, refused, found;
	int shown;
	char kinds[MOST_SHOWN][80]; /* that were shown */
};

static void show_twig(const struct twig *root, const char *name)
{
	struct buf text = {0};
	struct str rest, line;
	twig_write(root, &text);
	rest = buf_text(&text);
	printf("# -- %s\n", name);
	while (str_split(&rest, '\n', &line))
		if (line.len)
			printf("#    %.*s\n", str_arg(line));
	buf_free(&text);
}

static bool is_included(const struct twig *twig, const struct twig *part)
{
	bool found = twig->state == TWIG_WHOLE && twig->part == part;
	for (const struct twig *child = twig->first; child && twig->state != TWIG_CUT && !found;
		child = child->next)
		found = is_included(child, part) || (child->part && is_included(child->part, part));
	return found;
}

static void show(const struct drawn *drawn)
{
	show_twig(drawn->letter, "letter.xml");
	show_twig(drawn->style, DRAWN_STYLE);
	for (int i = 0; i < drawn->part_count; i++)
		if (is_included(drawn->letter, drawn->parts[i]))
			show_twig(drawn->parts[i], drawn->parts[i]->text.at);
	for (int i = 0; i < drawn->record_count; i++)
		show_twig(drawn->records[i], "record");
}

static bool is_known(const struct tally *tally, const char *kind)
{
	for (int i = 0; i < tally->shown; i++)
		if (strcmp(tally->kinds[i], kind) == 0)
			return true;
	return tally->shown == MOST_SHOWN;
}

static void show_small(struct tally *tally, const struct outcome *outcome)
{
	struct arena *arena = arena_new();
	struct drawn drawn = draw(arena, outcome->seed);
	snprintf(tally->kinds[tally->shown++], sizeof *tally->kinds, "%s", outcome->kind);
	struct outcome least = *outcome;
	if (!str_starts(str_of(outcome->kind), "E-")) /* what is cut would be refused too */
		least = shrink(arena, path_join(arena, str_of(tally->folder), str_lit("less")).at,
			&drawn, outcome->kind);
	struct str rest = least.detail.at ? least.detail : outcome->detail, line;
	for (int i = 0; i < 40 && str_split(&rest, '\n', &line); i++)
		printf("#  %.*s\n", str_arg(line));
	show(&drawn);
	printf("# again: %s %llu\n", tally->program, (unsigned long long)outcome->seed);
	arena_free(arena);
}

static void take(void *user, const struct outcome *outcome)
{
	struct tally *tally = user;
	tally->made += outcome->made;
	tally->refused += outcome->refused;
	if (!outcome->kind[0])
		return;
	tally->found++;
	printf("# seed %llu: %s\n", (unsigned long long)outcome->seed, outcome->kind);
	if (!is_known(tally, outcome->kind))
		show_small(tally, outcome);
	fflush(stdout);
}

/* A folder with the pictures that letters show. */
static bool fill_folder(const char *folder)
{
	static const char *const pictures[] = {"crest.png", "map.jpg", "signature.png"};
	struct arena *arena = arena_new();
	bool good = true;
	for (size_t i = 0; good && i < sizeof pictures / sizeof *pictures; i++) {
		const char *from = str_format(
			arena, SOURCE_DIR "/tests/samples/every-block/%s", pictures[i])
					   .at;
		good = symlink(from, str_format(arena, "%s/%s", folder, pictures[i]).at) == 0;
	}
	arena_free(arena);
	return good;
}

/* And one in it for cases that are made small while others still run. */
static bool make_folders(char *folder)
{
	struct arena *arena = arena_new();
	bool good = mkdtemp(folder) && fill_folder(folder);
	const char *less = path_join(arena, str_of(folder), str_lit("less")).at;
	good = good && mkdir(less, 0700) == 0 && fill_folder(less);
	arena_free(arena);
	return good;
}

static void remove_folder(const char *folder)
{
	struct buf command = {0};
	buf_format(&command, "rm -rf '%s'", folder);
	if (system(buf_text(&command).at) != 0)
		printf("# %s was not removed\n", folder);
	buf_free(&command);
}

static int keep_all(const char *folder, uint64_t from, int count)
{
	struct arena *arena = arena_new();
	bool good = true;
	for (int i = 0; i < count && good; i++) {
		struct drawn drawn = draw(arena, from + (unsigned)i);
		good = keep(&drawn, folder);
		arena_reset(arena);
	}
	arena_free(arena);
	return good ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "keep") == 0)
		return keep_all(argv[2], strtoull(argv[3], NULL, 10), atoi(argv[4]));
	char folder[] = "/tmp/lettermerge-chance-XXXXXX";
	uint64_t from = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	int count = argc > 2 ? atoi(argv[2]) : argc > 1 ? 1 : SEEDS;
	struct tally tally = {.folder = folder, .program = argv[0]};
	if (!make_folders(folder)) {
		printf("Bail out! cannot make %s\n", folder);
		return 1;
	}
	xml_start();
	child_run(folder, from, count, take, &tally);
	xml_stop();
	remove_folder(folder);
	bool good = tally.found == 0 && tally.made > 0;
	printf("1..1\n%s 1 - seeds %llu to %llu: %d letters made, %d refused, %d seeds with a "
	       "finding\n",
		good ? "ok" : "not ok", (unsigned long long)from,
		(unsigned long long)from + (unsigned)count - 1, tally.made, tally.refused,
		tally.found);
	return good ? 0 : 1;
}
