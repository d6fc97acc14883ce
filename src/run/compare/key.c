/* key.c - merged letter → key.
 *
 * Taken after the merge, from what is printed: so an edited comment, a shifted line, a column that
 * no letter uses and a file that was saved again change nothing, and a paragraph under a condition
 * changes only the letters that show it. Places never enter. A field leaves its bounds in the key
 * but not its name, since glyphs are shaped on either side of it by themselves.
 *
 * One walk writes two texts: what is printed, for the key, and the words without the values, for
 * the reasons. A block that is the same in every letter is walked once a run. Rejected: a hash of
 * the template, the style and the record as files, which knows neither conditions nor
 * comments. */
#include "compare/key_int.h"

#include "template/template.h"

#include <stdlib.h>

struct keyer *keyer_new(
	const struct basis *basis, struct pictures *pictures, struct attachments *attachments)
{
	struct keyer *keyer = heap_new(sizeof *keyer);
	keyer->basis = basis;
	keyer->pictures = pictures;
	keyer->attachments = attachments;
	keyer->unsaid = diags_new();
	keyer->arena = arena_new();
	keyer->kept = arena_new();
	return keyer;
}

void keyer_free(struct keyer *keyer)
{
	if (!keyer)
		return;
	struct buf *const bufs[] = {&keyer->printed, &keyer->words, &keyer->names, &keyer->values,
		&keyer->key, &keyer->shape};
	for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
		buf_free(bufs[i]);
	diags_free(keyer->unsaid);
	arena_free(keyer->arena);
	arena_free(keyer->kept);
	free(keyer);
}

/* -- blocks ------------------------------------------------------------------------------------ */

static struct str keep(struct arena *arena, struct buf *buf)
{
	return str_copy(arena, (struct str){buf->at, (int)buf->len});
}

static struct piece take_block(struct keyer *keyer, const struct node *node, struct arena *arena)
{
	buf_clear(&keyer->printed);
	buf_clear(&keyer->words);
	buf_clear(&keyer->names);
	buf_clear(&keyer->values);
	keyer->other = &keyer->words;
	keyer->tags = 0;
	keyer_put_node(keyer, node);
	return (struct piece){
		.known = true,
		.tag = node->tag,
		.printed = hash_bytes(keyer->printed.at, keyer->printed.len),
		.template = hash_bytes(keyer->words.at, keyer->words.len),
		.words = keep(arena, &keyer->words),
		.names = keep(arena, &keyer->names),
		.values = keep(arena, &keyer->values),
		.tags = keyer->tags,
	};
}

static struct piece find_block(struct keyer *keyer, const struct node *node)
{
	if (!node->constant)
		return take_block(keyer, node, keyer->arena);
	int id = node->origin->id;
	while (keyer->constant.len <= id)
		vec_push(keyer->kept, &keyer->constant);
	if (!keyer->constant.at[id].known)
		keyer->constant.at[id] = take_block(keyer, node, keyer->kept);
	return keyer->constant.at[id];
}

/* -- the letter -------------------------------------------------------------------------------- */

/* A table's lines are drawn as rules and its cells have a style of their own. */
static uint64_t with_needed(uint64_t tags)
{
	return tags & tag_bit(TAG_TABLE) ? tags | tag_bit(TAG_CELL) | tag_bit(TAG_RULE) : tags;
}

static void add_styles(struct keyer *keyer, uint64_t tags)
{
	const struct basis *basis = keyer->basis;
	for (enum tag tag = 0; tag < TAG_COUNT; tag++)
		if (tags & tag_bit(tag))
			buf_put(&keyer->key, &basis->tag[tag], sizeof basis->tag[tag]);
	if (tags & tag_bit(TAG_BARCODE))
		barcode_library(&keyer->key);
}

/* Of all that was put, and of what all letters share. */
static struct hash hash_with(struct keyer *keyer, const struct hash *shared)
{
	size_t before = keyer->key.len;
	buf_put(&keyer->key, shared, sizeof *shared);
	struct hash hash = hash_bytes(keyer->key.at, keyer->key.len);
	keyer->key.len = before;
	return hash;
}

