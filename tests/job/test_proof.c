/* The proof set shows all that any letter shows: every way that each condition, choice and list of
 * the template goes for some record, it goes for a chosen one; so too the longest and the shortest
 * of each field. What each record does is worked out here once more, from the template's tree and
 * the record alone, knowing nothing of how the set is chosen or letters are merged. */
#include "letter/letter.h"
#include "support/support.h"
#include "template/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { NOT, TAKEN, ONE, MANY, ARMS, MAX_NODES = 4000, MAX_RECORDS = 500, MAX_FIELDS = 40 };

static const char *program, *root; /* from the command line */

/* A template, its records, and what each of them does at each node. */
struct bench {
	struct scratch scratch;
	struct diags *diags;
	const struct template *template;
	int count;
	struct recipient recipient[MAX_RECORDS];
	bool chosen[MAX_RECORDS];
	bool arms[MAX_RECORDS][MAX_NODES][ARMS];
};

static struct bench bench;

/* -- what a record does ------------------------------------------------------------------------ */

struct level {
	const struct field *fields;
	const struct value *values;
	const struct level *outer;
};

static bool has_words(const struct value *value)
{
	return value && (value->parts || str_trim(value->text).len);
}

/* The nearest level that says something; else the innermost that knows the name. */
static struct str look_up(const struct level *level, struct str name, const struct value **list,
	enum field_type *type)
{
	*list = NULL;
	*type = FIELD_TYPE_COUNT;
	for (; level; level = level->outer) {
		const struct field *field = template_find_field(level->fields, name);
		const struct value *value = recipient_find(level->values, name);
		if (!field)
			continue;
		if (*type == FIELD_TYPE_COUNT)
			*type = field->type;
		if (field->type == FIELD_LIST) {
			*list = value;
			return str_lit("");
		}
		if (has_words(value))
			return fold_text(bench.scratch.arena, value->text);
		if (field->value.at)
			return field->value;
	}
	return str_lit("");
}

static int count_records(const struct value *value, struct str name)
{
	int count = 0;
	for (; value; value = recipient_find(value->next, name))
		count += has_words(value);
	return count;
}

static bool holds(const struct level *level, const struct node *node)
{
	const struct value *list;
	enum field_type type;
	struct str name = node_attribute(node, "field"), equals = node_attribute(node, "equals");
	struct str text = look_up(level, name, &list, &type);
	if (type == FIELD_LIST)
		return count_records(list, name) > 0;
	if (equals.at)
		return str_eq(text, fold_text(bench.scratch.arena, equals));
	return type == FIELD_YES_NO ? str_is(text, "yes") : text.len > 0;
}

static void go(bool arms[][ARMS], const struct level *level, const struct node *parent);

static void go_over(bool arms[][ARMS], const struct level *level, const struct node *each)
{
	const struct value *list;
	enum field_type type;
	struct str name = node_attribute(each, "field");
	look_up(level, name, &list, &type);
	int count = count_records(list, name);
	arms[each->id][count == 0 ? NOT : count == 1 ? ONE : MANY] = true;
	for (; list; list = recipient_find(list->next, name)) {
		struct level inner = {
			template_find_field(level->fields, name)->parts, list->parts, level};
		if (has_words(list))
			go(arms, &inner, each);
	}
}

static void go(bool arms[][ARMS], const struct level *level, const struct node *parent)
{
	bool settled = false;
	node_each (node, parent) {
		bool arm = node->tag == TAG_WHEN || node->tag == TAG_OTHERWISE;
		bool taken = true;
		if (arm && settled)
			break;
		if (node->tag == TAG_IF || node->tag == TAG_WHEN)
			taken = holds(level, node);
		if (node->tag == TAG_EACH)
			go_over(arms, level, node);
		else if (taken)
			go(arms, level, node);
		settled |= arm && taken;
		if (arm || node->tag == TAG_IF)
			arms[node->id][taken ? TAKEN : NOT] |= taken || !arm;
	}
	if (parent->tag == TAG_CHOOSE && !settled)
		arms[parent->id][NOT] = true;
}

/* -- the set ----------------------------------------------------------------------------------- */

