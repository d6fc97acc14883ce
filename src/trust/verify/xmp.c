/* xmp.c - two XMP packets in, do they say the same? out.
 *
 * Other programs write the whole packet anew when they add a signature, and an RDF writer may turn
 * elements into attributes. So both are taken apart into facts (a property, its language, a value),
 * and the facts are compared. Only the little of XML that such packets need is read; whatever else
 * stands there (comments, CDATA, declarations, entities) makes them differ. */
#include "verify/xmp.h"

#include "base/arena.h"
#include "base/ascii.h"

enum { DEPTH_MAX = 32, FREE_MAX = 200, FACTS_MAX = 2000 };

struct fact {
	struct str property, language, value;
};

/* An element that is open. property is its own name, or that of the one around for RDF's. */
struct level {
	struct str name, property, language;
};

struct xmp {
	struct arena *arena;
	struct str text;
	int at;
	struct level open[DEPTH_MAX + 1]; /* the first is none */
	int depth;
	vec(struct fact) facts;
};

/* -- characters */

static int peek(const struct xmp *xmp)
{
	return xmp->at < xmp->text.len ? (unsigned char)xmp->text.at[xmp->at] : -1;
}

static bool take(struct xmp *xmp, const char *word)
{
	struct str rest = str_slice(xmp->text, xmp->at, xmp->text.len);
	bool there = str_starts(rest, word);
	xmp->at += there ? (int)strlen(word) : 0;
	return there;
}

static void skip_space(struct xmp *xmp)
{
	while (ascii_is_space(peek(xmp)))
		xmp->at++;
}

static struct str take_name(struct xmp *xmp)
{
	int from = xmp->at, c;
	while ((c = peek(xmp)) >= 0 && !ascii_is_space(c) && !strchr("=/><\"'&", c))
		xmp->at++;
	return str_slice(xmp->text, from, xmp->at);
}