static void add_meta(struct keyer *keyer, const struct letter *letter)
{
	const struct {
		const char *name;
		struct str text;
	} metas[] = {{"<title>", letter->title}, {"<author>", letter->author},
		{"<description>", letter->description}, {"<keywords>", letter->keywords}};
	buf_str(&keyer->key, letter->lang);
	buf_clear(&keyer->printed);
	keyer->other = &keyer->words;
	keyer_put_patterns(keyer, letter->lang);
	buf_put(&keyer->key, keyer->printed.at, keyer->printed.len);
	for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
		buf_char(&keyer->key, '\0');
		buf_str(&keyer->key, metas[i].text);
		keyer_put_value(keyer, str_of(metas[i].name), metas[i].text);
	}
}

/* What is attached says more than the pages: a picture's name, a field that is not used. */
static void add_source(struct keyer *keyer, const struct letter *letter)
{
	buf_clear(&keyer->printed);
	letter_source(letter, &keyer->printed);
	recipient_write(letter->recipient, &keyer->printed);
	struct hash hash = hash_bytes(keyer->printed.at, keyer->printed.len);
	struct buf text = {0};
	hash_write(&hash, &text);
	buf_put(&keyer->key, &hash, sizeof hash);
	keyer_put_value(keyer, str_lit(KEY_ATTACHED), buf_text(&text));
	buf_free(&text);
}

/* Gathers names and values of all blocks where the last block's own stood. */
static void gather(struct keyer *keyer)
{
	buf_clear(&keyer->names);
	buf_clear(&keyer->values);
	buf_clear(&keyer->shape);
	for (int i = 0; i < keyer->pieces.len; i++) {
		const struct piece *piece = &keyer->pieces.at[i];
		buf_put(&keyer->key, &piece->printed, sizeof piece->printed);
		buf_put(&keyer->shape, &piece->template, sizeof piece->template);
		buf_str(&keyer->names, piece->names);
		buf_str(&keyer->values, piece->values);
	}
}

void keyer_take(struct keyer *keyer, const struct letter *letter, struct letter_key *out)
{
	uint64_t tags = 0;
	arena_reset(keyer->arena);
	memset(&keyer->pieces, 0, sizeof keyer->pieces);
	buf_clear(&keyer->key);
	keyer->dir = path_dir(str_of(letter->template->file));
	node_each (block, letter->root) {
		struct piece piece = find_block(keyer, block);
		piece.at = block->at;
		tags |= piece.tags;
		*vec_push(keyer->arena, &keyer->pieces) = piece;
	}
	gather(keyer);
	add_meta(keyer, letter);
	if (keyer->basis->attach_source)
		add_source(keyer, letter);
	tags = with_needed(tags);
	add_styles(keyer, tags);
	buf_put(&keyer->shape, keyer->names.at, keyer->names.len);
	*out = (struct letter_key){
		.key = hash_with(keyer, &keyer->basis->always),
		.content = hash_with(keyer, &keyer->basis->content),
		.shape = hash_bytes(keyer->shape.at, keyer->shape.len),
		.tags = tags,
		.names = buf_text(&keyer->names),
		.values = buf_text(&keyer->values),
	};
}

struct hash keyer_key(struct keyer *keyer, const struct hash *always)
{
	return hash_with(keyer, always);
}

void keyer_write_shape(const struct keyer *keyer, struct buf *out)
{
	for (int i = 0; i < keyer->pieces.len; i++) {
		const struct piece *piece = &keyer->pieces.at[i];
		buf_number(out, piece->at.line);
		buf_char(out, ' ');
		buf_puts(out, tag_element(piece->tag));
		buf_char(out, ' ');
		buf_puts(out, piece->at.file);
		buf_char(out, '\t');
		buf_str(out, piece->words);
		buf_char(out, '\n');
	}
	buf_char(out, '\n');
	buf_put(out, keyer->names.at, keyer->names.len);
}
