/* elsewhere.c - a link that shows one address and leads to another. */
#include "tree/tree_int.h"

#include "base/ascii.h"

#include <strings.h>

enum { FIGURES = 7, LEAST_FIGURES = 5 };

/* What is not ASCII, and how that is written in ASCII, are not held against each other. */
static bool is_plain(struct str host)
{
	for (int i = 0; i < host.len; i++)
		if ((unsigned char)host.at[i] > 127)
			return false;
	return str_find(host, "xn--") < 0;
}

static bool ends_with(struct str text, struct str end)
{
	return text.len >= end.len &&
		strncasecmp(text.at + text.len - end.len, end.at, (size_t)end.len) == 0;
}

static bool begins_with(struct str text, const char *beginning)
{
	size_t len = strlen(beginning);
	return text.len >= (int)len && strncasecmp(text.at, beginning, len) == 0;
}

static struct str behind(struct str text, const char *sign)
{
	int at = str_find(text, sign);
	return at < 0 ? text : str_slice(text, at + (int)strlen(sign), text.len);
}

/* The host of an address with or without scheme, user, port and path, and without "www.". */
static struct str host_of(struct str address)
{
	struct str host = begins_with(address, "mailto:") ? behind(address, ":")
							  : behind(address, "://");
	int end = 0;
	while (end < host.len && !strchr("/?#", host.at[end]))
		end++;
	host = behind(str_slice(host, 0, end), "@");
	int port = str_find(host, ":");
	host = port < 0 ? host : str_slice(host, 0, port);
	return begins_with(host, "www.") ? str_slice(host, 4, host.len) : host;
}

/* Labels with full stops between them, of which the last is of letters, two at least. */
static bool is_host(struct str host)
{
	int label = 0, last = 0;
	for (int i = 0; i < host.len; i++) {
		char c = host.at[i];
		if (c == '.' && label == 0)
			return false;
		if (c != '.' && c != '-' && !ascii_is_letter(c) && !ascii_is_digit(c))
			return false;
		label = c == '.' ? 0 : label + 1;
		last = c == '.' ? 0 : ascii_is_letter(c) ? last + 1 : last;
	}
	return str_find(host, ".") > 0 && label >= 2 && last == label;
}

static struct str without_points(struct str word)
{
	while (word.len && strchr("([<\"'", *word.at))
		word = str_slice(word, 1, word.len);
	while (word.len && strchr(".,;:!?)]>\"'", word.at[word.len - 1]))
		word.len--;
	return word;
}

static bool is_mail(struct str word)
{
	return str_find(word, "@") > 0 && str_find(word, "://") < 0 && is_host(behind(word, "@"));
}

/* A word among others is an address by its beginning; one alone by its form, too. */
static bool is_address(struct str word, bool alone)
{
	if (str_find(word, "://") > 0 || begins_with(word, "www."))
		return is_host(host_of(word));
	return is_mail(word) ||
		(alone && is_host(host_of(word)) && !name_ends_as_file(host_of(word)));
}

static bool is_other_mail(struct str word, struct str href)
{
	struct str target = behind(href, ":");
	int end = str_find(target, "?");
	target = end < 0 ? target : str_slice(target, 0, end);
	return target.len != word.len || !ends_with(target, word);
}

static bool is_other_host(struct str word, struct str href)
{
	struct str shown = host_of(word), host = host_of(href);
	if (!is_plain(shown) || !is_plain(host))
		return false;
	bool below = ends_with(host, shown) &&
		(host.len == shown.len || host.at[host.len - shown.len - 1] == '.');
	return !below;
}

static bool is_elsewhere(struct str word, struct str href, bool alone)
{
	if (!is_address(word, alone))
		return false;
	return is_mail(word) && begins_with(href, "mailto:") ? is_other_mail(word, href)
							     : is_other_host(word, href);
}

/* The last figures of a number, from the last to the first: how many. */
static int figures_of(struct str number, char figures[FIGURES])
{
	int count = 0;
	for (int i = number.len; i > 0 && count < FIGURES; i--)
		if (ascii_is_digit(number.at[i - 1]))
			figures[count++] = number.at[i - 1];
	return count;
}

static bool is_number(struct str words)
{
	char figures[FIGURES];
	for (int i = 0; i < words.len; i++)
		if (!ascii_is_digit(words.at[i]) && !strchr(" +-./()", words.at[i]))
			return false;
	return figures_of(words, figures) >= LEAST_FIGURES;
}

static bool is_other_number(struct str words, struct str href)
{
	char shown[FIGURES], called[FIGURES];
	int count = figures_of(words, shown), other = figures_of(href, called);
	int common = count < other ? count : other;
	return is_number(words) && memcmp(shown, called, (size_t)common) != 0;
}

bool link_leads_elsewhere(struct str words, struct str href)
{
	struct str rest = words, word;
	bool alone = str_find(words, " ") < 0;
	if (begins_with(href, "tel:"))
		return is_other_number(words, href);
	while (str_split(&rest, ' ', &word))
		if (is_elsewhere(without_points(word), href, alone))
			return true;
	return false;
}
