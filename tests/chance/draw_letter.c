/* draw_letter.c - a letter template: in each place one of all elements that may stand there. */
#include "draw.h"

#include "grammar/places.h"
#include "locale/locale.h"

enum { USUAL = 10, RARE = 3, DEEPEST = 7, MOST_COLUMNS = 4 };

/* How often an element is drawn beside others; USUAL where nothing is written. What stands at a
 * fixed place would stand on itself if it came often. */
static const int weights[TAG_COUNT] = {
	[TAG_TEXT] = 60,
	[TAG_P] = 60,
	[TAG_LETTERHEAD] = 1,
	[TAG_CONTINUATION] = 1,
	[TAG_ADDRESS] = 1,
	[TAG_INFORMATION] = 1,
	[TAG_RETURN_ADDRESS] = 1,
	[TAG_FOOTER] = 1,
	[TAG_DATE] = 2,
	[TAG_REFERENCE] = 2,
	[TAG_SIGNATURE] = 4,
	[TAG_LI] = 40,
	[TAG_ROW] = 40,
	[TAG_LINE] = 40,
	[TAG_FIELD] = 20,
	[TAG_NOTE] = 15,
	[TAG_IF] = 6,
	[TAG_CHOOSE] = 4,
	[TAG_EACH] = 12,
	[TAG_PLURAL] = 4,
	[TAG_INCLUDE] = 2,
};

/* In ten letters, of those that most letters have once and in this order: so many. */
static const int frequency[TAG_COUNT] = {
	[TAG_LETTERHEAD] = 6,
	[TAG_CONTINUATION] = 4,
	[TAG_REFERENCE] = 3,
	[TAG_DATE] = 6,
	[TAG_INFORMATION] = 3,
	[TAG_RETURN_ADDRESS] = 3,
	[TAG_ADDRESS] = 6,
	[TAG_SALUTATION] = 8,
	[TAG_SUBJECT] = 6,
	[TAG_CLOSING] = 8,
	[TAG_SIGNATURE] = 6,
	[TAG_ENCLOSURES] = 3,
	[TAG_COPIES] = 3,
	[TAG_POSTSCRIPT] = 3,
	[TAG_FOOTER] = 3,
};

/* Whether what it needs is there. */
static bool is_possible(const struct drawing *drawing, const struct spot *spot, enum tag tag)
{
	bool container = tag_content(tag) != CONTENT_NONE && tag_content(tag) != CONTENT_TEXT;
	if (drawing->budget <= 0 ||
		(spot->depth >= DEEPEST && (container || place_is_control(tag))))
		return false;
	if (tag == TAG_EACH || tag == TAG_FIELD || tag == TAG_IF || tag == TAG_CHOOSE ||
		tag == TAG_PLURAL)
		return draw_has_field(spot, draw_types(tag));
	if (tag == TAG_INCLUDE)
		return drawing->drawn->part_count < MOST_PARTS;
	return true;
}

static int weight_of(const struct drawing *drawing, const struct spot *spot, enum tag tag)
{
	bool stands = tag == TAG_TEXT ? place_takes_words(spot->holder)
				      : place_holds(spot->holder, tag);
	bool nests = tag_class(tag) == CLASS_INLINE && tag_content(tag) == CONTENT_TEXT;
	if (!stands || tag_class(tag) == CLASS_META || place_is_laid_down(spot->holder, tag) ||
		spot->barred & tag_bit(tag) ||
		(tag != TAG_TEXT && spot->record && !place_in_record(tag)) ||
		(tag != TAG_TEXT && !is_possible(drawing, spot, tag)))
		return 0;
	if (nests && tag_class(spot->holder) == CLASS_INLINE)
		return RARE;
	return weights[tag] ? weights[tag] : USUAL;
}

/* TAG_COUNT: nothing may stand here any more. */
static enum tag draw_tag(struct drawing *drawing, const struct spot *spot)
{
	int sum = 0;
	for (enum tag tag = TAG_TEXT; tag < TAG_COUNT; tag++)
		sum += weight_of(drawing, spot, tag);
	int at = dice_below(&drawing->dice, sum);
	for (enum tag tag = TAG_TEXT; tag < TAG_COUNT; tag++)
		if ((at -= weight_of(drawing, spot, tag)) < 0)
			return tag;
	return TAG_COUNT;
}

static void draw_one(struct drawing *drawing, struct spot spot, enum tag tag, struct twig *into);

/* -- text -------------------------------------------------------------------------------------- */

