/* reach.c - is all that an update brings needed by what it may bring?
 *
 * The objects that an update replaced were looked at by change.c; from those, every other one must
 * be reached. In the store of proofs (DSS) a reference alone is no need: there its lists lead to
 * proofs, and what stands for each signature (VRI) names some of them once more (ETSI EN 319 142-1,
 * 5.4.2). What the proofs hold is read by dss.c. */
#include "verify/seal.h"

#include "base/arena.h"

enum { ITEMS_MAX = 256, VRI_MAX = 64 };

struct reach {
	const struct pdfread *file;
	int index;
	const struct revision *update;
	bool *needed;             /* each entry of the update */
	vec(struct str) followed; /* values whose references are to be followed */
};

static const char not_a_proof[] = "something stands in the store of proofs (DSS) that is none";

/* Which entry of the update an object is; -1: none of them. */
static int entry_of(const struct reach *reach, int number)
{
	const struct xref_entry *entry = pdfread_find(reach->file, reach->index, number);
	const struct xref_entry *first = reach->update->entries.at;
	bool here = entry && entry >= first && entry < first + reach->update->entries.len;
	return here ? (int)(entry - first) : -1;
}

static bool is_needed(const struct reach *reach, struct str ref)
{
	int entry = entry_of(reach, value_ref(ref));
	return entry < 0 || reach->needed[entry];
}

/* Notes what a value refers to, if it is one; gives the value itself. */
static struct str need(struct reach *reach, struct str value)
{
	int entry = entry_of(reach, value_ref(value));
	if (entry >= 0)
		reach->needed[entry] = true;
	return pdfread_value(reach->file, reach->index, value);
}

/* -- any value */

static void follow_value(struct reach *reach, struct str value)
{
	struct lex lex = {value, 0};
	struct str token, number = {0}, last = {0};
	for (; lex_token(&lex, &token); number = last, last = token) {
		if (!str_is(token, "R") || !number.at)
			continue;
		struct str ref = {number.at, (int)(token.at + 1 - number.at)};
		if (is_needed(reach, ref))
			continue;
		*vec_push(reach->file->arena, &reach->followed) = need(reach, ref);
	}
}

static void follow(struct reach *reach, struct str value)
{
	follow_value(reach, value);
	while (reach->followed.len) {
		struct str next = reach->followed.at[--reach->followed.len];
		follow_value(reach, next);
	}
}

/* -- the store of proofs */

/* A list of proofs, each an object of its own. known: those that are needed already. */
static bool walk_list(struct reach *reach, struct str value, bool known)
{
	struct str list = need(reach, value), ref;
	struct lex lex = array_open(list);
	if (!list.len || list.at[0] != '[')
		return false;
	for (int items = 0; lex_value(&lex, &ref); items++) {
		if (!value_ref(ref) || items == ITEMS_MAX || (known && !is_needed(reach, ref)))
			return false;
		follow(reach, need(reach, ref));
	}
	lex_space(&lex);
	return lex.at == lex.text.len;
}

/* When the proofs were gathered (TU): a date. */
static bool is_date(struct reach *reach, struct str value)
{
	struct str text = lex_text(reach->file->arena, value);
	for (int i = 2; i < text.len; i++)
		if (!strchr("0123456789+-Z'", text.at[i]) || text.at[i] == '\0')
			return false;
	return str_starts(text, "D:") && text.len <= 23;
}

/* What stands for one signature, named by its hash. */
static bool walk_record(struct reach *reach, struct str key, struct str value)
{
	struct str record = need(reach, value), name;
	struct lex lex = dict_open(record);
	bool good = key.len == 41 && dict_is_sound(record);
	for (int i = 1; i < key.len; i++)
		good &= strchr("0123456789ABCDEFabcdef", key.at[i]) && key.at[i];
	while (good && dict_next(&lex, &name, &value)) {
		bool list = value_is_name(name, "Cert") || value_is_name(name, "CRL") ||
			value_is_name(name, "OCSP");
		good = value_is_name(name, "Type")  ? value_is_name(value, "VRI")
			: value_is_name(name, "TU") ? is_date(reach, value)
						    : list && walk_list(reach, value, true);
	}
	return good;
}

static bool walk_records(struct reach *reach, struct str value)
{
	struct str records = need(reach, value), key;
	struct lex lex = dict_open(records);
	bool good = dict_is_sound(records);
	for (int i = 0; good && dict_next(&lex, &key, &value); i++)
		good = i < VRI_MAX &&
			(value_is_name(key, "Type") ? value_is_name(value, "VRI")
						    : walk_record(reach, key, value));
	return good;
}

/* The records come last: what they name stands in the lists. */
static bool walk_store(struct reach *reach, struct str value)
{
	static const char *const lists[] = {"Certs", "CRLs", "OCSPs"};
	struct str store = need(reach, value);
	struct str records = dict_find(store, "VRI");
	bool good = dict_is_sound(store);
	for (int i = 0; good && i < 3; i++) {
		struct str list = dict_find(store, lists[i]);
		good = !list.at || walk_list(reach, list, false);
	}
	return good && (!records.at || walk_records(reach, records));
}

/* -- an update */

static bool walk_catalog(struct reach *reach, struct str catalog)
{
	struct lex lex = dict_open(catalog);
	struct str key, value;
	bool good = true;
	while (good && dict_next(&lex, &key, &value))
		if (value_is_name(key, "DSS"))
			good = walk_store(reach, value);
		else
			follow(reach, value);
	return good;
}

/* What it replaced is needed, and leads on. */
static bool walk_replaced(struct reach *reach, const struct xref_entry *entry)
{
	int root;
	struct str value = pdfread_object(reach->file, reach->index, entry->number);
	struct str catalog = pdfread_catalog(reach->file, reach->index, &root);
	struct str store = dict_find(catalog, "DSS");
	reach->needed[entry - reach->update->entries.at] = true;
	if (entry->number == root)
		return walk_catalog(reach, value);
	if (entry->number == value_ref(store))
		return walk_store(reach, store);
	follow(reach, value);
	return true;
}

const char *reach_check(const struct pdfread *file, int index)
{
	const struct revision *update = &file->revisions.at[index];
	int count = update->entries.len, fresh = 0;
	struct reach reach = {
		file, index, update, .needed = arena_new_array(file->arena, bool, count + 1)};
	for (int i = 0; i < count; i++) {
		const struct xref_entry *entry = &update->entries.at[i];
		bool old = pdfread_find(file, index - 1, entry->number) != NULL;
		fresh += entry->offset && !old && entry->offset != update->xref;
		if (entry->offset == update->xref) /* the table itself, a stream */
			reach.needed[i] = true;
		else if (entry->offset && old && !walk_replaced(&reach, entry))
			return not_a_proof;
	}
	for (int i = 0; i < count; i++)
		if (update->entries.at[i].offset && !reach.needed[i])
			return "an object was added that nothing needs";
	return fresh ? NULL : "an update was added that brings nothing";
}
