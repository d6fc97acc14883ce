/* Who has approved which letter: what is noted, what still stands, what is taken back. */
#include "record/approval.h"
#include "record/remark.h"
#include "record/versions.h"
#include "support/support.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/resource.h>

#include <cmocka.h>

struct desk {
	struct scratch scratch;
	struct diags *diags;
	struct approvals *approvals;
	struct buf listed;
};

static int setup(void **state)
{
	static struct desk desk;
	desk = (struct desk){.scratch = scratch_new(), .diags = diags_new()};
	desk.approvals = approvals_open(desk.scratch.dir, true, desk.diags);
	assert_non_null(desk.approvals);
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	struct desk *desk = *state;
	approvals_close(desk->approvals);
	buf_free(&desk->listed);
	assert_int_equal(diags_len(desk->diags), 0);
	diags_free(desk->diags);
	scratch_free(&desk->scratch);
	return 0;
}

/* A letter's content of which one concern can be told from another's. */
static struct concerns content_of(char words, char looks)
{
	struct concerns content = {0};
	content.hash[CONCERN_WORDS][0] = (unsigned char)words;
	content.hash[CONCERN_LOOKS][0] = (unsigned char)looks;
	return content;
}

static void approve(struct desk *desk, const char *id, const char *by, struct concerns content)
{
	struct hash key = hash_bytes(&content, sizeof content);
	struct subject subject = {&key, &content, CONCERN_COUNT};
	const struct actor actor = {str_of(by), KNOWN_SAID, 1602547200, NULL};
	assert_true(approvals_put(desk->approvals, str_of(id), &subject, &actor, desk->diags));
	assert_true(approvals_flush(desk->approvals, desk->diags));
}

static void list_one(void *user, const struct approval *approval)
{
	struct desk *desk = user;
	buf_format(&desk->listed, "%.*s by %.*s: ", str_arg(approval->id), str_arg(approval->by));
	if (approval->stands)
		buf_puts(&desk->listed, "stands");
	else
		approval_why(approval, &desk->listed);
	buf_char(&desk->listed, '\n');
}

/* What is listed of a letter, or of all with "", against a content. */
static const char *listed(struct desk *desk, const char *id, const struct concerns *content)
{
	buf_clear(&desk->listed);
	const struct approval_query query = {str_of(id), content, list_one, desk};
	assert_true(approvals_each(desk->scratch.dir, &query, desk->diags));
	return buf_text(&desk->listed).at;
}

static void a_listed_approval_stands_for_its_content_alone(void **state)
{
	struct desk *desk = *state;
	struct concerns as_it_was = content_of('a', 'x');
	struct concerns reworded = content_of('b', 'x'), redrawn = content_of('a', 'y');
	approve(desk, "essex", "Ann", as_it_was);
	assert_string_equal(listed(desk, "essex", &as_it_was), "essex by Ann: stands\n");
	assert_string_equal(listed(desk, "essex", &reworded),
		"essex by Ann: its words changed since it was approved\n");
	assert_string_equal(listed(desk, "essex", &redrawn),
		"essex by Ann: its looks changed since it was approved\n");
	assert_string_equal(listed(desk, "essex", &as_it_was), "essex by Ann: stands\n");
}

static void an_approval_is_one_letters_and_one_persons(void **state)
{
	struct desk *desk = *state;
	struct concerns content = content_of('a', 'x'), other = content_of('b', 'x');
	approve(desk, "essex", "Ann", other);
	approve(desk, "essex", "Bea", content);
	approve(desk, "kent", "Ann", content);
	approve(desk, "essex", "ann", content); /* in place of her earlier one */
	assert_string_equal(
		listed(desk, "essex", &content), "essex by Bea: stands\nessex by ann: stands\n");
	assert_string_equal(listed(desk, "kent", &content), "kent by Ann: stands\n");
	assert_string_equal(listed(desk, "leeds", &content), "");
}

