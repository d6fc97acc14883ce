/* number.c - ids in reading order, directions, notes in the order of their marks. */
#include "letter/letter_int.h"

/* A mark behind a mark needs a comma, lest two notes read as one: is there anything between? */
static bool is_joined(const struct node *root, const struct node *before, const struct node *note)
{
	for (const struct node *node = before; node != note; node = node_following(node, root)) {
		bool inside = false;
		for (const struct node *up = node; up && !inside; up = up->parent)
			inside = up == before;
		if (!inside &&
			(tag_is_block(node->tag) || node->tag == TAG_BR ||
				(node->tag == TAG_TEXT && node->text.len) ||
				tag_class(node->tag) == CLASS_PART))
			return false;
	}
	return true;
}

void number_nodes(struct arena *arena, struct letter *letter)
{
	letter->node_count = letter->note_count = 0;
	for (struct node *node = letter->root; node; node = node_following(node, letter->root)) {
		node->id = letter->node_count++;
		letter->note_count += node->tag == TAG_NOTE;
	}
	letter->nodes = arena_take_array(arena, struct node *, letter->node_count);
	letter->notes = arena_take_array(arena, struct node *, letter->note_count);
	int notes = 0;
	for (struct node *node = letter->root; node; node = node_following(node, letter->root)) {
		letter->nodes[node->id] = node;
		node_find_direction(node);
		if (node->tag != TAG_NOTE)
			continue;
		node->note_joins = notes && is_joined(letter->root, letter->notes[notes - 1], node);
		letter->notes[notes] = node;
		node->note_number = ++notes;
	}
}
