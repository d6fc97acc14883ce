/* geometry.c - the places that an envelope or a standard prescribes, under one name.
 *
 * A geometry is written as a style would write it and goes through the same rows; what the style
 * says beside it wins. Sources: govuk-notify from the checks of GOV.UK Notify, which sets addresses
 * in 8 pt itself; din-5008 from the standard's field of 85 by 45 mm, whose upper 17.7 mm are for
 * the return address and remarks; the others from envelopes in use, to be held against one's own:
 * lettermerge preview ID --guides. Every clear zone has room for an address of seven lines. */
#include "style/style_int.h"

#include <assert.h>

static const struct {
	const char *geometry, *element, *name, *value;
} rows[] = {
	/* DL, A4 folded twice */
	{"uk-dl", "page", "width", "210mm"},
	{"uk-dl", "page", "height", "297mm"},
	{"uk-dl", "page", "first-top", "90mm"},
	{"uk-dl", "window", "left", "20mm"},
	{"uk-dl", "window", "top", "47mm"},
	{"uk-dl", "window", "width", "90mm"},
	{"uk-dl", "window", "height", "35mm"},
	{"uk-dl", "window", "clear", "3.5mm"},
	{"uk-dl", "folds", "first", "99mm"},
	{"uk-dl", "folds", "second", "198mm"},
	/* C5, A4 folded once; the sheet has 13 mm of play */
	{"uk-c5", "page", "width", "210mm"},
	{"uk-c5", "page", "height", "297mm"},
	{"uk-c5", "page", "first-top", "98mm"},
	{"uk-c5", "window", "left", "20mm"},
	{"uk-c5", "window", "top", "55mm"},
	{"uk-c5", "window", "width", "90mm"},
	{"uk-c5", "window", "height", "35mm"},
	{"uk-c5", "window", "clear", "3.5mm"},
	{"uk-c5", "folds", "first", "148.5mm"},
	{"govuk-notify", "page", "width", "210mm"},
	{"govuk-notify", "page", "height", "297mm"},
	{"govuk-notify", "page", "top", "15mm"},
	{"govuk-notify", "page", "right", "15mm"},
	{"govuk-notify", "page", "bottom", "15mm"},
	{"govuk-notify", "page", "left", "15mm"},
	{"govuk-notify", "page", "first-top", "95mm"},
	{"govuk-notify", "page", "head-top", "5mm"},
	{"govuk-notify", "page", "most-pages", "10"},
	{"govuk-notify", "window", "left", "24.6mm"},
	{"govuk-notify", "window", "top", "39.5mm"},
	{"govuk-notify", "window", "width", "95.4mm"},
	{"govuk-notify", "window", "height", "26.8mm"},
	{"govuk-notify", "window", "clear", "2mm"},
	{"govuk-notify", "address", "size", "8pt"},
	{"govuk-notify", "address", "leading", "10pt"},
	{"govuk-notify", "address", "min-leading", "9pt"},
	{"govuk-notify", "letterhead", "indent-left", "110mm"},
	{"din-5008-a", "page", "width", "210mm"},
	{"din-5008-a", "page", "height", "297mm"},
	{"din-5008-a", "page", "left", "25mm"},
	{"din-5008-a", "page", "right", "20mm"},
	{"din-5008-a", "page", "first-top", "80.5mm"},
	{"din-5008-a", "page", "head-top", "8mm"},
	{"din-5008-a", "window", "left", "20mm"},
	{"din-5008-a", "window", "top", "27mm"},
	{"din-5008-a", "window", "width", "85mm"},
	{"din-5008-a", "window", "height", "45mm"},
	{"din-5008-a", "window", "clear", "0"},
	{"din-5008-a", "window", "clear-top", "17.7mm"},
	{"din-5008-a", "information", "left", "125mm"},
	{"din-5008-a", "information", "top", "32mm"},
	{"din-5008-a", "information", "width", "75mm"},
	{"din-5008-a", "folds", "first", "87mm"},
	{"din-5008-a", "folds", "second", "192mm"},
	{"din-5008-a", "folds", "punch", "148.5mm"},
	{"din-5008-b", "page", "width", "210mm"},
	{"din-5008-b", "page", "height", "297mm"},
	{"din-5008-b", "page", "left", "25mm"},
	{"din-5008-b", "page", "right", "20mm"},
	{"din-5008-b", "page", "first-top", "98.5mm"},
	{"din-5008-b", "window", "left", "20mm"},
	{"din-5008-b", "window", "top", "45mm"},
	{"din-5008-b", "window", "width", "85mm"},
	{"din-5008-b", "window", "height", "45mm"},
	{"din-5008-b", "window", "clear", "0"},
	{"din-5008-b", "window", "clear-top", "17.7mm"},
	{"din-5008-b", "information", "left", "125mm"},
	{"din-5008-b", "information", "top", "50mm"},
	{"din-5008-b", "information", "width", "75mm"},
	{"din-5008-b", "folds", "first", "105mm"},
	{"din-5008-b", "folds", "second", "210mm"},
	{"din-5008-b", "folds", "punch", "148.5mm"},
	/* No. 10, US letter folded twice */
	{"us-10", "page", "width", "8.5in"},
	{"us-10", "page", "height", "11in"},
	{"us-10", "page", "first-top", "3.6in"},
	{"us-10", "window", "left", "0.875in"},
	{"us-10", "window", "top", "2in"},
	{"us-10", "window", "width", "4.5in"},
	{"us-10", "window", "height", "1.125in"},
	{"us-10", "window", "clear", "0.125in"},
	{"us-10", "address", "size", "9pt"},
	{"us-10", "address", "leading", "11pt"},
	{"us-10", "address", "min-leading", "9pt"},
	{"us-10", "folds", "first", "3.66in"},
	{"us-10", "folds", "second", "7.33in"},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

/* Of the style's own elements, or of a block of the letter. */
static bool set_row(struct style *style, int i)
{
	struct str element = str_of(rows[i].element), name = str_of(rows[i].name);
	const struct style_row *own = style_find_row(element, name);
	const struct style_row *row = own ? own : style_find_block_row(name);
	void *base = own ? (void *)style : &style->block[tag_find(element)];
	return row && style_set(row, base, str_of(rows[i].value));
}

bool style_set_geometry(struct style *style, struct str name)
{
	bool found = false;
	for (int i = 0; i < ROW_COUNT; i++) {
		if (!str_is(name, rows[i].geometry))
			continue;
		bool good = set_row(style, i);
		assert(good);
		found |= good;
	}
	return found;
}

const char *style_next_geometry(const char *name)
{
	int i = 0;
	while (name && i < ROW_COUNT && strcmp(rows[i].geometry, name) != 0)
		i++;
	while (name && i < ROW_COUNT && strcmp(rows[i].geometry, name) == 0)
		i++;
	return i < ROW_COUNT ? rows[i].geometry : NULL;
}
