/* fetch_int.h - HTTP with patience: several servers, limits, pauses. The only place with a network
 * and, for its pauses, a clock. */
#ifndef LEVEL_FETCH_INT_H
#define LEVEL_FETCH_INT_H

#include "base/base.h"

#include <stdatomic.h>

struct fetch;

/* timeout: seconds for one request; patience: seconds that all waiting may take from one success to
 * the next. Once *interrupted is set, which may be NULL, nothing is waited for. */
struct fetch *fetch_new(int timeout, int patience, const atomic_bool *interrupted);
void fetch_free(struct fetch *fetch);

/* One request: POST where body.at is set, else GET. The answer is in the arena; {NULL} with *why
 * saying what went wrong. http and https only, at most 16 MiB. */
struct str fetch_once(struct fetch *fetch, struct arena *arena, const char *url, const char *type,
	struct str body, const char **why);

/* Seconds that the server asked to wait in its last answer; 0: it did not. */
int fetch_retry_after(const struct fetch *fetch);
/* Whether it was 429, Too Many Requests (RFC 6585, 4). */
bool fetch_was_hurried(const struct fetch *fetch);
/* Waits as long as patience lasts; false when it has run out. */
bool fetch_wait(struct fetch *fetch, int64_t milliseconds);
/* What was waited for came: patience is whole again. */
void fetch_has_succeeded(struct fetch *fetch);
int64_t fetch_clock(void); /* milliseconds, of a clock that never goes back */

#endif
