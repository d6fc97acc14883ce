/* Workbooks of many rows take no more memory than those of few; ones that unpack without end are
 * refused. Memory is that of a process of its own: this program, called with what to read. */
#include "base/diag_id.h"
#include "books.h"

#include <stdio.h>

/* AddressSanitizer keeps what was freed, and shadows it. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 64 };
#else
enum { SANITIZED = 1 };
#endif

static const char *program;

/* Each row has a text of its own, of 300 bytes, shared or not. */
static void write_rows(struct desk *desk, int count, bool shared)
{
	struct buf sheet = {0}, texts = {0};
	buf_puts(&sheet, "<worksheet " MAIN "><sheetData>" ROW(WORDS("id") WORDS("name")));
	buf_puts(&texts, "<sst " MAIN ">");
	for (int i = 0; i < count; i++) {
		buf_format(&texts, "<si><t>%0300d</t></si>", i);
		buf_format(&sheet,
			shared ? "<row><c><v>%d</v></c><c t='s'><v>%d</v></c></row>"
			       : "<row><c><v>%d</v></c><c t='str'><v>%0300d</v></c></row>",
			i, i);
	}
	buf_puts(&sheet, "</sheetData></worksheet>");
	buf_puts(&texts, "</sst>");
	const struct part parts[] = {{"xl/worksheets/sheet1.xml", buf_text(&sheet).at},
		{"xl/sharedStrings.xml", buf_text(&texts).at}};
	xlsx_write(desk, "a.xlsx", parts, shared ? 2 : 1);
	buf_free(&sheet);
	buf_free(&texts);
}

static void write_ods_rows(struct desk *desk, int count)
{
	struct buf content = {0};
	buf_puts(&content,
		"<office:document-content " ODS_NAMES "><office:body><office:spreadsheet>"
		"<table:table table:name='A'>" ODS_ROW(ODS_WORDS("id") ODS_WORDS("name")));
	for (int i = 0; i < count; i++)
		buf_format(&content, ODS_ROW(ODS_WORDS("%d") ODS_WORDS("%0300d")), i, i);
	buf_puts(&content,
		"</table:table></office:spreadsheet></office:body></office:document-content>");
	ods_write(desk, "a.xlsx", buf_text(&content).at, NULL);
	buf_free(&content);
}

/* The most that it takes to read the workbook, whose records are counted. */
static long memory_kib(struct desk *desk, int count)
{
	struct outcome run = run_in(desk->room->arena, ".", "'%s' '%s'", program,
		scratch_path(&desk->scratch, "a.xlsx"));
	long kib = 0, records = 0;
	if (sscanf(run.out.at, "%ld records %ld KiB", &records, &kib) != 2 || records != count)
		fail_msg("%s%s", run.out.at, run.err.at);
	return kib;
}

static void memory_does_not_grow_with_the_rows(void **state)
{
	enum { FEW = 1000, MANY = 20000, MOST_MIB = 4 };
	static const char *const kinds[] = {"shared", "its own", "ods"};
	struct desk desk = desk_new(state);
	for (int kind = 0; kind < 3; kind++) {
		long kib[2];
		for (int many = 0; many < 2; many++) {
			int count = many ? MANY : FEW;
			if (kind == 2)
				write_ods_rows(&desk, count);
			else
				write_rows(&desk, count, kind == 0);
			kib[many] = memory_kib(&desk, count);
		}
		print_message("# %s: %ld KiB, then %ld\n", kinds[kind], kib[0], kib[1]);
		assert_true(kib[1] - kib[0] < MOST_MIB * 1024 * SANITIZED);
	}
	scratch_free(&desk.scratch);
}

/* 100 MiB of blanks are 100 KiB in a zip. */
static void what_unpacks_without_end_is_refused(void **state)
{
	enum { SIZE = 100 * 1024 * 1024 };
	static const char *const parts[] = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"};
	struct desk desk = desk_new(state);
	char *blanks = malloc(SIZE + 1);
	assert_non_null(blanks);
	memset(blanks, ' ', SIZE);
	memcpy(blanks, "<a>", 3);
	blanks[SIZE] = '\0';
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const struct part part = {parts[i], blanks};
		xlsx_write(&desk, "a.xlsx", &part, 1);
		diags_clear(desk.room->diags);
		assert_null(ids_of(&desk, "a.xlsx", NULL));
		assert_only(desk.room, DIAG_BOOK_LIMIT);
		assert_non_null(strstr(diags_at(desk.room->diags, 0)->text, "200 times"));
	}
	free(blanks);
	scratch_free(&desk.scratch);
}

/* The second reader: how many records there are, and the most memory so far. */
static int read_book(const char *path)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct recipients *source = recipients_open(path, NULL, NULL, diags);
	struct recipient recipient;
	char line[256];
	int count = 0;
	while (source && recipients_next(source, arena, &recipient, diags) == RECIPIENTS_GOOD) {
		arena_reset(arena);
		count++;
	}
	recipients_close(source);
	FILE *status = fopen("/proc/self/status", "r");
	long kib = 0;
	while (status && !kib && fgets(line, sizeof line, status))
		sscanf(line, "VmHWM: %ld", &kib);
	printf("%d records %ld KiB\n", count, kib);
	if (status)
		fclose(status);
	diags_free(diags);
	arena_free(arena);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		room_test(memory_does_not_grow_with_the_rows),
		room_test(what_unpacks_without_end_is_refused),
	};
	program = argv[0];
	return argc == 2 ? read_book(argv[1]) : cmocka_run_group_tests(tests, NULL, NULL);
}
