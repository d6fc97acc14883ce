/* meta.c - catalog, Info and the file's identifiers (ISO 32000-1 7.7.2, 14.3.3 and 14.4). libharu
 * has its own dictionaries for them; ours is the text behind their elements. */
#include "pdf/pdf_int.h"

#include <stdio.h>
#include <time.h>

const char meta_creator[] = "lettermerge " LETTERMERGE_VERSION;

const char *pdf_versions(void)
{
	return "lettermerge " LETTERMERGE_VERSION ", libharu " HPDF_VERSION_TEXT
	       ", HarfBuzz " HB_VERSION_STRING;
}

static struct str time_text(const char *format, int64_t time, char *text, size_t size)
{
	time_t seconds = (time_t)time;
	struct tm tm = {0};
	gmtime_r(&seconds, &tm);
	int len = snprintf(text, size, format, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		tm.tm_hour, tm.tm_min, tm.tm_sec);
	return (struct str){text, len};
}

static void put_info_text(struct buf *out, const char *key, struct str text)
{
	if (text.len == 0)
		return;
	buf_puts(out, key);
	put_text(out, text);
}

/* libharu puts a Producer of its own into Info, which has to give way. */
static void write_info(struct pdf_writer *writer, int64_t time)
{
	const struct letter *letter = writer->tags.letter;
	HPDF_Dict info = writer->doc->info;
	HPDF_Dict_RemoveElement(info, "Producer");
	struct buf *out = object_open(writer, info);
	put_info_text(out, "/Title", letter->title);
	put_info_text(out, "/Author", letter->author);
	put_info_text(out, "/Subject", letter->description);
	put_info_text(out, "/Keywords", letter->keywords);
	put_info_text(out, "/Creator", str_of(meta_creator));
	put_info_text(out, "/Producer", str_of(pdf_versions()));
	char text[64];
	struct str date = time_text("D:%04d%02d%02d%02d%02d%02dZ", time, text, sizeof text);
	put_info_text(out, "/CreationDate", date);
	put_info_text(out, "/ModDate", date);
	object_close(writer, info);
}

/* Metadata stays unfiltered, so that it is found by programs that do not know PDF. */
static unsigned write_xmp(struct pdf_writer *writer, int64_t time)
{
	char text[64];
	buf_clear(&writer->content);
	xmp_put(&writer->content, writer->tags.letter,
		time_text("%04d-%02d-%02dT%02d:%02d:%02dZ", time, text, sizeof text));
	return object_text(writer, object_stream(writer, buf_text(&writer->content)),
		"/Type/Metadata/Subtype/XML");
}

static void write_catalog(struct pdf_writer *writer, unsigned xmp, struct roots roots)
{
	HPDF_Dict catalog = writer->doc->catalog;
	struct buf *out = object_open(writer, catalog);
	put_key_ref(out, "/Metadata", xmp);
	put_key_ref(out, "/StructTreeRoot", roots.tree);
	buf_puts(out, "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang");
	put_text(out, writer->tags.letter->lang);
	put_key_ref(out,
		"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
		"/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"
		"/DestOutputProfile",
		roots.profile);
	buf_puts(out, ">>]/PageLabels<</Nums[0<</S/D>>]>>");
	if (roots.outline)
		put_key_ref(out, "/Outlines", roots.outline);
	object_close(writer, catalog);
}

/* A hash for identity within an archive, not against forgery: two lanes of multiply and fold over
 * words of eight bytes, a tenth of the time that FNV takes over single ones. */
struct digest {
	uint64_t a, b;
};

static void digest_add(struct digest *digest, struct str bytes)
{
	for (int at = 0; at < bytes.len; at += 8) {
		uint64_t word = (uint64_t)bytes.len << 56;
		memcpy(&word, bytes.at + at, bytes.len - at < 8 ? (size_t)(bytes.len - at) : 8);
		digest->a = (digest->a ^ word) * 0x9E3779B97F4A7C15;
		digest->a ^= digest->a >> 32;
		digest->b = (digest->b ^ word) * 0xC2B2AE3D27D4EB4F;
		digest->b ^= digest->b >> 29;
	}
}

static void write_identifiers(struct pdf_writer *writer)
{
	struct digest digest = {0x243F6A8885A308D3, 0x13198A2E03707344};
	digest_add(&digest, buf_text(&writer->objects));
	for (int i = 0; i < writer->sheet_count; i++)
		digest_add(&digest, writer->sheets[i].content);
	HPDF_Dict trailer = writer->doc->trailer;
	struct buf *out = object_open(writer, trailer);
	buf_puts(out, "/ID");
	for (int i = 0; i < 2; i++) {
		buf_puts(out, i ? "<" : "[<");
		put_hex(out, digest.a, 16);
		put_hex(out, digest.b, 16);
		buf_puts(out, i ? ">]" : ">");
	}
	object_close(writer, trailer);
}

void meta_write(struct pdf_writer *writer, const struct pdf_options *options, struct roots roots)
{
	unsigned xmp = write_xmp(writer, options->time);
	write_catalog(writer, xmp, roots);
	write_info(writer, options->time);
	write_identifiers(writer);
}