static void read_records(const char *records)
{
	struct recipients *source = recipients_open(records, bench.template, NULL, bench.diags);
	bench.count = 0;
	assert_non_null(source);
	while (recipients_next(source, bench.scratch.arena, &bench.recipient[bench.count],
		       bench.diags) != RECIPIENTS_END) {
		struct recipient *recipient = &bench.recipient[bench.count];
		struct level level = {bench.template->fields, recipient->values, NULL};
		recipient->id = str_copy(bench.scratch.arena, recipient->id);
		go(bench.arms[bench.count++], &level, bench.template->root);
	}
	recipients_close(source);
}

/* Runs the program; the letters that it chose. */
static struct outcome choose(const char *template, const char *records, const char *options)
{
	struct str bytes = read_bytes(bench.scratch.arena, template);
	bench.template = template_read(bench.scratch.arena, bytes, template, bench.diags);
	assert_non_null(bench.template);
	assert_true(bench.template->node_count <= MAX_NODES);
	memset(bench.arms, 0, sizeof bench.arms);
	memset(bench.chosen, 0, sizeof bench.chosen);
	read_records(records);
	struct outcome outcome = run_in(bench.scratch.arena, bench.scratch.dir,
		"'%s' preview --proof --json -t '%s' -r '%s' %s", program, template, records,
		options);
	assert_int_equal(outcome.code, 0);
	for (int i = 0; i < bench.count; i++) {
		struct str key = str_format(
			bench.scratch.arena, "{\"id\":\"%.*s\",", str_arg(bench.recipient[i].id));
		bench.chosen[i] = str_find(outcome.out, key.at) >= 0;
	}
	return outcome;
}

static bool is_shown(int node, int arm, bool chosen_only)
{
	bool shown = false;
	for (int i = 0; i < bench.count; i++)
		shown |= bench.arms[i][node][arm] && (bench.chosen[i] || !chosen_only);
	return shown;
}

static int length_of(const struct value *value)
{
	struct str text = fold_text(bench.scratch.arena, value->text);
	int count = 0;
	for (int at = 0; at < text.len; count++)
		utf8_next(text, &at);
	return count;
}

/* Of a text or rich field of the whole record: the greatest and the least length. */
static void range_of(struct str name, bool chosen_only, int *most, int *least)
{
	*most = *least = -1;
	for (int i = 0; i < bench.count; i++) {
		const struct value *value = recipient_find(bench.recipient[i].values, name);
		if (!has_words(value) || (chosen_only && !bench.chosen[i]))
			continue;
		int length = length_of(value);
		*most = length > *most ? length : *most;
		*least = *least < 0 || length < *least ? length : *least;
	}
}

static void assert_shows_each_extreme(void)
{
	for (const struct field *f = bench.template->fields; f; f = f->next) {
		int most, least, most_chosen, least_chosen;
		if (!f->used || f->type != FIELD_TEXT || !f->required)
			continue;
		range_of(f->name, false, &most, &least);
		range_of(f->name, true, &most_chosen, &least_chosen);
		assert_int_equal(most, most_chosen);
		assert_int_equal(least, least_chosen);
	}
}

/* No letter can lack what is required, nor what its surroundings stand under the condition of. */
static bool may_lack(const struct node *node)
{
	struct str name = node_attribute(node, "field");
	const struct field *field = template_find_field(bench.template->fields, name);
	if (node_attribute(node, "equals").at || !field || field->type == FIELD_YES_NO)
		return true;
	for (const struct node *up = node->parent; up; up = up->parent)
		if (up->tag == TAG_IF && str_eq(node_attribute(up, "field"), name))
			return false;
	return !field->required;
}

/* Gives how many ways the template can go at all, and for these records. */
static void assert_shows_each_way(int *ways, int *reachable)
{
	*ways = *reachable = 0;
	for (const struct node *node = bench.template->root; node;
		node = node_following(node, bench.template->root))
		for (int arm = 0; arm < ARMS; arm++) {
			bool lacks = arm == NOT && !may_lack(node);
			*ways += (node->tag == TAG_IF && arm <= TAKEN && !lacks) ||
				(node->tag == TAG_EACH && arm != TAKEN && !lacks) ||
				((node->tag == TAG_WHEN || node->tag == TAG_OTHERWISE) &&
					arm == TAKEN);
			if (!is_shown(node->id, arm, false))
				continue;
			*reachable += 1;
			if (!is_shown(node->id, arm, true))
				fail_msg("<%s> of line %d, way %d, is not in the proof set",
					tag_element(node->tag), node->at.line, arm);
		}
}

