/* fuzz_record.c - any bytes as the database in which a run finds what the one before it wrote. It
 * is read, or refused; nothing of it is believed that would lead out of it. */
#include "fuzz/fuzz.h"

#include "record/record.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of this process's, with such a database in it. */
static const char *put_database(const uint8_t *data, size_t size)
{
	static char folder[64], path[96];
	if (!*folder) {
		snprintf(folder, sizeof folder, "/dev/shm/fuzz-record-%d", (int)getpid());
		snprintf(path, sizeof path, "%s/.lettermerge.db", folder);
		mkdir(folder, 0700);
	}
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (file < 0 || !file_write_all(file, (const char *)data, size))
		abort();
	close(file);
	return folder;
}

static void remove_database(const char *folder)
{
	static const char *const endings[] = {"", "-journal", "-wal", "-shm"};
	char path[128];
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		snprintf(path, sizeof path, "%s/.lettermerge.db%s", folder, endings[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/.lettermerge.lock", folder);
	unlink(path);
	rmdir(folder);
	mkdir(folder, 0700);
}

static void read_all(struct record *record, struct arena *arena)
{
	struct entry entry = {0};
	record_find(record, arena, str_lit("anna"), &entry);
	record_list(record);
	record_archived(record);
	record_was_broken_off(record);
	for (int i = 0; i < 100 && record_next_left(record, arena, entry.number, &entry); i++)
		record_text(record, arena, RECORD_SHAPE, entry.shape);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diags *diags = diags_new();
	struct arena *arena = arena_new();
	const char *folder = put_database(data, size);
	for (int use = RECORD_READ; use <= RECORD_WRITE; use++) {
		struct record *record = record_open(
			folder, (struct shard){0}, (enum record_use)use, DURABILITY_FAST, diags);
		if (record)
			read_all(record, arena);
		record_close(record);
	}
	remove_database(folder);
	arena_free(arena);
	diags_free(diags);
	return 0;
}
