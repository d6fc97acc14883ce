/* hold_words.c - the drawn XML says which words a letter must hold: every text has a token in it
 * that stands nowhere else. Here conditions are decided and lists gone over anew, by the manual
 * (docs/fields.md), and the tokens counted; as many must be on the pages. */
#include "hold.h"

#include <stdlib.h>

/* Where a name is looked up: declarations and the record, or one of a list, the innermost first. */
struct scope_of {
	const struct twig *declarations, *record;
	const struct scope_of *outer;
};

struct count {
	int least, most;
};

struct counting {
	struct trial *trial;
	struct count *counts; /* by token */
	int tokens;
	bool hidden[TAG_COUNT], perhaps_hidden[TAG_COUNT]; /* by the style */
	enum rows { ROWS_ALL, ROWS_BODY, ROWS_HEAD } rows; /* of the table at work, to be counted */
};

/* -- tokens ------------------------------------------------------------------------------------ */

/* Takes the next token off a text: "q17z" is 17, and so is "Q17z" at the beginning of a sentence;
 * -1: there is none. */
static int next_token(struct str *text)
{
	while (text->len) {
		char *end, first = text->at[0];
		*text = str_slice(*text, 1, text->len);
		if (first != 'q' && first != 'Q')
			continue;
		if (!text->len || text->at[0] < '0' || text->at[0] > '9')
			continue;
		long token = strtol(text->at, &end, 10);
		if (end < text->at + text->len && *end == 'z')
			return (int)token;
	}
	return -1;
}

static void count_text(struct counting *counting, struct str text, bool surely)
{
	for (int token; (token = next_token(&text)) >= 0;) {
		if (token >= counting->tokens)
			continue;
		counting->counts[token].most++;
		counting->counts[token].least += surely;
	}
}

/* -- values ------------------------------------------------------------------------------------ */

static void put_text_of(const struct twig *twig, struct buf *out)
{
	if (twig->state == TWIG_CUT)
		return;
	if (!twig->name.len)
		buf_str(out, twig->text);
	for (const struct twig *child = twig->first; child; child = child->next)
		put_text_of(child, out);
}

/* White space as one blank. */
static struct str text_of(struct counting *counting, const struct twig *value)
{
	struct buf text = {0};
	if (value)
		put_text_of(value, &text);
	struct str folded = fold_text(
		counting->trial->arena, str_copy(counting->trial->arena, buf_text(&text)));
	buf_free(&text);
	return folded;
}

static bool has_elements(const struct twig *twig)
{
	for (const struct twig *child = twig->first; child; child = child->next)
		if (child->name.len && child->state == TWIG_WHOLE)
			return true;
	return false;
}

/* The elements of a dotted name, in the order of the record: the first when *skip is 0. */
static const struct twig *find_value(const struct twig *record, struct str name, int *skip)
{
	struct str rest = name, first;
	str_split(&rest, '.', &first);
	for (const struct twig *child = record->first; child; child = child->next) {
		if (child->state == TWIG_OPENED) {
			const struct twig *found = find_value(child, name, skip);
			if (found)
				return found;
		}
		if (child->state != TWIG_WHOLE || !str_eq(child->name, first))
			continue;
		if (rest.len) {
			const struct twig *found = find_value(child, rest, skip);
			if (found)
				return found;
		} else if ((*skip)-- == 0) {
			return child;
		}
	}
	return NULL;
}

static const struct twig *find_declaration(const struct twig *declarations, struct str name)
{
	for (const struct twig *child = declarations->first; child; child = child->next)
		if (child->state == TWIG_WHOLE && str_eq(twig_attribute(child, "name"), name))
			return child;
	return NULL;
}

struct value_of {
	const struct twig *declaration, *value; /* value: NULL when it is the default, or nothing */
	const struct twig *record;              /* that the value is in */
	struct str text;                        /* of either */
};

static bool is_list(const struct twig *declaration)
{
	return str_is(twig_attribute(declaration, "type"), "list");
}

static struct value_of look_up(
	struct counting *counting, const struct scope_of *scope, struct str name)
{
	struct value_of first = {0};
	for (; scope; scope = scope->outer) {
		struct value_of found = {.record = scope->record};
		int skip = 0;
		found.declaration = find_declaration(scope->declarations, name);
		if (!found.declaration)
			continue;
		found.value = find_value(scope->record, name, &skip);
		found.text = text_of(counting, found.value);
		if (!is_list(found.declaration) && !found.text.len)
			found.value = NULL;
		struct str usual = twig_attribute(found.declaration, "default");
		if (!found.value)
			found.text = fold_text(counting->trial->arena, usual);
		if (found.value || usual.at)
			return found;
		first = first.declaration ? first : found;
	}
	return first;
}

/* -- the walk ---------------------------------------------------------------------------------- */

static void count(struct counting *counting, const struct scope_of *scope, const struct twig *twig,
	bool surely);