static void what_is_taken_back_is_gone(void **state)
{
	struct desk *desk = *state;
	struct concerns content = content_of('a', 'x');
	struct str ids[] = {str_lit("essex"), str_lit("leeds")};
	approve(desk, "essex", "Ann", content);
	approve(desk, "essex", "Bea", content);
	approve(desk, "kent", "Ann", content);
	struct withdrawal back = {ids, 2, str_lit("ANN"), {str_lit("Cai"), KNOWN_ACCOUNT, 0}};
	assert_int_equal(approvals_take_back(desk->scratch.dir, &back, desk->diags), 1);
	assert_string_equal(
		listed(desk, "", &content), "essex by Bea: stands\nkent by Ann: stands\n");
	back.of = str_lit("");
	assert_int_equal(approvals_take_back(desk->scratch.dir, &back, desk->diags), 1);
	assert_string_equal(listed(desk, "", &content), "kent by Ann: stands\n");
}

/* Another may look, and has to wait for the lock alone, after so many as one group has. */
static void many_are_on_the_disk_in_groups(void **state)
{
	struct desk *desk = *state;
	struct concerns content = content_of('a', 'x');
	struct hash key = hash_bytes(&content, sizeof content);
	struct subject subject = {&key, &content, CONCERN_COUNT};
	const struct actor actor = {str_lit("Ann"), KNOWN_SAID, 1602547200, NULL};
	for (int i = 0; i < 600; i++)
		assert_true(approvals_put(desk->approvals,
			str_format(desk->scratch.arena, "letter-%03d", i), &subject, &actor,
			desk->diags));
	assert_string_equal(listed(desk, "letter-499", &content), "letter-499 by Ann: stands\n");
	assert_string_equal(listed(desk, "letter-599", &content), "");
	assert_true(approvals_flush(desk->approvals, desk->diags));
	assert_string_equal(listed(desk, "letter-599", &content), "letter-599 by Ann: stands\n");
}

/* Of versions that are kept, as many as are more than SQLite's cache holds. */
static void who_looks_while_many_are_approved_need_not_wait(void **state)
{
	enum { COUNT = 240, SIZE = 30000 };
	struct desk *desk = *state;
	struct concerns content = content_of('a', 'x');
	struct hash key = hash_bytes(&content, sizeof content);
	char *version = arena_alloc(desk->scratch.arena, SIZE);
	uint32_t random = 1;
	for (int i = 0; i < SIZE; i++) {
		random = random * 1664525 + 1013904223;
		version[i] = (char)(random >> 24);
	}
	struct subject subject = {&key, &content, CONCERN_COUNT, {version, SIZE}};
	const struct actor actor = {str_lit("Ann"), KNOWN_SAID, 1602547200, NULL};
	for (int i = 0; i < COUNT; i++)
		assert_true(approvals_put(desk->approvals,
			str_format(desk->scratch.arena, "letter-%03d", i), &subject, &actor,
			desk->diags));
	assert_string_equal(listed(desk, "letter-000", &content), "");
	assert_true(approvals_flush(desk->approvals, desk->diags));
	assert_string_equal(listed(desk, "letter-000", &content), "letter-000 by Ann: stands\n");
}

/* -- versions ---------------------------------------------------------------------------------- */

/* A letter to somebody, as text: a hundred lines that all have, and three of its own. */
static struct str letter_to(struct arena *arena, const char *who)
{
	struct buf text = {0};
	for (int i = 0; i < 100; i++) {
		if (i == 10 || i == 55 || i == 99)
			buf_format(&text, "word %d %s\n", i, who);
		buf_format(&text, "word %d all\n%s", i, i % 7 ? "" : "paragraph\n");
	}
	struct str copy = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return copy;
}

static struct str again(struct arena *arena, struct versions *versions, struct packed *packed)
{
	struct str base = packed->base < 0 ? (struct str){0}
					   : versions_base(versions, packed->base).text;
	struct str text = version_unpack(arena, buf_text(&packed->bytes), packed->size, base);
	buf_free(&packed->bytes);
	return text;
}

