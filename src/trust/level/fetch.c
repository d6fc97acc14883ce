/* fetch.c - one HTTP request by libcurl, with limits of time and size. It is loaded when something
 * is to be fetched. */
#include "level/fetch_int.h"

#include "base/arena.h"
#include "base/library.h"

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stdlib.h>
#include <time.h>

enum { ANSWER_MAX = 16 << 20, REDIRECTS_MAX = 3 };

/* clang-format off */
#define FUNCTIONS(DO) \
	DO(curl_global_init) DO(curl_global_cleanup) DO(curl_easy_init) DO(curl_easy_cleanup) \
	DO(curl_easy_reset) DO(curl_easy_setopt) DO(curl_easy_perform) DO(curl_easy_getinfo) \
	DO(curl_easy_strerror) DO(curl_slist_append) DO(curl_slist_free_all)
/* clang-format on */

struct library {
	FUNCTIONS(LIBRARY_POINTER)
};

struct fetch {
	struct library lib;
	CURL *curl;
	int timeout;
	int64_t patience, left; /* milliseconds */
	int retry_after;
	bool hurried;
	const atomic_bool *interrupted;
};

static bool load(struct library *library)
{
	static const char *const names[] = {FUNCTIONS(LIBRARY_NAME)};
	return library_load("libcurl.so.4", names, sizeof names / sizeof *names, library);
}

struct fetch *fetch_new(int timeout, int patience, const atomic_bool *interrupted)
{
	struct fetch *fetch = heap_new(sizeof *fetch);
	fetch->timeout = timeout;
	fetch->patience = fetch->left = patience * 1000LL;
	fetch->interrupted = interrupted;
	if (!load(&fetch->lib))
		return fetch;
	if (fetch->lib.curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		out_of_memory();
	fetch->curl = fetch->lib.curl_easy_init();
	if (!fetch->curl)
		out_of_memory();
	return fetch;
}

void fetch_free(struct fetch *fetch)
{
	if (!fetch)
		return;
	if (fetch->curl) {
		fetch->lib.curl_easy_cleanup(fetch->curl);
		fetch->lib.curl_global_cleanup();
	}
	free(fetch);
}

static size_t take(char *bytes, size_t size, size_t count, void *user)
{
	struct buf *answer = user;
	if (answer->len + size * count > ANSWER_MAX)
		return 0; /* libcurl stops with CURLE_WRITE_ERROR */
	buf_put(answer, bytes, size * count);
	return size * count;
}

static void set_request(
	struct fetch *fetch, const char *url, struct curl_slist *headers, struct str body)
{
	CURL *curl = fetch->curl;
	fetch->lib.curl_easy_reset(curl);
	fetch->lib.curl_easy_setopt(curl, CURLOPT_URL, url);
	fetch->lib.curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	fetch->lib.curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, body.at ? 0L : 1L);
	fetch->lib.curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTS_MAX);
	fetch->lib.curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	fetch->lib.curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)fetch->timeout);
	fetch->lib.curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)fetch->timeout);
	fetch->lib.curl_easy_setopt(curl, CURLOPT_USERAGENT, "lettermerge");
	fetch->lib.curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	fetch->lib.curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	if (body.at) {
		fetch->lib.curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.at);
		fetch->lib.curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)body.len);
	}
}

static const char *describe(const struct fetch *fetch, CURLcode code)
{
	switch (code) {
	case CURLE_OPERATION_TIMEDOUT:
		return "it did not answer in time";
	case CURLE_COULDNT_CONNECT:
		return "nobody answers there";
	case CURLE_COULDNT_RESOLVE_HOST:
		return "its name is not known";
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
		return "its address is not one of http or https";
	case CURLE_WRITE_ERROR:
		return "its answer is too long";
	default:
		return fetch->lib.curl_easy_strerror(code);
	}
}

struct str fetch_once(struct fetch *fetch, struct arena *arena, const char *url, const char *type,
	struct str body, const char **why)
{
	struct buf answer = {0};
	if (!fetch->curl) {
		*why = "libcurl is not installed here";
		return (struct str){0};
	}
	struct str line = str_format(arena, "Content-Type: %s", type);
	struct curl_slist *headers = body.at ? fetch->lib.curl_slist_append(NULL, line.at) : NULL;
	long status = 0;
	curl_off_t wait = 0;
	set_request(fetch, url, headers, body);
	fetch->lib.curl_easy_setopt(fetch->curl, CURLOPT_WRITEDATA, &answer);
	CURLcode code = fetch->lib.curl_easy_perform(fetch->curl);
	fetch->lib.curl_easy_getinfo(fetch->curl, CURLINFO_RESPONSE_CODE, &status);
	fetch->lib.curl_easy_getinfo(fetch->curl, CURLINFO_RETRY_AFTER, &wait);
	fetch->lib.curl_slist_free_all(headers);
	fetch->hurried = status == 429;
	fetch->retry_after = wait > 0 && wait < 86400 ? (int)wait : 0;
	*why = code != CURLE_OK ? describe(fetch, code)
		: status == 429 ? "it asks to wait (429)"
		: status != 200 ? str_format(arena, "it refused (%ld)", status).at
				: NULL;
	struct str bytes = *why ? (struct str){0} : str_copy(arena, buf_text(&answer));
	buf_free(&answer);
	return bytes;
}

int fetch_retry_after(const struct fetch *fetch)
{
	return fetch->retry_after;
}

bool fetch_was_hurried(const struct fetch *fetch)
{
	return fetch->hurried;
}

static bool is_interrupted(const struct fetch *fetch)
{
	return fetch->interrupted && *fetch->interrupted;
}

/* In slices: a signal may have come to another thread. */
bool fetch_wait(struct fetch *fetch, int64_t milliseconds)
{
	enum { SLICE = 100 };
	if (milliseconds > fetch->left)
		return false;
	int64_t until = fetch_clock() + milliseconds, rest = milliseconds;
	fetch->left -= milliseconds;
	for (; rest > 0 && !is_interrupted(fetch); rest = until - fetch_clock())
		nanosleep(&(struct timespec){0, (rest < SLICE ? rest : SLICE) * 1000000}, NULL);
	return rest <= 0;
}

void fetch_has_succeeded(struct fetch *fetch)
{
	fetch->left = fetch->patience;
}

int64_t fetch_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}
