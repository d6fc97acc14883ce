/* json_name.c - the keys of JSON → fields, as the columns of a table find theirs. */
#include "recipients/json.h"

#include "base/diag_id.h"

enum { MAX_NAMES = 10000 };

static const struct field *fields_in(const struct json_names *names, const struct field *list)
{
	if (list)
		return list->parts;
	return names->template ? names->template->fields : NULL;
}

static bool meets(const struct json_name *name, const struct field *list, struct str path)
{
	return name->list == list && str_eq(name->path, path);
}

static void report_unknown(const struct json_names *names, const struct json_name *name,
	struct place at, struct diags *diags)
{
	struct nearest nearest = template_nearest_field(fields_in(names, name->list), name->path);
	struct str field = target_name_for(names->arena, name->path);
	const char *path = diag_str(diags, field.len ? field : name->path);
	diag_add(diags, JSON_KEY, at, diag_field(diags, name->path, (struct str){0}), path);
	if (!field.len)
		diag_hint(diags, TARGET_NAMELESS);
	nearest_hint(&nearest, diags);
}

/* The first time that a path is met. */
static void look_up(const struct json_names *names, struct json_name *name, struct place at,
	struct diags *diags)
{
	const struct field *fields = fields_in(names, name->list);
	struct arena_mark mark = arena_save(names->arena);
	bool top = !name->list;
	name->opens = target_find_list(names->arena, fields, name->path);
	name->is_id = top && target_is_id(names->arena, name->path);
	name->is_step = target_find_step(names->arena, fields, name->path);
	bool found = name->opens ||
		target_find(names->arena, fields, name->list, name->path, &name->target) ||
		(top && !name->is_id &&
			target_find_part(names->arena, fields, name->path, &name->target));
	arena_restore(names->arena, mark);
	if (!found && !name->is_id && !name->is_step && !names->quiet && names->template)
		report_unknown(names, name, at, diags);
}

const struct json_name *json_name_find(struct json_names *names, const struct field *list,
	struct str path, struct place at, struct diags *diags)
{
	int count = names->met.len;
	for (int i = 0; i < count; i++) {
		int one = (names->next + i) % count;
		if (!meets(&names->met.at[one], list, path))
			continue;
		names->next = one + 1;
		return &names->met.at[one];
	}
	if (count == MAX_NAMES) {
		diag_add(diags, JSON_LIMIT, at, "more than 10000 different keys in the file");
		return NULL;
	}
	struct json_name name = {.path = str_copy(names->arena, path), .list = list};
	look_up(names, &name, at, diags);
	struct json_name *kept = vec_push(names->arena, &names->met);
	*kept = name;
	names->next = names->met.len;
	return kept;
}
