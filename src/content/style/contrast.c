/* contrast.c - the contrast of text to white paper or its background, and of links to the text
 * around them (WCAG 2.2, 1.4.3, 1.4.1 and the definition of relative luminance), in integers: a
 * style is good or bad on every machine alike. */
#include "style/style_int.h"

#include "base/diag_id.h"

#include <stdio.h>

/* The light of an sRGB channel's values, of 65535 (IEC 61966-2-1). */
static const uint16_t light[256] = {0, 20, 40, 60, 80, 99, 119, 139, 159, 179, 199, 219, 241, 264,
	288, 313, 340, 367, 396, 427, 458, 491, 526, 562, 599, 637, 677, 718, 761, 805, 851, 898,
	947, 997, 1048, 1101, 1156, 1212, 1270, 1330, 1391, 1453, 1517, 1583, 1651, 1720, 1790,
	1863, 1937, 2013, 2090, 2170, 2250, 2333, 2418, 2504, 2592, 2681, 2773, 2866, 2961, 3058,
	3157, 3258, 3360, 3464, 3570, 3678, 3788, 3900, 4014, 4129, 4247, 4366, 4488, 4611, 4736,
	4864, 4993, 5124, 5257, 5392, 5530, 5669, 5810, 5953, 6099, 6246, 6395, 6547, 6700, 6856,
	7014, 7174, 7335, 7500, 7666, 7834, 8004, 8177, 8352, 8528, 8708, 8889, 9072, 9258, 9445,
	9635, 9828, 10022, 10219, 10417, 10619, 10822, 11028, 11235, 11446, 11658, 11873, 12090,
	12309, 12530, 12754, 12980, 13209, 13440, 13673, 13909, 14146, 14387, 14629, 14874, 15122,
	15371, 15623, 15878, 16135, 16394, 16656, 16920, 17187, 17456, 17727, 18001, 18277, 18556,
	18837, 19121, 19407, 19696, 19987, 20281, 20577, 20876, 21177, 21481, 21787, 22096, 22407,
	22721, 23038, 23357, 23678, 24002, 24329, 24658, 24990, 25325, 25662, 26001, 26344, 26688,
	27036, 27386, 27739, 28094, 28452, 28813, 29176, 29542, 29911, 30282, 30656, 31033, 31412,
	31794, 32179, 32567, 32957, 33350, 33745, 34143, 34544, 34948, 35355, 35764, 36176, 36591,
	37008, 37429, 37852, 38278, 38706, 39138, 39572, 40009, 40449, 40891, 41337, 41785, 42236,
	42690, 43147, 43606, 44069, 44534, 45002, 45473, 45947, 46423, 46903, 47385, 47871, 48359,
	48850, 49344, 49841, 50341, 50844, 51349, 51858, 52369, 52884, 53401, 53921, 54445, 54971,
	55500, 56032, 56567, 57105, 57646, 58190, 58737, 59287, 59840, 60396, 60955, 61517, 62082,
	62650, 63221, 63795, 64372, 64952, 65535};

static int64_t luminance(uint32_t colour)
{
	return (2126 * (int64_t)light[colour >> 16 & 255] + 7152 * light[colour >> 8 & 255] +
		       722 * light[colour & 255]) /
		10000;
}

int contrast_between(uint32_t a, uint32_t b)
{
	enum { WHITE = 65535, GLARE = 4 * WHITE / 20 }; /* what the surface reflects, in quarters */
	int64_t x = 4 * luminance(a) + GLARE, y = 4 * luminance(b) + GLARE;
	return (int)(100 * (x > y ? x : y) / (x > y ? y : x));
}

int contrast_to_white(uint32_t colour)
{
	return contrast_between(colour, 0xFFFFFF);
}

/* The contrast that WCAG 2.2 (1.4.3) asks of such text. */
static int least_contrast(const struct text_style *text)
{
	bool large = text->size >= (text->bold ? pt(14) : pt(18));
	return large ? 300 : 450;
}

static uint32_t shade(uint32_t colour, unsigned part)
{
	uint32_t red = (colour >> 16 & 255) * part / 255, green = (colour >> 8 & 255) * part / 255;
	return red << 16 | green << 8 | (colour & 255) * part / 255;
}

uint32_t contrast_darken(uint32_t colour, int least)
{
	unsigned part = 255;
	while (contrast_to_white(shade(colour, part)) < least)
		part--;
	return shade(colour, part);
}

/* Towards white. */
static uint32_t tint(uint32_t colour, unsigned part)
{
	return 0xFFFFFF - shade(0xFFFFFF - colour, part);
}

uint32_t style_lightened(uint32_t colour, uint32_t page, int least)
{
	unsigned part = 255;
	while (part && contrast_between(tint(colour, part), page) < least)
		part--;
	return tint(colour, part);
}

static const char *colour_text(struct diags *diags, uint32_t colour)
{
	char text[8];
	int len = snprintf(text, sizeof text, "#%06x", (unsigned)colour);
	return diag_str(diags, (struct str){text, len});
}

static const char *ratio_text(struct diags *diags, int hundredths)
{
	char text[16];
	int len = snprintf(text, sizeof text, "%d.%02d", hundredths / 100, hundredths % 100);
	return diag_str(diags, (struct str){text, len});
}

bool style_check_contrast(
	const struct text_style *text, uint32_t background, struct place at, struct diags *diags)
{
	int contrast = contrast_between(text->colour, background), least = least_contrast(text);
	if (contrast >= least)
		return false;
	if (background == PAPER)
		diag_add(diags, STYLE_CONTRAST, at, colour_text(diags, text->colour),
			ratio_text(diags, contrast), ratio_text(diags, least),
			colour_text(diags, contrast_darken(text->colour, least)));
	else
		diag_add(diags, STYLE_BACKGROUND, at, colour_text(diags, text->colour),
			ratio_text(diags, contrast), colour_text(diags, background),
			ratio_text(diags, least));
	return true;
}

void contrast_check_links(const struct style *style, struct place at, struct diags *diags)
{
	enum { LEAST = 300 };
	static const enum tag links[] = {TAG_LINK, TAG_EMAIL};
	uint32_t text = style->block[TAG_P].text.colour;
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		int contrast = contrast_between(style->block[links[i]].text.colour, text);
		if (contrast >= LEAST)
			continue;
		diag_add(diags, STYLE_LINKS, at, ratio_text(diags, contrast));
		return;
	}
}
