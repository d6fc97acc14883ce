/* verify.c - lettermerge verify: is each file good, who signed it, and what can be proven. The
 * words are the result, so they go to stdout. */
#include "cli/verify_int.h"

#include "base/diag_id.h"

#include <stdio.h>
#include <time.h>

static void put_level(struct arena *arena, struct buf *out, const struct verify_report *report)
{
	static const char *const next[] = {NULL, "T", "LT", "LTA", NULL};
	if (report->level == LEVEL_NONE) {
		buf_say(out, "  no PAdES level: %.*s\n", str_arg(report->missing));
		return;
	}
	buf_say(out, "  level %s", level_name(report->level));
	if (report->missing.len)
		buf_say(out, "; for B-%s it lacks %.*s", next[report->level],
			str_arg(report->missing));
	buf_puts(out, "\n");
	if (report->level == LEVEL_LTA)
		buf_say(out, "  its last time stamp can be proven until %s\n",
			verify_time(arena, report->sealed_until).at);
}

/* Files that go with the letter: they are covered, too. */
static void put_files(struct buf *out, const struct verify_report *report)
{
	for (int i = 0; i < report->files.len; i++) {
		const struct verify_file *file = &report->files.at[i];
		buf_puts(out, "  with it goes ");
		buf_quoted(out, file->name);
		buf_puts(out, file->title.len ? ", " : "");
		if (file->title.len)
			buf_quoted(out, file->title);
		if (file->bytes)
			buf_say(out, ", %d bytes", file->bytes);
		buf_puts(out, "\n");
	}
}

static void put_report(
	struct arena *arena, struct buf *out, const struct verify_report *report, const char *file)
{
	cli_put_verdict(out, str_of(file), report->good);
	cli_put_signer(arena, out, report);
	if (!report->good)
		return;
	buf_puts(out, "  the signature covers the whole letter, nothing was changed since\n");
	put_files(out, report);
	buf_puts(out, "  trusted through ");
	buf_quoted(out, report->root);
	buf_puts(out, "\n");
	put_level(arena, out, report);
}

/* One of several: each has its own verdict, and what came after it. */
static void put_signature(
	struct arena *arena, struct buf *out, const struct verify_signature *signature, int number)
{
	buf_say(out, "  signature %d: %s", number, signature->good ? "good" : "NOT GOOD");
	cli_put_by(arena, out, ", by ", signature->signer, signature->claimed_time);
	buf_puts(out, "\n");
	if (signature->proven_time)
		buf_say(out, "    a time stamp proves it for %s\n",
			verify_time(arena, signature->proven_time).at);
	if (signature->added.len)
		buf_say(out, "    added after it: %.*s\n", str_arg(signature->added));
	if (!signature->good)
		return;
	buf_puts(out, "    trusted through ");
	buf_quoted(out, signature->root);
	buf_say(out, "; level %s\n", level_name(signature->level));
}

static void put_signatures(
	struct arena *arena, struct buf *out, const struct verify_report *report, const char *file)
{
	cli_put_verdict(out, str_of(file), report->good);
	for (int i = 0; i < report->signatures.len; i++)
		put_signature(arena, out, &report->signatures.at[i], i + 1);
	if (!report->good)
		return;
	buf_puts(out, "  together they cover the whole letter, nothing else was changed since\n");
	put_files(out, report);
	put_level(arena, out, report);
}

static void put_pair(struct buf *out, const char *key, struct str value)
{
	if (value.len)
		json_member(out, key, value);
}

static void put_json_signature(
	struct buf *out, const struct verify_signature *signature, bool first)
{
	buf_say(out, "%s{\"good\":%s", first ? ",\"signatures\":[" : ",",
		signature->good ? "true" : "false");
	put_pair(out, "signer", signature->signer);
	put_pair(out, "root", signature->root);
	if (signature->claimed_time)
		buf_say(out, ",\"claimed\":%lld", (long long)signature->claimed_time);
	if (signature->proven_time)
		buf_say(out, ",\"proven\":%lld", (long long)signature->proven_time);
	if (signature->level != LEVEL_NONE)
		put_pair(out, "level", str_of(level_name(signature->level)));
	put_pair(out, "missing", signature->missing);
	put_pair(out, "added", signature->added);
	buf_puts(out, "}");
}

static void put_json_files(struct buf *out, const struct verify_report *report)
{
	for (int i = 0; i < report->files.len; i++) {
		const struct verify_file *file = &report->files.at[i];
		buf_puts(out, i ? ",{\"name\":" : ",\"files\":[{\"name\":");
		json_string(out, file->name);
		put_pair(out, "title", file->title);
		buf_say(out, ",\"bytes\":%d}", file->bytes);
	}
	if (report->files.len)
		buf_puts(out, "]");
}