static void a_version_comes_back_as_it_was(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	struct str anna = letter_to(arena, "Anna");
	const struct str texts[] = {anna, letter_to(arena, "Ben"), str_slice(anna, 0, 400),
		str_slice(anna, 0, anna.len - 1), str_slice(anna, 300, anna.len), str_lit("x\n"),
		str_lit("\n\n"), str_lit("\r\n+\n=1 2\n"),
		str_format(arena, "%.*s\n\n", str_arg(anna)),
		str_format(arena, "%.*s%.*s", str_arg(anna), str_arg(anna)),
		str_format(arena, "new\n%.*snew\n", str_arg(anna))};
	for (size_t first = 0; first < sizeof texts / sizeof *texts; first++) {
		struct versions *versions = versions_new();
		for (size_t i = 0; i <= sizeof texts / sizeof *texts; i++) {
			struct str text = texts[(first + i) % (sizeof texts / sizeof *texts)];
			struct packed packed = versions_pack(
				versions, &(struct version_base){str_lit("x"), text});
			assert_true(str_eq(again(arena, versions, &packed), text));
		}
		versions_free(versions);
	}
}

static void of_versions_that_are_alike_little_is_kept(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	struct versions *versions = versions_new();
	int most = 0;
	for (int i = 0; i < 50; i++) {
		struct str text = letter_to(arena, str_format(arena, "Anna%d", i).at);
		struct packed packed = versions_pack(
			versions, &(struct version_base){str_lit("x"), text});
		assert_int_equal(packed.base, 0);
		most = (int)packed.bytes.len > most ? (int)packed.bytes.len : most;
		buf_free(&packed.bytes);
	}
	assert_in_range(most, 1, letter_to(arena, "Anna").len / 12);
	versions_free(versions);
}

/* Bytes that no base has, or that say what cannot be, are no version. */
static void a_version_that_was_altered_is_none(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	static const char *const wrong[] = {"=0 4\n", "=3 1\n", "=0 2147483647\n",
		"=9999999999 1\n", "=0 1", "?\n", "\n", "= \n"};
	const struct str base = str_lit("the first line\nand another\nc\n");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct packed packed = version_deflate(str_of(wrong[i]));
		assert_null(version_unpack(arena, buf_text(&packed.bytes), 29, base).at);
		buf_free(&packed.bytes);
	}
	struct packed good = version_deflate(str_lit("=0 2\n+x\n"));
	assert_null(version_unpack(arena, buf_text(&good.bytes), 28, base).at);
	assert_true(str_is(version_unpack(arena, buf_text(&good.bytes), 29, base),
		"the first line\nand another\nx\n"));
	buf_free(&good.bytes);
}

/* What it asks for beyond its size is not made first: 400 times a base of a million bytes. */
static void a_version_takes_no_more_memory_than_it_is_large(void **state)
{
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	struct buf base = {0}, asks = {0};
	struct rusage before, after;
	while (base.len < 1000000)
		buf_puts(&base, "a line of the base\n");
	for (int i = 0; i < 400; i++)
		buf_format(&asks, "=0 %d\n", (int)(base.len / sizeof "a line of the base"));
	struct packed packed = version_deflate(buf_text(&asks));
	getrusage(RUSAGE_SELF, &before);
	assert_null(version_unpack(arena, buf_text(&packed.bytes), 1200000, buf_text(&base)).at);
	getrusage(RUSAGE_SELF, &after);
	assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 64 << 10); /* kB */
	buf_free(&packed.bytes);
	buf_free(&asks);
	buf_free(&base);
}

static void approve_version(struct desk *desk, const char *id, const char *who)
{
	struct concerns content = content_of('a', *who);
	struct hash key = hash_bytes(&content, sizeof content);
	struct subject subject = {
		&key, &content, CONCERN_COUNT, letter_to(desk->scratch.arena, who)};
	const struct actor actor = {str_lit("Ann"), KNOWN_SAID, 1602547200, NULL};
	assert_true(approvals_put(desk->approvals, str_of(id), &subject, &actor, desk->diags));
	assert_true(approvals_flush(desk->approvals, desk->diags));
}

static bool is_kept(struct desk *desk, const char *id, const char *who)
{
	struct arena *arena = desk->scratch.arena;
	struct str version = approvals_version(
		arena, desk->scratch.dir, str_of(id), str_lit("Ann"), desk->diags);
	return version.at && str_eq(version, letter_to(arena, who));
}

static bool file_has(struct desk *desk, const char *words)
{
	struct str bytes = read_bytes(
		desk->scratch.arena, scratch_path(&desk->scratch, ".lettermerge.approvals.db"));
	assert_non_null(bytes.at);
	return str_find(bytes, words) >= 0;
}

