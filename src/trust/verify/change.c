/* change.c - what the updates after a signature changed, by a short list of what they may.
 *
 * An update may give new objects, name a DSS in the catalog, and put a document time stamp or
 * another signature into a field that nobody sees (change_field.c; EN 319 142-1, 5.4 and 5.5). All
 * that the signed document says must stand as it stood: no object of it replaced or freed, none
 * that it refers to but lacks supplied later, the same catalog, and of Info, the description (XMP)
 * and the identifier no more than who wrote last, and when. An update is read from its first byte
 * to its last, so nothing can stand between its objects, and reach.c asks what needs each of them.
 * Comparing pictures of the pages was rejected: it would find less. */
#include "verify/change_int.h"
#include "verify/xmp.h"

#include "base/arena.h"
#include "base/diag_id.h"

#include <stdlib.h>

bool changed(struct review *review, const char *what)
{
	diag_add(review->diags, CHANGED, place_in(review->name), what);
	return false;
}

/* -- the catalog */

/* A document security store, which may have been another before. */
static bool is_store(struct str value)
{
	static const char *const keys[] = {"Type", "Certs", "CRLs", "OCSPs", "VRI", NULL};
	struct str type = dict_find(value, "Type");
	return value_is_dict(value) && (!type.at || value_is_name(type, "DSS")) &&
		same_but(value, str_lit("<<>>"), keys);
}

static bool store_grows(struct review *review, struct str before, struct str after)
{
	if (!after.at)
		return !before.at;
	return is_store(pdfread_value(review->file, review->index, after));
}

static bool is_one_mark(struct str value)
{
	static const char *const keys[] = {
		"Type", "BaseVersion", "ExtensionLevel", "ExtensionRevision", "URL", NULL};
	struct str version = dict_find(value, "BaseVersion");
	return value_is_dict(value) && same_but(value, str_lit("<<>>"), keys) &&
		(value_is_name(version, "1.7") || value_is_name(version, "2.0"));
}

/* One of the marks below, or several in an array. */
static bool is_mark(struct str value)
{
	struct lex lex = array_open(value);
	struct str one;
	if (value_is_dict(value))
		return is_one_mark(value);
	while (lex_value(&lex, &one))
		if (!is_one_mark(one))
			return false;
	lex_space(&lex);
	return lex.text.len && lex.at == lex.text.len;
}

/* The mark of a DSS in a PDF 1.7 (EN 319 142-1, 5.6), of ISO's own extensions (ISO 32000-2, 7.12)
 * and of Adobe's, in which signatures like these came first (ISO 32000-1, 7.12). */
static bool is_extension(struct str name, struct str value)
{
	enum { LENGTH_MAX = 400 };
	return (value_is_name(name, "ESIC") || value_is_name(name, "ISO_") ||
		       value_is_name(name, "ADBE")) &&
		value.len < LENGTH_MAX && is_plain(value) && is_mark(value);
}

/* Marks may be added. */
static bool extensions_grow(struct str before, struct str after)
{
	static const char *const none[] = {NULL};
	struct lex lex = dict_open(after);
	struct str name, value;
	if (!after.at || (before.at && !dict_holds(before, after, none)))
		return !before.at;
	while (dict_next(&lex, &name, &value))
		if (!is_extension(name, value) && !(before.at && values_equal(before, after)))
			return false;
	return dict_is_sound(after);
}

/* What an update was written by may be newer. */
static bool version_is_kept(struct str before, struct str after)
{
	return before.at ? after.at && values_equal(before, after)
			 : !after.at || value_is_name(after, "1.7") || value_is_name(after, "2.0");
}

static bool catalog_grows(struct review *review, struct str before, struct str after)
{
	static const char *const keys[] = {"DSS", "Extensions", "AcroForm", "Version", NULL};
	struct str form_before = dict_find(before, "AcroForm");
	struct str form_after = dict_find(after, "AcroForm");
	if (!same_but(before, after, keys) ||
		!version_is_kept(dict_find(before, "Version"), dict_find(after, "Version")) ||
		!extensions_grow(dict_find(before, "Extensions"), dict_find(after, "Extensions")) ||
		!store_grows(review, dict_find(before, "DSS"), dict_find(after, "DSS")))
		return false;
	return values_equal(form_before, form_after) ||
		(value_is_dict(form_before) && form_grows(review, form_before, form_after));
}

