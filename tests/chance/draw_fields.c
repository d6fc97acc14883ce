/* draw_fields.c - what a letter declares, and records that hold it. */
#include "draw.h"

#include "grammar/places.h"

enum { MOST_DEPTH = 2, MOST_LIST = 3 };

/* -- values ------------------------------------------------------------------------------------ */

/* Words of an address, in which no question is asked. */
static struct str draw_line(struct drawing *drawing, struct str lang, int most)
{
	struct buf words = {0};
	buf_str(&words, draw_words(drawing, lang, most));
	for (size_t i = 0; i < words.len; i++)
		if (words.at[i] == '?' && (i + 1 == words.len || words.at[i + 1] == ' '))
			words.at[i] = '.';
	struct str line = str_copy(drawing->arena, buf_text(&words));
	buf_free(&words);
	return line;
}

struct str draw_value(struct drawing *drawing, struct plan *plan)
{
	static const char *const money[] = {"\xC2\xA3"
					    "1,160,000",
		"2160000",
		"\xC2\xA3"
		"1.5",
		"EUR 12",
		"\xC2\xA3"
		"1.1m",
		"-3", "0.99"};
	static const char *const numbers[] = {"12", "20240", "-3.5", "1000000", "007", "0"};
	static const char *const postcodes[] = {"cm83hb", "BS20 8JJ", "CF10 1SU", "SW1A 1AA"};
	static const char *const percents[] = {"12 %", "12,5 %", "0.5%", "100", "-3%"};
	static const char *const times[] = {"14:30", "9.05", "3:30 pm", "00:00"};
	static const char *const yes_no[] = {"yes", "no"};
	struct dice *dice = &drawing->dice;
	switch (plan->type) {
	case FIELD_DATE:
		return str_format(drawing->arena, "%d-%02d-%02d", dice_from(dice, 1900, 2099),
			dice_from(dice, 1, 12), dice_from(dice, 1, 28));
	case FIELD_MONEY:
		return str_of(dice_pick(dice, money));
	case FIELD_NUMBER:
		return str_of(dice_pick(dice, numbers));
	case FIELD_PERCENT:
		return str_of(dice_pick(dice, percents));
	case FIELD_TIME:
		return str_of(dice_pick(dice, times));
	case FIELD_POSTCODE:
		return str_of(dice_pick(dice, postcodes));
	case FIELD_YES_NO:
		return str_of(dice_pick(dice, yes_no));
	default:
		return draw_line(drawing, str_lit("en-GB"), 4);
	}
}

/* -- declarations ------------------------------------------------------------------------------ */

static struct plan *draw_plans(struct drawing *drawing, struct twig *into, int count, int depth);

static void draw_plan(
	struct drawing *drawing, struct twig *into, struct plan *plan, int number, int depth)
{
	static const char *const names[] = {
		"name", "due", "who-else", "Area", "gr\xC3\xB6\xC3\237e", "part.of", "x_1"};
	struct arena *arena = drawing->arena;
	struct dice *dice = &drawing->dice;
	struct twig *declare = twig_element(arena, into, "declare");
	do
		plan->type = (enum field_type)(number < FIELD_TYPE_COUNT && depth == 0
				? number
				: dice_below(dice, FIELD_TYPE_COUNT));
	while (plan->type == FIELD_LIST && depth >= MOST_DEPTH);
	plan->name = str_format(arena, "%s%d", dice_pick(dice, names), number);
	plan->required = !dice_once_in(dice, 3);
	plan->records = dice_from(dice, 1, MOST_LIST);
	twig_set(arena, declare, "name", plan->name);
	if (plan->type != FIELD_TEXT || dice_once_in(dice, 2))
		twig_set(arena, declare, "type", str_of(field_type_name(plan->type)));
	if (plan->type == FIELD_LIST)
		plan->parts = draw_plans(drawing, declare, dice_from(dice, 1, 3), depth + 1);
	else if (dice_once_in(dice, 5))
		twig_set(arena, declare, "default", plan->value = draw_value(drawing, plan));
	if (plan->type == FIELD_MONEY && dice_once_in(dice, 2))
		twig_set(arena, declare, "currency", str_lit("\xC2\xA3"));
	if (plan->required == (plan->value.at != NULL) || dice_once_in(dice, 4))
		twig_set(arena, declare, "required",
			plan->required ? str_lit("yes") : str_lit("no"));
}

static struct plan *draw_plans(struct drawing *drawing, struct twig *into, int count, int depth)
{
	struct plan *first = NULL, **end = &first;
	for (int i = 0; i < count; i++) {
		*end = arena_new_array(drawing->arena, struct plan, 1);
		draw_plan(drawing, into, *end, i, depth);
		end = &(*end)->next;
	}
	return first;
}

void draw_fields(struct drawing *drawing, struct twig *letter)
{
	struct twig *fields = twig_element(drawing->arena, letter, "fields");
	int count = dice_once_in(&drawing->dice, 8) ? 0 : dice_from(&drawing->dice, 3, 14);
	drawing->drawn->plans = draw_plans(drawing, fields, count, 0);
}

/* All that the name may stand for, from the inside out, is of these types: a blank value gives way
 * to that of an outer field of its name. */
static bool is_usable(const struct spot *spot, const struct plan *plan, unsigned types)
{
	for (const struct scope *scope = spot->scope; scope; scope = scope->outer)
		for (const struct plan *other = scope->plans; other; other = other->next)
			if (str_eq(other->name, plan->name) && !(types & 1u << other->type))
				return false;
	return true;
}

static struct plan *nth_field(const struct spot *spot, unsigned types, int n, int *count)
{
	*count = 0;
	for (const struct scope *scope = spot->scope; scope; scope = scope->outer)
		for (struct plan *plan = scope->plans; plan; plan = plan->next)
			if (is_usable(spot, plan, types) && (*count)++ == n)
				return plan;
	return NULL;
}

