/* change_field.c - signature fields that an update fills or adds, and what earlier signatures say
 * of it: DocMDP and FieldMDP (ISO 32000-1, 12.8.2.2 and 12.8.2.4).
 *
 * What is added shows nothing on a page. A signature that can be seen could cover what was signed,
 * so it is refused, though ISO 32000-1 lets it be. */
#include "verify/change_int.h"

#include "base/arena.h"

/* -- dictionaries */

static bool in_list(struct str key, const char *const *list)
{
	while (*list && !value_is_name(key, *list))
		list++;
	return *list;
}

bool dict_holds(struct str a, struct str b, const char *const *but)
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

bool same_but(struct str a, struct str b, const char *const *but)
{
	return dict_is_sound(a) && dict_is_sound(b) && dict_holds(a, b, but) &&
		dict_holds(b, a, but);
}

bool is_plain(struct str value)
{
	struct lex lex = {value, 0};
	struct str token;
	while (lex_token(&lex, &token))
		if (str_is(token, "R"))
			return false;
	return true;
}

/* -- fields */

/* Whether this very update gives the field a signature or a time stamp, which closes it. */
static const struct seal *seal_of(const struct review *review, struct str field)
{
	struct str dict = pdfread_value(review->file, review->index, dict_find(field, "V"));
	for (int i = 0; i < review->seals->list.len; i++) {
		const struct seal *seal = &review->seals->list.at[i];
		if (dict.at && seal->dict.at == dict.at && seal->revision == review->index)
			return seal;
	}
	return NULL;
}

static bool is_sealed(const struct review *review, struct str field)
{
	static const char *const keys[] = {"Type", "Filter", "SubFilter", "Contents", "ByteRange",
		"M", "Name", "Reason", "Location", "ContactInfo", "Prop_Build", "V", "Reference",
		NULL};
	const struct seal *seal = seal_of(review, field);
	struct str type = seal ? dict_find(seal->dict, "Type") : (struct str){0};
	return seal && (value_is_name(type, seal->is_stamp ? "DocTimeStamp" : "Sig")) &&
		same_but(seal->dict, str_lit("<<>>"), keys) && is_plain(seal->dict);
}

bool field_is_filled(struct review *review, struct str before, struct str after)
{
	static const char *const value[] = {"V", NULL};
	return value_is_name(dict_find(before, "FT"), "Sig") && !dict_find(before, "V").at &&
		is_sealed(review, after) && same_but(before, after, value);
}

/* It has no widget, or one without an area. */
static bool is_invisible(struct str field)
{
	struct str rect = dict_find(field, "Rect"), side[4];
	struct lex lex = array_open(rect);
	if (!rect.at)
		return !dict_find(field, "Subtype").at;
	for (int i = 0; i < 4; i++)
		if (!lex_value(&lex, &side[i]))
			return false;
	lex_space(&lex);
	return lex.at == lex.text.len && values_equal(side[0], side[2]) &&
		values_equal(side[1], side[3]);
}

/* Its appearance, if it has one, is a form of no bytes, as PDFBox gives a field without an area. */
static bool draws_nothing(const struct review *review, struct str field)
{
	static const char *const normal[] = {"N", NULL};
	static const char *const keys[] = {
		"Type", "Subtype", "FormType", "BBox", "Matrix", "Length", NULL};
	enum { LENGTH_MAX = 400 };
	struct str looks = dict_find(field, "AP");
	if (!looks.at)
		return true;
	looks = pdfread_value(review->file, review->index, looks);
	struct str form = pdfread_value(review->file, review->index, dict_find(looks, "N"));
	struct str bytes = pdfread_stream(
		review->file, review->index, value_ref(dict_find(looks, "N")));
	return same_but(looks, str_lit("<<>>"), normal) && same_but(form, str_lit("<<>>"), keys) &&
		is_plain(form) && form.len < LENGTH_MAX && bytes.at && bytes.len == 0;
}

static bool is_short_text(struct str value)
{
	enum { LENGTH_MAX = 400 };
	return value.len > 1 && value.len < LENGTH_MAX && strchr("(<", value.at[0]) &&
		!value_is_dict(value);
}

static bool field_is_added(const struct review *review, struct str field)
{
	static const char *const keys[] = {
		"FT", "T", "TU", "V", "Type", "Subtype", "F", "Rect", "P", "AP", NULL};
	struct str type = dict_find(field, "Type"), subtype = dict_find(field, "Subtype");
	struct str words = dict_find(field, "TU");
	return value_is_name(dict_find(field, "FT"), "Sig") &&
		is_short_text(dict_find(field, "T")) && (!words.at || is_short_text(words)) &&
		(!type.at || value_is_name(type, "Annot")) &&
		(!subtype.at || value_is_name(subtype, "Widget")) &&
		same_but(field, str_lit("<<>>"), keys) && is_invisible(field) &&
		draws_nothing(review, field) && is_sealed(review, field);
}

/* -- lists */