/* -- objects that are replaced */

/* What a person would call an object. */
static const char *describe(struct review *review, int number, struct str value)
{
	static const struct {
		const char *type, *words;
	} kinds[] = {
		{"Page", "a page was replaced"},
		{"Pages", "the list of the pages was replaced"},
		{"Catalog", "the document's root was changed"},
		{"Annot", "a link or a field was changed"},
		{"Font", "a font was replaced"},
		{"FontDescriptor", "a font was replaced"},
		{"XObject", "a picture was replaced"},
		{"Metadata", "the document's description (XMP) was changed"},
		{"StructElem", "the document's tags were changed"},
		{"StructTreeRoot", "the document's tags were changed"},
		{"Sig", "a signature was changed"},
	};
	struct str trailer = review->file->revisions.at[review->signed_index].trailer;
	if (number == value_ref(dict_find(trailer, "Info")))
		return "the document's title or dates (Info) were changed";
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (value_is_name(dict_find(value, "Type"), kinds[i].type))
			return kinds[i].words;
	return diag_str(review->diags,
		str_format(review->file->arena, "object %d%s was replaced", number,
			dict_find(value, "Length").at ? " (what a page shows)" : ""));
}

/* Who wrote last, and when: for two texts, not more. */
static bool info_is_kept(struct str before, struct str after)
{
	static const char *const own[] = {"Producer", "ModDate", NULL};
	enum { LENGTH_MAX = 400 };
	for (int i = 0; own[i]; i++) {
		struct str value = dict_find(after, own[i]);
		if (value.at &&
			(value.len > LENGTH_MAX || !strchr("(<", value.at[0]) ||
				value_is_dict(value)))
			return false;
	}
	return same_but(before, after, own);
}

static bool description_is_kept(
	struct review *review, int number, struct str before, struct str after)
{
	static const char *const length[] = {"Length", NULL};
	const struct pdfread *file = review->file;
	struct str old = pdfread_stream(file, review->index - 1, number);
	struct str new = pdfread_stream(file, review->index, number);
	return same_but(before, after, length) && old.at &&
		new.at &&xmp_says_the_same(file->arena, old, new);
}

static bool is_proof(const struct review *review, int number)
{
	static const char *const lists[] = {"Certs", "CRLs", "OCSPs"};
	enum { ITEMS_MAX = 256 }; /* longer ones are refused: dss.c */
	int root, index = review->index - 1;
	struct str catalog = pdfread_catalog(review->file, index, &root), ref;
	struct str store = pdfread_value(review->file, index, dict_find(catalog, "DSS"));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct lex lex = array_open(
			pdfread_value(review->file, index, dict_find(store, lists[i])));
		for (int k = 0; k < ITEMS_MAX && lex_value(&lex, &ref); k++)
			if (value_ref(ref) == number)
				return true;
	}
	return false;
}

/* A field for a signature was written again as it was, or a proof. */
static bool is_kept(struct review *review, int number, struct str before, struct str after)
{
	static const char *const keys[] = {"Length", "Filter", NULL};
	struct str old = pdfread_stream(review->file, review->index - 1, number);
	struct str new = pdfread_stream(review->file, review->index, number);
	if (!is_proof(review, number))
		return value_is_name(dict_find(before, "FT"), "Sig") && values_equal(before, after);
	return same_but(before, str_lit("<<>>"), keys) && same_but(after, str_lit("<<>>"), keys) &&
		old.at && new.at &&str_eq(old, new);
}

