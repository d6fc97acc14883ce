/* evidence.h - whom to believe, and for what there is proof: chains, revocation, time stamps. */
#ifndef VERIFY_EVIDENCE_H
#define VERIFY_EVIDENCE_H

#include "pdfread/pdfread.h"
#include "verify/certificate.h"
#include "verify/cms.h"
#include "verify/verify.h"

#include <openssl/ocsp.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

struct trust {
	X509_STORE *store;
};

/* What proves that certificates were good: of a file's DSS, or fetched. */
struct evidence {
	STACK_OF(X509) * certs;
	STACK_OF(X509_CRL) * crls;
	OCSP_RESPONSE *ocsps[64];
	int ocsp_count;
};
void evidence_open(struct evidence *evidence);
void evidence_close(struct evidence *evidence);
/* Takes all that the DSS of the file held after any of the revisions up to index (EN 319 142-1,
 * 5.4.2). Gives what cannot be read, or NULL; evidence_close in any case. */
const char *evidence_read(struct evidence *evidence, const struct pdfread *file, int index);

/* Takes one more: a certificate is copied unless it is there, a response is taken over unless there
 * is no room. */
void evidence_add_cert(struct evidence *evidence, X509 *cert);
bool evidence_add_ocsp(struct evidence *evidence, OCSP_RESPONSE *response);

/* A chain from a certificate to a root, whether or not it is trusted. */
struct chain {
	STACK_OF(X509) * certs; /* the certificate first */
	int error;              /* X509_V_OK, or why not; X509_V_ERR_… */
	int depth;              /* at which certificate */
};
/* Builds it as of a time, from certificates that may help. chain_close in any case. */
struct chain chain_open(const struct trust *trust, X509 *leaf, STACK_OF(X509) * helpers,
	STACK_OF(X509) * more, int64_t at);
void chain_close(struct chain *chain);

/* What the evidence says of a certificate, judged at a time. */
enum standing { STANDING_UNKNOWN, STANDING_GOOD, STANDING_REVOKED };
struct verdict {
	enum standing standing;
	int64_t revoked_at;
	const char *reason; /* of the revocation, "" for none given */
};
struct verdict evidence_judge(const struct evidence *evidence, const struct trust *trust,
	X509 *cert, X509 *issuer, int64_t at);

/* Lends to one what the other says of a certificate: the items still belong to from. */
void evidence_pick(struct evidence *to, const struct evidence *from, const struct trust *trust,
	X509 *cert, X509 *issuer, int64_t at);

/* Does this certificate need proof? A root does not, nor one that says so (RFC 6960, 4.2.2.2.1). */
bool needs_evidence(X509 *cert);
/* The first certificate of a chain that has no proof, or is revoked; NULL: all are good. */
X509 *chain_unproven(const struct chain *chain, const struct evidence *evidence,
	const struct trust *trust, int64_t at, struct verdict *verdict);

/* Every certificate, CRL and response is signed by whom it says. Gives what is not, or NULL. */
const char *evidence_check(const struct evidence *evidence, const struct trust *trust);

/* verify_letter, which shows each chain that wants proof to a caller: the chain, what the file
 * brings, and the time at which it is judged. */
struct verify_hook {
	void (*chain)(
		void *user, const struct chain *chain, const struct evidence *brought, int64_t at);
	void *user;
	bool last_too; /* also that of the last time stamp, which wants proof with the next only */
};
struct verify_report verify_chains(struct arena *arena, const struct judged *file,
	const struct trust *trust, const struct verify_hook *hook, struct diags *diags);

/* A time-stamp token (RFC 3161). */
struct token {
	struct cms cms;
	TS_TST_INFO *info;
	int64_t time;
};
/* Reads one; gives what is wrong, or NULL. token_close in any case. */
const char *token_open(struct token *token, struct str der);
void token_close(struct token *token);
/* Is it a time stamp of these bytes, by an authority that is trusted as of a time? Gives what is
 * wrong, or NULL. */
const char *token_check(struct token *token, const struct trust *trust, struct str before,
	struct str after, STACK_OF(X509) * helpers, int64_t at);

#endif
