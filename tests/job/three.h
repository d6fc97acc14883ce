/* three.h - a small project of three letters, for the tests of what a run knows of them. */
#ifndef TESTS_JOB_THREE_H
#define TESTS_JOB_THREE_H

#include "support/support.h"

static const char letter[] =
	"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" style=\"style.xml\">\n"
	"<title>To <field name=\"name\"/></title>\n"
	"<fields><declare name=\"name\" type=\"text\"/>\n"
	"<declare name=\"town\" type=\"text\" required=\"no\"/>\n"
	"<declare name=\"prize\" type=\"rich\" required=\"no\"/></fields>\n"
	"<salutation>Dear <field name=\"name\"/>,</salutation>\n"
	"<p>The first paragraph is the same for all.</p>\n"
	"<if field=\"prize\"><p>You have won <field name=\"prize\"/>.</p></if>\n"
	"<if field=\"town\" equals=\"Ely\"><table><row><cell>A table</cell><cell>of "
	"two</cell></row></table>"
	"<heading>A heading</heading></if>\n"
	"<closing>Yours sincerely,</closing>\n"
	"</letter>\n";

static const char style[] = "<style xmlns=\"urn:lettermerge:style:1\">\n"
			    "<text family=\"Liberation Sans\"/>\n"
			    "<element name=\"table\" space=\"4pt\"/>\n"
			    "</style>\n";

#define RECORD(fields) "<recipient xmlns=\"urn:lettermerge:recipient:1\">" fields "</recipient>\n"

static inline struct scratch make_project(void)
{
	struct scratch project = scratch_new();
	scratch_write(&project, "templates/letter.xml", letter);
	scratch_write(&project, "templates/style.xml", style);
	scratch_write(&project, "recipients/a.xml", RECORD("<name>Ann</name>"));
	scratch_write(&project, "recipients/b.xml",
		RECORD("<name>Bea</name><prize>a <em>cake</em></prize>"));
	scratch_write(&project, "recipients/c.xml", RECORD("<name>Cai</name><town>Ely</town>"));
	return project;
}

static inline int count_lines(struct str text, const char *part)
{
	struct str line;
	int count = 0;
	while (str_split(&text, '\n', &line))
		count += str_find(line, part) >= 0;
	return count;
}

#endif