/* A list grew at its end, by such fields. */
static bool grows(struct review *review, struct str before, struct str after)
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
	lex_space(&new);
	return new.at == new.text.len;
}

bool form_grows(struct review *review, struct str before, struct str after)
{
	static const char *const keys[] = {"Fields", "SigFlags", NULL};
	struct str flags = dict_find(after, "SigFlags");
	return same_but(before, after, keys) && flags.len <= 1 &&
		grows(review, dict_find(before, "Fields"), dict_find(after, "Fields"));
}

bool page_grows(struct review *review, struct str before, struct str after)
{
	static const char *const keys[] = {"Annots", NULL};
	return value_is_name(dict_find(before, "Type"), "Page") && same_but(before, after, keys) &&
		grows(review, dict_find(before, "Annots"), dict_find(after, "Annots"));
}

/* Whether some page keeps its annotations there. */
static bool is_annots(const struct review *review, int number)
{
	for (int r = 0; r < review->index; r++) {
		const struct revision *revision = &review->file->revisions.at[r];
		for (int i = 0; i < revision->entries.len && !pdfread_is_spent(review->file); i++) {
			struct str value = pdfread_object(
				review->file, r, revision->entries.at[i].number);
			if (value_is_name(dict_find(value, "Type"), "Page") &&
				value_ref(dict_find(value, "Annots")) == number)
				return true;
		}
	}
	return false;
}

bool list_grows(struct review *review, int number, struct str before, struct str after)
{
	int root;
	struct str catalog = pdfread_catalog(review->file, review->index - 1, &root);
	struct str form = pdfread_value(
		review->file, review->index - 1, dict_find(catalog, "AcroForm"));
	return before.len && before.at[0] == '[' &&
		(number == value_ref(dict_find(form, "Fields")) || is_annots(review, number)) &&
		grows(review, before, after);
}

/* -- what earlier signatures let be */

/* The parameters of a transform of a signature: what it lets others change. */
static struct str transform(
	const struct review *review, const struct seal *seal, const char *method)
{
	const struct pdfread *file = review->file;
	struct lex list = array_open(
		pdfread_value(file, seal->revision, dict_find(seal->dict, "Reference")));
	struct str value;
	while (lex_value(&list, &value)) {
		struct str dict = pdfread_value(file, seal->revision, value);
		if (value_is_name(dict_find(dict, "TransformMethod"), method))
			return pdfread_value(
				file, seal->revision, dict_find(dict, "TransformParams"));
	}
	return (struct str){0};
}

/* P=1: nothing but proofs and time stamps (ISO 32000-2, 12.8.2.2.2). Without /P it is 2. */
static bool forbids_signatures(const struct review *review, const struct seal *seal)
{
	int64_t level;
	struct str params = transform(review, seal, "DocMDP");
	return params.at && value_int(dict_find(params, "P"), &level) && level == 1;
}

static bool is_named(const struct review *review, struct str list, struct str name)
{
	struct lex lex = array_open(list);
	struct str value;
	while (lex_value(&lex, &value))
		if (str_eq(lex_text(review->file->arena, value),
			    lex_text(review->file->arena, name)))
			return true;
	return false;
}

/* Whether the signature locked a field that was there when it was made. */
static bool locks(const struct review *review, const struct seal *seal, const struct seal *later)
{
	struct str params = transform(review, seal, "FieldMDP");
	struct str action = dict_find(params, "Action");
	struct str field = pdfread_object(review->file, seal->revision, later->field);
	struct str fields = pdfread_value(
		review->file, seal->revision, dict_find(params, "Fields"));
	if (!params.at || !field.at)
		return false;
	bool named = is_named(review, fields, dict_find(field, "T"));
	return value_is_name(action, "Include")    ? named
		: value_is_name(action, "Exclude") ? !named
						   : true;
}

static const char *forbidden(const struct review *review, const struct seal *added)
{
	struct str field = pdfread_object(review->file, review->index, added->field);
	for (const struct seal *seal = review->seals->list.at; seal < added; seal++)
		if (seal->is_stamp || seal->revision >= added->revision)
			continue;
		else if (forbids_signatures(review, seal))
			return "a signature was added, which an earlier one forbids (DocMDP)";
		else if (locks(review, seal, added))
			return "a field was filled that an earlier signature locked (FieldMDP)";
	if (!is_invisible(field) && !pdfread_find(review->file, review->index - 1, added->field))
		return "a signature that can be seen was put on a page";
	return transform(review, added, "DocMDP").at
		? "a signature was added that certifies, which only the first may"
		: NULL;
}

bool check_permission(struct review *review)
{
	bool good = true;
	for (int i = 0; i < review->seals->list.len; i++) {
		const struct seal *seal = &review->seals->list.at[i];
		const char *wrong = seal->is_stamp || seal->revision != review->index
			? NULL
			: forbidden(review, seal);
		if (wrong)
			good = changed(review, wrong);
	}
	return good;
}
