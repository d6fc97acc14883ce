/* forget.c - lettermerge forget: what a folder of letters holds of some records goes.
 *
 * First all places are looked through, so that one who is not known, or cannot be forgotten, stops
 * it before anything is done. The record goes last: broken off before that, the second time finds
 * there whom it was about. */
#include "job/job.h"

#include "base/diag_id.h"
#include "job/forget_int.h"
#include "record/lock.h"
#include "record/log.h"
#include "verify/manifest.h"

#include <fcntl.h>
#include <unistd.h>

/* -- looking */

static void look_at(void *user, struct str id, struct str archive)
{
	struct forgetting *forgetting = user;
	for (int i = 0; i < forgetting->count; i++) {
		struct person *person = &forgetting->persons[i];
		if (!str_eq(person->id, id)) {
			if (nearest_try(&person->nearest, id))
				person->nearest.best = str_copy(forgetting->arena, id);
			continue;
		}
		person->known = true;
		if (archive.len)
			person->archive = str_copy(forgetting->arena, archive);
	}
}

static void look_at_approval(void *user, const struct approval *approval)
{
	look_at(user, approval->id, str_lit(""));
}

static void look_at_line(void *user, const struct log_line *line)
{
	look_at(user, line->id, str_lit(""));
}

static bool look_at_record(struct forgetting *forgetting, struct shard part, struct diags *diags)
{
	struct record *record = record_open(
		forgetting->out, part, RECORD_READ, DURABILITY_SAFE, diags);
	if (!record)
		return !diags_failed(diags);
	record_each(record, look_at, forgetting);
	bool good = record_commit(record, diags);
	record_close(record);
	return good;
}

static void look_at_lines(struct forgetting *forgetting, const struct manifest *manifest)
{
	struct str rest = manifest->lines, line;
	struct manifest_entry entry;
	while (manifest_next(&rest, &line)) {
		if (!manifest_read_entry(line, &entry))
			continue;
		for (int i = 0; i < forgetting->count; i++)
			forgetting->persons[i].known |= str_eq(entry.id,
				manifest_id(forgetting->arena, forgetting->persons[i].id));
	}
}

static bool look_at_list(struct forgetting *forgetting, struct shard part, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct manifest manifest;
	const char *path = names_list(arena, forgetting->out, part, "manifest");
	bool there = file_exists(path), good = true;
	if (there) {
		struct str json = file_read(arena, path, place_none(), diags);
		good = json.at && manifest_read(&manifest, arena, json, path, diags);
	}
	if (there && good && manifest.version == 1)
		diag_add0(diags, FORGET_OLD, place_in(path));
	else if (there && good)
		look_at_lines(forgetting, &manifest);
	arena_free(arena);
	return good;
}

/* -- may it be? */

static bool look(struct forgetting *forgetting, struct diags *diags)
{
	const struct approval_query all = {.one = look_at_approval, .user = forgetting};
	const struct log_query lines = {.one = look_at_line, .user = forgetting};
	bool good = approvals_each(forgetting->out, &all, diags) &&
		log_each(forgetting->out, &lines, diags);
	for (int i = 0; good && i < forgetting->part_count; i++)
		good = look_at_record(forgetting, forgetting->parts[i], diags) &&
			look_at_list(forgetting, forgetting->parts[i], diags);
	forget_look_for_files(forgetting);
	forget_look_for_others(forgetting, NULL);
	for (int i = 0; good && i < forgetting->count; i++) {
		const struct person *person = &forgetting->persons[i];
		if (!person->known) {
			diag_add(diags, FORGET_NONE, place_none(), forgetting->out, person->id.at,
				forgetting->out);
			nearest_hint(&person->nearest, diags);
		} else if (person->archive.len) {
			diag_add(diags, FORGET_ARCHIVE, place_none(), person->archive.at,
				person->id.at);
		}
	}
	return good && !diags_failed(diags);
}

/* -- forgetting */

static bool forget_in_reports(
	const struct forgetting *forgetting, struct shard part, struct diags *diags)
{
	static const char *const lists[] = {"failed", "run"};
	bool good = true;
	for (int i = 0; i < 2; i++)
		good &= forget_in_report(
			names_list(forgetting->arena, forgetting->out, part, lists[i]),
			forgetting->ids, forgetting->count, diags);
	return good;
}

static bool forget_in_record(
	const struct forgetting *forgetting, struct shard part, struct diags *diags)
{
	if (!file_exists(names_hidden(forgetting->arena, forgetting->out, part, "db")))
		return true;
	struct record *record = record_open(
		forgetting->out, part, RECORD_WRITE, DURABILITY_SAFE, diags);
	bool good = record && record_forget(record, forgetting->ids, forgetting->count, diags);
	record_close(record);
	return good;
}

/* Names that are gone are gone on the disk before the record says that it was done. */
static bool settle(const char *out, struct diags *diags)
{
	int fd = open(out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = (fd >= 0 && syncfs(fd) == 0) || file_not_written(out, diags);
	if (fd >= 0)
		close(fd);
	return good;
}

static bool forget(struct forgetting *forgetting, struct diags *diags)
{
	bool good = forget_files(forgetting, diags);
	for (int i = 0; good && i < forgetting->part_count; i++)
		good = forget_left(forgetting, forgetting->parts[i], diags) &&
			forget_in_reports(forgetting, forgetting->parts[i], diags);
	good = good && approvals_forget(forgetting->out, forgetting->ids, forgetting->count, diags);
	for (int i = 0; good && i < forgetting->part_count; i++)
		good = forget_in_list(forgetting->out, forgetting->parts[i], forgetting->ids,
			forgetting->count, diags);
	good = good && settle(forgetting->out, diags);
	for (int i = 0; good && i < forgetting->part_count; i++)
		good = forget_in_record(forgetting, forgetting->parts[i], diags);
	return good;
}

/* The whole, and parts that were not joined yet. */
static bool find_parts(struct forgetting *forgetting, struct diags *diags)
{
	struct shard *shards;
	int count = names_find_shards(forgetting->arena, forgetting->out, &shards, diags);
	if (count < 0)
		return false;
	forgetting->parts = arena_new_array(forgetting->arena, struct shard, count + 1);
	forgetting->part_count = count + 1;
	if (count)
		memcpy(forgetting->parts + 1, shards, (size_t)count * sizeof *shards);
	return true;
}

static bool lock_and_forget(struct forgetting *forgetting, struct diags *diags)
{
	int *locks = arena_new_array(forgetting->arena, int, forgetting->part_count);
	int held = 0;
	while (held < forgetting->part_count &&
		lock_folder(&locks[held], forgetting->out, forgetting->parts[held], true, diags))
		held++;
	bool good = held == forgetting->part_count && look(forgetting, diags) &&
		forget(forgetting, diags);
	if (good)
		forget_look_for_others(forgetting, diags);
	while (held > 0)
		lock_release(locks[--held]);
	return good && !diags_failed(diags);
}

bool job_forget(const char *out, const struct str *ids, int count, struct diags *diags)
{
	struct forgetting forgetting = {
		.arena = arena_new(), .out = out, .ids = ids, .count = count};
	forgetting.persons = arena_new_array(forgetting.arena, struct person, count);
	for (int i = 0; i < count; i++)
		forgetting.persons[i] = (struct person){
			.id = ids[i], .nearest = nearest_start(ids[i])};
	bool good = find_parts(&forgetting, diags) && lock_and_forget(&forgetting, diags);
	arena_free(forgetting.arena);
	return good;
}
