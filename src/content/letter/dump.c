/* dump.c - a letter as text: for golden files, and as a listener hears it. */
#include "letter/letter.h"

static void end_line(struct buf *out)
{
	if (out->len && out->at[out->len - 1] != '\n')
		buf_char(out, '\n');
}

static bool stands_apart(enum tag tag)
{
	return tag_is_block(tag) || tag_is_line(tag) || tag == TAG_ROW;
}

void letter_node_text(const struct node *node, struct buf *out)
{
	if (node->tag == TAG_BR)
		buf_char(out, '\n');
	buf_str(out, node->text);
	node_each (child, node) {
		if (child->tag == TAG_NOTE)
			continue;
		if (stands_apart(child->tag))
			end_line(out);
		else if (child->tag == TAG_CELL && child != node->first)
			buf_char(out, ' ');
		letter_node_text(child, out);
	}
}

static void dump_line(const char *name, struct str text, struct buf *out)
{
	if (text.len == 0)
		return;
	buf_format(out, "%s ", name);
	json_string(out, text);
	buf_char(out, '\n');
}

static void dump_standings(const struct standings *standings, struct buf *out)
{
	buf_puts(out, "facts");
	for (int i = STANDING_SEEN; i < STANDING_COUNT; i++)
		buf_format(out, " %s=%d", standing_name((enum standing)i), standings->count[i]);
	buf_format(out, " late=%d\n", standings->late);
}

void letter_dump(const struct letter *letter, struct buf *out)
{
	buf_format(out, "letter id=%.*s lang=%.*s date=%.*s nodes=%d notes=%d unconfirmed=%d\n",
		str_arg(letter->id), str_arg(letter->lang), str_arg(letter->date),
		letter->node_count, letter->note_count, standings_unconfirmed(&letter->standings));
	if (standings_said(&letter->standings))
		dump_standings(&letter->standings, out);
	dump_line("title", letter->title, out);
	dump_line("author", letter->author, out);
	dump_line("description", letter->description, out);
	dump_line("keywords", letter->keywords, out);
	node_dump(letter->root, 0, out);
}
