/* headings.c - the numbers of headings, as the style of their level asks for them: "1.1" is the
 * number of the level above, then that of its own. They are texts of the heading, so that page,
 * tags, bookmarks and twins say the same. */
#include "letter/letter_int.h"

#include "style/style.h"

static bool is_place(char c)
{
	return c && strchr("1aAiI", c);
}

static int count_places(struct str numbering)
{
	int places = 0;
	for (int i = 0; i < numbering.len; i++)
		places += is_place(numbering.at[i]);
	return places;
}

/* Of places for more levels than there are above it, the first are left out, with what follows
 * each. */
static void write_number(struct str numbering, const int counts[HEADING_LEVELS], int level,
	struct str lang, struct buf *out)
{
	char number[LABEL_SIZE];
	int at = level - count_places(numbering);
	bool dropped = false;
	for (int i = 0; i < numbering.len; i++) {
		char c = numbering.at[i];
		if (is_place(c)) {
			dropped = at++ < 0;
			letter_number(c, dropped ? 1 : counts[at - 1], lang, number);
			buf_puts(out, dropped ? "" : number);
		} else if (!dropped) {
			buf_char(out, c);
		}
	}
}

/* With a blank that no line ends at. */
static void put_before(struct arena *arena, struct node *heading, struct buf *number)
{
	struct node *text = arena_new_array(arena, struct node, 1);
	buf_puts(number, "\xC2\xA0");
	*text = (struct node){.tag = TAG_TEXT,
		.at = heading->at,
		.lang = heading->lang,
		.text = str_copy(arena, buf_text(number)),
		.parent = heading,
		.next = heading->first,
		.origin = heading->origin,
		.counted = true};
	heading->first = text;
	for (struct node *node = heading; node; node = node->parent)
		node->constant = false; /* others may go before it in another letter */
}

static bool has_numbers(const struct style *style)
{
	for (int i = 0; i < HEADING_LEVELS; i++)
		if (style->block[STYLE_HEADING + i].numbering.len)
			return true;
	return false;
}

bool number_headings(struct arena *arena, struct letter *letter, const struct style *style)
{
	int counts[HEADING_LEVELS] = {0};
	struct buf number = {0};
	bool numbered = false;
	if (!has_numbers(style))
		return false;
	for (int i = 0; i < letter->node_count; i++) {
		struct node *heading = letter->nodes[i];
		if (heading->tag != TAG_HEADING)
			continue;
		int level = node_level(heading);
		struct str numbering = style_block(style, heading)->numbering;
		counts[level - 1]++;
		memset(counts + level, 0, (size_t)(HEADING_LEVELS - level) * sizeof *counts);
		if (!numbering.len)
			continue;
		buf_clear(&number);
		write_number(numbering, counts, level, letter->lang, &number);
		put_before(arena, heading, &number);
		numbered = true;
	}
	buf_free(&number);
	return numbered;
}
