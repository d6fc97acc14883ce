/* change.c - what the updates after a signature changed, by a short list of what they may.
 *
 * An update may give new objects, name a DSS in the catalog, and put a document time stamp into a
 * signature field (EN 319 142-1, 5.4 and 5.5). All that the signed document says must stand as it
 * stood: no object of it replaced or freed, none that it refers to but lacks supplied later, the
 * same catalog, Info and identifier. An update is read from its first byte to its last, so nothing
 * can stand between its objects, and reach.c asks what needs each of them. Comparing pictures of
 * the pages was rejected: it would find less. */
#include "verify/seal.h"

#include "base/arena.h"
#include "base/diag_id.h"

#include <stdlib.h>

struct review {
	const struct pdfread *file;
	int signed_index; /* of the revision that the signature closes */
	int index;        /* of the update in hand */
	const char *name;
	struct diags *diags;
};

static bool changed(struct review *review, const char *what)
{
	diag_add(review->diags, CHANGED, place_in(review->name), what);
	return false;
}

/* -- what may differ in a dictionary that may be replaced */

static bool in_list(struct str key, const char *const *list)
{
	while (*list && !value_is_name(key, *list))
		list++;
	return *list;
}

/* All pairs of a but those of the keys listed stand in b as well. */
static bool holds(struct str a, struct str b, const char *const *but)
{
	struct lex lex = dict_open(a);
	struct str key, value;
	char name[128];
	while (dict_next(&lex, &key, &value)) {
		if (in_list(key, but))
			continue;
		if (key.len > (int)sizeof name)
			return false;
		memcpy(name, key.at + 1, (size_t)key.len - 1);
		name[key.len - 1] = '\0';
		struct str other = dict_find(b, name);
		if (!other.at || !values_equal(value, other))
			return false;
	}
	return true;
}

static bool same_but(struct str a, struct str b, const char *const *but)
{
	return dict_is_sound(a) && dict_is_sound(b) && holds(a, b, but) && holds(b, a, but);
}

/* -- fields */

/* Nothing that refers to anything else. */
static bool is_plain(struct str dict)
{
	struct lex lex = {dict, 0};
	struct str token;
	while (lex_token(&lex, &token))
		if (str_is(token, "R"))
			return false;
	return true;
}

/* A field may receive a document time stamp when it had no value. */
static bool is_stamp(struct review *review, struct str field)
{
	static const char *const keys[] = {"Type", "Filter", "SubFilter", "Contents", "ByteRange",
		"M", "Name", "Reason", "Location", "ContactInfo", "Prop_Build", "V", NULL};
	struct str dict = pdfread_value(review->file, review->index, dict_find(field, "V"));
	return value_is_name(dict_find(dict, "SubFilter"), "ETSI.RFC3161") &&
		value_is_name(dict_find(dict, "Type"), "DocTimeStamp") &&
		same_but(dict, str_lit("<<>>"), keys) && is_plain(dict);
}

static bool field_is_filled(struct review *review, struct str before, struct str after)
{
	static const char *const value[] = {"V", NULL};
	return value_is_name(dict_find(before, "FT"), "Sig") && !dict_find(before, "V").at &&
		is_stamp(review, after) && same_but(before, after, value);
}

/* A field that an update adds is one that cannot be seen: it has no widget, or an invisible one. */
static bool field_is_added(struct review *review, struct str field)
{
	enum { NAME_MAX_LEN = 128 };
	static const char *const own[] = {"FT", "T", "V", NULL};
	struct str name = dict_find(field, "T");
	bool named = name.len > 1 && name.len < NAME_MAX_LEN && strchr("(<", name.at[0]) &&
		name.at[1] != '<';
	return named &&
		(same_but(field, str_lit("<<>>"), own) ||
			same_but(field, str_lit("<<" INVISIBLE_WIDGET ">>"), own)) &&
		value_is_name(dict_find(field, "FT"), "Sig") && is_stamp(review, field);
}

/* The list of fields may grow at its end. */
static bool fields_grow(struct review *review, struct str before, struct str after)
{
	struct lex old = array_open(pdfread_value(review->file, review->index - 1, before));
	struct lex new = array_open(pdfread_value(review->file, review->index, after));
	struct str a, b;
	while (lex_value(&old, &a))
		if (!lex_value(&new, &b) || !values_equal(a, b))
			return false;
	while (lex_value(&new, &b))
		if (pdfread_find(review->file, review->index - 1, value_ref(b)) ||
			!field_is_added(review, pdfread_value(review->file, review->index, b)))
			return false;
	return true;
}

