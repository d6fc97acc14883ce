/* concerns.c - all that reaches the page, the tags, the links or the metadata of a letter, as one
 * print for each concern.
 *
 * It is taken from what the stages made, as late as that is still text and integers: so neither a
 * library nor the program itself counts, as long as they come to the same. Bytes of the file would
 * change with every compressor, and the key's inputs with every comment in a font. Not in it are
 * who signs (the words over an empty signature that say what it is worth), the date in the file,
 * and what only a preview shows.
 *
 * What src/output/pdf makes of a mark is not seen here: base/output.h says what to do then. */
#include "compare/concerns.h"

#include "template/template.h"

/* -- of the letter ----------------------------------------------------------------------------- */

static void print_words(const struct concerns_input *input, struct buf *out)
{
	const struct letter *letter = input->letter;
	letter_node_text(letter->root, out);
	for (int i = 0; i < letter->note_count; i++) {
		buf_char(out, '\n');
		letter_node_text(letter->notes[i], out);
	}
}

/* By what is in their files, and what is said of them. One that cannot be read stops the letter. */
static void print_pictures(const struct concerns_input *input, struct buf *out)
{
	struct arena *arena = arena_new();
	struct diags *unsaid = diags_new();
	struct str dir = path_dir(str_of(input->letter->template->file));
	for (int i = 0; i < input->letter->node_count; i++) {
		const struct node *node = input->letter->nodes[i];
		struct str src = node_attribute(node, "src"), alt = node_attribute(node, "alt");
		if (node->tag == TAG_BARCODE)
			buf_format(out, "%.*s %.*s\n", str_arg(node_barcode_data(arena, node)),
				str_arg(alt));
		if (!src.at)
			continue;
		const struct picture *picture = pictures_find(
			input->pictures, path_join(arena, dir, src).at, node->at, unsaid);
		buf_format(out, "%016llx %.*s\n", (unsigned long long)(picture ? picture->hash : 0),
			str_arg(alt));
	}
	diags_free(unsaid);
	arena_free(arena);
}

static void print_metadata(const struct concerns_input *input, struct buf *out)
{
	const struct letter *letter = input->letter;
	const struct str metadata[] = {
		letter->lang, letter->title, letter->author, letter->description, letter->keywords};
	for (size_t i = 0; i < sizeof metadata / sizeof *metadata; i++) {
		json_string(out, metadata[i]);
		buf_char(out, '\n');
	}
}

static void print_attached(const struct concerns_input *input, struct buf *out)
{
	for (int i = 0; i < input->attached.files.len; i++) {
		const struct attachment *file = &input->attached.files.at[i];
		struct hash hash = hash_bytes(file->bytes.at, (size_t)file->bytes.len);
		hash_write(&hash, out);
		buf_format(out, " %s %.*s %.*s\n", file->type, str_arg(file->name),
			str_arg(file->title));
	}
	if (!input->attach_source)
		return;
	letter_source(input->letter, out);
	recipient_write(input->letter->recipient, out);
}

/* -- of its pages ------------------------------------------------------------------------------ */

static void print_tags(const struct concerns_input *input, struct buf *out)
{
	pdf_dump_tags(input->writer, out);
}

static void print_links(const struct concerns_input *input, struct buf *out)
{
	pdf_dump_links(input->writer, out);
}

/* As exact as the file. */
static int thousandths(sp length)
{
	return length_scale(length, 1000, SP_PER_PT);
}

static bool is_space(const struct mark *mark, const struct glyph *glyph)
{
	int at = glyph->cluster;
	if (at >= mark->text_to || (mark->text.at[at] != ' ' && mark->text.at[at] != '\xC2'))
		return false;
	uint32_t character = utf8_next(mark->text, &at);
	return character == ' ' || character == 0xA0;
}

/* The looks while they are printed: what holds for many glyphs is said when it changes. */
struct looks {
	const struct concerns_input *input;
	struct buf *out;
	bool said; /* on this page; then also what of: */
	int size, line;
	uint32_t colour;
};

/* Eight digits at once, each in a byte of its own. */
static void put_hex(char *at, uint32_t number)
{
	uint64_t digits = ((uint64_t)(number & 0xFFFF0000) << 16) | (number & 0xFFFF);
	digits = (digits << 8 | digits) & 0x00FF00FF00FF00FF;
	digits = (digits << 4 | digits) & 0x0F0F0F0F0F0F0F0F;
	uint64_t letters = (digits + 0x0606060606060606) >> 4 & 0x0101010101010101;
	digits += 0x3030303030303030 + letters * ('a' - '0' - 10);
	at[0] = (char)(digits >> 56); /* each by itself: compilers make one store of these */
	at[1] = (char)(digits >> 48);
	at[2] = (char)(digits >> 40);
	at[3] = (char)(digits >> 32);
	at[4] = (char)(digits >> 24);
	at[5] = (char)(digits >> 16);
	at[6] = (char)(digits >> 8);
	at[7] = (char)digits;
}

