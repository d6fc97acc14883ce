/* Text is the same however its letters are encoded: names of columns and keys also in capitals,
 * values in conditions, in values="…", in --where, in rows of one id. */
#include "recipients/recipients.h"
#include "room.h"
#include "support/support.h"

/* Both forms of ö, å, ä, é, ŵ: one character, and a letter with a mark behind it. */
#define O_ "o\xCC\x88"
#define A_ "A\xCC\x8A"
#define E_ "e\xCC\x81"
#define W_ "w\xCC\x82"

static const char declarations[] =
	"<declare name='größe'/><declare name='n²' required='no'/><declare name='årsdag' "
	"required='no'/>"
	"<declare name='prénom' type='lines' required='no'/>"
	"<declare name='tŵr' type='list' required='no'><declare name='straße'/></declare>";
static const char blocks[] = "<p><field name='größe'/><field name='årsdag'/><field name='prénom'/>"
			     "<each field='tŵr'><field name='straße'/></each></p>";

/* Reads what a file holds; how many records there were. */
static int read_file(struct room *room, const struct template *template, const char *name,
	const char *text, const char *where)
{
	struct scratch scratch = scratch_new();
	struct str asked = str_of(where ? where : "");
	struct recipients_options options = {.where = &asked, .where_count = where ? 1 : 0};
	struct recipient recipient;
	int count = 0;
	scratch_write(&scratch, name, text);
	struct recipients *source = recipients_open(
		scratch_path(&scratch, name), template, &options, room->diags);
	enum recipients_result result = RECIPIENTS_GOOD;
	while (source && result != RECIPIENTS_END) {
		result = recipients_next(source, room->arena, &recipient, room->diags);
		count += result == RECIPIENTS_GOOD;
	}
	recipients_close(source);
	scratch_free(&scratch);
	return count;
}

static void names_of_columns_and_keys_find_their_fields(void **state)
{
	static const char *const files[] = {"gr" O_ "ße,årsdag,prénom 1,tŵr 1 straße\n1,2,3,4\n",
		"GRÖSSE,Årsdag,PR" E_ "NOM-LINE-2,TŴR 2 STRASSE\n1,2,3,4\n",
		"Gr" O_ "ße\xC2\xA0," A_ "RSDAG,Pr" E_ "nom,T" W_ "r 1 Straße\n1,2,3,4\n",
		"Grö\xC2\xADße,ÅRSDAG,Pré\xE2\x80\x8Bnom,Straße\n1,2,3,4\n",
		"ＧＲÖSSE,årsdag,Prénom,tŵr\n1,2,3,4\n",
		"{\"GRÖẞE\":1,\"" A_ "rsdag\":2,\"PRÉNOM\":3,\"T" W_ "R\":[{\"STRASSE\":4}]}\n"};
	struct room *room = *state;
	struct template *template = room_template(room, declarations, blocks);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		int count = read_file(
			room, template, *files[i] == '{' ? "a.jsonl" : "a.csv", files[i], NULL);
		if (count != 1 || diags_len(room->diags))
			fail_msg("%s: %d records, %s", files[i], count,
				diags_len(room->diags) ? diags_at(room->diags, 0)->text : "");
	}
}

static void names_that_differ_stay_apart(void **state)
{
	static const char *const files[] = {"grosse\n1\n", "Gr" O_ "sse\n1\n",
		"größe,arsdag\n1,2\n", "größe,tẁr 1 straße\n1,2\n", "größe,Tŵr 1 Strasse\n1,2\n",
		"größe,n2\n1,2\n", "größe,n\xE2\x91\xA1\n1,2\n"};
	struct room *room = *state;
	struct template *template = room_template(room, declarations, blocks);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		diags_clear(room->diags);
		read_file(room, template, "a.csv", files[i], NULL);
		if (!diags_len(room->diags))
			fail_msg("%s", files[i]);
	}
}

static void conditions_and_allowed_values_hold(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room,
		"<declare name='a' values='Köln Bonn'/><declare name='b'/>",
		"<p><if field='a' equals='Köln'>Rhein</if><choose><when field='b' "
		"equals='Ångström'>"
		"Fysik</when><otherwise>no</otherwise></choose></p>");
	struct letter *letter = room_letter(
		room, template, "<a>K" O_ "ln</a><b>" A_ "ngstr" O_ "m</b>");
	assert_int_equal(diags_len(room->diags), 0);
	assert_string_equal(room_text(room, letter->root), "RheinFysik");
}

/* What is printed is what was typed. */
static void a_value_is_not_changed(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(
		room, "<declare name='a'/>", "<p><field name='a'/></p>");
	struct letter *letter = room_letter(room, template, "<a>K" O_ "ln</a>");
	assert_string_equal(room_text(room, letter->root), "K" O_ "ln");
}

static void records_are_chosen(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(
		room, "<declare name='a'/>", "<p><field name='a'/></p>");
	assert_int_equal(
		read_file(room, template, "a.csv", "a\nKöln\nK" O_ "ln\nBonn\n", "a=Köln"), 2);
	assert_int_equal(read_file(room, template, "a.csv", "a\nKöln\nBonn\n", "a=K" O_ "ln"), 1);
}

static void rows_of_one_id_agree(void **state)
{
	struct room *room = *state;
	struct template *template = room_template(room,
		"<declare name='a'/><declare name='b' type='list'><declare name='c'/></declare>",
		"<p><field name='a'/><each field='b'><field name='c'/></each></p>");
	assert_int_equal(
		read_file(room, template, "a.csv", "id,a,c\nx,Köln,1\nx,K" O_ "ln,2\n", NULL), 1);
	assert_int_equal(diags_len(room->diags), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(names_of_columns_and_keys_find_their_fields),
		room_test(names_that_differ_stay_apart),
		room_test(conditions_and_allowed_values_hold),
		room_test(a_value_is_not_changed),
		room_test(records_are_chosen),
		room_test(rows_of_one_id_agree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
