/* A list of any length is read from its file in the same memory, says the same as in memory, and
 * stands only as it was written. */
#include "room.h"

#include "support/support.h"
#include "verify/manifest.h"
#include "verify/names_listed.h"
#include "verify/tree.h"

struct desk {
	struct scratch scratch;
	struct diags *diags;
};

static int open_desk(void **state)
{
	static struct desk desk;
	desk = (struct desk){scratch_new(), diags_new()};
	*state = &desk;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *desk = *state;
	diags_free(desk->diags);
	scratch_free(&desk->scratch);
	return 0;
}

static const char digits[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/* Every third is a record without a letter. */
static bool has_letter(int number)
{
	return number % 3 != 2;
}

static struct str file_name(struct arena *arena, int number)
{
	return str_format(arena, "p%06d.pdf", number);
}

static void put_record(struct buf *leaf, struct arena *arena, int number)
{
	struct manifest_entry entry = {
		.id = str_format(arena, "p%06d", number), .salt = {digits, 32}};
	entry.fate = has_letter(number) ? MANIFEST_MADE : MANIFEST_HELD;
	if (has_letter(number)) {
		entry.file = file_name(arena, number);
		entry.bytes = 1000 + number;
		entry.sha256 = (struct str){digits, 64};
		entry.pages = 1;
		entry.key = (struct str){digits, 32};
		entry.template = (struct str){digits, 64};
	}
	buf_clear(leaf);
	manifest_put(leaf, &entry);
}

static struct str head_of(struct arena *arena, struct tree *tree, int count)
{
	unsigned char root[TREE_HASH];
	char hex[MANIFEST_HEX];
	struct buf out = {0};
	struct manifest_head head = {.run = str_lit("r"),
		.program = str_lit("p"),
		.signed_at = str_lit("2020-10-13T09:00:00Z"),
		.whole = true};
	tree_root(tree, root);
	manifest_hex(root, TREE_HASH, hex);
	head.root = str_of(hex);
	for (int i = 0; i < count; i++)
		head.count[has_letter(i) ? MANIFEST_MADE : MANIFEST_HELD]++;
	manifest_put_head(&out, &head);
	struct str line = str_copy(arena, buf_text(&out));
	buf_free(&out);
	return line;
}

static struct str list_of(struct arena *arena, int count)
{
	struct buf out = {0}, leaf = {0};
	struct tree tree;
	tree_begin(&tree, -1);
	manifest_begin(&out);
	for (int i = 0; i < count; i++) {
		put_record(&leaf, arena, i);
		manifest_separate(&out, i == 0);
		buf_str(&out, buf_text(&leaf));
		tree_add(&tree, buf_text(&leaf));
	}
	manifest_end(&out, count == 0, head_of(arena, &tree, count));
	struct str list = str_copy(arena, buf_text(&out));
	buf_free(&out);
	buf_free(&leaf);
	return list;
}

static const char *put_list(struct desk *desk, struct str list)
{
	const char *path = scratch_path(&desk->scratch, "manifest.json");
	assert_true(file_publish(path, list.at, (size_t)list.len, false, desk->diags));
	return path;
}

/* -- what is given ----------------------------------------------------------------------------- */

struct seen {
	struct names_listed *names;
	int count;
	int64_t bytes;
	bool in_order;
};

static void see(void *user, const struct manifest_entry *entry)
{
	struct seen *seen = user;
	seen->in_order &= seen->bytes < entry->bytes;
	seen->bytes = entry->bytes;
	seen->count++;
	names_listed_add(seen->names, entry->file);
}

static void each_letter_is_given_once_in_order_and_found(void **state)
{
	enum { RECORDS = 20000 };
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	struct seen seen = {.names = names_listed_new(), .in_order = true};
	struct manifest manifest;
	const struct manifest_visit visit = {see, &seen};
	const char *path = put_list(desk, list_of(arena, RECORDS));
	assert_true(manifest_walk(&manifest, arena, path, &visit, desk->diags));
	assert_true(seen.in_order);
	assert_int_equal(seen.count, RECORDS - RECORDS / 3);
	for (int i = 0; i < RECORDS + 100; i++)
		assert_int_equal(names_listed_has(seen.names, file_name(arena, i)),
			i < RECORDS && has_letter(i));
	names_listed_free(seen.names);
}

static size_t memory_for(struct desk *desk, int records)
{
	struct arena *arena = arena_new();
	struct manifest manifest;
	const char *path = put_list(desk, list_of(desk->scratch.arena, records));
	assert_true(manifest_walk(&manifest, arena, path, NULL, desk->diags));
	assert_int_equal(manifest.head.count[MANIFEST_MADE], records - records / 3);
	size_t used = arena_used(arena);
	arena_free(arena);
	return used;
}

static void memory_does_not_grow_with_the_list(void **state)
{
	assert_in_range(memory_for(*state, 30000), 1, memory_for(*state, 30) + 64);
}

/* -- what is refused --------------------------------------------------------------------------- */

/* In memory and in its file alike. */
static bool stands(struct desk *desk, struct str list)
{
	struct arena_mark mark = arena_save(desk->scratch.arena);
	struct manifest one, other;
	diags_clear(desk->diags);
	bool read = manifest_read(&one, desk->scratch.arena, list, "a list", desk->diags);
	bool walked = manifest_walk(
		&other, desk->scratch.arena, put_list(desk, list), NULL, desk->diags);
	assert_int_equal(read, walked);
	if (read)
		assert_true(str_eq(one.is_signed, other.is_signed));
	assert_int_equal(diags_len(desk->diags), read ? 0 : 2);
	arena_restore(desk->scratch.arena, mark);
	return read;
}

static void a_list_that_is_cut_anywhere_is_none(void **state)
{
	struct desk *desk = *state;
	struct str list = list_of(desk->scratch.arena, 3);
	for (int len = 0; len < list.len; len++)
		assert_false(stands(desk, str_slice(list, 0, len)));
	assert_true(stands(desk, list));
	assert_false(stands(desk, str_joined(desk->scratch.arena, list, str_lit("\n"))));
	assert_true(stands(desk, list_of(desk->scratch.arena, 0)));
}

/* The head is the signature's to guard. */
static void a_byte_of_its_records_that_is_another_is_noticed(void **state)
{
	struct desk *desk = *state;
	struct str list = list_of(desk->scratch.arena, 3);
	char *bytes = str_chars(desk->scratch.arena, list);
	int head = str_find(list, "{\"head\"");
	for (int i = 0; i < list.len; i++)
		for (int bit = 1; bit < 256; bit <<= 1) {
			if (i >= head && i < list.len - 2)
				continue;
			bytes[i] = (char)(bytes[i] ^ bit);
			assert_false(stands(desk, (struct str){bytes, list.len}));
			bytes[i] = (char)(bytes[i] ^ bit);
		}
	assert_true(stands(desk, (struct str){bytes, list.len}));
}

/* The records, of which only order and number change. */
static void records_in_another_order_or_number_are_noticed(void **state)
{
	static const char *const orders[] = {"021", "102", "210", "01", "12", "0112", "0122", "0"};
	struct desk *desk = *state;
	struct arena *arena = desk->scratch.arena;
	struct str list = list_of(arena, 3), rest = list, record[3], line;
	str_split(&rest, '\n', &line);
	for (int i = 0; i < 3; i++) {
		str_split(&rest, '\n', &line);
		record[i] = (struct str){line.at, line.len - (i < 2)};
	}
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		struct buf out = {0};
		manifest_begin(&out);
		for (const char *at = orders[i]; *at; at++) {
			manifest_separate(&out, at == orders[i]);
			buf_str(&out, record[*at - '0']);
		}
		buf_char(&out, '\n');
		buf_str(&out, rest);
		assert_false(stands(desk, buf_text(&out)));
		buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_letter_is_given_once_in_order_and_found),
		cmocka_unit_test(memory_does_not_grow_with_the_list),
		cmocka_unit_test(a_list_that_is_cut_anywhere_is_none),
		cmocka_unit_test(a_byte_of_its_records_that_is_another_is_noticed),
		cmocka_unit_test(records_in_another_order_or_number_are_noticed),
	};
	return cmocka_run_group_tests(tests, open_desk, close_desk);
}
