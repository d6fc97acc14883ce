/* hold_file.c - the PDF by itself. */
#include "hold.h"

enum { TOLERANCE = 1 }; /* points: an accent or the rounding of a picture */

/* Of text the height of capitals counts. */
static bool is_on(const struct sheet *sheet, const struct ink *ink)
{
	double height = (ink->top - ink->bottom) * (ink->text ? 0.7 : 1);
	return ink->left >= -TOLERANCE && ink->bottom >= -TOLERANCE &&
		ink->right <= sheet->width + TOLERANCE &&
		ink->bottom + height <= sheet->height + TOLERANCE;
}

static bool hold_inks(struct trial *trial, const struct story *story)
{
	for (int i = 0; i < story->inks.len; i++) {
		const struct ink *ink = &story->inks.at[i];
		const struct sheet *sheet = &story->sheets.at[ink->page];
		if (!is_on(sheet, ink))
			return trial_find(trial,
				ink->artifact ? "an artifact beside the paper"
					      : "a mark beside the paper",
				"page %d of %.1f by %.1f pt: something from %.1f, %.1f to %.1f, "
				"%.1f",
				ink->page + 1, sheet->width, sheet->height, ink->left, ink->bottom,
				ink->right, ink->top);
	}
	return true;
}

/* The fields of a signature may be nowhere on the page. */
static bool is_link(const struct pdf_file *file, const struct pdf_value *note)
{
	return str_is(pdf_get(file, pdf_follow(file, note), "Subtype")->text, "Link");
}

/* Of a link: the area that is pressed. */
static bool hold_links(struct trial *trial, const struct story *story)
{
	const struct pdf_file *file = &story->file;
	for (int p = 0; p < story->sheets.len; p++) {
		const struct sheet *sheet = &story->sheets.at[p];
		const struct pdf_value *links = pdf_get(file, sheet->page, "Annots");
		for (const struct pdf_value *link = links->first; link; link = link->next) {
			struct ink ink = {.page = p};
			double *sides[] = {&ink.left, &ink.bottom, &ink.right, &ink.top};
			const struct pdf_value *side = pdf_get(file, pdf_follow(file, link), "Rect")
							       ->first;
			for (int i = 0; i < 4 && side; i++, side = side->next)
				*sides[i] = side->number;
			if (!is_link(file, link))
				continue;
			if (!is_on(sheet, &ink) || ink.left >= ink.right || ink.bottom >= ink.top)
				return trial_find(trial, "a link beside the paper",
					"page %d: a link from %.1f, %.1f to %.1f, %.1f", p + 1,
					ink.left, ink.bottom, ink.right, ink.top);
		}
	}
	return true;
}

/* -- lines over each other --------------------------------------------------------------------- */

/* A style may ask for lines that are closer than their letters are high. */
static bool is_tight(const struct style *style)
{
	int least = style->fit_lines ? style->fit_leading : 1000;
	for (int i = 0; i < STYLE_COUNT; i++) {
		const struct block_style *block = &style->block[i];
		sp leading = length_scale(block->text.leading, least, 1000);
		if (block->min_leading && block->min_leading < leading)
			leading = block->min_leading;
		if (leading < block->text.size)
			return true;
	}
	return style->page_number.text.leading < style->page_number.text.size;
}

/* From the baseline to the height of capitals. On a line letters come near to each other. */
static bool overlap(const struct ink *a, const struct ink *b)
{
	double apart = a->bottom > b->bottom ? a->bottom - b->bottom : b->bottom - a->bottom;
	const double SMALL = apart < 0.01 ? 0.25 * (a->top - a->bottom) : 0.5;
	double top_a = a->bottom + 0.7 * (a->top - a->bottom);
	double top_b = b->bottom + 0.7 * (b->top - b->bottom);
	return a->page == b->page && a->left + SMALL < b->right && b->left + SMALL < a->right &&
		a->bottom + SMALL < top_b && b->bottom + SMALL < top_a;
}

static bool hold_lines(struct trial *trial, const struct held *held)
{
	const struct story *story = held->story;
	if (held->ways->watermark || held->ways->guides || is_tight(held->bench->style))
		return true;
	for (int i = 0; i < story->inks.len; i++)
		for (int k = i + 1; k < story->inks.len; k++) {
			const struct ink *a = &story->inks.at[i], *b = &story->inks.at[k];
			if (a->text && b->text && overlap(a, b))
				return trial_find(trial, "text is printed over text",
					"page %d: from %.1f, %.1f to %.1f and from %.1f, %.1f to "
					"%.1f",
					a->page + 1, a->left, a->bottom, a->right, b->left,
					b->bottom, b->right);
		}
	return true;
}

bool hold_file(struct trial *trial, const struct held *held)
{
	const struct story *story = held->story;
	if (story->fault)
		return trial_find(trial, "the PDF is wrong", "%s", story->fault);
	return hold_inks(trial, story) && hold_links(trial, story) && hold_lines(trial, held);
}