static void count_children(struct counting *counting, const struct scope_of *scope,
	const struct twig *twig, bool surely)
{
	bool makes_paragraphs = twig->tag == TAG_LI || twig->tag == TAG_QUOTE;
	surely &= !makes_paragraphs || !counting->hidden[TAG_P];
	for (const struct twig *child = twig->first; child; child = child->next)
		count(counting, scope, child, surely);
}

/* The nth record of the list that is not blank. */
static const struct twig *nth_record(const struct value_of *list, struct str name, int n)
{
	for (int i = 0;; i++) {
		int skip = i;
		const struct twig *record = find_value(list->record, name, &skip);
		struct buf text = {0};
		if (!record)
			return NULL;
		put_text_of(record, &text);
		bool blank = !str_trim(buf_text(&text)).len && !has_elements(record);
		buf_free(&text);
		if (!blank && n-- == 0)
			return record;
	}
}

/* Plain numbers, or dates that begin with their year: -1, 0 or 1. */
static int order_of(struct arena *arena, struct str a, struct str b, bool dates)
{
	double x = strtod(str_copy(arena, a).at, NULL), y = strtod(str_copy(arena, b).at, NULL);
	int order = dates ? str_cmp(a, b) : (x > y) - (x < y);
	return (order > 0) - (order < 0);
}

/* What a condition asks beside equality; true when it asks nothing. */
static bool is_ordered(struct arena *arena, const struct twig *twig, struct str value)
{
	static const struct {
		const char *name;
		bool dates;
		int order;
	} rows[] = {{"greater", false, 1}, {"less", false, -1}, {"after", true, 1},
		{"before", true, -1}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str literal = twig_attribute(twig, rows[i].name);
		if (literal.at &&
			(!value.len ||
				order_of(arena, value, literal, rows[i].dates) != rows[i].order))
			return false;
	}
	return true;
}

static bool is_compared(const struct twig *twig)
{
	return twig_attribute(twig, "greater").at || twig_attribute(twig, "less").at ||
		twig_attribute(twig, "after").at || twig_attribute(twig, "before").at;
}

static bool holds(struct counting *counting, const struct scope_of *scope, const struct twig *twig)
{
	struct str name = twig_attribute(twig, "field"), equals = twig_attribute(twig, "equals");
	struct value_of value = look_up(counting, scope, name);
	if (is_list(value.declaration))
		return nth_record(&value, name, 0);
	if (!is_ordered(counting->trial->arena, twig, value.text))
		return false;
	if (equals.at)
		return str_eq(value.text, fold_text(counting->trial->arena, equals));
	if (is_compared(twig))
		return true;
	if (str_is(twig_attribute(value.declaration, "type"), "yes-no"))
		return str_is(value.text, "yes");
	return value.text.len > 0;
}

/* Of a choice the first arm that holds. */
static bool count_arm(struct counting *counting, const struct scope_of *scope,
	const struct twig *choose, bool surely)
{
	for (const struct twig *arm = choose->first; arm; arm = arm->next) {
		if (arm->state == TWIG_CUT)
			continue;
		if (arm->state == TWIG_WHOLE && arm->tag == TAG_WHEN &&
			!holds(counting, scope, arm))
			continue;
		count_children(counting, scope, arm, surely);
		return true;
	}
	return false;
}

static void count_each(struct counting *counting, const struct scope_of *scope,
	const struct twig *each, bool surely)
{
	struct str name = twig_attribute(each, "field");
	struct value_of list = look_up(counting, scope, name);
	const struct twig *record;
	for (int i = 0; (record = nth_record(&list, name, i)); i++) {
		struct scope_of inner = {list.declaration, record, scope};
		count_children(counting, &inner, each, surely);
	}
}

static bool is_head(const struct twig *row)
{
	return str_is(twig_attribute(row, "header"), "yes");
}

/* Whether some letter may have a row that is no heading. */
static bool may_have_body(const struct twig *parent)
{
	for (const struct twig *row = parent->first; row; row = row->next)
		if (row->state != TWIG_CUT &&
			(row->tag == TAG_ROW ? !is_head(row)
					     : may_have_body(row->part ? row->part : row)))
			return true;
	return false;
}

static int sum_of_least(const struct counting *counting)
{
	int sum = 0;
	for (int i = 0; i < counting->tokens; i++)
		sum += counting->counts[i].least;
	return sum;
}

/* The heading of a table goes with its last row: it stays when one surely has words. */
static void count_table(struct counting *counting, const struct scope_of *scope,
	const struct twig *table, bool surely)
{
	int before = sum_of_least(counting);
	counting->rows = ROWS_BODY;
	count_children(counting, scope, table, surely);
	counting->rows = ROWS_HEAD;
	count_children(counting, scope, table,
		surely && (sum_of_least(counting) > before || !may_have_body(table)));
	counting->rows = ROWS_ALL;
}

static void count_row(struct counting *counting, const struct scope_of *scope,
	const struct twig *row, bool surely)
{
	enum rows rows = counting->rows;
	counting->rows = ROWS_ALL;
	if (rows == ROWS_ALL || (rows == ROWS_HEAD) == is_head(row))
		count_children(counting, scope, row, surely);
	counting->rows = rows;
}

