/* file.c - whole files in, whole files out. */
#include "base/file.h"

#include "base/arena.h"
#include "base/beside.h"
#include "base/diag_id.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int file_open(const char *path)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)))
		return fd;
	close(fd);
	errno = S_ISDIR(status.st_mode) ? EISDIR : ESPIPE;
	return -1;
}

FILE *file_stream(const char *path)
{
	int fd = file_open(path);
	FILE *stream = fd < 0 ? NULL : fdopen(fd, "rb");
	if (fd >= 0 && !stream)
		close(fd);
	return stream;
}

bool file_can_be_read(const char *path)
{
	int fd = file_open(path);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

bool file_is_named_pipe(const char *path)
{
	struct stat status;
	bool is_pipe = stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
	char *name = is_pipe ? realpath(path, NULL) : NULL;
	bool named = name != NULL;
	free(name);
	return named;
}

const char *file_error(int error)
{
	return error == ESPIPE    ? "it is a pipe or a device, not a file"
		: error == ESTALE ? "it was changed while it was read"
				  : strerror(error);
}

int file_nameless(void)
{
	char path[] = "/var/tmp/lettermerge-XXXXXX";
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

/* Of a file that somebody wrote meanwhile the bytes may be of two. */
static bool is_as_it_was(int fd, const struct stat *was)
{
	struct stat now;
	if (fstat(fd, &now) != 0)
		return false;
	errno = ESTALE;
	return now.st_size == was->st_size && now.st_mtim.tv_sec == was->st_mtim.tv_sec &&
		now.st_mtim.tv_nsec == was->st_mtim.tv_nsec;
}

static struct str read_all(struct arena *arena, int fd)
{
	struct stat status;
	if (fstat(fd, &status) != 0)
		return (struct str){0};
	int size = status.st_size < INT_MAX - 1 ? (int)status.st_size : INT_MAX - 1;
	char *at = arena_alloc(arena, (size_t)size + 1);
	int len = 0;
	while (len < size) {
		ssize_t got = read(fd, at + len, (size_t)(size - len));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return (struct str){0};
		if (got == 0)
			break;
		len += (int)got;
	}
	return is_as_it_was(fd, &status) ? (struct str){at, len} : (struct str){0};
}

struct str file_read(struct arena *arena, const char *path, struct place place, struct diags *diags)
{
	int fd = file_open(path);
	struct str bytes = fd < 0 ? (struct str){0} : read_all(arena, fd);
	if (!bytes.at)
		diag_add(diags, FILE_READ, place.file ? place : place_in(path), path,
			file_error(errno));
	if (fd >= 0)
		close(fd);
	return bytes;
}

bool file_write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t put = write(fd, bytes, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		bytes += put;
		len -= (size_t)put;
	}
	return true;
}

/* ".NAME.tmp" in the same folder. */
static const char *name_beside(struct arena *arena, const char *path)
{
	struct str base = path_base(str_of(path));
	struct str name = str_format(arena, ".%.*s.tmp", str_arg(base));
	return path_join(arena, path_dir(str_of(path)), name).at;
}

static bool fill(struct beside *file, const void *bytes, size_t len, bool sync, struct diags *diags)
{
	beside_write(file, bytes, len);
	beside_settle(file, sync);
	bool good = beside_end(file, true);
	if (!good)
		beside_report(file, diags);
	return good;
}

bool file_publish(const char *path, const void *bytes, size_t len, bool sync, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct beside file;
	beside_open(&file, path, name_beside(arena, path));
	bool good = fill(&file, bytes, len, sync, diags);
	arena_free(arena);
	return good;
}

/* Asked when all is on the disk but the name. */
static bool holds_still(struct arena *arena, const char *path, struct str was, struct diags *diags)
{
	struct str now = file_read(arena, path, place_none(), diags);
	bool same = now.at && str_eq(now, was);
	if (now.at && !same)
		diag_add(diags, EDIT_CHANGED, place_in(path), path);
	return same;
}

static bool replace(const char *path, struct str was, struct str now, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct beside file;
	struct stat status;
	beside_open(&file, path, name_beside(arena, path));
	if (stat(path, &status) == 0)
		beside_set_mode(&file, status.st_mode & 07777);
	beside_write(&file, now.at, (size_t)now.len);
	beside_settle(&file, true);
	bool same = holds_still(arena, path, was, diags), good = beside_end(&file, same);
	if (same && !good)
		beside_report(&file, diags);
	arena_free(arena);
	return good;
}

bool file_replace(const char *path, struct str was, struct str now, struct diags *diags)
{
	char *file = realpath(path, NULL);
	bool good = replace(file ? file : path, was, now, diags);
	free(file);
	return good;
}

bool file_publish_private(
	const char *path, const void *bytes, size_t len, bool sync, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct beside file;
	beside_open(&file, path, name_beside(arena, path));
	beside_make_private(&file);
	bool good = fill(&file, bytes, len, sync, diags);
	arena_free(arena);
	return good;
}

void file_make_private(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
}

bool file_not_read(const char *path, struct diags *diags)
{
	diag_add(diags, FILE_READ, place_in(path), path, file_error(errno));
	return false;
}

void file_hint_permission(int error, struct diags *diags)
{
	if (error == EACCES || error == EPERM || error == EROFS)
		diag_hint(diags,
			"ask for the permission to write there, or choose another folder with "
			"--out DIR");
}

bool file_not_written(const char *path, struct diags *diags)
{
	int error = errno;
	diag_add(diags, FILE_WRITE, place_in(path), path, strerror(error));
	file_hint_permission(error, diags);
	return false;
}

bool file_remove(const char *path, struct diags *diags)
{
	return unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR ||
		file_not_written(path, diags);
}

bool file_exists(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0;
}

bool file_has_name(int fd, const char *path)
{
	struct stat held, named;
	return fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino &&
		held.st_dev == named.st_dev;
}

struct str path_join(struct arena *arena, struct str dir, struct str name)
{
	if (dir.len == 0 || str_is(dir, "."))
		return str_copy(arena, name);
	int slash = dir.at[dir.len - 1] != '/';
	char *at = arena_alloc(arena, (size_t)(dir.len + slash + name.len) + 1);
	memcpy(at, dir.at, (size_t)dir.len);
	at[dir.len] = '/';
	memcpy(at + dir.len + slash, name.at, (size_t)name.len);
	at[dir.len + slash + name.len] = 0;
	return (struct str){at, dir.len + slash + name.len};
}

static int last_slash(struct str path)
{
	int at = path.len - 1;
	while (at >= 0 && path.at[at] != '/')
		at--;
	return at;
}

struct str path_dir(struct str path)
{
	int slash = last_slash(path);
	return str_slice(path, 0, slash < 0 ? 0 : slash == 0 ? 1 : slash);
}

struct str path_base(struct str path)
{
	return str_slice(path, last_slash(path) + 1, path.len);
}
