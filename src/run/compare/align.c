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
static void fill(int *best, const uint64_t *old, int n, const uint64_t *new, int m)
{
	for (int i = n - 1; i >= 0; i--)
		for (int j = m - 1; j >= 0; j--) {
			const int *below = &best[(i + 1) * (m + 1) + j];
			int *here = &best[i * (m + 1) + j];
			if (old[i] == new[j])
				*here = below[1] + 1;
			else
				*here = below[0] > here[1] ? below[0] : here[1];
		}
}

static void walk(struct arena *arena, struct stretches *all, const uint64_t *old, int n,
	const uint64_t *new, int m, int start)
{
	struct arena *table = arena_new();
	int *best = arena_new_array(table, int, (n + 1) * (m + 1)), i = 0, j = 0;
	fill(best, old, n, new, m);
	while (i < n || j < m) {
		bool kept = i < n && j < m && old[i] == new[j];
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

int align(struct arena *arena, const uint64_t *old, int old_count, const uint64_t *new,
	int new_count, struct stretch **out)
{
	struct stretches all = {0};
	int start = 0, end = 0;
	while (start < old_count && start < new_count && old[start] == new[start])
		start++;
	while (end < old_count - start && end < new_count - start &&
		old[old_count - 1 - end] == new[new_count - 1 - end])
		end++;
	int n = old_count - start - end, m = new_count - start - end;
	add(arena, &all, (struct stretch){true, 0, start, 0, start});
	if ((int64_t)n * m > MOST_PAIRS)
		add(arena, &all, (struct stretch){false, start, start + n, start, start + m});
	else
		walk(arena, &all, old + start, n, new + start, m, start);
	add(arena, &all,
		(struct stretch){true, old_count - end, old_count, new_count - end, new_count});
	*out = all.list.at;
	return all.list.len;
}
