/* dss.c - the document security store: certificates, CRLs and OCSP responses that a file brings to
 * prove its signatures by (ETSI EN 319 142-1, 5.4.2). */
#include "verify/evidence.h"

#include "base/arena.h"

#include <openssl/err.h>

enum { ITEMS_MAX = 256 };

static const char *take_cert(struct evidence *evidence, struct str der)
{
	const unsigned char *at = (const unsigned char *)der.at, *end = at + der.len;
	X509 *cert = d2i_X509(NULL, &at, der.len);
	if (cert)
		sk_X509_push(evidence->certs, cert);
	return cert && at == end ? NULL : "a damaged certificate";
}

static const char *take_crl(struct evidence *evidence, struct str der)
{
	const unsigned char *at = (const unsigned char *)der.at, *end = at + der.len;
	X509_CRL *crl = d2i_X509_CRL(NULL, &at, der.len);
	if (crl)
		sk_X509_CRL_push(evidence->crls, crl);
	return crl && at == end ? NULL : "a damaged list of revoked certificates";
}

static const char *take_ocsp(struct evidence *evidence, struct str der)
{
	const unsigned char *at = (const unsigned char *)der.at, *end = at + der.len;
	OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &at, der.len);
	if (response && at == end && evidence_add_ocsp(evidence, response))
		return NULL;
	OCSP_RESPONSE_free(response);
	return "a damaged answer about revocation, or too many";
}

/* All that the stores of a file ever named, each object once: what a later store leaves out was
 * added all the same. */
struct reading {
	struct evidence *evidence;
	const struct pdfread *file;
	vec(const struct xref_entry *) taken;
};

static bool is_taken(const struct reading *reading, const struct xref_entry *entry)
{
	for (int i = 0; i < reading->taken.len; i++)
		if (reading->taken.at[i] == entry)
			return true;
	return false;
}

static const char *read_item(struct reading *reading, int index, struct str ref,
	const char *(*take)(struct evidence *evidence, struct str der))
{
	const struct xref_entry *entry = pdfread_find(reading->file, index, value_ref(ref));
	struct str der = pdfread_stream(reading->file, index, value_ref(ref));
	if (!entry || !der.at)
		return "something that cannot be read";
	if (is_taken(reading, entry))
		return NULL;
	*vec_push(reading->file->arena, &reading->taken) = entry;
	return take(reading->evidence, der);
}

static const char *read_store(struct reading *reading, int index)
{
	static const struct {
		const char *key;
		const char *(*take)(struct evidence *evidence, struct str der);
	} kinds[] = {{"Certs", take_cert}, {"CRLs", take_crl}, {"OCSPs", take_ocsp}};
	const struct pdfread *file = reading->file;
	int root;
	struct str dss = dict_find(pdfread_catalog(file, index, &root), "DSS"), ref;
	dss = pdfread_value(file, index, dss);
	const char *wrong = NULL;
	for (int kind = 0; kind < 3 && !wrong; kind++) {
		struct lex list = array_open(
			pdfread_value(file, index, dict_find(dss, kinds[kind].key)));
		for (int i = 0; !wrong && lex_value(&list, &ref); i++)
			wrong = i < ITEMS_MAX ? read_item(reading, index, ref, kinds[kind].take)
					      : "more than can be read";
	}
	return wrong;
}

const char *evidence_read(struct evidence *evidence, const struct pdfread *file, int index)
{
	struct reading reading = {evidence, file, {0}};
	const char *wrong = NULL;
	evidence_open(evidence);
	for (int i = 0; i <= index && !wrong; i++)
		wrong = read_store(&reading, i);
	ERR_clear_error();
	return wrong;
}
