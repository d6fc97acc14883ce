/* bundle.c - prepared letters → one PDF for the printer, beside its place and then renamed.
 *
 * Bytes go to the disk as they come, none is read back. A run that is broken off, or killed, leaves
 * the bundle of the run before; what lies beside it then is overwritten by the next. Two runs never
 * write the same: the file beside is locked. */
#include "publish/bundle.h"

#include "base/diag_id.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

enum { MOST_WAITING = 1 << 20 };

struct bundle {
	const char *path, *beside;
	struct arena *arena;
	int fd;
	bool failed, durable;
	int64_t letters;
	struct pdf_bundle *pdf;
	struct buf waiting;
};

static bool fail(struct bundle *bundle, struct diags *diags)
{
	if (!bundle->failed)
		diag_add(diags, FILE_WRITE, place_in(bundle->path), bundle->path, strerror(errno));
	bundle->failed = true;
	return false;
}

static void release(struct bundle *bundle)
{
	if (bundle->fd >= 0)
		close(bundle->fd);
	pdf_bundle_free(bundle->pdf);
	buf_free(&bundle->waiting);
	arena_free(bundle->arena);
	free(bundle);
}

struct bundle *bundle_open(const struct bundle_input *input, struct diags *diags)
{
	struct bundle *bundle = heap_new(sizeof *bundle);
	struct str path = str_of(input->file);
	struct pdf_bundle_options options = {input->time, path_base(path), input->simplex};
	bundle->arena = arena_new();
	bundle->path = input->file;
	bundle->durable = input->durability == DURABILITY_SAFE;
	bundle->beside = path_join(bundle->arena, path_dir(path),
		str_format(bundle->arena, ".%.*s.part", str_arg(path_base(path))))
				 .at;
	bundle->pdf = pdf_bundle_new(input->pdf, &options);
	bundle->fd = open(bundle->beside, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	bool held = bundle->fd >= 0 && flock(bundle->fd, LOCK_EX | LOCK_NB) == 0;
	if (held && ftruncate(bundle->fd, 0) == 0)
		return bundle;
	if (bundle->fd >= 0 && !held && errno == EWOULDBLOCK)
		diag_add(diags, BUNDLE_LOCKED, place_in(bundle->path), bundle->path);
	else
		fail(bundle, diags);
	release(bundle);
	return NULL;
}

static bool put(struct bundle *bundle, struct diags *diags)
{
	if (!bundle->failed && !file_write_all(bundle->fd, bundle->waiting.at, bundle->waiting.len))
		fail(bundle, diags);
	buf_clear(&bundle->waiting);
	return !bundle->failed;
}

bool bundle_add(
	struct bundle *bundle, struct pdf_writer *writer, struct str id, struct diags *diags)
{
	if (bundle->failed)
		return false;
	errno = EFBIG;
	if (!pdf_bundle_has_room(bundle->pdf))
		return fail(bundle, diags);
	if (!pdf_bundle_add(bundle->pdf, writer, id, &bundle->waiting, diags)) {
		bundle->failed = true;
		return false;
	}
	bundle->letters++;
	return bundle->waiting.len < MOST_WAITING || put(bundle, diags);
}

static bool publish(struct bundle *bundle, struct diags *diags)
{
	if (!put(bundle, diags))
		return false;
	if ((bundle->durable && fsync(bundle->fd) != 0) ||
		rename(bundle->beside, bundle->path) != 0)
		return fail(bundle, diags);
	return true;
}

struct bundle_end bundle_close(struct bundle *bundle, bool keep, struct diags *diags)
{
	struct bundle_end end = {0};
	if (!bundle)
		return end;
	if (keep && bundle->letters && !bundle->failed) {
		struct pdf_bundle_size size = pdf_bundle_end(bundle->pdf, &bundle->waiting);
		end.blank = size.blank;
		end.written = publish(bundle, diags);
	}
	if (!end.written)
		unlink(bundle->beside);
	release(bundle);
	return end;
}