static int chosen_count(void)
{
	int count = 0;
	for (int i = 0; i < bench.count; i++)
		count += bench.chosen[i];
	return count;
}

static const char *below_root(const char *path)
{
	return str_format(bench.scratch.arena, "%s/%s", root, path).at;
}

static void the_example_and_the_samples_are_shown_whole(void **state)
{
	static const struct {
		const char *template, *records;
		int ways, reachable;
	} rows[] = {
		{"templates/vru-letter.xml", "recipients", 4, 4},
		{"tests/samples/school/trip.xml", "tests/samples/school/recipients", 23, 23},
		{"tests/samples/every-block/letter.xml", "tests/samples/every-block/recipients", 8,
			8},
		{"tests/samples/welsh/letter.xml", "tests/samples/welsh/recipients", 2, 2},
		{"tests/samples/museum/letter.xml", "tests/samples/museum/recipients", 2, 2},
		{"tests/samples/accounts/letter.xml", "tests/samples/accounts/recipients", 2, 2},
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int ways, reachable;
		choose(below_root(rows[i].template), below_root(rows[i].records), "");
		assert_shows_each_way(&ways, &reachable);
		assert_shows_each_extreme();
		assert_int_equal(ways, rows[i].ways);
		assert_int_equal(reachable, rows[i].reachable);
	}
}

/* -- many records of a template with all kinds of branches ------------------------------------- */

static const char crooked[] =
	"<letter xmlns='" TEMPLATE_NAMESPACE "' xml:lang='en-GB'>\n<title>T</title>\n<fields>\n"
	"<declare name='name'/><declare name='kind' required='no'/>\n"
	"<declare name='vip' type='yes-no' default='no'/>\n"
	"<declare name='item' type='list' required='no'><declare name='what'/>\n"
	"<declare name='note' required='no'/>\n"
	"<declare name='part' type='list' required='no'><declare name='of'/></declare></declare>\n"
	"</fields>\n<p>Dear <field name='name'/></p>\n"
	"<choose><when field='kind' equals='a'><p>a</p></when>\n"
	"<when field='kind' equals='b'><p>b<if field='vip'> vip</if></p></when>\n"
	"<when field='kind' equals='never'><p>n</p></when></choose>\n"
	"<each field='item'><p><field name='what'/><if field='note'>, <field name='note'/></if>\n"
	"<choose><when field='part'>: <each field='part'><field name='of'/></each></when>\n"
	"<otherwise>.</otherwise></choose></p></each>\n</letter>";

static uint32_t random_below(uint32_t *seed, uint32_t limit)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 16) % limit;
}

static void write_item(struct buf *out, uint32_t *seed)
{
	buf_format(out, "<item><what>%.*s</what>", 1 + (int)random_below(seed, 30),
		"what there is of it, in many words");
	if (random_below(seed, 9) == 0)
		buf_puts(out, "<note>n</note>");
	for (uint32_t i = random_below(seed, 20); i > 17; i--)
		buf_puts(out, "<part><of>o</of></part>");
	buf_puts(out, "</item>");
}

static const char *write_many(int count)
{
	static const char *const kinds[] = {"", "<kind>a</kind>", "<kind>b</kind>", ""};
	struct buf all = {0};
	uint32_t seed = 7;
	buf_puts(&all, "<recipients xmlns='urn:lettermerge:recipient:1'>");
	for (int i = 0; i < count; i++) {
		buf_format(&all, "<recipient id='r%d'><name>%.*s</name>%s%s", i,
			3 + (int)random_below(&seed, 40),
			"Anna Bell Carter Dunn Ellis Fox Grant Hall Irvine",
			kinds[random_below(&seed, 4)],
			random_below(&seed, 11) ? "" : "<vip>yes</vip>");
		for (uint32_t items = random_below(&seed, 4); items > 0; items--)
			write_item(&all, &seed);
		buf_puts(&all, "</recipient>\n");
	}
	buf_puts(&all, "</recipients>");
	scratch_write(&bench.scratch, "many.xml", buf_text(&all).at);
	buf_free(&all);
	return scratch_path(&bench.scratch, "many.xml");
}

