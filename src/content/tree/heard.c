/* heard.c - what a listener is told of an element, where an eye is told enough: what no rule of
 * ISO 14289 finds, since it asks but whether words are there. */
#include "tree/tree_int.h"

#include "base/diag_id.h"
#include "locale/locale.h"

#include <strings.h>

/* -- links ------------------------------------------------------------------------------------- */

static void put_texts(const struct node *root, struct buf *out)
{
	for (const struct node *node = root; node; node = node_following(node, root))
		buf_str(out, node->text);
}

static struct str without_scheme(struct str address)
{
	int at = str_find(address, "://");
	return at < 0 ? address : str_slice(address, at + 3, address.len);
}

/* The address itself, or its beginning, as a name it is heard sign by sign. */
static bool is_address(struct str words, struct str href)
{
	struct str rest = without_scheme(href);
	bool begins = rest.len >= words.len && str_eq(str_slice(rest, 0, words.len), words);
	return str_find(words, " ") < 0 && str_find(words, ".") > 0 &&
		(begins || str_find(words, "://") > 0 || str_starts(words, "www."));
}

static void check_title(const struct node *node, struct diags *diags)
{
	struct str title = node_attribute(node, "title");
	const char *name = tag_element(node->tag);
	if (title.at && !blank_trim(title).len)
		diag_add(diags, TITLE_BLANK, node->at, name);
}

static void check_link(const struct node *link, struct diags *diags)
{
	struct buf texts = {0};
	check_title(link, diags);
	put_texts(link, &texts);
	struct str words = blank_trim(buf_text(&texts));
	if (link_leads_elsewhere(words, node_attribute(link, "href"))) {
		diag_add(diags, LINK_ELSEWHERE, link->at, diag_str(diags, words),
			diag_str(diags, node_attribute(link, "href")));
	} else if (words.len && !blank_trim(node_attribute(link, "title")).len) {
		if (words_are_vague(words, link->lang))
			diag_add(diags, LINK_VAGUE, link->at, diag_str(diags, words));
		else if (is_address(words, node_attribute(link, "href")))
			diag_add(diags, LINK_ADDRESS, link->at, diag_str(diags, words));
	}
	buf_free(&texts);
}

/* -- pictures ---------------------------------------------------------------------------------- */

bool name_ends_as_file(struct str name)
{
	static const char *const endings[] = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".tif",
		".tiff", ".bmp", ".webp", ".heic", ".pdf", ".doc", ".docx", ".odt", ".xls", ".xlsx",
		".ods", ".csv", ".txt", ".htm", ".html", ".zip"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		int len = (int)strlen(endings[i]);
		if (name.len > len &&
			strncasecmp(name.at + name.len - len, endings[i], (size_t)len) == 0)
			return true;
	}
	return false;
}

/* "IMG_1234" of IMG_1234.jpg; but "crest" of crest.png may be all there is to say. */
static bool is_stem(struct str alt, struct str src)
{
	struct str name = path_base(src);
	bool odd = false;
	for (int i = 0; i < alt.len; i++)
		odd |= alt.at[i] == '_' || (alt.at[i] >= '0' && alt.at[i] <= '9');
	return odd && alt.len && name.len > alt.len && name.at[alt.len] == '.' &&
		str_eq(str_slice(name, 0, alt.len), alt);
}

/* As cameras and scanners name files, whatever this one is called now: DSC00012, scan_0007. */
static bool is_of_a_camera(struct str alt)
{
	int letters = 0, figures = 0;
	bool joined = false;
	for (int i = 0; i < alt.len; i++) {
		bool figure = alt.at[i] >= '0' && alt.at[i] <= '9';
		bool letter = (alt.at[i] | 32) >= 'a' && (alt.at[i] | 32) <= 'z';
		bool joint = alt.at[i] == '_' || alt.at[i] == '-';
		if (!figure && !letter && !joint)
			return false;
		letters += letter;
		figures = figure ? figures + 1 : 0;
		joined |= alt.at[i] == '_';
	}
	return letters && (joined || figures >= 3);
}

static void check_alt(const struct node *picture, struct diags *diags)
{
	struct str alt = str_trim(node_attribute(picture, "alt"));
	bool camera = picture->tag != TAG_BARCODE && is_of_a_camera(alt);
	if (camera || name_ends_as_file(alt) || is_stem(alt, node_attribute(picture, "src")))
		diag_add(diags, ALT_FILE, picture->at, diag_str(diags, alt));
}

/* -- what is empty ----------------------------------------------------------------------------- */

bool node_may_get_words(const struct node *element)
{
	for (const struct node *node = element; node; node = node_following(node, element)) {
		if (node->tag == TAG_FIELD || tag_class(node->tag) == CLASS_CONTROL)
			return true;
		for (const struct attribute *a = node->attributes; a; a = a->next)
			if (a->has_fields)
				return true;
	}
	return false;
}

static void check_cell(const struct node *cell, struct diags *diags)
{
	if (node_cell_place(cell) != node_cell_head(cell))
		diag_add0(diags, HEAD_EMPTY, cell->at);
}

static void check_item(const struct node *item, struct diags *diags)
{
	if (node_is_silent(item) && !node_is_blank(item))
		diag_add0(diags, ITEM_SILENT, item->at);
}

void node_check_heard(const struct node *node, struct diags *diags)
{
	switch (node->tag) {
	case TAG_LINK:
		check_link(node, diags);
		break;
	case TAG_ABBR:
		check_title(node, diags);
		break;
	case TAG_IMAGE:
	case TAG_BARCODE:
	case TAG_SIGNATURE:
		check_alt(node, diags);
		break;
	case TAG_CELL:
		check_cell(node, diags);
		break;
	case TAG_LI:
		check_item(node, diags);
		break;
	default:
		break;
	}
}
