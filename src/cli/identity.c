/* identity.c - lettermerge identity new|show, and who signs a batch. */
#include "cli/cli_int.h"

#include "base/beside.h"
#include "base/diag_id.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* -- where it is ------------------------------------------------------------------------------- */

/* The user's folder for settings of programs, and ours in it. */
static const char *config_path(struct cli *cli, const char *name)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	const struct passwd *user = home ? NULL : getpwuid(getuid());
	if (user)
		home = user->pw_dir; /* and no key among the letters */
	struct str folder = config && *config
		? str_of(config)
		: str_format(cli->arena, "%s/.config", home ? home : ".");
	return str_format(cli->arena, "%.*s/lettermerge/%s", str_arg(folder), name).at;
}

static const char *identity_path(struct cli *cli)
{
	if (cli->signing.identity)
		return cli->signing.identity;
	const char *path = config_path(cli, "identity.pem");
	return file_exists(path) ? path : NULL;
}

struct identity *cli_identity_of(struct cli *cli, const char *path)
{
	struct identity_pass pass = {cli_ask_pass, cli};
	if (access(path, R_OK) != 0 && errno == EACCES) {
		file_not_read(path, cli->diags);
		return NULL;
	}
	struct diags *said = diags_new();
	struct identity *identity = identity_open(
		path, cli->signing.certificates, &pass, (int64_t)time(NULL), said);
	for (int i = 0; identity && i < diags_len(said); i++)
		cli_show(cli, diags_at(said, i));
	if (!identity)
		diags_append(cli->diags, said);
	diags_free(said);
	return identity;
}

bool cli_open_identity(struct cli *cli, struct job_request *request)
{
	const char *path = cli->signing.no_sign ? NULL : identity_path(cli);
	if (!path)
		return true;
	const struct job_form *form = &request->form;
	cli->opened.identity = cli_identity_of(cli, path);
	request->signing = (struct signing){.identity = cli->opened.identity,
		.options = {.pss = cli->signing.pss},
		.certify = cli->signing.certify,
		.time = form->has_time ? form->time : (int64_t)time(NULL)};
	return request->signing.identity != NULL;
}

/* Who signs is whom the certificate names. */
bool cli_open_seal(struct cli *cli, struct actor *actor)
{
	const struct signer_options options = {.pss = cli->signing.pss};
	if (!cli->approving.sign_with)
		return true;
	cli->opened.identity = cli_identity_of(cli, cli->approving.sign_with);
	if (!cli->opened.identity)
		return false;
	actor->name = approval_person(cli->arena, identity_name(cli->opened.identity));
	actor->known = KNOWN_SIGNED;
	actor->seal = job_seal(cli->arena, cli->opened.identity, &options);
	return true;
}

bool cli_open_believed(struct cli *cli)
{
	if (!cli->approving.signed_only || cli->opened.believed)
		return true;
	if (!cli->raising.trust)
		diag_add0(cli->diags, TRUST_UNNAMED, place_none());
	else
		cli->opened.believed = trust_new(cli->raising.trust, cli->diags);
	return cli->opened.believed != NULL;
}

/* -- lettermerge identity ---------------------------------------------------------------------- */

static bool make_folder(const char *path)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* For its owner alone from the first byte on. */
static void lay_down_secret(
	struct beside *file, const char *path, const char *beside, const struct buf *secret)
{
	file_make_private(beside);
	beside_open_alone(file, path, beside);
	beside_make_private(file);
	beside_write(file, secret->at, secret->len);
	beside_settle(file, true);
}

static void report_unwritten(struct cli *cli, const char *path, int error)
{
	diag_add(cli->diags, IDENTITY_WRITE, place_none(), path, strerror(error));
	if (error == EACCES || error == EPERM || error == EROFS)
		diag_hint(cli->diags,
			"ask for the permission to write there, or say where it is to stand: "
			"lettermerge identity new NAME --identity FILE");
}

/* The identity whole, and never over another; the root first, since without it nobody could be told
 * whom to trust. */
static bool write_new(struct cli *cli, const char *path, const struct buf *secret,
	const char *trust, const struct buf *root)
{
	struct beside file;
	struct str name = str_format(cli->arena, ".%.*s.new", str_arg(path_base(str_of(path))));
	lay_down_secret(
		&file, path, path_join(cli->arena, path_dir(str_of(path)), name).at, secret);
	bool there = file_exists(path);
	bool rooted = !there && !file.error &&
		file_publish(trust, root->at, root->len, false, cli->diags);
	bool good = beside_end(&file, rooted);
	if (there)
		diag_add(cli->diags, IDENTITY_THERE, place_in(path), path);
	else if (file.error)
		report_unwritten(cli, path, file.error);
	if (rooted && !good)
		unlink(trust);
	return good;
}

