/* level_stamp.c - a letter in, the same letter with a time stamp out.
 *
 * The stamp goes into the letter's spare field, which is tagged; when that is taken, into a field
 * of its own. Such a field has a widget without an area that is on no page: readers expect one of
 * each field, and to put it on a page would change the page. How long a token is shows when it is
 * there: the hole is made large, and once more when that was too small. */
#include "level/level_int.h"
#include "pdfread/update.h"
#include "verify/seal.h"

#include "base/arena.h"

#include <stdio.h>

enum { TOKEN_ROOM = 8192 }; /* bytes for a token, at first */

/* -- a document time stamp (EN 319 142-1, 5.4.3) */

/* Puts a new field at the end of the form's fields. */
static void add_field(struct climb *climb, struct update *update, int stamp)
{
	int last = climb->file.revisions.len - 1, field = update_number(update);
	struct str catalog;
	int root = climb_root(climb, &catalog);
	struct str at = dict_find(catalog, "AcroForm");
	struct str form = pdfread_value(&climb->file, last, at);
	struct str fields = pdfread_value(&climb->file, last, dict_find(form, "Fields"));
	form = dict_with(climb->arena, form, "Fields",
		array_with(climb->arena, fields, climb_ref(climb->arena, field)));
	update_object(update, field,
		str_format(climb->arena,
			"<<" INVISIBLE_WIDGET "/FT/Sig/T(Time stamp %d)/V %d 0 R>>", field, stamp));
	if (value_ref(at))
		update_object(update, value_ref(at), form);
	else
		update_object(update, root, dict_with(climb->arena, catalog, "AcroForm", form));
}

static void fill_field(struct climb *climb, struct update *update, int field, int stamp)
{
	struct str dict = pdfread_object(&climb->file, climb->file.revisions.len - 1, field);
	update_object(
		update, field, dict_with(climb->arena, dict, "V", climb_ref(climb->arena, stamp)));
}

/* Room for the three numbers that are known last. */
#define RANGE_ROOM "                                "
static const char stamp_head[] = "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161"
				 "/ByteRange[0 " RANGE_ROOM "]/Contents";

/* The dictionary with room for so many bytes; gives where the hole begins. */
static int put_stamp(struct update *update, int number, int room)
{
	struct buf text = {0};
	buf_puts(&text, stamp_head);
	buf_char(&text, '<');
	for (int i = 0; i < room; i++)
		buf_puts(&text, "00");
	buf_puts(&text, ">>>");
	update_object(update, number, buf_text(&text));
	struct str written = {update->out->at, (int)update->out->len};
	int end = written.len - (int)sizeof ">>\nendobj\n" + 1;
	buf_free(&text);
	return end - 2 * room - 2;
}

static void fill_range(struct buf *out, int from, int to)
{
	char range[sizeof RANGE_ROOM];
	int len = snprintf(range, sizeof range, "%d %d %d", from, to, (int)out->len - to);
	memcpy(out->at + from - (sizeof RANGE_ROOM "]/Contents" - 1), range, (size_t)len);
}

static void fill_hole(struct buf *out, int from, struct str der)
{
	for (int i = 0; i < der.len; i++) {
		out->at[from + 1 + 2 * i] = "0123456789abcdef"[(unsigned char)der.at[i] >> 4];
		out->at[from + 2 + 2 * i] = "0123456789abcdef"[der.at[i] & 15];
	}
}

/* Gives the length of the token that did not fit, 0 when all went well, -1 after a failure. */
static int try_stamp(struct climb *climb, struct buf *out, int room)
{
	struct update update;
	struct seals seals;
	seals_read(&seals, &climb->file, climb->name, climb->diags);
	update_begin(&update, &climb->file, out);
	int number = update_number(&update);
	if (seals.empty.len)
		fill_field(climb, &update, seals.empty.at[0], number);
	else
		add_field(climb, &update, number);
	int from = put_stamp(&update, number, room), to = from + 2 * room + 2;
	update_end(&update);
	fill_range(out, from, to);
	const struct stamped what = {
		{out->at, from}, {out->at + to, (int)out->len - to}, climb->now};
	struct str token = stamp_ask(&climb->run->stampers, climb->arena, &what, climb->diags);
	if (token.at && token.len <= room)
		fill_hole(out, from, token);
	return !token.at ? -1 : token.len <= room ? 0 : token.len;
}

bool climb_stamp(struct climb *climb, struct buf *out)
{
	int need = try_stamp(climb, out, TOKEN_ROOM);
	if (need > 0) { /* the next token may be a little longer */
		buf_clear(out);
		need = try_stamp(climb, out, need + 256);
	}
	return need == 0;
}

/* -- a time stamp inside the signature (EN 319 122-1, 5.3) */

static unsigned char *with_token(struct str der, struct str token, int *len)
{
	const unsigned char *at = (const unsigned char *)der.at;
	unsigned char *longer = NULL;
	CMS_ContentInfo *info = d2i_CMS_ContentInfo(NULL, &at, der.len);
	CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(info), 0);
	bool good = signer &&
		CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken,
			V_ASN1_SEQUENCE, token.at, token.len);
	*len = good ? i2d_CMS_ContentInfo(info, &longer) : 0;
	CMS_ContentInfo_free(info);
	return longer;
}

unsigned char *climb_stamp_cms(struct climb *climb, struct str der, int *len)
{
	struct cms cms;
	struct str token = {0};
	*len = 0;
	if (!cms_open(&cms, der)) {
		const struct stamped what = {cms_signature(&cms), {0}, climb->now};
		token = stamp_ask(&climb->run->stampers, climb->arena, &what, climb->diags);
	}
	cms_close(&cms);
	return token.at ? with_token(der, token, len) : NULL;
}

/* The only seal of a new letter. */
static bool stamp_signature(struct climb *climb, const struct seal *seal, struct buf *out)
{
	int len, room = (seal->hole_to - seal->hole_from - 2) / 2;
	unsigned char *der = climb_stamp_cms(climb, seal->der, &len);
	bool fits = len > 0 && len <= room;
	if (fits) {
		buf_str(out, climb->file.bytes);
		fill_hole(out, seal->hole_from, (struct str){(char *)der, len});
	}
	OPENSSL_free(der);
	return fits;
}

bool climb_time(struct climb *climb, struct buf *out)
{
	struct seals seals;
	bool own = climb->aim.unpublished &&
		seals_read(&seals, &climb->file, climb->name, climb->diags) &&
		seals.list.len == 1 && climb->file.revisions.len == 1;
	return (own && stamp_signature(climb, &seals.list.at[0], out)) || climb_stamp(climb, out);
}
