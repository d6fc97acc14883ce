#include "room.h"

#include "support/sealed.h"
#include "verify/manifest.h"
#include "verify/verify.h"

#include <stdlib.h>

/* 13 October 2026, when the tests' certificates are valid. */
static const int64_t now = 1791882000;

#define ZEROS "00000000000000000000"

struct desk {
	struct scratch scratch;
	struct trust *trust;
	struct diags *diags;
	struct str letter;
};

static int open_desk(void **state)
{
	static struct desk desk;
	desk.scratch = scratch_new();
	sealed_pki(&desk.scratch, 1);
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
	trust_free(desk->trust);
	diags_free(desk->diags);
	scratch_free(&desk->scratch);
	return 0;
}

static struct verify_report verify_at(struct desk *desk, struct str bytes, int64_t at)
{
	diags_clear(desk->diags);
	const struct judged letter = {bytes, "letter.pdf", at};
	return verify_letter(desk->scratch.arena, &letter, desk->trust, desk->diags);
}

static void assert_refused(struct desk *desk, struct str bytes, int64_t at, const char *code)
{
	struct verify_report report = verify_at(desk, bytes, at);
	assert_false(report.good);
	assert_int_equal(report.level, LEVEL_NONE);
	assert_true(diags_len(desk->diags) > 0);
	assert_string_equal(diag_code(diags_at(desk->diags, 0)->id), code);
}

static void a_signed_letter_is_good_and_says_by_whom_and_when(void **state)
{
	struct desk *desk = *state;
	struct verify_report report = verify_at(desk, desk->letter, now);
	assert_int_equal(diags_len(desk->diags), 0);
	assert_true(report.good && report.is_signed);
	assert_string_equal(report.signer.at, "TEST signer");
	assert_string_equal(report.root.at, "TEST root");
	assert_string_equal(verify_time(desk->scratch.arena, report.claimed_time).at,
		"13 October 2020, 09:00 UTC");
	assert_int_equal(report.proven_time, 0);
	assert_int_equal(report.level, LEVEL_B);
	assert_string_equal(report.missing.at, "a time stamp");
}

/* Two bits of each hex digit of the signature (one of its value, one of its case), one bit of each
 * other byte. */
static void any_bit_changed_is_refused(void **state)
{
	struct desk *desk = *state;
	char *at = str_chars(desk->scratch.arena, desk->letter);
	struct str copy = {at, desk->letter.len};
	int from = str_find(copy, "/Contents<"), to = str_find(copy, ZEROS ZEROS);
	struct arena_mark mark = arena_save(desk->scratch.arena);
	for (int i = 0; i < copy.len; i++)
		for (int bit = 0; bit < 8; bit++) {
			if (i >= from && i < to ? bit != i % 4 && bit != 5 : bit != i % 8)
				continue;
			at[i] ^= (char)(1 << bit);
			if (verify_at(desk, copy, now).good)
				fail_msg("bit %d of byte %d was changed, and nobody saw it: %.20s",
					bit, i, at + i);
			at[i] ^= (char)(1 << bit);
			arena_restore(desk->scratch.arena, mark);
		}
}

