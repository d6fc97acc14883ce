/* fuzz_merge.c - any bytes as a template and, from the first "<recipient" on, a record of it: both
 * are read and merged. Without that the bytes are a record of a template with a field of each
 * type. */
#include "fuzz/fuzz.h"

#include "letter/letter.h"
#include "template/template.h"

#include <stdlib.h>

static const char each_type[] =
	"<letter xmlns='urn:lettermerge:letter:1' xml:lang='en-GB' date='2020-10-13'>"
	"<title>T <field name='text'/></title><fields><declare name='text'/>"
	"<declare name='lines' type='lines' required='no'/>"
	"<declare name='rich' type='rich' required='no'/>"
	"<declare name='date' type='date' required='no'/>"
	"<declare name='money' type='money' currency='EUR' required='no'/>"
	"<declare name='number' type='number' required='no'/>"
	"<declare name='postcode' type='postcode' required='no'/>"
	"<declare name='flag' type='yes-no' required='no'/>"
	"<declare name='list' type='list' required='no'><declare name='x'/>"
	"<declare name='m' type='money' required='no'/></declare>"
	"<declare name='sum' type='money' sum='list.m'/>"
	"<declare name='due' type='date' from='date' months='1' days='-1'/></fields>"
	"<address><line><field name='text'/></line><field name='lines'/></address>"
	"<salutation>Dear <field name='text'/></salutation>"
	"<p><field name='rich'/><field name='date'/><field name='money'/><field name='number'/>"
	"<field name='postcode'/><if field='flag'>!</if>"
	"<each field='list' separator=', ' last=' and '><field name='x'/></each></p>"
	"<p><field name='sum'/><field name='due' form='short' case='first'/><plural field='number'>"
	"<one>1</one><other>n</other></plural><field name='text' case='first'/></p>"
	"<p><link href='https://a/{text}'>x</link></p><closing/></letter>";

/* A record that says where a fact was seen is as good as it was. */
static void confirm_all(struct arena *arena, struct str record, const struct template *template,
	const struct recipient *recipient)
{
	const struct confirmation confirmation = {str_lit("<\"&'>"), str_lit("2020"), str_lit("q")};
	for (const struct value *value = recipient->values; value; value = value->next) {
		struct diags *diags = diags_new();
		struct recipient again;
		struct buf out = {0};
		if (recipient_confirm(arena, record, &(struct edit){.value = value}, &confirmation,
			    &out, diags) &&
			!recipient_read(
				arena, buf_text(&out), "record.xml", template, &again, diags))
			abort();
		buf_free(&out);
		diags_free(diags);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf out = {0};
	struct str bytes = {(const char *)data, (int)size};
	int split = str_find(bytes, "<recipient");
	struct str letter = split > 0 ? str_slice(bytes, 0, split) : str_of(each_type);
	struct str record = split > 0 ? str_slice(bytes, split, bytes.len) : bytes;
	struct template *template = template_read(arena, letter, "fuzz.xml", diags);
	struct recipient recipient;
	if (template && recipient_read(arena, record, "record.xml", template, &recipient, diags)) {
		struct letter *merged = letter_merge(arena, template, &recipient, NULL, diags);
		confirm_all(arena, record, template, &recipient);
		recipient_dump(&recipient, &out);
		if (merged)
			letter_dump(merged, &out);
	}
	buf_free(&out);
	diags_free(diags);
	arena_free(arena);
	return 0;
}
