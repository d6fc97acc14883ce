/* flow_int.h - between the letter and its pages: paragraphs set into lines, blocks set into a
 * column of slabs with their marks. */
#ifndef LAYOUT_FLOW_INT_H
#define LAYOUT_FLOW_INT_H

#include "layout/layout.h"
#include "layout/page_int.h"

/* Where something begins and ends, from the page's left. */
struct sides {
	sp left, right;
};

/* What a slab shows: marks whose x counts from the page's left, whose y from the slab's top, and
 * whose node counts from an owner, which is added when they are placed. */
struct box {
	int owner;
	vec(struct mark) marks;
	vec(struct link_area) links;
};

/* A paragraph broken into lines. When its owner is constant it outlives the letter. */
struct setting {
	sp leading;
	int count;
	struct set_line {
		struct box box;  /* owner not set */
		int notes;       /* marks of notes in it */
		bool hyphen;     /* it ends in one */
		bool parts_name; /* it ends between words that hold together */
		sp excess;       /* how much it sticks out */
		bool loose;
		int node; /* of its first run, less the owner's id */
	} * lines;
	/* What it was made for, among the settings of one node. */
	struct setting *next;
	struct frame {
		struct sides sides;
		const struct block_style *style;
		const struct text_style *text; /* the style's own, or one made from it */
		sp leading;
		sp before, after; /* the space around it: no part of the setting */
		int first_note;   /* number of its first note; 0 for none */
		int label_node;   /* less the owner's id */
		sp label_edge;
		struct str label_lang;
		bool label_leftwards;
		char label[LABEL_SIZE]; /* "" for none; stands on the first line */
	} frame;
};

struct layout {
	const struct style *style;
	struct shaper *shaper;
	const struct text *text;
	struct pictures *pictures;
	struct block_style label_style; /* of information */
	bool backs_words;               /* some inlines have a background */
	/* By variant, behind that of none; by alignment; [1] in a header row. */
	struct block_style (*cell_style)[ALIGN_JUSTIFY + 1][2];
	struct arena *kept;
	vec(sp) labels[LABEL_KIND_COUNT]; /* widest of the first, the first two, … */
	const struct template *template;  /* that .settings belongs to */
	struct setting **settings;        /* by the constant node's id in the template */
};

/* Slabs that are set again, one below the other. */
struct head {
	int first, count;
};

/* What stands at the foot of some pages. */
struct footer {
	const struct node *node;
	struct box box; /* y from its top */
	sp height;
	bool read; /* it stands on a page as what is read; from then on it is an artifact */
};

/* How far above the paper's edge the text ends, and the baseline of the page number stands. */
struct foot_room {
	sp text, number;
};

/* One letter at work. */
struct flow {
	struct layout *layout;
	const struct style *style;
	struct arena *arena;
	const struct letter *letter;
	struct diags *diags;
	int errors;                 /* that were in it before */
	struct mark_look mark_look; /* of a note's label */
	struct setting **settings;  /* made for this letter, by the node's id */
	/* the column */
	vec(struct slab) slabs;
	vec(struct box) boxes;  /* as many */
	vec(struct head) heads; /* as many: what is repeated above it at a page's top */
	vec(struct foot) feet;
	vec(const struct setting *) notes; /* as many */
	bool fixed_notes;                  /* some stand in what has its own place on page 1 */
	/* where the next block goes */
	struct sides sides;
	sp space;   /* asked for below the last block */
	int keep;   /* so many slabs must still stand with the one before */
	bool turns; /* the next slab begins a page */
	int tail; /* first slab of what the letter ends with so far, enclosures and copies; or -1 */
	struct {
		char text[LABEL_SIZE]; /* that the next paragraph shall carry; "" for none */
		const struct node *item;
		struct sides sides; /* its column, that all labels of the list share */
	} label;
	int signature;              /* slab, or -1 */
	struct area signature_area; /* in that slab */
	sp signature_room;          /* at its top, for the hand, or above its picture */
	/* page 1 */
	struct box fixed; /* y from the page's top */
	sp date_bottom;   /* of dates and references set so far */
	sp fixed_bottom;
	/* later pages: their head, as artifacts, y from the page's top; where it ends so far, and
	 * where their text begins */
	struct box head;
	sp head_bottom;
	sp later_top;
	vec(struct footer) footers;
	struct foot_room foot_room[2]; /* on page 1, on later pages */
};

