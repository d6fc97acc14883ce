/* foreign.c - what elements and attributes of HTML, and words that people try, are called here. */
#include "template/template_int.h"

#define STYLE_FILE "in the style's file"

static const struct {
	const char *names, *hint;
} elements[] = {
	{"b bold", "write <strong>…</strong>"},
	{"i italic cite dfn var emph", "write <em>…</em>"},
	{"u ins underline",
		"write <em>…</em>, or <element name=\"em\" weight=\"bold\"/> " STYLE_FILE
		" to have it stand out more: what is underlined is a link"},
	{"font big small tt basefont",
		"write <em> or <strong>: family, size and colour are in the style's file, for "
		"example "
		"<element name=\"strong\" colour=\"#1b365d\"/>"},
	{"center", "write <element name=\"p\" align=\"centre\"/> " STYLE_FILE},
	{"div section article main aside nav body html head",
		"take its tags out, and leave what is in them: blocks stand straight in <letter>"},
	{"h1", "write <subject>…</subject> or <heading level=\"1\">…</heading>"},
	{"h2", "write <heading level=\"2\">…</heading>"},
	{"h3", "write <heading level=\"3\">…</heading>"},
	{"h4", "write <heading level=\"4\">…</heading>"},
	{"h5 h6", "write <heading level=\"5\">…</heading>"},
	{"img picture figure svg", "write <image src=\"…\" alt=\"…\" width=\"…\"/>"},
	{"a", "write <link href=\"https://…\">…</link>"},
	{"hr", "write <rule/>"},
	{"tr", "write <row>…</row>"},
	{"td", "write <cell>…</cell>"},
	{"th", "write <cell>…</cell> in <row header=\"yes\">"},
	{"thead tbody tfoot",
		"take its tags out: rows stand straight in <table>, and those with "
		"header=\"yes\" come first"},
	{"caption figcaption", "write it into a <p> before the table or picture"},
	{"col colgroup", "write <table widths=\"40 40 20\">, a share for each column"},
	{"blockquote q", "write <quote>…</quote>, or quotation marks within a sentence"},
	{"footnote fn", "write <note>…</note>"},
	{"s strike del", "take it out: what is crossed out does not stand in a letter"},
	{"code pre kbd samp", "write <p>…</p>, with <br/> for a new line"},
	{"dl menu dir", "write <ul>…</ul>, or a <table>"},
	{"dt dd", "write <li>…</li>"},
	{"style", "write it into a style's file, and name that in <letter style=\"…\">"},
	{"script", "take it out: a letter runs no programs"},
	{"nobr", "write no-break spaces: &#160;"},
	{"acronym", "write <abbr title=\"…\">…</abbr>"},
	{"para paragraph text", "write <p>…</p>"},
	{"newline linebreak lb", "write <br/>"},
	{"pagebreak newpage", "take it out: pages are broken where the letter asks for it"},
	{"header", "write <letterhead>…</letterhead>"},
	{"recipient addressee to", "write <address>…</address>"},
	{"greeting dear opening", "write <salutation>…</salutation>"},
	{"ps", "write <postscript>…</postscript>"},
	{"cc copy", "write <copies>…</copies>"},
	{"attachments attachment encl", "write <enclosures>…</enclosures>"},
	{"list", "write <ul>…</ul> or <ol>…</ol>"},
	{"item", "write <li>…</li>"},
	{"value variable placeholder merge mergefield", "write <field name=\"…\"/>"},
	{"for foreach loop repeat", "write <each field=\"…\">…</each>"},
	{"else elseif elsif switch",
		"write <choose><when field=\"…\">…</when><otherwise>…</otherwise></choose>"},
};

/* What CSS and HTML say of looks, and the style's attribute for it. */
static const struct {
	const char *names, *row;
} looks[] = {
	{"align text-align", "align=\"…\""},
	{"color colour", "colour=\"#…\""},
	{"font-weight weight bold", "weight=\"bold\""},
	{"font-style slant italic", "slant=\"italic\""},
	{"font-size size", "size=\"…\""},
	{"font-family family face font", "family=\"…\""},
	{"line-height leading spacing", "leading=\"…\""},
	{"margin-top before padding-top", "before=\"…\""},
	{"margin-bottom after padding-bottom", "after=\"…\""},
	{"margin-left padding-left indent text-indent", "indent-left=\"…\""},
	{"margin-right padding-right", "indent-right=\"…\""},
	{"display visibility show hidden", "show=\"no\""},
};

static const struct {
	const char *names, *hint;
} attributes[] = {
	{"id name", "take it out"},
	{"lang language", "write xml:lang=\"…\""},
	{"border cellpadding cellspacing valign bgcolor background height",
		"take it out: how a table or picture looks is the style's, and a picture's height "
		"follows from its width"},
	{"colspan rowspan", "take it out: each row has a <cell> for each column"},
	{"target rel", "take it out: whoever reads decides how a link opens"},
	{"type start", "take it out: lists are numbered from 1"},
	{"onclick", "take it out: a letter runs no programs"},
};

static bool holds(const char *names, struct str name)
{
	struct str rest = str_of(names), one;
	while (str_split(&rest, ' ', &one))
		if (one.len == name.len &&
			strncasecmp(one.at, name.at ? name.at : "", (size_t)name.len) == 0)
			return true;
	return false;
}

const char *foreign_element_hint(struct arena *arena, struct str name)
{
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		if (holds(tag_element(tag), name))
			return str_format(arena, "write <%s>, in small letters", tag_element(tag))
				.at;
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (holds(elements[i].names, name))
			return elements[i].hint;
	return NULL;
}

static const char *find_look(struct str name)
{
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		if (holds(looks[i].names, str_trim(name)))
			return looks[i].row;
	return NULL;
}

/* "text-align: center; color: red": of each property that has a row, that row. */
static struct str find_looks(struct arena *arena, struct str css, bool in_line)
{
	struct str rest = css, one, rows = {0};
	while (str_split(&rest, ';', &one)) {
		struct str name = one;
		str_split(&name, ':', &one);
		const char *row = find_look(one);
		if (row)
			rows = str_format(arena, "%.*s %s", str_arg(rows), row);
	}
	if (rows.len == 0)
		rows = in_line ? str_lit(" weight=\"…\"") : str_lit(" align=\"…\"");
	return rows;
}

const char *foreign_attribute_hint(
	struct arena *arena, struct str element, const struct xml_attribute *given)
{
	bool in_line = tag_class(tag_find(element)) == CLASS_INLINE;
	bool general = str_is(given->name, "style") || str_is(given->name, "class");
	const char *look = find_look(given->name);
	if (general || look) {
		struct str css = str_is(given->name, "style") ? given->value : str_lit("");
		struct str rows = look ? str_format(arena, " %s", look)
				       : find_looks(arena, css, in_line);
		return str_format(arena,
			"take it out, and write <element name=\"%.*s\"%.*s/> " STYLE_FILE
			", which holds for every <%.*s>",
			str_arg(element), str_arg(rows), str_arg(element))
			.at;
	}
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (holds(attributes[i].names, given->name))
			return attributes[i].hint;
	return NULL;
}
