/* level.c - a signed letter in, the same letter with more proof behind it out.
 *
 * One step at a time, each a whole file that is verified again before the next: B-B gets a time
 * stamp, B-T the DSS, B-LT a time stamp over that. The stamp goes into the letter's spare
 * field, which is tagged; when that is taken, into a field of its own that has no place on any
 * page. A signature time stamp inside the signature was rejected here: it would have to be put into
 * bytes that are finished, published and recorded. */
#include "sign/level.h"

#include "sign/gather_int.h"
#include "sign/seal_int.h"
#include "sign/stamp_int.h"
#include "sign/update_int.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { TOKEN_ROOM = 8192 }; /* bytes for a token, at first */

struct level_run {
	pthread_mutex_t lock; /* of all below */
	struct level_request request;
	struct fetch *fetch;
	struct stampers stampers;
	struct gather gather;
};

/* One letter on its way up. */
struct climb {
	struct level_run *run;
	struct arena *arena;
	struct reread file;
	const char *name;
	int64_t now;
	struct proofs wanted; /* lent by the run: what its chains want and the file lacks */
	struct diags *diags;
};

struct level_run *level_run_new(const struct level_request *request)
{
	struct level_run *run = calloc(1, sizeof *run);
	if (!run)
		abort();
	run->request = *request;
	pthread_mutex_init(&run->lock, NULL);
	run->fetch = fetch_new(request->timeout, request->patience);
	run->stampers = (struct stampers){.request = &run->request, .fetch = run->fetch};
	gather_open(&run->gather, run->fetch, request->trust);
	return run;
}

void level_run_free(struct level_run *run)
{
	if (!run)
		return;
	gather_close(&run->gather);
	fetch_free(run->fetch);
	pthread_mutex_destroy(&run->lock);
	free(run);
}

/* -- a document time stamp (EN 319 142-1, 5.4.3) */

static int root_of(const struct climb *climb, struct str *catalog)
{
	int root;
	*catalog = reread_catalog(&climb->file, climb->file.revisions.len - 1, &root);
	return root;
}

static struct str ref(struct arena *arena, int number)
{
	return str_format(arena, "%d 0 R", number);
}

/* Puts a new field without a widget at the end of the form's fields. */
static void add_field(struct climb *climb, struct update *update, int stamp)
{
	int last = climb->file.revisions.len - 1, field = update_number(update);
	struct str catalog;
	int root = root_of(climb, &catalog);
	struct str at = dict_find(catalog, "AcroForm");
	struct str form = reread_value(&climb->file, last, at);
	struct str fields = reread_value(&climb->file, last, dict_find(form, "Fields"));
	form = dict_with(climb->arena, form, "Fields",
		array_with(climb->arena, fields, ref(climb->arena, field)));
	update_object(update, field,
		str_format(climb->arena, "<</FT/Sig/T(Time stamp %d)/V %d 0 R>>", field, stamp));
	if (value_ref(at))
		update_object(update, value_ref(at), form);
	else
		update_object(update, root, dict_with(climb->arena, catalog, "AcroForm", form));
}

static void fill_field(struct climb *climb, struct update *update, int field, int stamp)
{
	struct str dict = reread_object(&climb->file, climb->file.revisions.len - 1, field);
	update_object(update, field, dict_with(climb->arena, dict, "V", ref(climb->arena, stamp)));
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
	struct str token = stamp_ask(&climb->run->stampers, climb->arena,
		(struct str){out->at, from}, (struct str){out->at + to, (int)out->len - to},
		climb->now, climb->name, climb->diags);
	if (token.at && token.len <= room)
		fill_hole(out, from, token);
	return !token.at ? -1 : token.len <= room ? 0 : token.len;
}

static bool add_stamp(struct climb *climb, struct buf *out)
{
	int need = try_stamp(climb, out, TOKEN_ROOM);
	if (need > 0) { /* the next token may be a little longer */
		buf_clear(out);
		need = try_stamp(climb, out, need + 256);
	}
	return need == 0;
}

/* -- the store of proofs (EN 319 142-1, 5.4.2) */

/* A chain that verify judged: fetch what it wants, and remember what of that it is. */
static void want_proof(
	void *user, const struct chain *chain, const struct proofs *brought, int64_t at)
{
	struct climb *climb = user;
	struct gather *gather = &climb->run->gather;
	const struct trust *trust = climb->run->request.trust;
	gather_chain(gather, chain, at, climb->name, climb->diags);
	for (int i = 0; i < sk_X509_num(chain->certs); i++) {
		X509 *cert = sk_X509_value(chain->certs, i);
		X509 *issuer = sk_X509_value(chain->certs, i + 1);
		proofs_add_cert(&climb->wanted, cert);
		if (issuer && needs_proof(cert) &&
			proofs_judge(brought, trust, cert, issuer, at).standing == STANDING_UNKNOWN)
			proofs_pick(&climb->wanted, &gather->proofs, trust, cert, issuer, at);
	}
}

