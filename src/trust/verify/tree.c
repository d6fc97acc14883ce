/* tree.c - leaves → the root of their Merkle tree, and the path of one of them to it. */
#include "verify/tree.h"

#include <openssl/evp.h>

enum prefix { LEAF, NODE }; /* so that no node can be taken for a leaf */

static void hash(enum prefix prefix, struct str left, struct str right, unsigned char *out)
{
	unsigned char first = (unsigned char)prefix;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	if (!context || !EVP_DigestInit_ex(context, EVP_sha256(), NULL) ||
		!EVP_DigestUpdate(context, &first, 1) ||
		!EVP_DigestUpdate(context, left.at, (size_t)left.len) ||
		!EVP_DigestUpdate(context, right.at, (size_t)right.len) ||
		!EVP_DigestFinal_ex(context, out, NULL))
		out_of_memory();
	EVP_MD_CTX_free(context);
}

static void join(const unsigned char *left, const unsigned char *right, unsigned char *out)
{
	hash(NODE, (struct str){(const char *)left, TREE_HASH},
		(struct str){(const char *)right, TREE_HASH}, out);
}

void tree_begin(struct tree *tree, int64_t index)
{
	tree->depth = 0;
	tree->below = -1;
	tree->path.index = index;
	tree->path.size = 0;
	tree->path.count = 0;
}

/* The last two of the stack become one; one of them may be of the wanted leaf's path. */
static void join_last(struct tree *tree)
{
	unsigned char *left = tree->stack[tree->depth - 2];
	unsigned char *right = tree->stack[tree->depth - 1];
	if (tree->below >= tree->depth - 2) {
		bool is_left = tree->below == tree->depth - 2;
		memcpy(tree->path.at[tree->path.count++], is_left ? right : left, TREE_HASH);
		tree->below = tree->depth - 2;
	}
	join(left, right, left);
	tree->depth--;
}

void tree_leaf_hash(struct str leaf, unsigned char out[TREE_HASH])
{
	hash(LEAF, leaf, str_lit(""), out);
}

void tree_add(struct tree *tree, struct str leaf)
{
	unsigned char at[TREE_HASH];
	tree_leaf_hash(leaf, at);
	tree_add_hash(tree, at);
}

void tree_add_hash(struct tree *tree, const unsigned char leaf[TREE_HASH])
{
	memcpy(tree->stack[tree->depth], leaf, TREE_HASH);
	if (tree->path.size == tree->path.index)
		tree->below = tree->depth;
	tree->depth++;
	for (int64_t odd = tree->path.size++; odd & 1; odd >>= 1)
		join_last(tree);
}

void tree_root(struct tree *tree, unsigned char root[TREE_HASH])
{
	while (tree->depth > 1)
		join_last(tree);
	if (tree->depth)
		memcpy(root, tree->stack[0], TREE_HASH);
	else if (!EVP_Digest("", 0, root, NULL, EVP_sha256(), NULL))
		out_of_memory();
}

bool tree_proves(const struct tree_path *path, struct str leaf, const unsigned char root[TREE_HASH])
{
	unsigned char at[TREE_HASH];
	int64_t index = path->index, last = path->size - 1;
	if (index < 0 || index > last)
		return false;
	tree_leaf_hash(leaf, at);
	for (int i = 0; i < path->count; i++) {
		if (last == 0)
			return false;
		bool is_right = index & 1 || index == last;
		if (is_right)
			join(path->at[i], at, at);
		else
			join(at, path->at[i], at);
		while (is_right && index && !(index & 1)) {
			index >>= 1;
			last >>= 1;
		}
		index >>= 1;
		last >>= 1;
	}
	return last == 0 && memcmp(at, root, TREE_HASH) == 0;
}
