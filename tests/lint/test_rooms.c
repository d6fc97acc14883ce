/* What docs/architecture.md says of the rooms is so: its table has the rooms and the libraries of
 * tests/layers.txt, each room has its public header, and what a stage must not ask or keep stands
 * in the sources of no room but those that it allows. */
#include "layers.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *root; /* of the project, from the command line */

/* -- the table --------------------------------------------------------------------------------- */

/* A library and the headers that are its own. */
static const struct {
	const char *name, *headers;
	bool small; /* comes with the C library: README need not name it */
} libraries[] = {
	{"libxml2", "libxml/"},
	{"libcsv", "csv.h"},
	{"SQLite", "sqlite3.h"},
	{"iconv", "iconv.h", true},
	{"yajl", "yajl/"},
	{"libpq", "libpq-fe.h"},
	{"libzint", "zint.h"},
	{"libpng", "png.h"},
	{"libjpeg", "jpeglib.h"},
	{"HarfBuzz", "hb.h hb-ot.h hb-subset.h"},
	{"Fontconfig", "fontconfig/"},
	{"ICU", "unicode/"},
	{"libharu", "hpdf"},
	{"libdeflate", "libdeflate.h"},
	{"xxHash", "xxhash.h"},
	{"Little CMS", "lcms2.h"},
	{"OpenSSL", "openssl/"},
	{"libcurl", "curl/"},
	{"libarchive", "archive.h archive_entry.h"},
	{"libmicrohttpd", "microhttpd.h"},
	{"pthread", "pthread.h semaphore.h", true},
	{"getopt", "getopt.h", true},
};

enum { LIBRARIES = sizeof libraries / sizeof *libraries };

/* Headers of the system, and those that the build makes: no libraries. */
static const char system_headers[] =
	"arpa/inet.h dirent.h dlfcn.h linux/ malloc.h poll.h pwd.h spawn.h "
	"math.h sys/random.h termios.h wctype.h "
	"changes.h page_assets.h report_style.h";

/* The library that a header is of, or LIBRARIES. */
static int library_of(struct str header)
{
	int i = 0;
	while (i < LIBRARIES && !has_word(str_of(libraries[i].headers), header))
		i++;
	return i;
}

static bool includes(const struct room *room, int library)
{
	struct str rest = room->foreign, header;
	while (str_split(&rest, ' ', &header))
		if (header.len && library_of(header) == library)
			return true;
	return false;
}

static void every_header_is_of_a_library(void **state)
{
	struct layers *layers = *state;
	for (int i = 0; i < layers->rooms.len; i++) {
		struct str rest = layers->rooms.at[i].foreign, header;
		while (str_split(&rest, ' ', &header))
			if (header.len && library_of(header) == LIBRARIES &&
				!has_word(str_of(system_headers), header))
				fail_msg("%.*s: which library is it?", str_arg(header));
	}
}

/* A table's row: "| `content/letter` | merge | … | libraries |". */
static void check_row(struct layers *layers, const struct room *room, struct str row)
{
	struct str cell[5] = {{0}};
	for (int i = 0; i < 5 && str_split(&row, '|', &cell[i]); i++)
		cell[i] = str_trim(cell[i]);
	if (!str_is(cell[1], str_format(layers->arena, "`%.*s`", str_arg(room->folder)).at))
		fail_msg("in the table stands %.*s for %.*s", str_arg(cell[1]),
			str_arg(room->folder));
	for (int i = 0; i < LIBRARIES; i++) {
		bool named = str_find(cell[4], libraries[i].name) >= 0;
		if (named != includes(room, i))
			fail_msg("%.*s %s %s, the table says otherwise", str_arg(room->folder),
				named ? "does not include" : "includes", libraries[i].name);
	}
}

static void the_table_has_the_rooms_and_their_libraries(void **state)
{
	struct layers *layers = *state;
	struct str rest = layers_text(layers, str_lit("docs/architecture.md")), line;
	int row = 0;
	while (str_split(&rest, '\n', &line) && !(row && !line.len)) { /* to the table's end */
		if (!str_starts(line, "| `"))
			continue;
		if (row == layers->rooms.len)
			fail_msg("a row too many: %.*s", str_arg(line));
		check_row(layers, &layers->rooms.at[row++], line);
	}
	assert_int_equal(row, layers->rooms.len);
}

static void the_first_page_names_every_library(void **state)
{
	struct str readme = layers_text(*state, str_lit("README.md"));
	for (int i = 0; i < LIBRARIES; i++)
		if (!libraries[i].small && str_find(readme, libraries[i].name) < 0)
			fail_msg("README.md does not name %s", libraries[i].name);
}

static void every_room_is_a_library_with_a_header_of_its_name(void **state)
{
	struct layers *layers = *state;
	for (int i = 0; i < layers->rooms.len; i++) {
		const struct room *room = &layers->rooms.at[i];
		if (str_is(room->name, "cli"))
			continue;
		layers_text(layers,
			str_format(layers->arena, "src/%.*s/%.*s.h", str_arg(room->folder),
				str_arg(room->name)));
		struct str build = layers_text(layers,
			str_format(layers->arena, "src/%.*s/meson.build", str_arg(room->folder)));
		const char *library =
			str_format(layers->arena, "static_library('%.*s'", str_arg(room->name)).at;
		assert_true(str_find(build, library) >= 0);
	}
}

/* -- what a stage must not ask or keep --------------------------------------------------------- */

