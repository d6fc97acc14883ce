/* grammar_letter.c - the grammar of a letter template, from the tables of vocabulary.c.
 *
 * A context is what may stand somewhere: the contents of a holder, less the elements that an
 * element further out bars (no note in a note). RELAX NG has no "but not", so each context that is
 * met is written out under a name of its own, "inlines-without-note"; so is each element, since
 * what it holds depends on where it stands, and each control element, since it holds what its
 * parent does. Names are made from the contents, so equal ones are written once; the list of those
 * still to be written grows while it is worked off, and ends because there are finitely many. */
#include "grammar.h"
#include "places.h"

struct context {
	enum tag holder; /* one for all that hold the same */
	uint64_t barred; /* tags, by bit */
};

struct definition {
	enum tag tag; /* TAG_COUNT: the context itself */
	struct context context;
};

struct grammar {
	struct arena *arena;
	struct buf *out;
	uint64_t below[TAG_COUNT]; /* what may stand in it, at any depth */
	vec(struct definition) pending;
	vec(struct str) names; /* of the pending, to write each once */
};

/* -- contexts ---------------------------------------------------------------------------------- */

static void find_below(struct grammar *grammar)
{
	for (bool more = true; more;) {
		more = false;
		for (enum tag holder = TAG_TEXT; holder < TAG_COUNT; holder++) {
			uint64_t found = grammar->below[holder];
			for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
				if (!place_is_control(tag) && tag_may_stand(tag, holder))
					found |= tag_bit(tag) | grammar->below[tag];
			more |= found != grammar->below[holder];
			grammar->below[holder] = found;
		}
	}
}

static enum tag canonical(enum tag holder)
{
	switch (tag_content(holder)) {
	case CONTENT_TEXT:
		return TAG_P;
	case CONTENT_LINES:
		return holder == TAG_COLUMN                     ? TAG_COLUMN
			: tag_may_stand(TAG_IMAGE, holder)      ? TAG_LETTERHEAD
			: tag_may_stand(TAG_ATTACHMENT, holder) ? TAG_ENCLOSURES
								: TAG_ADDRESS;
	case CONTENT_BLOCKS:
		return holder == TAG_LI || holder == TAG_QUOTE ? TAG_LI
			: holder == TAG_SLIP                   ? TAG_SLIP
							       : TAG_LETTER;
	default:
		return holder == TAG_OL ? TAG_UL : holder == TAG_INFORMATION ? TAG_TABLE : holder;
	}
}

/* What stands in an element that itself stands in a context. */
static struct context inside(const struct grammar *grammar, enum tag tag, struct context around)
{
	enum tag holder = canonical(tag);
	return (struct context){holder, (around.barred | place_bars(tag)) & grammar->below[holder]};
}

/* -- names ------------------------------------------------------------------------------------- */

static const char *context_name(enum tag holder)
{
	switch (holder) {
	case TAG_P:
		return "inlines";
	case TAG_ADDRESS:
		return "lines";
	case TAG_LETTERHEAD:
		return "lines-pictures-and-columns";
	case TAG_COLUMN:
		return "lines-pictures-and-codes";
	case TAG_SLIP:
		return "blocks-or-columns";
	case TAG_ENCLOSURES:
		return "lines-and-files";
	case TAG_LETTER:
		return "blocks";
	case TAG_LI:
		return "blocks-and-words";
	case TAG_UL:
		return "items";
	case TAG_TABLE:
		return "rows";
	case TAG_ROW:
		return "cells";
	case TAG_FOOTER:
		return "columns";
	case TAG_SIGNATURES:
		return "several-signatures";
	default:
		return tag_element(holder);
	}
}

static void put_barred(struct buf *out, uint64_t barred)
{
	const char *before = "-without-";
	for (enum tag tag = TAG_TEXT; tag < TAG_COUNT; tag++)
		if (barred & tag_bit(tag)) {
			buf_format(out, "%s%s", before, tag_element(tag));
			before = "-";
		}
}

static struct str name_of(struct grammar *grammar, struct definition definition)
{
	enum tag tag = definition.tag;
	struct context context = definition.context;
	struct buf name = {0};
	if (tag == TAG_COUNT || place_is_control(tag)) {
		if (tag != TAG_COUNT)
			buf_format(&name, "%s-of-", tag_element(tag));
		buf_puts(&name, context_name(context.holder));
		put_barred(&name, context.barred);
	} else {
		buf_puts(&name, tag_element(tag));
		put_barred(&name, inside(grammar, tag, context).barred & ~place_bars(tag));
	}
	struct str copy = str_copy(grammar->arena, buf_text(&name));
	buf_free(&name);
	return copy;
}

