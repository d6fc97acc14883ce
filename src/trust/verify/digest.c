/* digest.c - SHA-256 of bytes, whole or in parts, in hexadecimal digits. */
#include "verify/manifest.h"

#include <openssl/evp.h>
#include <stdio.h>

void manifest_hex(const unsigned char *bytes, int len, char *hex)
{
	static const char digits[] = "0123456789abcdef";
	for (int i = 0; i < len; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * len] = '\0';
}

void manifest_hash(struct str bytes, char hex[MANIFEST_HEX])
{
	unsigned char digest[32];
	if (!EVP_Digest(bytes.at, (size_t)bytes.len, digest, NULL, EVP_sha256(), NULL))
		out_of_memory();
	manifest_hex(digest, sizeof digest, hex);
}

/* OpenSSL's own, under a name that others may see. */
static EVP_MD_CTX *context_of(struct digest *digest)
{
	return (EVP_MD_CTX *)digest;
}

struct digest *digest_new(void)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	if (!context || !EVP_DigestInit_ex(context, EVP_sha256(), NULL))
		out_of_memory();
	return (struct digest *)context;
}

void digest_add(struct digest *digest, struct str bytes)
{
	if (!EVP_DigestUpdate(context_of(digest), bytes.at, (size_t)bytes.len))
		out_of_memory();
}

void digest_end(struct digest *digest, char hex[MANIFEST_HEX])
{
	unsigned char bytes[32];
	if (!EVP_DigestFinal_ex(context_of(digest), bytes, NULL))
		out_of_memory();
	EVP_MD_CTX_free(context_of(digest));
	manifest_hex(bytes, sizeof bytes, hex);
}

bool digest_file(const char *path, char hex[MANIFEST_HEX])
{
	char block[65536];
	FILE *file = file_stream(path);
	if (!file)
		return false;
	struct digest *digest = digest_new();
	for (size_t len; (len = fread(block, 1, sizeof block, file)) > 0;)
		digest_add(digest, (struct str){block, (int)len});
	bool good = !ferror(file);
	fclose(file);
	digest_end(digest, hex);
	return good;
}
