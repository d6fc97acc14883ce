/* kinds.c - the kinds of letters that one can choose in the list, in the states that an officer
 * thinks in. */
#include "desk/desk.h"

const char *const kind_words[KIND_COUNT] = {
	[KIND_ALL] = "",
	[KIND_OPEN] = "open",
	[KIND_WAITING] = "waiting",
	[KIND_PARTLY] = "partly",
	[KIND_APPROVED] = "approved",
	[KIND_HELD] = "held",
	[KIND_ERROR] = "error",
	[KIND_WARNING] = "warning",
	[KIND_UNCONFIRMED] = "unconfirmed",
	[KIND_UNWRITTEN] = "unwritten",
	[KIND_CHANGED] = "changed",
	[KIND_PROOF] = "proof",
};

enum kind kind_find(struct str word)
{
	enum kind kind = KIND_COUNT - 1;
	while (kind > KIND_ALL && !str_is(word, kind_words[kind]))
		kind--;
	return kind;
}

const char *row_state(const struct listing *listing, const struct row *row)
{
	if (row->errors)
		return "error";
	if (row->warnings)
		return "warning";
	if (!listing->checked)
		return "unchecked";
	return row->unconfirmed ? "unconfirmed" : "good";
}

static bool is_open(const struct listing *listing, const struct row *row)
{
	return !row->errors && !row->stance.held &&
		!listing_approves(listing, row->stance.approved);
}

static bool has_approved(const struct row *row, struct str person)
{
	struct str rest = row->stance.by, name;
	while (str_split(&rest, '\n', &name))
		if (name.len && approval_is_same_person(name, person))
			return true;
	return false;
}

bool row_is_of(const struct listing *listing, const struct row *row, enum kind kind, struct str me)
{
	switch (kind) {
	case KIND_OPEN:
		return is_open(listing, row);
	case KIND_WAITING:
		return is_open(listing, row) && !has_approved(row, me);
	case KIND_PARTLY:
		return is_open(listing, row) && row->stance.approved > 0;
	case KIND_APPROVED:
		return listing_approves(listing, row->stance.approved);
	case KIND_HELD:
		return row->stance.held;
	case KIND_ERROR:
		return row->errors > 0;
	case KIND_WARNING:
		return row->warnings > 0;
	case KIND_UNCONFIRMED:
		return row->unconfirmed > 0;
	case KIND_UNWRITTEN:
		return row->stance.unwritten;
	case KIND_CHANGED:
		return row->stance.changed;
	case KIND_PROOF:
		return row->why.len > 0;
	default:
		return true;
	}
}

void listing_count(const struct listing *listing, struct str me, int out[KIND_COUNT])
{
	for (enum kind kind = KIND_ALL; kind < KIND_COUNT; kind++) {
		out[kind] = 0;
		for (int i = 0; i < listing->rows.len; i++)
			out[kind] += row_is_of(listing, &listing->rows.at[i], kind, me);
	}
}