/* As "%016llx %d\n" in a twentieth of the time: a letter has some thousand glyphs. */
static void put_glyph(struct buf *out, uint64_t outline, int x)
{
	enum { HASH = 16, NUMBER = 12 };
	char text[HASH + 1 + NUMBER + 1], *at = text + sizeof text;
	unsigned left = x < 0 ? 0u - (unsigned)x : (unsigned)x;
	*--at = '\n';
	do
		*--at = (char)('0' + left % 10);
	while (left /= 10);
	if (x < 0)
		*--at = '-';
	*--at = ' ';
	at -= HASH;
	put_hex(at, (uint32_t)(outline >> 32));
	put_hex(at + HASH / 2, (uint32_t)outline);
	buf_put(out, at, (size_t)(text + sizeof text - at));
}

static void print_size(struct looks *looks, int size, uint32_t colour)
{
	if (!looks->said || size != looks->size || colour != looks->colour)
		buf_format(looks->out, "size %d colour %06x\n", size, (unsigned)colour);
	looks->size = size;
	looks->colour = colour;
}

static void print_line(struct looks *looks, int line)
{
	if (!looks->said || line != looks->line) {
		buf_puts(looks->out, "line ");
		buf_number(looks->out, line);
		buf_char(looks->out, '\n');
	}
	looks->line = line;
	looks->said = true;
}

/* Each glyph by itself, whatever mark, node or run it came in; blanks are seen by the others. */
static void print_glyphs(struct looks *looks, const struct mark *mark)
{
	struct shaper *shaper = looks->input->shaper;
	const int em = text_face(shaper_text(shaper), mark->face)->units_per_em;
	const int size = thousandths(mark->height), line = thousandths(mark->y);
	int64_t pen = 0, spaces = 0;
	for (int i = 0; i < mark->glyph_count; i++) {
		const struct glyph
			*glyph = &mark->glyphs[mark->leftwards ? mark->glyph_count - 1 - i : i];
		uint64_t outline = shaper_outline(shaper, mark->face, glyph->id);
		if (outline) {
			sp x = mark->x + mark_advance(mark, pen + glyph->dx, spaces, em);
			sp rise = glyph->dy ? length_scale(glyph->dy, mark->height, em) : 0;
			print_size(looks, size, mark->colour);
			print_line(looks, rise ? thousandths(mark->y - rise) : line);
			put_glyph(looks->out, outline, thousandths(x));
		}
		pen += glyph->advance;
		spaces += is_space(mark, glyph);
	}
}

static void print_mark(struct looks *looks, const struct mark *mark)
{
	struct buf *out = looks->out;
	if (mark->artifact == ARTIFACT_WATERMARK || mark->artifact == ARTIFACT_GUIDE)
		return;
	if (mark->rises)
		buf_puts(looks->out, "rises\n");
	if (mark->kind == MARK_GLYPHS) {
		print_glyphs(looks, mark);
		return;
	}
	static const char *const kinds[] = {
		[MARK_RULE] = "rule", [MARK_PICTURE] = "picture", [MARK_BARCODE] = "code"};
	buf_format(out, "%s at %d %d of %d %d", kinds[mark->kind], thousandths(mark->x),
		thousandths(mark->y), thousandths(mark->width), thousandths(mark->height));
	if (mark->kind != MARK_PICTURE)
		buf_format(out, " colour %06x", (unsigned)mark->colour);
	buf_char(out, '\n');
}

static void print_area(const struct link_area *area, struct buf *out)
{
	buf_format(out, "link at %d %d to %d %d\n", thousandths(area->left), thousandths(area->top),
		thousandths(area->right), thousandths(area->bottom));
}

static void print_looks(const struct concerns_input *input, struct buf *out)
{
	const struct pages *pages = input->pages;
	buf_format(out, "pages of %d %d\n", thousandths(pages->width), thousandths(pages->height));
	for (int p = 0; p < pages->count; p++) {
		const struct page *page = &pages->page[p];
		struct looks looks = {.input = input, .out = out};
		buf_format(out, "page %d\n", p + 1);
		for (int i = 0; i < page->mark_count; i++)
			print_mark(&looks, &page->marks[i]);
		for (int i = 0; i < page->link_count; i++)
			print_area(&page->links[i], out);
	}
}

/* -- all --------------------------------------------------------------------------------------- */

static void (*const prints[CONCERN_COUNT])(const struct concerns_input *input, struct buf *out) = {
	[CONCERN_WORDS] = print_words,
	[CONCERN_PICTURES] = print_pictures,
	[CONCERN_METADATA] = print_metadata,
	[CONCERN_ATTACHED] = print_attached,
	[CONCERN_LINKS] = print_links,
	[CONCERN_TAGS] = print_tags,
	[CONCERN_LOOKS] = print_looks,
};

void concerns_print(const struct concerns_input *input, enum concern concern, struct buf *out)
{
	prints[concern](input, out);
}

static void take(const struct concerns_input *input, int from, int to, struct concerns *out)
{
	struct buf print = {0};
	for (int i = from; i < to; i++) {
		buf_clear(&print);
		prints[i](input, &print);
		struct hash hash = hash_bytes(print.at, print.len);
		memcpy(out->hash[i], hash.at, HASH_SIZE);
	}
	buf_free(&print);
}

void concerns_of_letter(const struct concerns_input *input, struct concerns *out)
{
	take(input, 0, CONCERN_OF_PAGES, out);
}

bool concerns_of_pages(
	const struct concerns_input *input, struct concerns *out, struct diags *diags)
{
	if (!pdf_check(input->writer, input->letter, input->pages, diags))
		return false;
	take(input, CONCERN_OF_PAGES, CONCERN_COUNT, out);
	return true;
}
