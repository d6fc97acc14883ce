/* history.c - what the log says of one letter, the newest first. */
#include "desk/desk.h"

#include <time.h>

struct reading {
	struct arena *arena;
	struct history *history;
};

static void read_one(void *user, const struct log_line *line)
{
	const struct reading *reading = user;
	struct log_line *kept = vec_push(reading->arena, &reading->history->list);
	*kept = *line;
	kept->actor.name = str_copy(reading->arena, line->actor.name);
	kept->note = str_copy(reading->arena, line->note);
}

void history_read(const struct desk *desk, struct str id, struct arena *arena, struct history *out)
{
	struct diags *unsaid = diags_new(); /* what is wrong with the file, approvals say */
	struct reading reading = {arena, out};
	const struct log_query query = {
		id, read_one, &reading, desk->options->update->believed, (int64_t)time(NULL)};
	*out = (struct history){0};
	log_each(desk->options->update->to.out, &query, unsaid);
	diags_free(unsaid);
}
