/* many.c - one XML file of many records: <recipients><recipient>…</recipient>…</recipients>.
 *
 * The file is cut at its records' ends by looking at tags alone, and each record is then read like
 * a file of its own. So no more than one record is in memory, places are those of the file, and a
 * record that is not well-formed does not spoil the next: a parser that reads on from record to
 * record, as libxml2's own reader does, would have to give up there. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

struct many {
	struct source source;
	struct stream stream;
	struct str head; /* the start tag of <recipients> */
	struct str lang;
	uint64_t head_hash;
	int count;
	bool ended;
};

static struct many *many_of(struct source *source)
{
	return (struct many *)source;
}

/* -- the head ---------------------------------------------------------------------------------- */

/* Where the root's start tag begins and ends; what is before it (declaration, comments, a DTD) is
 * passed by. -1: not yet there. */
static int find_head(struct str bytes, int *tag)
{
	struct xml_scan scan = {0, 0};
	for (;;) {
		const char *less = memchr(bytes.at + scan.at, '<', (size_t)(bytes.len - scan.at));
		enum xml_token token = xml_scan_token(bytes, &scan);
		if (token == XML_TOKEN_NONE)
			return -1;
		*tag = (int)(less - bytes.at);
		if (token != XML_TOKEN_ASIDE)
			return scan.at;
	}
}

/* What is before the records is read as a document of its own, closed at once: so its declaration,
 * a DTD, its name and namespace are checked as in any other file. */
static bool read_head(struct many *many, int tag, int end, struct diags *diags)
{
	struct arena *arena = many->source.arena;
	struct str all = stream_rest(&many->stream);
	bool empty = all.at[end - 2] == '/';
	struct str name = str_slice(all, tag + 1, end);
	int len = 0;
	while (len < name.len && !strchr(" \t\r\n/>", name.at[len]))
		len++;
	struct str document = str_format(arena, "%.*s%s%.*s%s", str_arg(str_slice(all, 0, end)),
		empty ? "" : "</", empty ? 0 : len, name.at, empty ? "" : ">");
	const struct xml_node *root = xml_read(arena, document, many->source.path, diags);
	if (!root || !xml_check_root(root, "recipients", RECIPIENT_NAMESPACE, diags))
		return false;
	for (const struct xml_attribute *a = root->attributes; a; a = a->next) {
		if (str_is(a->name, "xml:lang")) {
			many->lang = a->value;
			continue;
		}
		diag_add(diags, ATTRIBUTE_UNKNOWN, a->at, "recipients", diag_str(diags, a->name));
		return false;
	}
	many->head = str_copy(arena, str_slice(all, tag, end));
	many->head_hash = str_hash(many->head);
	many->ended = empty;
	stream_advance(&many->stream, end);
	return true;
}

/* The root's name, without a prefix. */
static bool is_many(struct str bytes, int tag, int end)
{
	struct str name = str_slice(bytes, tag + 1, end);
	int len = 0;
	while (len < name.len && !strchr(" \t\r\n/>", name.at[len]))
		len++;
	name = str_slice(name, 0, len);
	int colon = str_find(name, ":");
	return str_is(str_slice(name, colon + 1, name.len), "recipients");
}

/* -- records ----------------------------------------------------------------------------------- */

/* Skips what is between records. True when a record, or the end tag, is next. */
static bool find_record(struct many *many, struct diags *diags)
{
	for (;;) {
		struct str bytes = stream_rest(&many->stream);
		int at = 0;
		while (at < bytes.len && strchr(" \t\r\n", bytes.at[at]))
			at++;
		stream_advance(&many->stream, at);
		bytes = stream_rest(&many->stream);
		if (bytes.len == 0) {
			if (stream_fill(&many->stream, diags))
				continue;
			return false;
		}
		struct xml_scan scan = {0, 0};
		bool aside = str_starts(bytes, "<!") || str_starts(bytes, "<?");
		if (bytes.at[0] == '<' && bytes.len > 1 && !aside)
			return true;
		const char *less = memchr(bytes.at, '<', (size_t)bytes.len);
		if (bytes.at[0] != '<') {
			diag_add(diags, TEXT_MISPLACED, many->stream.at, "recipients",
				"put it into <recipient>…</recipient>");
			stream_advance(&many->stream, less ? (int)(less - bytes.at) : bytes.len);
		} else if (bytes.len > 1 && xml_scan_token(bytes, &scan) != XML_TOKEN_NONE) {
			stream_advance(&many->stream, scan.at);
		} else if (!stream_fill(&many->stream, diags)) {
			return false;
		}
	}
}

