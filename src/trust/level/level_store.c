/* level_store.c - a letter in, the same letter with evidence of its chains out (DSS).
 *
 * verify shows each chain that wants proof; what the file lacks of that is lent by the run, which
 * fetches it once for all its letters. */
#include "level/level_int.h"
#include "pdfread/update.h"
#include "verify/seal.h"

#include "base/arena.h"

int climb_root(const struct climb *climb, struct str *catalog)
{
	int root;
	*catalog = pdfread_catalog(&climb->file, climb->file.revisions.len - 1, &root);
	return root;
}

struct str climb_ref(struct arena *arena, int number)
{
	return str_format(arena, "%d 0 R", number);
}

/* A chain that verify judged: fetch what it wants, and remember what of that it is. */
static void want_proof(
	void *user, const struct chain *chain, const struct evidence *brought, int64_t at)
{
	struct climb *climb = user;
	struct gather *gather = &climb->run->gather;
	const struct trust *trust = climb->run->request.trust;
	gather_chain(gather, chain, at, climb->name, climb->diags);
	for (int i = 0; i < sk_X509_num(chain->certs); i++) {
		X509 *cert = sk_X509_value(chain->certs, i);
		X509 *issuer = sk_X509_value(chain->certs, i + 1);
		evidence_add_cert(&climb->wanted, cert);
		if (issuer && needs_evidence(cert) &&
			evidence_judge(brought, trust, cert, issuer, at).standing ==
				STANDING_UNKNOWN)
			evidence_pick(&climb->wanted, &gather->evidence, trust, cert, issuer, at);
	}
}

static struct str put_item(
	struct climb *climb, struct update *update, struct str list, unsigned char *der, int len)
{
	int number = update_number(update);
	update_stream(update, number, (struct str){(char *)der, len > 0 ? len : 0});
	OPENSSL_free(der);
	return array_with(climb->arena, list, climb_ref(climb->arena, number));
}

/* The lists of the store as they are, each with what is new. */
static struct str put_lists(struct climb *climb, struct update *update, struct str dss)
{
	int last = climb->file.revisions.len - 1;
	struct str certs = pdfread_value(&climb->file, last, dict_find(dss, "Certs"));
	struct str crls = pdfread_value(&climb->file, last, dict_find(dss, "CRLs"));
	struct str ocsps = pdfread_value(&climb->file, last, dict_find(dss, "OCSPs"));
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
	int root = climb_root(climb, &catalog);
	update_begin(&update, &climb->file, out);
	struct str dss = pdfread_value(
		&climb->file, climb->file.revisions.len - 1, dict_find(catalog, "DSS"));
	struct str text = put_lists(climb, &update, dss);
	int number = update_number(&update);
	update_object(&update, number, text);
	catalog = dict_with(climb->arena, catalog, "DSS", climb_ref(climb->arena, number));
	if (!dict_find(catalog, "Extensions").at)
		catalog = dict_with(climb->arena, catalog, "Extensions", str_lit(DSS_EXTENSION));
	update_object(&update, root, catalog);
	update_end(&update);
}

/* What was lent is given back: only the list and the certificates are the letter's own. */
static void give_back(struct evidence *wanted)
{
	sk_X509_CRL_free(wanted->crls);
	sk_X509_pop_free(wanted->certs, X509_free);
	*wanted = (struct evidence){0};
}

bool climb_store(struct climb *climb, struct buf *out)
{
	struct verify_hook hook = {want_proof, climb, climb->renewing};
	evidence_open(&climb->wanted);
	const struct judged file = {climb->file.bytes, climb->name, climb->now};
	verify_chains(climb->arena, &file, climb->run->request.trust, &hook, climb->diags);
	bool some = climb->wanted.ocsp_count || sk_X509_CRL_num(climb->wanted.crls);
	if (some)
		put_store(climb, out);
	give_back(&climb->wanted);
	return some;
}
