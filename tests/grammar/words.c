/* words.c - what an editor tells the writer of a letter about each element. */
#include "grammar.h"

static const char *const tags[TAG_COUNT] = {
	[TAG_LETTER] =
		"A letter that goes to many people. xml:lang is the language it is written in.",
	[TAG_TITLE] = "The title of each letter's file; a window shows it. Fields may stand in it.",
	[TAG_AUTHOR] = "Who writes, for the file's properties.",
	[TAG_DESCRIPTION] = "What the letter is about, in a sentence, for the file's properties.",
	[TAG_KEYWORDS] = "Words to find the letter by, separated by commas.",
	[TAG_LETTERHEAD] = "The sender, line by line; at the head of the first page.",
	[TAG_CONTINUATION] = "The head of the pages after the first, line by line.",
	[TAG_REFERENCE] = "The reference line.",
	[TAG_DATE] = "The date. Empty: the letter's own date, written out in its language.",
	[TAG_INFORMATION] = "Labels and values, beside the address or in a row: rows of two cells.",
	[TAG_RETURN_ADDRESS] = "The sender in one small line above the address.",
	[TAG_ADDRESS] = "The addressee, line by line; stands in the envelope's window.",
	[TAG_SALUTATION] = "The salutation: Dear Ms Jones,",
	[TAG_SUBJECT] = "The subject heading.",
	[TAG_HEADING] = "A heading within the letter.",
	[TAG_P] = "A paragraph.",
	[TAG_UL] = "A list with bullets.",
	[TAG_OL] = "A list with numbers.",
	[TAG_LI] = "An item of a list: words, or paragraphs and lists.",
	[TAG_TABLE] = "A table of rows.",
	[TAG_ROW] = "A row of a table.",
	[TAG_CELL] = "A cell of a row.",
	[TAG_IMAGE] = "A picture, SVG, PNG or JPEG.",
	[TAG_BARCODE] = "A code for cameras and scanners.",
	[TAG_QUOTE] = "A quotation, set in: words, or paragraphs and lists.",
	[TAG_RULE] = "A line across the page.",
	[TAG_PAGE_BREAK] = "What comes next begins a page.",
	[TAG_SLIP] = "At the foot of its page, below a cutting line: what is sent back.",
	[TAG_CLOSING] = "The complimentary close. Empty: Yours sincerely, or faithfully, as the "
			"salutation asks.",
	[TAG_SIGNATURE] =
		"Room to sign, or a picture of the signature; then name and office, line by line.",
	[TAG_SIGNATURES] = "Several signatures, side by side.",
	[TAG_INITIALS] = "Who dictated the letter, and who typed it: AB/cd.",
	[TAG_ENCLOSURES] = "What is enclosed, line by line.",
	[TAG_ATTACHMENT] =
		"A file that goes with the letter, listed in its place. Empty: by its title.",
	[TAG_COPIES] = "Who gets a copy, line by line.",
	[TAG_POSTSCRIPT] = "A postscript.",
	[TAG_FOOTER] = "What stands at the foot of pages, in columns.",
	[TAG_COLUMN] = "A column of a footer, line by line; of a letterhead, a continuation "
		       "or a slip, where the style puts it.",
	[TAG_LINE] = "One line. One that stays empty closes up.",
	[TAG_FIELD] = "A gap that each recipient's record fills.",
	[TAG_LINK] = "A link to a page of the web, a mail address or a telephone number.",
	[TAG_EMAIL] = "A mail address, which is a link too.",
	[TAG_NOTE] = "A footnote. Its mark stands here, its text at the foot of the page.",
	[TAG_EM] = "Emphasis: italic.",
	[TAG_STRONG] = "Strong emphasis: bold.",
	[TAG_SPAN] = "Words in another language: say which with xml:lang.",
	[TAG_SUP] = "Raised and smaller: m<sup>2</sup>.",
	[TAG_SUB] = "Lowered and smaller: CO<sub>2</sub>.",
	[TAG_ABBR] = "An abbreviation, with what it is short for.",
	[TAG_BR] = "A line's end.",
	[TAG_IF] = "Shown only to those whose field is filled in, or equals a value.",
	[TAG_CHOOSE] = "Shows the first <when> that holds, else <otherwise>.",
	[TAG_WHEN] = "Shown when its field is filled in, or equals a value.",
	[TAG_OTHERWISE] = "Shown when no <when> before it holds.",
	[TAG_PLURAL] = "Shows the words for its number, by the rules of the language.",
	[TAG_ZERO] = "For no things, in Arabic, Latvian and Welsh.",
	[TAG_ONE] = "For one thing.",
	[TAG_TWO] = "For two things, in Welsh, Slovenian and others.",
	[TAG_FEW] = "For a few things, in Polish, Welsh and others.",
	[TAG_MANY] = "For many things, in Polish, Welsh and others.",
	[TAG_OTHER] = "For all other numbers.",
	[TAG_EACH] = "Repeated for each record of a list.",
	[TAG_INCLUDE] = "What the <part> in another file of this folder holds stands here.",
};

