/* main.c - CHANCE [FROM [COUNT]]: letters drawn by the seeds FROM, FROM + 1, …, each through all
 * stages. TAP. What is found is made small and shown, with the command that finds it again.
 * Without a seed: the first ones, and whether they have all that there is to draw.
 *
 *   CHANCE effects COUNT: whether each attribute makes a difference in one of so many letters
 *   CHANCE keep FOLDER FROM COUNT: writes what is drawn into FOLDER/SEED, and does no more */
#include "cover.h"
#include "effect.h"
#include "keep.h"
#include "shrink.h"

#include "xml/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEEDS = 300, SEEDS_TO_DRAW = 3000, SEEDS_TO_COVER = 8000, MOST_SHOWN = 8 };

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

static void say(int number, bool good, const char *what)
{
	printf("%s %d - %s\n", good ? "ok" : "not ok", number, what);
	fflush(stdout);
}

static bool say_missing(int number, bool good, const char *what, struct buf *missing)
{
	struct str rest = buf_text(missing), line;
	while (str_split(&rest, '\n', &line))
		if (line.len)
			printf("# not %.*s\n", str_arg(line));
	say(number, good, what);
	buf_free(missing);
	return good;
}

static bool try_cover(int number)
{
	struct buf missing = {0};
	bool good = cover(SEEDS_TO_COVER, &missing);
	return say_missing(number, good, "all that the tables hold is drawn", &missing);
}

static bool try_effects(int number, const char *folder, int count, bool rare)
{
	struct buf missing = {0};
	bool good = effects(folder, count, rare, &missing);
	return say_missing(number, good, "every attribute makes a difference", &missing);
}

/* Most letters are to fit their paper. */
static bool try_seeds(const char *folder, const char *program, uint64_t from, int count)
{
	struct tally tally = {.folder = folder, .program = program};
	char what[200];
	child_run(folder, from, count, take, &tally);
	bool good = tally.found == 0 && tally.made > tally.refused;
	snprintf(what, sizeof what,
		"seeds %llu to %llu: %d letters made, %d refused, %d seeds with a finding",
		(unsigned long long)from, (unsigned long long)from + (unsigned)count - 1,
		tally.made, tally.refused, tally.found);
	say(1, good, what);
	return good;
}

static bool run(int argc, char **argv, const char *folder)
{
	if (argc > 2 && strcmp(argv[1], "effects") == 0) {
		printf("1..1\n");
		return try_effects(1, folder, atoi(argv[2]), true);
	}
	if (argc > 1) {
		printf("1..1\n");
		return try_seeds(
			folder, argv[0], strtoull(argv[1], NULL, 10), argc > 2 ? atoi(argv[2]) : 1);
	}
	printf("1..3\n");
	bool good = try_seeds(folder, argv[0], 1, SEEDS);
	good &= try_cover(2);
	return try_effects(3, folder, SEEDS_TO_DRAW, false) && good;
}

int main(int argc, char **argv)
{
	char folder[] = "/tmp/lettermerge-chance-XXXXXX";
	if (argc == 5 && strcmp(argv[1], "keep") == 0)
		return keep_all(argv[2], strtoull(argv[3], NULL, 10), atoi(argv[4]));
	if (!make_folders(folder)) {
		printf("Bail out! cannot make %s\n", folder);
		return 1;
	}
	xml_start();
	bool good = run(argc, argv, folder);
	xml_stop();
	remove_folder(folder);
	return good ? 0 : 1;
}