static void put_reference(struct grammar *grammar, enum tag tag, struct context context)
{
	struct definition definition = {tag, context};
	struct str name = name_of(grammar, definition);
	buf_format(grammar->out, "<ref name=\"%.*s\"/>", str_arg(name));
	for (int i = 0; i < grammar->names.len; i++)
		if (str_eq(grammar->names.at[i], name))
			return;
	*vec_push(grammar->arena, &grammar->names) = name;
	*vec_push(grammar->arena, &grammar->pending) = definition;
}

/* -- definitions ------------------------------------------------------------------------------- */

static void put_members(struct grammar *grammar, struct context context)
{
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		if (tag_class(tag) != CLASS_META && place_holds(context.holder, tag) &&
			!(context.barred & tag_bit(tag))) {
			buf_puts(grammar->out, "\n      ");
			put_reference(grammar, tag, context);
		}
}

static void put_context(struct grammar *grammar, struct context context)
{
	buf_puts(grammar->out, "    <zeroOrMore><choice>");
	if (place_takes_words(context.holder))
		buf_puts(grammar->out, "<text/>");
	put_members(grammar, context);
	buf_puts(grammar->out, "\n    </choice></zeroOrMore>\n");
}

/* choose: one when or more, then perhaps an otherwise. plural: each once, other always. */
static void put_content(struct grammar *grammar, enum tag tag, struct context context)
{
	buf_puts(grammar->out, "      ");
	if (tag == TAG_CHOOSE) {
		buf_puts(grammar->out, "<oneOrMore>");
		put_reference(grammar, TAG_WHEN, context);
		buf_puts(grammar->out, "</oneOrMore><optional>");
		put_reference(grammar, TAG_OTHERWISE, context);
		buf_puts(grammar->out, "</optional>");
	} else if (tag == TAG_PLURAL) {
		buf_puts(grammar->out, "<interleave>");
		for (enum tag arm = TAG_ZERO; arm <= TAG_OTHER; arm++) {
			buf_puts(grammar->out, arm < TAG_OTHER ? "<optional>" : "");
			put_reference(grammar, arm, context);
			buf_puts(grammar->out, arm < TAG_OTHER ? "</optional>" : "");
		}
		buf_puts(grammar->out, "</interleave>");
	} else if (tag_content(tag) == CONTENT_NONE) {
		buf_puts(grammar->out, "<empty/>");
	} else {
		put_reference(grammar, TAG_COUNT,
			place_is_control(tag) ? context : inside(grammar, tag, context));
	}
	buf_char(grammar->out, '\n');
}

static void open_element(struct grammar *grammar, enum tag tag)
{
	buf_format(grammar->out, "    <element name=\"%s\">\n      ", tag_element(tag));
	put_words(grammar->out, words_of_tag(tag));
	buf_char(grammar->out, '\n');
	put_rules(grammar->out, tag);
}

static void put_definition(struct grammar *grammar, int at)
{
	struct definition definition = grammar->pending.at[at];
	buf_format(grammar->out, "  <define name=\"%.*s\">\n", str_arg(grammar->names.at[at]));
	if (definition.tag == TAG_COUNT) {
		put_context(grammar, definition.context);
	} else {
		open_element(grammar, definition.tag);
		put_content(grammar, definition.tag, definition.context);
		buf_puts(grammar->out, "    </element>\n");
	}
	buf_puts(grammar->out, "  </define>\n");
}

static void put_all_pending(struct grammar *grammar)
{
	for (int i = 0; i < grammar->pending.len; i++)
		put_definition(grammar, i);
}

static struct grammar begin(struct buf *out)
{
	struct grammar grammar = {.arena = arena_new(), .out = out};
	find_below(&grammar);
	return grammar;
}

/* -- the letter -------------------------------------------------------------------------------- */

