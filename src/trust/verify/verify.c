/* verify.c - one file in; is it what was signed, whom does it come from, what can be proven? out.
 *
 * From outside inwards (ETSI EN 319 102-1, 5.6, as far as one signature and its time stamps need
 * it): each document time stamp is judged at the time that the next one proves, the outermost at
 * now; the signature's own time stamp at the first of those; the signer at the earliest time that
 * is proven. So a signature stays good when its certificates have expired, and a certificate that
 * expired before anybody could prove the signature spoils it. */
#include "verify/verify.h"

#include "base/diag_id.h"
#include "verify/evidence.h"
#include "verify/manifest.h"
#include "verify/policy.h"
#include "verify/seal.h"

#include "base/arena.h"

#include <openssl/x509v3.h>
#include <stdio.h>
#include <time.h>

enum { CLOCK_SKEW = 300 }; /* seconds by which two good clocks may differ */

struct check {
	struct arena *arena;
	struct pdfread file;
	struct seals seals;
	const struct seal *seal;  /* the signature */
	struct cms cms;           /* of it */
	struct evidence evidence; /* all that the file brings */
	const struct trust *trust;
	const char *name;
	bool unproven;                  /* some certificate lacks proof of its standing */
	struct str lacks;               /* whose */
	const struct verify_hook *hook; /* or NULL */
	struct verify_report *report;
	struct diags *diags;
};

const char *level_name(enum level level)
{
	static const char *const names[] = {"none", "B-B", "B-T", "B-LT", "B-LTA"};
	return names[level];
}

static struct place here(const struct check *check)
{
	return place_in(check->name);
}

/* -- the signature itself */

static struct str covered_before(const struct check *check, const struct seal *seal)
{
	return str_slice(check->file.bytes, 0, seal->hole_from);
}

static struct str covered_after(const struct check *check, const struct seal *seal)
{
	return str_slice(
		check->file.bytes, seal->hole_to, check->file.revisions.at[seal->revision].end);
}

/* The one signature; time stamps are not signatures. */
static bool find_signature(struct check *check)
{
	for (int i = 0; i < check->seals.list.len; i++) {
		if (check->seals.list.at[i].is_stamp)
			continue;
		if (check->seal) {
			diag_add0(check->diags, SIGNED_TWICE, here(check));
			return false;
		}
		check->seal = &check->seals.list.at[i];
	}
	if (!check->seal)
		diag_add0(check->diags, UNSIGNED, here(check));
	return check->seal;
}

static bool check_signature(
	struct check *check, struct str der, struct str before, struct str after)
{
	bool altered = false;
	const char *wrong = cms_open(&check->cms, der);
	if (!wrong)
		wrong = cms_check_bytes(&check->cms, before, after, &altered);
	if (altered)
		diag_add0(check->diags, ALTERED, here(check));
	else if (wrong)
		diag_add(check->diags, SIGNATURE, here(check), wrong);
	return !wrong;
}

/* "D:20201013090000Z" or with +01'00'; 0 when it is not one. */
static int64_t read_date(struct arena *arena, struct str value)
{
	struct str text = lex_text(arena, value);
	int year, month, day, hour, minute, second, ahead = 0, off_hours = 0, off_minutes = 0;
	char sign = 'Z';
	if (sscanf(text.len ? text.at : "", "D:%4d%2d%2d%2d%2d%2d%n%c%2d'%2d", &year, &month, &day,
		    &hour, &minute, &second, &ahead, &sign, &off_hours, &off_minutes) < 6)
		return 0;
	struct tm tm = {.tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day,
		.tm_hour = hour,
		.tm_min = minute,
		.tm_sec = second};
	int off = off_hours * 3600 + off_minutes * 60;
	return (int64_t)timegm(&tm) - (sign == '-' ? -off : sign == '+' ? off : 0);
}

