#include "room.h"

#include "level/level.h"
#include "support/sealed.h"

#include <stdlib.h>
#include <time.h>

struct desk {
	struct scratch scratch;
	int port;
	struct trust *trust;
	struct diags *diags;
	struct str letter;
};

static int open_desk(void **state)
{
	static struct desk desk;
	desk.scratch = scratch_new();
	desk.port = sealed_services(&desk.scratch);
	desk.diags = diags_new();
	desk.trust = trust_new(sealed_pki_path(&desk.scratch, "root.pem"), desk.diags);
	assert_non_null(desk.trust);
	desk.letter = sealed_letter(&desk.scratch, "signer");
	*state = &desk;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;
	sealed_services_end();
	trust_free(desk->trust);
	diags_free(desk->diags);
	scratch_free(&desk->scratch);
	return 0;
}

/* A run that asks these authorities, NULL-terminated, each a path of the services. */
struct ask {
	struct level_request request;
	struct level_run *run;
	bool unpublished;
	const char *urls[8];
};

static void ask_open(struct ask *ask, struct desk *desk, const char *const *paths, bool unpublished)
{
	*ask = (struct ask){
		.request = {.tsa = ask->urls, .timeout = 1, .patience = 0, .trust = desk->trust},
		.unpublished = unpublished};
	for (; paths[ask->request.tsa_count]; ask->request.tsa_count++)
		ask->urls[ask->request.tsa_count] = str_format(desk->scratch.arena,
			"http://127.0.0.1:%d%s", desk->port, paths[ask->request.tsa_count])
							    .at;
	ask->run = level_run_new(&ask->request);
	diags_clear(desk->diags);
}

/* Raises, and gives the new file, or the old one where nothing was added. */
static struct str raise(struct desk *desk, struct ask *ask, struct str bytes, enum level want,
	struct level_result *result)
{
	const struct judged letter = {bytes, "letter.pdf", (int64_t)time(NULL)};
	const struct level_aim aim = {.level = want, .unpublished = ask->unpublished};
	*result = level_raise(ask->run, desk->scratch.arena, &letter, aim, desk->diags);
	struct buf out = result->longer;
	struct str raised = out.len ? str_copy(desk->scratch.arena, buf_text(&out)) : bytes;
	buf_free(&out);
	return raised;
}

static struct verify_report verify(struct desk *desk, struct str bytes)
{
	const struct judged letter = {bytes, "letter.pdf", (int64_t)time(NULL)};
	return verify_letter(desk->scratch.arena, &letter, desk->trust, desk->diags);
}

static struct str raised_by(
	struct desk *desk, const char *path, struct str bytes, enum level want, bool unpublished)
{
	const char *const paths[] = {path, NULL};
	struct ask ask;
	struct level_result result;
	ask_open(&ask, desk, paths, unpublished);
	struct str raised = raise(desk, &ask, bytes, want, &result);
	level_run_free(ask.run);
	for (int i = 0; i < diags_len(desk->diags); i++)
		print_message("# %s\n", diags_at(desk->diags, i)->text);
	assert_int_equal(diags_len(desk->diags), 0);
	assert_int_equal(result.after, want);
	assert_int_equal(verify(desk, raised).level, want);
	return raised;
}

static struct str raised_to(struct desk *desk, struct str bytes, enum level want, bool unpublished)
{
	return raised_by(desk, "/tsa", bytes, want, unpublished);
}

static bool found(struct desk *desk, const char *code)
{
	for (int i = 0; i < diags_len(desk->diags); i++)
		if (strcmp(diag_code(diags_at(desk->diags, i)->id), code) == 0)
			return true;
	return false;
}

static void assert_prefix(struct str shorter, struct str longer)
{
	assert_true(shorter.len < longer.len);
	assert_memory_equal(shorter.at, longer.at, (size_t)shorter.len);
}

static void each_level_is_reached_and_keeps_the_bytes_before(void **state)
{
	struct desk *desk = *state;
	struct str before = desk->letter;
	for (enum level level = LEVEL_T; level <= LEVEL_LTA; level++) {
		assert_prefix(desk->letter, raised_to(desk, desk->letter, level, false));
		struct str after = raised_to(desk, before, level, false);
		assert_prefix(before, after);
		before = after;
	}
	struct verify_report report = verify(desk, before);
	assert_true(report.proven_time > 1600000000);
	assert_int_equal(report.missing.len, 0);
}

