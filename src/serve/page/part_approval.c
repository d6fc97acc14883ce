/* part_approval.c - of one letter: who has approved it and when, what can be said of it, and what
 * was done with it before.
 *
 * The buttons carry which letter was shown, so that nothing is approved that nobody has seen. */
#include "page/page_int.h"

static void write_action(
	const struct made *made, const char *action, const char *name, struct buf *out)
{
	buf_format(out, "<form class=\"act\" method=\"post\" action=\"%s/", action);
	page_text(out, str_of(made->id));
	buf_format(out, "?v=%llx\"><button data-set=\"%s\">%s</button></form>\n",
		(unsigned long long)made->now.hash[false], action, name);
}

void page_write_signs_or_not(const struct desk *desk, const struct view *view, struct buf *out)
{
	const struct desk_options *options = desk->options;
	if (!options->approver && !options->update->believed)
		return;
	buf_puts(out, "<p class=\"signs\">");
	if (desk_signs(desk, view->me.name))
		buf_puts(out,
			"What you do here is signed with your identity: what you approve, reject, "
			"comment, answer, withdraw, confirm and edit.");
	else if (!desk_counts(desk, view->me.name))
		buf_puts(out,
			"Signed approvals and answers alone count here, and yours would not be "
			"signed: approve with lettermerge approve --sign-with, or on a desk of "
			"your own. What you reject or comment holds the letter, signed or not.");
	else {
		buf_puts(out, "What you do here is not signed: this desk signs for ");
		page_person(out, options->approver_name);
		buf_puts(out, " alone.");
	}
	buf_puts(out, "</p>\n");
}

/* What can be said of a letter is said of the one in sight: that it may go out as it is shown. */
static void write_actions(const struct desk *desk, const struct view *view,
	const struct approvers *approvers, const struct made *made, struct buf *out)
{
	buf_puts(out, "<div class=\"group\">\n");
	if (approvers->mine)
		write_action(made, "withdraw", "Withdraw", out);
	else if (desk_counts(desk, view->me.name))
		write_action(made, "approve", "Approve", out);
	buf_puts(out, "<a data-set=\"say\" href=\"");
	page_write_link(view, out);
	buf_puts(out, "#say\">Reject or comment</a></div>\n");
}

static void write_state(const struct listing *listing, const struct approvers *approvers,
	bool failed, struct buf *out)
{
	if (approvers->trouble.len)
		page_text(out, approvers->trouble);
	else if (failed)
		buf_puts(out, "What cannot be made cannot be approved");
	else if (approvers->against.len)
		buf_puts(out, "Not approved: what was said against it is not answered");
	else if (listing_approves(listing, approvers->standing))
		buf_puts(out, "<b>Approved</b>");
	else if (approvers->standing)
		buf_format(out, "%d of %d approvals", approvers->standing, listing->wanted);
	else
		buf_puts(out,
			approvers->unproven        ? "Not approved by a signature that is believed"
				: approvers->spent ? "Changed since it was approved"
				: approvers->older ? "Approved with an earlier version"
						   : "Not approved yet");
}

/* How the name is known; one that was noted by an earlier version is nobody's word. */
static const char *const knowledge[KNOWN_COUNT] = {
	[KNOWN_NOT] = "",
	[KNOWN_SAID] = " (as was said)",
	[KNOWN_ACCOUNT] = " (user account)",
	[KNOWN_LINK] = " (own link)",
	[KNOWN_SIGNED] = " (signed)",
};

static void write_who(struct str name, enum known known, int64_t seconds, struct buf *out)
{
	page_person(out, name);
	buf_format(out, "%s, <time>", knowledge[known]);
	buf_moment_told(out, seconds);
	buf_puts(out, "</time>");
}

static void write_given(const struct given *given, struct buf *out)
{
	buf_puts(out, "<li>");
	write_who(given->by, given->known, given->at, out);
	buf_puts(out, given->why.len ? "; " : "");
	page_text(out, given->why);
	buf_puts(out, "</li>\n");
}

/* made: the letter as it is now; NULL: nobody knows. */
static void write_against(const struct remark *remark, const struct made *made, struct buf *out)
{
	buf_format(out, "<li class=\"against\">%s by ",
		remark->kind == REMARK_REJECTED ? "rejected" : "commented");
	write_who(remark->actor.name, remark->actor.known, remark->actor.at, out);
	buf_puts(out, ": <strong>");
	page_text(out, remark->text);
	buf_puts(out, "</strong>");
	if (remark->answered)
		buf_puts(out, ", and its answer has no signature that can be believed");
	if (made && remark_is_of_another(remark, &made->now.content))
		buf_puts(out, ", said before the letter changed");
	buf_puts(out, "</li>\n");
}

