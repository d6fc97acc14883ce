/* filter.c - what stands above the list: words to find, and the kinds of letters, each with its
 * count, its sign and its word. The signs and words stand at the letters too. */
#include "page/page_int.h"

#include <stdio.h>

static const struct {
	const char *name, *sign, *word; /* of a row; the name's is "" where it says how many */
	const char *meaning, *among;    /* among: after "no letter" */
} kinds[KIND_COUNT] = {
	[KIND_ALL] = {"All", "", "", "", ""},
	[KIND_OPEN] = {"To approve", "mark open", "to approve",
		"to approve: too few have, nothing stands against it", " to approve"},
	[KIND_WAITING] = {"Waiting for me", "mark waiting", "waiting for me",
		"waiting for me: likewise, and you have not approved it",
		" that is waiting for you"},
	[KIND_PARTLY] = {"", "mark partly", "", "approved, by fewer than are wanted",
		" that some but too few have approved"},
	[KIND_APPROVED] = {"Approved", "mark approved", "approved", "approved, as it is now",
		" that is approved"},
	[KIND_HELD] = {"Held", "mark held", "held",
		"held: somebody rejected or commented it, and nobody has answered",
		" that is held"},
	[KIND_ERROR] = {"Errors", "state error", "error", "errors: it cannot be made",
		" with errors"},
	[KIND_WARNING] = {"Warnings", "state warning", "warning", "warnings", " with warnings"},
	[KIND_UNCONFIRMED] = {"To confirm", "state unconfirmed", "to confirm",
		"to confirm: a fact in it that nobody has seen", " with facts to confirm"},
	[KIND_UNWRITTEN] = {"Not written yet", "mark unwritten", "not written",
		"not written yet: no run has", " that is not written yet"},
	[KIND_CHANGED] = {"Changed since written", "mark changed", "changed",
		"changed since written: in out/ it is not, or no longer, as it is now",
		" that changed since it was written"},
	[KIND_PROOF] = {"Proof set", "mark proof", "proof set", "in the proof set",
		" in the proof set"},
};

/* Of a letter that is of none of the kinds with findings. */
static const struct {
	const char *sign, *word, *meaning;
} others[] = {{"state good", "no findings", "no findings, which is no proof that it is right"},
	{"state unchecked", "not checked yet", "not checked yet"}};

const char *page_sign(const char *state, const char **word)
{
	enum kind kind = kind_find(str_of(state));
	size_t i = strcmp(state, "good") != 0;
	*word = kind ? kinds[kind].word : others[i].word;
	return kind ? kinds[kind].sign : others[i].sign;
}

const char *page_among(enum kind kind)
{
	return kinds[kind].among;
}

bool page_shows_kind(const struct listing *listing, enum kind kind)
{
	return listing->wanted > 1 || (kind != KIND_WAITING && kind != KIND_PARTLY);
}

static void write_meaning(const char *sign, const char *meaning, struct buf *out)
{
	buf_format(out,
		"<div><dt><span class=\"%s\" aria-hidden=\"true\"></span></dt><dd>%s</dd></div>\n",
		sign, meaning);
}

void page_write_signs(const struct listing *listing, struct buf *out)
{
	buf_puts(out, "<details id=\"signs\" name=\"help\"><summary>Signs</summary><dl>\n");
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		write_meaning(others[i].sign, others[i].meaning, out);
	for (enum kind kind = KIND_OPEN; kind < KIND_COUNT; kind++)
		if (page_shows_kind(listing, kind))
			write_meaning(kinds[kind].sign, kinds[kind].meaning, out);
	buf_puts(out, "</dl></details>\n");
}

static void write_name(const struct listing *listing, enum kind kind, struct buf *out)
{
	if (kind != KIND_PARTLY)
		buf_puts(out, kinds[kind].name);
	else if (listing->wanted == 2)
		buf_puts(out, "Approved by one of two");
	else
		buf_format(out, "Approved by some of %d", listing->wanted);
}

static void write_kind(const struct listing *listing, const struct view *view, enum kind kind,
	int count, struct buf *out)
{
	struct view other = *view;
	bool on = kind_find(view->state) == kind;
	other.state = str_of(kind_words[kind]);
	other.from = 0;
	buf_puts(out, "<a href=\"");
	page_write_link(&other, out);
	buf_format(out, "\" data-state=\"%s\"%s>", kind_words[kind],
		on ? " aria-current=\"true\"" : "");
	if (*kinds[kind].sign)
		buf_format(out, "<span class=\"%s\" aria-hidden=\"true\" title=\"%s\"></span>",
			kinds[kind].sign, kinds[kind].meaning);
	write_name(listing, kind, out);
	buf_format(out, " <b>%d</b></a>\n", count);
}

void page_write_filter(const struct desk *desk, const struct view *view, struct buf *out)
{
	int counts[KIND_COUNT];
	struct view plain = {.id = view->id};
	listing_count(desk->listing, view->me.name, counts);
	buf_puts(out, "<form id=\"filter\" role=\"search\" action=\"");
	page_write_link(&plain, out);
	buf_puts(out,
		"\"><label for=\"q\">Find a "
		"letter</label><input id=\"q\" name=\"q\" type=\"search\" "
		"autocomplete=\"off\" spellcheck=\"false\" value=\"");
	page_text(out, view->query);
	buf_puts(out, "\"><input type=\"hidden\" id=\"state\" name=\"state\" value=\"");
	page_text(out, view->state);
	buf_format(out, "\">%s%s<button>Find</button></form>\n<p id=\"states\">\n",
		view->guides ? "<input type=\"hidden\" name=\"guides\" value=\"1\">" : "",
		view->words ? "<input type=\"hidden\" name=\"words\" value=\"1\">" : "");
	for (enum kind kind = KIND_ALL; kind < KIND_COUNT; kind++)
		if (page_shows_kind(desk->listing, kind))
			write_kind(desk->listing, view, kind, counts[kind], out);
	buf_puts(out, "</p>\n");
}
