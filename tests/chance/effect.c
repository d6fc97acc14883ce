/* effect.c - see effect.h. */
#include "effect.h"

#include "bench.h"
#include "grammar/places.h"
#include "style/style_int.h"

#include <stdio.h>

enum { MOST_ATTRIBUTES = 400 };

/* What decides something in few letters only. */
static const char *const rare[] = {"page-fill of <breaks>", "least-leading of <fit>",
	"least-space of <fit>", "min-leading of <element>", "line-break of <text>",
	"line-break of <element>", "top of <information>", "left of <information>",
	"gap of <footer>", "dir of <letter>", "keep of <table>", "numbering of <element>",
	"keep of <element>", "quotes of <element>", "rules of <element>"};

/* What a style lays down at its place is never drawn: the goldens have it. */
static const char *const never[] = {"variant of <column>", "variant of <line>", "left of <element>",
	"top of <element>", "width of <element>", "height of <element>"};

struct effect {
	char name[64]; /* "space of <signature>" */
	bool shown;
};

struct watch {
	const char *folder;
	bool all;
	struct effect list[MOST_ATTRIBUTES];
	int count;
};

/* -- the attributes --------------------------------------------------------------------------- */

static void add(struct watch *watch, const char *element, const char *name)
{
	struct effect *effect = &watch->list[watch->count++];
	snprintf(effect->name, sizeof effect->name, "%s of <%s>", name, element);
	for (size_t i = 0; i < sizeof rare / sizeof *rare && !watch->all; i++)
		effect->shown |= strcmp(effect->name, rare[i]) == 0;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		effect->shown |= strcmp(effect->name, never[i]) == 0;
}

static void add_all(struct watch *watch)
{
	for (int i = 0; i < attribute_rule_count; i++)
		add(watch, tag_element(attribute_rules[i].tag), attribute_rules[i].name);
	for (int i = 0; i < style_row_count; i++)
		add(watch, style_rows[i].element, style_rows[i].name);
	for (int i = 0; i < style_block_row_count; i++) {
		if (style_row_is_text(&style_block_rows[i]))
			add(watch, "text", style_block_rows[i].name);
		add(watch, "element", style_block_rows[i].name);
	}
}

static struct effect *find(struct watch *watch, const struct twig *twig, struct str name)
{
	char wanted[64];
	snprintf(wanted, sizeof wanted, "%.*s of <%.*s>", str_arg(name), str_arg(twig->name));
	for (int i = 0; i < watch->count; i++)
		if (strcmp(watch->list[i].name, wanted) == 0)
			return &watch->list[i];
	return NULL;
}

/* -- letters ---------------------------------------------------------------------------------- */

static void put_letter(struct bench *bench, struct str record, struct buf *out)
{
	const struct ways ways = {0};
	struct made made = {0};
	if (bench_make(bench, record, &ways, &made)) {
		buf_put(out, made.pdf.at, made.pdf.len);
		buf_put(out, made.html.at, made.html.len);
	} else {
		buf_puts(out, "refused");
	}
	made_free(&made);
}

static struct str bytes_of(struct arena *arena, const struct twig *root)
{
	struct buf text = {0};
	twig_write(root, &text);
	struct str bytes = str_copy(arena, buf_text(&text));
	buf_free(&text);
	return bytes;
}

/* A hash of all that is made. */
static uint64_t outcome_of(const struct watch *watch, const struct drawn *drawn)
{
	struct arena *arena = arena_new();
	struct bench bench = {.arena = arena, .diags = diags_new()};
	struct buf out = {0};
	for (int i = 0; i < drawn->part_count; i++) {
		const char *path = str_format(
			arena, "%s/%.*s", watch->folder, str_arg(drawn->parts[i]->text))
					   .at;
		struct str part = bytes_of(arena, drawn->parts[i]);
		file_publish(path, part.at, (size_t)part.len, false, bench.diags);
	}
	if (bench_open(&bench, watch->folder, bytes_of(arena, drawn->letter),
		    bytes_of(arena, drawn->style)))
		for (int i = 0; i < drawn->record_count; i++)
			put_letter(&bench, bytes_of(arena, drawn->records[i]), &out);
	uint64_t hash = str_hash(buf_text(&out));
	buf_free(&out);
	bench_close(&bench);
	diags_free(bench.diags);
	arena_free(arena);
	return hash;
}

/* -- one attribute less ----------------------------------------------------------------------- */

static void try_twig(
	struct watch *watch, const struct drawn *drawn, struct twig *twig, uint64_t *whole)
{
	for (struct twig_attribute *a = twig->attributes; a; a = a->next) {
		struct effect *effect = find(watch, twig, a->name);
		if (!effect || effect->shown)
			continue;
		if (!*whole)
			*whole = outcome_of(watch, drawn);
		a->cut = true;
		effect->shown = outcome_of(watch, drawn) != *whole;
		a->cut = false;
	}
	for (struct twig *child = twig->first; child; child = child->next)
		try_twig(watch, drawn, child, whole);
}

bool effects(const char *folder, int count, bool rare_too, struct buf *out)
{
	struct watch watch = {.folder = folder, .all = rare_too};
	bool all = true;
	add_all(&watch);
	for (int i = 1; i <= count; i++) {
		struct arena *arena = arena_new();
		struct drawn drawn = draw(arena, (uint64_t)i);
		uint64_t whole = 0;
		try_twig(&watch, &drawn, drawn.letter, &whole);
		try_twig(&watch, &drawn, drawn.style, &whole);
		arena_free(arena);
	}
	for (int i = 0; i < watch.count; i++)
		if (!watch.list[i].shown) {
			buf_format(out, "%s\n", watch.list[i].name);
			all = false;
		}
	return all;
}
