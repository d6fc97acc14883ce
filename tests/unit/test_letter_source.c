/* The XML of a merged letter, byte by byte: test_source.c reads it again, which what is left out in
 * both would not show. */
#include "room.h"

static const char *source_of(struct room *room, const char *xml)
{
	struct template *template = template_read(room->arena, str_of(xml), "t.xml", room->diags);
	struct letter *letter = room_letter(room, template, "<name>A &amp; B</name>");
	if (!letter)
		fail_msg("%s", diags_at(room->diags, 0)->text);
	struct buf out = {0};
	letter_source(letter, &out);
	const char *copy = str_copy(room->arena, buf_text(&out)).at;
	buf_free(&out);
	return copy;
}

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<letter xmlns=\"" TEMPLATE_NAMESPACE "\""
#define FIELDS "<fields><declare name='name'/></fields>"

static void all_that_a_letter_says_of_itself_is_in_it(void **state)
{
	const char
		*xml = "<letter xmlns='" TEMPLATE_NAMESPACE
		       "' xml:lang='ar' style='a&amp;b.xml' date='2020-10-13' dir='rtl' "
		       "watermark='{{x}} &lt;{name}>'><title>T &lt; <field name='name'/></title>"
		       "<author>C &amp; D</author><description>E &gt; F</description>"
		       "<keywords>g, h</keywords>" FIELDS
		       "<p>Hello <link href='https://e.org/{{b}}?a&amp;b'>you</link>.</p></letter>";
	assert_string_equal(source_of(*state, xml),
		HEAD " xml:lang=\"ar\" style=\"a&amp;b.xml\" date=\"2020-10-13\" dir=\"rtl\""
		     " watermark=\"{{x}} &lt;A &amp; B&gt;\">\n"
		     "<title>T &lt; A &amp; B</title>\n<author>C &amp; D</author>\n"
		     "<description>E &gt; F</description>\n<keywords>g, h</keywords>\n"
		     "<p>Hello <link href=\"https://e.org/{{b}}?a&amp;b\">you</link>.</p>\n"
		     "</letter>\n");
}

static void what_it_does_not_say_is_not(void **state)
{
	const char *xml = "<letter xmlns='" TEMPLATE_NAMESPACE "' xml:lang='en'>"
			  "<title>T</title>" FIELDS "<p><field name='name'/></p><p>x</p></letter>";
	assert_string_equal(source_of(*state, xml),
		HEAD
		" xml:lang=\"en\">\n<title>T</title>\n<p>A &amp; B</p>\n<p>x</p>\n</letter>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		room_test(all_that_a_letter_says_of_itself_is_in_it),
		room_test(what_it_does_not_say_is_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
