/* said_compare.c - what two versions of a block say differently besides their words: where links
 * lead, what is said of pictures, what is bold, in which language.
 *
 * Elements are aligned by kind and words. Of those that are left on both sides, such of a kind
 * belong together in their order: a link whose words changed is still that link. */
#include "compare/align_int.h"
#include "compare/said.h"
#include "compare/said_int.h"

enum { SHOWN_BYTES = 48 }; /* of the words that an element is known by */

struct part {
	struct str tag, words, attributes;
};
struct parts {
	vec(struct part) list;
};

/* -- elements ---------------------------------------------------------------------------------- */

/* Begins behind "<"; gives what is behind the tag. */
static struct str read_tag(struct str markup, struct part *part)
{
	int end = said_tag_end(markup), name = 0;
	struct str tag = str_slice(markup, 0, end - 1);
	while (name < tag.len && tag.at[name] != ' ')
		name++;
	part->tag = str_slice(tag, 0, name);
	part->attributes = str_slice(tag, name, tag.len);
	return str_slice(markup, end, markup.len);
}

/* From behind a tag to where its element ends. */
static struct str inside(struct str markup)
{
	struct str rest = markup;
	for (int depth = 1, open; (open = str_find(rest, "<")) >= 0;) {
		rest = str_slice(rest, open + 1, rest.len);
		depth += str_starts(rest, "/") ? -1 : 1;
		if (depth == 0)
			return (struct str){markup.at, (int)(rest.at - 1 - markup.at)};
	}
	return markup;
}

static struct parts parts_of(struct arena *arena, struct str markup)
{
	struct parts parts = {0};
	struct str rest = markup;
	for (int open; (open = str_find(rest, "<")) >= 0;) {
		struct part part = {0};
		rest = str_slice(rest, open + 1, rest.len);
		if (str_starts(rest, "/"))
			continue;
		rest = read_tag(rest, &part);
		part.words = said_plain(arena, inside(rest));
		*vec_push(arena, &parts.list) = part;
	}
	return parts;
}

static bool next_attribute(struct str *rest, struct str *name, struct str *value)
{
	int equals = str_find(*rest, "=\"");
	if (equals < 0)
		return false;
	*name = str_trim(str_slice(*rest, 0, equals));
	*rest = str_slice(*rest, equals + 2, rest->len);
	int end = str_find(*rest, "\"");
	*value = str_slice(*rest, 0, end);
	*rest = str_slice(*rest, end + 1, rest->len);
	return true;
}

/* .at is NULL when it has none of that name. */
static struct str attribute_of(const struct part *part, struct str wanted)
{
	struct str rest = part->attributes, name, value;
	while (next_attribute(&rest, &name, &value))
		if (str_eq(name, wanted))
			return value;
	return (struct str){0};
}

/* -- names ------------------------------------------------------------------------------------- */

/* What an element is called, and the attribute that says what it is for. What has no name here is
 * known by its words alone: lines, cells, paragraphs. */
static const struct {
	const char *tag, *name, *main;
} kinds[] = {{"link", "link of", "href"}, {"strong", "bold", NULL}, {"em", "emphasis", NULL},
	{"abbr", "abbreviation", "title"}, {"span", "part", NULL}, {"email", "e-mail link", NULL},
	{"note", "note", NULL}, {"heading", "heading", "level"}, {"image", "picture", "alt"},
	{"barcode", "code", "data"}, {"signature", "signature", "src"},
	{"quote", "quotation", NULL}, {"ul", "list", NULL}, {"ol", "numbered list", NULL},
	{"table", "table", NULL}, {"rule", "line across", NULL}};

static const struct {
	const char *name, *called;
} attributes[] = {{"alt", "description"}, {"xml:lang", "language"}, {"href", "link"},
	{"src", "file"}, {"title", "title"}, {"dir", "direction"}};

static int kind_of(struct str tag)
{
	int count = sizeof kinds / sizeof *kinds, i = 0;
	while (i < count && !str_is(tag, kinds[i].tag))
		i++;
	return i < count ? i : -1;
}

