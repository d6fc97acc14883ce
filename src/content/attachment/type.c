/* type.c - bytes of a file → its type of media (RFC 6838).
 *
 * By what is in it, as a name may say anything; the name decides only between kinds of text, which
 * look alike. Rejected: libmagic, whose answers change with the database beside it, and with them
 * would the bytes of letters. */
#include "attachment/attachment.h"

static const struct {
	int at;
	const char *signature;
	int len;
	const char *type;
} signatures[] = {
	{0, "%PDF-", 5, "application/pdf"},
	{0, "\x89PNG\r\n\x1A\n", 8, "image/png"},
	{0, "\xFF\xD8\xFF", 3, "image/jpeg"},
	{0, "GIF8", 4, "image/gif"},
	{0, "II*\0", 4, "image/tiff"},
	{0, "MM\0*", 4, "image/tiff"},
	{8, "WEBP", 4, "image/webp"},
	{0, "{\\rtf", 5, "application/rtf"},
	{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "application/x-ole-storage"},
	{0, "\x1F\x8B", 2, "application/gzip"},
	{0, "7z\xBC\xAF\x27\x1C", 6, "application/x-7z-compressed"},
	{4, "ftyp", 4, "video/mp4"},
	{0, "ID3", 3, "audio/mpeg"},
	{0, "BEGIN:VCALENDAR", 15, "text/calendar"},
	{0, "BEGIN:VCARD", 11, "text/vcard"},
};

/* What stands in an office's file that is an archive. */
static const struct {
	const char *part, *type;
} parts[] = {
	{"word/document.xml",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"ppt/presentation.xml",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation"},
};

static const struct {
	const char *ending, *type;
} texts[] = {
	{".csv", "text/csv"},
	{".json", "application/json"},
	{".html", "text/html"},
	{".htm", "text/html"},
};

static int two_bytes(struct str bytes, int at)
{
	return (unsigned char)bytes.at[at] | (unsigned char)bytes.at[at + 1] << 8;
}

static bool is_of_type(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("/.+-", c));
}

/* OpenDocument and EPUB say it in their first part, which is stored as it is (OpenDocument 1.3
 * part 2, 3.3): header of 30 bytes, the name, the type; NULL: they do not. */
static const char *stored_type(struct arena *arena, struct str zip)
{
	enum { HEADER = 30, NAME = 8, MOST = 100 };
	if (zip.len < HEADER + NAME || memcmp(zip.at + HEADER, "mimetype", NAME) != 0)
		return NULL;
	int from = HEADER + NAME + two_bytes(zip, 28), len = two_bytes(zip, 22);
	if (len > MOST || from + len > zip.len)
		return NULL;
	struct str type = str_slice(zip, from, from + len);
	for (int i = 0; i < type.len; i++)
		if (!is_of_type(type.at[i]))
			return NULL;
	return type.len ? str_copy(arena, type).at : NULL;
}

static const char *archive_type(struct arena *arena, struct str zip)
{
	const char *stored = stored_type(arena, zip);
	for (size_t i = 0; !stored && i < sizeof parts / sizeof *parts; i++)
		if (str_find(zip, parts[i].part) >= 0)
			stored = parts[i].type;
	return stored ? stored : "application/zip";
}

static bool is_text(struct str bytes)
{
	for (int i = 0; i < bytes.len; i++)
		if ((unsigned char)bytes.at[i] < ' ' && !strchr("\t\n\r\f", bytes.at[i]))
			return false;
	return utf8_invalid_at(bytes) < 0 && !memchr(bytes.at, '\0', (size_t)bytes.len);
}

static const char *text_type(struct str text, struct str name)
{
	if (str_starts(text, "\xEF\xBB\xBF"))
		text = str_slice(text, 3, text.len);
	if (str_starts(text, "<?xml") || str_starts(text, "<svg"))
		return str_find(text, "<svg") >= 0 ? "image/svg+xml" : "application/xml";
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (str_ends(name, texts[i].ending))
			return texts[i].type;
	return "text/plain";
}

const char *attachment_type(struct arena *arena, struct str bytes, struct str name)
{
	for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
		if (bytes.len >= signatures[i].at + signatures[i].len &&
			memcmp(bytes.at + signatures[i].at, signatures[i].signature,
				(size_t)signatures[i].len) == 0)
			return signatures[i].type;
	if (str_starts(bytes, "PK\3\4"))
		return archive_type(arena, bytes);
	return bytes.len && is_text(bytes) ? text_type(bytes, name) : "application/octet-stream";
}