static bool may_replace(struct review *review, int number, struct str before, struct str after)
{
	int root;
	struct str trailer = review->file->revisions.at[review->index].trailer;
	struct str catalog = pdfread_catalog(review->file, review->index - 1, &root);
	if (number == root)
		return catalog_grows(review, before, after);
	if (number == value_ref(dict_find(catalog, "DSS")))
		return is_store(before) && is_store(after);
	if (number == value_ref(dict_find(catalog, "AcroForm")))
		return form_grows(review, before, after);
	if (number == value_ref(dict_find(trailer, "Info")))
		return info_is_kept(before, after);
	if (number == value_ref(dict_find(catalog, "Metadata")))
		return description_is_kept(review, number, before, after);
	return field_is_filled(review, before, after) || is_kept(review, number, before, after) ||
		page_grows(review, before, after) || list_grows(review, number, before, after);
}

/* One object of an update. */
static bool check_object(struct review *review, const struct xref_entry *entry, struct str value)
{
	const struct pdfread *file = review->file;
	bool is_new = !pdfread_find(file, review->index - 1, entry->number);
	if (is_new && entry->number >= file->revisions.at[review->signed_index].size)
		return true;
	if (is_new)
		return changed(review, "an object that the signed letter lacks was supplied");
	struct str before = pdfread_object(file, review->index - 1, entry->number);
	return may_replace(review, entry->number, before, value) ||
		changed(review, describe(review, entry->number, before));
}

/* -- one update */

/* Nothing hides in an object, nor in the lines behind it. */
static bool object_is_tight(struct review *review, int at, int end, struct str data)
{
	struct str bytes = review->file->bytes;
	int from = data.at ? (int)(data.at - bytes.at) : end;
	return lex_is_tight(str_slice(bytes, at, from)) &&
		lex_is_tight(str_slice(bytes, from + data.len, end));
}

/* Whether it says where the table is itself, a stream of a new number. */
static bool is_own_table(const struct review *review, const struct xref_entry *entry)
{
	const struct revision *update = &review->file->revisions.at[review->index];
	return entry->offset == update->xref &&
		!pdfread_find(review->file, review->index - 1, entry->number);
}

/* The table, the trailer and what leads to them, up to the %%EOF. */
static bool table_is_tight(struct review *review)
{
	struct str value, data = {0};
	int number;
	const struct revision *update = &review->file->revisions.at[review->index];
	struct str text = str_slice(review->file->bytes, update->xref, update->end);
	while (text.len && text.at[text.len - 1] != 'F')
		text.len--;
	text.len -= (int)strlen("%%EOF");
	if (text.len > 0 && dict_find(update->trailer, "W").at)
		pdfread_at(review->file, update->xref, &number, &value, &data);
	int before = data.at ? (int)(data.at - text.at) : text.len;
	return text.len > 0 && lex_is_tight(str_slice(text, 0, before)) &&
		lex_is_tight(str_slice(text, before + data.len, text.len));
}

/* Behind the ends of lines, before the table. */
static int skip_lines(const struct review *review, int at)
{
	struct str bytes = review->file->bytes;
	int end = review->file->revisions.at[review->index].xref;
	while (at < end && (bytes.at[at] == '\r' || bytes.at[at] == '\n'))
		at++;
	return at;
}

/* Reads the objects of the update one after the other: as many as the table lists, where it lists
 * them. */
static bool check_objects(struct review *review)
{
	const struct revision *update = &review->file->revisions.at[review->index];
	int at = skip_lines(review, update->start), number, listed = 0;
	bool good = table_is_tight(review) &&
		lex_is_tight(str_slice(review->file->bytes, update->start, at));
	if (!good)
		changed(review, "bytes were added that belong to nothing");
	for (int i = 0; i < update->entries.len; i++)
		if (update->entries.at[i].container)
			return changed(review, "compressed objects were added");
		else if (is_own_table(review, &update->entries.at[i]))
			continue;
		else if (update->entries.at[i].offset)
			listed++;
		else if (update->entries.at[i].number)
			return changed(review, "an object was taken away");
	for (; listed > 0 && !pdfread_is_spent(review->file); listed--) {
		struct str value, data;
		const struct xref_entry *entry;
		int end = pdfread_at(review->file, at, &number, &value, &data);
		entry = end ? pdfread_find(review->file, review->index, number) : NULL;
		if (!entry || entry->offset != at)
			return changed(review, "bytes were added that belong to nothing");
		good = check_object(review, entry, value) && good;
		end = skip_lines(review, end);
		if (!object_is_tight(review, at, end, data))
			return changed(review, "bytes were added that belong to nothing");
		at = end;
	}
	return at == update->xref ? good
				  : changed(review, "bytes were added that belong to nothing");
}

