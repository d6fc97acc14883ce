/* synthetic.c - recipients that never were: the same for the same number, whatever comes before. */
#include "support/synthetic.h"

#include <stdio.h>

static uint32_t random_below(uint32_t *seed, uint32_t limit)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % limit;
}

#define PICK(seed, list) (list)[random_below((seed), sizeof(list) / sizeof *(list))]

static const char *const first_names[] = {
	"Siân", "Roger", "Katy", "Alun", "Zoë", "Matthew", "Angharad", "Kim", "Thomas", "Llŷr"};
static const char *const last_names[] = {"Llywelyn", "O’Brien", "Hughes", "Burns-Williamson",
	"Ŵyn-Tŷ", "Scott", "Tipping", "Bourne"};
static const char *const places[] = {"Portishead", "Pen-y-bont", "Newcastle upon Tyne", "Lewes",
	"Caerdydd", "Wakefield", "Kidlington"};
static const char *const deeds[] = {"has placed trained workers in the emergency department",
	"shared its grant between five local authorities, so that each can respond to what it sees",
	"backed more than twenty projects, some to keep young people out of violence",
	"works through nine local partnerships, each led by the local authority",
	"brought together football and mentoring for young people in Tŷ Hafan"};

static void write_record(struct buf *out, int number, uint32_t *seed)
{
	const char *last = PICK(seed, last_names), *place = PICK(seed, places);
	int pounds = 100 + (int)random_below(seed, 900);
	buf_format(out,
		"<recipient xmlns=\"urn:lettermerge:recipient:1\" id=\"r%07d\" "
		"xml:lang=\"en-GB\">\n"
		"  <name>%s %s</name>\n"
		"  <title>Police and Crime Commissioner for %s</title>\n"
		"  <salutation>%s</salutation>\n",
		number, PICK(seed, first_names), last, place, last);
	buf_puts(out, "  <address>\n");
	for (int line = 0, lines = 1 + (int)random_below(seed, 4); line < lines; line++)
		buf_format(out, "    <line>%d %s House</line>\n", 1 + (int)random_below(seed, 99),
			PICK(seed, last_names));
	buf_format(out,
		"    <line>%s</line>\n  </address>\n"
		"  <postcode>CF%d %dSU</postcode>\n"
		"  <area>%s</area>\n"
		"  <vru>\n    <name>%s Violence Reduction Unit</name>\n"
		"    <highlight>how the %s Violence Reduction Unit %s, with £%d,000 &amp; more",
		place, 10 + (int)random_below(seed, 80), 1 + (int)random_below(seed, 9), place,
		place, place, PICK(seed, deeds), pounds);
	if (random_below(seed, 3))
		buf_format(out,
			"<note>%s Observer (2020) <link href=\"https://example.org/%d\">%s "
			"welcomes "
			"funding for violence reduction unit</link></note>",
			place, number, place);
	buf_puts(out, "</highlight>\n  </vru>\n</recipient>\n");
}

void synthetic_record(struct buf *out, int number)
{
	uint32_t seed = 2020u + (uint32_t)number * 2654435761u;
	random_below(&seed, 2);
	write_record(out, number, &seed);
}

bool synthetic_folder(const char *dir, int count)
{
	struct buf record = {0};
	struct diags *diags = diags_new();
	struct arena *arena = arena_new();
	bool good = true;
	for (int i = 0; i < count && good; i++) {
		buf_clear(&record);
		synthetic_record(&record, i);
		const char *path = str_format(arena, "%s/r%07d.xml", dir, i).at;
		good = file_publish(path, record.at, record.len, false, diags);
		arena_reset(arena);
	}
	arena_free(arena);
	diags_free(diags);
	buf_free(&record);
	return good;
}

bool synthetic_file(const char *path, int count)
{
	struct buf record = {0};
	FILE *file = fopen(path, "wb");
	bool good = file &&
		fputs("<recipients xmlns=\"urn:lettermerge:recipient:1\">\n", file) >= 0;
	for (int i = 0; i < count && good; i++) {
		buf_clear(&record);
		synthetic_record(&record, i);
		good = fwrite(record.at, 1, record.len, file) == record.len;
	}
	good = good && fputs("</recipients>\n", file) >= 0;
	buf_free(&record);
	return file && fclose(file) == 0 && good;
}
