/* attachment.c - see attachment.h. Files are few, so lists are searched. */
#include "attachment/attachment.h"

#include "base/diag_id.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A file as it was met. */
struct met {
	const char *path;
	struct attachment file;
	int error;     /* errno; 0: it is there */
	int64_t bytes; /* too many; 0: it is not too large */
};

struct attachments {
	pthread_mutex_t lock;
	struct arena *arena;
	vec(struct met) met;
};

struct attachments *attachments_new(void)
{
	struct attachments *attachments = heap_new(sizeof *attachments);
	attachments->arena = arena_new();
	if (pthread_mutex_init(&attachments->lock, NULL) != 0)
		out_of_memory();
	return attachments;
}

void attachments_free(struct attachments *attachments)
{
	if (!attachments)
		return;
	pthread_mutex_destroy(&attachments->lock);
	arena_free(attachments->arena);
	free(attachments);
}

static struct met meet(struct arena *arena, struct str path)
{
	struct diags *unsaid = diags_new();
	struct stat status;
	struct met met = {.path = str_copy(arena, path).at};
	errno = 0;
	if (stat(met.path, &status) == 0 && status.st_size > ATTACHED_MAX)
		met.bytes = status.st_size;
	else
		met.file.bytes = file_read(arena, met.path, place_none(), unsaid);
	met.error = met.bytes || met.file.bytes.at ? 0 : errno;
	met.file.name = str_copy(arena, path_base(path));
	met.file.type = attachment_type(arena, met.file.bytes, met.file.name);
	diags_free(unsaid);
	return met;
}

static struct met meet_once(struct attachments *attachments, struct str path)
{
	pthread_mutex_lock(&attachments->lock);
	int i = 0;
	while (i < attachments->met.len && !str_is(path, attachments->met.at[i].path))
		i++;
	if (i == attachments->met.len) {
		struct met met = meet(attachments->arena, path);
		met.file.shared = true;
		*vec_push(attachments->arena, &attachments->met) = met;
	}
	struct met met = attachments->met.at[i];
	pthread_mutex_unlock(&attachments->lock);
	return met;
}

static bool is_same_in_all_letters(const struct node *node)
{
	for (const struct attribute *a = node->origin ? node->origin->attributes : NULL; a;
		a = a->next)
		if (str_is(a->name, "file"))
			return !a->has_fields;
	return true;
}

static bool report_size(struct diags *diags, struct place at, struct str name, int64_t bytes)
{
	const int64_t mega = 1000 * 1000;
	diag_add(diags, ATTACHMENT_SIZE, at, diag_str(diags, name),
		diag_int(diags, (int)((bytes + mega - 1) / mega)),
		diag_int(diags, ATTACHED_MAX / (int)mega));
	return false;
}

bool attachments_find(struct attachments *attachments, struct arena *arena,
	struct attached_to element, struct attachment *out, struct diags *diags)
{
	const struct node *node = element.node;
	struct str path = path_join(arena, element.dir, node_attribute(node, "file"));
	struct met met = is_same_in_all_letters(node) ? meet_once(attachments, path)
						      : meet(arena, path);
	if (met.error)
		diag_add(diags, ATTACHMENT_READ, node->at, diag_str(diags, path),
			file_error(met.error));
	else if (met.bytes)
		report_size(diags, node->at, path, met.bytes);
	*out = met.file;
	return !met.error && !met.bytes;
}

/* A letter that shows it twice has it once. NULL: it has none of that name. */
static const struct attachment *find_name(const struct attached *attached, struct str name)
{
	for (int i = 0; i < attached->files.len; i++)
		if (str_eq(attached->files.at[i].name, name))
			return &attached->files.at[i];
	return NULL;
}

static bool take_one(struct attachments *attachments, struct arena *arena,
	struct attached_to element, struct attached *out, struct diags *diags)
{
	const struct node *node = element.node;
	struct attachment file;
	if (!attachments_find(attachments, arena, element, &file, diags))
		return false;
	const struct attachment *there = find_name(out, file.name);
	bool same = there && there->bytes.len == file.bytes.len &&
		memcmp(there->bytes.at, file.bytes.at, (size_t)file.bytes.len) == 0;
	if (there && !same) {
		diag_add(diags, ATTACHMENT_NAME, node->at, diag_str(diags, file.name));
		return false;
	}
	file.title = node_attribute(node, "title");
	if (!there)
		*vec_push(arena, &out->files) = file;
	return true;
}

bool attachments_take(struct attachments *attachments, struct arena *arena,
	struct attached_to letter, struct attached *out, struct diags *diags)
{
	int64_t bytes = 0;
	bool good = true;
	*out = (struct attached){0};
	for (const struct node *node = letter.node; node && good;
		node = node_following(node, letter.node)) {
		int before = out->files.len;
		if (node->tag != TAG_ATTACHMENT)
			continue;
		good = take_one(
			attachments, arena, (struct attached_to){node, letter.dir}, out, diags);
		if (out->files.len > before)
			bytes += out->files.at[before].bytes.len;
		if (bytes > ATTACHED_MAX)
			good = report_size(diags, node->at, out->files.at[before].name, bytes);
	}
	return good;
}
