/* reply.c - what is sent to whoever asked. */
#include "http/http_int.h"

#include "page/page.h"

static const char policy[] =
	"default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
	"connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

static enum MHD_Result reply_under(const struct request *request, int status, const char *type,
	const char *allowed, struct MHD_Response *response)
{
	static const char *const heads[][2] = {
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cache-Control", "no-store"},
	};
	if (!response)
		return MHD_NO;
	mhd.MHD_add_response_header(response, "Content-Security-Policy", allowed);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		mhd.MHD_add_response_header(response, heads[i][0], heads[i][1]);
	mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	enum MHD_Result result = mhd.MHD_queue_response(
		request->connection, (unsigned)status, response);
	mhd.MHD_destroy_response(response);
	return result;
}

enum MHD_Result reply_with(
	const struct request *request, int status, const char *type, struct MHD_Response *response)
{
	return reply_under(request, status, type, policy, response);
}

enum MHD_Result reply_report(const struct request *request, struct buf *page)
{
	return reply_under(request, 200, "text/html; charset=utf-8",
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri "
		"'none'; "
		"frame-ancestors 'none'",
		mhd.MHD_create_response_from_buffer(page->len, page->at, MHD_RESPMEM_MUST_FREE));
}

enum MHD_Result reply_text(
	const struct request *request, int status, const char *type, struct str text)
{
	return reply_with(request, status, type,
		mhd.MHD_create_response_from_buffer(
			(size_t)text.len, without_const(text.at), MHD_RESPMEM_MUST_COPY));
}

enum MHD_Result reply_bytes(
	const struct request *request, const char *type, const struct buf *bytes)
{
	return reply_with(request, 200, type,
		mhd.MHD_create_response_from_buffer(bytes->len, bytes->at, MHD_RESPMEM_MUST_FREE));
}

enum MHD_Result reply_file(const struct request *request, const char *name, struct buf *pdf)
{
	struct buf as = {0};
	struct MHD_Response *response = mhd.MHD_create_response_from_buffer(
		pdf->len, pdf->at, MHD_RESPMEM_MUST_FREE);
	buf_format(&as, "attachment; filename=\"%s\"", name);
	if (response)
		mhd.MHD_add_response_header(response, "Content-Disposition", buf_text(&as).at);
	buf_free(&as);
	return reply_with(request, 200, "application/pdf", response);
}

enum MHD_Result reply_refused(const struct request *request, int status)
{
	struct buf text = {0};
	buf_format(&text,
		"%d: the proof desk does not answer this. Use the link that lettermerge "
		"serve printed.\n",
		status);
	enum MHD_Result result = reply_text(
		request, status, "text/plain; charset=utf-8", buf_text(&text));
	buf_free(&text);
	return result;
}

enum MHD_Result reply_page(const struct request *request, int status, struct buf *page)
{
	enum MHD_Result result = reply_text(
		request, status, "text/html; charset=utf-8", buf_text(page));
	buf_free(page);
	return result;
}

enum MHD_Result reply_why(const struct request *request, int status, struct buf *why)
{
	struct buf page = {0};
	page_write_answer(request->answer.link->token,
		status == 404 ? (struct str){0} : request->answer.id, buf_text(why), &page);
	buf_free(why);
	return reply_page(request, status, &page);
}

enum MHD_Result reply_back(const struct request *request, const char *page, struct str id)
{
	struct buf path = {0};
	struct MHD_Response *response = mhd.MHD_create_response_from_buffer(
		0, without_const(""), MHD_RESPMEM_PERSISTENT);
	buf_format(&path, "/%s/%s%.*s", request->answer.link->token, page, str_arg(id));
	mhd.MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, buf_text(&path).at);
	buf_free(&path);
	return reply_with(request, 303, "text/plain", response);
}
