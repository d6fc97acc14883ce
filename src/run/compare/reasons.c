/* reasons.c - why a letter is made again: the record's parts against the new ones.
 *
 * Blocks are aligned by their words without values, so that a paragraph that was put in does not
 * make all that follow it look changed; values are compared by their fields' names. A reason is
 * only said when it holds for this letter: the style of a table is none for a letter without
 * one. */
#include "compare/reasons.h"

#include "compare/align_int.h"

void reason_add(struct arena *arena, struct reasons *reasons, const char *format, ...)
{
	struct buf text = {0};
	va_list args;
	va_start(args, format);
	buf_vformat(&text, format, args);
	va_end(args);
	struct str reason = buf_text(&text);
	bool said = false;
	for (int i = 0; i < reasons->list.len; i++)
		said |= str_eq(reasons->list.at[i], reason);
	if (!said)
		*vec_push(arena, &reasons->list) = str_copy(arena, reason);
	buf_free(&text);
}

/* -- shapes ------------------------------------------------------------------------------------ */

static struct str up_to(struct str *rest, char separator)
{
	struct str part = {0};
	str_split(rest, separator, &part);
	return part;
}

/* Records before version 11 have the tag before the line's number, and the words' hash behind. */
static struct shape_block read_block(struct arena *arena, struct str line)
{
	struct str number = up_to(&line, ' '), tag = up_to(&line, ' ');
	if (number.len && (number.at[0] < '0' || number.at[0] > '9')) {
		struct str first = number;
		number = tag;
		tag = first;
		up_to(&line, ' ');
	}
	struct str file = up_to(&line, '\t');
	return (struct shape_block){
		.tag = tag,
		.place = str_format(arena, "%.*s:%.*s", str_arg(file), str_arg(number)),
		.words = line,
	};
}

struct shape shape_read(struct arena *arena, struct str text)
{
	struct shape shape = {0};
	struct str rest = text, line;
	while (str_split(&rest, '\n', &line) && line.len)
		*vec_push(arena, &shape.blocks) = read_block(arena, line);
	shape.names = rest;
	return shape;
}

/* What align compares: equal numbers where the blocks' words are equal. */
static const uint64_t *block_numbers(struct arena *arena, const struct shape *shape)
{
	uint64_t *numbers = arena_new_array(arena, uint64_t, shape->blocks.len + 1);
	for (int i = 0; i < shape->blocks.len; i++)
		numbers[i] = str_hash(shape->blocks.at[i].words);
	return numbers;
}

/* -- blocks ------------------------------------------------------------------------------------ */

static void say_block(struct arena *arena, struct reasons *reasons, const struct shape_block *block,
	const char *what)
{
	struct str tag = str_is(block->tag, "p") ? str_lit("paragraph") : block->tag;
	reason_add(arena, reasons, "%.*s at %.*s %s", str_arg(tag), str_arg(block->place), what);
}

static void say_stretch(struct arena *arena, struct reasons *reasons, const struct stretch *stretch,
	const struct shape *old, const struct shape *new)
{
	int gone = stretch->to_old - stretch->from_old, come = stretch->to_new - stretch->from_new;
	for (int i = 0; i < come; i++)
		say_block(arena, reasons, &new->blocks.at[stretch->from_new + i],
			i < gone ? "changed" : "is new in this letter");
	for (int i = come; i < gone; i++)
		say_block(
			arena, reasons, &old->blocks.at[stretch->from_old + i], "left this letter");
}

static void say_blocks(struct arena *arena, struct reasons *reasons, const struct shape *old,
	const struct shape *new)
{
	struct stretch *stretches;
	struct sequence old_blocks = {block_numbers(arena, old), old->blocks.len};
	struct sequence new_blocks = {block_numbers(arena, new), new->blocks.len};
	int count = align(arena, old_blocks, new_blocks, &stretches);
	for (int i = 0; i < count; i++)
		if (!stretches[i].kept)
			say_stretch(arena, reasons, &stretches[i], old, new);
}

