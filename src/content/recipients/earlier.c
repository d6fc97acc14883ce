/* earlier.c - the records of a run so far: the second of one id, and of one address, is found. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"

void earlier_begin(struct earlier *earlier, const struct source *source)
{
	*earlier = (struct earlier){.source = source, .ids.spills = true, .people.spills = true};
	const struct template *template = source->template;
	const struct node *block = template ? template->root->first : NULL;
	while (block && block->tag != TAG_ADDRESS)
		block = block->next;
	for (const struct node *node = block; node; node = node_following(node, block))
		if (node->tag == TAG_FIELD)
			*vec_push(source->arena, &earlier->addressing) = node_attribute(
				node, "name");
}

void earlier_free(struct earlier *earlier)
{
	map_free(&earlier->ids);
	map_free(&earlier->people);
}

const char *earlier_name(const struct earlier *earlier, int64_t ordinal,
	const struct recipient *now, struct arena *arena)
{
	const struct source *source = earlier->source;
	if (source->kind->file_name)
		return str_quoted(arena, source->kind->file_name(source, (int)ordinal)).at;
	return str_format(arena, now->at.row ? "row %d" : "the one in line %d", (int)ordinal).at;
}

/* An earlier record whose id is another one, and the same in small letters; or -1. Of ids that have
 * capitals the map holds that too, apart from ids that are so written. */
static int64_t find_in_other_case(
	struct earlier *earlier, struct arena *arena, const struct recipient *recipient)
{
	struct str folded = id_fold(arena, recipient->id);
	uint64_t as_written = str_hash(folded), as_meant = ~as_written;
	if (str_eq(folded, recipient->id))
		return map_find(&earlier->ids, as_meant);
	int64_t other = map_find(&earlier->ids, as_written);
	return other >= 0 ? other
			  : map_add(&earlier->ids, as_meant, (uint32_t)earlier->source->ordinal);
}

bool earlier_check_id(struct earlier *earlier, struct arena *arena,
	const struct recipient *recipient, struct diags *diags)
{
	uint32_t ordinal = (uint32_t)earlier->source->ordinal;
	int64_t same = map_add(&earlier->ids, str_hash(recipient->id), ordinal);
	int64_t other = same < 0 ? find_in_other_case(earlier, arena, recipient) : -1;
	const char *id = diag_str(diags, recipient->id);
	if (same >= 0)
		diag_add(diags, RECIPIENT_TWICE, recipient->at,
			earlier_name(earlier, same, recipient, arena), id);
	if (other >= 0)
		diag_add(diags, RECIPIENT_CASE, recipient->at,
			earlier_name(earlier, other, recipient, arena), id);
	return same < 0 && other < 0;
}

/* A person's hash, not 0. Records keep it: this must stay as it is. */
static uint64_t hash_text(struct str text)
{
	uint64_t hash = str_hash(text);
	hash ^= hash >> 33;
	hash *= 0xFF51AFD7ED558CCDu;
	hash ^= hash >> 33;
	return hash ? hash : 1;
}

uint64_t earlier_hash_person(
	const struct earlier *earlier, struct arena *arena, const struct recipient *recipient)
{
	struct arena_mark mark = arena_save(arena);
	struct buf text = {0};
	for (int i = 0; i < earlier->addressing.len; i++) {
		const struct value *value = recipient_find(
			recipient->values, earlier->addressing.at[i]);
		if (value && str_trim(value->text).len)
			buf_format(&text, "%.*s ", str_arg(value->text));
	}
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] >= 'A' && text.at[i] <= 'Z')
			text.at[i] = (char)(text.at[i] + 'a' - 'A');
	struct str person = fold_text(arena, text_composed(arena, buf_text(&text)));
	uint64_t hash = person.len ? hash_text(person) : 0;
	buf_free(&text);
	arena_restore(arena, mark);
	return hash;
}

void earlier_check_person(struct earlier *earlier, struct arena *arena,
	const struct recipient *recipient, struct diags *diags)
{
	uint32_t ordinal = (uint32_t)earlier->source->ordinal;
	int64_t other = recipient->person ? map_add(&earlier->people, recipient->person, ordinal)
					  : -1;
	if (other >= 0)
		diag_add(diags, RECIPIENT_SAME, recipient->at,
			earlier_name(earlier, other, recipient, arena));
}