/* The text without blanks around it, its references resolved. */
static struct str read_text(struct xmp *xmp, struct str raw)
{
	static const struct {
		const char *reference;
		char is;
	} known[] = {
		{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
	struct buf out = {0};
	while (raw.len) {
		size_t i = 0, count = sizeof known / sizeof *known;
		while (i < count && !str_starts(raw, known[i].reference))
			i++;
		buf_char(&out, i < count ? known[i].is : raw.at[0]);
		raw = str_slice(raw, i < count ? (int)strlen(known[i].reference) : 1, raw.len);
	}
	struct str text = str_copy(xmp->arena, buf_text(&out));
	buf_free(&out);
	while (text.len && ascii_is_space(text.at[0]))
		text = str_slice(text, 1, text.len);
	while (text.len && ascii_is_space(text.at[text.len - 1]))
		text.len--;
	return text;
}

/* -- facts */

static void add_fact(struct xmp *xmp, struct str property, struct str language, struct str value)
{
	if (xmp->facts.len < FACTS_MAX)
		*vec_push(xmp->arena, &xmp->facts) = (struct fact){property, language, value};
}

/* A property is a fact of its own, whatever it holds. */
static void add_property(struct xmp *xmp, const struct level *level, struct str name)
{
	add_fact(xmp, name, level->language, str_lit(""));
}

/* RDF's own attributes say how a value is written, or are one. False for what is not known. */
static bool add_attribute(struct xmp *xmp, struct level *level, struct str name, struct str value)
{
	if (str_is(name, "xml:lang"))
		level->language = value;
	else if (str_is(name, "rdf:parseType"))
		return str_is(value, "Resource");
	else if (str_is(name, "rdf:about"))
		return value.len == 0;
	else if (str_is(name, "rdf:resource"))
		add_fact(xmp, level->property, level->language, value);
	else if (str_starts(name, "xmlns"))
		add_fact(xmp, name, str_lit(""), value);
	else {
		add_property(xmp, level, name);
		add_fact(xmp, name, level->language, value);
	}
	return true;
}

static bool read_attributes(struct xmp *xmp, struct level *level)
{
	for (skip_space(xmp); peek(xmp) >= 0 && !strchr("/>", peek(xmp)); skip_space(xmp)) {
		struct str name = take_name(xmp);
		int quote = take(xmp, "=") ? peek(xmp) : -1, from = ++xmp->at;
		if (!name.len || (quote != '"' && quote != '\''))
			return false;
		while (peek(xmp) >= 0 && peek(xmp) != quote && peek(xmp) != '<')
			xmp->at++;
		struct str value = read_text(xmp, str_slice(xmp->text, from, xmp->at));
		if (peek(xmp) != quote || !add_attribute(xmp, level, name, value))
			return false;
		xmp->at++;
	}
	return true;
}

static bool read_open(struct xmp *xmp)
{
	if (xmp->depth == DEPTH_MAX)
		return false;
	struct level *level = &xmp->open[xmp->depth + 1];
	*level = xmp->open[xmp->depth];
	level->name = take_name(xmp);
	bool own = !str_starts(level->name, "rdf:");
	if (own)
		level->property = level->name;
	if (!level->name.len || !read_attributes(xmp, level))
		return false;
	if (own)
		add_property(xmp, &xmp->open[xmp->depth], level->name);
	xmp->depth++;
	if (take(xmp, "/>"))
		return xmp->depth--, true;
	return take(xmp, ">");
}

static bool read_close(struct xmp *xmp)
{
	struct str name = take_name(xmp);
	skip_space(xmp);
	return take(xmp, ">") && xmp->depth && str_eq(name, xmp->open[xmp->depth--].name);
}

/* <?xpacket …?> around all. */
static bool read_packet(struct xmp *xmp)
{
	int from = xmp->at;
	while (peek(xmp) >= 0 && !strchr("?<", peek(xmp)))
		xmp->at++;
	return take(xmp, "?>") && xmp->depth == 0 && xmp->at - from < FREE_MAX;
}

static bool read_words(struct xmp *xmp)
{
	int from = xmp->at;
	while (peek(xmp) >= 0 && peek(xmp) != '<')
		xmp->at++;
	struct str text = read_text(xmp, str_slice(xmp->text, from, xmp->at));
	const struct level *level = &xmp->open[xmp->depth];
	if (text.len)
		add_fact(xmp, level->property, level->language, text);
	return !text.len || xmp->depth;
}

static bool read_all(struct xmp *xmp, struct arena *arena, struct str text)
{
	*xmp = (struct xmp){.arena = arena, .text = text};
	bool good = true;
	while (good && xmp->at < text.len)
		good = take(xmp, "<?xpacket ") ? read_packet(xmp)
			: take(xmp, "</")      ? read_close(xmp)
			: take(xmp, "<")       ? read_open(xmp)
					       : read_words(xmp);
	return good && xmp->depth == 0 && xmp->facts.len < FACTS_MAX;
}

/* -- compared */

/* Who wrote the packet, and when, with what RDF needs to be written at all. */
static bool is_free(const struct fact *fact)
{
	static const char *const names[] = {"xmp:ModifyDate", "xmp:MetadataDate", "pdf:Producer",
		"x:xmptk", "xmlns:x", "xmlns:rdf"};
	static const char *const spaces[] = {
		"", "", "", "", "adobe:ns:meta/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(fact->property, names[i]))
			return *spaces[i] ? str_is(fact->value, spaces[i])
					  : fact->value.len < FREE_MAX;
	return false;
}

static bool has(const struct xmp *xmp, const struct fact *fact)
{
	for (int i = 0; i < xmp->facts.len; i++) {
		const struct fact *is = &xmp->facts.at[i];
		if (str_eq(is->property, fact->property) && str_eq(is->language, fact->language) &&
			str_eq(is->value, fact->value))
			return true;
	}
	return false;
}

/* A namespace that nothing is written in may be left out, but none may be added. */
static bool has_all(const struct xmp *xmp, const struct xmp *of, bool spaces)
{
	for (int i = 0; i < of->facts.len; i++) {
		const struct fact *fact = &of->facts.at[i];
		if (!is_free(fact) && !has(xmp, fact) &&
			(spaces || !str_starts(fact->property, "xmlns")))
			return false;
	}
	return true;
}

bool xmp_says_the_same(struct arena *arena, struct str before, struct str after)
{
	enum { MORE_MAX = 8192 }; /* room that programs leave in a packet */
	struct xmp old, new;
	return after.len <= 2 * before.len + MORE_MAX && read_all(&old, arena, before) &&
		read_all(&new, arena, after) && has_all(&new, &old, false) &&
		has_all(&old, &new, true);
}