/* -- values ------------------------------------------------------------------------------------ */

/* The value of the nth place of that name; false when there are fewer. */
static bool find_value(
	struct str names, struct str values, struct str wanted, int nth, struct str *value)
{
	struct str name;
	while (str_split(&names, '\0', &name) && name.len) {
		struct str here = up_to(&values, '\0');
		if (str_eq(name, wanted) && nth-- == 0) {
			*value = here;
			return true;
		}
	}
	return false;
}

/* "picture", and what others called it in quotation marks. */
static struct str quote_name(struct arena *arena, struct str name)
{
	static const char *const kinds[] = {KEY_PICTURE, KEY_FILE, BASIS_SIGNER};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		int kind = (int)strlen(kinds[i]);
		if (str_starts(name, kinds[i]))
			return str_format(arena, "%s%.*s", kinds[i],
				str_arg(str_quoted(arena, str_slice(name, kind, name.len))));
	}
	return name;
}

static void say_value(struct arena *arena, struct reasons *reasons, struct str name)
{
	if (str_starts(name, KEY_PICTURE) || str_starts(name, KEY_FILE) ||
		str_starts(name, KEY_PATTERNS) || str_is(name, KEY_ATTACHED))
		reason_add(arena, reasons, "%.*s changed", str_arg(quote_name(arena, name)));
	else if (str_find(name, "{") >= 0)
		reason_add(
			arena, reasons, "field in %.*s changed", str_arg(str_quoted(arena, name)));
	else
		reason_add(arena, reasons, "field %.*s changed", str_arg(name));
}

static int count_before(struct str names, struct str name)
{
	struct str other, rest = names;
	int count = 0;
	while (rest.at < name.at && str_split(&rest, '\0', &other) && other.at < name.at)
		count += str_eq(other, name);
	return count;
}

/* Title and the like are said last, and only when nothing else explains them. */
static void say_values(struct arena *arena, struct reasons *reasons, const struct entry *old,
	const struct shape *shape, const struct letter_key *key, bool meta)
{
	struct str names = key->names, values = key->values, name;
	while (str_split(&names, '\0', &name) && name.len) {
		struct str value = up_to(&values, '\0'), before;
		bool is_meta = name.len && name.at[0] == '<';
		if (is_meta != meta)
			continue;
		if (!find_value(shape->names, old->values, name, count_before(key->names, name),
			    &before) ||
			str_eq(before, value))
			continue;
		if (meta)
			reason_add(arena, reasons, "%.*s changed",
				str_arg(str_slice(name, 1, name.len - 1)));
		else
			say_value(arena, reasons, name);
	}
}

/* -- basis ------------------------------------------------------------------------------------- */

static struct str find_part(struct str basis, struct str name)
{
	struct str line;
	while (str_split(&basis, '\n', &line))
		if (str_eq(up_to(&line, '\t'), name))
			return line;
	return (struct str){0};
}

/* Whether the part is of an element that this letter does not have, or does not matter now. */
static bool is_foreign(const struct reasons_input *input, struct str name)
{
	const struct letter_key *key = input->key;
	const struct str kind = str_lit("style of ");
	if (input->whoever_signs && str_starts(name, BASIS_SIGNER))
		return true;
	if (!str_starts(name, kind.at))
		return false;
	enum tag tag = tag_find(str_slice(name, kind.len, name.len));
	return tag < TAG_COUNT && basis_is_optional(tag) && !(key->tags & tag_bit(tag));
}

/* A font is called by its file's name; its characters come and go with it. */
static void say_part(
	struct arena *arena, struct reasons *reasons, struct str name, const char *what)
{
	if (str_starts(name, "characters ") && strcmp(what, "changed") != 0)
		return;
	struct str shown = quote_name(arena, name);
	int path = str_eq(shown, name) ? str_find(name, " /") : -1;
	struct str kind = path >= 0 ? str_slice(name, 0, path + 1) : shown;
	struct str file = path >= 0 ? path_base(name) : str_lit("");
	reason_add(arena, reasons, "%.*s%.*s %s", str_arg(kind), str_arg(file), what);
}

