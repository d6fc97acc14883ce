/* made.c - the letters that were looked at last, made again when a file was saved.
 *
 * What a save did not change keeps its pictures; what it did change keeps the version before it,
 * for the eye to compare. A letter that nobody has looked at yet is made as it was first, from
 * template, style and pictures as they were before the last save that changed them: they stay open.
 * A letter that cannot be made any more keeps its last good version. */
#include "desk/desk.h"

#include <stdlib.h>

static void version_free(struct version *version)
{
	drawings_clear(version, false);
	buf_free(&version->pdf[false]);
	buf_free(&version->pdf[true]);
	if (version->arena)
		arena_free(version->arena);
	*version = (struct version){0};
}

static void side_free(struct made *made)
{
	diags_free(made->findings);
	arena_free(made->arena);
	made->findings = NULL;
	made->arena = NULL;
	memset(&made->facts, 0, sizeof made->facts);
}

void made_free(struct made *made)
{
	version_free(&made->now);
	version_free(&made->before);
	side_free(made);
	free(made->id);
	*made = (struct made){0};
}

/* The place of a letter, or of the one that was not looked at for the longest time. */
static struct made *find_place(struct desk *desk, struct str id)
{
	struct made *oldest = &desk->recent.letters[0];
	for (int i = 0; i < MADE_MAX; i++) {
		struct made *made = &desk->recent.letters[i];
		if (made->id && str_is(id, made->id))
			return made;
		if (made->used < oldest->used)
			oldest = made;
	}
	made_free(oldest);
	*oldest = (struct made){.id = heap_text(id), .version = -1};
	return oldest;
}

/* -- making ------------------------------------------------------------------------------------ */

/* The maker for the files as they are; false when it cannot be opened. The one before stays,
 * since a letter may be asked for that was not looked at yet. */
static bool open_maker(struct desk *desk, struct diags *diags)
{
	if (desk->makers.now && desk->makers.version == desk->version)
		return true;
	const struct job_request *request = desk->options->request;
	struct job_form form = request->form;
	form.watermark = "PREVIEW";
	struct job_maker *now = job_maker_new(&request->source, &form, diags);
	struct job_maker *old = desk->makers.now;
	if (!now)
		return false;
	int64_t known = job_maker_stamp(now);
	if (old && known && known == job_maker_stamp(old))
		job_maker_free(old);
	else if (old) {
		job_maker_free(desk->makers.earlier);
		desk->makers.earlier = old;
	}
	desk->makers.now = now;
	desk->makers.version = desk->version;
	return true;
}

static bool make_one(struct job_maker *maker, struct str id, bool guides, struct version *out,
	struct job_made *letter, struct diags *diags)
{
	if (!job_maker_make(maker, id, guides, letter, diags))
		return false;
	buf_str(&out->pdf[guides], letter->pdf);
	out->hash[guides] = str_hash(letter->pdf);
	return true;
}

/* The one without guides comes last: *letter, what is found, and the words are of it. */
static bool make(struct job_maker *maker, struct str id, struct version *out,
	struct job_made *letter, struct diags *diags)
{
	struct diags *twice = diags_new();
	*out = (struct version){.arena = arena_new()};
	bool good = make_one(maker, id, true, out, letter, twice);
	diags_free(twice);
	good &= make_one(maker, id, false, out, letter, diags);
	if (!good) {
		version_free(out);
		return false;
	}
	out->pages = letter->pages;
	for (int guides = 0; guides < 2; guides++)
		out->drawing[guides] = arena_new_array(out->arena, struct drawing, out->pages);
	snprintf(out->edition, sizeof out->edition, "%.*s", str_arg(letter->edition));
	out->page_width = letter->page_width;
	out->page_height = letter->page_height;
	out->content = letter->content;
	job_maker_portrait(maker, out->arena, &out->portrait);
	return true;
}

/* Makes the letter anew, and keeps what it was when that differs. */
static bool renew(
	struct made *made, struct job_maker *maker, struct job_made *letter, struct diags *diags)
{
	struct version version;
	if (!make(maker, str_of(made->id), &version, letter, diags))
		return false;
	if (memcmp(version.hash, made->now.hash, sizeof version.hash) == 0) {
		version_free(&version);
		return true;
	}
	version_free(&made->before);
	made->before = made->now;
	made->now = version;
	return true;
}