bool draw_has_field(const struct spot *spot, unsigned types)
{
	int count;
	return nth_field(spot, types, 0, &count);
}

struct plan *draw_field(struct drawing *drawing, const struct spot *spot, unsigned types)
{
	int count;
	nth_field(spot, types, -1, &count);
	struct plan *plan = nth_field(spot, types, dice_below(&drawing->dice, count), &count);
	for (const struct scope *scope = spot->scope; plan && scope; scope = scope->outer)
		for (struct plan *other = scope->plans; other; other = other->next)
			if (str_eq(other->name, plan->name))
				other->barred |= spot->barred;
	return plan;
}

/* -- records ----------------------------------------------------------------------------------- */

/* The elements that a dotted name stands for; the last one. */
static struct twig *add_value(struct drawing *drawing, struct twig *into, const struct plan *plan)
{
	struct str rest = plan->name, part;
	while (str_split(&rest, '.', &part)) {
		const char *name = str_copy(drawing->arena, part).at;
		into = twig_element(drawing->arena, into, name);
	}
	return into;
}

static void draw_about(struct drawing *drawing, struct twig *value, struct str *lang)
{
	if (dice_once_in(&drawing->dice, 10))
		twig_set(drawing->arena, value, "confirmed", str_lit("no"));
	if (!dice_once_in(&drawing->dice, 10))
		return;
	*lang = draw_language(drawing);
	twig_set(drawing->arena, value, "xml:lang", *lang);
}

static void draw_lines(struct drawing *drawing, struct twig *value, struct str lang)
{
	struct arena *arena = drawing->arena;
	for (int i = dice_from(&drawing->dice, 1, 5); i > 0; i--) {
		struct twig *line = twig_element(arena, value, "line");
		line->in_line = true;
		twig_text(arena, line, draw_line(drawing, lang, 3));
	}
}

static void draw_rich(
	struct drawing *drawing, struct twig *value, const struct plan *plan, struct str lang)
{
	struct spot spot = {.holder = TAG_P, .barred = plan->barred, .lang = lang, .record = true};
	value->in_line = true;
	twig_text(drawing->arena, value, draw_words(drawing, lang, 12));
	draw_content(drawing, spot, value);
}

static void draw_record(
	struct drawing *drawing, struct plan *plans, bool blank, struct twig *record);

static void draw_one_value(struct drawing *drawing, struct plan *plan, struct twig *record)
{
	struct dice *dice = &drawing->dice;
	struct str lang = str_lit("en-GB");
	struct twig *value = add_value(drawing, record, plan);
	draw_about(drawing, value, &lang);
	if (plan->type == FIELD_LIST) {
		draw_record(drawing, plan->parts, !plan->required, value);
		return;
	}
	if (plan->type == FIELD_LINES && !dice_once_in(dice, 4)) {
		draw_lines(drawing, value, lang);
		return;
	}
	if (plan->type == FIELD_RICH) {
		draw_rich(drawing, value, plan, lang);
		return;
	}
	struct str text = plan->type == FIELD_TEXT
		? draw_words(drawing, lang, dice_once_in(dice, 6) ? 60 : 6)
		: draw_value(drawing, plan);
	if (plan->equals_count && dice_once_in(dice, 2))
		text = plan->equals[dice_below(dice, plan->equals_count)];
	value->in_line = true;
	twig_text(drawing->arena, value, text);
}

/* blank: none of its values need be there. */
static void draw_record(
	struct drawing *drawing, struct plan *plans, bool blank, struct twig *record)
{
	struct dice *dice = &drawing->dice;
	for (struct plan *plan = plans; plan; plan = plan->next) {
		bool wanted = plan->required || (plan == plans && !blank);
		int times = 1;
		if (plan->type == FIELD_LIST)
			times = wanted ? plan->records : dice_below(dice, MOST_LIST + 1);
		else if (!wanted && dice_once_in(dice, 3))
			times = 0;
		if (!wanted && times && plan->type != FIELD_LIST && dice_once_in(dice, 8)) {
			add_value(drawing, record, plan); /* blank */
			continue;
		}
		for (int i = 0; i < times; i++)
			draw_one_value(drawing, plan, record);
	}
}

void draw_records(struct drawing *drawing)
{
	struct drawn *drawn = drawing->drawn;
	drawn->record_count = dice_from(&drawing->dice, 1, MOST_RECORDS);
	for (int i = 0; i < drawn->record_count; i++) {
		struct twig *record = twig_element(drawing->arena, NULL, "recipient");
		twig_set(drawing->arena, record, "xmlns", str_lit("urn:lettermerge:recipient:1"));
		twig_set(drawing->arena, record, "id",
			str_format(drawing->arena, "record-%d", i + 1));
		if (dice_once_in(&drawing->dice, 2))
			twig_set(drawing->arena, record, "xml:lang", str_lit("en-GB"));
		drawing->words = 600;
		drawing->budget = 30;
		draw_record(drawing, drawn->plans, true, record);
		drawn->records[i] = record;
	}
}

struct drawn draw(struct arena *arena, uint64_t seed)
{
	struct drawn drawn = {.seed = seed};
	struct drawing drawing = {.arena = arena, .dice = dice_of(seed), .drawn = &drawn};
	drawing.budget = dice_from(&drawing.dice, 10, 120);
	drawing.words = dice_from(&drawing.dice, 100, 2000);
	draw_letter(&drawing);
	draw_records(&drawing);
	draw_style(&drawing);
	drawn.tokens = drawing.token;
	drawn.kind = dice_below(&drawing.dice, 1 << 20);
	return drawn;
}