static void put_fields(struct buf *out)
{
	static const char distance[] = "<data type=\"string\"><param name=\"pattern\">"
				       "[\\-+]?[0-9]{1,5}</param></data>";
	buf_puts(out, "  <define name=\"fields\">\n    <element name=\"fields\">\n      ");
	put_words(out, "All fields of the letter. One that is not declared cannot be used.");
	buf_puts(out,
		"\n      <zeroOrMore><ref name=\"declare\"/></zeroOrMore>\n"
		"    </element>\n  </define>\n"
		"  <define name=\"declare\">\n    <element name=\"declare\">\n      ");
	put_words(out, "One field. A list's own fields are declared inside it.");
	buf_puts(out,
		"\n      <attribute name=\"name\"/>\n      <optional><attribute name=\"type\">");
	put_words(out, "What a record must hold; without it, text.");
	buf_puts(out, "<choice>");
	for (int type = 0; type < FIELD_TYPE_COUNT; type++)
		buf_format(out, "<value>%s</value>", field_type_name((enum field_type)type));
	buf_puts(out, "</choice></attribute></optional>\n");
	put_attribute(out, "label", false,
		"What people call it, in the words of the letter: findings and the desk say it.",
		"<data type=\"string\"><param name=\"pattern\">.{1,80}</param></data>");
	put_attribute(out, "required", false, "no: the field may be left out.",
		"<choice><value>yes</value><value>no</value></choice>");
	put_attribute(out, "default", false, "What stands where a record has no value.", "<text/>");
	put_attribute(out, "debris", false,
		"allowed: a value may be like what other programs leave there, as the name Null "
		"is.",
		"<value>allowed</value>");
	put_attribute(out, "mentions", false,
		"Another field, with which it has a word in common: else a warning.", "<text/>");
	put_attribute(out, "currency", false,
		"Of money: the sign that an amount without one gets, like £ or EUR.", "<text/>");
	put_attribute(out, "decimal", false, "Of numbers: the sign before the decimals.",
		"<choice><value>.</value><value>,</value></choice>");
	put_attribute(out, "format", false, "Of dates: how records write them, like dd.MM.yyyy.",
		"<text/>");
	put_attribute(out, "count", false,
		"Computed: how many records a list has, or how many of them a value of that name.",
		"<text/>");
	put_attribute(out, "sum", false,
		"Computed: the sum of a field over a list's records, like items.amount.",
		"<text/>");
	put_attribute(out, "min", false, "Computed: the least of them.", "<text/>");
	put_attribute(out, "max", false, "Computed: the greatest of them.", "<text/>");
	put_attribute(out, "from", false,
		"Computed: a date that lies months or days from this one, or from letter-date.",
		"<text/>");
	put_attribute(
		out, "months", false, "So many months later, or with a minus earlier.", distance);
	put_attribute(out, "days", false, "So many days later, or with a minus earlier.", distance);
	put_attribute(out, "values", false,
		"All values that may stand, with blanks between them, or | if they have blanks.",
		"<text/>");
	buf_puts(out,
		"      <zeroOrMore><ref name=\"declare\"/></zeroOrMore>\n"
		"    </element>\n  </define>\n");
}

/* What another template includes: contents of any kind. */
static void put_part(struct grammar *grammar)
{
	static const enum tag holders[] = {TAG_P, TAG_LETTER, TAG_LI, TAG_ADDRESS, TAG_UL,
		TAG_TABLE, TAG_ROW, TAG_FOOTER, TAG_LETTERHEAD, TAG_ENCLOSURES};
	buf_puts(grammar->out, "    <element name=\"part\">\n      ");
	put_words(grammar->out, "What several letters share: <include/> puts it into them.");
	buf_puts(grammar->out, "\n      <choice>");
	for (size_t i = 0; i < sizeof holders / sizeof *holders; i++)
		put_reference(grammar, TAG_COUNT, (struct context){holders[i], 0});
	buf_puts(grammar->out, "</choice>\n    </element>\n");
}

/* Meta elements and fields may stand anywhere among the blocks, each once. */
static void put_letter(struct grammar *grammar)
{
	struct context letter = {TAG_LETTER, 0};
	buf_puts(grammar->out, "  <start><choice>\n");
	open_element(grammar, TAG_LETTER);
	buf_puts(grammar->out, "      <interleave>\n");
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++) {
		if (tag_class(tag) != CLASS_META || tag == TAG_LETTER)
			continue;
		buf_puts(grammar->out, tag == TAG_TITLE ? "      " : "      <optional>");
		put_reference(grammar, tag, letter);
		buf_puts(grammar->out, tag == TAG_TITLE ? "\n" : "</optional>\n");
	}
	buf_puts(grammar->out, "      <optional><ref name=\"fields\"/></optional>\n      ");
	put_reference(grammar, TAG_COUNT, (struct context){TAG_LETTER, 0});
	buf_puts(grammar->out, "\n      </interleave>\n    </element>\n");
	put_part(grammar);
	buf_puts(grammar->out, "  </choice></start>\n");
}

void grammar_letter(struct buf *out)
{
	struct grammar grammar = begin(out);
	put_head(out, "urn:lettermerge:letter:1", "The grammar of a letter template.");
	put_letter(&grammar);
	put_fields(out);
	put_all_pending(&grammar);
	put_tail(out);
	arena_free(grammar.arena);
}

/* -- the record -------------------------------------------------------------------------------- */