/* Its words; of what has none, its file. */
static struct str words_of(struct arena *arena, const struct part *part)
{
	struct str words = part->words, src = attribute_of(part, str_lit("src"));
	if (!words.len && src.len)
		words = said_text(arena, path_base(src));
	if (words.len <= SHOWN_BYTES)
		return words;
	int len = SHOWN_BYTES;
	while (len > 0 && (words.at[len] & 0xc0) == 0x80)
		len--;
	return str_format(arena, "%.*s…", str_arg(str_slice(words, 0, len)));
}

/* link of "Annual Report" */
static struct str name_part(struct arena *arena, const struct part *part, const char *of)
{
	int kind = kind_of(part->tag);
	struct str words = words_of(arena, part);
	struct str name = kind >= 0 ? str_of(kinds[kind].name) : part->tag;
	if (str_is(name, "p"))
		name = str_lit("paragraph");
	if (words.len)
		words = str_quoted(arena, words);
	return str_format(
		arena, "%s%.*s%s%.*s", of, str_arg(name), words.len ? " " : "", str_arg(words));
}

static struct str name_attribute(struct arena *arena, const struct part *part, struct str name)
{
	struct str called = name;
	int kind = kind_of(part->tag);
	if (kind >= 0 && kinds[kind].main && str_is(name, kinds[kind].main) &&
		str_ends(str_of(kinds[kind].name), " of"))
		return name_part(arena, part, "");
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (str_is(name, attributes[i].name))
			called = str_of(attributes[i].called);
	return name_part(arena, part, str_format(arena, "%.*s of ", str_arg(called)).at);
}

/* -- comparing --------------------------------------------------------------------------------- */

struct comparing {
	struct arena *arena;
	struct said_changes *out;
};

static void put_pair(
	const struct comparing *comparing, struct str what, struct str old, struct str new)
{
	struct arena *arena = comparing->arena;
	if (old.at == new.at || (old.at && new.at &&str_eq(old, new)))
		return;
	*vec_push(arena, &comparing->out->list) = (struct said_change){.how = !old.at ? SAID_NEW
			: !new.at                                                     ? SAID_GONE
				  : SAID_CHANGED,
		.what = what,
		.old = old.at ? said_text(arena, old) : old,
		.new = new.at ? said_text(arena, new) : new};
}

/* What is in a picture's file is told by its name; the name itself may change. */
static bool is_told(const struct part *part, struct str name)
{
	return !str_is(name, "src") && !(str_is(name, "name") && str_is(part->tag, "field"));
}

static void compare_attributes(
	const struct comparing *comparing, const struct part *old, const struct part *new)
{
	struct str rest = new->attributes, name, value;
	while (next_attribute(&rest, &name, &value))
		if (is_told(new, name))
			put_pair(comparing, name_attribute(comparing->arena, new, name),
				attribute_of(old, name), value);
	rest = old->attributes;
	while (next_attribute(&rest, &name, &value))
		if (is_told(old, name) && !attribute_of(new, name).at)
			put_pair(comparing, name_attribute(comparing->arena, old, name), value,
				(struct str){0});
}

/* One that the other version has not. */
static void put_single(const struct comparing *comparing, const struct part *part, int how)
{
	int kind = kind_of(part->tag);
	struct str value = {0};
	if (kind < 0)
		return;
	if (kinds[kind].main)
		value = attribute_of(part, str_of(kinds[kind].main));
	value = value.at ? said_text(comparing->arena, value) : value;
	*vec_push(comparing->arena, &comparing->out->list) = (struct said_change){.how = how,
		.what = name_part(comparing->arena, part, ""),
		.old = how == SAID_GONE ? value : (struct str){0},
		.new = how == SAID_NEW ? value : (struct str){0}};
}

/* The first of that kind from there on that has no partner yet. */
static int find_partner(
	const struct parts *parts, const bool *taken, struct stretch range, struct str tag)
{
	for (int i = range.from_new; i < range.to_new; i++)
		if (!taken[i] && str_eq(parts->list.at[i].tag, tag))
			return i;
	return -1;
}