static struct str put_item(
	struct climb *climb, struct update *update, struct str list, unsigned char *der, int len)
{
	int number = update_number(update);
	update_stream(update, number, (struct str){(char *)der, len > 0 ? len : 0});
	OPENSSL_free(der);
	return array_with(climb->arena, list, ref(climb->arena, number));
}

/* The lists of the store as they are, each with what is new. */
static struct str put_lists(struct climb *climb, struct update *update, struct str dss)
{
	int last = climb->file.revisions.len - 1;
	struct str certs = reread_value(&climb->file, last, dict_find(dss, "Certs"));
	struct str crls = reread_value(&climb->file, last, dict_find(dss, "CRLs"));
	struct str ocsps = reread_value(&climb->file, last, dict_find(dss, "OCSPs"));
	unsigned char *der;
	for (int i = 0; i < sk_X509_num(climb->wanted.certs); i++) {
		int len = i2d_X509(sk_X509_value(climb->wanted.certs, i), (der = NULL, &der));
		certs = put_item(climb, update, certs, der, len);
	}
	for (int i = 0; i < sk_X509_CRL_num(climb->wanted.crls); i++) {
		int len = i2d_X509_CRL(
			sk_X509_CRL_value(climb->wanted.crls, i), (der = NULL, &der));
		crls = put_item(climb, update, crls, der, len);
	}
	for (int i = 0; i < climb->wanted.ocsp_count; i++) {
		int len = i2d_OCSP_RESPONSE(climb->wanted.ocsps[i], (der = NULL, &der));
		ocsps = put_item(climb, update, ocsps, der, len);
	}
	struct str text = str_format(climb->arena, "<</Type/DSS/Certs%.*s", str_arg(certs));
	if (crls.at)
		text = str_format(climb->arena, "%s/CRLs%.*s", text.at, str_arg(crls));
	if (ocsps.at)
		text = str_format(climb->arena, "%s/OCSPs%.*s", text.at, str_arg(ocsps));
	return str_format(climb->arena, "%s>>", text.at);
}

static void put_store(struct climb *climb, struct buf *out)
{
	struct update update;
	struct str catalog;
	int root = root_of(climb, &catalog);
	update_begin(&update, &climb->file, out);
	struct str dss = reread_value(
		&climb->file, climb->file.revisions.len - 1, dict_find(catalog, "DSS"));
	struct str text = put_lists(climb, &update, dss);
	int number = update_number(&update);
	update_object(&update, number, text);
	catalog = dict_with(climb->arena, catalog, "DSS", ref(climb->arena, number));
	if (!dict_find(catalog, "Extensions").at)
		catalog = dict_with(climb->arena, catalog, "Extensions", str_lit(DSS_EXTENSION));
	update_object(&update, root, catalog);
	update_end(&update);
}

/* What was lent is given back: only the list and the certificates are the letter's own. */
static void give_back(struct proofs *wanted)
{
	sk_X509_CRL_free(wanted->crls);
	sk_X509_pop_free(wanted->certs, X509_free);
	*wanted = (struct proofs){0};
}

static bool add_store(struct climb *climb, struct buf *out)
{
	struct verify_hook hook = {want_proof, climb};
	proofs_open(&climb->wanted);
	verify_chains(climb->arena, climb->file.bytes, climb->name, climb->run->request.trust,
		climb->now, &hook, climb->diags);
	bool some = climb->wanted.ocsp_count || sk_X509_CRL_num(climb->wanted.crls);
	if (some)
		put_store(climb, out);
	give_back(&climb->wanted);
	return some;
}

/* -- asking without raising */

static void ask_chain(
	void *user, const struct chain *chain, const struct proofs *brought, int64_t at)
{
	struct climb *climb = user;
	struct gather *gather = &climb->run->gather;
	struct verdict verdict;
	(void)brought; /* verify has judged by it; newer proofs may say more */
	gather_chain(gather, chain, at, climb->name, climb->diags);
	X509 *cert = chain_unproven(
		chain, &gather->proofs, climb->run->request.trust, at, &verdict);
	if (!cert)
		return;
	struct place place = {climb->name, 0, 0};
	const char *name = cert_name(climb->arena, cert).at;
	if (verdict.standing == STANDING_REVOKED)
		diag_add(climb->diags, CERT_REVOKED, place, name,
			verify_time(climb->arena, verdict.revoked_at).at,
			*verdict.reason ? verdict.reason : "no reason given");
	else
		diag_add(climb->diags, NOT_ASKED, place, name);
}

