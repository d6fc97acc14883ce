/* meta.c - catalog, Info and the file's identifiers (ISO 32000-1 7.7.2, 14.3.3 and 14.4). libharu
 * has its own dictionaries for them; ours is the text behind their elements. */
#include "pdf/pdf_int.h"

#include "base/output.h"

#include <lcms2.h>
#include <time.h>
#define XXH_STATIC_LINKING_ONLY /* for a state on the stack */
#include <xxhash.h>

const char meta_creator[] = "lettermerge output " OUTPUT_VERSION;

struct str meta_producer(char out[META_PRODUCER_SIZE])
{
	char *end = stpcpy(stpcpy(out, meta_creator), ", libharu " HPDF_VERSION_TEXT ", HarfBuzz ");
	size_t room = (size_t)(out + META_PRODUCER_SIZE - end);
	size_t len = strnlen(hb_version_string(), room);
	memcpy(end, hb_version_string(), len);
	return (struct str){out, (int)(end - out) + (int)len};
}

/* The libharu at run time is that of the headers (haru_check); libdeflate cannot say its own. */
void pdf_libraries(struct buf *out)
{
	int colour = cmsGetEncodedCMMversion();
	buf_format(out,
		"libharu " HPDF_VERSION_TEXT ", libdeflate " LIBDEFLATE_VERSION_STRING
		", Little CMS %d.%d",
		colour / 1000, colour % 1000 / 10);
}

/* Of so many digits at least. */
static char *put_padded(char *at, int number, int width)
{
	char digits[NUMBER_SIZE];
	for (width -= digits_write(number, digits); width > 0; width--)
		*at++ = '0';
	return stpcpy(at, digits);
}

enum { TIME_PARTS = 6 };

/* marks: what stands before each part, and behind the last. */
static void put_time(char *out, const char *const marks[TIME_PARTS + 1], int64_t time)
{
	time_t seconds = (time_t)time;
	struct tm tm = {0};
	gmtime_r(&seconds, &tm);
	const int parts[TIME_PARTS] = {
		tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec};
	for (int i = 0; i < TIME_PARTS; i++)
		out = put_padded(stpcpy(out, marks[i]), parts[i], i ? 2 : 4);
	stpcpy(out, marks[TIME_PARTS]);
}

void meta_date(int64_t time, char out[META_DATE_SIZE])
{
	static const char *const marks[] = {"D:", "", "", "", "", "", "Z"};
	put_time(out, marks, time);
}

void meta_iso_date(int64_t time, char out[META_DATE_SIZE])
{
	static const char *const marks[] = {"", "-", "-", "T", ":", ":", "Z"};
	put_time(out, marks, time);
}

void meta_put_intent(struct buf *out, unsigned profile)
{
	put_key_ref(out,
		"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
		"/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"
		"/DestOutputProfile",
		profile);
	buf_puts(out, ">>]");
}

void meta_put_id(struct buf *out, uint64_t high, uint64_t low)
{
	buf_puts(out, "/ID");
	for (int i = 0; i < 2; i++) {
		buf_puts(out, i ? "<" : "[<");
		put_hex(out, high, 16);
		put_hex(out, low, 16);
		buf_puts(out, i ? ">]" : ">");
	}
}

static void put_info_text(struct buf *out, const char *key, struct str text)
{
	if (text.len == 0)
		return;
	buf_puts(out, key);
	put_text(out, text);
}

/* libharu puts a Producer of its own into Info, which has to give way. */
static void write_info(struct pdf_writer *writer, struct str date)
{
	const struct letter *letter = writer->tags.letter;
	HPDF_Dict info = writer->doc->info;
	char producer[META_PRODUCER_SIZE];
	HPDF_Dict_RemoveElement(info, "Producer");
	struct buf *out = object_open(writer, info);
	put_info_text(out, "/Title", letter->title);
	put_info_text(out, "/Author", letter->author);
	put_info_text(out, "/Subject", letter->description);
	put_info_text(out, "/Keywords", letter->keywords);
	put_info_text(out, "/Creator", str_of(meta_creator));
	put_info_text(out, "/Producer", meta_producer(producer));
	put_info_text(out, "/CreationDate", date);
	put_info_text(out, "/ModDate", date);
	object_close(writer, info);
}

/* PDF/A-4 has no Info, and libharu always makes one: it becomes the namespace. */
unsigned meta_namespace(const struct pdf_writer *writer)
{
	return object_id(writer->doc->info);
}

static void write_namespace(struct pdf_writer *writer)
{
	HPDF_Dict info = writer->doc->info;
	HPDF_Dict_RemoveElement(info, "Producer");
	object_text(writer, info, "/Type/Namespace/NS(http://iso.org/pdf2/ssn)");
}

/* Metadata stays unfiltered, so that it is found by programs that do not know PDF. */
static unsigned write_xmp(struct pdf_writer *writer, const struct pdf_options *options)
{
	char text[META_DATE_SIZE];
	meta_iso_date(options->time, text);
	buf_clear(&writer->content);
	xmp_put(&writer->content, &writer->tags, options->attachment_count > 0, str_of(text));
	return object_text(writer, object_stream(writer, buf_text(&writer->content)),
		"/Type/Metadata/Subtype/XML");
}

static void write_catalog(struct pdf_writer *writer, const struct pdf_options *options,
	unsigned xmp, struct roots roots)
{
	HPDF_Dict catalog = writer->doc->catalog;
	struct buf *out = object_open(writer, catalog);
	put_key_ref(out, "/Metadata", xmp);
	put_key_ref(out, "/StructTreeRoot", roots.tree);
	buf_puts(out, "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang");
	put_text(out, writer->tags.letter->lang);
	meta_put_intent(out, roots.profile);
	buf_puts(out, "/PageLabels<</Nums[0<</S/D>>]>>");
	if (roots.outline)
		put_key_ref(out, "/Outlines", roots.outline);
	attach_put_catalog(writer, options, out);
	if (options->signature)
		field_put_catalog(writer, out, options->signature);
	object_close(writer, catalog);
}

/* Of the content, not against forgery: same letter, same identifier. */
static XXH128_hash_t hash_file(struct pdf_writer *writer, const struct pdf_options *options)
{
	XXH3_state_t state;
	XXH3_128bits_reset(&state);
	XXH3_128bits_update(&state, writer->objects.at, writer->objects.len);
	for (int i = 0; i < writer->sheet_count; i++)
		XXH3_128bits_update(&state, writer->sheets[i].content.at,
			(size_t)writer->sheets[i].content.len);
	for (int i = 0; i < options->attachment_count; i++)
		XXH3_128bits_update(&state, options->attachments[i].bytes.at,
			(size_t)options->attachments[i].bytes.len);
	return XXH3_128bits_digest(&state);
}

static void write_identifiers(struct pdf_writer *writer, const struct pdf_options *options)
{
	XXH128_hash_t hash = hash_file(writer, options);
	HPDF_Dict trailer = writer->doc->trailer;
	struct buf *out = object_open(writer, trailer);
	meta_put_id(out, hash.high64, hash.low64);
	object_close(writer, trailer);
}

void meta_write(struct pdf_writer *writer, const struct pdf_options *options, struct roots roots)
{
	char text[META_DATE_SIZE];
	meta_date(options->time, text);
	struct str date = str_of(text);
	attach_write(writer, options, date);
	unsigned xmp = write_xmp(writer, options);
	write_catalog(writer, options, xmp, roots);
	if (writer->tags.standard == STANDARD_UA2_A4)
		write_namespace(writer);
	else
		write_info(writer, date);
	write_identifiers(writer, options);
}
