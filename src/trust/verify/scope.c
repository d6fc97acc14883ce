/* scope.c - a proof and a certificate → does the one speak of the other, and of that time? */
#include "verify/scope.h"

#include "verify/certificate.h"

#include <openssl/err.h>
#include <openssl/objects.h>

/* -- which certificates a list is of */

/* What is understood here, or has nothing to say of a certificate that is not listed. */
static bool is_understood(X509_EXTENSION *extension)
{
	return !X509_EXTENSION_get_critical(extension) ||
		OBJ_obj2nid(X509_EXTENSION_get_object(extension)) == NID_issuing_distribution_point;
}

static bool shares_name(const GENERAL_NAMES *some, const GENERAL_NAMES *others)
{
	for (int i = 0; i < sk_GENERAL_NAME_num(some); i++)
		for (int k = 0; k < sk_GENERAL_NAME_num(others); k++)
			if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(some, i),
				    sk_GENERAL_NAME_value(others, k)) == 0)
				return true;
	return false;
}

/* Whether the certificate names a point by one of its whole names; a name relative to its issuer
 * nobody uses. */
static bool is_of_point(X509 *cert, const DIST_POINT_NAME *point)
{
	CRL_DIST_POINTS *own = X509_get_ext_d2i(cert, NID_crl_distribution_points, NULL, NULL);
	bool found = false;
	for (int i = 0; point->type == 0 && i < sk_DIST_POINT_num(own); i++) {
		const DIST_POINT_NAME *name = sk_DIST_POINT_value(own, i)->distpoint;
		found |= name && name->type == 0 &&
			shares_name(point->name.fullname, name->name.fullname);
	}
	CRL_DIST_POINTS_free(own);
	return found;
}

static bool point_covers(const ISSUING_DIST_POINT *point, X509 *cert)
{
	bool authority = X509_check_ca(cert) > 0;
	return !(point->onlyuser > 0 && authority) && !(point->onlyCA > 0 && !authority) &&
		point->onlyattr <= 0 && point->indirectCRL <= 0 && !point->onlysomereasons &&
		(!point->distpoint || is_of_point(cert, point->distpoint));
}

static bool crl_covers(X509_CRL *crl, X509 *cert)
{
	int there;
	for (int i = 0; i < X509_CRL_get_ext_count(crl); i++)
		if (!is_understood(X509_CRL_get_ext(crl, i)))
			return false;
	ISSUING_DIST_POINT *point = X509_CRL_get_ext_d2i(
		crl, NID_issuing_distribution_point, &there, NULL);
	bool covers = point ? point_covers(point, cert) : there == -1;
	ISSUING_DIST_POINT_free(point);
	ERR_clear_error();
	return covers;
}

/* -- which times a proof is of */

struct span {
	int64_t from, to;
	int64_t since; /* it knows of what has expired from then on; INT64_MAX: of nothing */
};

/* One that does not say when the next comes is of the day when it was made. */
static bool clears(struct span span, X509 *cert, int64_t at)
{
	enum { DAY = 24 * 60 * 60 };
	int64_t ends = seconds_of(X509_get0_notAfter(cert));
	return span.from && at <= (span.to ? span.to : span.from + DAY) &&
		(span.from <= ends || span.since <= ends);
}

/* A GeneralizedTime as an extension's value. */
static int64_t time_in(X509_EXTENSION *extension)
{
	const ASN1_OCTET_STRING *value = X509_EXTENSION_get_data(extension);
	const unsigned char *at = value ? ASN1_STRING_get0_data(value) : NULL;
	ASN1_GENERALIZEDTIME *time = at
		? d2i_ASN1_GENERALIZEDTIME(NULL, &at, ASN1_STRING_length(value))
		: NULL;
	int64_t seconds = time ? seconds_of(time) : INT64_MAX;
	ASN1_GENERALIZEDTIME_free(time);
	ERR_clear_error();
	return seconds;
}

/* expiredCertsOnCRL (ITU-T X.509, 9.5.2.8). */
static int64_t keeps_since(X509_CRL *crl)
{
	ASN1_OBJECT *name = OBJ_txt2obj("2.5.29.60", 1);
	int at = X509_CRL_get_ext_by_OBJ(crl, name, -1);
	ASN1_OBJECT_free(name);
	return at < 0 ? INT64_MAX : time_in(X509_CRL_get_ext(crl, at));
}

bool crl_clears(X509_CRL *crl, X509 *cert, int64_t at)
{
	const struct span span = {seconds_of(X509_CRL_get0_lastUpdate(crl)),
		seconds_of(X509_CRL_get0_nextUpdate(crl)), keeps_since(crl)};
	return crl_covers(crl, cert) && clears(span, cert, at);
}

/* Archive cutoff (RFC 6960, 4.4.4). */
bool answer_clears(OCSP_SINGLERESP *answer, X509 *cert, int64_t at)
{
	ASN1_GENERALIZEDTIME *from = NULL, *to = NULL;
	int kept = OCSP_SINGLERESP_get_ext_by_NID(answer, NID_id_pkix_OCSP_archiveCutoff, -1);
	OCSP_single_get0_status(answer, NULL, NULL, &from, &to);
	const struct span span = {seconds_of(from), seconds_of(to),
		kept < 0 ? INT64_MAX : time_in(OCSP_SINGLERESP_get_ext(answer, kept))};
	return clears(span, cert, at);
}