static void the_first_stamp_goes_into_the_spare_field(void **state)
{
	struct desk *desk = *state;
	struct str once = raised_to(desk, desk->letter, LEVEL_LTA, false);
	struct str update = str_slice(once, desk->letter.len, once.len);
	assert_true(str_find(update, "\n7 0 obj\n<</Type /Annot") > 0);
	assert_int_equal(str_find(update, "/T(Time stamp"), -1);
}

static void the_second_stamp_has_an_invisible_field(void **state)
{
	struct desk *desk = *state;
	struct str raised = raised_to(desk, desk->letter, LEVEL_T, false);
	raised = raised_to(desk, raised, LEVEL_LTA, false);
	int at = str_find(raised, "/Rect[0 0 0 0]/FT/Sig/T(Time stamp");
	assert_true(at > desk->letter.len);
	char *bytes = str_chars(desk->scratch.arena, raised);
	struct str copy = {bytes, raised.len};
	bytes[str_find(str_slice(copy, at, copy.len), " 0]") + at + 1] = '9';
	diags_clear(desk->diags);
	assert_false(verify(desk, copy).good);
	assert_true(found(desk, "E-CHANGED"));
}

static void a_letter_at_its_level_is_left_alone(void **state)
{
	struct desk *desk = *state;
	struct str raised = raised_to(desk, desk->letter, LEVEL_LT, false);
	assert_ptr_equal(raised_to(desk, raised, LEVEL_LT, false).at, raised.at);
}

static void a_new_letter_has_its_time_in_the_signature(void **state)
{
	struct desk *desk = *state;
	struct str raised = raised_to(desk, desk->letter, LEVEL_T, true);
	assert_int_equal(raised.len, desk->letter.len);
	raised_to(desk, desk->letter, LEVEL_LT, true);
	struct str all = raised_to(desk, desk->letter, LEVEL_LTA, true);
	assert_int_equal(str_find(all, "/T(Time stamp"), -1);
}

/* Raises once more, by this authority. */
static struct str again(struct desk *desk, const char *path, struct str bytes, bool renew,
	struct level_result *result)
{
	const char *const paths[] = {path, NULL};
	struct ask ask;
	ask_open(&ask, desk, paths, false);
	level_run_free(ask.run);
	ask.request.renew = renew;
	ask.run = level_run_new(&ask.request);
	struct str after = raise(desk, &ask, bytes, LEVEL_LTA, result);
	level_run_free(ask.run);
	return after;
}

static void a_seal_is_renewed_when_it_nears_its_end(void **state)
{
	struct desk *desk = *state;
	struct level_result result;
	struct str brief = again(desk, "/short", desk->letter, false, &result);
	int64_t until = verify(desk, brief).sealed_until;
	assert_in_range(until - time(NULL), 29 * 86400, 30 * 86400);
	struct str longer = again(desk, "/tsa", brief, false, &result);
	assert_int_equal(diags_len(desk->diags), 0);
	assert_true(result.renewed && !result.due);
	assert_prefix(brief, longer);
	struct verify_report report = verify(desk, longer);
	assert_true(report.good && report.level == LEVEL_LTA && report.sealed_until > until);
	assert_ptr_equal(again(desk, "/tsa", longer, false, &result).at, longer.at);
	assert_false(result.renewed || result.due);
}

static void a_seal_that_ends_no_later_is_not_taken(void **state)
{
	static const char *const paths[] = {"/short", "/down"};
	struct desk *desk = *state;
	struct level_result result;
	struct str brief = again(desk, "/short", desk->letter, false, &result);
	for (int i = 0; i < 2; i++) {
		assert_ptr_equal(again(desk, paths[i], brief, false, &result).at, brief.at);
		assert_true(result.good && result.due && !result.renewed);
		assert_true(found(desk, "W-RENEW-KEPT"));
	}
}

static void a_seal_is_renewed_on_request_as_often_as_one_likes(void **state)
{
	struct desk *desk = *state;
	struct level_result result;
	struct str letter = raised_to(desk, desk->letter, LEVEL_LTA, false);
	for (int i = 0; i < 3; i++) {
		struct str longer = again(desk, "/tsa", letter, true, &result);
		assert_true(result.renewed);
		assert_prefix(letter, longer);
		assert_int_equal(verify(desk, longer).level, LEVEL_LTA);
		letter = longer;
	}
}

