/* support.c - scratch folders and commands for tests. */
#include "support/support.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct scratch scratch_new(void)
{
	struct scratch scratch = {.arena = arena_new()};
	const char *base = getenv("TMPDIR");
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1); /* no identity of the user's own */
	struct str path = str_format(
		scratch.arena, "%s/lettermerge-test-XXXXXX", base ? base : "/tmp");
	scratch.dir = mkdtemp(str_chars(scratch.arena, path));
	assert_non_null(scratch.dir);
	return scratch;
}

void scratch_free(struct scratch *scratch)
{
	run_in(scratch->arena, "/", "chmod -R u+rwx '%s'; rm -rf '%s'", scratch->dir, scratch->dir);
	arena_free(scratch->arena);
	*scratch = (struct scratch){0};
}

const char *scratch_path(struct scratch *scratch, const char *name)
{
	return path_join(scratch->arena, str_of(scratch->dir), str_of(name)).at;
}

void scratch_write(struct scratch *scratch, const char *name, const char *text)
{
	struct diags *diags = diags_new();
	const char *path = scratch_path(scratch, name);
	struct str dir = str_copy(scratch->arena, path_dir(str_of(path)));
	struct outcome made = run_in(scratch->arena, "/", "mkdir -p '%s'", dir.at);
	assert_int_equal(made.code, 0);
	assert_true(file_publish(path, text, strlen(text), false, diags));
	diags_free(diags);
}

struct str read_bytes(struct arena *arena, const char *path)
{
	struct diags *diags = diags_new();
	struct str bytes = file_read(arena, path, place_none(), diags);
	diags_free(diags);
	return bytes;
}

struct str list_folder(struct arena *arena, const char *path)
{
	struct dirent **entries;
	struct buf names = {0};
	int count = scandir(path, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		if (name[0] != '.' && strcmp(name, "run.json") != 0)
			buf_format(&names, "%s\n", name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	struct str text = str_copy(arena, buf_text(&names));
	buf_free(&names);
	return text;
}

static struct str take_file(struct arena *arena, const char *path)
{
	struct str bytes = read_bytes(arena, path);
	unlink(path);
	return bytes.at ? bytes : str_lit("");
}

/* An argument as it stands in the command: between the quotes that the format has round it a quote
 * of its own is written otherwise. */
static void put_argument(struct buf *line, struct str text, char quote)
{
	for (int i = 0; i < text.len; i++)
		if (quote == '\'' && text.at[i] == '\'')
			buf_puts(line, "'\\''");
		else
			buf_char(line, text.at[i]);
}

/* One conversion, behind its '%'; how many characters it has. */
static int put_conversion(struct buf *line, const char *format, va_list *args, char quote)
{
	if (strncmp(format, ".*s", 3) == 0) {
		int len = va_arg(*args, int);
		put_argument(line, (struct str){va_arg(*args, const char *), len}, quote);
		return 3;
	}
	switch (*format) {
	case 's':
		put_argument(line, str_of(va_arg(*args, const char *)), quote);
		return 1;
	case 'd':
		buf_format(line, "%d", va_arg(*args, int));
		return 1;
	case 'c':
		buf_char(line, (char)va_arg(*args, int));
		return 1;
	default:
		assert_int_equal(*format, '%');
		buf_char(line, '%');
		return 1;
	}
}

/* The quote that holds behind a character of a command: 0, a single or a double one. */
static char quote_behind(char quote, char c)
{
	if (quote)
		return c == quote ? 0 : quote;
	return c == '\'' || c == '"' ? c : 0;
}

static void put_command(struct buf *line, const char *format, va_list *args)
{
	char quote = 0;
	for (; *format; format++) {
		if (*format == '%') {
			format += put_conversion(line, format + 1, args, quote);
			continue;
		}
		quote = quote_behind(quote, *format);
		buf_char(line, *format);
		if (*format == '\\' && quote != '\'' && format[1])
			buf_char(line, *++format);
	}
}

struct str command_format(struct arena *arena, const char *format, ...)
{
	struct buf line = {0};
	va_list args;
	va_start(args, format);
	put_command(&line, format, &args);
	va_end(args);
	struct str command = str_copy(arena, buf_text(&line));
	buf_free(&line);
	return command;
}

struct outcome run_in(struct arena *arena, const char *dir, const char *format, ...)
{
	char out[] = "/tmp/lettermerge-out-XXXXXX", err[] = "/tmp/lettermerge-err-XXXXXX";
	struct buf line = {0};
	int out_fd = mkstemp(out), err_fd = mkstemp(err);
	assert_true(out_fd >= 0 && err_fd >= 0);
	close(out_fd);
	close(err_fd);
	va_list args;
	va_start(args, format);
	buf_str(&line, command_format(arena, "cd '%s' && { ", dir));
	put_command(&line, format, &args);
	buf_format(&line, "; } >%s 2>%s </dev/null", out, err);
	va_end(args);
	int status = system(buf_text(&line).at);
	buf_free(&line);
	return (struct outcome){
		.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
		.out = take_file(arena, out),
		.err = take_file(arena, err),
	};
}

static struct scratch links;

static void remove_links(void)
{
	scratch_free(&links);
}

const char *plain_link(const char *path)
{
	if (!links.arena) {
		links = scratch_new();
		atexit(remove_links);
	}
	static int count; /* a folder each: two may have one name */
	const char *folder = scratch_path(&links, str_format(links.arena, "%d", count++).at);
	assert_int_equal(mkdir(folder, 0700), 0);
	const char *link = path_join(links.arena, str_of(folder), path_base(str_of(path))).at;
	assert_int_equal(symlink(path, link), 0);
	return link;
}

bool have_program(const char *name)
{
	struct arena *arena = arena_new();
	bool found = run_in(arena, "/", "command -v %s", name).code == 0;
	arena_free(arena);
	if (!found && getenv("LETTERMERGE_TESTS_REQUIRE"))
		fail_msg("%s is not installed", name);
	if (!found)
		print_message("# %s is not installed: skipped\n", name);
	return found;
}

void assert_holds(struct str text, const char *part)
{
	if (*part && str_find(text, part) < 0)
		fail_msg("no \"%s\" in:\n%.*s", part, str_arg(text));
}
