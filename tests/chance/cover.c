/* cover.c - see cover.h. */
#include "cover.h"

#include "grammar/places.h"
#include "style/style_int.h"

enum { MOST_ROWS = 200 };

struct seen {
	bool stood[TAG_COUNT][TAG_COUNT]; /* [holder][element] */
	bool rules[MOST_ROWS], rows[MOST_ROWS], block_rows[MOST_ROWS];
	bool types[FIELD_TYPE_COUNT];
	struct buf geometries; /* each behind a blank */
};

/* -- looking ---------------------------------------------------------------------------------- */

static void see_rules(struct seen *seen, const struct twig *twig)
{
	for (int i = 0; i < attribute_rule_count; i++)
		if (attribute_rules[i].tag == twig->tag &&
			twig_attribute(twig, attribute_rules[i].name).at)
			seen->rules[i] = true;
}

/* Control elements, and what is no element of a letter, look through to what holds them. */
static void see_element(struct seen *seen, enum tag holder, const struct twig *twig)
{
	bool known = twig->tag < TAG_COUNT;
	enum tag inside = known && !place_is_control(twig->tag) ? twig->tag : holder;
	if (known) {
		seen->stood[holder][twig->tag] = true;
		see_rules(seen, twig);
	}
	for (const struct twig *child = twig->first; child; child = child->next)
		see_element(seen, inside, child);
	for (const struct twig *child = twig->part ? twig->part->first : NULL; child;
		child = child->next)
		see_element(seen, holder, child);
}

static void see_plans(struct seen *seen, const struct plan *plan)
{
	for (; plan; plan = plan->next) {
		seen->types[plan->type] = true;
		see_plans(seen, plan->parts);
	}
}

static void see_style(struct seen *seen, const struct twig *style)
{
	for (const struct twig *element = style->first; element; element = element->next) {
		for (int i = 0; i < style_row_count; i++)
			if (str_is(element->name, style_rows[i].element) &&
				twig_attribute(element, style_rows[i].name).at)
				seen->rows[i] = true;
		for (int i = 0; i < style_block_row_count; i++)
			if (twig_attribute(element, style_block_rows[i].name).at)
				seen->block_rows[i] = true;
		struct str geometry = twig_attribute(element, "geometry");
		if (geometry.at)
			buf_format(&seen->geometries, " %.*s", str_arg(geometry));
	}
}

/* -- what is missing -------------------------------------------------------------------------- */

static bool may_stand(enum tag holder, enum tag tag)
{
	return place_holds(holder, tag) && !place_is_laid_down(holder, tag) &&
		tag_class(tag) != CLASS_META && !place_is_control(holder) &&
		!(place_bars(holder) & tag_bit(tag));
}

static void miss_elements(const struct seen *seen, struct buf *out)
{
	for (enum tag holder = TAG_LETTER; holder < TAG_COUNT; holder++)
		for (enum tag tag = TAG_TEXT + 1; tag < TAG_COUNT; tag++)
			if (may_stand(holder, tag) && !seen->stood[holder][tag])
				buf_format(out, "<%s> in <%s>\n", tag_element(tag),
					tag_element(holder));
	for (int i = 0; i < attribute_rule_count; i++)
		if (!seen->rules[i] &&
			!(attribute_rules[i].kind == KIND_VARIANT &&
				(attribute_rules[i].tag == TAG_LINE ||
					attribute_rules[i].tag == TAG_COLUMN)))
			buf_format(out, "%s of <%s>\n", attribute_rules[i].name,
				tag_element(attribute_rules[i].tag));
	for (int type = 0; type < FIELD_TYPE_COUNT; type++)
		if (!seen->types[type])
			buf_format(out, "the type %s\n", field_type_name((enum field_type)type));
}

static void miss_style(struct seen *seen, struct buf *out)
{
	for (int i = 0; i < style_row_count; i++)
		if (!seen->rows[i])
			buf_format(out, "%s of a style's <%s>\n", style_rows[i].name,
				style_rows[i].element);
	for (int i = 0; i < style_block_row_count; i++)
		if (!seen->block_rows[i])
			buf_format(out, "%s in a style\n", style_block_rows[i].name);
	for (const char *name = NULL; (name = style_next_geometry(name));)
		if (!seen->geometries.len || str_find(buf_text(&seen->geometries), name) < 0)
			buf_format(out, "the geometry %s\n", name);
}

bool cover(int count, struct buf *out)
{
	struct seen seen = {0};
	size_t before = out->len;
	for (int i = 1; i <= count; i++) {
		struct arena *arena = arena_new();
		struct drawn drawn = draw(arena, (uint64_t)i);
		see_element(&seen, TAG_LETTER, drawn.letter);
		see_plans(&seen, drawn.plans);
		see_style(&seen, drawn.style);
		arena_free(arena);
	}
	miss_elements(&seen, out);
	miss_style(&seen, out);
	buf_free(&seen.geometries);
	return out->len == before;
}
