/* list.c - what the signed list costs: its tree a letter, and the size of a receipt of a million
 * records, without its signature, which is of one size for any number. */
#include "figure.h"

#include "verify/receipt.h"

#include <stdio.h>
#include <string.h>

enum { RECORDS = 1000000, ROUNDS = 3 };

static const char digits[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static void put_record(struct buf *line, int number)
{
	char id[32];
	const struct manifest_entry entry = {
		.id = {id, snprintf(id, sizeof id, "person-%07d", number)},
		.fate = MANIFEST_MADE,
		.file = {id, (int)strlen(id)},
		.bytes = 47774,
		.sha256 = {digits, 64},
		.pages = 2,
		.key = {digits, 32},
		.template = {digits, 64},
		.salt = {digits, 32},
	};
	buf_clear(line);
	manifest_put(line, &entry);
}

static void put_lines(struct buf *out)
{
	struct buf line = {0};
	for (int i = 0; i < RECORDS; i++) {
		put_record(&line, i);
		manifest_separate(out, i == 0);
		buf_str(out, buf_text(&line));
	}
	buf_puts(out, "\n");
	buf_free(&line);
}

static double tree_cost(void)
{
	struct buf line = {0};
	struct tree tree;
	unsigned char root[TREE_HASH];
	double spent = 0;
	tree_begin(&tree, -1);
	for (int i = 0; i < RECORDS; i++) {
		put_record(&line, i);
		double begin = figure_clock();
		tree_add(&tree, buf_text(&line));
		spent += figure_clock() - begin;
	}
	tree_root(&tree, root);
	buf_free(&line);
	return spent / RECORDS * 1e6;
}

int main(void)
{
	struct figure cost = {0};
	struct buf lines = {0}, out = {0};
	struct receipt receipt;
	const char *deepest = "person-0000000";
	for (int i = 0; i < ROUNDS; i++)
		figure_add(&cost, tree_cost());
	put_lines(&lines);
	const struct manifest manifest = {.version = 2, .lines = buf_text(&lines)};
	if (!receipt_take(&receipt, &manifest, str_of(deepest)))
		return 1;
	receipt_put(&out, &receipt);
	int path = receipt.path.count * (2 * TREE_HASH + (int)strlen("\"\",\n"));
	figure_table("The signed list, of a million records", NULL);
	figure_row("the tree, a letter", "µs", &cost, NULL);
	figure_row_one("the path in a receipt", "bytes", path, 0);
	figure_row_one("a receipt without head and signature", "bytes", out.len, 0);
	buf_free(&lines);
	buf_free(&out);
	return 0;
}
