/* Two descriptions of a document: what says the same in other words of RDF, what does not, and what
 * cannot be read for certain, which then never says the same. */
#include "verify/xmp.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define META(inside)                                                                 \
	"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"                                     \
	"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">" inside \
	"</rdf:RDF></x:xmpmeta>"
#define ABOUT(more, inside)                                                                 \
	META("<rdf:Description rdf:about=\"\" xmlns:dc=\"urn:dc\"" more ">" inside "</rdf:" \
	     "Description>")
#define TITLE(words) \
	"<dc:title><rdf:Alt><rdf:li xml:lang=\"en\">" words "</rdf:li></rdf:Alt></dc:title>"
#define LETTER ABOUT("", TITLE("A &amp; B"))
#define PACKED(text) "<?xpacket begin=\"\" id=\"W5\"?>" text "<?xpacket end=\"w\"?>"
#define TEN(text) text text text text text text text text text text
#define HUNDRED(text) TEN(TEN(text))

static const struct row {
	const char *name, *before, *after;
} same[] = {
	{"itself", LETTER, LETTER},
	{"in a packet", LETTER, PACKED(LETTER)},
	{"with blanks between", LETTER,
		"\n " META("\r\n\t<rdf:Description  rdf:about=\"\"\n xmlns:dc=\"urn:dc\" > " TITLE(
			"A &amp; B") "</rdf:Description\t>\n") "\n"},
	{"blanks around words", LETTER, ABOUT("", TITLE("\n A &amp; B\t"))},
	{"single quotation marks", LETTER,
		META("<rdf:Description rdf:about='' xmlns:dc='urn:dc'>" TITLE(
			"A &amp; B") "</rdf:"
				     "Description>")},
	{"an attribute for an element", ABOUT("", "<dc:format>a</dc:format>"),
		ABOUT(" dc:format=\"a\"", "")},
	{"an element for an attribute", ABOUT(" dc:format=\"a\"", ""),
		ABOUT("", "<dc:format >a</dc:format >")},
	{"references", ABOUT("", "<dc:format>&quot;&apos;&lt;&gt;</dc:format>"),
		ABOUT(" dc:format='\"&apos;&lt;>'", "")},
	{"another order", ABOUT("", "<dc:a>1</dc:a><dc:b>2</dc:b>"),
		ABOUT("", "<dc:b>2</dc:b><dc:a>1</dc:a>")},
	{"another program, later", LETTER,
		ABOUT("",
			TITLE("A &amp; B") "<xmp:ModifyDate>2030</xmp:ModifyDate><xmp:MetadataDate>"
					   "2030</xmp:MetadataDate><pdf:Producer>P</"
					   "pdf:Producer>")},
	{"a namespace that is not used is gone", ABOUT(" xmlns:e=\"urn:e\"", TITLE("A &amp; B")),
		LETTER},
};

