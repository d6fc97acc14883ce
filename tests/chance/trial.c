/* trial.c - a drawn letter through all stages. */
#include "base/diag_id.h"
#include "hold.h"

#include "recipients/recipients.h"
#include "twin/twin.h"
#include "xml/xml.h"

#include <stdio.h>

bool trial_find(struct trial *trial, const char *kind, const char *format, ...)
{
	va_list args;
	if (trial->kind[0])
		return false;
	snprintf(trial->kind, sizeof trial->kind, "%s", kind);
	va_start(args, format);
	buf_vformat(&trial->detail, format, args);
	va_end(args);
	return false;
}

/* What is valid each for itself and does not fit together: colours, lengths, the paper. */
static const enum diag_id refusals[] = {DIAG_STYLE_CONTRAST, DIAG_STYLE_LINKS,
	DIAG_STYLE_PAGE_NUMBER, DIAG_STYLE_PAGE, DIAG_LINE_WIDE, DIAG_ADDRESS_HEIGHT,
	DIAG_ADDRESS_ASIDE, DIAG_FIXED_OVERLAP, DIAG_FIXED_BESIDE, DIAG_PICTURE_ROOM,
	DIAG_SLAB_TALL, DIAG_PAGES_MANY};

static bool is_refusal(enum diag_id id)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (refusals[i] == id)
			return true;
	return false;
}

/* After an error: is it one that is meant? */
static void refuse(struct trial *trial, const struct diags *diags)
{
	for (int i = 0; i < diags_len(diags); i++) {
		const struct diag *diag = diags_at(diags, i);
		if (diag_severity(diag->id) < SEVERITY_ERROR)
			continue;
		struct buf said = {0};
		diag_write_text(diag, false, &said);
		if (!is_refusal(diag->id))
			trial_find(trial,
				diag->id == DIAG_CONFORM ? diag->text : diag_code(diag->id),
				"a valid letter is refused: %s", buf_text(&said).at);
		buf_format(&trial->refusals, "%s\n", diag_code(diag->id));
		buf_free(&said);
	}
	trial->refused++;
}

static struct str bytes_of(struct trial *trial, const struct twig *root)
{
	struct buf text = {0};
	twig_write(root, &text);
	struct str bytes = str_copy(trial->arena, buf_text(&text));
	buf_free(&text);
	return bytes;
}

static const char *path_of(struct trial *trial, const char *name)
{
	return str_format(trial->arena, "%s/%s", trial->folder, name).at;
}

/* -- one letter -------------------------------------------------------------------------------- */

struct shop {
	struct trial *trial;
	struct template *template;
	struct style *style;
	struct text *text;
	struct shaper *shaper;
	struct pictures *pictures;
	struct layout *layout;
	struct pdf *pdf;
	struct pdf_writer *writer;
	struct diags *diags;
};

static bool make(struct shop *shop, struct made *made)
{
	struct trial *trial = shop->trial;
	struct recipient *recipient = arena_new_array(trial->arena, struct recipient, 1);
	struct diags *diags = shop->diags;
	struct pdf_options options = {0};
	if (!recipient_read(trial->arena, bytes_of(trial, made->record), "record.xml",
		    shop->template, recipient, diags))
		return false;
	made->letter = letter_merge(trial->arena, shop->template, recipient, diags);
	if (!made->letter || !letter_dress(trial->arena, made->letter, shop->style, diags))
		return false;
	made->pages = layout_pages(
		layout_flow(shop->layout, trial->arena, made->letter, diags), NULL);
	if (!made->pages)
		return false;
	if (!pdf_render(shop->writer, made->letter, made->pages, &options, diags) ||
		!pdf_save(shop->writer, &made->pdf, diags))
		return false;
	twin_text(made->letter, &made->text);
	return twin_html(made->letter, shop->style, shop->pictures, &made->html, diags);
}

static void hold(struct trial *trial, const struct made *made)
{
	struct story story = story_read(
		trial->arena, (struct str){made->pdf.at, (int)made->pdf.len});
	if (hold_file(trial, made, &story) && hold_twins(trial, made, &story))
		hold_words(trial, made, &story);
	story_free(&story);
}

static void make_one(struct shop *shop, const struct twig *record)
{
	struct made made = {.style = shop->style, .pictures = shop->pictures, .record = record};
	diags_clear(shop->diags);
	if (make(shop, &made)) {
		shop->trial->made++;
		hold(shop->trial, &made);
	} else {
		refuse(shop->trial, shop->diags);
	}
	buf_free(&made.pdf);
	buf_free(&made.html);
	buf_free(&made.text);
}

/* -- what all letters share -------------------------------------------------------------------- */

static bool write_parts(struct trial *trial, struct diags *diags)
{
	for (int i = 0; i < trial->drawn->part_count; i++) {
		const struct twig *part = trial->drawn->parts[i];
		struct str bytes = bytes_of(trial, part);
		if (!file_publish(path_of(trial, part->text.at), bytes.at, (size_t)bytes.len, false,
			    diags))
			return false;
	}
	return true;
}

static bool open_shop(struct shop *shop)
{
	struct trial *trial = shop->trial;
	struct diags *diags = shop->diags;
	if (!write_parts(trial, diags))
		return false;
	shop->template = template_read(trial->arena, bytes_of(trial, trial->drawn->letter),
		path_of(trial, "letter.xml"), diags);
	if (shop->template && !shop->template->style.len) {
		shop->style = arena_new_array(trial->arena, struct style, 1);
		*shop->style = style_default();
	} else {
		shop->style = style_read(trial->arena, bytes_of(trial, trial->drawn->style),
			path_of(trial, DRAWN_STYLE), diags);
	}
	if (!shop->template || !shop->style)
		return false;
	shop->text = text_new(shop->style, diags);
	if (!shop->text)
		return false;
	shop->shaper = shaper_new(shop->text);
	shop->pictures = pictures_new();
	shop->layout = layout_new(shop->style, shop->shaper, shop->pictures);
	shop->pdf = pdf_new(shop->text, shop->style, str_lit("sample"), diags);
	shop->writer = shop->pdf ? pdf_writer_new(shop->pdf) : NULL;
	return shop->writer;
}

static void close_shop(struct shop *shop)
{
	pdf_writer_free(shop->writer);
	pdf_free(shop->pdf);
	layout_free(shop->layout);
	pictures_free(shop->pictures);
	shaper_free(shop->shaper);
	text_free(shop->text);
	diags_free(shop->diags);
}

void trial_run(struct trial *trial)
{
	struct shop shop = {.trial = trial, .diags = diags_new()};
	if (open_shop(&shop))
		for (int i = 0; i < trial->drawn->record_count && !trial->kind[0]; i++)
			make_one(&shop, trial->drawn->records[i]);
	else
		refuse(trial, shop.diags);
	close_shop(&shop);
}