static void count_element(struct counting *counting, const struct scope_of *scope,
	const struct twig *twig, bool surely)
{
	switch (twig->tag) {
	case TAG_FIELD:
		count_text(counting, look_up(counting, scope, twig_attribute(twig, "name")).text,
			surely);
		break;
	case TAG_IF:
		if (holds(counting, scope, twig))
			count_children(counting, scope, twig, surely);
		break;
	case TAG_CHOOSE:
		count_arm(counting, scope, twig, surely);
		break;
	case TAG_PLURAL: /* which arm it is, is ICU's to say */
		count_children(counting, scope, twig, false);
		break;
	case TAG_EACH:
		count_each(counting, scope, twig, surely);
		break;
	case TAG_INCLUDE:
		count_children(counting, scope, twig->part, surely);
		break;
	case TAG_TABLE:
		count_table(counting, scope, twig, surely);
		break;
	case TAG_ROW:
		count_row(counting, scope, twig, surely);
		break;
	case TAG_INFORMATION: /* a label without a value goes */
		count_children(counting, scope, twig, false);
		break;
	case TAG_FOOTER:
		if (!str_is(twig_attribute(twig, "pages"), "later"))
			count_children(counting, scope, twig, surely);
		break;
	case TAG_CONTINUATION: /* repeats what is said */
	case TAG_COUNT:        /* fields */
		break;
	default:
		if (tag_class(twig->tag) != CLASS_META || twig->tag == TAG_LETTER)
			count_children(counting, scope, twig, surely);
	}
}

static void count(struct counting *counting, const struct scope_of *scope, const struct twig *twig,
	bool surely)
{
	if (twig->state == TWIG_CUT)
		return;
	if (!twig->name.len)
		count_text(counting, twig->text, surely);
	else if (twig->state == TWIG_OPENED)
		count_children(counting, scope, twig, surely);
	else if (twig->tag == TAG_COUNT || !counting->hidden[twig->tag])
		count_element(counting, scope, twig,
			surely && (twig->tag == TAG_COUNT || !counting->perhaps_hidden[twig->tag]));
}

/* -- the style --------------------------------------------------------------------------------- */

static void read_hidden(struct counting *counting, const struct twig *style)
{
	for (const struct twig *element = style->first; element; element = element->next) {
		enum tag tag = tag_find(twig_attribute(element, "name"));
		struct str show = twig_attribute(element, "show");
		if (element->state != TWIG_WHOLE || tag == TAG_COUNT || !show.at)
			continue;
		bool variant = twig_attribute(element, "variant").at;
		if (variant && counting->hidden[tag] == str_is(show, "no"))
			continue;
		if (variant) { /* those of the variant differ from the others */
			counting->hidden[tag] = false;
			counting->perhaps_hidden[tag] = true;
		} else if (tag == TAG_HEADING) {
			counting->perhaps_hidden[tag] |= str_is(show, "no");
		} else if (tag_is_block(tag)) {
			counting->hidden[tag] = str_is(show, "no");
		}
	}
}

/* -- comparing --------------------------------------------------------------------------------- */

static void find_fields(const struct twig *twig, const struct twig **fields)
{
	static const struct twig none;
	*fields = &none;
	for (const struct twig *child = twig->first; child; child = child->next)
		if (child->state == TWIG_WHOLE && str_is(child->name, "fields"))
			*fields = child;
}

static bool compare(struct counting *counting, const struct story *story)
{
	int *seen = arena_new_array(counting->trial->arena, int, counting->tokens);
	struct buf text = {0};
	for (int p = 0; p < story->sheets.len; p++)
		for (int i = 0; i < story->sheets.at[p].said.len; i++)
			buf_str(&text, story->sheets.at[p].said.at[i].text);
	struct str rest = buf_text(&text);
	for (int token; (token = next_token(&rest)) >= 0;)
		seen[token < counting->tokens ? token : 0]++;
	buf_free(&text);
	for (int i = 0; i < counting->tokens; i++) {
		struct count wanted = counting->counts[i];
		if (seen[i] < wanted.least || seen[i] > wanted.most)
			return trial_find(counting->trial,
				seen[i] < wanted.least ? "words are lost" : "words come too often",
				"q%dz is on the pages %d times, and should be %d to %d times", i,
				seen[i], wanted.least, wanted.most);
	}
	return true;
}

bool hold_words(struct trial *trial, const struct held *held)
{
	struct counting counting = {.trial = trial, .tokens = trial->drawn->tokens + 1};
	struct scope_of scope = {.record = held->record};
	const struct twig *style = trial->drawn->style;
	counting.counts = arena_new_array(trial->arena, struct count, counting.tokens);
	find_fields(trial->drawn->letter, &scope.declarations);
	if (twig_attribute(trial->drawn->letter, "style").at)
		read_hidden(&counting, style);
	count(&counting, &scope, trial->drawn->letter, true);
	return compare(&counting, held->story);
}