/* What EN 319 142-1, 6.3 wants of a baseline signature's dictionary. */
static const char *baseline_lacks(struct check *check)
{
	struct str dict = check->seal->dict;
	if (!value_is_name(dict_find(dict, "SubFilter"), "ETSI.CAdES.detached"))
		return "the signature is of an older kind (/SubFilter)";
	if (!check->report->claimed_time)
		return "the signature does not say when it was made (/M)";
	if (dict_find(dict, "Cert").at)
		return "the signature's dictionary holds a certificate";
	return cms_check_baseline(&check->cms);
}

/* -- chains */

static void report_chain(struct check *check, const struct chain *chain, int64_t at)
{
	X509 *cert = sk_X509_value(chain->certs, chain->depth);
	const char *name = cert ? cert_name(check->arena, cert).at : "?";
	const char *when = verify_time(check->arena, at).at;
	if (chain->error == X509_V_ERR_CERT_HAS_EXPIRED)
		diag_add(check->diags, CERT_EXPIRED, here(check), name,
			verify_time(check->arena, seconds_of(X509_get0_notAfter(cert))).at, when);
	else if (chain->error == X509_V_ERR_CERT_NOT_YET_VALID)
		diag_add(check->diags, CERT_EARLY, here(check), name,
			verify_time(check->arena, seconds_of(X509_get0_notBefore(cert))).at, when);
	else
		diag_add(check->diags, CERT_UNTRUSTED, here(check), name,
			X509_verify_cert_error_string(chain->error));
}

/* Is each certificate that came with the signature one of its chain? Others nobody vouches for. */
static bool all_in_chain(STACK_OF(X509) * certs, const struct chain *chain)
{
	for (int i = 0; i < sk_X509_num(certs); i++) {
		bool found = false;
		for (int k = 0; k < sk_X509_num(chain->certs) && !found; k++)
			found = X509_cmp(sk_X509_value(certs, i), sk_X509_value(chain->certs, k)) ==
				0;
		if (!found)
			return false;
	}
	return true;
}

static void check_names(struct check *check, const struct chain *chain)
{
	for (int i = 0; i < sk_X509_num(chain->certs); i++)
		if (!cert_names_are_sound(sk_X509_value(chain->certs, i))) {
			diag_add(check->diags, CERT_NAME, here(check),
				cert_name(check->arena, sk_X509_value(chain->certs, i)).at);
			return;
		}
}

static void judge_proof(struct check *check, const struct chain *chain, int64_t at)
{
	struct verdict verdict;
	X509 *cert = chain_unproven(chain, &check->evidence, check->trust, at, &verdict);
	if (!cert)
		return;
	struct str name = cert_name(check->arena, cert);
	if (verdict.standing == STANDING_REVOKED)
		diag_add(check->diags, CERT_REVOKED, here(check), name.at,
			verify_time(check->arena, verdict.revoked_at).at,
			*verdict.reason ? verdict.reason : "no reason given");
	else if (!check->unproven) {
		check->unproven = true;
		check->lacks = name;
	}
}

/* What policy_check has said already, in OpenSSL's words. */
static bool is_weakness(int error)
{
	return error == X509_V_ERR_EE_KEY_TOO_SMALL || error == X509_V_ERR_CA_KEY_TOO_SMALL ||
		error == X509_V_ERR_CA_MD_TOO_WEAK || error == X509_V_ERR_EC_KEY_EXPLICIT_PARAMS;
}

/* Chain and standing of a certificate at a time. */
static void check_chain(
	struct check *check, struct cms *cms, int64_t at, bool is_signer, bool wants_proof)
{
	struct chain chain = chain_open(
		check->trust, cms->signer, cms->certs, check->evidence.certs, at);
	X509 *root = sk_X509_value(chain.certs, sk_X509_num(chain.certs) - 1);
	bool allowed = policy_check(
		chain.certs, is_signer ? POLICY_LETTER : POLICY_STAMP, here(check), check->diags);
	if (chain.error != X509_V_OK && (allowed || !is_weakness(chain.error)))
		report_chain(check, &chain, at);
	else if (chain.error == X509_V_OK && !all_in_chain(cms->certs, &chain))
		diag_add0(check->diags, CERT_STRAY, here(check));
	else if (chain.error == X509_V_OK && is_signer)
		check->report->root = cert_name(check->arena, root);
	check_names(check, &chain);
	if (wants_proof)
		judge_proof(check, &chain, at);
	if (check->hook && (wants_proof || check->hook->last_too) && chain.error == X509_V_OK)
		check->hook->chain(check->hook->user, &chain, &check->evidence, at);
	chain_close(&chain);
}

