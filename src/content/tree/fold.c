/* fold.c - white space of a paragraph, as a reader hears it.
 *
 * Line ends and indentation of the XML file mean nothing, so a run of white space is one blank.
 * Blanks are counted over the whole paragraph, through emphasis and links, since "a <em> b</em>"
 * has one blank too many. A note's mark clings to the word before it, so that a template may give
 * each note lines of its own.
 *
 * A control element may bring any text or none, so a blank next to one stays when a template is
 * folded; the merge folds its paragraphs again once all is decided. */
#include "tree/tree.h"

#include "base/ascii.h"

struct fold {
	struct arena *arena;
	bool blank;        /* nothing may follow but a word: a start, or a blank just before */
	struct node *tail; /* the text whose last character is that blank, or NULL */
};

static bool is_folded(struct str text)
{
	for (int i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] <= ' ' && ascii_is_space(text.at[i]) &&
			(text.at[i] != ' ' || (i + 1 < text.len && ascii_is_space(text.at[i + 1]))))
			return false;
	return true;
}

static struct str fold_runs(struct arena *arena, struct str text)
{
	if (is_folded(text))
		return text;
	char *at = arena_alloc(arena, (size_t)text.len + 1);
	int len = 0;
	for (int i = 0; i < text.len; i++)
		if (!ascii_is_space(text.at[i]))
			at[len++] = text.at[i];
		else if (len == 0 || at[len - 1] != ' ')
			at[len++] = ' ';
	return (struct str){at, len};
}

struct str fold_text(struct arena *arena, struct str text)
{
	return fold_runs(arena, str_trim(text));
}

static void drop_tail(struct fold *fold)
{
	if (fold->tail)
		fold->tail->text.len--;
	fold->tail = NULL;
}

static void fold_one(struct fold *fold, struct node *node)
{
	node->text = fold_runs(fold->arena, node->text);
	if (fold->blank && node->text.len && node->text.at[0] == ' ')
		node->text = str_slice(node->text, 1, node->text.len);
	if (!node->text.len)
		return;
	fold->blank = node->text.at[node->text.len - 1] == ' ';
	fold->tail = fold->blank ? node : NULL;
}

static void anything_may_follow(struct fold *fold)
{
	fold->blank = false;
	fold->tail = NULL;
}

/* Whether it may bring any text or none: a control element, or a field that has no value yet. */
static bool is_open(const struct node *node)
{
	return tag_class(node->tag) == CLASS_CONTROL || tag_class(node->tag) == CLASS_PART ||
		(node->tag == TAG_FIELD && !node->first);
}

enum words { WORDS_NONE, WORDS_PERHAPS, WORDS_SURELY };

static enum words words_in(const struct node *parent)
{
	enum words words = WORDS_NONE;
	node_each (node, parent) {
		enum words inside = node->tag == TAG_TEXT ? WORDS_SURELY
			: is_open(node)                   ? WORDS_PERHAPS
							  : words_in(node);
		words = inside > words ? inside : words;
	}
	return words;
}

static void fold_note(struct fold *fold, struct node *note)
{
	fold_node(fold->arena, note);
	enum words words = words_in(note);
	if (words == WORDS_SURELY)
		drop_tail(fold);
	if (words != WORDS_NONE)
		anything_may_follow(fold);
}

static void fold_children(struct fold *fold, struct node *parent)
{
	node_each (node, parent) {
		if (node->tag == TAG_TEXT) {
			fold_one(fold, node);
		} else if (node->tag == TAG_BR) {
			drop_tail(fold);
			fold->blank = true;
		} else if (node->tag == TAG_NOTE) {
			fold_note(fold, node);
		} else if (tag_needs_words(node->tag) && words_in(node) == WORDS_NONE) {
			continue; /* it leaves the letter: a br in it ends no line */
		} else if (is_open(node)) {
			anything_may_follow(fold);
			fold_children(fold, node);
			anything_may_follow(fold);
		} else {
			fold_children(fold, node);
		}
	}
}

static void drop_empty_texts(struct node *parent)
{
	for (struct node **link = &parent->first; *link;) {
		if ((*link)->tag == TAG_TEXT && (*link)->text.len == 0) {
			*link = (*link)->next;
			continue;
		}
		drop_empty_texts(*link);
		link = &(*link)->next;
	}
}

void fold_node(struct arena *arena, struct node *paragraph)
{
	struct fold fold = {.arena = arena, .blank = true};
	fold_children(&fold, paragraph);
	drop_tail(&fold);
	drop_empty_texts(paragraph);
}
