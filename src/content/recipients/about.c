/* about.c - what a record says about its facts, beside the facts: how far each is known, where it
 * was found, when it holds. A letter shows none of it.
 *
 * What an element says holds for all in it that does not speak for itself. Standing and source go
 * together: who says either begins anew, so that a fact never borrows the source of another. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

static bool is_yes_no(struct str value)
{
	value = str_trim(value);
	return str_is(value, "yes") || str_is(value, "no");
}

static const char *const standing_names[STANDING_COUNT] = {[STANDING_SEEN] = "seen",
	[STANDING_DERIVED] = "derived",
	[STANDING_INFERRED] = "inferred",
	[STANDING_RECALLED] = "recalled"};

static enum standing find_standing(struct str name)
{
	for (int i = STANDING_SEEN; i < STANDING_COUNT; i++)
		if (str_is(name, standing_names[i]))
			return (enum standing)i;
	return STANDING_UNSAID;
}

static bool is_standing(struct str value)
{
	return find_standing(value) != STANDING_UNSAID;
}

static bool is_words(struct str value)
{
	return str_trim(value).len > 0;
}

/* The web's, and nothing else that a click could run. */
static bool is_web_address(struct str value)
{
	int scheme = str_starts(value, "https://") ? 8 : str_starts(value, "http://") ? 7 : 0;
	for (int i = scheme; i < value.len; i++)
		if ((unsigned char)value.at[i] <= ' ')
			return false;
	return scheme && value.len > scheme;
}

#define PATTERN(regex) "<data type=\"string\"><param name=\"pattern\">" regex "</param></data>"
#define DATE "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
#define SPAN PATTERN("\\s*(" DATE "|" DATE "/(" DATE "|\\.\\.)?|(\\.\\.)?/" DATE ")\\s*")
#define SPAN_FORM "a date like 2020-02-01, 2020-02 or 2020, or a span like 2020-02-01/2021-05-12"
#define WORDS PATTERN("\\s*\\S[\\s\\S]*")

const struct about_rule about_rules[] = {
	{"confirmed", ABOUT_FIELD | ABOUT_LINE, false, is_yes_no, "yes or no",
		"<choice><value>yes</value><value>no</value></choice>",
		"no: the facts in it are recalled, and still to be checked."},
	{"standing", ABOUT_FIELD | ABOUT_LINE, false, is_standing,
		"seen, derived, inferred or recalled",
		"<choice><value>seen</value><value>derived</value><value>inferred</value>"
		"<value>recalled</value></choice>",
		"How far the facts in it are known: seen in a source, derived from others that "
		"were, inferred from a pattern, or recalled."},
	{"source", ABOUT_FIELD, false, is_words, "where it was found", WORDS,
		"Where they were found: an address of the web, or words."},
	{"source-date", ABOUT_FIELD, false, span_fits, SPAN_FORM, SPAN, "The source's own date."},
	{"quote", ABOUT_FIELD | ABOUT_SOURCE, false, is_words, "the source's words", WORDS,
		"The source's own words, a few of them."},
	{"valid", ABOUT_FIELD, false, span_fits, SPAN_FORM, SPAN,
		"When the facts in it hold: 2020-02-01/2021-05-12, open on either side."},
	{"of", ABOUT_SOURCE, true, is_words, "the fields, with blanks between them", WORDS,
		"The fields that were found there."},
	{"href", ABOUT_SOURCE, false, is_web_address,
		"an address that begins with https:// or "
		"http://",
		PATTERN("https?://[^\\s]+"), "The source's address."},
	{"date", ABOUT_SOURCE, false, span_fits, SPAN_FORM, SPAN, "The source's own date."},
	{"remark", ABOUT_SOURCE, false, is_words, "words", WORDS,
		"What is to be said about it: why one may conclude from it, what it leaves open."},
};
const int about_rule_count = sizeof about_rules / sizeof *about_rules;

static const struct about_rule *find_rule(struct str name, unsigned place)
{
	for (int i = 0; i < about_rule_count; i++)
		if ((about_rules[i].places & place) && str_is(name, about_rules[i].name))
			return &about_rules[i];
	return NULL;
}

static void report_unknown(const struct xml_node *xml, const struct xml_attribute *given,
	unsigned place, struct diags *diags)
{
	struct nearest nearest = nearest_start(given->name);
	for (int i = 0; i < about_rule_count; i++)
		if (about_rules[i].places & place)
			nearest_try(&nearest, str_of(about_rules[i].name));
	if (place & (ABOUT_FIELD | ABOUT_LINE))
		nearest_try(&nearest, str_lit("xml:lang"));
	if (place & ABOUT_RECORD) {
		nearest_try(&nearest, str_lit("id"));
		nearest_try(&nearest, str_lit("edition"));
	}
	diag_add(diags, ATTRIBUTE_UNKNOWN, given->at, diag_str(diags, xml->name),
		diag_str(diags, given->name));
	nearest_hint(&nearest, diags);
}

