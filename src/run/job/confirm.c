/* confirm.c - a fact of a record → confirmed: its file says who was asked. The file is written
 * beside and renamed, so that it is the old one or the new one. */
#include "job/job.h"

#include "base/diag_id.h"

#include <stdlib.h>
#include <sys/stat.h>

/* A value of one's own; a list's have no names of their own. */
static const struct value *find_fact(
	const struct recipient *recipient, struct str field, struct diags *diags)
{
	const struct value *value = recipient_find(recipient->values, field);
	if (value && !value->parts && str_trim(value->text).len &&
		!recipient_find(value->next, field))
		return value;
	struct nearest nearest = nearest_start(field);
	for (const struct value *other = recipient->values; other && !value; other = other->next)
		nearest_try(&nearest, other->name);
	diag_add(diags, CONFIRM_FIELD, value ? value->at : recipient->at,
		diag_str(diags, recipient->id), diag_str(diags, field));
	nearest_hint(&nearest, diags);
	return NULL;
}

/* What a link leads to is written, and keeps who may read it. */
static bool replace(const char *path, struct buf *bytes, struct diags *diags)
{
	char *file = realpath(path, NULL);
	struct stat status;
	bool known = file && stat(file, &status) == 0;
	bool good = file_publish(file ? file : path, bytes->at, bytes->len, true, diags);
	if (good && known)
		chmod(file, status.st_mode & 07777);
	free(file);
	return good;
}

static bool confirm(struct arena *arena, const struct value *value,
	const struct confirmation *confirmation, struct diags *diags)
{
	const char *path = value->at.file;
	struct buf edited = {0};
	struct str bytes = file_read(arena, path, place_none(), diags);
	bool good = bytes.at &&
		recipient_confirm(arena, bytes, value, confirmation, &edited, diags) &&
		replace(path, &edited, diags);
	buf_free(&edited);
	return good;
}

const char *job_confirm(struct arena *arena, const struct job_source *from, struct str id,
	struct str field, const struct confirmation *confirmation, struct diags *diags)
{
	struct recipient recipient;
	struct recipients_options options = {
		.only = &id, .only_count = 1, .query = from->query, .sheet = from->sheet};
	const struct template *template = job_read_template(arena, from, diags);
	struct recipients *source = template
		? recipients_open(from->recipients, template, &options, diags)
		: NULL;
	bool good = source && recipients_next(source, arena, &recipient, diags) == RECIPIENTS_GOOD;
	if (source)
		recipients_close(source);
	const struct value *value = good ? find_fact(&recipient, field, diags) : NULL;
	if (value && (value->at.row || recipient.object)) {
		diag_add0(diags, CONFIRM_TABLE, value->at);
		return NULL;
	}
	return value && confirm(arena, value, confirmation, diags) ? value->at.file : NULL;
}