static void put_text(
	struct cli *cli, const struct identity_facts *facts, const char *path, struct buf *out)
{
	buf_say(out, "file         %s\nname         %.*s\n", path, str_arg(facts->name));
	buf_say(out, "key          %s with %d bits\n", facts->algorithm.at, facts->bits);
	buf_say(out, "valid from   %s\nvalid until  %s\n", verify_time(cli->arena, facts->from).at,
		verify_time(cli->arena, facts->until).at);
	if (facts->issuer.at)
		buf_say(out, "issued by    %s\n", facts->issuer.at);
	buf_say(out, "fingerprint  %s\n", facts->fingerprint.at);
	if (facts->is_test)
		buf_puts(out, "A test identity: it proves nothing to anybody but you.\n");
}

static void put_json(const struct identity_facts *facts, const char *path, struct buf *out)
{
	buf_puts(out, "{\"identity\":1");
	json_member(out, "file", str_of(path));
	json_member(out, "name", facts->name);
	json_member(out, "key", facts->algorithm);
	buf_format(out, ",\"bits\":%d", facts->bits);
	buf_format(out, ",\"from\":%lld,\"until\":%lld", (long long)facts->from,
		(long long)facts->until);
	if (facts->issuer.at)
		json_member(out, "issuer", facts->issuer);
	json_member(out, "fingerprint", facts->fingerprint);
	buf_format(out, ",\"test\":%s}\n", facts->is_test ? "true" : "false");
}

/* path: NULL when there is none. */
static int show_identity(struct cli *cli, const char *path)
{
	if (!path)
		diag_add0(cli->diags, IDENTITY_NONE, place_none());
	struct identity *identity = path ? cli_identity_of(cli, path) : NULL;
	if (!identity)
		return cli_fail(cli);
	struct buf out = {0};
	struct identity_facts facts = identity_describe(identity, cli->arena);
	if (cli->run.json_letters)
		put_json(&facts, path, &out);
	else
		put_text(cli, &facts, path, &out);
	say_as_is(stdout, buf_text(&out));
	buf_free(&out);
	identity_free(identity);
	return EXIT_GOOD;
}

static int new_identity(struct cli *cli)
{
	const char *path = cli->signing.identity ? cli->signing.identity
						 : config_path(cli, "identity.pem");
	const char *trust = str_format(cli->arena, "%s-root.pem",
		str_ends(str_of(path), ".pem")
			? str_copy(cli->arena, str_slice(str_of(path), 0, (int)strlen(path) - 4)).at
			: path)
				    .at;
	const char *name = cli->arguments[1] ? cli->arguments[1] : "Identity";
	struct buf identity = {0}, root = {0};
	if (!cli->signing.identity) {
		const char *folder = str_copy(cli->arena, path_dir(str_of(path))).at;
		make_folder(str_copy(cli->arena, path_dir(str_of(folder))).at);
		make_folder(folder);
	}
	bool good = identity_new(str_of(name), (int64_t)time(NULL), &identity, &root, cli->diags);
	good = good && write_new(cli, path, &identity, trust, &root);
	identity_wipe(&identity);
	buf_free(&root);
	if (!good)
		return cli_fail(cli);
	if (cli->run.json_letters)
		return show_identity(cli, path);
	trust = cli_word(cli, trust);
	say_to(stdout,
		"%s signs as %s\n%s is what readers may trust: lettermerge verify --trust %s "
		"FILE\n",
		cli_word(cli, path),
		str_quoted(cli->arena, str_format(cli->arena, "TEST %s", name)).at, trust, trust);
	return EXIT_GOOD;
}

/* A new identity has no pass phrase, and nobody is to believe that it has. */
static bool refuse_reading(struct cli *cli)
{
	static const char *const reading[] = {"certificates", "pass-file", "pass-fd"};
	for (size_t i = 0; i < sizeof reading / sizeof *reading; i++)
		if (cli_given(cli, reading[i]))
			diag_add(cli->diags, OPTION_COMMAND, place_none(), reading[i],
				"identity new", "identity show", "identity");
	return diags_failed(cli->diags) && cli_fail(cli);
}

int command_identity(struct cli *cli)
{
	const char *verb = cli->arguments[0] ? cli->arguments[0] : "";
	if (strcmp(verb, "new") == 0)
		return refuse_reading(cli) ? EXIT_USAGE : new_identity(cli);
	if (strcmp(verb, "show") == 0)
		return show_identity(
			cli, cli->arguments[1] ? cli->arguments[1] : identity_path(cli));
	diag_add(cli->diags, OPTION_WORD, place_none(), "identity", verb, "new, show");
	cli_fail(cli);
	return EXIT_USAGE;
}