/* Release 0.1.0 had one part for all libraries, with its own number in it: of such a letter nobody
 * can tell whether they changed. */
static bool is_unknown(struct str old, struct str name)
{
	static const char all[] = "library versions";
	return str_is(name, all) ||
		(str_starts(name, BASIS_LIBRARY) && find_part(old, str_of(all)).at);
}

static void say_change(struct arena *arena, struct reasons *reasons, struct str name,
	struct str before, struct str now)
{
	const int kind = (int)sizeof BASIS_LIBRARY - 1;
	if (str_is(name, BASIS_PROGRAM))
		reason_add(arena, reasons, "lettermerge writes letters in another form now");
	else if (str_starts(name, BASIS_LIBRARY))
		reason_add(arena, reasons, "%.*s is %.*s, was %.*s",
			str_arg(str_slice(name, kind, name.len)), str_arg(now), str_arg(before));
	else
		say_part(arena, reasons, name, "changed");
}

/* "large-print"; empty: the usual look. */
static struct str edition_of(struct str basis)
{
	const int kind = (int)sizeof BASIS_EDITION - 1;
	struct str line;
	while (str_split(&basis, '\n', &line)) {
		struct str name = up_to(&line, '\t');
		if (str_starts(name, BASIS_EDITION))
			return str_slice(name, kind, name.len);
	}
	return str_lit("");
}

/* Of another edition nearly all looks otherwise; that it is one says it. */
static bool say_edition(
	struct arena *arena, struct reasons *reasons, struct str old, struct str new)
{
	struct str before = edition_of(old), now = edition_of(new);
	if (str_eq(before, now))
		return false;
	reason_add(arena, reasons, "its edition is %.*s, was %.*s",
		str_arg(now.len ? now : str_lit("the usual")),
		str_arg(before.len ? before : str_lit("the usual")));
	return true;
}

static void say_basis(
	struct arena *arena, struct reasons *reasons, const struct reasons_input *input)
{
	const struct str new = input->basis->text;
	const struct str old = record_text(input->record, arena, RECORD_BASIS, input->old->basis);
	struct str line, rest = new;
	if (say_edition(arena, reasons, old, new))
		return;
	while (str_split(&rest, '\n', &line) && line.len) {
		struct str name = up_to(&line, '\t');
		struct str before = find_part(old, name);
		if (is_foreign(input, name) || is_unknown(old, name) || str_eq(before, line))
			continue;
		if (before.at)
			say_change(arena, reasons, name, before, line);
		else
			say_part(arena, reasons, name, "is new");
	}
	rest = old;
	while (str_split(&rest, '\n', &line) && line.len) {
		struct str name = up_to(&line, '\t');
		if (!is_foreign(input, name) && !is_unknown(old, name) && !find_part(new, name).at)
			say_part(arena, reasons, name, "is not used any more");
	}
}

void reasons_for_key(
	struct arena *arena, struct reasons *reasons, const struct reasons_input *input)
{
	const struct entry *old = input->old;
	struct str stored = record_text(input->record, arena, RECORD_SHAPE, old->shape);
	struct shape old_shape = shape_read(arena, stored);
	struct shape new_shape = shape_read(arena, input->shape);
	say_basis(arena, reasons, input);
	say_blocks(arena, reasons, &old_shape, &new_shape);
	say_values(arena, reasons, old, &old_shape, input->key, false);
	if (!reasons->list.len)
		say_values(arena, reasons, old, &old_shape, input->key, true);
	if (!reasons->list.len)
		reason_add(arena, reasons, "the letter as a whole changed");
}
