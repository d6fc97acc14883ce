/* draw_values.c - attributes of a letter's elements, by the kinds of value in vocabulary.c. */
#include "draw.h"

#include "grammar/places.h"

static const char *const pictures[] = {"crest.png", "map.jpg", "signature.png"};

/* Words, perhaps with a field's name in braces, and with braces of their own doubled. */
static struct str draw_pattern(struct drawing *drawing, const struct spot *spot)
{
	struct str words = draw_words(drawing, spot->lang, 4);
	struct plan *plan = NULL;
	if (!spot->record && dice_once_in(&drawing->dice, 3))
		plan = draw_field(
			drawing, spot, 1u << FIELD_TEXT | 1u << FIELD_NUMBER | 1u << FIELD_DATE);
	struct buf text = {0};
	for (int i = 0; i < words.len; i++) {
		char c = words.at[i];
		bool brace = !spot->record && (c == '{' || c == '}');
		buf_char(&text, c);
		if (brace)
			buf_char(&text, c);
	}
	if (plan)
		buf_format(&text, " {%.*s}", str_arg(plan->name));
	struct str pattern = str_copy(drawing->arena, buf_text(&text));
	buf_free(&text);
	return pattern;
}

static struct str draw_target(struct drawing *drawing, const struct spot *spot)
{
	static const char *const targets[] = {"https://example.org/",
		"http://example.org/a?b=c&d=", "mailto:a@example.org?subject=", "tel:+44",
		"https://example.org/\xC3\xA9/"};
	struct plan *plan = spot->record ? NULL : draw_field(drawing, spot, 1u << FIELD_DATE);
	const char *target = dice_pick(&drawing->dice, targets);
	if (plan && dice_once_in(&drawing->dice, 3))
		return str_format(drawing->arena, "%s{%.*s}", target, str_arg(plan->name));
	return str_format(drawing->arena, "%s%d", target, dice_below(&drawing->dice, 1000));
}

/* One for each column of the table around. */
static struct str draw_list(
	struct drawing *drawing, const struct spot *spot, const char *const *words, int count)
{
	struct buf text = {0};
	for (int i = 0; i < spot->columns; i++)
		buf_format(&text, "%s%s", i ? " " : "", words[dice_below(&drawing->dice, count)]);
	struct str list = str_copy(drawing->arena, buf_text(&text));
	buf_free(&text);
	return list;
}

/* No letter may have a level after one that is less by more than one, whatever its conditions
 * are. */
static struct str draw_level(struct drawing *drawing)
{
	int last = drawing->level_written < drawing->level_least ? drawing->level_written
								 : drawing->level_least;
	int level = dice_from(&drawing->dice, 1, last < 5 ? last + 1 : 5);
	drawing->level_written = drawing->level_least = level;
	return str_format(drawing->arena, "%d", level);
}

static struct plan *plan_of(const struct spot *spot, struct str name)
{
	for (const struct scope *scope = spot->scope; scope; scope = scope->outer)
		for (struct plan *plan = scope->plans; plan; plan = plan->next)
			if (str_eq(plan->name, name))
				return plan;
	return NULL;
}

/* Numbers are greater or less, dates before or after. */
static struct str draw_condition(struct drawing *drawing, const struct twig *twig,
	const struct spot *spot, struct str comparison)
{
	struct plan *plan = plan_of(spot, twig_attribute(twig, "field"));
	if (!plan || plan->type == FIELD_LIST || plan->type == FIELD_LINES ||
		plan->type == FIELD_RICH)
		return (struct str){0};
	if (str_is(comparison, "equals"))
		return plan->equals_count == MOST_EQUALS
			? (struct str){0}
			: (plan->equals[plan->equals_count++] = draw_value(drawing, plan));
	bool dated = str_is(comparison, "before") || str_is(comparison, "after");
	return plan->type == (dated ? FIELD_DATE : FIELD_NUMBER) ? draw_value(drawing, plan)
								 : (struct str){0};
}

/* A comparison goes by its field; what stands between two, where words may stand. */
static struct str draw_plain(
	struct drawing *drawing, const struct spot *spot, const struct twig *twig, struct str name)
{
	static const char *const separators[] = {", ", " and ", "; ", "", " \xE2\x80\x93 "};
	if (twig->tag == TAG_IF || twig->tag == TAG_WHEN)
		return draw_condition(drawing, twig, spot, name);
	if (twig->tag != TAG_EACH)
		return draw_words(drawing, spot->lang, 3);
	if (tag_content(spot->holder) != CONTENT_TEXT)
		return (struct str){0};
	return str_of(dice_pick(&drawing->dice, separators));
}