/* -- setting.c: a paragraph → lines */
/* Lines of what stands below owner, in the arena or, for constant owners, kept. Lines that stick
 * out of the frame are reported. */
const struct setting *set_paragraph(
	struct flow *flow, const struct node *owner, const struct frame *frame);
/* For what stands below a node. */
struct frame frame_of(
	const struct flow *flow, const struct block_style *style, const struct node *node);
/* Less so much where lines begin and where they end, at the left and at the right, or the other way
 * round. */
struct sides sides_within(struct sides sides, bool leftwards, sp begin, sp end);
/* -- line.c: marks of one line */
/* Baseline of a line below the line's top: the face's height is centred in the leading. */
sp line_baseline(const struct text *text, int face, sp size, sp leading);
/* A generated text as one line of marks, aligned between the sides. */
struct box set_plain(struct flow *flow, struct plain_text plain, const struct block_style *style,
	struct sides sides, enum artifact artifact);
/* One that stands beside none, in the letter's language and direction. */
struct plain_text plain_of_letter(const struct flow *flow, struct str text);

/* -- box.c */
/* Adds copies of more's marks as artifacts, y further down: what is repeated is tagged once. Labels
 * stay away: a list's item that begins with a table does not begin again with the table's head. */
void box_repeat(
	struct arena *arena, struct box *box, const struct box *more, sp y, enum artifact artifact);
/* Adds copies of more's marks and links, y further down. */
void box_add(struct arena *arena, struct box *box, const struct box *more, sp y);
struct mark *box_mark(struct arena *arena, struct box *box, struct mark mark);
void box_add_line(
	struct arena *arena, struct box *box, int owner, const struct set_line *line, sp y);

/* -- flow.c, list.c, table.c: blocks → column */
void flow_blocks(struct flow *flow, const struct node *parent);
/* Keeps the slabs of a block, from the first on, together and with the next, as it asks for. */
void flow_keep(struct flow *flow, const struct node *block, int first);
/* At the end: which slabs are the letter's tail. */
void flow_mark_tail(struct flow *flow);
/* Adds a slab below the last one, at least its `before` apart; gives its index. The first of all is
 * empty: it is what page 1 holds when nothing else of the column goes there, and has the notes of
 * what stands there at its own place. */
int flow_push(struct flow *flow, struct slab slab, struct box box);
void flow_list(struct flow *flow, const struct node *list);
/* -- backing.c: backgrounds and frames */
/* What has one: where; and whether it begins and ends there. */
struct backing {
	struct sides sides;
	sp top, bottom;
	bool first, last;
};
void backing_put(struct flow *flow, struct box *box, const struct block_style *style,
	const struct backing *at);
/* Sets a block within its frame, on its background. */
void flow_backed(struct flow *flow, const struct node *block,
	void (*set)(struct flow *flow, const struct node *block));
/* Reports text that can hardly be read on its background. */
void backing_check(struct flow *flow, const struct page *page);

/* The width of a column in which the labels 1 to count of a kind stand flush right. */
sp label_column(struct flow *flow, enum label_kind kind, int count);
/* How far what is labelled is indented: as the style says, or farther where labels are wide. */
sp label_indent(const struct block_style *style, sp column);
void flow_table(struct flow *flow, const struct node *table);
/* Where something so wide begins between the sides, as it is aligned. */
sp aligned_left(struct sides sides, enum align align, sp width, bool leftwards);
void flow_image(struct flow *flow, const struct node *image);
void flow_barcode(struct flow *flow, const struct node *node);
/* Into a box, between the sides and from y on, with its white edge; gives where that ends. */
sp set_barcode(
	struct flow *flow, const struct node *node, struct sides sides, sp y, struct box *box);