/* What may be said about facts on such elements. */
static void put_about(struct buf *out, const char *name, enum about_element place)
{
	buf_format(out, "  <define name=\"%s\">\n", name);
	for (int i = 0; i < about_rule_count; i++) {
		const struct about_rule *rule = &about_rules[i];
		if (rule->places & place)
			put_attribute(out, rule->name, rule->required, rule->words, rule->pattern);
	}
	if (place != ABOUT_SOURCE)
		put_attribute(out, "xml:lang", false, "The language, like en-GB or cy.", "");
	buf_puts(out, "  </define>\n");
}

static const char record[] =
	"  <start><choice>\n"
	"    <ref name=\"recipient\"/>\n"
	"    <element name=\"recipients\"><a:documentation>Many recipients in one file."
	"</a:documentation>\n"
	"      <optional><attribute name=\"xml:lang\"><a:documentation>The language of all of "
	"them.</a:documentation></attribute></optional>\n"
	"      <zeroOrMore><ref name=\"recipient\"/></zeroOrMore>\n"
	"    </element>\n"
	"  </choice></start>\n"
	"  <define name=\"recipient\">\n"
	"    <element name=\"recipient\"><a:documentation>One recipient: a field of the letter in "
	"each "
	"element.</a:documentation>\n"
	"      <optional><attribute name=\"id\"><a:documentation>The name of the letter's file; "
	"else "
	"that of the record's.</a:documentation><data type=\"string\"><param name=\"pattern\">"
	"[A-Za-z0-9_\\-][A-Za-z0-9_.\\-]{0,99}</param></data></attribute></optional>\n"
	"      <optional><attribute name=\"edition\"><a:documentation>The edition of the letter "
	"that "
	"the "
	"person needs, by the name that the style gives it: "
	"large-print.</a:documentation></attribute></optional>\n"
	"      <ref name=\"about\"/>\n"
	"      <zeroOrMore><choice><ref name=\"field\"/><ref name=\"sources\"/></choice>"
	"</zeroOrMore>\n"
	"    </element>\n"
	"  </define>\n"
	"  <define name=\"line\">\n"
	"    <element name=\"line\"><a:documentation>One line of an address.</a:documentation>"
	"<ref name=\"about-line\"/><text/></element>\n"
	"  </define>\n"
	"  <define name=\"sources\">\n"
	"    <element name=\"sources\"><a:documentation>Where the facts of the record were found."
	"</a:documentation>\n"
	"      <zeroOrMore><element name=\"source\"><a:documentation>One source: what it is "
	"called.</a:documentation>\n"
	"        <ref name=\"about-source\"/><text/></element></zeroOrMore>\n"
	"    </element>\n"
	"  </define>\n";

/* A field's name is the template's business; it is not that of an inline element. */
static void put_field(struct grammar *grammar)
{
	buf_puts(grammar->out,
		"  <define name=\"field\">\n    <element>\n"
		"      "
		"<nsName><except><choice><name>recipient</name><name>recipients</name><name>line</"
		"name>");
	for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
		if (place_in_record(tag))
			buf_format(grammar->out, "<name>%s</name>", tag_element(tag));
	buf_puts(grammar->out,
		"</choice></except></nsName>\n"
		"      <ref name=\"about\"/>\n"
		"      <choice><oneOrMore><ref name=\"line\"/></oneOrMore>\n"
		"        <oneOrMore><ref name=\"field\"/></oneOrMore>\n        ");
	put_reference(grammar, TAG_COUNT,
		(struct context){TAG_P,
			tag_bit(TAG_FIELD) | tag_bit(TAG_IF) | tag_bit(TAG_CHOOSE) |
				tag_bit(TAG_EACH) | tag_bit(TAG_PLURAL) | tag_bit(TAG_INCLUDE)});
	buf_puts(grammar->out, "</choice>\n    </element>\n  </define>\n");
}

void grammar_recipient(struct buf *out)
{
	struct grammar grammar = begin(out);
	for (enum tag tag = TAG_TEXT; tag < TAG_COUNT; tag++) /* so that bars on them last */
		grammar.below[tag] |= tag_bit(TAG_IF) | tag_bit(TAG_CHOOSE) | tag_bit(TAG_EACH) |
			tag_bit(TAG_PLURAL) | tag_bit(TAG_INCLUDE);
	put_head(out, "urn:lettermerge:recipient:1", "The grammar of a recipient's record.");
	put_about(out, "about", ABOUT_FIELD);
	put_about(out, "about-line", ABOUT_LINE);
	put_about(out, "about-source", ABOUT_SOURCE);
	buf_puts(out, record);
	put_field(&grammar);
	put_all_pending(&grammar);
	put_tail(out);
	arena_free(grammar.arena);
}
