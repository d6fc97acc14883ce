/* align.c - the longest common subsequence of two sequences, by the table that every textbook has:
 * what is aligned here are a letter's blocks and a paragraph's words, some hundred at most. */
#include "compare/align_int.h"

enum { MOST_PAIRS = 4000000 };

struct stretches {
	vec(struct stretch) list;
};

static void add(struct arena *arena, struct stretches *all, struct stretch stretch)
{
	if (stretch.from_old == stretch.to_old && stretch.from_new == stretch.to_new)
		return;
	struct stretch *last = all->list.len ? &all->list.at[all->list.len - 1] : NULL;
	if (last && last->kept == stretch.kept) {
		last->to_old = stretch.to_old;
		last->to_new = stretch.to_new;
		return;
	}
	*vec_push(arena, &all->list) = stretch;
}

/* best[i * (m + 1) + j]: the length for what follows old[i] and new[j]. */
static void fill(int *best, struct sequence old, struct sequence new)
{
	int n = old.count, m = new.count;
	for (int i = n - 1; i >= 0; i--)
		for (int j = m - 1; j >= 0; j--) {
			const int *below = &best[(i + 1) * (m + 1) + j];
			int *here = &best[i * (m + 1) + j];
			if (old.at[i] == new.at[j])
				*here = below[1] + 1;
			else
				*here = below[0] > here[1] ? below[0] : here[1];
		}
}

/* start: where both begin in the whole. */
static void walk(struct arena *arena, struct stretches *all, struct sequence old,
	struct sequence new, int start)
{
	int n = old.count, m = new.count;
	struct arena *table = arena_new();
	int *best = arena_new_array(table, int, (n + 1) * (m + 1)), i = 0, j = 0;
	fill(best, old, new);
	while (i < n || j < m) {
		bool kept = i < n && j < m && old.at[i] == new.at[j];
		bool out = !kept && i < n &&
			(j == m || best[(i + 1) * (m + 1) + j] >= best[i * (m + 1) + j + 1]);
		struct stretch one = {kept, start + i, start + i + (kept || out), start + j,
			start + j + (kept || !out)};
		add(arena, all, one);
		i += kept || out;
		j += kept || !out;
	}
	arena_free(table);
}

int align(struct arena *arena, struct sequence old, struct sequence new, struct stretch **out)
{
	struct stretches all = {0};
	int start = 0, end = 0;
	while (start < old.count && start < new.count &&old.at[start] == new.at[start])
		start++;
	while (end < old.count - start &&
		end < new.count - start &&old.at[old.count - 1 - end] ==
			new.at[new.count - 1 - end])
		end++;
	int n = old.count - start - end, m = new.count - start - end;
	add(arena, &all, (struct stretch){true, 0, start, 0, start});
	if ((int64_t)n * m > MOST_PAIRS)
		add(arena, &all, (struct stretch){false, start, start + n, start, start + m});
	else
		walk(arena, &all, (struct sequence){old.at + start, n},
			(struct sequence){new.at + start, m}, start);
	add(arena, &all,
		(struct stretch){true, old.count - end, old.count, new.count - end, new.count});
	*out = all.list.at;
	return all.list.len;
}
