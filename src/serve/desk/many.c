/* many.c - many letters approved at once: the proof set, or all in which nothing was found.
 *
 * Before that stands a sentence of what is claimed; the press carries a number of all that it was
 * made from, so that nothing else is approved than was claimed. Which letters a person was shown is
 * known by what an approval of them would be bound to: one that is otherwise now was not looked at,
 * and when it comes out otherwise while all are approved, it is left out. */
#include "desk/desk.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <stdlib.h>

/* -- what a person was shown ------------------------------------------------------------------- */

/* A letter as a person was shown it last. */
struct sight {
	struct str key; /* person and id */
	struct concerns content;
	uint64_t pages; /* of the first 64, those that were shown */
	bool whole;     /* all were */
	int version;    /* of the files, for which that holds */
};
struct sights {
	struct arena *arena;
	vec(struct sight) list;
	struct map by_key;
};

static struct str key_of(struct arena *arena, struct str person, struct str id)
{
	struct buf key = {0};
	for (int i = 0; i < person.len; i++) {
		char c = person.at[i];
		buf_char(&key, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
	buf_char(&key, '\n');
	buf_str(&key, id);
	struct str text = str_copy(arena, buf_text(&key));
	buf_free(&key);
	return text;
}

static struct sight *find_sight(const struct sights *sights, struct str key, uint64_t *hash)
{
	*hash = str_hash(key);
	for (int64_t at; sights && (at = map_find(&sights->by_key, *hash)) >= 0; ++*hash)
		if (str_eq(sights->list.at[at].key, key))
			return &sights->list.at[at];
	return NULL;
}

static void note_page(struct sight *sight, const struct made *made, int page)
{
	enum { COUNTED = 64 };
	int pages = made->now.pages < COUNTED ? made->now.pages : COUNTED;
	if (concerns_differ(&sight->content, &made->now.content))
		*sight = (struct sight){.key = sight->key, .content = made->now.content};
	sight->version = made->version;
	if (page >= 1 && page <= COUNTED)
		sight->pages |= (uint64_t)1 << (page - 1);
	sight->whole |= page == 0 || sight->pages == UINT64_MAX >> (COUNTED - pages);
}

void sights_note(struct desk *desk, struct str person, struct str id, int page)
{
	const struct made *made = made_find(desk, id);
	if (!made || made->failed)
		return;
	if (!desk->sights) {
		desk->sights = heap_new(sizeof *desk->sights);
		*desk->sights = (struct sights){.arena = arena_new()};
	}
	struct sights *sights = desk->sights;
	struct arena_mark mark = arena_save(sights->arena);
	uint64_t hash;
	struct str key = key_of(sights->arena, person, str_of(made->id));
	struct sight *sight = find_sight(sights, key, &hash);
	if (sight)
		arena_restore(sights->arena, mark);
	else {
		map_add(&sights->by_key, hash, (uint32_t)sights->list.len);
		sight = vec_push(sights->arena, &sights->list);
		sight->key = key;
	}
	note_page(sight, made, page);
}

void sights_free(struct sights *sights)
{
	if (!sights)
		return;
	map_free(&sights->by_key);
	arena_free(sights->arena);
	free(sights);
}

/* The letter as the person was shown it, if it is like that still; NULL: not so. */
static const struct concerns *looked_at(
	struct desk *desk, struct arena *arena, struct str person, struct str id)
{
	uint64_t hash;
	struct sight *sight = find_sight(desk->sights, key_of(arena, person, id), &hash);
	struct concerns now;
	if (!sight || !sight->whole)
		return NULL;
	if (sight->version == desk->version)
		return &sight->content;
	if (!made_content(desk, id, &now) || concerns_differ(&now, &sight->content))
		return NULL;
	sight->version = desk->version;
	return &sight->content;
}

/* -- what is claimed --------------------------------------------------------------------------- */

/* Letters that somebody has rejected or commented. */
struct objections {
	struct arena *arena;
	vec(struct str) ids;
};

static void note_objection(void *user, struct str id, const struct remark *remark)
{
	struct objections *objections = user;
	(void)remark;
	if (!objections->ids.len || !str_eq(objections->ids.at[objections->ids.len - 1], id))
		*vec_push(objections->arena, &objections->ids) = str_copy(objections->arena, id);
}

static bool is_against(const struct objections *objections, struct str id)
{
	return objections->ids.len &&
		bsearch(&id, objections->ids.at, (size_t)objections->ids.len, sizeof id, str_order);
}

/* Letters that a person has approved, be it as they are or as they were, and in the way in which
 * their approvals are noted here. */
struct approvals_of_mine {
	struct desk *desk;
	struct str me;
	struct objections ids; /* in the order of ids */
};

static void note_mine(void *user, const struct approval *approval)
{
	struct approvals_of_mine *mine = user;
	bool signs = desk_signs(mine->desk, mine->me);
	if (approval_is_same_person(approval->by, mine->me) &&
		(!signs || approval->known == KNOWN_SIGNED))
		*vec_push(mine->ids.arena, &mine->ids.ids) = str_copy(
			mine->ids.arena, approval->id);
}

/* Whether somebody's approval holds for it as it is. */
static bool is_approved_by(const struct row *row, struct str person)
{
	struct str rest = row->stance.by, name;
	while (rest.len && str_split(&rest, '\n', &name))
		if (approval_is_same_person(name, person))
			return true;
	return false;
}

/* Whether the letter is one of those that are meant; what stands in its way is counted, and of
 * several such things the first. */
static bool is_meant(const struct row *row, bool against, struct many *many)
{
	bool among = many->kind == MANY_ALL || row->why.len > 0;
	bool all = many->kind == MANY_ALL, possible = among && !row->errors && !against;
	many->errors += among && row->errors;
	many->against += among && !row->errors && against;
	many->warnings += possible && row->warnings;
	many->unconfirmed += possible && row->unconfirmed && !(all && row->warnings);
	return possible && !(all && (row->warnings || row->unconfirmed));
}

static void add(struct desk *desk, const struct row *row, struct str person, struct many *many)
{
	const struct concerns *content = looked_at(desk, many->arena, person, row->id);
	struct claimed *claimed = vec_push(many->arena, &many->letters);
	claimed->id = str_copy(many->arena, row->id);
	claimed->looked = content != NULL;
	if (content)
		claimed->content = *content;
	many->looked += claimed->looked;
}

/* All that the sentence is made from, as a number. */
static uint64_t digest_of(struct desk *desk, const struct many *many)
{
	struct buf text = {0};
	buf_format(&text, "%d %lld %d %d %d %d %d %d %d", (int)many->kind,
		(long long)made_stamp(desk), many->proof, many->proof_looked, many->errors,
		many->warnings, many->unconfirmed, many->against, many->mine);
	for (int i = 0; i < many->letters.len; i++)
		buf_format(&text, "\n%d%.*s", many->letters.at[i].looked,
			str_arg(many->letters.at[i].id));
	uint64_t digest = str_hash(buf_text(&text));
	buf_free(&text);
	return digest;
}

bool many_take(struct desk *desk, struct str person, struct many *many)
{
	struct listing *listing = desk->listing;
	struct objections objections = {.arena = many->arena};
	struct diags *unsaid = diags_new(); /* what is wrong with them, each letter says */
	const struct remark_query query = {.one = note_objection,
		.user = &objections,
		.believed = desk->options->update->believed,
		.now = (int64_t)time(NULL)};
	struct approvals_of_mine mine = {desk, person, {.arena = many->arena}};
	const struct approval_query all = {.one = note_mine, .user = &mine};
	const char *out = desk->options->update->to.out;
	bool known = remarks_each(out, &query, unsaid) && approvals_each(out, &all, unsaid);
	diags_free(unsaid);
	if (objections.ids.len)
		qsort(objections.ids.at, (size_t)objections.ids.len, sizeof *objections.ids.at,
			str_order);
	for (int i = 0; i < listing->rows.len; i++) {
		const struct row *row = &listing->rows.at[i];
		bool looked = row->why.len && looked_at(desk, many->arena, person, row->id) != NULL;
		many->proof += row->why.len > 0;
		many->proof_looked += looked;
		if (!is_meant(row, is_against(&objections, row->id), many))
			continue;
		if (is_approved_by(row, person) && is_against(&mine.ids, row->id))
			many->mine++;
		else
			add(desk, row, person, many);
	}
	many->digest = digest_of(desk, many);
	return known && listing->checked && !listing->broken && desk->under_way.work == WORK_NONE;
}

/* -- approving --------------------------------------------------------------------------------- */

/* What was asked for, and how it goes. */
struct asked {
	struct desk *desk;
	struct many many;
	struct actor actor;
	struct map by_id; /* to many.letters */
	char failure[200];
	int again; /* of the letters: approved by the same person meanwhile */
};

static const struct claimed *find_claimed(const struct asked *asked, struct str id)
{
	uint64_t hash = str_hash(id);
	for (int64_t at; (at = map_find(&asked->by_id, hash)) >= 0; hash++)
		if (str_eq(asked->many.letters.at[at].id, id))
			return &asked->many.letters.at[at];
	return NULL;
}

/* Called by several workers. */
static bool may(
	void *user, struct str id, const struct concerns *content, const struct diags *found)
{
	const struct asked *asked = user;
	const struct claimed *claimed = find_claimed(asked, id);
	if (!claimed || (claimed->looked && concerns_differ(&claimed->content, content)))
		return false;
	for (int i = 0; asked->many.kind == MANY_ALL && i < diags_len(found); i++)
		if (diag_severity(diags_at(found, i)->id) >= SEVERITY_WARNING ||
			job_is_unconfirmed(diags_at(found, i)->id))
			return false;
	return true;
}

static void index_claimed(struct asked *asked)
{
	for (int i = 0; i < asked->many.letters.len; i++) {
		uint64_t hash = str_hash(asked->many.letters.at[i].id);
		while (map_add(&asked->by_id, hash, (uint32_t)i) >= 0)
			hash++;
	}
}

void asked_free(struct asked *asked)
{
	if (!asked)
		return;
	map_free(&asked->by_id);
	arena_free(asked->many.arena);
	free(asked);
}

int desk_approve_many(
	struct desk *desk, const struct actor *actor, struct many *many, struct buf *why)
{
	uint64_t shown = many->digest;
	pthread_mutex_lock(&desk->lock);
	desk->makers.version = -1; /* from the files at this moment */
	bool can = many_take(desk, actor->name, many);
	if (desk->options->look_only)
		buf_puts(why, "This desk is for looking only. Nothing is approved here.");
	else if (!desk_counts(desk, actor->name))
		buf_puts(why,
			"This desk counts signed approvals alone, and yours would not be signed, "
			"so nothing was noted. Approve with lettermerge approve --sign-with, or on "
			"a desk that you start with --sign-with yourself.");
	else if (!can || desk->asked)
		buf_puts(why,
			"The letters are being read, checked or written, so nothing was done. Try "
			"again when that is done.");
	else if (many->digest != shown || !many->letters.len)
		buf_puts(why,
			"Letters were saved, looked at or found wanting since that was shown, so "
			"nothing was done. Read anew what you would say.");
	else {
		desk->asked = heap_new(sizeof *desk->asked);
		*desk->asked = (struct asked){.desk = desk, .many = *many, .actor = *actor};
		desk->asked->actor.name = str_copy(many->arena, actor->name);
		index_claimed(desk->asked);
		many->arena = NULL; /* it goes with what was asked */
	}
	pthread_mutex_unlock(&desk->lock);
	return why->len ? 409 : 303;
}

static void count_up(void *user, int done, int total)
{
	struct asked *asked = user;
	desk_count(asked->desk, done, total);
}

static void keep_failure(void *user, const struct diag *diag)
{
	struct asked *asked = user;
	enum severity severity = diag_severity(diag->id);
	if (severity == SEVERITY_SYSTEM || (!diag->record && severity == SEVERITY_ERROR))
		snprintf(asked->failure, sizeof asked->failure, "%s", diag->text);
}

static void say(struct asked *asked, int written)
{
	struct desk *desk = asked->desk;
	int left = asked->many.letters.len - written - asked->again;
	const char *failure = asked->failure;
	pthread_mutex_lock(&desk->lock);
	snprintf(desk->last_run.said, sizeof desk->last_run.said,
		"%d letter%s approved by %.*s%s%s", written, written == 1 ? "" : "s",
		str_arg(asked->actor.name),
		failure[0]     ? "; no others, since "
			: left ? "; others changed meanwhile, or something was found, and were not"
			       : "",
		failure);
	pthread_mutex_unlock(&desk->lock);
}

/* Made again: those that were not ready, or all, as files may be others now. */
static int make_and_approve(
	struct desk *desk, struct asked *asked, struct job_approver *approver, bool ready)
{
	struct job_request request = *desk->options->request;
	struct many *many = &asked->many;
	struct str *ids = arena_new_array(many->arena, struct str, many->letters.len);
	int count = 0;
	for (int i = 0; i < many->letters.len; i++) {
		const struct row *row = listing_find(desk->listing, many->letters.at[i].id);
		if (!ready || !row || !row->ready)
			ids[count++] = many->letters.at[i].id;
	}
	if (!count)
		return 0;
	approver->may = may;
	approver->user = asked;
	approver->once = true;
	if (many->kind != MANY_ALL || count < many->letters.len)
		request.selection = (struct job_selection){.only = ids, .only_count = count};
	request.listener = (struct job_listener){.user = asked,
		.found = keep_failure,
		.progress = count_up,
		.interrupted = desk->options->interrupted};
	struct job_result result = job_approve(&request, approver);
	asked->again += result.unchanged;
	return result.written;
}

/* What is signed is made again: the signer is the worker's. */
void desk_approve_asked(struct desk *desk, struct asked *asked)
{
	struct job_approver approver = desk_approver(desk, &asked->actor);
	struct ready_count count = {0};
	struct diags *diags = diags_new();
	pthread_mutex_lock(&desk->lock);
	bool ready = !approver.identity && ready_is_valid(desk);
	pthread_mutex_unlock(&desk->lock);
	if (ready)
		count = ready_approve(desk, &asked->many, &approver.actor, diags);
	for (int i = 0; i < diags_len(diags); i++)
		keep_failure(asked, diags_at(diags, i));
	diags_free(diags);
	asked->again = count.again;
	count.done += make_and_approve(desk, asked, &approver, ready);
	say(asked, count.done);
	asked_free(asked);
}