static const struct {
	enum tag tag;
	const char *name, *words;
} attributes[] = {
	{TAG_LETTER, "style", "The style file: how the letter looks."},
	{TAG_LETTER, "date", "The letter's date, as 2020-10-13."},
	{TAG_LETTER, "watermark", "A word across every page: COPY, DRAFT. Fields may stand in it."},
	{TAG_LETTER, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_SALUTATION, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_SUBJECT, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_HEADING, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_P, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_UL, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_OL, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_QUOTE, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_TABLE, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_CLOSING, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_POSTSCRIPT, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_NOTE, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_SPAN, "dir",
		"Which way it runs: ltr, rtl, or auto: as its first letter. Without it, as its "
		"language."},
	{TAG_HEADING, "level", "1 for a main heading, 2 for one below it."},
	{TAG_P, "keep",
		"together: on one page; with-next: with what comes next; both; no: not even as the "
		"style "
		"says."},
	{TAG_P, "variant", "How it looks: the name of a variant that the style declares."},
	{TAG_UL, "keep",
		"together: on one page; with-next: with what comes next; both; no: not even as the "
		"style "
		"says."},
	{TAG_UL, "variant", "How it looks: the name of a variant that the style declares."},
	{TAG_OL, "keep",
		"together: on one page; with-next: with what comes next; both; no: not even as the "
		"style "
		"says."},
	{TAG_OL, "variant", "How it looks: the name of a variant that the style declares."},
	{TAG_LI, "keep",
		"together: on one page; with-next: with what comes next; both; no: not even as the "
		"style "
		"says."},
	{TAG_QUOTE, "keep",
		"together: on one page; with-next: with what comes next; both; no: not even as the "
		"style "
		"says."},
	{TAG_TABLE, "keep",
		"together: on one page; with-next: with what comes next; both; no: not even as the "
		"style "
		"says."},
	{TAG_TABLE, "variant", "How it looks: the name of a variant that the style declares."},
	{TAG_ROW, "keep",
		"together: on one page; with-next: with what comes next; both; no: not even as the "
		"style "
		"says."},
	{TAG_ROW, "variant", "How it looks: the name of a variant that the style declares."},
	{TAG_IMAGE, "keep",
		"together: on one page; with-next: with what comes next; both; no: not even as the "
		"style "
		"says."},
	{TAG_BARCODE, "keep",
		"together: on one page; with-next: with what comes next; both; no: not even as the "
		"style "
		"says."},
	{TAG_TABLE, "widths", "The columns' shares of the width, like 30 20 50."},
	{TAG_TABLE, "align", "Where the words of each column stand, like left left right."},
	{TAG_ROW, "header", "yes: the row heads the columns, and is repeated overleaf."},
	{TAG_OL, "numbering", "How it counts: 1, a, A, i or I with signs around it, like (a)."},
	{TAG_OL, "start",
		"The number of its first item; continued: the one after the list before it."},
	{TAG_CELL, "variant", "How it looks: the name of a variant that the style declares."},
	{TAG_SPAN, "variant", "How it looks: the name of a variant that the style declares."},
	{TAG_CELL, "span", "How many columns it takes."},
	{TAG_CELL, "align", "Where the cell's words stand, if not as those of its column."},
	{TAG_IMAGE, "src", "The picture's file, in the template's folder or below it."},
	{TAG_IMAGE, "alt",
		"What the picture shows, for those who do not see it. Empty: decoration."},
	{TAG_IMAGE, "width", "How wide it is shown, like 40mm."},
	{TAG_BARCODE, "type",
		"qr, datamatrix, code128; epc: a payment in euros, as a QR code; swiss: that of a "
		"Swiss QR-bill."},
	{TAG_BARCODE, "alt", "What the code holds, and for what, for those who do not see it."},
	{TAG_BARCODE, "width", "How wide it is, like 30mm; the white edge comes to that."},
	{TAG_BARCODE, "height", "How high the bars of a code128 are, like 12mm."},
	{TAG_BARCODE, "data", "What it holds."},
	{TAG_BARCODE, "name", "Who is paid."},
	{TAG_BARCODE, "iban", "Into which account."},
	{TAG_BARCODE, "bic", "At which bank, if that is wanted."},
	{TAG_BARCODE, "amount", "How many euros, or francs, if that is known."},
	{TAG_BARCODE, "reference",
		"A creditor reference, RF18 5390 0754 7034; or that of a Swiss QR-bill, 27 "
		"digits."},
	{TAG_BARCODE, "text", "What the payment is for; of epc, where there is no reference."},
	{TAG_BARCODE, "street", "The street of who is paid, of type swiss; so are those below."},
	{TAG_BARCODE, "house", "The number of the house there."},
	{TAG_BARCODE, "postcode", "The postcode of who is paid."},
	{TAG_BARCODE, "town", "The town of who is paid."},
	{TAG_BARCODE, "country", "The country of who is paid, like CH."},
	{TAG_BARCODE, "currency", "CHF or EUR, where the amount does not say it."},
	{TAG_BARCODE, "payer-name", "Who pays, if that is known."},
	{TAG_BARCODE, "payer-street", "The payer's street."},
	{TAG_BARCODE, "payer-house", "The number of the house there."},
	{TAG_BARCODE, "payer-postcode", "The payer's postcode."},
	{TAG_BARCODE, "payer-town", "The payer's town."},
	{TAG_BARCODE, "payer-country", "The payer's country, like CH."},
	{TAG_BARCODE, "billing", "For the payer's books, in the form that both agreed on."},
	{TAG_SIGNATURE, "src", "A picture of the signature."},
	{TAG_SIGNATURE, "alt", "Whose signature it is, for those who do not see it."},
	{TAG_SIGNATURE, "space", "Room for a signature by hand, like 18mm."},
	{TAG_ATTACHMENT, "file", "The file, in the template's folder or below it."},
	{TAG_ATTACHMENT, "title", "What it is, for those who look at the list of files."},
	{TAG_COLUMN, "variant",
		"How it looks, and where it stands: the name of a variant that the style "
		"declares."},
	{TAG_LINE, "variant", "How it looks: the name of a variant that the style declares."},
	{TAG_FOOTER, "pages", "On which pages it stands; without it, on the first."},
	{TAG_FIELD, "name", "The field, as it is declared in <fields>."},
	{TAG_FIELD, "form",
		"ordinal: 21st, of a number. Of a date, long: 7 May 2024, short: 07/05/2024, "
		"weekday: "
		"Tuesday 7 May 2024. grouped: an account, or an amount without its currency, as "
		"banks print it: CH44 3199 9123, 1 949.75."},
	{TAG_FIELD, "case", "first: with a capital letter, as at the beginning of a sentence."},
	{TAG_LINK, "href", "Where it leads: https://, http://, mailto: or tel:."},
	{TAG_LINK, "title", "What the link is called for a screen reader; else its own words."},
	{TAG_ABBR, "title", "What it is short for."},
	{TAG_IF, "field", "The field that decides."},
	{TAG_IF, "equals", "The value that it must have."},
	{TAG_IF, "greater", "A number that it must be above."},
	{TAG_IF, "less", "A number that it must be below."},
	{TAG_IF, "after", "A date or time that it must be behind."},
	{TAG_IF, "before", "A date or time that it must be before."},
	{TAG_WHEN, "field", "The field that decides."},
	{TAG_WHEN, "equals", "The value that it must have."},
	{TAG_WHEN, "greater", "A number that it must be above."},
	{TAG_WHEN, "less", "A number that it must be below."},
	{TAG_WHEN, "after", "A date or time that it must be behind."},
	{TAG_WHEN, "before", "A date or time that it must be before."},
	{TAG_PLURAL, "field", "The number."},
	{TAG_EACH, "field", "The list."},
	{TAG_EACH, "separator", "What stands between two of them, within a line: \", \"."},
	{TAG_EACH, "last", "What stands before the last of them: \" and \"."},
	{TAG_EACH, "join",
		"and, or: what the language writes between them instead, as in \"a, b and c\"."},
	{TAG_INCLUDE, "file", "The file, in the template's folder or below it."},
};

