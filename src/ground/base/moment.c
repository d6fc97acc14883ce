#include "base/moment.h"

#include <time.h>

static void put(struct buf *out, int64_t seconds, const char *format)
{
	char words[48] = "";
	time_t at = (time_t)seconds;
	struct tm tm;
	if (gmtime_r(&at, &tm) && strftime(words, sizeof words, format, &tm))
		buf_puts(out, words);
}

void buf_moment(struct buf *out, int64_t seconds)
{
	put(out, seconds, "%Y-%m-%dT%H:%M:%SZ");
}

void buf_moment_told(struct buf *out, int64_t seconds)
{
	put(out, seconds, "%Y-%m-%d %H:%M UTC");
}