/* -- time stamps */

/* What a time stamp is of, and when that is judged. */
struct stamped {
	struct str before, after;
	int64_t at;
};

static bool token_is_good(struct check *check, struct token *token, const struct stamped *what)
{
	if (!policy_check(token->cms.certs, POLICY_STAMP, here(check), check->diags))
		return false;
	const char *wrong = token_check(
		token, check->trust, what->before, what->after, check->evidence.certs, what->at);
	if (!wrong && token->time > what->at + CLOCK_SKEW)
		wrong = "it comes from the future";
	if (wrong)
		diag_add(check->diags, STAMP, here(check), wrong);
	return !wrong;
}

/* Checks one; gives the time that it proves, or 0 after a finding. */
static int64_t check_token(
	struct check *check, struct str der, const struct stamped *what, bool outermost)
{
	struct token token;
	const char *wrong = token_open(&token, der);
	if (wrong)
		diag_add(check->diags, STAMP, here(check), wrong);
	bool good = !wrong && token_is_good(check, &token, what);
	if (good)
		check_chain(check, &token.cms, what->at, false, !outermost);
	if (good && outermost)
		check->report->sealed_until = seconds_of(X509_get0_notAfter(token.cms.signer));
	int64_t time = good ? token.time : 0;
	token_close(&token);
	return time;
}

/* The document time stamps, the last one first; gives the time that the first one proves. The last
 * one needs no proof of its own authority when it seals the DSS: the next would bring it. */
static int64_t check_document_stamps(struct check *check, int64_t now, int sealed)
{
	int64_t at = now;
	for (int i = check->seals.list.len - 1; i >= 0; i--) {
		const struct seal *stamp = &check->seals.list.at[i];
		if (!stamp->is_stamp)
			continue;
		const struct stamped what = {
			covered_before(check, stamp), covered_after(check, stamp), at};
		int64_t time = check_token(check, stamp->der, &what,
			i == check->seals.list.len - 1 && sealed >= 0 && stamp->revision >= sealed);
		at = time ? time : at;
		check->report->proven_time = time ? time : check->report->proven_time;
	}
	return at;
}

static int64_t check_own_stamp(struct check *check, int64_t at)
{
	const char *wrong;
	struct str der = cms_stamp(&check->cms, &wrong);
	if (wrong)
		diag_add(check->diags, SIGNATURE, here(check), wrong);
	if (!der.at || wrong)
		return at;
	const struct stamped what = {cms_signature(&check->cms), {0}, at};
	int64_t time = check_token(check, der, &what, false);
	check->report->proven_time = time ? time : check->report->proven_time;
	return time ? time : at;
}

/* -- levels */

/* The revision that brought the DSS as it is now; -1 for none. */
static int dss_revision(const struct check *check)
{
	int index = check->file.revisions.len - 1, root;
	struct str now = dict_find(pdfread_catalog(&check->file, index, &root), "DSS");
	if (!now.at)
		return -1;
	while (index > 0) {
		struct str before = dict_find(
			pdfread_catalog(&check->file, index - 1, &root), "DSS");
		if (!before.at || !values_equal(before, now) ||
			pdfread_find(&check->file, index - 1, value_ref(now)) !=
				pdfread_find(&check->file, index, value_ref(now)))
			break;
		index--;
	}
	return index;
}

static struct str lacks_words(struct check *check)
{
	return str_format(check->arena,
		"proof in the file that the certificate of %.*s was not revoked",
		str_arg(check->lacks));
}