static const struct {
	const char *element, *words;
} styles[] = {
	{"style", "How the letters of an office look. What is left out keeps a sensible default."},
	{"page", "The paper and its margins."},
	{"window", "The window of the envelope, from the paper's top left corner."},
	{"text", "The type of the whole letter; elements may differ."},
	{"element", "How one kind of element differs from the text."},
	{"page-number", "The page number, on pages after the first or on all."},
	{"information", "Where labels and values stand beside the address."},
	{"letterhead-picture", "Where a picture in the letterhead stands, and how large."},
	{"continuation", "Where the head of later pages begins, if not where the letterhead does."},
	{"continuation-picture",
		"Where a picture in the head of later pages stands, and how large."},
	{"footer", "Where the footer stands, and how its columns are kept apart."},
	{"notes", "Footnotes: their rule, and the marks in the text."},
	{"links", "Links."},
	{"folds", "Marks at the left edge where the sheet is folded and punched."},
	{"fit", "Saves a last page of a few lines by setting the letter a little tighter."},
	{"breaks", "How lines are divided."},
	{"pdf", "The file: which standards it keeps."},
	{"edition", "Another style, for the letters of those who ask for it."},
	{"editions", "The field of a record that names one of the editions."},
};

const char *words_of_tag(enum tag tag)
{
	return tags[tag];
}

const char *words_of_attribute(enum tag tag, const char *name)
{
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (attributes[i].tag == tag && strcmp(attributes[i].name, name) == 0)
			return attributes[i].words;
	return NULL;
}

const char *words_of_style(const char *element)
{
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
		if (strcmp(styles[i].element, element) == 0)
			return styles[i].words;
	return NULL;
}
