/* Other words for a value of a record: the bytes of its file, of which nothing else changes. */
#include "base/diag_id.h"
#include "room.h"

#define HEAD "<recipient xmlns='urn:lettermerge:recipient:1'>"
#define TAIL "</recipient>"

static const char declarations[] =
	"<declare name='a'/><declare name='address' type='lines'/><declare name='rich' "
	"type='rich'/>"
	"<declare name='unit.name'/><declare name='books' type='list'><declare name='title'/>"
	"</declare>";

static const struct template *declare(struct room *room)
{
	struct diags *kept = room->diags;
	room->diags = diags_new(); /* that nothing is used */
	const struct template *template = room_template(room, declarations, "<p>x</p>");
	if (!template)
		fail_msg("%s", diags_at(room->diags, 0)->text);
	diags_free(room->diags);
	room->diags = kept;
	return template;
}

static const struct value *find(const struct value *values, const char *name, int number)
{
	for (; values; values = values->next) {
		const struct value *part = find(values->parts, name, number);
		if (part)
			return part;
		if (str_is(values->name, name) && !values->parts && number-- == 0)
			return values;
	}
	return NULL;
}

static bool edit(struct room *room, struct str bytes, const struct value *value, const char *words,
	struct buf *out)
{
	static const struct recipient record = {.id = {"r", 1}, .where = "r.xml"};
	struct recipient edited;
	const struct template *template = declare(room);
	const struct edit edit = {.record = &record,
		.value = value,
		.template = template,
		.words = str_of(words),
		.lines = value_has_lines(
			value, template_find_field(template->fields, value->name))};
	return recipient_edit(room->arena, bytes, &edit, out, &edited, room->diags);
}

/* From one to the other and back. */
static void check_both_ways(
	struct room *room, const char *name, const char *const *bytes, const char *const *words)
{
	for (int way = 0; way < 2; way++) {
		struct recipient record;
		struct buf out = {0};
		assert_true(recipient_read(room->arena, str_of(bytes[way]), "r.xml", declare(room),
			&record, room->diags));
		const struct value *value = find(record.values, name, 0);
		assert_non_null(value);
		if (!edit(room, str_of(bytes[way]), value, words[1 - way], &out))
			fail_msg("%s: %s, \"%s\"", bytes[way], diags_at(room->diags, 0)->text,
				buf_text(&out).at);
		assert_string_equal(buf_text(&out).at, bytes[1 - way]);
		buf_free(&out);
	}
	assert_int_equal(diags_len(room->diags), 0);
}