static void decide_level(struct check *check, int dss)
{
	const struct seal *last = &check->seals.list.at[check->seals.list.len - 1];
	struct verify_report *report = check->report;
	const char *lacks = baseline_lacks(check);
	report->level = lacks                             ? LEVEL_NONE
		: !report->proven_time                    ? LEVEL_B
		: dss < 0 || check->unproven              ? LEVEL_T
		: !last->is_stamp || last->revision < dss ? LEVEL_LT
							  : LEVEL_LTA;
	switch (report->level) {
	case LEVEL_NONE:
		report->missing = str_copy(check->arena, str_of(lacks));
		break;
	case LEVEL_B:
		report->missing = str_lit("a time stamp");
		break;
	case LEVEL_T:
		report->missing = check->unproven
			? lacks_words(check)
			: str_lit("certificates and proofs in the file (DSS)");
		break;
	case LEVEL_LT:
		report->missing = str_lit("a time stamp over the whole file and its proofs");
		break;
	case LEVEL_LTA:
		break;
	}
}

/* -- one file */

static void check_seals(struct check *check, int64_t now)
{
	int dss = dss_revision(check);
	const char *wrong = evidence_read(
		&check->evidence, &check->file, check->file.revisions.len - 1);
	wrong = wrong ? wrong : evidence_check(&check->evidence, check->trust);
	if (wrong)
		diag_add(check->diags, PROOFS, here(check), wrong);
	int64_t at = check_own_stamp(check, check_document_stamps(check, now, dss));
	check_chain(check, &check->cms, at, true, true);
	check->report->signer = cert_name(check->arena, check->cms.signer);
	check->report->claimed_time = read_date(check->arena, dict_find(check->seal->dict, "M"));
	decide_level(check, dss);
}

static void check_file(struct check *check, struct str bytes, int64_t now)
{
	struct diags *diags = check->diags;
	if (!pdfread_file(&check->file, check->arena, bytes, check->name, diags))
		return;
	bool covered = seals_read(&check->seals, &check->file, check->name, diags);
	if (!covered || !find_signature(check))
		return;
	check->report->is_signed = true;
	changes_check(&check->file, &check->seals, check->seal->revision, check->name, diags);
	if (check_signature(check, check->seal->der, covered_before(check, check->seal),
		    covered_after(check, check->seal)))
		check_seals(check, now);
}

struct verify_report verify_chains(struct arena *arena, const struct judged *file,
	const struct trust *trust, const struct verify_hook *hook, struct diags *diags)
{
	struct verify_report report = {0};
	struct check check = {.arena = arena,
		.trust = trust,
		.name = file->name,
		.hook = hook,
		.report = &report,
		.diags = diags};
	int before = diags_count(diags, SEVERITY_ERROR);
	check_file(&check, file->bytes, file->now);
	report.good = diags_count(diags, SEVERITY_ERROR) == before;
	if (!report.good)
		report.level = LEVEL_NONE;
	evidence_close(&check.evidence);
	cms_close(&check.cms);
	return report;
}

struct verify_report verify_letter(struct arena *arena, const struct judged *file,
	const struct trust *trust, struct diags *diags)
{
	return verify_chains(arena, file, trust, NULL, diags);
}

struct verify_report verify_detached(struct arena *arena, const struct judged *file, struct str der,
	const struct trust *trust, struct diags *diags)
{
	struct verify_report report = {.is_signed = true};
	struct check check = {.arena = arena,
		.trust = trust,
		.name = file->name,
		.report = &report,
		.diags = diags};
	int before = diags_count(diags, SEVERITY_ERROR);
	evidence_open(&check.evidence);
	if (check_signature(&check, der, file->bytes, (struct str){0})) {
		check_chain(&check, &check.cms, check_own_stamp(&check, file->now), true, true);
		report.signer = cert_name(arena, check.cms.signer);
	}
	report.good = diags_count(diags, SEVERITY_ERROR) == before;
	evidence_close(&check.evidence);
	cms_close(&check.cms);
	return report;
}
