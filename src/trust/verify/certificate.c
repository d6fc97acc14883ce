/* certificate.c - what a certificate says, in words for people. */
#include "verify/certificate.h"

#include "verify/verify.h"

#include <time.h>

/* What a name says, with each NUL seen: "Office\\x00.example". */
static struct str visible(struct arena *arena, const unsigned char *utf8, int len)
{
	struct buf out = {0};
	for (int i = 0; i < len; i++)
		if (utf8[i])
			buf_char(&out, (char)utf8[i]);
		else
			buf_puts(&out, "\\x00");
	struct str text = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return text;
}

struct str cert_name(struct arena *arena, X509 *cert)
{
	X509_NAME *subject = X509_get_subject_name(cert);
	int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
	unsigned char *utf8 = NULL;
	struct str name = {0};
	if (at >= 0) {
		int len = ASN1_STRING_to_UTF8(
			&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
		if (len > 0)
			name = visible(arena, utf8, len);
		OPENSSL_free(utf8);
	} else {
		char *line = X509_NAME_oneline(subject, NULL, 0);
		name = str_copy(arena, str_of(line));
		OPENSSL_free(line);
	}
	return name;
}

static bool name_is_sound(const X509_NAME *name)
{
	for (int i = 0; i < X509_NAME_entry_count(name); i++) {
		unsigned char *utf8 = NULL;
		int len = ASN1_STRING_to_UTF8(
			&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, i)));
		bool sound = len >= 0 && (len == 0 || !memchr(utf8, 0, (size_t)len));
		OPENSSL_free(utf8);
		if (!sound)
			return false;
	}
	return true;
}

bool cert_names_are_sound(X509 *cert)
{
	return name_is_sound(X509_get_subject_name(cert)) &&
		name_is_sound(X509_get_issuer_name(cert));
}

int64_t seconds_of(const ASN1_TIME *time)
{
	struct tm tm;
	return time && ASN1_TIME_to_tm(time, &tm) ? (int64_t)timegm(&tm) : 0;
}

struct str verify_time(struct arena *arena, int64_t time)
{
	static const char *const months[] = {"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"};
	struct tm tm;
	time_t seconds = (time_t)time;
	if (!gmtime_r(&seconds, &tm))
		return str_lit("an unknown time");
	return str_format(arena, "%d %s %d, %02d:%02d UTC", tm.tm_mday, months[tm.tm_mon],
		tm.tm_year + 1900, tm.tm_hour, tm.tm_min);
}