static void draw_text(struct drawing *drawing, const struct spot *spot, struct twig *into)
{
	static const char *const joints[] = {" ", " ", " ", "", "\n   ", ", "};
	struct dice *dice = &drawing->dice;
	int most = dice_once_in(dice, 6) ? 120 : dice_once_in(dice, 2) ? 25 : 5;
	if (tag_content(spot->holder) != CONTENT_TEXT || !tag_is_paragraph(spot->holder))
		most = 6;
	if (spot->tight)
		most = 2;
	struct str words = draw_words(drawing, spot->lang, most);
	const char *before = into->first ? dice_pick(dice, joints) : "";
	twig_text(drawing->arena, into,
		str_format(drawing->arena, "%s%.*s%s", before, str_arg(words),
			dice_pick(dice, joints)));
}

/* -- rows: as many cells as the table has columns, whatever the record says
 * ------------------------ */

static void draw_cells(struct drawing *drawing, struct spot spot, int count, struct twig *into);
static void draw_part(struct drawing *drawing, struct spot spot, struct twig *include);

/* A field that is there in each record; NULL: there is none here. */
static struct plan *find_required(const struct spot *spot, enum field_type type)
{
	struct plan *plan = spot->scope ? spot->scope->plans : NULL;
	while (plan && (!plan->required || plan->type != type))
		plan = plan->next;
	return plan;
}

/* A condition that always holds. */
static bool draw_if_of_cells(
	struct drawing *drawing, struct spot spot, int count, struct twig *into)
{
	struct plan *plan = find_required(&spot, FIELD_TEXT);
	if (!plan)
		return false;
	struct twig *made = twig_tag(drawing->arena, into, TAG_IF);
	twig_set(drawing->arena, made, "field", plan->name);
	draw_cells(drawing, spot, count, made);
	return true;
}

/* Of whose arms one is always shown. */
static bool draw_plural_of_cells(
	struct drawing *drawing, struct spot spot, int count, struct twig *into)
{
	struct plan *plan = find_required(&spot, FIELD_NUMBER);
	if (!plan)
		return false;
	struct twig *made = twig_tag(drawing->arena, into, TAG_PLURAL);
	twig_set(drawing->arena, made, "field", plan->name);
	for (enum tag arm = TAG_ZERO; arm <= TAG_OTHER; arm++)
		draw_cells(drawing, spot, count, twig_tag(drawing->arena, made, arm));
	return true;
}

static bool draw_each_of_cells(
	struct drawing *drawing, struct spot spot, int count, struct twig *into)
{
	for (struct plan *plan = spot.scope->plans; plan; plan = plan->next)
		if (plan->type == FIELD_LIST && plan->required && plan->records == count) {
			struct scope scope = {plan->parts, spot.scope};
			struct twig *made = twig_tag(drawing->arena, into, TAG_EACH);
			twig_set(drawing->arena, made, "field", plan->name);
			spot.scope = &scope;
			draw_cells(drawing, spot, 1, made);
			return true;
		}
	return false;
}

static bool draw_choice_of_cells(
	struct drawing *drawing, struct spot spot, int count, struct twig *into)
{
	struct plan *plan = draw_field(drawing, &spot, ~0u);
	if (!plan)
		return false;
	struct twig *made = twig_tag(drawing->arena, into, TAG_CHOOSE);
	struct twig *when = twig_tag(drawing->arena, made, TAG_WHEN);
	twig_set(drawing->arena, when, "field", plan->name);
	draw_cells(drawing, spot, count, when);
	draw_cells(drawing, spot, count, twig_tag(drawing->arena, made, TAG_OTHERWISE));
	return true;
}

static bool draw_part_of_cells(
	struct drawing *drawing, struct spot spot, int count, struct twig *into)
{
	if (drawing->drawn->part_count == MOST_PARTS)
		return false;
	spot.columns = count; /* a row of its own, as it were */
	draw_part(drawing, spot, twig_tag(drawing->arena, into, TAG_INCLUDE));
	return true;
}

static void draw_cells(struct drawing *drawing, struct spot spot, int count, struct twig *into)
{
	static bool (*const ways[])(struct drawing *, struct spot, int, struct twig *) = {
		draw_if_of_cells, draw_each_of_cells, draw_choice_of_cells, draw_plural_of_cells,
		draw_part_of_cells};
	spot.depth++;
	while (count > 0) {
		int some = dice_from(&drawing->dice, 1, count);
		bool control = spot.depth < DEEPEST && dice_once_in(&drawing->dice, 8);
		if (control && dice_pick(&drawing->dice, ways)(drawing, spot, some, into)) {
			count -= some;
			continue;
		}
		draw_one(drawing, spot, TAG_CELL, into);
		bool wide = spot.columns > 2; /* a row of information has two cells */
		if (wide && count > 1 && dice_once_in(&drawing->dice, 12)) {
			twig_set(drawing->arena, into->last, "span", str_lit("2"));
			count--;
		}
		count--;
	}
}