/* Two strings, of which the second may change with each update (ISO 32000-1, 14.4). */
static bool identifier_is_kept(struct str before, struct str after)
{
	enum { LENGTH_MAX = 130 };
	struct lex old = array_open(before), new = array_open(after);
	struct str first, second;
	if (!before.at || !after.at)
		return before.at == after.at;
	bool good = lex_value(&old, &first) && lex_value(&new, &second) &&
		values_equal(first, second) && lex_value(&old, &first) && lex_value(&new, &second);
	lex_space(&new);
	return good &&
		new.at == new.text.len &&second.len < LENGTH_MAX &&strchr("(<", second.at[0]) &&
		!value_is_dict(second);
}

static bool check_trailer(struct review *review)
{
	enum { LENGTH_MAX = 4096 };
	static const char *const plain[] = {"Size", "Prev", "ID", NULL};
	static const char *const stream[] = {"Size", "Prev", "ID", "Type", "W", "Index", "Filter",
		"DecodeParms", "Length", NULL};
	const struct revision *update = &review->file->revisions.at[review->index];
	bool streams = dict_find(update->trailer, "W").at || dict_find(update[-1].trailer, "W").at;
	if (update->trailer.len > LENGTH_MAX ||
		!same_but(update[-1].trailer, update->trailer, streams ? stream : plain) ||
		!identifier_is_kept(
			dict_find(update[-1].trailer, "ID"), dict_find(update->trailer, "ID")))
		return changed(review, "the file's trailer (root, Info or identifier) was changed");
	return update->size >= update[-1].size || changed(review, "an object was taken away");
}

/* -- the signed document refers to nothing that it lacks */

static bool check_refs(struct review *review, struct str value)
{
	struct lex lex = {value, 0};
	struct str token, before = {0}, last = {0};
	while (lex_token(&lex, &token)) {
		int64_t number;
		if (str_is(token, "R") && value_int(before, &number) &&
			(number >= review->file->revisions.at[review->signed_index].size))
			return changed(
				review, "something was added to which the signed letter refers");
		before = last;
		last = token;
	}
	return true;
}

static bool check_closed(struct review *review)
{
	for (int r = 0; r <= review->signed_index; r++) {
		const struct revision *revision = &review->file->revisions.at[r];
		for (int i = 0; i < revision->entries.len; i++) {
			int number = revision->entries.at[i].number;
			if (number && !check_refs(review, pdfread_object(review->file, r, number)))
				return false;
		}
	}
	return true;
}

static bool check_needed(struct review *review)
{
	const char *wrong = reach_check(review->file, review->index);
	return !wrong || changed(review, wrong);
}

/* The signature that stood last before an update, from the one on that is asked about. */
static int signed_before(const struct seals *seals, int from, int index)
{
	int last = from;
	for (int i = 0; i < seals->list.len; i++)
		if (!seals->list.at[i].is_stamp && seals->list.at[i].revision < index)
			last = seals->list.at[i].revision;
	return last;
}

static bool check_update(struct review *review)
{
	int before = review->signed_index;
	review->signed_index = signed_before(review->seals, review->from, review->index);
	return (before == review->signed_index || check_closed(review)) && check_trailer(review) &&
		check_permission(review) && check_objects(review) && check_needed(review);
}

bool changes_check(const struct pdfread *file, const struct seals *seals, int index,
	const char *name, struct diags *diags)
{
	struct review review = {.file = file,
		.seals = seals,
		.from = index,
		.signed_index = -1,
		.name = name,
		.diags = diags};
	bool good = file->rest == 0;
	if (!good)
		changed(&review,
			diag_str(diags,
				str_format(file->arena, "%d byte%s added behind its end",
					file->rest, file->rest == 1 ? " was" : "s were")));
	for (review.index = index + 1; review.index < file->revisions.len; review.index++)
		good = check_update(&review) && good;
	return good;
}
