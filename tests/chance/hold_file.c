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
			if (!is_on(sheet, &ink) || ink.left >= ink.right || ink.bottom >= ink.top)
				return trial_find(trial, "a link beside the paper",
					"page %d: a link from %.1f, %.1f to %.1f, %.1f", p + 1,
					ink.left, ink.bottom, ink.right, ink.top);
		}
	}
	return true;
}

bool hold_file(struct trial *trial, const struct made *made, struct story *story)
{
	(void)made;
	if (story->fault)
		return trial_find(trial, "the PDF is wrong", "%s", story->fault);
	return hold_inks(trial, story) && hold_links(trial, story);
}