/* The id stands beside the base, which is deflated. */
static void who_is_forgotten_is_no_base_for_others(void **state)
{
	struct desk *desk = *state;
	struct str anna = str_lit("essex");
	approve_version(desk, "essex", "Quentin");
	approve_version(desk, "kent", "Ben");
	approve_version(desk, "sussex", "Clara");
	assert_true(is_kept(desk, "essex", "Quentin") && is_kept(desk, "kent", "Ben"));
	assert_true(file_has(desk, "essex"));
	assert_true(approvals_forget(desk->scratch.dir, &anna, 1, desk->diags));
	assert_false(is_kept(desk, "essex", "Quentin"));
	assert_true(is_kept(desk, "kent", "Ben") && is_kept(desk, "sussex", "Clara"));
	assert_false(file_has(desk, "essex"));
}

/* Another program may have taken the base away, and another one have its number. */
static void a_base_that_is_gone_is_put_again(void **state)
{
	struct desk *desk = *state;
	struct str anna = str_lit("essex");
	const struct withdrawal all = {
		&anna, 1, .actor = {str_lit("Ann"), KNOWN_SAID, 1602547200, NULL}};
	approve_version(desk, "essex", "Anna");
	assert_int_equal(approvals_take_back(desk->scratch.dir, &all, desk->diags), 1);
	struct approvals *mine = desk->approvals;
	desk->approvals = approvals_open(desk->scratch.dir, true, desk->diags);
	struct concerns content = content_of('z', 'z');
	struct hash key = hash_bytes(&content, sizeof content);
	struct subject other = {&key, &content, CONCERN_COUNT, str_lit("quite another\nletter\n")};
	const struct actor actor = {str_lit("Ann"), KNOWN_SAID, 1602547200, NULL};
	assert_true(approvals_put(desk->approvals, str_lit("york"), &other, &actor, desk->diags));
	assert_true(approvals_flush(desk->approvals, desk->diags));
	approvals_close(desk->approvals);
	desk->approvals = mine;
	approve_version(desk, "kent", "Ben");
	assert_true(is_kept(desk, "kent", "Ben"));
}

/* The base of the first goes to the second, who is forgotten too. */
static void who_are_forgotten_together_are_no_bases(void **state)
{
	struct desk *desk = *state;
	const struct str both[] = {str_lit("essex"), str_lit("kent")};
	approve_version(desk, "essex", "Quentin");
	approve_version(desk, "kent", "Ben");
	approve_version(desk, "sussex", "Clara");
	approve_version(desk, "york", "Dora");
	assert_true(approvals_forget(desk->scratch.dir, both, 2, desk->diags));
	assert_false(is_kept(desk, "kent", "Ben"));
	assert_true(is_kept(desk, "sussex", "Clara") && is_kept(desk, "york", "Dora"));
	assert_false(file_has(desk, "essex") || file_has(desk, "kent"));
}

/* -- by hand ----------------------------------------------------------------------------------- */