/* -- control elements -------------------------------------------------------------------------- */

static void draw_arm(struct drawing *drawing, struct spot spot, enum tag tag, struct twig *into)
{
	struct twig *arm = twig_tag(drawing->arena, into, tag);
	arm->in_line |= into->in_line;
	draw_attributes(drawing, &spot, arm);
	draw_content(drawing, spot, arm);
}

static void draw_choose(struct drawing *drawing, struct spot spot, struct twig *into)
{
	int before = drawing->level_least, least = before;
	bool otherwise = dice_once_in(&drawing->dice, 2);
	for (int i = dice_from(&drawing->dice, 1, 3); i + otherwise > 0; i--) {
		drawing->level_least = before;
		draw_arm(drawing, spot, i > 0 ? TAG_WHEN : TAG_OTHERWISE, into);
		otherwise &= i > 0;
		least = drawing->level_least < least ? drawing->level_least : least;
	}
	drawing->level_least = least;
}

/* Whatever categories the language has. */
static void draw_plural(struct drawing *drawing, struct spot spot, struct twig *into)
{
	int before = drawing->level_least, least = before;
	draw_attributes(drawing, &spot, into);
	for (enum tag arm = TAG_ZERO; arm <= TAG_OTHER; arm++) {
		drawing->level_least = before;
		draw_arm(drawing, spot, arm, into);
		least = drawing->level_least < least ? drawing->level_least : least;
	}
	drawing->level_least = least;
}

static void draw_part(struct drawing *drawing, struct spot spot, struct twig *include)
{
	struct drawn *drawn = drawing->drawn;
	struct twig *part = twig_element(drawing->arena, NULL, "part");
	twig_set(drawing->arena, part, "xmlns", str_lit(TEMPLATE_NAMESPACE));
	part->in_line = place_takes_words(spot.holder);
	part->text = str_format(drawing->arena, DRAWN_PART, ++drawn->part_count);
	drawn->parts[drawn->part_count - 1] = include->part = part;
	draw_attributes(drawing, &spot, include);
	draw_content(drawing, spot, part);
}

/* What it brings may come in no letter, or several times. */
static void draw_control(struct drawing *drawing, struct spot spot, enum tag tag, struct twig *into)
{
	struct twig *made = twig_tag(drawing->arena, into, tag);
	int before = drawing->level_least;
	struct scope scope = {NULL, spot.scope};
	spot.depth++;
	made->in_line |= into->in_line;
	if (tag == TAG_CHOOSE) {
		draw_choose(drawing, spot, made);
		return;
	}
	if (tag == TAG_PLURAL) {
		draw_plural(drawing, spot, made);
		return;
	}
	if (tag == TAG_INCLUDE) {
		draw_part(drawing, spot, made);
		return;
	}
	draw_attributes(drawing, &spot, made);
	if (tag == TAG_EACH) {
		drawing->level_least = 0;
		for (const struct scope *at = spot.scope; at && !scope.plans; at = at->outer)
			for (struct plan *plan = at->plans; plan; plan = plan->next)
				if (str_eq(plan->name, twig_attribute(made, "field")))
					scope.plans = plan->parts;
		spot.scope = &scope;
	}
	draw_content(drawing, spot, made);
	drawing->level_least = before < drawing->level_least ? before : drawing->level_least;
}

/* -- elements ---------------------------------------------------------------------------------- */

/* Nothing is in it; where the program then needs to know something, it does. */
static bool draw_empty(struct drawing *drawing, const struct spot *spot, enum tag tag)
{
	if (tag == TAG_SUBJECT || tag == TAG_HEADING || tag_is_choice(tag) || tag == TAG_ROW ||
		(tag == TAG_DATE && !drawing->dated) ||
		(tag == TAG_CLOSING && !close_text(spot->lang, true).at))
		return false;
	return dice_once_in(&drawing->dice, tag == TAG_DATE || tag == TAG_CLOSING ? 2 : 25);
}

