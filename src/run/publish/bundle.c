/* bundle.c - prepared letters → one PDF for the printer, beside its place and then renamed.
 *
 * Bytes go to the disk as they come, none is read back. A run that is broken off, or killed, leaves
 * the bundle of the run before; what lies beside it then is overwritten by the next. Two runs never
 * write the same: the file beside is locked. */
#include "publish/bundle.h"

#include "base/diag_id.h"

#include <errno.h>
#include <stdlib.h>

enum { MOST_WAITING = 1 << 20 };

struct bundle {
	struct beside file;
	struct arena *arena;
	bool failed, durable;
	int64_t letters;
	struct pdf_bundle *pdf;
	struct buf waiting;
	struct buf *into; /* in place of the file; or NULL */
};

static bool fail(struct bundle *bundle, struct diags *diags)
{
	if (!bundle->failed)
		beside_report(&bundle->file, diags);
	bundle->failed = true;
	return false;
}

static void release(struct bundle *bundle)
{
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
	bundle->durable = input->durability == DURABILITY_SAFE;
	struct str part = path_join(bundle->arena, path_dir(path),
		str_format(bundle->arena, ".%.*s.part", str_arg(path_base(path))));
	bundle->pdf = pdf_bundle_new(&options);
	bundle->into = input->into;
	bundle->file.fd = -1;
	if (!bundle->into)
		beside_open_alone(&bundle->file, input->file, part.at);
	if (!bundle->file.error)
		return bundle;
	if (bundle->file.error == EWOULDBLOCK)
		diag_add(diags, BUNDLE_LOCKED, place_in(input->file), input->file);
	else
		fail(bundle, diags);
	beside_end(&bundle->file, false);
	release(bundle);
	return NULL;
}

static bool put(struct bundle *bundle, struct diags *diags)
{
	if (bundle->into)
		buf_str(bundle->into, buf_text(&bundle->waiting));
	else
		beside_write(&bundle->file, bundle->waiting.at, bundle->waiting.len);
	buf_clear(&bundle->waiting);
	if (bundle->file.error)
		fail(bundle, diags);
	return !bundle->failed;
}

bool bundle_add(
	struct bundle *bundle, struct pdf_writer *writer, struct str id, struct diags *diags)
{
	if (bundle->failed)
		return false;
	if (!pdf_bundle_has_room(bundle->pdf)) {
		bundle->file.error = EFBIG;
		return fail(bundle, diags);
	}
	if (!pdf_bundle_add(bundle->pdf, writer, id, &bundle->waiting, diags)) {
		bundle->failed = true;
		return false;
	}
	bundle->letters++;
	return bundle->waiting.len < MOST_WAITING || put(bundle, diags);
}

static bool publish(struct bundle *bundle, struct diags *diags)
{
	if (!put(bundle, diags) || bundle->into)
		return !bundle->failed;
	beside_settle(&bundle->file, bundle->durable);
	return beside_end(&bundle->file, true) || fail(bundle, diags);
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
	if (!end.written && !bundle->into)
		beside_end(&bundle->file, false);
	release(bundle);
	return end;
}