static const struct row others[] = {
	{"nothing", LETTER, ""},
	{"nothing but blanks", LETTER, " \n"},
	{"another word", LETTER, ABOUT("", TITLE("A &amp; C"))},
	{"a word more", LETTER, ABOUT("", TITLE("A &amp; B") "<dc:format>x</dc:format>")},
	{"an empty property more", LETTER, ABOUT("", TITLE("A &amp; B") "<dc:format/>")},
	{"a property less", ABOUT("", "<dc:a>1</dc:a><dc:b/>"), ABOUT("", "<dc:a>1</dc:a>")},
	{"another property", LETTER,
		ABOUT("",
			"<dc:name><rdf:Alt><rdf:li xml:lang=\"en\">A &amp; B</rdf:li></rdf:Alt>"
			"</dc:name>")},
	{"another language", LETTER,
		ABOUT("",
			"<dc:title><rdf:Alt><rdf:li xml:lang=\"cy\">A &amp; B</rdf:li></rdf:Alt>"
			"</dc:title>")},
	{"no language", LETTER,
		ABOUT("", "<dc:title><rdf:Alt><rdf:li>A &amp; B</rdf:li></rdf:Alt></dc:title>")},
	{"words as a resource", ABOUT("", "<dc:a>urn:x</dc:a>"),
		ABOUT("", "<dc:a rdf:resource=\"urn:y\"/>")},
	{"another namespace", LETTER,
		META("<rdf:Description rdf:about=\"\" xmlns:dc=\"urn:evil\">" TITLE(
			"A &amp; B") "</rdf:Description>")},
	{"a namespace more", LETTER, ABOUT(" xmlns:e=\"urn:e\"", TITLE("A &amp; B"))},
	{"RDF that is another", LETTER,
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"urn:rdf\">"
		"<rdf:Description rdf:about=\"\" xmlns:dc=\"urn:dc\">" TITLE(
			"A &amp; B") "</rdf:Description></rdf:RDF></x:xmpmeta>"},
	{"about another thing", LETTER,
		META("<rdf:Description rdf:about=\"urn:x\" xmlns:dc=\"urn:dc\">" TITLE(
			"A &amp; B") "</rdf:Description>")},
	{"a literal of XML", LETTER,
		ABOUT("", TITLE("A &amp; B") "<dc:a rdf:parseType=\"Literal\"/>")},
	{"a producer of many words", LETTER,
		ABOUT("", TITLE("A &amp; B") "<pdf:Producer>" HUNDRED("abc") "</pdf:Producer>")},
	{"a character by its number", LETTER, ABOUT("", TITLE("&#65; &amp; B"))},
	{"words outside", LETTER, LETTER "A"},
	/* not read for certain */
	{"a comment", LETTER, ABOUT("", TITLE("A &amp; B") "<!-- -->")},
	{"CDATA", LETTER, ABOUT("", TITLE("<![CDATA[A & B]]>"))},
	{"a document type", LETTER, "<!DOCTYPE x>" LETTER},
	{"a declaration", LETTER, "<?xml version=\"1.0\"?>" LETTER},
	{"an instruction", LETTER, ABOUT("", TITLE("A &amp; B") "<?evil x?>")},
	{"a packet within", LETTER, ABOUT("", "<?xpacket x?>" TITLE("A &amp; B"))},
	{"a long packet", LETTER, "<?xpacket " HUNDRED("abc") "?>" LETTER},
	{"an element in a packet's head", LETTER, "<?xpacket <a/>?>" LETTER},
	{"an element not closed", LETTER, ABOUT("", TITLE("A &amp; B") "<dc:a>")},
	{"an element closed twice", LETTER, ABOUT("", TITLE("A &amp; B") "</dc:a>")},
	{"one closed by another name", ABOUT("", "<dc:a/>"), ABOUT("", "<dc:a></dc:b>")},
	{"one closed first", LETTER, "</x>" LETTER},
	{"an element without a name", LETTER, ABOUT("", TITLE("A &amp; B") "< />")},
	{"an attribute without a value", LETTER, ABOUT(" dc:a", TITLE("A &amp; B"))},
	{"an attribute without marks", LETTER, ABOUT(" dc:a=b", TITLE("A &amp; B"))},
	{"an attribute not closed", LETTER, ABOUT(" dc:a=\"b", TITLE("A &amp; B"))},
	{"an attribute without a name", LETTER, ABOUT(" =\"\"", TITLE("A &amp; B"))},
	{"elements too deep", LETTER, ABOUT("", TITLE("A &amp; B") TEN("<a><b><c><d>"))},
};

static bool says_the_same(struct str before, struct str after)
{
	struct arena *arena = arena_new();
	bool is = xmp_says_the_same(arena, before, after);
	arena_free(arena);
	return is;
}

static void how_it_is_written_does_not_matter(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (!says_the_same(str_of(same[i].before), str_of(same[i].after)))
			fail_msg("%s: is said to differ", same[i].name);
}

static void what_it_says_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (says_the_same(str_of(others[i].before), str_of(others[i].after)))
			fail_msg("%s: is said to be the same", others[i].name);
}

/* Room that programs leave is, more is not; nor are more facts than a letter's. */
static void too_much_of_it_is_not_read(void **state)
{
	static const struct {
		const char *piece;
		int times;
		bool same;
	} cases[] = {{" ", 8000, true}, {" ", 9000, false}, {"<a>1</a>", 1000, false}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf more = {0};
		for (int k = 0; k < cases[i].times; k++)
			buf_puts(&more, cases[i].piece);
		struct buf text = {0};
		buf_format(&text, "<a>1</a>%.*s", str_arg(buf_text(&more)));
		assert_int_equal(
			says_the_same(str_lit("<a>1</a>"), buf_text(&text)), cases[i].same);
		buf_free(&more);
		buf_free(&text);
	}
}

static void one_that_is_cut_off_never_says_it(void **state)
{
	(void)state;
	struct str whole = str_lit(LETTER);
	for (int len = 0; len < whole.len; len++)
		if (says_the_same(whole, str_slice(whole, 0, len)) ||
			says_the_same(str_slice(whole, 0, len), whole))
			fail_msg("cut off after %d bytes: is said to be the same", len);
}

static void one_of_another_byte_never_says_it(void **state)
{
	static const char bytes[] = {
		'<', '>', '/', '&', '"', '\'', '=', '?', '!', 'q', '\0', '\x80'};
	struct arena *arena = arena_new();
	struct str whole = str_lit(LETTER);
	(void)state;
	for (int at = 0; at < whole.len; at++)
		for (size_t i = 0; i < sizeof bytes; i++) {
			char *text = str_chars(arena, whole);
			if (text[at] == bytes[i])
				continue;
			text[at] = bytes[i];
			if (says_the_same(whole, (struct str){text, whole.len}))
				fail_msg("byte %d as %d: is said to be the same", at, bytes[i]);
			arena_reset(arena);
		}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(how_it_is_written_does_not_matter),
		cmocka_unit_test(what_it_says_does),
		cmocka_unit_test(too_much_of_it_is_not_read),
		cmocka_unit_test(one_that_is_cut_off_never_says_it),
		cmocka_unit_test(one_of_another_byte_never_says_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
