/* The Merkle tree, held against the recursive definition of RFC 9162, 2.1.1, written down here with
 * OpenSSL's digest alone, and against roots that are known. */
#include "verify/tree.h"

#include <openssl/evp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { MOST = 70 };

static struct str leaf(int64_t i)
{
	static char text[32];
	return (struct str){text, snprintf(text, sizeof text, "leaf %d", (int)i)};
}

static void digest(const unsigned char *bytes, size_t len, unsigned char *out)
{
	assert_true(EVP_Digest(bytes, len, out, NULL, EVP_sha256(), NULL));
}

/* MTH(D[from:to]) */
static void expected(int64_t from, int64_t to, unsigned char *out)
{
	unsigned char node[1 + 2 * TREE_HASH] = {1};
	if (to - from == 0) {
		digest(node, 0, out);
	} else if (to - from == 1) {
		struct str text = leaf(from);
		node[0] = 0;
		memcpy(node + 1, text.at, (size_t)text.len);
		digest(node, 1 + (size_t)text.len, out);
	} else {
		int64_t split = 1;
		while (split * 2 < to - from)
			split *= 2;
		expected(from, from + split, node + 1);
		expected(from + split, to, node + 1 + TREE_HASH);
		digest(node, sizeof node, out);
	}
}

static struct tree tree_of(int64_t size, int64_t index, unsigned char *root)
{
	struct tree tree;
	tree_begin(&tree, index);
	for (int64_t i = 0; i < size; i++)
		tree_add(&tree, leaf(i));
	tree_root(&tree, root);
	return tree;
}

static void roots_are_those_of_the_definition(void **state)
{
	unsigned char root[TREE_HASH], right[TREE_HASH];
	(void)state;
	for (int64_t size = 0; size < MOST; size++) {
		tree_of(size, -1, root);
		expected(0, size, right);
		assert_memory_equal(root, right, TREE_HASH);
	}
}

/* The eight leaves with which implementations of RFC 6962 and 9162 are compared. */
static void roots_are_those_that_others_know(void **state)
{
	static const struct {
		const char *leaf;
		int len;
		const char *root;
	} rows[] = {
		{"", 0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
		{"\x00", 1, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
		{"\x10", 1, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
		{"\x20\x21", 2, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
		{"\x30\x31", 2, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
		{"\x40\x41\x42\x43", 4,
			"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
		{"\x50\x51\x52\x53\x54\x55\x56\x57", 8,
			"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
		{"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16,
			"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
	};
	(void)state;
	for (size_t size = 1; size <= sizeof rows / sizeof *rows; size++) {
		unsigned char root[TREE_HASH];
		char hex[2 * TREE_HASH + 1];
		struct tree tree;
		tree_begin(&tree, -1);
		for (size_t i = 0; i < size; i++)
			tree_add(&tree, (struct str){rows[i].leaf, rows[i].len});
		tree_root(&tree, root);
		for (int i = 0; i < TREE_HASH; i++)
			snprintf(hex + 2 * i, 3, "%02x", root[i]);
		assert_string_equal(hex, rows[size - 1].root);
	}
}

static void each_path_proves_its_leaf_and_no_other(void **state)
{
	unsigned char root[TREE_HASH];
	(void)state;
	for (int64_t size = 1; size < MOST; size++)
		for (int64_t index = 0; index < size; index++) {
			struct tree_path path = tree_of(size, index, root).path;
			for (int64_t other = 0; other < size; other++)
				assert_int_equal(
					tree_proves(&path, leaf(other), root), other == index);
		}
}

static void an_altered_path_proves_nothing(void **state)
{
	unsigned char root[TREE_HASH];
	(void)state;
	for (int64_t index = 0; index < 11; index++) {
		const struct tree_path path = tree_of(11, index, root).path;
		for (int bit = 0; bit < path.count * TREE_HASH * 8; bit++) {
			struct tree_path altered = path;
			altered.at[bit / 8 / TREE_HASH][bit / 8 % TREE_HASH] ^= 1 << bit % 8;
			assert_false(tree_proves(&altered, leaf(index), root));
		}
		for (int count = 0; count < TREE_DEPTH; count++) {
			struct tree_path altered = path;
			altered.count = count;
			assert_int_equal(
				tree_proves(&altered, leaf(index), root), count == path.count);
		}
		for (int64_t other = -1; other < 13; other++) {
			struct tree_path altered = path;
			altered.index = other;
			assert_int_equal(tree_proves(&altered, leaf(index), root), other == index);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_those_of_the_definition),
		cmocka_unit_test(roots_are_those_that_others_know),
		cmocka_unit_test(each_path_proves_its_leaf_and_no_other),
		cmocka_unit_test(an_altered_path_proves_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
