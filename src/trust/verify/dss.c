/* dss.c - the document security store: certificates, CRLs and OCSP responses that a file brings to
 * prove its signatures by (ETSI EN 319 142-1, 5.4.2). */
#include "verify/evidence.h"

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

const char *evidence_read(struct evidence *evidence, const struct pdfread *file, int index)
{
	static const struct {
		const char *key;
		const char *(*take)(struct evidence *evidence, struct str der);
	} kinds[] = {{"Certs", take_cert}, {"CRLs", take_crl}, {"OCSPs", take_ocsp}};
	int root;
	struct str dss = dict_find(pdfread_catalog(file, index, &root), "DSS");
	const char *wrong = NULL;
	evidence_open(evidence);
	dss = pdfread_value(file, index, dss);
	for (int kind = 0; kind < 3 && !wrong; kind++) {
		struct lex list = array_open(
			pdfread_value(file, index, dict_find(dss, kinds[kind].key)));
		struct str ref;
		for (int i = 0; i < ITEMS_MAX && !wrong && lex_value(&list, &ref); i++) {
			struct str der = pdfread_stream(file, index, value_ref(ref));
			wrong = der.at ? kinds[kind].take(evidence, der)
				       : "something that cannot be read";
		}
	}
	ERR_clear_error();
	return wrong;
}