/* The end of the record that is next, or all there is when it has none. */
static struct str take_record(struct many *many, struct diags *diags)
{
	struct xml_scan scan = {0, 0};
	while (!xml_scan_element(stream_rest(&many->stream), &scan))
		if (!stream_fill(&many->stream, diags))
			return stream_rest(&many->stream);
	return str_slice(stream_rest(&many->stream), 0, scan.at);
}

static enum recipients_result fail(
	struct many *many, struct errors_before before, struct diags *diags)
{
	many->ended = true;
	if (diags_count(diags, SEVERITY_ERROR) == before.errors)
		diag_add(diags, XML_UNCLOSED, many->stream.at, "recipients", "recipients");
	return no_record(before, diags);
}

static bool read_record(const struct many *many, struct arena *arena, struct str bytes,
	const struct xml_grammar *grammar, struct recipient *out, struct diags *diags)
{
	const struct source *source = &many->source;
	const struct xml_node *element = xml_read_element(arena, many->head, bytes, out->at, diags);
	struct record_rules rules = {source->template, grammar, str_copy(arena, many->lang)};
	return element && recipient_read_element(arena, element, &rules, out, diags);
}

static bool read(const struct source *source, struct arena *arena, struct recipient *out,
	struct diags *diags)
{
	return read_record((const struct many *)source, arena, out->unread, NULL, out, diags);
}

/* Asked for the id that it will have when it is read, unless its tag is stranger than most; then
 * the answer is no. */
static bool is_known(
	const struct many *many, struct arena *arena, struct str bytes, struct recipient *out)
{
	const struct source *source = &many->source;
	struct recipient known = *out;
	struct str id = xml_scan_attribute(bytes, "id");
	if (id.at)
		known.id = str_copy(arena, id);
	if (!source->known || !source->known(source->user, arena, &known))
		return false;
	*out = known;
	out->unread = str_copy(arena, bytes);
	return true;
}

static enum recipients_result next(
	struct source *source, struct arena *arena, struct recipient *out, struct diags *diags)
{
	struct many *many = many_of(source);
	struct errors_before before = errors_before(diags);
	if (many->ended)
		return RECIPIENTS_END;
	if (!find_record(many, diags))
		return fail(many, before, diags);
	if (diags_count(diags, SEVERITY_ERROR) > before.errors)
		return RECIPIENTS_BAD;
	struct str bytes = take_record(many, diags);
	if (diags_count(diags, SEVERITY_ERROR) > before.errors)
		return fail(many, before, diags);
	if (str_starts(bytes, "</")) {
		many->ended = true;
		return RECIPIENTS_END;
	}
	source->ordinal = many->stream.at.line;
	*out = (struct recipient){.id = str_format(arena, "record-%d", ++many->count),
		.at = place_of(str_copy(arena, str_of(source->path)).at, many->stream.at.line,
			many->stream.at.column),
		.where = str_format(arena, "%s:%d", source->path, many->stream.at.line).at,
		.stamp = str_hash(bytes) ^ many->head_hash};
	bool known = is_known(many, arena, bytes, out);
	bool good = known || read_record(many, arena, bytes, source->grammar, out, diags);
	stream_advance(&many->stream, bytes.len);
	return known ? RECIPIENTS_KNOWN : good ? RECIPIENTS_GOOD : RECIPIENTS_BAD;
}

static void close(struct source *source)
{
	struct many *many = many_of(source);
	stream_close(&many->stream);
}

struct source *many_open(const char *path, const struct template *template, struct diags *diags)
{
	static const struct source_kind kind = {next, read, NULL, NULL, close};
	struct source *source = source_new(&kind, sizeof(struct many), path, template);
	struct many *many = many_of(source);
	int tag = 0, end = -1;
	many->lang = str_lit("");
	if (!stream_open(&many->stream, source->path, diags)) {
		source_free(source);
		return NULL;
	}
	while (stream_fill(&many->stream, diags) &&
		(end = find_head(stream_rest(&many->stream), &tag)) < 0)
		;
	if (end < 0 || !is_many(stream_rest(&many->stream), tag, end)) {
		struct source *one = directory_of_one(path, template);
		source_free(source);
		return one;
	}
	if (read_head(many, tag, end, diags))
		return source;
	source_free(source);
	return NULL;
}
