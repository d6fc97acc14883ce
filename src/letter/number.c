/* number.c - ids in reading order, notes in the order of their marks. */
#include "letter/letter_int.h"

void number_nodes(struct arena *arena, struct letter *letter)
{
	for (struct node *node = letter->root; node; node = node_following(node, letter->root)) {
		node->id = letter->node_count++;
		letter->note_count += node->tag == TAG_NOTE;
	}
	letter->nodes = arena_new_array(arena, struct node *, letter->node_count);
	letter->notes = arena_new_array(arena, struct node *, letter->note_count);
	int notes = 0;
	for (struct node *node = letter->root; node; node = node_following(node, letter->root)) {
		letter->nodes[node->id] = node;
		if (node->tag != TAG_NOTE)
			continue;
		letter->notes[notes] = node;
		node->note_number = ++notes;
	}
}
