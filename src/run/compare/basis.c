/* basis.c - what all letters of a run are made from, as parts with names and hashes.
 *
 * A part that only some letters depend on, the style of a table, stands apart, so that its change
 * touches no letter without a table. The program counts by the number of its output, which is
 * raised when letters come out differently, and a test sees to it (base/output.h): a hash of its
 * sources would make all letters anew for a comment. */
#include "compare/key.h"

#include "base/output.h"
#include "text/text.h"

/* Elements whose style no letter depends on that does not have them. Of links the web page names
 * the colour always. */
static const enum tag optional[] = {TAG_CONTINUATION, TAG_REFERENCE, TAG_INFORMATION,
	TAG_RETURN_ADDRESS, TAG_FOOTER, TAG_SUBJECT, TAG_HEADING, TAG_UL, TAG_OL, TAG_LI, TAG_TABLE,
	TAG_CELL, TAG_IMAGE, TAG_BARCODE, TAG_QUOTE, TAG_RULE, TAG_PAGE_BREAK, TAG_SLIP,
	TAG_SIGNATURES, TAG_INITIALS, TAG_ENCLOSURES, TAG_COPIES, TAG_POSTSCRIPT, TAG_NOTE,
	TAG_EMAIL, TAG_EM, TAG_STRONG, TAG_SPAN, TAG_SUP, TAG_SUB, TAG_ABBR};

void basis_libraries(struct buf *out)
{
	text_libraries(out);
	buf_puts(out, ", ");
	picture_libraries(out);
	buf_puts(out, ", ");
	pdf_libraries(out);
}

static enum tag optional_tag(struct str name)
{
	for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
		if (str_is(name, tag_element(optional[i])))
			return optional[i];
	return TAG_COUNT;
}

bool basis_is_optional(enum tag tag)
{
	return optional_tag(str_of(tag_element(tag))) < TAG_COUNT;
}

/* One line, whatever a signer is called. */
static void add_part(struct buf *text, const char *kind, struct str name, struct hash hash)
{
	buf_say(text, "%s%.*s\t", kind, str_arg(name));
	hash_write(&hash, text);
	buf_char(text, '\n');
}

/* All lines of a style's print that begin with the word, one after the other. */
static struct hash hash_lines(struct str print, struct str word)
{
	struct buf lines = {0};
	struct str line;
	while (str_split(&print, '\n', &line)) {
		struct str rest = line, name = {0};
		if (str_split(&rest, ' ', &name) && str_eq(name, word))
			buf_str(&lines, line);
	}
	struct hash hash = hash_bytes(lines.at, lines.len);
	buf_free(&lines);
	return hash;
}

/* A style's print has lines for each element, which their first word names. */
static void add_style(
	struct basis *basis, const struct style *style, struct buf *always, struct buf *optionals)
{
	struct buf print = {0};
	style_dump(style, &print);
	struct str all = buf_text(&print), rest = all, line, last = {0};
	str_split(&rest, '\n', &line); /* the style file's own language */
	while (str_split(&rest, '\n', &line)) {
		struct str words = line, name = {0};
		if (!str_split(&words, ' ', &name) || !name.len || str_eq(name, last) ||
			str_starts(name, "edition")) /* which others there are */
			continue;
		enum tag tag = optional_tag(name);
		struct hash hash = hash_lines(all, name);
		add_part(tag < TAG_COUNT ? optionals : always, "style of ", name, hash);
		if (tag < TAG_COUNT)
			basis->tag[tag] = hash;
		last = name;
	}
	buf_free(&print);
}

/* The base subsets have the template's characters: a new one among them changes every letter's
 * fonts. */
static void add_fonts(const struct basis_input *input, struct buf *out)
{
	for (int i = 0; i < text_face_count(input->text); i++) {
		const struct face *face = text_face(input->text, i);
		struct str path = str_of(face->path);
		add_part(out, "font ", path, face->hash);
	}
	add_part(out, "characters of the fonts", str_lit(""), hash_str(pdf_characters(input->pdf)));
}

static void add_libraries(struct buf *out)
{
	struct buf libraries = {0};
	basis_libraries(&libraries);
	struct str rest = buf_text(&libraries), library;
	while (str_split(&rest, ',', &library)) {
		library = str_trim(library);
		int space = library.len;
		while (space > 0 && library.at[space - 1] != ' ')
			space--;
		buf_format(out, BASIS_LIBRARY "%.*s\t%.*s\n",
			str_arg(str_trim(str_slice(library, 0, space))),
			str_arg(str_slice(library, space, library.len)));
	}
	buf_free(&libraries);
}

static const char of_time[] = "date of the files";

static void add_time(int64_t time, struct buf *out)
{
	struct buf text = {0};
	buf_format(&text, "%lld", (long long)time);
	add_part(out, of_time, str_lit(""), hash_str(buf_text(&text)));
	buf_free(&text);
}

/* Not the time of signing: a letter does not age; nor the room for a time stamp: what has none gets
 * one behind it (lettermerge sign --level). */
static void add_signer(const struct basis_input *input, struct buf *out)
{
	struct buf how = {0};
	unsigned char print[FINGERPRINT_SIZE];
	if (!input->signer)
		return;
	identity_fingerprint(input->signer, print);
	buf_put(&how, print, sizeof print);
	buf_format(&how, " %d %d", input->pss, input->certify);
	add_part(out, BASIS_SIGNER, identity_name(input->signer), hash_str(buf_text(&how)));
	buf_free(&how);
}

/* The signer stands last of what every letter depends on, the date before. */
struct hash basis_signed_as(const struct basis *basis, struct str text)
{
	struct buf always = {0};
	struct str line, rest = basis->text;
	bool done = false;
	while (!done && str_split(&rest, '\n', &line)) {
		done = str_starts(line, of_time);
		buf_format(&always, "%.*s\n", str_arg(line));
	}
	while (str_split(&text, '\n', &line))
		if (str_starts(line, BASIS_SIGNER))
			buf_format(&always, "%.*s\n", str_arg(line));
	struct hash hash = hash_bytes(always.at, always.len);
	buf_free(&always);
	return hash;
}

struct basis basis_make(struct arena *arena, const struct basis_input *input)
{
	struct basis basis = {.attach_source = input->attach_source};
	for (int i = 0; i < style_count(input->style); i++)
		basis.hyphenates |= input->style->block[i].hyphenate;
	struct buf always = {0}, optionals = {0};
	add_part(&always, BASIS_PROGRAM, str_lit(""), hash_str(str_lit(OUTPUT_VERSION)));
	add_libraries(&always);
	add_style(&basis, input->style, &always, &optionals);
	add_fonts(input, &always);
	if (input->edition.len)
		add_part(&always, BASIS_EDITION, input->edition, hash_str(input->edition));
	if (input->attach_source)
		add_part(&always, "attached sources", str_lit(""), hash_str(str_lit("")));
	basis.content = hash_bytes(always.at, always.len);
	if (input->compact)
		add_part(&always, "compact files", str_lit(""), hash_str(str_lit("")));
	add_time(input->time, &always);
	add_signer(input, &always);
	basis.always = hash_bytes(always.at, always.len);
	buf_put(&always, optionals.at, optionals.len);
	basis.text = str_copy(arena, buf_text(&always));
	basis.hash = hash_str(basis.text);
	buf_free(&always);
	buf_free(&optionals);
	return basis;
}