/* A letter that was not looked at yet, as it was. */
static void look_back(struct desk *desk, struct made *made, bool open)
{
	struct diags *unsaid = diags_new();
	struct job_made letter;
	if (desk->makers.earlier)
		renew(made, desk->makers.earlier, &letter, unsaid);
	if (!open && desk->makers.now)
		renew(made, desk->makers.now, &letter, unsaid);
	diags_free(unsaid);
}

static const struct about *copy_about(struct arena *arena, const struct about *about)
{
	if (!about)
		return NULL;
	struct about *copy = arena_alloc(arena, sizeof *copy);
	*copy = *about;
	copy->valid = str_copy(arena, about->valid);
	copy->evidence = arena_new_array(arena, const struct evidence *, about->evidence_count);
	for (int i = 0; i < about->evidence_count; i++) {
		struct evidence *evidence = arena_alloc(arena, sizeof *evidence);
		*evidence = *about->evidence[i];
		struct str *const texts[] = {&evidence->words, &evidence->href, &evidence->date,
			&evidence->quote, &evidence->remark};
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			*texts[k] = str_copy(arena, *texts[k]);
		copy->evidence[i] = evidence;
	}
	return copy;
}

/* What stands beside the pages; the findings become the letter's own. */
static void keep_side(struct made *made, const struct job_made *letter, struct diags *findings)
{
	side_free(made);
	made->findings = findings;
	made->arena = arena_new();
	made->stamp = letter->stamp;
	for (int i = 0; i < letter->facts.len; i++) {
		const struct job_fact *fact = &letter->facts.at[i];
		struct job_fact *copy = vec_push(made->arena, &made->facts);
		*copy = *fact;
		copy->name = str_copy(made->arena, fact->name);
		copy->label = str_copy(made->arena, fact->label);
		copy->text = str_copy(made->arena, fact->text);
		copy->words = str_copy(made->arena, fact->words);
		memset(&copy->links, 0, sizeof copy->links);
		for (int n = 0; n < fact->links.len; n++)
			*vec_push(made->arena, &copy->links) = str_copy(
				made->arena, fact->links.at[n]);
		if (fact->at.file)
			copy->at.file = str_copy(made->arena, str_of(fact->at.file)).at;
		copy->about = copy_about(made->arena, fact->about);
	}
}

struct made *made_find(struct desk *desk, struct str id)
{
	if (!listing_find(desk->listing, id))
		return NULL;
	struct made *made = find_place(desk, id);
	made->used = ++desk->recent.clock;
	if (made->version == desk->version)
		return made;
	struct diags *diags = diags_new();
	struct job_made letter = {0};
	bool open = open_maker(desk, diags);
	if (!made->now.pages)
		look_back(desk, made, open);
	made->failed = !open || !renew(made, desk->makers.now, &letter, diags);
	if (made->version >= 0) { /* after a save, what could not be drawn is tried again */
		drawings_clear(&made->now, true);
		drawings_clear(&made->before, true);
	}
	made->version = desk->version;
	keep_side(made, &letter, diags);
	return made;
}

bool made_content(struct desk *desk, struct str id, struct concerns *out)
{
	struct diags *unsaid = diags_new();
	struct job_made letter;
	bool good = open_maker(desk, unsaid) &&
		job_maker_make(desk->makers.now, id, false, &letter, unsaid);
	if (good)
		*out = letter.content;
	diags_free(unsaid);
	return good;
}

int64_t made_stamp(struct desk *desk)
{
	struct diags *unsaid = diags_new();
	int64_t stamp = open_maker(desk, unsaid) ? job_maker_stamp(desk->makers.now) : 0;
	diags_free(unsaid);
	return stamp;
}

struct made *made_find_anew(struct desk *desk, struct str id)
{
	struct made *made = made_find(desk, id);
	if (!made)
		return NULL;
	made->version = desk->makers.version = -1;
	return made_find(desk, id);
}
