/* verify.c - one file in; is it what was signed, whom does it come from, what can be proven? out.
 *
 * From outside inwards (ETSI EN 319 102-1, 5.6, as far as signatures and their time stamps need
 * it): each document time stamp is judged at the time that the next one proves, the outermost at
 * now; a signature's own time stamp at the first of those behind it; the signer at the earliest
 * time that is proven. So a signature stays good when its certificates have expired, and a
 * certificate that expired before anybody could prove the signature spoils it. */
#include "verify/verify_int.h"

#include "base/diag_id.h"
#include "verify/manifest.h"

#include "base/arena.h"

#include <openssl/x509v3.h>
#include <stdio.h>
#include <time.h>

const char *level_name(enum level level)
{
	static const char *const names[] = {"none", "B-B", "B-T", "B-LT", "B-LTA"};
	return names[level];
}

/* A signature of the file, as far as it was looked at. */
struct opened {
	const struct seal *seal;
	struct cms cms;
	bool sound; /* it is one of these bytes */
	struct verify_signature *report;
};

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

/* Opens one, and holds it against the bytes. False after a finding; cms_close in any case. */
static bool check_signature(
	struct check *check, struct cms *cms, struct str der, const struct stamped *of)
{
	bool altered = false;
	const char *wrong = cms_open(cms, der);
	if (!wrong)
		wrong = cms_check_bytes(cms, of->before, of->after, &altered);
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
static const char *baseline_lacks(struct opened *opened)
{
	struct str dict = opened->seal->dict;
	if (!value_is_name(dict_find(dict, "SubFilter"), "ETSI.CAdES.detached"))
		return "the signature is of an older kind (/SubFilter)";
	if (!opened->report->claimed_time)
		return "the signature does not say when it was made (/M)";
	if (dict_find(dict, "Cert").at)
		return "the signature's dictionary holds a certificate";
	return cms_check_baseline(&opened->cms);
}

/* -- as of a time */

/* The time stamp in the signature, which proves a time; else the time as of which it is judged. */
static int64_t check_own_stamp(
	struct check *check, struct cms *cms, int64_t at, struct verify_signature *signature)
{
	const char *wrong;
	struct str der = cms_stamp(cms, &wrong);
	if (wrong)
		diag_add(check->diags, SIGNATURE, here(check), wrong);
	if (!der.at || wrong)
		return at;
	const struct stamped what = {cms_signature(cms), {0}, at};
	int64_t time = check_token(check, der, &what, false);
	signature->proven_time = time ? time : signature->proven_time;
	return time ? time : at;
}

static void judge_signature(struct check *check, struct opened *opened, int64_t at)
{
	struct verify_signature *report = opened->report;
	int before = diags_count(check->diags, SEVERITY_ERROR);
	at = check_own_stamp(check, &opened->cms, at, report);
	check_chain(check, &opened->cms, at, report, true);
	report->signer = cert_name(check->arena, opened->cms.signer);
	report->claimed_time = read_date(check->arena, dict_find(opened->seal->dict, "M"));
	report->good = diags_count(check->diags, SEVERITY_ERROR) == before;
}

/* The last needs no proof of its own authority when it seals the DSS. */
static int64_t judge_stamp(struct check *check, const struct seal *stamp, int64_t at)
{
	const struct seal *last = &check->seals.list.at[check->seals.list.len - 1];
	const struct stamped what = {covered_before(check, stamp), covered_after(check, stamp), at};
	return check_token(check, stamp->der, &what,
		stamp == last && check->dss >= 0 && stamp->revision >= check->dss);
}

/* All signatures and time stamps, the last one first: each stamp proves a time for those before. */
static void judge_all(struct check *check, struct opened *opened, int64_t at)
{
	int64_t proven = 0;
	for (int i = check->seals.list.len - 1; i >= 0; i--) {
		const struct seal *seal = &check->seals.list.at[i];
		int64_t time = seal->is_stamp ? judge_stamp(check, seal, at) : 0;
		at = time ? time : at;
		proven = time ? time : proven;
		if (seal->is_stamp)
			continue;
		opened[i].report->proven_time = proven;
		if (opened[i].sound)
			judge_signature(check, &opened[i], at);
	}
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
	struct buf out = {0};
	buf_puts(&out, "proof in the file that the certificate of ");
	buf_quoted(&out, check->lacks);
	buf_puts(&out, " was not revoked");
	struct str words = str_copy(check->arena, buf_text(&out));
	buf_free(&out);
	return words;
}

static enum level level_of(const struct check *check, const struct verify_signature *signature)
{
	const struct seal *last = &check->seals.list.at[check->seals.list.len - 1];
	return !signature->proven_time                           ? LEVEL_B
		: check->dss < 0 || check->unproven              ? LEVEL_T
		: !last->is_stamp || last->revision < check->dss ? LEVEL_LT
								 : LEVEL_LTA;
}

static void decide_level(struct check *check, struct opened *opened)
{
	static const char *const missing[] = {[LEVEL_B] = "a time stamp",
		[LEVEL_T] = "certificates and proofs in the file (DSS)",
		[LEVEL_LT] = "a time stamp over the whole file and its proofs",
		[LEVEL_LTA] = ""};
	struct verify_signature *report = opened->report;
	const char *lacks = baseline_lacks(opened);
	report->level = lacks ? LEVEL_NONE : level_of(check, report);
	report->missing = report->level == LEVEL_T && check->unproven
		? lacks_words(check)
		: str_copy(check->arena, str_of(lacks ? lacks : missing[report->level]));
}

/* -- one file */

/* What came after a signature, in words. */
static struct str added_after(const struct check *check, const struct seal *seal)
{
	int signatures = 0, stamps = 0;
	struct buf out = {0};
	for (int i = 0; i < check->seals.list.len; i++)
		if (check->seals.list.at[i].revision > seal->revision)
			*(check->seals.list.at[i].is_stamp ? &stamps : &signatures) += 1;
	if (signatures)
		buf_format(&out, "%d signature%s", signatures, signatures == 1 ? "" : "s");
	if (stamps)
		buf_format(&out, "%s%d time stamp%s", out.len ? ", " : "", stamps,
			stamps == 1 ? "" : "s");
	if (check->dss > seal->revision)
		buf_format(&out, "%sproofs (DSS)", out.len ? ", " : "");
	struct str words = str_copy(check->arena, buf_text(&out));
	buf_free(&out);
	return words;
}

/* The letter's own signature is the first; the file's level is that of the lowest. */
static void sum_up(struct verify_report *report)
{
	const struct verify_signature *first = report->signatures.at;
	report->signer = first->signer;
	report->root = first->root;
	report->claimed_time = first->claimed_time;
	report->proven_time = first->proven_time;
	report->level = first->level;
	report->missing = first->missing;
	for (int i = 1; i < report->signatures.len; i++)
		if (report->signatures.at[i].level < report->level) {
			report->level = report->signatures.at[i].level;
			report->missing = report->signatures.at[i].missing;
		}
}

static void judge_file(struct check *check, struct opened *opened, int64_t now)
{
	check->dss = dss_revision(check);
	const char *wrong = evidence_read(
		&check->evidence, &check->file, check->file.revisions.len - 1);
	wrong = wrong ? wrong : evidence_check(&check->evidence, check->trust);
	if (wrong)
		diag_add(check->diags, PROOFS, here(check), wrong);
	judge_all(check, opened, now);
	for (int i = 0; i < check->seals.list.len; i++)
		if (opened[i].sound)
			decide_level(check, &opened[i]);
	sum_up(check->report);
}

/* Opens all signatures; gives how many are what they say. */
static int open_signatures(struct check *check, struct opened *opened)
{
	int sound = 0, next = 0;
	for (int i = 0; i < check->seals.list.len; i++) {
		const struct seal *seal = &check->seals.list.at[i];
		const struct stamped of = {
			covered_before(check, seal), covered_after(check, seal), 0};
		if (seal->is_stamp)
			continue;
		opened[i] = (struct opened){
			.seal = seal, .report = &check->report->signatures.at[next++]};
		opened[i].report->added = added_after(check, seal);
		opened[i].sound = check_signature(check, &opened[i].cms, seal->der, &of);
		sound += opened[i].sound;
	}
	return sound;
}

/* The first signature; room for what is said of each. */
static const struct seal *find_signatures(struct check *check)
{
	const struct seal *first = NULL;
	for (int i = 0; i < check->seals.list.len; i++) {
		const struct seal *seal = &check->seals.list.at[i];
		if (seal->is_stamp)
			continue;
		first = first ? first : seal;
		*vec_push(check->arena, &check->report->signatures) = (struct verify_signature){0};
	}
	if (!first)
		diag_add0(check->diags, UNSIGNED, here(check));
	return first;
}

static void check_file(struct check *check, struct str bytes, int64_t now)
{
	struct diags *diags = check->diags;
	if (!pdfread_file(&check->file, check->arena, bytes, check->name, diags) ||
		!seals_read(&check->seals, &check->file, check->name, diags))
		return;
	const struct seal *first = find_signatures(check);
	if (!first)
		return;
	check->report->is_signed = true;
	changes_check(&check->file, &check->seals, first->revision, check->name, diags);
	struct opened *opened = arena_new_array(check->arena, struct opened, check->seals.list.len);
	if (!pdfread_is_spent(&check->file) && open_signatures(check, opened))
		judge_file(check, opened, now);
	if (pdfread_is_spent(&check->file))
		diag_add(diags, REREAD, here(check), "objects that lead in circles");
	for (int i = 0; i < check->seals.list.len; i++)
		cms_close(&opened[i].cms);
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
	else
		enclosed_read(&check);
	evidence_close(&check.evidence);
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
	const struct stamped of = {.before = file->bytes};
	struct verify_signature signature = {0};
	struct cms cms;
	int before = diags_count(diags, SEVERITY_ERROR);
	evidence_open(&check.evidence);
	if (check_signature(&check, &cms, der, &of)) {
		int64_t at = check_own_stamp(&check, &cms, file->now, &signature);
		check_chain(&check, &cms, at, &signature, true);
		report.signer = cert_name(arena, cms.signer);
		report.root = signature.root;
		report.proven_time = signature.proven_time;
	}
	report.good = diags_count(diags, SEVERITY_ERROR) == before;
	evidence_close(&check.evidence);
	cms_close(&cms);
	return report;
}