/* What can still be said of the letter in sight. */
static bool is_open(const struct desk *desk, const struct view *view, const struct made *made)
{
	return !made->failed && view->show != SHOW_BEFORE && !desk->options->look_only;
}

void page_write_approval(
	struct desk *desk, const struct view *view, struct made *made, struct buf *out)
{
	struct arena *arena = arena_new();
	struct approvers approvers;
	approvers_read(desk, made, view->me.name, arena, &approvers);
	buf_puts(out, "<section id=\"approval\"><h2>Approval</h2>\n<p>");
	write_state(desk->listing, &approvers, made->failed, out);
	buf_puts(out, "</p>\n");
	if (approvers.list.len || approvers.against.len) {
		buf_puts(out, "<ul>\n");
		for (int i = 0; i < approvers.against.len; i++)
			write_against(&approvers.against.at[i], made->failed ? NULL : made, out);
		for (int i = 0; i < approvers.list.len; i++)
			write_given(&approvers.list.at[i], out);
		buf_puts(out, "</ul>\n");
	}
	bool open = is_open(desk, view, made) && !approvers.trouble.len;
	if (open)
		write_actions(desk, view, &approvers, made, out);
	buf_puts(out, "</section>\n");
	if (open)
		page_write_signs_or_not(desk, view, out);
	arena_free(arena);
}

static void write_saying(const char *action, const char *name, const struct made *made,
	int64_t upto, struct buf *out)
{
	buf_format(out, "<button data-set=\"%s\" formaction=\"%s/", action, action);
	page_text(out, str_of(made->id));
	if (upto)
		buf_format(out, "?upto=%lld\">%s</button>\n", (long long)upto, name);
	else
		buf_format(out, "?v=%llx\">%s</button>\n",
			(unsigned long long)made->now.hash[false], name);
}

/* An answer says what it has seen: it settles nothing that was said meanwhile. */
void page_write_remarks(
	struct desk *desk, const struct view *view, struct made *made, struct buf *out)
{
	struct arena *arena = arena_new();
	struct approvers approvers;
	approvers_read(desk, made, view->me.name, arena, &approvers);
	int count = approvers.against.len;
	if (is_open(desk, view, made) && !approvers.trouble.len) {
		buf_format(out,
			"<form class=\"act\" id=\"say\" method=\"post\">\n<label for=\"words\">%s"
			"</label>\n<textarea id=\"words\" name=\"text\" data-set=\"words\" "
			"rows=\"2\" "
			"maxlength=\"%d\" required></textarea>\n<div class=\"group\">\n",
			count && desk_counts(desk, view->me.name)
				? "The answer, or what else is to be said"
				: "What is wrong, or to be said of it",
			REMARK_MOST);
		if (count && desk_counts(desk, view->me.name))
			write_saying("answer", "Answer", made,
				approvers.against.at[count - 1].number, out);
		write_saying("reject", "Reject", made, 0, out);
		write_saying("comment", "Comment", made, 0, out);
		buf_puts(out, "</div>\n</form>\n");
	}
	arena_free(arena);
}

static void write_line(const struct log_line *line, struct buf *out)
{
	buf_format(out, "<li>%s by ", log_acts[line->act]);
	write_who(line->actor.name, line->actor.known, line->actor.at, out);
	if (line->proof == PROOF_BAD)
		buf_puts(out, ", by no signature that can be believed");
	buf_puts(out, line->note.len ? ": " : "");
	page_text(out, line->note);
	buf_puts(out, "</li>\n");
}

void page_write_history(const struct desk *desk, const struct made *made, struct buf *out)
{
	enum { SHOWN = 20 };
	struct arena *arena = arena_new();
	struct history history;
	history_read(desk, str_of(made->id), arena, &history);
	int count = history.list.len;
	if (count) {
		buf_puts(out, "<h2>History</h2>\n<ul class=\"history\">\n");
		for (int i = count - 1; i >= 0 && i >= count - SHOWN; i--)
			write_line(&history.list.at[i], out);
		if (count > SHOWN)
			buf_format(out, "<li>%d more: lettermerge log</li>\n", count - SHOWN);
		buf_puts(out, "</ul>\n");
	}
	arena_free(arena);
}