static void put_json(struct buf *out, const struct verify_report *report, const char *file)
{
	buf_puts(out, "{\"file\":");
	json_string(out, str_of(file));
	buf_say(out, ",\"good\":%s,\"signed\":%s", report->good ? "true" : "false",
		report->is_signed ? "true" : "false");
	put_pair(out, "signer", report->signer);
	put_pair(out, "root", report->root);
	if (report->claimed_time)
		buf_say(out, ",\"claimed\":%lld", (long long)report->claimed_time);
	if (report->proven_time)
		buf_say(out, ",\"proven\":%lld", (long long)report->proven_time);
	if (report->level != LEVEL_NONE)
		put_pair(out, "level", str_of(level_name(report->level)));
	put_pair(out, "missing", report->missing);
	if (report->level == LEVEL_LTA)
		buf_say(out, ",\"sealed_until\":%lld", (long long)report->sealed_until);
	put_json_files(out, report);
	for (int i = 0; report->signatures.len > 1 && i < report->signatures.len; i++)
		put_json_signature(out, &report->signatures.at[i], i == 0);
	buf_puts(out, report->signatures.len > 1 ? "]}\n" : "}\n");
}

static void put(struct cli *cli, struct buf *out, const struct diags *diags)
{
	say_as_is(stdout, buf_text(out));
	for (int i = 0; i < diags_len(diags); i++)
		cli_show(cli, diags_at(diags, i));
	buf_free(out);
}

struct verify_report cli_judge(struct cli *cli, struct verify_desk *verifying,
	const struct judged *letter, struct diags *diags)
{
	struct verify_report report = verify_letter(cli->arena, letter, verifying->trust, diags);
	if (report.is_signed && verifying->run)
		report.good = level_check_revoked(verifying->run, cli->arena, letter, diags) &&
			report.good;
	return report;
}

/* And what the manifest of the letter's folder says of it. */
static struct verify_report check_letter(
	struct cli *cli, struct verify_desk *verifying, const char *path, struct diags *diags)
{
	struct verify_report report = {0};
	struct str bytes = file_read(cli->arena, path, place_none(), diags);
	if (!bytes.at)
		return report;
	const struct judged letter = {bytes, path, (int64_t)time(NULL)};
	report = cli_judge(cli, verifying, &letter, diags);
	verifying->recorded = false;
	if (report.is_signed)
		report.good = cli_check_record(cli, verifying, path, bytes, diags) && report.good;
	if (verifying->receipt)
		report.good = cli_check_receipt(verifying->receipt, path, bytes, diags) &&
			report.good;
	return report;
}

static bool verify_one(struct cli *cli, struct verify_desk *verifying, const char *path)
{
	struct arena_mark mark = arena_save(cli->arena);
	struct diags *diags = diags_new();
	struct buf out = {0};
	struct verify_report report = check_letter(cli, verifying, path, diags);
	if (cli->run.json_letters)
		put_json(&out, &report, path);
	else if (!cli->common.quiet || !report.good)
		(report.signatures.len > 1 ? put_signatures : put_report)(
			cli->arena, &out, &report, path);
	if (report.good && verifying->recorded && !cli->run.json_letters && !cli->common.quiet)
		buf_puts(&out, "  it is what the run recorded in manifest.json\n");
	put(cli, &out, diags);
	diags_free(diags);
	arena_restore(cli->arena, mark);
	return report.good;
}

static bool verify_all(struct cli *cli, struct verify_desk *verifying)
{
	bool good = !cli->verifying.manifest || cli_verify_run(cli, verifying);
	if (cli->verifying.receipt)
		good = cli_open_receipt(cli, verifying) && good;
	verifying->sought = cli_seek_records(cli);
	for (char **path = cli->arguments; *path; path++)
		good = verify_one(cli, verifying, *path) && good;
	cli_forget_records(verifying->sought);
	return good;
}

int command_verify(struct cli *cli)
{
	struct verify_desk verifying = {0};
	cli->showing.stream = stdout;
	if (!cli->arguments[0] && !cli->verifying.manifest) {
		diag_add(cli->diags, FILE_NONE, place_none(), "verify", "verify");
		cli_fail(cli);
		return EXIT_USAGE;
	}
	verifying.trust = trust_new(cli->raising.trust, cli->diags);
	if (!verifying.trust)
		return cli_fail(cli);
	if (cli->verifying.online)
		verifying.run = level_run_new(
			&(struct level_request){.timeout = 20, .trust = verifying.trust});
	bool good = verify_all(cli, &verifying);
	level_run_free(verifying.run);
	trust_free(verifying.trust);
	return good ? EXIT_GOOD : EXIT_FINDINGS;
}