static const struct {
	const char *field, *before, *after, *was, *now;
} edits[] = {
	{"a",
		"\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<!-- <a>no</a> -->\r\n" HEAD
		"\r\n  <a  standing = 'seen'\r\n  source=\"x > y\" >  Ann\r\n    Lee </a ><!-- and "
		"-->\r\n" TAIL "\r\n<?x y?>",
		"\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<!-- <a>no</a> -->\r\n" HEAD
		"\r\n  <a  standing = 'seen'\r\n  source=\"x > y\" >  Ann\r\n    Loe </a ><!-- and "
		"-->\r\n" TAIL "\r\n<?x y?>",
		"Ann Lee", "Ann Loe"},
	{"a", HEAD "<a>R&amp;D &#60; 5</a>" TAIL, HEAD "<a>R&amp;B &#60; 5</a>" TAIL, "R&D < 5",
		"R&B < 5"},
	{"a", HEAD "<a>A</a>" TAIL, HEAD "<a>A &amp; &lt;b&gt; &quot;c&quot;</a>" TAIL, "A",
		"A & <b> \"c\""},
	{"a", HEAD "<a><![CDATA[R&D <5>]]></a>" TAIL, HEAD "<a><![CDATA[R&D <6>]]></a>" TAIL,
		"R&D <5>", "R&D <6>"},
	{"a", HEAD "<a>Zo\xC3\xAB &#x26; Bo</a>" TAIL, HEAD "<a>Zo\xC3\xA9 &#x26; Bo</a>" TAIL,
		"Zo\xC3\xAB & Bo", "Zo\xC3\xA9 & Bo"},
	{"a", "<?xml version='1.0' encoding='US-ASCII'?>" HEAD "<a>Zoe</a>" TAIL,
		"<?xml version='1.0' encoding='US-ASCII'?>" HEAD "<a>Zo&#xEB;</a>" TAIL, "Zoe",
		"Zo\xC3\xAB"},
	{"address",
		HEAD "<address>\r\n  <line>1 Lane</line>\r\n  <!-- x -->\r\n  <line "
		     "xml:lang='cy'\r\n>Tref"
		     "</line>\r\n</address>" TAIL,
		HEAD "<address>\r\n  <line>1 Lane</line>\r\n  <!-- x -->\r\n  <line "
		     "xml:lang='cy'\r\n>Trev"
		     "</line>\r\n</address>" TAIL,
		"1 Lane\nTref", "1 Lane\nTrev"},
	{"address", HEAD "<address>\n\t<line>1 Lane</line>\n\t<line>Rye</line>\n</address>" TAIL,
		HEAD
		"<address>\n\t<line>1 Lane</line>\n\t<line>Old &amp; Co</line>\n\t<line>Rye</line>"
		"\n</address>" TAIL,
		"1 Lane\nRye", "1 Lane\nOld & Co\nRye"},
	{"address", HEAD "<address> <line>Rye</line></address>" TAIL,
		HEAD "<address> <line>1 Lane</line> <line>Rye</line></address>" TAIL, "Rye",
		"1 Lane\nRye"},
	{"address", HEAD "<address>1 Lane\r\n   Rye</address>" TAIL,
		HEAD "<address>1 Lane\r\n   Ryde</address>" TAIL, "1 Lane\nRye", "1 Lane\nRyde"},
	{"address", HEAD "<address>1 Lane\r\nRye</address>" TAIL,
		HEAD "<address>1 Lane\r\nOld\r\nRye</address>" TAIL, "1 Lane\nRye",
		"1 Lane\nOld\nRye"},
	{"rich",
		HEAD
		"<rich>See the <!-- x --><em>Annual  Report</em> of\n<link href='https://a.b/?c'>"
		"that <em>year</em></link>, 2019</rich>" TAIL,
		HEAD "<rich>Read the <!-- x --><em>Annual  Report</em> for\n<link "
		     "href='https://a.b/?c'>that great <em>year</em></link>, 2020</rich>" TAIL,
		"See the Annual Report of that year, 2019",
		"Read the Annual Report for that great year, 2020"},
	{"rich", HEAD "<rich>how the unit\n  read <em>all &amp; sundry</em> twice</rich>" TAIL,
		HEAD "<rich>how the unit\n  read <em>all &amp; some</em> twice</rich>" TAIL,
		"how the unit read all & sundry twice", "how the unit read all & some twice"},
	{"unit.name", HEAD "<unit standing='inferred'><name>U<?p q?></name></unit>" TAIL,
		HEAD "<unit standing='inferred'><name>UV<?p q?></name></unit>" TAIL, "U", "UV"},
	{"title", HEAD "<books><title>One</title></books><books><title>One</title></books>" TAIL,
		HEAD "<books><title>Two</title></books><books><title>One</title></books>" TAIL,
		"One", "Two"},
	{"a", "<r:recipient xmlns:r='urn:lettermerge:recipient:1'><r:a>x</r:a></r:recipient>",
		"<r:recipient xmlns:r='urn:lettermerge:recipient:1'><r:a>y</r:a></r:recipient>",
		"x", "y"},
};

static void only_the_words_change(void **state)
{
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		const char *const bytes[] = {edits[i].before, edits[i].after};
		const char *const words[] = {edits[i].was, edits[i].now};
		check_both_ways(*state, edits[i].field, bytes, words);
	}
}

