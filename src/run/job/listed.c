/* listed.c - a letter in a list of all: whom it goes to and where, in a line, and the words of its
 * template, by which it is found.
 *
 * The words are those of the template alone, since letters that took the same turns share them:
 * who keeps the list keeps them once. What the record says is in its values. */
#include "job/job_int.h"

#include "locale/locale.h"
#include "template/template.h"

/* -- the label --------------------------------------------------------------------------------- */

static bool has_digit(struct str word)
{
	for (int i = 0; i < word.len; i++)
		if (word.at[i] >= '0' && word.at[i] <= '9')
			return true;
	return false;
}

/* A town without its postcode: "London" of "London SW1V 1PN", "Berlin" of "10115 Berlin". */
static struct str without_code(struct str line)
{
	struct str rest = line, word;
	while (rest.at && rest.len) {
		struct str after = rest;
		str_split(&after, ' ', &word);
		if (!has_digit(word))
			break;
		rest = after.at ? str_trim(after) : (struct str){0};
	}
	while (rest.len) {
		int at = rest.len;
		while (at > 0 && rest.at[at - 1] != ' ')
			at--;
		if (!has_digit(str_slice(rest, at, rest.len)))
			break;
		rest = str_trim(str_slice(rest, 0, at));
	}
	return rest;
}

/* The town or area of an address: the last line that is no postcode and no country. Never the
 * first, which names the addressee. */
static struct str town_of(struct str lines)
{
	struct str rest = lines, line, place = {0};
	for (int i = 0; str_split(&rest, '\n', &line); i++) {
		struct str town = without_code(str_trim(line));
		if (i > 0 && town.len && !country_named(str_trim(line)))
			place = town;
	}
	return place;
}

static void put(struct buf *out, struct str words)
{
	if (words.len)
		buf_format(out, "%s%.*s", out->len ? ", " : "", str_arg(words));
}

static void put_field(struct buf *out, const struct value *values, struct str name)
{
	const struct value *value = recipient_find(values, name);
	struct str rest = value ? value->text : (struct str){0}, line;
	while (str_split(&rest, '\n', &line))
		put(out, str_trim(line));
}

static void put_address(struct buf *name, struct buf *place, const struct node *address)
{
	struct buf text = {0};
	letter_node_text(address, &text);
	struct str lines = str_trim(buf_text(&text)), rest = lines, first = {0};
	str_split(&rest, '\n', &first);
	put(name, str_trim(first));
	put(place, town_of(lines));
	buf_free(&text);
}

static const struct node *find_below(const struct node *root, enum tag tag)
{
	const struct node *node = root;
	while (node && node->tag != tag)
		node = node_following(node, root);
	return node;
}

/* Of a record that makes no letter, or of a letter without an address: the first field that the
 * address shows or, failing that, that the template uses. */
static void put_first_field(
	struct buf *out, const struct template *template, const struct recipient *recipient)
{
	const struct node *address = find_below(template->root, TAG_ADDRESS);
	const struct node *shown = address ? find_below(address, TAG_FIELD) : NULL;
	const struct field *field = template->fields;
	while (field && !(field->used && field->type == FIELD_TEXT))
		field = field->next;
	if (shown)
		put_field(out, recipient->values, node_attribute(shown, "name"));
	else if (field)
		put_field(out, recipient->values, field->name);
}

/* -- the template's words ---------------------------------------------------------------------- */

/* Of one paragraph, without those in it. */
static void put_own_words(struct buf *out, const struct node *node)
{
	buf_str(out, node->tag == TAG_BR ? str_lit(" ") : node->text);
	node_each (child, node)
		if (child->tag != TAG_FIELD && !tag_is_paragraph(child->tag))
			put_own_words(out, child);
}

/* Each paragraph once: the rows of a table say the same, however many a record has. */
static void put_words(struct buf *out, const struct node *root)
{
	struct buf paragraph = {0};
	for (const struct node *node = root; node; node = node_following(node, root)) {
		if (!tag_is_paragraph(node->tag))
			continue;
		buf_clear(&paragraph);
		put_own_words(&paragraph, node);
		buf_char(&paragraph, '\n');
		struct str text = buf_text(&paragraph);
		if (text.len > 1 && str_find(buf_text(out), text.at) < 0)
			buf_str(out, text);
	}
	buf_free(&paragraph);
}

static struct str take(struct arena *arena, struct buf *text)
{
	struct str copy = str_copy(arena, buf_text(text));
	buf_free(text);
	return copy;
}

struct listed listed_as(
	struct worker *worker, const struct recipient *recipient, const struct letter *letter)
{
	const struct job_check *check = worker->task->check;
	const struct node *address = letter ? find_below(letter->root, TAG_ADDRESS) : NULL;
	struct buf name = {0}, place = {0}, words = {0}, values = {0};
	for (int i = 0; i < check->label_count; i++)
		put_field(name.len ? &place : &name, recipient->values, check->label[i]);
	if (!check->label_count && address)
		put_address(&name, &place, address);
	if (!name.len)
		put_first_field(&name, worker->project->template, recipient);
	if (letter)
		put_words(&words, letter->root);
	recipient_text(letter ? letter->values : recipient->values, &values);
	return (struct listed){take(worker->arena, &name), take(worker->arena, &place),
		take(worker->arena, &words), take(worker->arena, &values)};
}