static bool form_grows(struct review *review, struct str before, struct str after)
{
	static const char *const fields[] = {"Fields", NULL};
	return same_but(before, after, fields) &&
		fields_grow(review, dict_find(before, "Fields"), dict_find(after, "Fields"));
}

/* -- the catalog */

/* A document security store, which may have been another before. */
static bool is_store(struct str value)
{
	static const char *const keys[] = {"Type", "Certs", "CRLs", "OCSPs", "VRI", NULL};
	return value_is_dict(value) && value_is_name(dict_find(value, "Type"), "DSS") &&
		same_but(value, str_lit("<<>>"), keys);
}

static bool store_grows(struct review *review, struct str before, struct str after)
{
	if (!after.at)
		return !before.at;
	return is_store(pdfread_value(review->file, review->index, after));
}

/* The mark of a DSS in a PDF 1.7 (EN 319 142-1, 5.6) may be added. */
static bool extensions_grow(struct str before, struct str after)
{
	return before.at ? values_equal(before, after)
			 : !after.at || values_equal(after, str_lit(DSS_EXTENSION));
}

static bool catalog_grows(struct review *review, struct str before, struct str after)
{
	static const char *const keys[] = {"DSS", "Extensions", "AcroForm", NULL};
	struct str form_before = dict_find(before, "AcroForm");
	struct str form_after = dict_find(after, "AcroForm");
	if (!same_but(before, after, keys) ||
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

static bool may_replace(struct review *review, int number, struct str before, struct str after)
{
	int root;
	struct str catalog = pdfread_catalog(review->file, review->index - 1, &root);
	if (number == root)
		return catalog_grows(review, before, after);
	if (number == value_ref(dict_find(catalog, "DSS")))
		return is_store(before) && is_store(after);
	if (number == value_ref(dict_find(catalog, "AcroForm")))
		return form_grows(review, before, after);
	return field_is_filled(review, before, after);
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

/* The table, the trailer and what leads to them, up to the %%EOF. */
static bool table_is_tight(struct review *review)
{
	const struct revision *update = &review->file->revisions.at[review->index];
	struct str text = str_slice(review->file->bytes, update->xref, update->end);
	while (text.len && text.at[text.len - 1] != 'F')
		text.len--;
	text.len -= (int)strlen("%%EOF");
	return text.len > 0 && lex_is_tight(text);
}

/* Reads the objects of the update one after the other: as many as the table lists, where it lists
 * them. */
static bool check_objects(struct review *review)
{
	const struct revision *update = &review->file->revisions.at[review->index];
	int at = update->start, number, listed = 0;
	bool good = table_is_tight(review);
	if (!good)
		changed(review, "bytes were added that belong to nothing");
	for (int i = 0; i < update->entries.len; i++)
		if (update->entries.at[i].offset)
			listed++;
		else if (update->entries.at[i].number)
			return changed(review, "an object was taken away");
	for (; listed > 0; listed--) {
		struct str value, data;
		const struct xref_entry *entry;
		int end = pdfread_at(review->file, at, &number, &value, &data);
		entry = end ? pdfread_find(review->file, review->index, number) : NULL;
		if (!entry || entry->offset != at)
			return changed(review, "bytes were added that belong to nothing");
		good = check_object(review, entry, value) && good;
		while (end < update->xref && strchr("\r\n", review->file->bytes.at[end]) &&
			review->file->bytes.at[end])
			end++;
		if (!object_is_tight(review, at, end, data))
			return changed(review, "bytes were added that belong to nothing");
		at = end;
	}
	return at == update->xref ? good
				  : changed(review, "bytes were added that belong to nothing");
}

static bool check_trailer(struct review *review)
{
	static const char *const but[] = {"Size", "Prev", NULL};
	const struct revision *update = &review->file->revisions.at[review->index];
	if (!same_but(update[-1].trailer, update->trailer, but))
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

bool changes_check(const struct pdfread *file, int index, const char *name, struct diags *diags)
{
	struct review review = {file, index, index + 1, name, diags};
	bool good = file->rest == 0;
	if (!good)
		changed(&review,
			diag_str(diags,
				str_format(file->arena, "%d byte%s added behind its end",
					file->rest, file->rest == 1 ? " was" : "s were")));
	if (file->revisions.len - 1 > index)
		good = check_closed(&review) && good;
	for (; review.index < file->revisions.len; review.index++)
		good = check_trailer(&review) && check_objects(&review) && check_needed(&review) &&
			good;
	return good;
}
