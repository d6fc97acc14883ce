/* seal.c - finds the signatures of a file, and checks what each covers (ISO 32000-1, 12.8.1).
 *
 * ByteRange must be all of the file up to the end of a revision but the hole, the hole must be
 * exactly the string of /Contents, and what is not the signature in it must be zeros: then there is
 * no byte that the signature leaves open. The hex digits are of one case, so that there is one way
 * only to write them. */
#include "verify/seal.h"

#include "base/arena.h"
#include "base/diag_id.h"

#include <openssl/asn1.h>

/* -- the hole */

/* 'a' or 'A' for the case of the letters; 0 when there is none, -1 for both or another
 * character. */
static int hex_case(struct str digits)
{
	int seen = 0;
	for (int i = 0; i < digits.len; i++) {
		int c = digits.at[i];
		int is = c >= '0' && c <= '9'  ? 0
			: c >= 'a' && c <= 'f' ? 'a'
			: c >= 'A' && c <= 'F' ? 'A'
					       : -1;
		if (is < 0 || (is && seen && is != seen))
			return -1;
		seen = is ? is : seen;
	}
	return seen;
}

static int digit(int c)
{
	return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* The length of the DER value at the beginning of bytes; 0 when there is none, or not all of it. */
static int der_length(const unsigned char *bytes, int len)
{
	const unsigned char *at = bytes;
	long size;
	int tag, class;
	int form = ASN1_get_object(&at, &size, &tag, &class, len);
	bool good = !(form & 0x80) && !(form & 1) && tag == V_ASN1_SEQUENCE &&
		size <= len - (at - bytes);
	return good ? (int)(at - bytes + size) : 0;
}

/* Whether what was signed says that it is this program's, which writes small letters. */
static bool is_ours(const struct pdfread *file)
{
	struct str trailer = file->revisions.at[0].trailer;
	int info = value_ref(dict_find(trailer, "Info"));
	struct str producer = dict_find(pdfread_object(file, 0, info), "Producer");
	if (info)
		return str_starts(lex_text(file->arena, producer), "lettermerge ");
	struct str catalog = pdfread_object(file, 0, value_ref(dict_find(trailer, "Root")));
	int metadata = value_ref(dict_find(catalog, "Metadata"));
	return str_find(pdfread_stream(file, 0, metadata), "<pdf:Producer>lettermerge ") >= 0;
}

static const char *read_hole(const struct pdfread *file, struct seal *seal)
{
	struct str digits = str_slice(file->bytes, seal->hole_from + 1, seal->hole_to - 1);
	if (digits.len % 2 != 0 || hex_case(digits) < 0)
		return "its room is not filled with hex digits alone";
	if (hex_case(digits) == 'A' && seal->revision == 0 && !seal->is_stamp && is_ours(file))
		return "its room was written anew, in capitals";
	int len = digits.len / 2;
	unsigned char *bytes = arena_alloc(file->arena, (size_t)len + 1);
	for (int i = 0; i < len; i++)
		bytes[i] = (unsigned char)(digit(digits.at[2 * i]) * 16 +
			digit(digits.at[2 * i + 1]));
	int used = der_length(bytes, len);
	if (!used)
		return "its room holds no signature";
	for (int i = used; i < len; i++)
		if (bytes[i])
			return "its room holds something beside it";
	seal->der = (struct str){(const char *)bytes, used};
	return NULL;
}

/* -- what is covered */

static bool read_range(struct str array, int64_t range[4])
{
	struct lex lex = array_open(array);
	struct str value;
	for (int i = 0; i < 4; i++)
		if (!lex_value(&lex, &value) || !value_int(value, &range[i]))
			return false;
	lex_space(&lex);
	return lex.at == lex.text.len;
}

static const char *read_cover(const struct pdfread *file, struct seal *seal)
{
	int64_t range[4];
	struct str hole = dict_find(seal->dict, "Contents");
	if (hole.len < 2 || hole.at[0] != '<' || hole.at[1] == '<')
		return "it has no /Contents in hex";
	if (hole.at < file->bytes.at || hole.at >= file->bytes.at + file->bytes.len)
		return "it stands in a compressed stream";
	seal->hole_from = pdfread_offset(file, hole);
	seal->hole_to = seal->hole_from + hole.len;
	if (!read_range(dict_find(seal->dict, "ByteRange"), range))
		return "it has no /ByteRange of four numbers";
	if (range[0] != 0 || range[1] != seal->hole_from || range[2] != seal->hole_to)
		return "its /ByteRange leaves out more than its own room";
	for (int i = 0; i < file->revisions.len; i++) {
		const struct revision *revision = &file->revisions.at[i];
		seal->revision = i;
		if (revision->start <= seal->hole_from && seal->hole_to <= revision->xref)
			return range[2] + range[3] == revision->end
				? NULL
				: "its /ByteRange ends before the file did";
	}
	return "it stands outside the file's updates";
}

/* -- fields */

/* Each of two signatures of one update would be in the bytes of the other: neither could be made
 * first. So such a one is the same, in a second field. */
static const char *check_alone(const struct seals *seals, const struct seal *seal)
{
	for (int i = 0; i < seals->list.len; i++)
		if (&seals->list.at[i] != seal && seals->list.at[i].revision == seal->revision)
			return "another stands in the same update";
	return NULL;
}

static bool add_seal(struct seals *seals, const struct pdfread *file, int field, struct str dict,
	const char *name, struct diags *diags)
{
	struct seal *seal = vec_push(file->arena, &seals->list);
	*seal = (struct seal){.field = field,
		.dict = dict,
		.is_stamp = value_is_name(dict_find(dict, "SubFilter"), "ETSI.RFC3161")};
	const char *wrong = read_cover(file, seal);
	wrong = wrong ? wrong : check_alone(seals, seal);
	wrong = wrong ? wrong : read_hole(file, seal);
	if (wrong)
		diag_add(diags, SEAL_COVER, place_in(name), wrong);
	return !wrong;
}

static void sort_seals(struct seals *seals)
{
	for (int i = 1; i < seals->list.len; i++)
		for (int k = i; k > 0; k--) {
			struct seal *pair = &seals->list.at[k - 1], swap = pair[0];
			if (pair[0].hole_from <= pair[1].hole_from)
				break;
			pair[0] = pair[1];
			pair[1] = swap;
		}
}

/* The fields of a form, as they are gone through. */
struct fields {
	struct seals *seals;
	const struct pdfread *file;
	const char *name;
	int count;
	bool good;
	struct diags *diags;
};

static void take_field(struct fields *fields, int number, struct str field)
{
	int last = fields->file->revisions.len - 1;
	struct str dict = pdfread_value(fields->file, last, dict_find(field, "V"));
	if (!value_is_dict(dict))
		*vec_push(fields->file->arena, &fields->seals->empty) = number;
	else if (!add_seal(fields->seals, fields->file, number, dict, fields->name, fields->diags))
		fields->good = false;
}

/* A field below another has its type where it says none (ISO 32000-1, 12.7.3.1 and 12.7.3.2). */
static void visit_fields(struct fields *fields, struct str array, bool is_signature, int depth)
{
	enum { MOST = 256, DEEPEST = 16 };
	int last = fields->file->revisions.len - 1;
	struct lex list = array_open(pdfread_value(fields->file, last, array));
	struct str ref;
	while (lex_value(&list, &ref)) {
		if (++fields->count > MOST || depth > DEEPEST) {
			diag_add(fields->diags, SEAL_COVER, place_in(fields->name),
				"its form has more than 256 fields, or fields 16 deep");
			fields->good = false;
			return;
		}
		struct str field = pdfread_value(fields->file, last, ref);
		struct str type = dict_find(field, "FT"), kids = dict_find(field, "Kids");
		bool is = type.at ? value_is_name(type, "Sig") : is_signature;
		if (kids.at)
			visit_fields(fields, kids, is, depth + 1);
		if (is && (!kids.at || dict_find(field, "V").at))
			take_field(fields, value_ref(ref), field);
		if (!fields->good)
			return;
	}
}

bool seals_read(
	struct seals *seals, const struct pdfread *file, const char *name, struct diags *diags)
{
	int last = file->revisions.len - 1, root;
	struct str catalog = pdfread_catalog(file, last, &root);
	struct str form = pdfread_value(file, last, dict_find(catalog, "AcroForm"));
	struct fields fields = {
		.seals = seals, .file = file, .name = name, .good = true, .diags = diags};
	*seals = (struct seals){0};
	visit_fields(&fields, dict_find(form, "Fields"), false, 0);
	sort_seals(seals);
	return fields.good;
}
