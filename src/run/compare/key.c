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
#include "compare/key.h"

#include "compare/said_int.h"

#include "record/record.h"
#include "template/template.h"
#include "text/text.h"
#include "tree/vocabulary.h"

#include <stdlib.h>

/* One block, taken apart. */
struct piece {
	bool known;
	enum tag tag;
	struct place at;
	struct hash printed, template; /* with the fields' values, and without */
	struct str words, names, values;
	uint64_t tags; /* of all nodes in it */
};

/* What divides the words of a language. */
struct patterns {
	struct str lang, hash; /* of the file, in hexadecimal digits; "none" */
};

struct keyer {
	const struct basis *basis;
	struct pictures *pictures;
	struct attachments *attachments;
	struct diags *unsaid;
	struct arena *arena; /* one letter's */
	struct arena *kept;  /* the constant blocks' */
	vec(struct patterns) patterns;
	vec(struct str) waiting;    /* languages in the value at work */
	vec(struct piece) constant; /* by the node's id in the template */
	vec(struct piece) pieces;   /* of the letter at work */
	struct buf printed, words, names, values, key, shape;
	struct buf *other; /* words, or values inside a field */
	uint64_t tags;
	struct str dir; /* the template's: pictures are named from there */
};

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

/* -- writing ----------------------------------------------------------------------------------- */

static void put(struct keyer *keyer, const char *text)
{
	buf_puts(&keyer->printed, text);
	buf_puts(keyer->other, text);
}

static void put_value(struct keyer *keyer, struct str name, struct str value)
{
	buf_str(&keyer->names, name);
	buf_char(&keyer->names, '\0');
	buf_str(&keyer->values, value);
	buf_char(&keyer->values, '\0');
}

/* A picture counts by what is in its file, not by its name. One that cannot be read has a hash of
 * its own, and an error when the letter is made. */
static struct str picture_hash(struct keyer *keyer, struct str src)
{
	struct str path = path_join(keyer->arena, keyer->dir, src);
	const struct picture *picture = pictures_find(
		keyer->pictures, path.at, place_none(), keyer->unsaid);
	diags_clear(keyer->unsaid);
	return picture ? str_format(keyer->arena, "%016llx", (unsigned long long)picture->hash)
		       : str_lit("unreadable");
}

/* Likewise one that goes with the letter, whose name a reader sees. */
static struct str attached_hash(struct keyer *keyer, const struct node *node)
{
	struct attachment file;
	struct buf text = {0};
	const struct attached_to element = {node, keyer->dir};
	bool good = attachments_find(
		keyer->attachments, keyer->arena, element, &file, keyer->unsaid);
	diags_clear(keyer->unsaid);
	if (!good)
		return str_lit("unreadable");
	struct hash hash = hash_bytes(file.bytes.at, (size_t)file.bytes.len);
	hash_write(&hash, &text);
	struct str both = str_format(
		keyer->arena, "%s %.*s", buf_text(&text).at, str_arg(file.name));
	buf_free(&text);
	return both;
}

static struct str patterns_hash(struct keyer *keyer, struct str lang)
{
	for (int i = 0; i < keyer->patterns.len; i++)
		if (str_eq(keyer->patterns.at[i].lang, lang))
			return keyer->patterns.at[i].hash;
	struct written file = {0};
	const char *path = text_patterns(keyer->arena, lang);
	struct buf hash = {0};
	if (path && written_read(path, &file))
		hash_write(&file.hash, &hash);
	struct patterns *new = vec_push(keyer->kept, &keyer->patterns);
	*new = (struct patterns){str_copy(keyer->kept, lang),
		path ? str_copy(keyer->kept, buf_text(&hash)) : str_lit("none")};
	buf_free(&hash);
	return new->hash;
}

static void name_patterns(struct keyer *keyer, struct str lang)
{
	put_value(keyer, str_format(keyer->arena, KEY_PATTERNS "%.*s", str_arg(lang)),
		patterns_hash(keyer, lang));
}

/* Goes with the language of a text. Values do not hold each other: what is named inside of one
 * waits for its end. */
static void put_patterns(struct keyer *keyer, struct str lang)
{
	if (!keyer->basis->hyphenates)
		return;
	buf_format(&keyer->printed, " patterns=\"%.*s\"", str_arg(patterns_hash(keyer, lang)));
	if (keyer->other == &keyer->words)
		name_patterns(keyer, lang);
	else
		*vec_push(keyer->arena, &keyer->waiting) = lang;
}