/* Where words stand, and none are drawn for between them; Welsh leaves its own to who writes. */
static bool may_join(const struct spot *spot, const struct twig *each)
{
	return tag_content(spot->holder) == CONTENT_TEXT && !lang_is(spot->lang, "cy") &&
		!twig_attribute(each, "separator").at && !twig_attribute(each, "last").at;
}

unsigned draw_types(enum tag tag)
{
	return tag == TAG_EACH      ? 1u << FIELD_LIST
		: tag == TAG_PLURAL ? 1u << FIELD_NUMBER
		: tag == TAG_FIELD  ? ~(1u << FIELD_LIST)
				    : ~0u;
}

static struct str where(bool fits, const char *value)
{
	return fits ? str_of(value) : (struct str){0};
}

/* The parts of the Swiss addresses, all of them. */
static struct str draw_swiss(const struct twig *twig, const struct attribute_rule *rule)
{
	bool own = str_is(twig_attribute(twig, "type"), "swiss");
	return where(own,
		rule->kind == KIND_SHORT              ? "3007"
			: rule->kind == KIND_TOWN     ? "Bern"
			: rule->kind == KIND_COUNTRY  ? "CH"
			: rule->kind == KIND_CURRENCY ? "CHF"
						      : "Kramgasse");
}

/* What goes with its type, as docs/fields.md says. */
static struct str draw_barcode(
	struct drawing *drawing, const struct twig *twig, const struct attribute_rule *rule)
{
	static const char *const types[] = {"qr", "datamatrix", "code128", "epc", "swiss"},
				 *const datas[] = {"A-4711/9", "{{}} 0123456789",
					 "https://example.org/?a=b&c=d"},
				 *const ibans[] = {"DE89 3704 0044 0532 0130 00",
					 "GB29NWBK60161331926819"},
				 *const amounts[] = {"0.01", "1250.5", "999999999.99"};
	struct dice *dice = &drawing->dice;
	struct str type = twig_attribute(twig, "type");
	bool swiss = str_is(type, "swiss"), euros = str_is(type, "epc"), pays = swiss || euros;
	switch (rule->kind) {
	case KIND_CODE:
		return str_of(dice_pick(dice, types));
	case KIND_LENGTH: /* that of bars alone has a height */
		return !swiss && str_is(type, "code128") == str_is(str_of(rule->name), "height")
			? str_format(drawing->arena, "%dmm", dice_from(dice, 10, 20))
			: (struct str){0};
	case KIND_DATA:
		return pays ? (struct str){0} : str_of(dice_pick(dice, datas));
	case KIND_PAYEE:
		return where(pays, "Städtische Bücherei");
	case KIND_IBAN:
		return swiss ? str_lit("CH93 0076 2011 6238 5295 7")
			     : where(pays, dice_pick(dice, ibans));
	case KIND_BIC:
		return where(euros, "COBADEFFXXX");
	case KIND_EUROS:
		return where(pays, dice_pick(dice, amounts));
	case KIND_CREDITOR:
		return where(pays, "RF18 5390 0754 7034");
	case KIND_REMITTANCE:
		return where(swiss ||
				(euros && !twig_attribute(twig, "reference").at &&
					str_is(str_of(rule->name), "text")),
			"Gebühr 2024");
	default:
		return draw_swiss(twig, rule);
	}
}

