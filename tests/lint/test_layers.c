/* Reads every #include under src and compares it with tests/layers.txt. */
#include "layers.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *root; /* of the project, from the command line */

/* Headers of C and POSIX that every room may include; "sys/" stands for the folder. */
static const char standard[] =
	"assert.h ctype.h errno.h fcntl.h inttypes.h limits.h locale.h setjmp.h signal.h stdarg.h "
	"stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h string.h strings.h sys/ time.h "
	"unistd.h sanitizer/";

/* Is the name one of the list's words? A word that does not end in ".h" stands for all that begin
 * with it. */
static bool is_listed(struct str list, struct str name)
{
	struct str word;
	while (str_split(&list, ' ', &word)) {
		bool whole = str_ends(word, ".h") || name.len <= word.len;
		struct str part = whole ? name : str_slice(name, 0, word.len);
		if (word.len && str_eq(part, word))
			return true;
	}
	return false;
}

/* Checks one include of one room; what is wrong with it, or NULL. */
static const char *check_include(const struct room *room, struct str header, bool quoted)
{
	struct str rest = header, other;
	if (!quoted)
		return is_listed(str_of(standard), header) || is_listed(room->foreign, header)
			? NULL
			: "is a foreign header that this room may not know";
	str_split(&rest, '/', &other);
	if (!rest.at)
		return "names no room";
	if (str_eq(other, room->name))
		return NULL;
	if (str_ends(header, "_int.h"))
		return "is private to its room";
	return has_word(room->rooms, other) ? NULL : "is a room that this one may not see";
}

static void check_source(
	struct layers *layers, const struct room *room, const char *file, struct str text)
{
	struct str line;
	for (int number = 1; str_split(&text, '\n', &line); number++) {
		line = str_trim(line);
		int from = str_find(line, "<") >= 0 ? str_find(line, "<") : str_find(line, "\"");
		if (!str_starts(line, "#include") || from < 0)
			continue;
		bool quoted = line.at[from] == '"';
		struct str header = str_slice(line, from + 1, line.len);
		int end = str_find(header, quoted ? "\"" : ">");
		assert_true(end > 0);
		header = str_slice(header, 0, end);
		const char *wrong = check_include(room, header, quoted);
		if (wrong)
			buf_format(&layers->findings, "%s:%d: %.*s %s\n", file, number,
				str_arg(header), wrong);
	}
}

static void every_include_keeps_to_the_layers(void **state)
{
	struct layers *layers = *state;
	for (int i = 0; i < layers->rooms.len; i++)
		assert_true(room_each(layers, &layers->rooms.at[i], check_source) > 0);
	if (layers->findings.len)
		fail_msg("%s", buf_text(&layers->findings).at);
}

/* Every folder with sources is a room, and stands in the list. */
static void check_folder(struct layers *layers, struct str folder)
{
	struct str path = str_format(layers->arena, "%s/src/%.*s", root, str_arg(folder));
	DIR *dir = opendir(path.at);
	bool known = false, sources = false;
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir));) {
		struct str name = str_of(entry->d_name);
		sources |= str_ends(name, ".c") || str_ends(name, ".h");
		if (entry->d_type == DT_DIR && name.at[0] != '.')
			check_folder(layers,
				folder.len ? path_join(layers->arena, folder, name)
					   : str_copy(layers->arena, name));
	}
	closedir(dir);
	for (int i = 0; i < layers->rooms.len; i++)
		known |= str_eq(layers->rooms.at[i].folder, folder);
	if (sources && !known)
		fail_msg("src/%.*s is not in tests/layers.txt", str_arg(folder));
}

static void every_folder_of_src_is_in_the_layers(void **state)
{
	check_folder(*state, str_lit(""));
}

/* So the rooms have no circle. */
static void a_room_sees_only_rooms_before_it(void **state)
{
	struct layers *layers = *state;
	struct buf before = {0};
	for (int i = 0; i < layers->rooms.len; i++) {
		struct str rest = layers->rooms.at[i].rooms, other;
		while (str_split(&rest, ' ', &other))
			if (other.len && !has_word(buf_text(&before), other))
				fail_msg("%.*s may not see %.*s, which stands behind it",
					str_arg(layers->rooms.at[i].name), str_arg(other));
		buf_str(&before, layers->rooms.at[i].name);
		buf_char(&before, ' ');
	}
	buf_free(&before);
}

static void a_stray_include_is_found(void **state)
{
	static const struct {
		const char *room, *line;
		bool wrong;
	} cases[] = {
		{"layout", "#include <hpdf.h>", true},
		{"layout", "#include <hb.h>", true},
		{"layout", "#include \"pdf/pdf.h\"", true},
		{"layout", "#include \"text/text_int.h\"", true},
		{"layout", "#include \"text/text.h\"", false},
		{"base", "#include \"letter/letter.h\"", true},
		{"template", "#include \"letter/letter.h\"", true},
		{"recipients", "#include <libxml/parser.h>", true},
		{"xml", "  #include <libxml/parser.h>", false},
		{"pdf", "#include <hpdf_streams.h>", false},
		{"cli", "#include <sys/wait.h>", false},
	};
	struct layers *layers = *state;
	for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
		buf_clear(&layers->findings);
		for (int i = 0; i < layers->rooms.len; i++)
			if (str_is(layers->rooms.at[i].name, cases[c].room))
				check_source(
					layers, &layers->rooms.at[i], "x.c", str_of(cases[c].line));
		if ((layers->findings.len > 0) != cases[c].wrong)
			fail_msg("%s in %s", cases[c].line, cases[c].room);
	}
}

static int open_layers(void **state)
{
	*state = layers_read(root);
	return 0;
}

static int close_layers(void **state)
{
	layers_free(*state);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_include_keeps_to_the_layers, open_layers, close_layers),
		cmocka_unit_test_setup_teardown(
			every_folder_of_src_is_in_the_layers, open_layers, close_layers),
		cmocka_unit_test_setup_teardown(
			a_room_sees_only_rooms_before_it, open_layers, close_layers),
		cmocka_unit_test_setup_teardown(
			a_stray_include_is_found, open_layers, close_layers),
	};
	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