/* What cannot be had back by the edit that undoes it. */
static const struct {
	const char *field, *before, *words, *after;
} ways[] = {
	{"a", HEAD "<a>Ann <!-- who? -->Mary Lee</a>" TAIL, "Anna Lee",
		HEAD "<a>Anna<!-- who? --> Lee</a>" TAIL},
	{"a", HEAD "<a>  <!-- who? --> </a>" TAIL, "Bo", HEAD "<a>Bo  <!-- who? --> </a>" TAIL},
	{"a", HEAD "<a>A<![CDATA[&]]>B</a>" TAIL, "x", HEAD "<a>x<![CDATA[]]></a>" TAIL},
	{"a", HEAD "<a><![CDATA[<b>]]></a>" TAIL, "<b>]]>",
		HEAD "<a><![CDATA[<b>]]>]]&gt;<![CDATA[]]></a>" TAIL},
	{"a", HEAD "<a source='S'/>" TAIL, "Bo & Co", HEAD "<a source='S'>Bo &amp; Co</a>" TAIL},
	{"a", "<r:recipient xmlns:r='urn:lettermerge:recipient:1'><r:a /></r:recipient>", "x",
		"<r:recipient xmlns:r='urn:lettermerge:recipient:1'><r:a >x</r:a></r:recipient>"},
	{"a", HEAD "<a>Bo</a>" TAIL, "", HEAD "<a></a>" TAIL},
	{"a", HEAD "<a>Bo</a>" TAIL, " Bo\r\n Lee ", HEAD "<a>Bo Lee</a>" TAIL},
	{"address", HEAD "<address> <line>1</line> <!-- x --> <line>2</line></address>" TAIL, "2",
		HEAD "<address> <!-- x --> <line>2</line></address>" TAIL},
	{"address", HEAD "<address/>\r\n" TAIL, "1\r\n\r\n2",
		HEAD "<address>1\r\n2</address>\r\n" TAIL},
	{"address", HEAD "<address>\n<line>1</line>\n<line/>\n</address>" TAIL, "",
		HEAD "<address>\n<line/>\n</address>" TAIL},
};

static void what_stands_between_words_stays(void **state)
{
	struct room *room = *state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct recipient record;
		struct buf out = {0};
		assert_true(recipient_read(room->arena, str_of(ways[i].before), "r.xml",
			declare(room), &record, room->diags));
		bool good = edit(room, str_of(ways[i].before),
			find(record.values, ways[i].field, 0), ways[i].words, &out);
		if (!good || !str_is(buf_text(&out), ways[i].after))
			fail_msg("%s: %s %s", ways[i].before, good ? "gives" : "refused, of",
				buf_text(&out).at);
		buf_free(&out);
	}
}

/* One of many: in its own language, at its own place. */
static void one_record_of_many_is_edited(void **state)
{
	struct room *room = *state;
	const char *bytes =
		"<recipients xmlns='urn:lettermerge:recipient:1'>\n<recipient id='x'><a>Bo</a>"
		"</recipient>\n<!-- <recipient/> --><recipient "
		"id='y'><a>Bo</a></recipient></recipients>";
	struct value value = {.name = str_lit("a"), .at = place_of("r.xml", 3, 40)};
	struct buf out = {0};
	assert_true(edit(room, str_of(bytes), &value, "Cy", &out));
	assert_string_equal(buf_text(&out).at,
		"<recipients xmlns='urn:lettermerge:recipient:1'>\n<recipient id='x'><a>Bo</a>"
		"</recipient>\n<!-- <recipient/> --><recipient "
		"id='y'><a>Cy</a></recipient></recipients>");
	assert_true(str_is(value_element(str_of(bytes), &value), "<a>Bo</a>"));
	buf_free(&out);
}

