/* twig.c - see twig.h. */
#include "twig.h"

static struct twig *append(struct arena *arena, struct twig *parent)
{
	struct twig *twig = arena_new_array(arena, struct twig, 1);
	if (parent && parent->last)
		parent->last->next = twig;
	else if (parent)
		parent->first = twig;
	if (parent)
		parent->last = twig;
	return twig;
}

struct twig *twig_element(struct arena *arena, struct twig *parent, const char *name)
{
	struct twig *twig = append(arena, parent);
	twig->name = str_copy(arena, str_of(name));
	twig->tag = TAG_COUNT;
	twig->in_line = parent && parent->in_line;
	return twig;
}

struct twig *twig_tag(struct arena *arena, struct twig *parent, enum tag tag)
{
	struct twig *twig = twig_element(arena, parent, tag_element(tag));
	twig->tag = tag;
	twig->in_line |= tag_content(tag) == CONTENT_TEXT || tag == TAG_LI || tag == TAG_QUOTE;
	return twig;
}

struct twig *twig_text(struct arena *arena, struct twig *parent, struct str text)
{
	struct twig *twig = append(arena, parent);
	twig->tag = TAG_TEXT;
	twig->text = text;
	return twig;
}

void twig_set(struct arena *arena, struct twig *twig, const char *name, struct str value)
{
	struct twig_attribute **end = &twig->attributes;
	while (*end)
		end = &(*end)->next;
	*end = arena_new_array(arena, struct twig_attribute, 1);
	**end = (struct twig_attribute){.name = str_copy(arena, str_of(name)), .value = value};
}

struct str twig_attribute(const struct twig *twig, const char *name)
{
	for (const struct twig_attribute *a = twig->attributes; a; a = a->next)
		if (!a->cut && str_is(a->name, name))
			return a->value;
	return (struct str){0};
}

static void indent(struct buf *out, bool in_line, int depth)
{
	if (in_line)
		return;
	buf_char(out, '\n');
	for (int i = 0; i < depth; i++)
		buf_puts(out, "  ");
}

static void write_children(const struct twig *twig, bool in_line, int depth, struct buf *out);

static void write_one(const struct twig *twig, bool in_line, int depth, struct buf *out)
{
	if (twig->state == TWIG_CUT)
		return;
	if (twig->state == TWIG_OPENED) {
		write_children(twig, in_line, depth, out);
		return;
	}
	if (!twig->name.len) {
		buf_xml(out, twig->text);
		return;
	}
	indent(out, in_line || depth == 0, depth);
	buf_format(out, "<%.*s", str_arg(twig->name));
	for (const struct twig_attribute *a = twig->attributes; a; a = a->next) {
		if (a->cut)
			continue;
		buf_format(out, " %.*s=\"", str_arg(a->name));
		buf_xml(out, a->value);
		buf_char(out, '"');
	}
	size_t before = out->len;
	buf_char(out, '>');
	write_children(twig, twig->in_line, depth + 1, out);
	if (out->len == before + 1) {
		out->len = before;
		buf_puts(out, "/>");
		return;
	}
	indent(out, twig->in_line, depth);
	buf_format(out, "</%.*s>", str_arg(twig->name));
}

static void write_children(const struct twig *twig, bool in_line, int depth, struct buf *out)
{
	for (const struct twig *child = twig->first; child; child = child->next)
		write_one(child, in_line, depth, out);
}

void twig_write(const struct twig *root, struct buf *out)
{
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	write_one(root, false, 0, out);
	buf_char(out, '\n');
}