static const struct {
	const char *word, *rooms; /* where it may stand */
} words[] = {
	{"clock_gettime(", "level job desk http cli recipients"},
	{"gettimeofday(", ""},
	{"time(NULL)", "publish job desk http cli"},
	{"getenv(", "cli"},
	{"setlocale(", ""},
	{"rand(", ""},
	{"float", "text"},          /* HarfBuzz hands outlines over so, of which a hash is made */
	{"double", "base svg cli"}, /* base prints one */
	{"abort(", ""},
	{"malloc(", "picture cli"}, /* which says that there is too little memory for a picture */
	{"calloc(", "base cli"},
	{"realloc(", "base cli"},
	{"strdup(", ""},
	{"strndup(", ""},
	{"_Thread_local", "locale pdf"},
	/* What is printed goes through base/say.h. */
	{"printf(", ""},
	{"fprintf(", "base"},   /* without memory */
	{"dprintf(", "record"}, /* a number, to a lock */
	{"puts(", ""},
	{"fputs(", ""},
	{"putchar(", ""},
	{"putc(", ""},
	{"fputc(", ""},
	{"fwrite(", "base"},
	{"perror(", ""},
};

/* The end of a comment, a text or a character that begins at a place; the place itself for none. */
static int behind_aside(struct str text, int at)
{
	char c = text.at[at];
	if (c == '/' && at + 1 < text.len && text.at[at + 1] == '*') {
		int end = str_find(str_slice(text, at + 2, text.len), "*/");
		assert_true(end >= 0);
		return at + 2 + end + 2;
	}
	if (c != '"' && c != '\'')
		return at;
	for (at++; text.at[at] != c; at++)
		at += text.at[at] == '\\';
	return at + 1;
}

/* The source with blanks for comments, texts and characters. */
static struct str code_of(struct arena *arena, struct str text)
{
	char *code = str_chars(arena, text);
	for (int at = 0, end; at<text.len; at = end> at ? end : at + 1) {
		end = behind_aside(text, at);
		for (int i = at; i < end; i++)
			code[i] = code[i] == '\n' ? '\n' : ' ';
	}
	return (struct str){code, text.len};
}

static bool is_of_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Whether a name stands in the code, not as a part of another. */
static bool has_name(struct str code, const char *name)
{
	int len = (int)strlen(name);
	for (int at; (at = str_find(code, name)) >= 0; code = str_slice(code, at + len, code.len)) {
		bool begins = at == 0 || !is_of_name(code.at[at - 1]);
		bool ends = at + len == code.len || !is_of_name(name[len - 1]) ||
			!is_of_name(code.at[at + len]);
		if (begins && ends)
			return true;
	}
	return false;
}

static void check_words(
	struct layers *layers, const struct room *room, const char *file, struct str text)
{
	struct str code = code_of(layers->arena, text);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (has_name(code, words[i].word) && !has_word(str_of(words[i].rooms), room->name))
			buf_format(&layers->findings, "%s: %s may not stand here\n", file,
				words[i].word);
}

/* A line such as "static int count;": what changes outlives a call. */
static bool is_kept(struct str line)
{
	int value = str_find(line, "="), parameters = str_find(line, "(");
	bool variable = str_find(line, ";") >= 0 || value >= 0;
	return variable && (parameters < 0 || (value >= 0 && value < parameters)) &&
		str_starts(line, "static ") && !has_name(line, "const");
}

static void check_kept(
	struct layers *layers, const struct room *room, const char *file, struct str text)
{
	struct str code = code_of(layers->arena, text), line;
	bool may = str_is(room->name, "cli"); /* a signal's handler can be given nothing */
	while (!may && str_split(&code, '\n', &line))
		if (is_kept(str_trim(line)) && !has_name(line, "_Thread_local"))
			buf_format(&layers->findings, "%s: this outlives a call: %.*s\n", file,
				str_arg(line));
}

static void a_stage_asks_and_keeps_nothing(void **state)
{
	struct layers *layers = *state;
	for (int i = 0; i < layers->rooms.len; i++) {
		room_each(layers, &layers->rooms.at[i], check_words);
		room_each(layers, &layers->rooms.at[i], check_kept);
	}
	if (layers->findings.len)
		fail_msg("%s", buf_text(&layers->findings).at);
}

static void what_may_not_stand_there_is_found(void **state)
{
	static const struct {
		const char *code;
		bool wrong;
	} cases[] = {
		{"int64_t now = time(NULL);", true}, {"/* time(NULL) */", false},
		{"f(\"getenv(\");", false}, {"f(\"\\\"\"); getenv(x);", true},
		{"if (c == '\"') getenv(x);", true}, {"float x;", true}, {"int floating;", false},
		{"static int count;", true}, {"\tstatic struct buf out = {0};", true},
		{"static const int count = 1;", false}, {"static int count(void);", false},
		{"static int count(void)", false},
		{"static int (*call)(void) = NULL;", false}, /* not told from a function */
	};
	struct layers *layers = *state;
	const struct room room = {.name = str_lit("layout")};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&layers->findings);
		check_words(layers, &room, "x.c", str_of(cases[i].code));
		check_kept(layers, &room, "x.c", str_of(cases[i].code));
		if ((layers->findings.len > 0) != cases[i].wrong)
			fail_msg("%s", cases[i].code);
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

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_layers, close_layers)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CASE(every_header_is_of_a_library),
		CASE(the_table_has_the_rooms_and_their_libraries),
		CASE(the_first_page_names_every_library),
		CASE(every_room_is_a_library_with_a_header_of_its_name),
		CASE(a_stage_asks_and_keeps_nothing),
		CASE(what_may_not_stand_there_is_found),
	};
	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