/* RFC 5652, 5.3, and RFC 5035, 3. */
static void a_token_may_name_its_signer_by_its_key_and_those_above_it(void **state)
{
	static const char *const paths[] = {"/keyid", "/chain"};
	struct desk *desk = *state;
	for (int i = 0; i < 4; i++) {
		struct str longer = raised_by(desk, paths[i % 2], desk->letter, LEVEL_LTA, i / 2);
		struct verify_report report = verify(desk, longer);
		assert_true(report.good && report.proven_time > 1600000000);
	}
}

static void a_bad_authority_costs_a_level_and_never_a_letter(void **state)
{
	static const struct {
		const char *path, *words;
	} rows[] = {
		{"/nonsense", "its answer is no time stamp"},
		{"/down", "it refused (503)"},
		{"/slow", "it did not answer in time"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *const paths[] = {rows[i].path, NULL};
		struct ask ask;
		struct level_result result;
		ask_open(&ask, desk, paths, false);
		struct str after = raise(desk, &ask, desk->letter, LEVEL_LTA, &result);
		level_run_free(ask.run);
		assert_true(result.good);
		assert_int_equal(result.after, LEVEL_B);
		assert_ptr_equal(after.at, desk->letter.at);
		assert_int_equal(diags_len(desk->diags), 2);
		assert_string_equal(diag_code(diags_at(desk->diags, 0)->id), "W-TSA");
		assert_holds(str_of(diags_at(desk->diags, 0)->text), rows[i].words);
		assert_string_equal(diag_code(diags_at(desk->diags, 1)->id), "E-LEVEL-KEPT");
	}
}

static void the_next_authority_is_asked(void **state)
{
	static const char *const paths[] = {"/down", "/nonsense", "/tsa", NULL};
	struct desk *desk = *state;
	struct ask ask;
	struct level_result result;
	ask_open(&ask, desk, paths, false);
	raise(desk, &ask, desk->letter, LEVEL_T, &result);
	assert_int_equal(result.after, LEVEL_T);
	assert_int_equal(diags_len(desk->diags), 2);
	raise(desk, &ask, desk->letter, LEVEL_T, &result); /* those that failed rest */
	assert_int_equal(result.after, LEVEL_T);
	assert_int_equal(diags_len(desk->diags), 2);
	level_run_free(ask.run);
}

/* How often the services were asked for a path; it ends with a blank. */
static int asked(struct desk *desk, const char *path)
{
	struct outcome count = run_in(desk->scratch.arena, "/",
		"python3 -c \"import urllib.request as r; "
		"print(r.urlopen('http://127.0.0.1:%d/count').read().decode())\"",
		desk->port);
	int at = str_find(count.out, path);
	return at < 0 ? 0 : atoi(count.out.at + at + strlen(path));
}

static void an_authority_that_asks_to_wait_is_left_in_peace(void **state)
{
	static const char *const paths[] = {"/limited", NULL};
	struct desk *desk = *state;
	struct ask ask;
	struct level_result result;
	enum level reached[5];
	ask_open(&ask, desk, paths, false);
	for (int i = 0; i < 5; i++) {
		raise(desk, &ask, desk->letter, LEVEL_T, &result);
		reached[i] = result.after;
	}
	level_run_free(ask.run);
	assert_int_equal(reached[1], LEVEL_T);
	assert_int_equal(reached[2], LEVEL_B);
	assert_int_equal(reached[4], LEVEL_B);
	assert_int_equal(asked(desk, "/limited "), 3);
}

/* Of so many letters those that reached a time stamp. */
static int raise_many(struct desk *desk, struct ask *ask, int count)
{
	struct level_result result;
	int reached = 0;
	for (int i = 0; i < count; i++) {
		raise(desk, ask, desk->letter, LEVEL_T, &result);
		reached += result.after == LEVEL_T;
	}
	return reached;
}

static void a_busy_authority_is_waited_for_from_one_stamp_to_the_next(void **state)
{
	static const char *const paths[] = {"/busy", NULL};
	struct desk *desk = *state;
	struct ask ask;
	ask_open(&ask, desk, paths, false);
	level_run_free(ask.run);
	ask.request.patience = 2; /* less than all waits together */
	ask.run = level_run_new(&ask.request);
	assert_int_equal(raise_many(desk, &ask, 4), 4);
	level_run_free(ask.run);
}

static void while_one_authority_rests_the_others_are_asked(void **state)
{
	static const char *const paths[] = {"/busy", "/tsa", NULL};
	struct desk *desk = *state;
	struct ask ask;
	ask_open(&ask, desk, paths, false);
	assert_int_equal(raise_many(desk, &ask, 6), 6);
	level_run_free(ask.run);
	assert_true(found(desk, "W-TSA"));
	assert_false(found(desk, "E-LEVEL-KEPT"));
}

static void an_interrupted_run_waits_for_nobody(void **state)
{
	static const char *const paths[] = {"/down", NULL};
	struct desk *desk = *state;
	struct level_result result;
	struct ask ask;
	atomic_bool interrupted = true;
	ask_open(&ask, desk, paths, false);
	level_run_free(ask.run);
	ask.request.patience = 3600;
	ask.request.interrupted = &interrupted;
	ask.run = level_run_new(&ask.request);
	raise(desk, &ask, desk->letter, LEVEL_T, &result);
	level_run_free(ask.run);
	assert_int_equal(result.after, LEVEL_B);
}

static void proofs_are_fetched_once_for_a_run(void **state)
{
	static const char *const paths[] = {"/tsa", NULL};
	struct desk *desk = *state;
	struct ask ask;
	struct level_result result;
	ask_open(&ask, desk, paths, false);
	int before = asked(desk, "/ca.crl ") + asked(desk, "/root.crl ") + asked(desk, "/ocsp ");
	for (int i = 0; i < 3; i++) {
		raise(desk, &ask, sealed_letter(&desk->scratch, "signer"), LEVEL_LT, &result);
		assert_int_equal(result.after, LEVEL_LT);
	}
	level_run_free(ask.run);
	int after = asked(desk, "/ca.crl ") + asked(desk, "/root.crl ") + asked(desk, "/ocsp ");
	assert_in_range(after - before, 2, 3);
}

static void a_revoked_signer_is_named_and_the_letter_left_as_it_was(void **state)
{
	static const char *const paths[] = {"/tsa", NULL};
	struct desk *desk = *state;
	struct str letter = sealed_letter(&desk->scratch, "revoked");
	struct ask ask;
	struct level_result result;
	ask_open(&ask, desk, paths, false);
	raise(desk, &ask, letter, LEVEL_LT, &result);
	level_run_free(ask.run);
	assert_int_equal(result.after, LEVEL_T);
	bool named = false;
	for (int i = 0; i < diags_len(desk->diags); i++)
		named = named || strcmp(diag_code(diags_at(desk->diags, i)->id), "E-REVOKED") == 0;
	assert_true(named);
}

/* The store's last list loses its last item, which is the root's list of revoked certificates. */
static void a_missing_proof_lowers_the_level_and_is_named(void **state)
{
	struct desk *desk = *state;
	static const char *const objects[] = {
		"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/DSS 30 0 R>>\nendobj\n",
		"30 0 obj\n<</Type/DSS/Certs[]>>\nendobj\n", NULL};
	struct str raised = raised_to(desk, desk->letter, LEVEL_T, false);
	struct verify_report report = verify(
		desk, sealed_update(desk->scratch.arena, raised, objects));
	assert_true(report.good);
	assert_int_equal(report.level, LEVEL_T);
	assert_string_equal(report.missing.at,
		"proof in the file that the certificate of \"TEST time-stamp authority\" was not "
		"revoked");
}

static void a_proof_that_no_list_names_any_more_is_refused(void **state)
{
	struct desk *desk = *state;
	struct str raised = raised_to(desk, desk->letter, LEVEL_LT, false);
	char *bytes = str_chars(desk->scratch.arena, raised);
	struct str copy = {bytes, raised.len};
	int at = str_find(copy, "]>>\nendobj\n1 0 obj");
	assert_true(at > 0 && str_find(copy, "/CRLs[") > 0);
	memset(bytes + at - 6, ' ', 6);
	assert_false(verify(desk, copy).good);
}

static void any_bit_changed_in_an_update_lowers_the_level_or_is_refused(void **state)
{
	static const struct {
		enum level level;
		const char *path;
	} rows[] = {{LEVEL_T, "/tsa"}, {LEVEL_LT, "/tsa"}, {LEVEL_LTA, "/tsa"}, {LEVEL_T, "/keyid"},
		{LEVEL_T, "/chain"}};
	struct desk *desk = *state;
	for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
		enum level level = rows[row].level;
		struct str raised = raised_by(desk, rows[row].path, desk->letter, level, false);
		char *at = str_chars(desk->scratch.arena, raised);
		struct str copy = {at, raised.len};
		struct arena_mark mark = arena_save(desk->scratch.arena);
		for (int i = desk->letter.len; i < copy.len; i += 50 + i % 7) {
			if (strchr(" \r\n", at[i]))
				continue; /* what parts two words may be written in many ways */
			at[i] ^= (char)(1 << i % 8);
			struct verify_report report = verify(desk, copy);
			if (report.good && report.level >= level)
				fail_msg("row %zu, byte %d: %.30s", row, i, at + i - 10);
			at[i] ^= (char)(1 << i % 8);
			arena_restore(desk->scratch.arena, mark);
			diags_clear(desk->diags);
		}
	}
}