void about_check(const struct xml_node *xml, const struct xml_attribute *given, unsigned place,
	struct diags *diags)
{
	const struct about_rule *rule = find_rule(given->name, place);
	if (!rule)
		report_unknown(xml, given, place, diags);
	else if (!rule->fits(given->value))
		diag_add(diags, ATTRIBUTE_VALUE, given->at, rule->name,
			diag_str(diags, given->value), rule->form);
}

struct str about_given(const struct xml_node *xml, const char *name)
{
	struct str value = xml_attribute(xml, name);
	for (int i = 0; value.at && i < about_rule_count; i++)
		if (strcmp(about_rules[i].name, name) == 0 && !about_rules[i].fits(value))
			return (struct str){0};
	return value;
}

struct place about_place(const struct xml_node *xml, const char *name)
{
	const struct xml_attribute *given = xml->attributes;
	while (given && !str_is(given->name, name))
		given = given->next;
	return given ? given->at : xml->at;
}

static void report_missing(const struct xml_node *xml, const char *without, struct diags *diags)
{
	diag_add(diags, ATTRIBUTE_MISSING, about_place(xml, without), diag_str(diags, xml->name),
		"source", "source", "where it was found");
}

static const struct evidence *make_evidence(
	struct arena *arena, const struct xml_node *xml, struct str source)
{
	struct evidence *evidence = arena_new_array(arena, struct evidence, 1);
	bool link = is_web_address(str_trim(source));
	*evidence = (struct evidence){
		.words = link ? (struct str){0} : fold_text(arena, source),
		.href = link ? str_trim(source) : (struct str){0},
		.date = str_trim(about_given(xml, "source-date")),
		.quote = fold_text(arena, about_given(xml, "quote")),
		.at = about_place(xml, "source"),
	};
	return evidence;
}

/* Standing and source of an element that says either. */
static void take_standing(
	struct arena *arena, const struct xml_node *xml, struct about *about, struct diags *diags)
{
	struct str standing = about_given(xml, "standing");
	struct str confirmed = about_given(xml, "confirmed");
	struct str source = about_given(xml, "source");
	if (standing.at && confirmed.at)
		diag_add(diags, ATTRIBUTE_VALUE, about_place(xml, "confirmed"), "confirmed",
			diag_str(diags, confirmed), "standing=\"…\" alone, which says it");
	if (!standing.at && !confirmed.at && !source.at)
		return;
	*about = (struct about){.valid = about->valid, .valid_at = about->valid_at};
	about->standing = standing.at     ? find_standing(standing)
		: str_is(confirmed, "no") ? STANDING_RECALLED
					  : STANDING_UNSAID;
	if (!source.at)
		return;
	about->evidence = arena_new_array(arena, const struct evidence *, 1);
	about->evidence[0] = make_evidence(arena, xml, source);
	about->evidence_count = 1;
}

const struct about *about_read(struct arena *arena, const struct xml_node *xml,
	const struct about *around, struct diags *diags)
{
	if (!xml->attributes)
		return around;
	struct about about = around ? *around : (struct about){0};
	struct str valid = about_given(xml, "valid");
	bool said = valid.at != NULL;
	static const char *const names[] = {
		"confirmed", "standing", "source", "source-date", "quote"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		said |= about_given(xml, names[i]).at != NULL;
	if (!said)
		return around;
	take_standing(arena, xml, &about, diags);
	if (valid.at) {
		about.valid = str_trim(valid);
		about.valid_at = about_place(xml, "valid");
	}
	if (!xml_attribute(xml, "source").at)
		for (size_t i = 3; i < sizeof names / sizeof *names; i++)
			if (about_given(xml, names[i]).at)
				report_missing(xml, names[i], diags);
	struct about *copy = arena_new_array(arena, struct about, 1);
	*copy = about;
	return copy;
}

const struct about *about_add_line(
	struct arena *arena, const struct about *about, const struct about *line)
{
	enum standing worst = line ? line->standing : STANDING_UNSAID;
	if (line == about || worst <= (about ? about->lines : STANDING_UNSAID))
		return about;
	struct about *copy = arena_new_array(arena, struct about, 1);
	*copy = about ? *about : (struct about){0};
	copy->lines = worst;
	return copy;
}

enum standing value_standing(const struct value *value)
{
	const struct about *about = value->about;
	if (!about)
		return STANDING_UNSAID;
	enum standing own = about->standing;
	if (own == STANDING_UNSAID && about->evidence_count)
		own = STANDING_SEEN;
	return about->lines > own ? about->lines : own;
}

const char *standing_name(enum standing standing)
{
	return standing_names[standing] ? standing_names[standing] : "";
}

int standings_unconfirmed(const struct standings *standings)
{
	int count = 0;
	for (int i = STANDING_SEEN + 1; i < STANDING_COUNT; i++)
		count += standings->count[i];
	return count;
}

int standings_said(const struct standings *standings)
{
	return standings->count[STANDING_SEEN] + standings_unconfirmed(standings);
}

void standings_add(struct standings *standings, const struct standings *more)
{
	for (int i = 0; i < STANDING_COUNT; i++)
		standings->count[i] += more->count[i];
	standings->late += more->late;
}