static void draw_element(struct drawing *drawing, struct spot spot, enum tag tag, struct twig *into)
{
	struct twig *made = twig_tag(drawing->arena, into, tag);
	struct spot inside = spot;
	made->in_line |= into->in_line;
	drawing->budget--;
	if (tag == TAG_SUBJECT)
		drawing->level_written = drawing->level_least = 0;
	if (tag == TAG_TABLE)
		spot.columns = inside.columns = dice_from(
			&drawing->dice, 1, spot.depth > 1 ? 2 : MOST_COLUMNS);
	if (tag == TAG_INFORMATION)
		spot.columns = inside.columns = 2;
	if (dice_once_in(&drawing->dice, 15)) {
		inside.lang = draw_language(drawing);
		twig_set(drawing->arena, made, "xml:lang", inside.lang);
	}
	draw_attributes(drawing, &spot, made);
	inside.holder = tag;
	inside.barred |= place_bars(tag);
	inside.tight |= tag == TAG_ADDRESS || tag == TAG_INFORMATION || tag == TAG_RETURN_ADDRESS ||
		tag == TAG_COLUMN;
	inside.depth++;
	if (tag_content(tag) != CONTENT_NONE && !draw_empty(drawing, &inside, tag))
		draw_content(drawing, inside, made);
}

static void draw_one(struct drawing *drawing, struct spot spot, enum tag tag, struct twig *into)
{
	if (tag == TAG_TEXT)
		draw_text(drawing, &spot, into);
	else if (place_is_control(tag))
		draw_control(drawing, spot, tag, into);
	else
		draw_element(drawing, spot, tag, into);
}

void draw_content(struct drawing *drawing, struct spot spot, struct twig *into)
{
	struct dice *dice = &drawing->dice;
	bool text = tag_content(spot.holder) == CONTENT_TEXT;
	int count = dice_from(dice, 1, spot.tight ? 2 : text ? dice_from(dice, 1, 6) : 4);
	if (spot.holder == TAG_ROW) {
		draw_cells(drawing, spot, spot.columns, into);
		return;
	}
	if (spot.holder == TAG_HEADING || spot.holder == TAG_SUBJECT)
		draw_text(drawing, &spot, into); /* never without words */
	for (int i = 0; i < count; i++) {
		enum tag tag = draw_tag(drawing, &spot);
		if (tag < TAG_COUNT)
			draw_one(drawing, spot, tag, into);
	}
}

/* -- the letter -------------------------------------------------------------------------------- */

static void draw_once(
	struct drawing *drawing, struct spot spot, enum tag from, enum tag to, struct twig *letter)
{
	for (enum tag tag = from; tag < to; tag++)
		if (dice_below(&drawing->dice, 10) < frequency[tag])
			draw_one(drawing, spot, tag, letter);
}

static void draw_meta(struct drawing *drawing, struct spot spot, struct twig *letter)
{
	for (enum tag tag = TAG_LETTER + 1; tag < TAG_COUNT; tag++) {
		if (tag_class(tag) != CLASS_META ||
			(tag != TAG_TITLE && dice_once_in(&drawing->dice, 2)))
			continue;
		struct twig *made = twig_tag(drawing->arena, letter, tag);
		spot.holder = tag;
		spot.barred = place_bars(tag);
		draw_text(drawing, &spot, made);
		draw_content(drawing, spot, made);
	}
}

void draw_letter(struct drawing *drawing)
{
	struct dice *dice = &drawing->dice;
	struct twig *letter = twig_tag(drawing->arena, NULL, TAG_LETTER);
	struct spot spot = {.holder = TAG_LETTER, .lang = draw_language(drawing), .columns = 1};
	if (!dice_once_in(dice, 3))
		spot.lang = str_lit("en-GB");
	drawing->drawn->letter = letter;
	twig_set(drawing->arena, letter, "xmlns", str_lit(TEMPLATE_NAMESPACE));
	twig_set(drawing->arena, letter, "xml:lang", spot.lang);
	draw_attributes(drawing, &spot, letter);
	drawing->dated = twig_attribute(letter, "date").at;
	draw_fields(drawing, letter);
	struct scope scope = {drawing->drawn->plans, NULL};
	spot.scope = &scope;
	int budget = drawing->budget;
	drawing->budget = 8;
	draw_meta(drawing, spot, letter);
	drawing->budget = budget;
	bool usual = !dice_once_in(dice, 6);
	if (usual)
		draw_once(drawing, spot, TAG_TEXT, TAG_HEADING, letter);
	for (int i = dice_from(dice, 1, dice_once_in(dice, 4) ? 14 : 5); i > 0; i--) {
		enum tag tag = draw_tag(drawing, &spot);
		if (tag < TAG_COUNT)
			draw_one(drawing, spot, tag, letter);
	}
	if (usual)
		draw_once(drawing, spot, TAG_HEADING, TAG_COUNT, letter);
}