static void a_time_stamp_of_other_bytes_is_refused(void **state)
{
	struct desk *desk = *state;
	struct str raised = raised_to(desk, desk->letter, LEVEL_T, false);
	char *bytes = str_chars(desk->scratch.arena, raised);
	struct str copy = {bytes, raised.len};
	int at = str_find(copy, "/T (Time)");
	assert_true(at > 0);
	bytes[at + 4] = 't';
	assert_false(verify(desk, copy).good);
	assert_true(found(desk, "E-STAMP") && found(desk, "E-CHANGED"));
}

/* The last: it ends the services. */
static void nobody_to_ask_is_said(void **state)
{
	struct desk *desk = *state;
	struct level_request request = {.timeout = 1, .trust = desk->trust};
	struct level_run *run = level_run_new(&request);
	diags_clear(desk->diags);
	sealed_services_end();
	const struct judged letter = {desk->letter, "letter.pdf", (int64_t)time(NULL)};
	assert_true(level_check_revoked(run, desk->scratch.arena, &letter, desk->diags));
	level_run_free(run);
	assert_true(found(desk, "W-PROOF") && found(desk, "W-NOT-ASKED"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_level_is_reached_and_keeps_the_bytes_before),
		cmocka_unit_test(the_first_stamp_goes_into_the_spare_field),
		cmocka_unit_test(the_second_stamp_has_an_invisible_field),
		cmocka_unit_test(a_letter_at_its_level_is_left_alone),
		cmocka_unit_test(a_new_letter_has_its_time_in_the_signature),
		cmocka_unit_test(a_seal_is_renewed_when_it_nears_its_end),
		cmocka_unit_test(a_seal_that_ends_no_later_is_not_taken),
		cmocka_unit_test(a_seal_is_renewed_on_request_as_often_as_one_likes),
		cmocka_unit_test(a_token_may_name_its_signer_by_its_key_and_those_above_it),
		cmocka_unit_test(a_bad_authority_costs_a_level_and_never_a_letter),
		cmocka_unit_test(the_next_authority_is_asked),
		cmocka_unit_test(an_authority_that_asks_to_wait_is_left_in_peace),
		cmocka_unit_test(a_busy_authority_is_waited_for_from_one_stamp_to_the_next),
		cmocka_unit_test(while_one_authority_rests_the_others_are_asked),
		cmocka_unit_test(an_interrupted_run_waits_for_nobody),
		cmocka_unit_test(proofs_are_fetched_once_for_a_run),
		cmocka_unit_test(a_revoked_signer_is_named_and_the_letter_left_as_it_was),
		cmocka_unit_test(a_missing_proof_lowers_the_level_and_is_named),
		cmocka_unit_test(a_proof_that_no_list_names_any_more_is_refused),
		cmocka_unit_test(any_bit_changed_in_an_update_lowers_the_level_or_is_refused),
		cmocka_unit_test(a_time_stamp_of_other_bytes_is_refused),
		cmocka_unit_test(nobody_to_ask_is_said),
	};
	return cmocka_run_group_tests(tests, open_desk, close_desk);
}