static struct str draw_attribute(struct drawing *drawing, const struct spot *spot,
	const struct twig *twig, const struct attribute_rule *rule)
{
	static const char *const aligns[] = {"left", "right", "centre", "decimal"},
				 *const numberings[] = {"1", "(a)", "A.", "i)", "[I]",
					 "\xC2\xA7 1"},
				 *const captions[] = {"Form", "Die Satzung: § {{1}}"},
				 *const yes_no[] = {"yes", "no"}, *const joins[] = {"and", "or"},
				 *const pages[] = {"first", "later", "all"},
				 *const forms[] = {"long", "short", "weekday"},
				 *const keeps[] = {"no", "together", "with-next", "both"},
				 *const directions[] = {"ltr", "auto"},
				 *const shares[] = {"20", "25", "30", "40", "60"};
	struct dice *dice = &drawing->dice;
	const struct plan *plan;
	if (twig->tag == TAG_BARCODE && rule->kind != KIND_PATTERN && rule->kind != KIND_KEEP)
		return draw_barcode(drawing, twig, rule);
	switch (rule->kind) {
	case KIND_WORDS:
		return draw_plain(drawing, spot, twig, str_of(rule->name));
	case KIND_PATTERN:
		return draw_pattern(drawing, spot);
	case KIND_CAPTION: /* words that stand in the letter where there are no others */
		return str_of(dice_pick(dice, captions));
	case KIND_DATA: /* of codes alone */
	case KIND_PAYEE:
	case KIND_IBAN:
	case KIND_BIC:
	case KIND_EUROS:
	case KIND_CREDITOR:
	case KIND_REMITTANCE:
	case KIND_ADDRESS_LINE:
	case KIND_TOWN:
	case KIND_SHORT:
	case KIND_COUNTRY:
	case KIND_CURRENCY:
	case KIND_CODE:
		break;
	case KIND_TARGET:
		return draw_target(drawing, spot);
	case KIND_PATH:
		return str_of(dice_pick(dice, pictures));
	case KIND_FIELD:
		plan = draw_field(drawing, spot, draw_types(twig->tag));
		return plan ? plan->name : (struct str){0};
	case KIND_YES_NO:
		return str_of(dice_pick(dice, yes_no));
	case KIND_ALIGN:
		return str_of(dice_pick(dice, aligns));
	case KIND_LEVEL:
		return draw_level(drawing);
	case KIND_LENGTH:
		return str_format(drawing->arena, "%dmm", dice_from(dice, 1, 60));
	case KIND_SHARES:
		return draw_list(drawing, spot, shares, 5);
	case KIND_ALIGNS:
		return draw_list(drawing, spot, aligns, 4);
	case KIND_DATE:
		return str_format(drawing->arena, "20%02d-%02d-%02d", dice_below(dice, 100),
			dice_from(dice, 1, 12), dice_from(dice, 1, 28));
	case KIND_PAGES:
		return str_of(dice_pick(dice, pages));
	case KIND_FORM:
		plan = plan_of(spot, twig_attribute(twig, "name"));
		return plan && plan->type == FIELD_DATE ? str_of(dice_pick(dice, forms))
							: (struct str){0};
	case KIND_CASE:
		plan = plan_of(spot, twig_attribute(twig, "name"));
		return plan && plan->type == FIELD_TEXT ? str_lit("first") : (struct str){0};
	case KIND_JOIN:
		return may_join(spot, twig) ? str_of(dice_pick(dice, joins)) : (struct str){0};
	case KIND_COUNT: /* a span takes cells from its row: draw_letter.c */
		return (struct str){0};
	case KIND_START:
		return dice_once_in(dice, 3)
			? str_lit("continued")
			: str_format(drawing->arena, "%d", dice_from(dice, 1, 120));
	case KIND_NUMBERING:
		return str_of(dice_pick(dice, numberings));
	case KIND_DIRECTION: /* who reads the PDFs here does so from left to right */
		return str_of(dice_pick(dice, directions));
	case KIND_VARIANT: /* rows and cells of information have none */
		return twig->tag == TAG_LINE || twig->tag == TAG_COLUMN ||
				((twig->tag == TAG_ROW || twig->tag == TAG_CELL) &&
					(spot->tight || spot->holder == TAG_INFORMATION))
			? (struct str){0}
			: str_lit(DRAWN_VARIANT);
	case KIND_KEEP:
		return str_of(dice_pick(dice, keeps));
	case KIND_FILE:
		return twig->part ? twig->part->text : str_lit(DRAWN_STYLE);
	case KIND_LANG:
		return draw_language(drawing);
	}
	return (struct str){0};
}

/* A picture is described: whoever has src has alt, and so does a code, which has what it holds. */
static bool is_wanted(
	struct drawing *drawing, const struct twig *twig, const struct attribute_rule *rule)
{
	struct dice before = drawing->dice;
	if (rule->kind == KIND_VARIANT) { /* what else is drawn does not depend on it */
		bool wanted = dice_once_in(&drawing->dice, 2);
		drawing->dice = before;
		return wanted;
	}
	bool described = str_is(str_of(rule->name), "alt") && twig_attribute(twig, "src").at;
	bool code = twig->tag == TAG_BARCODE &&
		(rule->kind == KIND_PATTERN || rule->kind == KIND_DATA ||
			rule->kind == KIND_PAYEE || rule->kind == KIND_IBAN ||
			rule->kind == KIND_SHORT || rule->kind == KIND_TOWN ||
			rule->kind == KIND_ADDRESS_LINE || rule->kind == KIND_COUNTRY ||
			rule->kind == KIND_CURRENCY);
	return rule->required || rule->kind == KIND_LEVEL || rule->kind == KIND_FILE || described ||
		code || !dice_once_in(&drawing->dice, 2);
}

void draw_attributes(struct drawing *drawing, const struct spot *spot, struct twig *twig)
{
	for (int i = 0; i < attribute_rule_count; i++) {
		const struct attribute_rule *rule = &attribute_rules[i];
		bool of_picture = str_is(str_of(rule->name), "alt") &&
			!twig_attribute(twig, "src").at && twig->tag != TAG_BARCODE;
		if (rule->tag != twig->tag || of_picture || !is_wanted(drawing, twig, rule))
			continue;
		struct str value = draw_attribute(drawing, spot, twig, rule);
		if (value.at)
			twig_set(drawing->arena, twig, rule->name, value);
	}
}