static void signers_that_may_not_are_named(void **state)
{
	static const struct {
		const char *signer, *code, *words;
	} rows[] = {
		{"expired", "E-EXPIRED", "TEST expired signer"},
		{"early", "E-NOT-YET-VALID", "1 January 2048"},
		{"ca", "E-CERT-USE", "TEST authority"},
		{"root", "E-CERT-USE", "TEST root"},
		{"direct", "E-CERT-STRAY", "not of its chain"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_refused(
			desk, sealed_letter(&desk->scratch, rows[i].signer), now, rows[i].code);
		assert_holds(str_of(diags_at(desk->diags, 0)->text), rows[i].words);
	}
}

static void a_name_with_a_nul_in_it_is_refused_and_shown_whole(void **state)
{
	struct desk *desk = *state;
	sealed_signer(&desk->scratch, "nul", str_lit("Office\0.example"));
	assert_refused(desk, sealed_letter(&desk->scratch, "nul"), now, "E-CERT-NAME");
	assert_holds(str_of(diags_at(desk->diags, 0)->text), "Office\\x00.example");
}

static void a_letter_of_a_stranger_is_refused(void **state)
{
	struct desk *desk = *state;
	struct trust *own = desk->trust;
	desk->trust = trust_new(sealed_pki_path(&desk->scratch, "other.pem"), desk->diags);
	assert_refused(desk, desk->letter, now, "E-UNTRUSTED");
	trust_free(desk->trust);
	desk->trust = own;
}

static struct str with_bytes(struct desk *desk, const char *more)
{
	return str_format(desk->scratch.arena, "%.*s%s", str_arg(desk->letter), more);
}

static void appended_bytes_are_refused(void **state)
{
	struct desk *desk = *state;
	assert_refused(desk, with_bytes(desk, "x"), now, "E-CHANGED");
	assert_holds(str_of(diags_at(desk->diags, 0)->text), "1 byte was added");
	assert_refused(desk, with_bytes(desk, "\n"), now, "E-CHANGED");
	assert_refused(desk, with_bytes(desk, "% nothing\n%%EOF\n"), now, "E-CHANGED");
}

static void a_filled_padding_is_refused(void **state)
{
	struct desk *desk = *state;
	char *at = str_chars(desk->scratch.arena, desk->letter);
	struct str copy = {at, desk->letter.len};
	at[str_find(copy, "00>>>") + 1] = '1';
	assert_refused(desk, copy, now, "E-SIGNED-PART");
	assert_holds(str_of(diags_at(desk->diags, 0)->text), "something beside it");
}

static void a_changed_signature_is_refused(void **state)
{
	struct desk *desk = *state;
	char *at = str_chars(desk->scratch.arena, desk->letter);
	struct str copy = {at, desk->letter.len};
	char *last = at + str_find(copy, ZEROS ZEROS) - 3;
	*last = *last == '1' ? '2' : '1';
	assert_refused(desk, copy, now, "E-SIGNATURE");
}

static void updates_that_change_the_letter_are_refused(void **state)
{
	static const struct {
		const char *object, *words;
	} rows[] = {
		{"3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 9 0 R>>\nendobj\n",
			"a page was replaced"},
		{"9 0 obj\n<</Length 4>>\nstream\nq Q\n\nendstream\nendobj\n",
			"object 9 (what a page shows) was replaced"},
		{"4 0 obj\n<</Title(Another)>>\nendobj\n", "(Info) were changed"},
		{"2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n", "the list of the pages"},
		{"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/OpenAction 3 0 R>>\nendobj\n",
			"root was changed"},
		{"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>\nendobj\n",
			"root was changed"},
		{"5 0 obj\n<</SigFlags 3/Fields[6 0 R]>>\nendobj\n", "object 5"},
		{"7 0 obj\n<</Type/Annot/Subtype/Widget/FT/Sig/T(Time)/Rect[0 0 9 9]/P 3 0 R/F "
		 "132>>"
		 "\nendobj\n",
			"a link or a field"},
		{"9 0 obj\n<</Length 4>>\nstream\nq Q\n\nendstream\nendobj\n%x\n",
			"bytes were added"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *const objects[] = {rows[i].object, NULL};
		struct str bytes = sealed_update(desk->scratch.arena, desk->letter, objects);
		struct verify_report report = verify_at(desk, bytes, now);
		assert_false(report.good);
		struct buf all = {0};
		for (int k = 0; k < diags_len(desk->diags); k++)
			buf_format(&all, "%s\n", diags_at(desk->diags, k)->text);
		assert_holds(buf_text(&all), rows[i].words);
		buf_free(&all);
	}
}

/* A store of proofs in object 10, with what else the update brings. */
#define STORE(keys)                                                                   \
	"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/DSS 10 0 R>>\nendobj\n", \
		"10 0 "                                                               \
		"obj\n<</Type/DSS" keys ">>\nendobj\n"
#define STREAM(number, keys) \
	number " 0 obj\n<</Length 3" keys ">>\nstream\nabc\nendstream\nendobj\n"

static void updates_that_carry_something_else_are_refused(void **state)
{
	static const char *const rows[][5] = {
		{"nothing needs", "11 0 obj\n<</Hello(world)>>\nendobj\n"},
		{"nothing needs", STORE("/Certs[]"), STREAM("11", "")},
		{"brings nothing",
			"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R>>\nendobj\n"},
		{"belong to nothing", STORE("/Certs[]%payload\n")},
		{"belong to nothing", STORE("/Certs[\f]")},
		{"belong to nothing", STORE("/Certs      []")},
		{"belong to nothing", STORE("/Certs[]>>\nendobj\n% between\n%")},
		{"belong to nothing", STORE("/Certs[]\n\n\n\n")},
		{"belong to nothing", STORE("/Certs[]>>\nendobj\n\n\n\n\n%")},
		{"that is none", STORE("/Certs 5")},
		{"that is none", STORE("/Certs[5]")},
		{"that is none", STORE("/Certs[(text)]")},
		{"that is none", STORE("/Certs[[11 0 R]]"), STREAM("11", "")},
		{"that is none", STORE("/VRI<</Any(thing)>>")},
		{"that is none", STORE("/VRI<</0123456789012345678901234567890123456789(x)>>")},
		{"that is none",
			STORE("/VRI<</0123456789012345678901234567890123456789<</JS(x)>>>>")},
		{"that is none",
			STORE("/VRI<</0123456789012345678901234567890123456789<</Cert[11 0 R]>>>>"),
			STREAM("11", "")},
		{"root was changed", STORE("/Certs[]/Certs[]")},
		{"root was changed", STORE("/Certs[]/More[]")},
		{"root was changed", STORE("/Certs[] 5")},
		{"root was changed",
			"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/DSS 10 0 R/DSS 10 0 "
			"R>>\nendobj\n",
			"10 0 obj\n<</Type/DSS>>\nendobj\n"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str bytes = sealed_update(desk->scratch.arena, desk->letter, rows[i] + 1);
		assert_false(verify_at(desk, bytes, now).good);
		struct buf all = {0};
		for (int k = 0; k < diags_len(desk->diags); k++)
			buf_format(&all, "%s\n", diags_at(desk->diags, k)->text);
		assert_holds(buf_text(&all), rows[i][0]);
		buf_free(&all);
	}
}

/* Of a letter that says that this program made it, in which the hole has small letters. */
static void the_room_of_our_own_signature_cannot_be_written_anew(void **state)
{
	struct desk *desk = *state;
	struct str letter = sealed_letter_of(&desk->scratch, "signer", "lettermerge 1.2");
	assert_true(verify_at(desk, letter, now).good);
	char *at = str_chars(desk->scratch.arena, letter);
	struct str copy = {at, letter.len};
	int from = str_find(copy, "/Contents<"), to = str_find(copy, ZEROS ZEROS);
	for (int i = from + 9; i < to; i++)
		at[i] = (char)(at[i] >= 'a' && at[i] <= 'f' ? at[i] - 32 : at[i]);
	assert_refused(desk, copy, now, "E-SIGNED-PART");
}

static void a_signature_cannot_be_used_twice(void **state)
{
	struct desk *desk = *state;
	const char *const objects[] = {
		"7 0 obj\n<</Type/Annot/Subtype/Widget/FT/Sig/T(Time)/Rect[0 0 0 0]/P 3 0 R/F 132"
		"/V 8 0 R>>\nendobj\n",
		NULL};
	assert_refused(desk, sealed_update(desk->scratch.arena, desk->letter, objects), now,
		"E-SIGNED-PART");
}

static bool was_found(struct desk *desk, const char *code)
{
	for (int i = 0; i < diags_len(desk->diags); i++)
		if (strcmp(diag_code(diags_at(desk->diags, i)->id), code) == 0)
			return true;
	return false;
}

/* An update of so many empty lists, behind the last table. */
static struct str with_lists(struct arena *arena, struct str bytes, int table)
{
	enum { FIRST = 20, MANY = 20000 };
	struct buf out = {0}, entries = {0};
	buf_str(&out, bytes);
	for (int i = FIRST; i < FIRST + MANY; i++) {
		buf_format(&entries, "%010zu 00000 n\r\n", out.len);
		buf_format(&out, "%d 0 obj\n[]\nendobj\n", i);
	}
	size_t next = out.len;
	buf_format(&out, "xref\n%d %d\n", FIRST, MANY);
	buf_str(&out, buf_text(&entries));
	buf_format(&out,
		"trailer\n<</Size %d/Root 1 0 R/Info 4 0 R/ID[<01><01>]/Prev %d>>\nstartxref\n%zu\n"
		"%%%%EOF\n",
		FIRST + MANY, table, next);
	struct str longer = str_copy(arena, buf_text(&out));
	buf_free(&entries);
	buf_free(&out);
	return longer;
}

static int last_table(struct str bytes)
{
	int at = bytes.len;
	while (at > 0 && !str_starts(str_slice(bytes, at, bytes.len), "startxref\n"))
		at--;
	return atoi(bytes.at + at + strlen("startxref\n"));
}

/* Of each list that is there again it is asked whether any object names it. */
static void a_file_that_leads_in_circles_is_refused(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	struct str once = with_lists(arena, desk->letter, last_table(desk->letter));
	assert_false(verify_at(desk, once, now).good);
	assert_false(was_found(desk, "E-PDF-READ"));
	assert_false(verify_at(desk, with_lists(arena, once, last_table(once)), now).good);
	assert_true(was_found(desk, "E-PDF-READ"));
}

#define DOC_MDP(p) "/Reference[<</TransformMethod/DocMDP/TransformParams<<" p ">>>>]"
#define FIELD_MDP(what) "/Reference[<</TransformMethod/FieldMDP/TransformParams<<" what ">>>>]"
#define FILLED                                                                             \
	"7 0 obj\n<</Type/Annot/Subtype/Widget/FT/Sig/T(Time)/Rect[0 0 0 0]/P 3 0 R/F 132" \
	"/V 22 0 R>>\nendobj\n"
#define FORM "5 0 obj\n<</SigFlags 3/Fields[6 0 R 7 0 R 21 0 R]>>\nendobj\n"
#define WIDGET(rect)                                                                           \
	"21 0 obj\n<</Type/Annot/Subtype/Widget/FT/Sig/T(Second)/P 3 0 R/F 132/Rect[" rect "]" \
	"/V 22 0 R>>\nendobj\n"
#define PAGE(more)                                                                              \
	"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 9 0 R" \
	"/Annots[6 0 R 7 0 R 21 0 R]" more ">>\nendobj\n"

/* Each is signed by one, then by another, whose update is sound in itself. */
static void a_second_signature_is_judged_by_what_the_first_lets_be(void **state)
{
	static const struct {
		const char *first, *objects[4], *second, *says; /* NULL: good */
	} rows[] = {
		{"", {FILLED}, "", NULL},
		{"", {FORM, WIDGET("0 0 0 0")}, "", NULL},
		{"", {PAGE(""), FORM, WIDGET("9 9 9 9")}, "", NULL},
		{"", {FORM, WIDGET("10 10 200 50")}, "", "can be seen"},
		{"", {PAGE(""), FORM, WIDGET("0 0 595 842")}, "", "can be seen"},
		{"", {PAGE("/Rotate 90"), FORM, WIDGET("0 0 0 0")}, "", "page was replaced"},
		{DOC_MDP("/P 1"), {FILLED}, "", "DocMDP"},
		{DOC_MDP("/P 1"), {FORM, WIDGET("0 0 0 0")}, "", "DocMDP"},
		{DOC_MDP("/P 2"), {FILLED}, "", NULL},
		{DOC_MDP("/P 3"), {FILLED}, "", NULL},
		{DOC_MDP(""), {FILLED}, "", NULL},
		{FIELD_MDP("/Action/All"), {FILLED}, "", "FieldMDP"},
		{FIELD_MDP("/Action/All"), {FORM, WIDGET("0 0 0 0")}, "", NULL},
		{FIELD_MDP("/Action/Include/Fields[(Time)]"), {FILLED}, "", "FieldMDP"},
		{FIELD_MDP("/Action/Include/Fields[(Other)]"), {FILLED}, "", NULL},
		{FIELD_MDP("/Action/Exclude/Fields[(Time)]"), {FILLED}, "", NULL},
		{FIELD_MDP("/Action/Exclude/Fields[(Other)]"), {FILLED}, "", "FieldMDP"},
		{"", {FILLED}, DOC_MDP("/P 2"), "certifies"},
	};
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *objects[6] = {NULL};
		int count = 0;
		while (rows[i].objects[count])
			objects[count] = rows[i].objects[count], count++;
		objects[count] = sealed_signature(arena, 22, rows[i].second);
		struct str twice = sealed_countersigned(&desk->scratch, "signer",
			sealed_letter_signed(&desk->scratch, "signer", rows[i].first),
			&(struct sealed_second){objects});
		struct verify_report report = verify_at(desk, twice, now);
		print_message("# %zu: %s\n", i,
			diags_len(desk->diags) ? diags_at(desk->diags, 0)->text : "good");
		assert_int_equal(report.good, !rows[i].says);
		assert_int_equal(report.signatures.len, 2);
		if (rows[i].says)
			assert_holds(str_of(diags_at(desk->diags, 0)->text), rows[i].says);
	}
}

static void each_of_two_signatures_has_its_verdict(void **state)
{
	struct desk *desk = *state;
	const char *const objects[] = {FILLED, sealed_signature(desk->scratch.arena, 22, ""), NULL};
	struct verify_report report = verify_at(desk,
		sealed_countersigned(
			&desk->scratch, "expired", desk->letter, &(struct sealed_second){objects}),
		now);
	assert_false(report.good);
	assert_int_equal(report.signatures.len, 2);
	const struct verify_signature *first = report.signatures.at, *second = first + 1;
	assert_true(first->good && !second->good);
	assert_string_equal(first->signer.at, "TEST signer");
	assert_string_equal(first->root.at, "TEST root");
	assert_string_equal(first->added.at, "1 signature");
	assert_string_equal(second->signer.at, "TEST expired signer");
	assert_int_equal(second->added.len, 0);
	assert_string_equal(report.signer.at, "TEST signer");
}

/* The second update adds what the first one's signature refers to, and lacks. */
static void what_a_second_signature_lacks_cannot_be_supplied_later_either(void **state)
{
	struct desk *desk = *state;
	const char *const objects[] = {
		"7 0 obj\n<</Type/Annot/Subtype/Widget/FT/Sig/T(Time)/Rect[0 0 0 0]/P 3 0 R/F 132"
		"/V 22 0 R>>\nendobj\n",
		sealed_signature(desk->scratch.arena, 22, "/Name 45 0 R"), NULL};
	assert_refused(desk,
		sealed_countersigned(
			&desk->scratch, "signer", desk->letter, &(struct sealed_second){objects}),
		now, "E-CHANGED");
}

static void the_second_part_of_the_identifier_may_change(void **state)
{
	static const struct {
		const char *id;
		bool good;
	} rows[] = {
		{"[<01><01>]", true},
		{"[<01><02>]", true},
		{"[(\\001)<a0b1>]", true},
		{"[<02><01>]", false},
		{"[<01>]", false},
		{"[<01><01><01>]", false},
		{"[<01>5]", false},
	};
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	const char *const objects[] = {FILLED, sealed_signature(arena, 22, ""), NULL};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str twice = sealed_countersigned(&desk->scratch, "signer", desk->letter,
			&(struct sealed_second){objects, rows[i].id});
		assert_int_equal(verify_at(desk, twice, now).good, rows[i].good);
	}
}

/* Named by the identifier of its key (RFC 5652, 5.3), as some programs do. */
static void a_signer_may_be_named_by_its_key(void **state)
{
	struct desk *desk = *state;
	struct outcome made = run_in(desk->scratch.arena, sealed_pki_path(&desk->scratch, "."),
		"echo words >words; openssl cms -sign -keyid -cades -binary -in words -outform DER "
		"-signer signer.pem -inkey signer.key -certfile ca.pem -out words.p7s");
	assert_int_equal(made.code, 0);
	struct str words = read_bytes(
		desk->scratch.arena, sealed_pki_path(&desk->scratch, "words"));
	struct str der = read_bytes(
		desk->scratch.arena, sealed_pki_path(&desk->scratch, "words.p7s"));
	const struct judged file = {words, "words", now};
	diags_clear(desk->diags);
	struct verify_report report = verify_detached(
		desk->scratch.arena, &file, der, desk->trust, desk->diags);
	assert_true(report.good);
	assert_string_equal(report.signer.at, "TEST signer");
}

static void what_the_signed_letter_lacks_cannot_be_supplied_later(void **state)
{
	struct desk *desk = *state;
	struct str letter = sealed_letter_with(&desk->scratch, "signer", "/Metadata 12 0 R");
	assert_true(verify_at(desk, letter, now).good);
	const char *const objects[] = {
		"12 0 obj\n<</Length 1>>\nstream\nx\nendstream\nendobj\n", NULL};
	assert_refused(desk, sealed_update(desk->scratch.arena, letter, objects), now, "E-CHANGED");
}

static void an_update_that_only_adds_is_no_change(void **state)
{
	struct desk *desk = *state;
	const char *const objects[] = {
		"1 0 obj\n<</Type/Catalog /Pages 2 0 R/AcroForm 5 0 R/DSS 10 0 R>>\nendobj\n",
		"10 0 obj\n<</Type/DSS/Certs[]>>\nendobj\n", NULL};
	struct str bytes = sealed_update(desk->scratch.arena, desk->letter, objects);
	struct verify_report report = verify_at(desk, bytes, now);
	assert_int_equal(diags_len(desk->diags), 0);
	assert_int_equal(report.level, LEVEL_B);
}

static void what_is_in_the_store_of_proofs_must_be_sound(void **state)
{
	struct desk *desk = *state;
	const char *const objects[] = {
		"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R/DSS 10 0 R>>\nendobj\n",
		"10 0 obj\n<</Type/DSS/Certs[11 0 R]>>\nendobj\n",
		"11 0 obj\n<</Length 3>>\nstream\nxyz\nendstream\nendobj\n", NULL};
	assert_refused(
		desk, sealed_update(desk->scratch.arena, desk->letter, objects), now, "E-PROOFS");
}

static void an_unsigned_file_and_no_file_at_all_are_told_apart(void **state)
{
	struct desk *desk = *state;
	assert_refused(desk, str_lit("hello"), now, "E-PDF-READ");
	assert_refused(desk, str_lit(""), now, "E-PDF-READ");
	const char *const objects[] = {"5 0 obj\n<</SigFlags 3/Fields[]>>\nendobj\n", NULL};
	assert_refused(
		desk, sealed_update(desk->scratch.arena, desk->letter, objects), now, "E-UNSIGNED");
}

static void every_beginning_of_a_letter_is_refused(void **state)
{
	struct desk *desk = *state;
	struct arena_mark mark = arena_save(desk->scratch.arena);
	for (int len = 0; len < desk->letter.len; len += 7) {
		char *exact = malloc((size_t)len + 1); /* so that ASan sees a byte too far */
		assert_non_null(exact);
		memcpy(exact, desk->letter.at, (size_t)len);
		assert_false(verify_at(desk, (struct str){exact, len}, now).good);
		free(exact);
		arena_restore(desk->scratch.arena, mark);
	}
}

static void roots_that_cannot_be_read_are_a_failure_of_the_system(void **state)
{
	struct desk *desk = *state;
	diags_clear(desk->diags);
	assert_null(trust_new("/no/such/file", desk->diags));
	assert_string_equal(diag_code(diags_at(desk->diags, 0)->id), "E-TRUST-READ");
	diags_clear(desk->diags);
	assert_null(trust_new(sealed_pki_path(&desk->scratch, "signer.key"), desk->diags));
	assert_string_equal(diag_code(diags_at(desk->diags, 0)->id), "E-TRUST-NONE");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signed_letter_is_good_and_says_by_whom_and_when),
		cmocka_unit_test(any_bit_changed_is_refused),
		cmocka_unit_test(signers_that_may_not_are_named),
		cmocka_unit_test(a_name_with_a_nul_in_it_is_refused_and_shown_whole),
		cmocka_unit_test(a_letter_of_a_stranger_is_refused),
		cmocka_unit_test(appended_bytes_are_refused),
		cmocka_unit_test(a_filled_padding_is_refused),
		cmocka_unit_test(a_changed_signature_is_refused),
		cmocka_unit_test(updates_that_change_the_letter_are_refused),
		cmocka_unit_test(updates_that_carry_something_else_are_refused),
		cmocka_unit_test(the_room_of_our_own_signature_cannot_be_written_anew),
		cmocka_unit_test(a_signature_cannot_be_used_twice),
		cmocka_unit_test(a_file_that_leads_in_circles_is_refused),
		cmocka_unit_test(a_second_signature_is_judged_by_what_the_first_lets_be),
		cmocka_unit_test(each_of_two_signatures_has_its_verdict),
		cmocka_unit_test(what_a_second_signature_lacks_cannot_be_supplied_later_either),
		cmocka_unit_test(the_second_part_of_the_identifier_may_change),
		cmocka_unit_test(a_signer_may_be_named_by_its_key),
		cmocka_unit_test(what_the_signed_letter_lacks_cannot_be_supplied_later),
		cmocka_unit_test(an_update_that_only_adds_is_no_change),
		cmocka_unit_test(what_is_in_the_store_of_proofs_must_be_sound),
		cmocka_unit_test(an_unsigned_file_and_no_file_at_all_are_told_apart),
		cmocka_unit_test(every_beginning_of_a_letter_is_refused),
		cmocka_unit_test(roots_that_cannot_be_read_are_a_failure_of_the_system),
	};
	return cmocka_run_group_tests(tests, open_desk, close_desk);
}