static void what_cannot_be_written_is_refused(void **state)
{
	struct room *room = *state;
	static const struct {
		const char *field, *before, *now, *words;
		enum diag_id id;
	} cases[] = {
		{"a", "<a>x</a>", "<a>x</a>", "x\x01", DIAG_EDIT_CHARACTER},
		{"a", "<a>x</a>", "<a>x</a>", "x\xEF\xBF\xBF", DIAG_EDIT_CHARACTER},
		{"a", "<a>x</a>", "<a>x</a>", "x\xFF", DIAG_EDIT_CHARACTER},
		{"a", "<a>x</a>", "<b>x</b>", "y", DIAG_EDIT_PLACE},
		{"a", "<a>x</a>", "<!-- --><a>x</a>", "y", DIAG_EDIT_PLACE},
		{"a", "<a>x</a>", "<a>x<a>", "y", DIAG_EDIT_PLACE},
		{"rich", "<rich>a <em>b</em> c</rich>", "<rich>a <em>b</em> c</rich>", "a x",
			DIAG_EDIT_TAG},
		{"rich", "<rich>a b <em>c d</em> e</rich>", "<rich>a b <em>c d</em> e</rich>",
			"v w x y z", DIAG_EDIT_TAG},
		{"address", "<address><line>a</line></address>",
			"<address><line>a<b/></line></address>", "b", DIAG_EDIT_PLACE},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct recipient record;
		struct buf out = {0};
		assert_true(room_record(room, declare(room), cases[i].before, &record));
		struct str now = str_format(room->arena, HEAD "%s" TAIL, cases[i].now);
		diags_clear(room->diags);
		assert_false(edit(
			room, now, find(record.values, cases[i].field, 0), cases[i].words, &out));
		assert_only(room, cases[i].id);
		buf_free(&out);
	}
}

/* The tags of some XML, without what stands between them. */
static struct str tags_of(struct room *room, struct str bytes)
{
	struct buf tags = {0};
	bool inside = false;
	for (int i = 0; i < bytes.len; i++) {
		inside |= bytes.at[i] == '<';
		if (inside)
			buf_char(&tags, bytes.at[i]);
		inside &= bytes.at[i] != '>';
	}
	struct str copy = str_copy(room->arena, buf_text(&tags));
	buf_free(&tags);
	return copy;
}

static unsigned draw(unsigned *seed, unsigned below)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 16) % below;
}

/* Words left out, put in and taken for others, by chance: as it was asked for, or not at all. */
static void tags_stay_whatever_changes(void **state)
{
	struct room *room = *state;
	static const char *const words[] = {"a", "b", "c", "d,", "e", "a", "f&amp;g", "h"};
	const struct str before = str_lit(
		HEAD "<rich>a <em>b c</em>\n<!-- x --><link href='https://a.b/?c'>d, "
		     "<em>e</em> a</link> f&amp;g<note>h</note></rich>" TAIL);
	struct recipient record;
	int done = 0, refused = 0;
	unsigned seed = 1;
	assert_true(
		recipient_read(room->arena, before, "r.xml", declare(room), &record, room->diags));
	for (int round = 0; round < 400; round++) {
		struct buf now = {0}, out = {0};
		for (int i = 0; i < 8; i++) {
			unsigned what = draw(&seed, 20);
			const char *word = words[what == 1 ? (int)draw(&seed, 8) : i];
			if (what)
				buf_format(&now, "%s%s", now.len ? " " : "",
					what == 2                ? "x"
						: word[1] == '&' ? "f&g"
								 : word);
			if (what == 3)
				buf_puts(&now, " y z");
		}
		diags_clear(room->diags);
		bool good = edit(
			room, before, find(record.values, "rich", 0), buf_text(&now).at, &out);
		done += good;
		refused += !good;
		if (good && !str_eq(tags_of(room, buf_text(&out)), tags_of(room, before)))
			fail_msg("%s became %s", buf_text(&now).at, buf_text(&out).at);
		if (!good && now.len)
			assert_only(room, DIAG_EDIT_TAG);
		buf_free(&now);
		buf_free(&out);
	}
	if (done < 40 || refused < 40)
		fail_msg("%d done, %d refused", done, refused);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(only_the_words_change),
		room_test(what_stands_between_words_stays),
		room_test(one_record_of_many_is_edited),
		room_test(what_cannot_be_written_is_refused),
		room_test(tags_stay_whatever_changes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
