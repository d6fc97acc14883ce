/* cover.c - a proof's cover, as a letter: headings, words and lists, since names may be longer than
 * any column. */
#include "report/cover.h"

#include "report/report_int.h"

/* A text of others, that may be divided where it would fit into no line. */
static void put_words(struct buf *out, struct str text)
{
	enum { LONG = 24 };
	static const char may_end[] = "\xE2\x80\x8B"; /* U+200B */
	struct buf shown = {0};
	buf_shown(&shown, text);
	struct str rest = buf_text(&shown);
	for (int at = 0, from = 0, run = 0; at < rest.len; from = at) {
		run = utf8_next(rest, &at) == ' ' ? 0 : run + 1;
		buf_xml(out, str_slice(rest, from, at));
		buf_puts(out, run % LONG == LONG - 1 ? may_end : "");
	}
	buf_free(&shown);
}

static void put_paragraph(struct buf *out, const char *text)
{
	buf_format(out, "<p>%s</p>\n", text);
}

static void put_item(struct buf *out, struct str text)
{
	buf_puts(out, "<li>");
	put_words(out, text);
	buf_puts(out, "</li>\n");
}

/* Of lines, one each. */
static void put_items(struct buf *out, struct str lines)
{
	struct str line;
	while (str_split(&lines, '\n', &line))
		if (line.len)
			put_item(out, line);
}

static void put_heading(struct buf *out, const char *text)
{
	buf_format(out, "<heading level=\"1\">%s</heading>\n", text);
}

static void put_top(const struct cover *cover, struct buf *out)
{
	struct buf moment = {0};
	buf_moment_told(&moment, cover->now);
	struct str day = str_slice(buf_text(&moment), 0, 10);
	buf_format(out,
		"<letter xmlns=\"urn:lettermerge:letter:1\" xml:lang=\"en-GB\" date=\"%.*s\">\n"
		"<title>Proof of ",
		str_arg(day));
	put_words(out, cover->template);
	buf_puts(out, "</title>\n<letterhead>\n<line>Proof, not for sending</line>\n<line>");
	put_words(out, cover->template);
	buf_format(out, "</line>\n<line>%.*s</line>\n</letterhead>\n", str_arg(buf_text(&moment)));
	buf_puts(out, "<subject>Proof of ");
	put_words(out, cover->template);
	buf_puts(out, "</subject>\n");
	buf_free(&moment);
}

static void begin(const struct cover *cover, struct buf *out)
{
	put_top(cover, out);
	buf_format(out,
		"<p>This file shows %d of %d letter%s: the few that together "
		"show all that any of the letters shows, every branch of the template, the longest "
		"and the shortest of what is filled in. Who has looked at these has seen every "
		"sentence that goes out to anybody.</p>\n",
		cover->count, cover->all, cover->all == 1 ? "" : "s");
	put_paragraph(out,
		"Each page is marked PREVIEW, and none is signed. The letters are here for looking "
		"at: without tags and links, which those that go out have.");
	put_paragraph(out,
		"Say to whoever sent it to you which letters may go out as they are, and what is "
		"wrong with the others. An approval is noted with lettermerge approve, or on the "
		"proof desk, and holds as long as the letter stays as it is.");
	if (cover->failed)
		buf_format(out,
			"<p><strong>%d letter%s cannot be made</strong>, and cannot be shown: "
			"lettermerge check says why.</p>\n",
			cover->failed, cover->failed == 1 ? "" : "s");
}

/* -- the letters ------------------------------------------------------------------------------- */

struct asked {
	struct str id;
	struct buf *out;
	int count;
};

static void put_actor(struct buf *out, const struct actor *actor)
{
	put_words(out, actor->name);
	buf_puts(out, ", ");
	buf_moment_told(out, actor->at);
	buf_puts(out, report_knowledge[actor->known]);
}

static void put_approval(void *user, const struct approval *approval)
{
	struct asked *asked = user;
	const struct actor actor = {
		.name = approval->by, .known = approval->known, .at = approval->at};
	if (!asked->count++)
		buf_puts(asked->out, "<p>Approved by:</p>\n<ul>\n");
	buf_puts(asked->out, "<li>");
	put_actor(asked->out, &actor);
	buf_puts(asked->out, "</li>\n");
}

static void put_remark(void *user, struct str id, const struct remark *remark)
{
	struct asked *asked = user;
	(void)id;
	buf_format(asked->out, "<p><strong>%s by ",
		remark->kind == REMARK_REJECTED ? "Rejected" : "Commented");
	put_actor(asked->out, &remark->actor);
	buf_puts(asked->out, ":</strong> ");
	put_words(asked->out, remark->text);
	if (remark->answered)
		put_words(
			asked->out, str_lit("; its answer has no signature that can be believed"));
	buf_puts(asked->out, "</p>\n");
}

/* All that lettermerge approve lists of it, and how many of them hold. */
static void put_approvals(
	const struct cover *cover, const struct cover_letter *letter, struct buf *out)
{
	struct asked asked = {letter->id, out, 0};
	const struct approval_query approvals = {
		.id = letter->id, .one = put_approval, .user = &asked};
	const struct remark_query remarks = {letter->id, put_remark, &asked};
	struct diags *diags = diags_new();
	bool good = approvals_each(cover->out, &approvals, diags);
	buf_puts(out, asked.count ? "</ul>\n" : "");
	if (good && !asked.count)
		put_paragraph(out, "Nobody has approved it yet.");
	else if (good && letter->approved < asked.count)
		buf_format(out, "<p>Of these, %d hold%s for the letter as it is now.</p>\n",
			letter->approved, letter->approved == 1 ? "s" : "");
	if (!good || !remarks_each(cover->out, &remarks, diags))
		put_paragraph(out, "Who has approved it could not be read.");
	diags_free(diags);
}

static void put_letter(
	const struct cover *cover, const struct cover_letter *letter, struct buf *out)
{
	buf_puts(out, "<heading level=\"2\">");
	put_words(out, letter->id);
	buf_format(out, ", %d page%s</heading>\n<p>Shown for:</p>\n<ul>\n", letter->pages,
		letter->pages == 1 ? "" : "s");
	put_items(out, letter->why);
	buf_puts(out, "</ul>\n");
	put_approvals(cover, letter, out);
}

/* -- what was found ---------------------------------------------------------------------------- */

static void put_findings(const struct cover *cover, struct buf *out)
{
	bool some = cover->findings.len || cover->unseen.len;
	put_heading(out, "What was found");
	if (!some)
		put_paragraph(out, "Nothing. That is no proof that nothing is wrong.");
	else
		buf_puts(out, "<ul>\n");
	put_items(out, cover->findings);
	put_items(out, cover->unseen);
	buf_puts(out, some ? "</ul>\n" : "");
}

void cover_write(const struct cover *cover, struct buf *out)
{
	begin(cover, out);
	put_findings(cover, out);
	put_heading(out, "The letters");
	for (int i = 0; i < cover->count; i++)
		put_letter(cover, &cover->letters[i], out);
	buf_puts(out, "</letter>\n");
}
