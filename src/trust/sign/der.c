/* der.c - the little of DER (X.690) that a signature's frame needs. What stands inside, names,
 * algorithms and certificates, OpenSSL encodes. Its CMS functions would write the frame as well,
 * but they always add the attribute signing-time, which PAdES forbids (EN 319 142-1, 6.3). */
#include "sign/sign_int.h"

static size_t write_head(unsigned char head[6], unsigned tag, size_t len)
{
	size_t size = 0;
	head[size++] = (unsigned char)tag;
	if (len >= 0x10000) {
		head[size++] = 0x83;
		head[size++] = (unsigned char)(len >> 16);
	} else if (len >= 0x100) {
		head[size++] = 0x82;
	} else if (len >= 0x80) {
		head[size++] = 0x81;
	}
	if (len >= 0x100)
		head[size++] = (unsigned char)(len >> 8);
	head[size++] = (unsigned char)len;
	return size;
}

void der_wrap(struct buf *out, size_t from, unsigned tag)
{
	unsigned char head[6];
	size_t len = out->len - from, size = write_head(head, tag, len);
	buf_reserve(out, size);
	memmove(out->at + from + size, out->at + from, len);
	memcpy(out->at + from, head, size);
	out->len += size;
}

void der_put(struct buf *out, unsigned tag, struct str contents)
{
	size_t from = out->len;
	buf_str(out, contents);
	der_wrap(out, from, tag);
}