static void put_attribute(struct keyer *keyer, const struct node *node,
	const struct attribute *filled, const struct attribute *written)
{
	struct str name = filled->name, value = filled->value;
	bool attached = node->tag == TAG_ATTACHMENT;
	if (written->has_fields)
		put_value(keyer, written->value, value);
	if (attribute_is_path(node->tag, name)) {
		struct str hash = attached ? attached_hash(keyer, node)
					   : picture_hash(keyer, value);
		put_value(keyer,
			str_format(keyer->arena, "%s%.*s", attached ? KEY_FILE : KEY_PICTURE,
				str_arg(value)),
			hash);
		value = hash;
	}
	put(keyer, " ");
	buf_str(&keyer->printed, name);
	buf_str(keyer->other, name);
	put(keyer, "=\"");
	said_escape(&keyer->printed, value);
	said_escape(keyer->other, written->value);
	put(keyer, "\"");
}

static void put_lang(struct keyer *keyer, const struct node *node)
{
	if (!node->parent || str_eq(node->lang, node->parent->lang))
		return;
	put(keyer, " xml:lang=\"");
	buf_str(&keyer->printed, node->lang);
	buf_str(keyer->other, node->lang);
	put(keyer, "\"");
	put_patterns(keyer, node->lang);
}

static void put_said(struct keyer *keyer, struct str text)
{
	size_t from = keyer->printed.len;
	said_escape(&keyer->printed, text);
	buf_put(keyer->other, keyer->printed.at + from, keyer->printed.len - from);
}

static void put_node(struct keyer *keyer, const struct node *node);

/* A field in a field's value there is none. */
static void put_field(struct keyer *keyer, const struct node *field)
{
	struct str name = node_attribute(field, "name");
	bool foreign = field->parent && !str_eq(field->lang, field->parent->lang);
	buf_puts(keyer->other, "<field name=\"");
	buf_str(keyer->other, name);
	buf_puts(keyer->other, "\"/>");
	buf_puts(&keyer->printed, "<field");
	if (foreign)
		put_patterns(keyer, field->lang);
	buf_str(&keyer->names, name);
	buf_char(&keyer->names, '\0');
	keyer->other = &keyer->values;
	if (foreign) {
		put(keyer, " xml:lang=\"");
		put_said(keyer, field->lang);
		put(keyer, "\">");
	} else {
		buf_char(&keyer->printed, '>');
	}
	node_each (child, field)
		put_node(keyer, child);
	buf_char(&keyer->values, '\0');
	keyer->other = &keyer->words;
	buf_puts(&keyer->printed, "</field>");
	for (int i = 0; i < keyer->waiting.len; i++)
		name_patterns(keyer, keyer->waiting.at[i]);
	memset(&keyer->waiting, 0, sizeof keyer->waiting);
}

static void put_element(struct keyer *keyer, const struct node *node)
{
	const char *element = tag_element(node->tag);
	const struct attribute *written = node->origin->attributes;
	put(keyer, "<");
	put(keyer, element);
	for (const struct attribute *a = node->attributes; a; a = a->next, written = written->next)
		put_attribute(keyer, node, a, written);
	put_lang(keyer, node);
	put(keyer, ">");
	node_each (child, node)
		put_node(keyer, child);
	put(keyer, "</");
	put(keyer, element);
	put(keyer, ">");
}

static void put_node(struct keyer *keyer, const struct node *node)
{
	keyer->tags |= tag_bit(node->tag);
	if (node->tag == TAG_TEXT) {
		put_said(keyer, node->text);
	} else if (node->tag == TAG_FIELD) {
		put_field(keyer, node);
	} else {
		put_element(keyer, node);
	}
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
	put_node(keyer, node);
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
	put_patterns(keyer, letter->lang);
	buf_put(&keyer->key, keyer->printed.at, keyer->printed.len);
	for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
		buf_char(&keyer->key, '\0');
		buf_str(&keyer->key, metas[i].text);
		put_value(keyer, str_of(metas[i].name), metas[i].text);
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
	put_value(keyer, str_lit(KEY_ATTACHED), buf_text(&text));
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
