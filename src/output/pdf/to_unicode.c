/* to_unicode.c - what the codes of a font say (ISO 32000-1 9.10.3). Neighbours that say neighbours
 * are one range: half the bytes of a Latin face. */
#include "pdf/pdf_int.h"

void to_unicode_begin(struct to_unicode *unicode)
{
	*unicode = (struct to_unicode){.chars.name = "bfchar", .ranges.name = "bfrange"};
	buf_puts(&unicode->map,
		"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
}

static void end_block(struct to_unicode *unicode, struct unicode_block *block)
{
	if (block->count == 0)
		return;
	put_int(&unicode->map, block->count);
	buf_format(&unicode->map, " begin%s\n", block->name);
	buf_str(&unicode->map, buf_text(&block->entries));
	buf_format(&unicode->map, "end%s\n", block->name);
	buf_clear(&block->entries);
	block->count = 0;
}

/* At most 100 entries go into a block. */
static struct buf *begin_entry(struct to_unicode *unicode, struct unicode_block *block)
{
	if (block->count == 100)
		end_block(unicode, block);
	block->count++;
	return &block->entries;
}

static void put_code(struct buf *out, unsigned code)
{
	buf_char(out, '<');
	put_hex(out, code, 4);
	buf_char(out, '>');
}

static void end_range(struct to_unicode *unicode)
{
	if (unicode->count == 0)
		return;
	bool one = unicode->count == 1;
	struct buf *out = begin_entry(unicode, one ? &unicode->chars : &unicode->ranges);
	put_code(out, unicode->code);
	if (!one)
		put_code(out, unicode->code + unicode->count - 1);
	put_code(out, unicode->character);
	buf_char(out, '\n');
	unicode->count = 0;
}

/* A range stays within the last byte of both (ISO 32000-1 9.10.3). */
static bool goes_on(const struct to_unicode *unicode, unsigned code, unsigned character)
{
	return unicode->count && code == unicode->code + unicode->count &&
		character == unicode->character + unicode->count && code & 0xFF && character & 0xFF;
}

void to_unicode_put(struct to_unicode *unicode, unsigned code, struct str text)
{
	int at = 0;
	uint32_t character = text.len ? utf8_next(text, &at) : 0;
	if (text.len && at == text.len && character <= 0xFFFF) {
		if (!goes_on(unicode, code, character)) {
			end_range(unicode);
			unicode->code = code;
			unicode->character = character;
		}
		unicode->count++;
		return;
	}
	end_range(unicode);
	struct buf *out = begin_entry(unicode, &unicode->chars);
	put_code(out, code);
	buf_char(out, '<');
	put_utf16_hex(out, text);
	buf_puts(out, ">\n");
}

void to_unicode_end(
	struct to_unicode *unicode, struct buf *out, struct libdeflate_compressor *deflate)
{
	end_range(unicode);
	end_block(unicode, &unicode->ranges);
	end_block(unicode, &unicode->chars);
	buf_puts(
		&unicode->map, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
	put_deflated(out, buf_text(&unicode->map), deflate);
	buf_free(&unicode->map);
	buf_free(&unicode->chars.entries);
	buf_free(&unicode->ranges.entries);
}
