/* shown.c - what a letter shows of its template: which way its decisions went, which fields had a
 * value, how long the values are and how odd their characters.
 *
 * Noted at the merge itself, where each decision falls, because a second walk that only looks would
 * have to decide all of it again and could come to differ. It costs an addition here and there. */
#include "letter/letter_int.h"

#include "base/ascii.h"

void shown_begin(struct merge *merge)
{
	const struct template *template = merge->template;
	merge->shown = (struct shown){
		.turns = arena_alloc(merge->arena, (size_t) template->node_count),
		.fields = arena_new_array(merge->arena, struct shown_field, template->field_count)};
}

void shown_turn(struct merge *merge, const struct node *control, enum turn turn)
{
	merge->shown.turns[control->id] |= (unsigned char)(1 << turn);
}

/* Characters, a run of white space being one. */
static int measure(struct shown *shown, struct str text)
{
	int count = 0;
	bool after_space = true;
	text = str_trim(text);
	for (int at = 0; at < text.len;) {
		uint32_t c = utf8_next(text, &at);
		count += !(ascii_is_space(c) && after_space);
		after_space = ascii_is_space(c);
		shown->beyond_ascii += c > 0x7E;
		shown->right_to_left += c > 0x7E && letter_is_right_to_left(c);
		shown->oddest = c > shown->oddest ? c : shown->oddest;
	}
	return count;
}

static void note_range(bool first, int number, int *most, int *fewest)
{
	*most = first || number > *most ? number : *most;
	*fewest = first || number < *fewest ? number : *fewest;
}

void shown_field(struct merge *merge, const struct found *found)
{
	struct shown_field *field = &merge->shown.fields[found->field->id];
	field->given |= found->value != NULL;
	field->defaulted |= !found->value && found->field->value.at;
	field->absent |= !found->value && !found->field->value.at;
}

void shown_value(struct merge *merge, const struct found *found, struct str text)
{
	struct shown_field *field = &merge->shown.fields[found->field->id];
	shown_field(merge, found);
	if (!found->value)
		return;
	bool first = field->values++ == 0;
	note_range(first, measure(&merge->shown, text), &field->most, &field->fewest);
	note_range(first, found->value->line_count, &field->most_lines, &field->fewest_lines);
}

void shown_list(
	struct merge *merge, const struct node *each, const struct found *found, int records)
{
	struct shown_field *field = &merge->shown.fields[found->field->id];
	shown_turn(merge, each, records == 0 ? TURN_PASSED : records == 1 ? TURN_ONE : TURN_MANY);
	note_range(field->values++ == 0, records, &field->most, &field->fewest);
}
