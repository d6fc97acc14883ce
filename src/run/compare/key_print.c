/* key_print.c - one walk through a block of a letter that writes two texts: what is printed, for
 * the key, and the words without the values, for the reasons. */
#include "compare/key_int.h"

#include "compare/said_int.h"

#include "record/record.h"
#include "template/template.h"
#include "text/text.h"
#include "tree/vocabulary.h"

static void put(struct keyer *keyer, const char *text)
{
	buf_puts(&keyer->printed, text);
	buf_puts(keyer->other, text);
}

void keyer_put_value(struct keyer *keyer, struct str name, struct str value)
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
	keyer_put_value(keyer, str_format(keyer->arena, KEY_PATTERNS "%.*s", str_arg(lang)),
		patterns_hash(keyer, lang));
}

/* Goes with the language of a text. Values do not hold each other: what is named inside of one
 * waits for its end. */
void keyer_put_patterns(struct keyer *keyer, struct str lang)
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
		keyer_put_value(keyer, written->value, value);
	if (attribute_is_path(node->tag, name)) {
		struct str hash = attached ? attached_hash(keyer, node)
					   : picture_hash(keyer, value);
		keyer_put_value(keyer,
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
	keyer_put_patterns(keyer, node->lang);
}

static void put_said(struct keyer *keyer, struct str text)
{
	size_t from = keyer->printed.len;
	said_escape(&keyer->printed, text);
	buf_put(keyer->other, keyer->printed.at + from, keyer->printed.len - from);
}

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
		keyer_put_patterns(keyer, field->lang);
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
		keyer_put_node(keyer, child);
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
		keyer_put_node(keyer, child);
	put(keyer, "</");
	put(keyer, element);
	put(keyer, ">");
}

void keyer_put_node(struct keyer *keyer, const struct node *node)
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