void flow_signature(struct flow *flow, const struct node *signature);
void flow_signatures(struct flow *flow, const struct node *signatures);
/* The label that waits for a paragraph, beside something else. */
void flow_put_label(struct flow *flow, struct box *box, sp y);
/* How wide a picture shall be, 0: as its node or its file says; and no larger than what. */
struct picture_room {
	sp wanted, width, height;
};
/* A picture's mark, its proportions kept; false after an error: also when there is no room. */
bool set_picture(
	struct flow *flow, const struct node *node, struct picture_room room, struct mark *mark);
/* Adds it, of a letterhead or a continuation, to the box; so much of the width is taken by those
 * before it. Gives where it ends. */
sp set_head_picture(struct flow *flow, const struct node *node, struct box *box, sp *taken);

/* -- column.c: lines, pictures and codes, one below the other */
/* That of a block of lines, as one of them looks that is of a variant; of no variant: itself. */
struct frame line_frame(
	const struct flow *flow, const struct node *line, const struct frame *frame);
/* Sets a column within a frame, from y on; gives where it ends. */
sp column_set(struct flow *flow, const struct node *column, const struct frame *frame, sp y,
	struct box *box);
/* Sets it where the style says, from the room's top and the paper's left; gives where it ends. What
 * leaves the room, or its own height, is reported. */
sp column_place(struct flow *flow, const struct node *column, struct area room, struct box *box);

/* -- fixed.c: what stands at its own place on page 1 */
/* Reports what a block has put over what was in the box before, from its mark first on. */
void check_overlap(struct flow *flow, const struct box *box, const struct node *block, int first);
/* Sets the lines from y on; gives where they end. Their notes stand on the page of the slab that is
 * the last so far, which keeps all notes in order. */
sp fix_paragraph(struct flow *flow, const struct node *owner, const struct frame *frame, sp y);
bool fixed_holds(const struct flow *flow, const struct node *block);
void fixed_block(struct flow *flow, const struct node *block);
/* The head of later pages, which says how much they hold: before all other blocks. */
void fixed_continuation(struct flow *flow, const struct node *block);

/* -- information.c: labels and values, as a block or as a row */
/* As a block: sets it from y on; gives where it ends. */
sp fix_information(struct flow *flow, const struct node *block, sp y);
void flow_information(struct flow *flow, const struct node *block);

/* -- footer.c: what stands at the foot of pages, which says how much text they hold: before all
 * other blocks */
void footer_set(struct flow *flow, const struct node *block);
/* When all are set. */
void footer_make_room(struct flow *flow);
bool has_page_number(const struct style *style, bool later);
/* Above a line so far from the paper's top. */
void footer_place(struct flow *flow, int page, sp bottom, struct box *out);

/* -- guides.c: lines beside the letter. Marks for folding and punching on page 1; guides to look
 * at. */
void guides_marks(struct flow *flow, struct box *page);
void guides_draw(struct flow *flow, struct box *page, bool first);

/* -- fit.c: saves a short last page, if the style asks for it; gives the number of pages. */
int fit_pages(struct flow *flow, struct column *column, struct page_span **spans, int count);

/* -- watermark.c: the letter's word across a page, if it has one. */
void watermark_place(struct flow *flow, struct box *page);

/* -- touch.c: says which lines' signs reach into those of the next. */
void touch_check(struct flow *flow, const struct pages *pages);

/* -- order.c: says where what is heard later stands above. */
void order_check(const struct flow *flow, const struct pages *pages);

/* -- unfit.c: what does not go where it should, said */
/* Whether something is taller than a page: no division is looked for then. */
bool unfit_slabs(struct flow *flow, const struct column *column);
void unfit_pages(struct flow *flow, const struct page_span *spans, int count);

/* -- place.c: column → pages */
struct pages *place_pages(struct flow *flow, const struct layout_options *options);

#endif