static void of_many_letters_a_few_are_chosen_and_what_none_shows_is_named(void **state)
{
	(void)state;
	int ways, reachable;
	scratch_write(&bench.scratch, "crooked.xml", crooked);
	const char *template = scratch_path(&bench.scratch, "crooked.xml");
	struct outcome outcome = choose(template, write_many(400), "--diag=json");
	assert_shows_each_way(&ways, &reachable);
	assert_shows_each_extreme();
	assert_true(reachable > 12);
	assert_in_range(chosen_count(), 2, 12);
	assert_holds(outcome.err, "N-PROOF-UNSEEN");
	assert_holds(outcome.err,
		"\"line\":13,\"column\":1,\"message\":\"no letter shows that <when "
		"field=\\\"kind\\\" equals=\\\"never\\\"> is taken\"");
	assert_int_equal(str_find(outcome.err, "equals=\\\"a\\\""), -1);
}

static void the_set_does_not_depend_on_the_number_of_workers(void **state)
{
	(void)state;
	scratch_write(&bench.scratch, "crooked.xml", crooked);
	const char *template = scratch_path(&bench.scratch, "crooked.xml");
	struct str one = choose(template, write_many(120), "--jobs 1").out;
	struct str four = choose(template, scratch_path(&bench.scratch, "many.xml"), "--jobs 4")
				  .out;
	assert_true(str_eq(one, four));
}

/* -- what the user sees ------------------------------------------------------------------------ */

static struct outcome run(const char *options)
{
	return run_in(bench.scratch.arena, bench.scratch.dir,
		"'%s' preview --proof -t crooked.xml -r some %s", program, options);
}

static void write_some(void)
{
	static const char record[] =
		"<recipient xmlns='urn:lettermerge:recipient:1'>%s</recipient>";
	static const char *const some[][2] = {{"some/anna.xml", "<name>Anna</name>"},
		{"some/bert.xml", "<name>Bert</name><kind>a</kind>"},
		{"some/carl.xml", "<name>Carl</name><kind>a</kind>"}};
	scratch_write(&bench.scratch, "crooked.xml", crooked);
	for (size_t i = 0; i < sizeof some / sizeof *some; i++)
		scratch_write(&bench.scratch, some[i][0],
			str_format(bench.scratch.arena, record, some[i][1]).at);
}

static void each_letter_is_written_and_says_why(void **state)
{
	(void)state;
	write_some();
	struct outcome outcome = run("");
	assert_int_equal(outcome.code, 0);
	assert_holds(outcome.out, "anna  <choose> takes none of its arms, crooked.xml:11:1\n");
	assert_holds(outcome.out,
		"bert  <when field=\"kind\" equals=\"a\"> is taken, crooked.xml:11:9\n");
	assert_int_equal(str_find(outcome.out, "carl"), -1);
	assert_holds(
		outcome.err, "2 of 3 letters in out/preview show all that any of them shows\n");
	struct str names = list_folder(
		bench.scratch.arena, scratch_path(&bench.scratch, "out/preview"));
	assert_string_equal(names.at, "anna.pdf\nbert.pdf\n");
	assert_holds(run("--text").out, "Dear Bert\n");
}

static void letters_with_errors_are_left_out_and_counted(void **state)
{
	(void)state;
	write_some();
	scratch_write(&bench.scratch, "some/anna.xml",
		"<recipient xmlns='urn:lettermerge:recipient:1'><nmae>Anna</nmae></recipient>");
	struct outcome outcome = run("");
	assert_int_equal(outcome.code, 1);
	assert_holds(outcome.out, "bert  shows what all letters show\n");
	assert_holds(outcome.err, "W-PROOF-LEFT");
	assert_holds(run("anna").err, "E-PROOF-ONE");
}

static int set_up(void **state)
{
	(void)state;
	bench.scratch = scratch_new();
	bench.diags = diags_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	diags_free(bench.diags);
	scratch_free(&bench.scratch);
	return 0;
}

#define proof_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		proof_test(the_example_and_the_samples_are_shown_whole),
		proof_test(of_many_letters_a_few_are_chosen_and_what_none_shows_is_named),
		proof_test(the_set_does_not_depend_on_the_number_of_workers),
		proof_test(each_letter_is_written_and_says_why),
		proof_test(letters_with_errors_are_left_out_and_counted),
	};
	assert_int_equal(argc, 3);
	program = argv[1];
	root = argv[2];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
