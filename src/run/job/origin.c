/* origin.c - a run → the hashes of what its letters are made with and from. */
#include "job/origin.h"

#include "verify/manifest.h"

#include <sys/stat.h>

static void put_signer(const struct job_request *request, struct buf *out)
{
	unsigned char print[FINGERPRINT_SIZE];
	char hex[2 * FINGERPRINT_SIZE + 1];
	if (!request->signing.identity)
		return;
	identity_fingerprint(request->signing.identity, print);
	manifest_hex(print, FINGERPRINT_SIZE, hex);
	buf_puts(out, hex);
}

struct str origin_of(const struct project *project, const struct job_request *request)
{
	struct buf text = {0};
	char options[2 * HASH_SIZE + 1];
	manifest_hex(project->basis.hash.at, HASH_SIZE, options);
	buf_format(&text, "%.*s %.*s ", str_arg(project->template_file_hash),
		str_arg(project->style_hash));
	put_signer(request, &text);
	buf_format(&text, " %016llx %s", (unsigned long long)project->merge_stamp, options);
	struct str origin = str_copy(project->arena, buf_text(&text));
	buf_free(&text);
	return origin;
}

static bool is_record(struct str name)
{
	return name.at[0] != '.' && str_ends(name, ".xml");
}

static struct str hash_folder(struct arena *arena, const char *path)
{
	struct str *names;
	struct digest *digest = digest_new();
	char hex[MANIFEST_HEX];
	bool good = true;
	int count = folder_list(arena, path, is_record, &names);
	for (int i = 0; i < count; i++) {
		struct arena_mark mark = arena_save(arena);
		struct str file = path_join(arena, str_of(path), names[i]);
		good = good && digest_file(file.at, hex);
		digest_add(digest,
			str_format(arena, "%s  %.*s\n", good ? hex : "", str_arg(names[i])));
		arena_restore(arena, mark);
	}
	digest_end(digest, hex);
	return str_copy(arena, str_of(count >= 0 && good ? hex : ""));
}

struct str origin_source(struct arena *arena, const struct job_request *request)
{
	const char *path = request->source.recipients;
	struct stat status;
	char hex[MANIFEST_HEX] = "";
	if (stat(path, &status) != 0)
		return str_lit("");
	if (S_ISDIR(status.st_mode))
		return hash_folder(arena, path);
	if (!S_ISREG(status.st_mode) || !digest_file(path, hex))
		return str_lit("");
	return str_copy(arena, str_of(hex));
}

const char *origin_difference(struct str a, struct str b)
{
	static const char *const words[ORIGIN_PARTS] = {[ORIGIN_TEMPLATE] = "template",
		[ORIGIN_STYLE] = "style",
		[ORIGIN_SIGNER] = "signer",
		[ORIGIN_INCLUDED] = "option, included file or picture",
		[ORIGIN_OPTIONS] = "option, font or version of a library"};
	struct str one, other;
	for (int part = 0; part < ORIGIN_PARTS; part++) {
		bool first = str_split(&a, ' ', &one), second = str_split(&b, ' ', &other);
		if (first != second || (first && !str_eq(one, other)))
			return words[part];
	}
	return NULL;
}