/* What another program does to the file. */
static void alter(struct desk *desk, const char *sql)
{
	sqlite3 *db;
	assert_int_equal(
		sqlite3_open(scratch_path(&desk->scratch, ".lettermerge.approvals.db"), &db),
		SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* What an error took back with its base: the base's number is another's then. */
static void a_number_that_was_taken_back_is_no_base(void **state)
{
	struct desk *desk = *state;
	struct diags *diags = diags_new();
	struct concerns content = content_of('a', 'A');
	struct hash key = hash_bytes(&content, sizeof content);
	struct subject anna = {
		&key, &content, CONCERN_COUNT, letter_to(desk->scratch.arena, "Anna")};
	const struct actor actor = {str_lit("Ann"), KNOWN_SAID, 1602547200, NULL};
	alter(desk,
		"CREATE TRIGGER full BEFORE INSERT ON log WHEN new.id='full' BEGIN SELECT "
		"RAISE(ABORT, 'full'); END");
	assert_true(approvals_put(desk->approvals, str_lit("essex"), &anna, &actor, desk->diags));
	assert_false(approvals_put(desk->approvals, str_lit("full"), &anna, &actor, diags));
	assert_int_equal(diags_len(diags), 1);
	diags_free(diags);
	assert_int_equal(approvals_lost(desk->approvals), 1);
	assert_string_equal(listed(desk, "", &content), "");
	alter(desk, "INSERT INTO version_base(id, size, shown) VALUES('york', 1, x'00')");
	approve_version(desk, "kent", "Ben");
	assert_true(is_kept(desk, "kent", "Ben"));
}

static void keep_known(void *user, const struct approval *approval)
{
	*(enum known *)user = approval->known;
}

static void keep_known_of_remark(void *user, struct str id, const struct remark *remark)
{
	(void)id;
	*(enum known *)user = remark->actor.known;
}

static void reject(struct desk *desk, const char *text)
{
	const struct remarked letter = {str_lit("essex"), str_lit("")};
	const struct remark remark = {.kind = REMARK_REJECTED,
		.text = str_of(text),
		.actor = {str_lit("Bea"), KNOWN_SAID, 1602547200}};
	assert_int_equal(remarks_add(desk->scratch.dir, &letter, 1, &remark, desk->diags), 1);
}

/* Tables that are read by how a name is known have no place for more. */
static void how_a_name_is_known_is_known_or_not(void **state)
{
	struct desk *desk = *state;
	enum known known = KNOWN_COUNT, of_remark = KNOWN_COUNT;
	approve(desk, "essex", "Ann", content_of('a', 'x'));
	reject(desk, "wrong");
	alter(desk, "UPDATE approval SET known='sworn'; UPDATE remark SET known='sworn'");
	const struct approval_query query = {.one = keep_known, .user = &known};
	const struct remark_query remarks = {.one = keep_known_of_remark, .user = &of_remark};
	assert_true(approvals_each(desk->scratch.dir, &query, desk->diags));
	assert_true(remarks_each(desk->scratch.dir, &remarks, desk->diags));
	assert_int_equal(known, KNOWN_NOT);
	assert_int_equal(of_remark, KNOWN_NOT);
}

/* -- remarks ----------------------------------------------------------------------------------- */

static void keep_number(void *user, struct str id, const struct remark *remark)
{
	(void)id;
	*(int64_t *)user = remark->number;
}

static int64_t last_number(struct desk *desk)
{
	int64_t number = 0;
	const struct remark_query query = {.one = keep_number, .user = &number};
	assert_true(remarks_each(desk->scratch.dir, &query, desk->diags));
	return number;
}

static int answer(struct desk *desk, int64_t upto)
{
	const struct remarked letter = {str_lit("essex"), str_lit("")};
	const struct remark remark = {.kind = REMARK_ANSWERED,
		.text = str_lit("mended"),
		.number = upto,
		.actor = {str_lit("Ann"), KNOWN_SAID, 1602547200, NULL}};
	return remarks_add(desk->scratch.dir, &letter, 1, &remark, desk->diags);
}

/* Two pages show the first; one answers it; what is said then the other has not seen. */
static void an_answer_settles_nothing_that_was_said_later(void **state)
{
	struct desk *desk = *state;
	reject(desk, "the name is wrong");
	int64_t first = last_number(desk);
	assert_int_equal(answer(desk, first), 1);
	reject(desk, "it is still wrong");
	assert_true(last_number(desk) > first);
	assert_int_equal(answer(desk, first), 0);
	assert_int_equal(answer(desk, last_number(desk)), 1);
}

/* -- names ------------------------------------------------------------------------------------- */

/* One person's, however they are written, and two's. */
static void names_are_persons(void **state)
{
	static const struct {
		const char *one, *other;
		bool same;
	} rows[] = {{"Zoë", "Zoe\xcc\x88", true}, {"Zoë", "ZOË", true},
		{"ZOE\xcc\x88", "zoë", true}, {"Anna Berg", "Anna\xc2\xa0 Berg", true},
		{"Анна", "АННА", true},
		{"Anna",
			"An\xc2\xad"
			"na",
			true},
		{"Anna", "Anna\xe2\x80\x8d", true}, {"Zoë", "Zoe", false}, {"Groß", "Gross", false},
		{"J Doe", "Jane Doe", false}};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena *arena = arena_new();
		char letter[8];
		struct concerns content = content_of(1, 1);
		struct str one = approval_person(arena, str_of(rows[i].one)),
			   other = approval_person(arena, str_of(rows[i].other));
		snprintf(letter, sizeof letter, "l%d", (int)i);
		assert_int_equal(approval_is_same_person(one, other), rows[i].same);
		approve(desk, letter, str_copy(arena, one).at, content);
		approve(desk, letter, str_copy(arena, other).at, content);
		const struct subject subject = {.content = &content, .known = CONCERN_COUNT};
		struct approval_count count;
		assert_true(approvals_of(
			desk->approvals, str_of(letter), &subject, &count, desk->diags));
		assert_int_equal(count.good, rows[i].same ? 1 : 2);
		arena_free(arena);
	}
}

/* What an earlier version noted is compared likewise. */
static void noted_names_are_persons(void **state)
{
	struct desk *desk = *state;
	struct concerns content = content_of(1, 1);
	const struct subject subject = {.content = &content, .known = CONCERN_COUNT};
	struct approval_count count;
	approve(desk, "a", "Zoë", content);
	approve(desk, "a", "Ben", content);
	alter(desk, "UPDATE approval SET person='ZOE\xcc\x88 ' WHERE person='Ben'");
	assert_true(approvals_of(desk->approvals, str_lit("a"), &subject, &count, desk->diags));
	assert_int_equal(count.good, 1);
}

/* -- a file that was cut off ------------------------------------------------------------------- */

static void pass_over(void *user, const struct approval *approval)
{
	(void)user;
	(void)approval;
}

static bool put_into(struct desk *desk, struct diags *diags)
{
	struct concerns content = content_of(1, 1);
	struct hash key = hash_bytes(&content, sizeof content);
	const struct subject subject = {&key, &content, CONCERN_COUNT};
	const struct actor actor = {.name = str_lit("Al"), .known = KNOWN_SAID};
	struct approvals *open = approvals_open(desk->scratch.dir, true, diags);
	bool good = open && approvals_put(open, str_lit("late"), &subject, &actor, diags) &&
		approvals_flush(open, diags);
	approvals_close(open);
	return good;
}

/* Of no length does it read as one in which less was approved; whole, it does read. */
static void a_cut_file_is_refused(void **state)
{
	struct desk *desk = *state;
	struct diags *unsaid = diags_new();
	const struct approval_query all = {.one = pass_over};
	for (int i = 0; i < 40; i++) {
		char id[8];
		snprintf(id, sizeof id, "l%d", i);
		approve(desk, id, "Ann", content_of((char)i, 1));
	}
	const char *path = scratch_path(&desk->scratch, ".lettermerge.approvals.db");
	const struct str whole = read_bytes(desk->scratch.arena, path);
	for (int len = 0; len <= whole.len; len += len < 200 ? 1
			: len + 113 < whole.len              ? 113
							     : 1) {
		diags_clear(unsaid);
		assert_true(file_publish(path, whole.at, (size_t)len, false, unsaid));
		bool read = approvals_each(desk->scratch.dir, &all, unsaid);
		if (read != (len == whole.len))
			fail_msg("%d of %d bytes are read", len, whole.len);
		if (len < whole.len && put_into(desk, unsaid))
			fail_msg("%d of %d bytes are written to", len, whole.len);
		assert_true(read || diags_failed(unsaid));
	}
	diags_free(unsaid);
}

#define with_desk(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_desk(a_listed_approval_stands_for_its_content_alone),
		with_desk(an_approval_is_one_letters_and_one_persons),
		with_desk(what_is_taken_back_is_gone),
		with_desk(many_are_on_the_disk_in_groups),
		with_desk(who_looks_while_many_are_approved_need_not_wait),
		with_desk(a_version_comes_back_as_it_was),
		with_desk(of_versions_that_are_alike_little_is_kept),
		with_desk(a_version_that_was_altered_is_none),
		with_desk(a_version_takes_no_more_memory_than_it_is_large),
		with_desk(who_is_forgotten_is_no_base_for_others),
		with_desk(a_base_that_is_gone_is_put_again),
		with_desk(who_are_forgotten_together_are_no_bases),
		with_desk(a_number_that_was_taken_back_is_no_base),
		with_desk(how_a_name_is_known_is_known_or_not),
		with_desk(an_answer_settles_nothing_that_was_said_later),
		with_desk(names_are_persons),
		with_desk(noted_names_are_persons),
		with_desk(a_cut_file_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
