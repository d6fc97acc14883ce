/* part_approval.c - of one letter: who has approved it and when, and what can be said of it.
 *
 * The buttons carry which letter was shown, so that nothing is approved that nobody has seen. */
#include "serve/desk_int.h"

#include <time.h>

static void write_who(void *user, const struct job_approval *approval)
{
	struct buf *out = user;
	char when[32] = "";
	time_t at = (time_t)approval->at;
	struct tm tm;
	if (gmtime_r(&at, &tm))
		strftime(when, sizeof when, "%Y-%m-%d %H:%M UTC", &tm);
	buf_puts(out, "<li>");
	buf_xml(out, approval->by);
	buf_format(out, ", %s</li>\n", when);
}

uint64_t made_hash(struct made *made)
{
	return str_hash(buf_text(&made->pdf));
}

static void write_action(const struct view *view, struct made *made, const char *action,
	const char *name, struct buf *out)
{
	buf_format(out, "<form class=\"act\" method=\"post\" action=\"%s/", action);
	buf_xml(out, view->id);
	buf_format(out, "?guides=%d&amp;v=%llx\"><button data-set=\"%s\">%s</button></form>\n",
		view->guides, (unsigned long long)made_hash(made), action, name);
}

/* What can be said of a letter is said of the one in sight: that it may go out as it is shown. */
static void write_actions(const struct listing *listing, const struct row *row,
	const struct view *view, struct made *made, struct buf *out)
{
	buf_puts(out, "<div class=\"group\">\n");
	if (row->approved < listing->wanted)
		write_action(view, made, "approve", "Approve", out);
	if (row->approved)
		write_action(view, made, "withdraw", "Withdraw", out);
	buf_puts(out, "</div>\n");
}

static void write_state(const struct listing *listing, const struct row *row, bool failed,
	bool known, struct buf *out)
{
	if (failed)
		buf_puts(out, "<p>What cannot be made cannot be approved</p>\n");
	else if (!listing->checked)
		buf_puts(out, "<p>Being looked up</p>\n");
	else if (listing_approves(listing, row->approved))
		buf_puts(out, "<p><b>Approved</b></p>\n");
	else if (row->approved)
		buf_format(out, "<p>%d of %d approvals</p>\n", row->approved, listing->wanted);
	else
		buf_puts(out,
			known ? "<p>Changed since it was approved</p>\n"
			      : "<p>Not approved yet</p>\n");
}

void page_write_approval(
	const struct desk *desk, const struct view *view, struct made *made, struct buf *out)
{
	const struct listing *listing = desk->listing;
	const struct row *row = listing_find(listing, view->id);
	struct diags *unsaid = diags_new();
	struct buf who = {0};
	job_approvals_each(desk->options->request->out, view->id, write_who, &who, unsaid);
	diags_free(unsaid);
	buf_puts(out, "<section id=\"approval\"><h2>Approval</h2>\n");
	write_state(listing, row, made->failed, who.len > 0, out);
	if (who.len) {
		buf_puts(out, "<ul>\n");
		buf_str(out, buf_text(&who));
		buf_puts(out, "</ul>\n");
	}
	if (listing->checked && !made->failed && !view->before)
		write_actions(listing, row, view, made, out);
	buf_puts(out, "</section>\n");
	buf_free(&who);
}
