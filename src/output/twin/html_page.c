/* html_page.c - the web page around a letter: its head, and the one heading of the first level. */
#include "twin/html_int.h"

static void put_meta(struct html *html, const char *name, struct str content)
{
	if (!content.len)
		return;
	buf_format(html->out, "<meta name=\"%s\"", name);
	html_put_attribute(html, "content", content);
	buf_puts(html->out, ">\n");
}

/* One heading heads the page: the subject, where that is the first heading and the only subject;
 * else the title. */
static void find_head(struct html *html)
{
	const struct letter *letter = html->letter;
	int headings = 0, subjects = 0;
	html->subject = letter->node_count;
	for (int i = 0; i < letter->node_count; i++) {
		enum tag tag = letter->nodes[i]->tag;
		headings += tag == TAG_HEADING && !subjects;
		subjects += tag == TAG_SUBJECT;
		if (tag == TAG_SUBJECT && subjects == 1)
			html->subject = i;
	}
	html->titled = headings || subjects != 1;
}

/* Whether anything in it does. */
static bool runs_leftwards(const struct letter *letter)
{
	for (int i = 0; i < letter->node_count; i++)
		if (letter->nodes[i]->leftwards)
			return true;
	return false;
}

/* Whether it has what only some letters have, and the sheet only for these. */
static bool has_head_and_foot(const struct letter *letter)
{
	for (const struct node *block = letter->root->first; block; block = block->next)
		if (block->tag == TAG_INFORMATION || block->tag == TAG_RETURN_ADDRESS ||
			block->tag == TAG_FOOTER)
			return true;
	return false;
}

bool twin_html(const struct letter *letter, const struct style *style, struct pictures *pictures,
	struct buf *out, struct diags *diags)
{
	struct html html = {arena_new(), letter, style, pictures, out, diags};
	find_head(&html);
	int errors = diags_count(diags, SEVERITY_ERROR);
	buf_clear(out);
	buf_puts(out, "<!DOCTYPE html>\n<html");
	html_put_attribute(&html, "lang", letter->lang);
	if (letter->root->leftwards)
		html_put_attribute(&html, "dir", str_lit("rtl"));
	buf_puts(out,
		">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, "
		"initial-scale=1\">\n<title>");
	html_put_text(&html, letter->title);
	buf_puts(out, "</title>\n");
	put_meta(&html, "author", letter->author);
	put_meta(&html, "description", letter->description);
	put_meta(&html, "keywords", letter->keywords);
	sheet_put(out, style, runs_leftwards(letter), has_head_and_foot(letter));
	sheet_put_word(out, str_trim(node_attribute(letter->root, "watermark")));
	buf_puts(out, "</head>\n<body>\n<main>\n");
	if (html.titled) {
		buf_puts(out, "<h1 class=\"hidden\">");
		html_put_text(&html, letter->title);
		buf_puts(out, "</h1>\n");
	}
	html_write_children(&html, letter->root);
	buf_puts(out, "</main>\n</body>\n</html>\n");
	arena_free(html.arena);
	return diags_count(diags, SEVERITY_ERROR) == errors;
}