bool level_check_revoked(struct level_run *run, struct arena *arena, struct str bytes,
	const char *name, int64_t now, struct diags *diags)
{
	struct climb climb = {.run = run, .arena = arena, .name = name, .now = now, .diags = diags};
	struct verify_hook hook = {ask_chain, &climb};
	struct diags *known = diags_new(); /* what verify_letter has said before */
	int before = diags_count(diags, SEVERITY_ERROR);
	verify_chains(arena, bytes, name, run->request.trust, now, &hook, known);
	diags_free(known);
	return diags_count(diags, SEVERITY_ERROR) == before;
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

/* To be freed by OpenSSL; NULL with *len 0 when no authority gives a token. */
static unsigned char *stamp_cms(struct climb *climb, struct str der, int *len)
{
	struct cms cms;
	struct str token = {0};
	*len = 0;
	if (!cms_open(&cms, der))
		token = stamp_ask(&climb->run->stampers, climb->arena, cms_signature(&cms),
			(struct str){0}, climb->now, climb->name, climb->diags);
	cms_close(&cms);
	return token.at ? with_token(der, token, len) : NULL;
}

bool level_stamp_detached(struct level_run *run, struct arena *arena, struct str der,
	const char *name, int64_t now, struct buf *out, struct diags *diags)
{
	struct climb climb = {.run = run, .arena = arena, .name = name, .now = now, .diags = diags};
	int len;
	pthread_mutex_lock(&run->lock);
	unsigned char *stamped = stamp_cms(&climb, der, &len);
	pthread_mutex_unlock(&run->lock);
	if (len > 0)
		buf_put(out, stamped, (size_t)len);
	OPENSSL_free(stamped);
	return len > 0;
}

/* The only seal of a new letter. */
static bool stamp_signature(struct climb *climb, const struct seal *seal, struct buf *out)
{
	int len, room = (seal->hole_to - seal->hole_from - 2) / 2;
	unsigned char *der = stamp_cms(climb, seal->der, &len);
	bool fits = len > 0 && len <= room;
	if (fits) {
		buf_str(out, climb->file.bytes);
		fill_hole(out, seal->hole_from, (struct str){(char *)der, len});
	}
	OPENSSL_free(der);
	return fits;
}

static bool add_time(struct climb *climb, struct buf *out)
{
	struct seals seals;
	bool own = climb->run->request.unpublished &&
		seals_read(&seals, &climb->file, climb->name, climb->diags) &&
		seals.list.len == 1 && climb->file.revisions.len == 1;
	return (own && stamp_signature(climb, &seals.list.at[0], out)) || add_stamp(climb, out);
}

/* -- one letter */

enum step { STEP_TIME, STEP_STORE, STEP_SEAL };

/* To the highest level a letter without a time goes by way of the proofs, so that one stamp does
 * for both: time and seal. Not so when the signature itself can take a stamp. */
static enum step next_step(
	const struct climb *climb, enum level level, enum level want, bool stored)
{
	if (level == LEVEL_T)
		return STEP_STORE;
	if (level == LEVEL_LT)
		return STEP_SEAL;
	return want == LEVEL_LTA && !stored && !climb->run->request.unpublished ? STEP_STORE
										: STEP_TIME;
}

static bool take_step(struct climb *climb, struct str bytes, enum step step, struct buf *out)
{
	buf_clear(out);
	if (!reread_file(&climb->file, climb->arena, bytes, climb->name, climb->diags))
		return false;
	return step == STEP_STORE   ? add_store(climb, out)
		: step == STEP_TIME ? add_time(climb, out)
				    : add_stamp(climb, out);
}

static void swap_bufs(struct buf *a, struct buf *b)
{
	struct buf old = *a;
	*a = *b;
	*b = old;
}

static void copy_buf(struct buf *to, const struct buf *from)
{
	buf_clear(to);
	buf_put(to, from->at, from->len);
}

static struct level_result raise_letter(struct level_run *run, struct arena *arena,
	struct str bytes, const char *name, enum level want, int64_t now, struct buf *out,
	struct diags *diags)
{
	struct climb climb = {.run = run, .arena = arena, .name = name, .now = now, .diags = diags};
	const struct trust *trust = run->request.trust;
	struct verify_report report = verify_letter(arena, bytes, name, trust, now, diags);
	struct level_result result = {report.level, report.level, report.good};
	struct buf next = {0}, base = {0}; /* what comes next, and what it is made from */
	bool stored = false;
	buf_str(&base, bytes);
	while (report.good && report.level != LEVEL_NONE && report.level < want) {
		enum step step = next_step(&climb, report.level, want, stored);
		bool done = take_step(&climb, buf_text(&base), step, &next);
		bool early = step == STEP_STORE && report.level == LEVEL_B;
		if (!done && !early)
			break;
		stored = stored || early;
		if (!done)
			continue;
		struct verify_report after = verify_letter(
			arena, buf_text(&next), name, trust, now, diags);
		if (!after.good || (after.level <= report.level && !early))
			break;
		report = after;
		swap_bufs(&base, &next);
		if (!early)
			copy_buf(out, &base);
	}
	buf_free(&next);
	buf_free(&base);
	result.after = report.level;
	if (report.good && report.level < want)
		diag_add(diags, LEVEL_KEPT, ((struct place){name, 0, 0}), level_name(report.level),
			level_name(want), report.missing.at);
	return result;
}

struct level_result level_raise(struct level_run *run, struct arena *arena, struct str bytes,
	const char *name, enum level want, int64_t now, struct buf *out, struct diags *diags)
{
	pthread_mutex_lock(&run->lock);
	struct level_result result = raise_letter(run, arena, bytes, name, want, now, out, diags);
	pthread_mutex_unlock(&run->lock);
	return result;
}
