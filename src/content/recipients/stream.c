/* stream.c - a file read on and on, of which only the record at hand is in memory. */
#include "recipients/recipients_int.h"

#include "base/diag_id.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum { CHUNK = 65536, MAX_RECORD = 16 * 1024 * 1024 };

bool stream_open(struct stream *stream, const char *path, struct diags *diags)
{
	*stream = (struct stream){
		.path = path, .at = place_of(path, 1, 1), .file = file_stream(path)};
	if (!stream->file)
		return file_not_read(path, diags);
	stream->steady = steady_begin(fileno(stream->file));
	return true;
}

void stream_close(struct stream *stream)
{
	buf_free(&stream->bytes);
	if (stream->file)
		fclose(stream->file);
}

struct str stream_rest(const struct stream *stream)
{
	return (struct str){stream->bytes.at ? stream->bytes.at + stream->used : "",
		(int)(stream->bytes.len - stream->used)};
}

void stream_advance(struct stream *stream, int len)
{
	stream->at = xml_place_after(stream->at, str_slice(stream_rest(stream), 0, len));
	stream->used += (size_t)len;
}

/* What is there, of a pipe too. */
static ssize_t read_some(int number, char *to)
{
	ssize_t got;
	do
		got = read(number, to, CHUNK);
	while (got < 0 && errno == EINTR);
	return got;
}

bool stream_fill(struct stream *stream, struct diags *diags)
{
	struct buf *bytes = &stream->bytes;
	if (stream->ended)
		return false;
	if (stream->used)
		memmove(bytes->at, bytes->at + stream->used, bytes->len - stream->used);
	bytes->len -= stream->used;
	stream->used = 0;
	buf_reserve(bytes, CHUNK);
	ssize_t got = read_some(fileno(stream->file), bytes->at + bytes->len);
	if (got < 0)
		file_not_read(stream->path, diags);
	else if (!steady_check(&stream->steady, fileno(stream->file), stream->path, diags))
		got = -1;
	bytes->len = got < 0 ? 0 : bytes->len + (size_t)got;
	stream->ended = got <= 0;
	if (bytes->len <= MAX_RECORD)
		return !stream->ended;
	diag_add(diags, XML_LIMIT, stream->at, "a record is larger than 16 MiB");
	stream->ended = true;
	return false;
}
