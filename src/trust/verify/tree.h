/* tree.h - a Merkle tree of the shape of RFC 9162, 2.1, computed while its leaves go by: what is
 * kept grows with the logarithm of their number. */
#ifndef VERIFY_TREE_H
#define VERIFY_TREE_H

#include "base/base.h"

enum { TREE_HASH = 32, TREE_DEPTH = 64 }; /* bytes of SHA-256; no tree is deeper */

struct tree_path {
	int64_t index, size; /* of the leaf; number of all leaves */
	int count;
	unsigned char at[TREE_DEPTH][TREE_HASH]; /* from the leaf's neighbour up */
};

struct tree {
	int depth, below; /* of the stack; the place in it above the wanted leaf, or -1 */
	unsigned char stack[TREE_DEPTH][TREE_HASH]; /* roots of whole trees, each smaller */
	struct tree_path path;
};

/* index: of the leaf whose path is wanted, or -1. */
void tree_begin(struct tree *tree, int64_t index);
void tree_add(struct tree *tree, struct str leaf);
/* The hash of a leaf, and a leaf of which no more than that is known. */
void tree_leaf_hash(struct str leaf, unsigned char out[TREE_HASH]);
void tree_add_hash(struct tree *tree, const unsigned char leaf[TREE_HASH]);
/* Ends the tree: its root, and .path is whole. */
void tree_root(struct tree *tree, unsigned char root[TREE_HASH]);
/* Whether the path leads from the leaf to the root: RFC 9162, 2.1.3.2. */
bool tree_proves(
	const struct tree_path *path, struct str leaf, const unsigned char root[TREE_HASH]);

#endif