static void compare_stretch(const struct comparing *comparing, const struct parts *old,
	const struct parts *new, struct stretch range)
{
	bool *taken = arena_new_array(comparing->arena, bool, new->list.len + 1);
	for (int i = range.from_old; i < range.to_old; i++) {
		const struct part *part = &old->list.at[i];
		int partner = range.kept ? range.from_new + i - range.from_old
					 : find_partner(new, taken, range, part->tag);
		if (partner < 0) {
			put_single(comparing, part, SAID_GONE);
			continue;
		}
		taken[partner] = true;
		compare_attributes(comparing, part, &new->list.at[partner]);
	}
	for (int i = range.from_new; i < range.to_new && !range.kept; i++)
		if (!taken[i])
			put_single(comparing, &new->list.at[i], SAID_NEW);
}

static struct sequence hash_parts(struct arena *arena, const struct parts *parts)
{
	uint64_t *hashes = arena_new_array(arena, uint64_t, parts->list.len + 1);
	for (int i = 0; i < parts->list.len; i++)
		hashes[i] = str_hash(parts->list.at[i].tag) * 31 +
			str_hash(parts->list.at[i].words);
	return (struct sequence){hashes, parts->list.len};
}

void said_compare_markup(
	struct arena *arena, struct str old_markup, struct str new_markup, struct said_changes *out)
{
	const struct comparing comparing = {arena, out};
	struct parts old = parts_of(arena, old_markup), new = parts_of(arena, new_markup);
	struct stretch *stretches;
	if (str_eq(old_markup, new_markup))
		return;
	int count = align(arena, hash_parts(arena, &old), hash_parts(arena, &new), &stretches);
	for (int i = 0; i < count; i++)
		compare_stretch(&comparing, &old, &new, stretches[i]);
}

/* -- beside the blocks ------------------------------------------------------------------------- */

static struct str beside_of(const struct letter_said *said, struct str name)
{
	for (int i = 0; i < said->metadata.len; i++)
		if (str_eq(said->metadata.at[i].name, name))
			return said->metadata.at[i].value;
	return (struct str){0};
}

static struct sequence hash_files(struct arena *arena, const struct letter_said *said)
{
	uint64_t *hashes = arena_new_array(arena, uint64_t, said->files.len + 1);
	for (int i = 0; i < said->files.len; i++)
		hashes[i] = str_hash(said->files.at[i].value);
	return (struct sequence){hashes, said->files.len};
}

/* By what is in them, since a file of another name may show the same. That a picture is new or gone
 * its element says. */
static void compare_files(const struct comparing *comparing, const struct letter_said *old,
	const struct letter_said *new)
{
	struct arena *arena = comparing->arena;
	struct stretch *stretches;
	int count = align(arena, hash_files(arena, old), hash_files(arena, new), &stretches);
	for (int i = 0; i < count; i++) {
		const struct stretch *s = &stretches[i];
		int most = s->to_old - s->from_old, here = s->to_new - s->from_new;
		for (int k = 0; !s->kept && k < most && k < here; k++)
			*vec_push(arena, &comparing->out->list) = (struct said_change){
				.what = new->files.at[s->from_new + k].name};
	}
}

void said_compare_beside(struct arena *arena, const struct letter_said *old,
	const struct letter_said *new, struct said_changes *out)
{
	const struct comparing comparing = {arena, out};
	for (int i = 0; i < new->metadata.len; i++) {
		const struct said_beside *beside = &new->metadata.at[i];
		put_pair(&comparing, beside->name, beside_of(old, beside->name), beside->value);
	}
	compare_files(&comparing, old, new);
}

void said_compare(struct arena *arena, const struct letter_said *old, const struct letter_said *new,
	struct said_changes *out)
{
	const struct str none = {0};
	struct stretch *stretches;
	int count = said_align(arena, old, new, &stretches);
	for (int i = 0; i < count; i++) {
		const struct stretch *s = &stretches[i];
		int a = s->from_old, b = s->from_new;
		for (; !s->kept && (a < s->to_old || b < s->to_new); a++, b++)
			said_compare_markup(arena, a < s->to_old ? old->blocks.at[a].markup : none,
				b < s->to_new ? new->blocks.at[b].markup : none, out);
	}
	said_compare_beside(arena, old, new, out);
}
