/* barcode.c - codes by libzint, which is asked for the modules alone. */
#include "barcode/barcode.h"

#include "base/diag_id.h"
#include "base/library.h"

#include <zint.h>

#define FUNCTIONS(DO) \
	DO(ZBarcode_Create) DO(ZBarcode_Delete) DO(ZBarcode_Encode) DO(ZBarcode_Version)

struct zint {
	FUNCTIONS(LIBRARY_POINTER)
};

enum {
	ECI_UTF8 = 26,
	LEVEL_M = 2,
	EPC_MOST_MODULES = 17 + 4 * 13,
	SWISS_LEAST_VERSION = 14,
	SWISS_MOST_MODULES = 17 + 4 * 25
};

#define MM(hundredths) ((sp)((int64_t)(hundredths)*SP_PER_PT * 72 / 2540))

static const struct kind {
	const char *type, *name;
	int symbology, option_1, option_3;
	int least_version; /* 0: the smallest that holds the data */
	int most_modules;  /* 0: as many as there are */
	int quiet;
	sp module, least;
	bool bars, ascii;
	sp width, edge, cross; /* where they are laid down */
} kinds[] = {
	{"qr", "QR code", BARCODE_QRCODE, LEVEL_M, 0, 0, 0, 4, MM(50), MM(33)},
	{"epc", "payment code", BARCODE_QRCODE, LEVEL_M, 0, 0, EPC_MOST_MODULES, 4, MM(50), MM(33)},
	/* From version 7 to 13 the cross would lie on the pattern in the middle that readers align
	 * by, and zbar reads none. */
	{"swiss", "Swiss payment code", BARCODE_QRCODE, LEVEL_M, 0, SWISS_LEAST_VERSION,
		SWISS_MOST_MODULES, 4, 0, 0, .width = MM(4600), .edge = MM(500), .cross = MM(700)},
	{"datamatrix", "Data Matrix code", BARCODE_DATAMATRIX, 0, DM_SQUARE, 0, 0, 2, MM(50),
		MM(25)},
	{"code128", "Code 128", BARCODE_CODE128, 0, 0, 0, 0, 10, MM(33), MM(25), .bars = true,
		.ascii = true},
};

static bool load(struct zint *zint)
{
	static const char *const names[] = {FUNCTIONS(LIBRARY_NAME)};
	return library_load(ZINT_FILE, names, sizeof names / sizeof *names, zint);
}

static const struct kind *kind_of(struct str type)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(type, kinds[i].type))
			return &kinds[i];
	return NULL;
}

static bool is_ascii(struct str data)
{
	for (int i = 0; i < data.len; i++)
		if ((unsigned char)data.at[i] >= 0x80)
			return false;
	return true;
}

/* Bars are for what one can type; a scanner hands them on as if they were typed. */
static bool is_printable(struct str data)
{
	for (int i = 0; i < data.len; i++)
		if (data.at[i] < ' ' || data.at[i] > '~')
			return false;
	return true;
}

static void set_options(struct zint_symbol *symbol, const struct kind *kind, struct str data)
{
	symbol->symbology = kind->symbology;
	symbol->option_1 = kind->option_1 ? kind->option_1 : symbol->option_1;
	symbol->option_3 = kind->option_3;
	symbol->input_mode = DATA_MODE;
	symbol->eci = !is_ascii(data) ? ECI_UTF8 : 0;
}

static const struct barcode *take(
	struct arena *arena, const struct zint_symbol *symbol, const struct kind *kind)
{
	struct barcode *barcode = arena_new_array(arena, struct barcode, 1);
	int width = symbol->width, height = symbol->rows;
	uint8_t *bytes = arena_new_array(arena, uint8_t, width * height);
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			bytes[y * width + x] = symbol->encoded_data[y][x / 8] >> x % 8 & 1;
	*barcode = (struct barcode){.width = width,
		.height = height,
		.quiet = kind->quiet,
		.module = kind->width ? kind->width / width : kind->module,
		.least = kind->least,
		.bars = kind->bars,
		.edge = kind->edge,
		.cross = kind->cross,
		.bytes = bytes};
	return barcode;
}

/* version: of a QR code; 0: the smallest that holds the data. */
static const struct barcode *encode_as(struct arena *arena, const struct zint *zint,
	const struct kind *kind, struct str data, int version)
{
	const struct barcode *barcode = NULL;
	struct zint_symbol *symbol = zint->ZBarcode_Create();
	if (!symbol)
		out_of_memory();
	set_options(symbol, kind, data);
	if (version)
		symbol->option_2 = version;
	int error = zint->ZBarcode_Encode(symbol, (const unsigned char *)data.at, data.len);
	if (error == ZINT_ERROR_MEMORY)
		out_of_memory();
	if (error < ZINT_ERROR && (!kind->most_modules || symbol->width <= kind->most_modules))
		barcode = take(arena, symbol, kind);
	zint->ZBarcode_Delete(symbol);
	return barcode;
}

static const struct barcode *encode(
	struct arena *arena, const struct zint *zint, const struct kind *kind, struct str data)
{
	const struct barcode *barcode = encode_as(arena, zint, kind, data, 0);
	bool small = kind->least_version && barcode &&
		barcode->width < 17 + 4 * kind->least_version;
	return small ? encode_as(arena, zint, kind, data, kind->least_version) : barcode;
}

const struct barcode *barcode_encode(struct arena *arena, struct str type, struct str data,
	struct place place, struct diags *diags)
{
	struct zint zint;
	const struct kind *kind = kind_of(type);
	if (!kind)
		return NULL; /* which was reported */
	if (kind->ascii && !is_printable(data)) {
		diag_add(diags, BARCODE_CHARACTER, place, diag_str(diags, data));
		return NULL;
	}
	if (!load(&zint)) {
		diag_add(diags, LIBRARY, place, ZINT_PACKAGE, "a code", ZINT_PACKAGE);
		return NULL;
	}
	const struct barcode *barcode = encode(arena, &zint, kind, data);
	if (!barcode)
		diag_add(diags, BARCODE_LONG, place, diag_int(diags, data.len), kind->name);
	return barcode;
}

void barcode_library(struct buf *out)
{
	struct zint zint;
	int version = load(&zint) ? zint.ZBarcode_Version() : 0;
	if (version)
		buf_format(out, "libzint %d.%d.%d", version / 10000, version / 100 % 100,
			version % 100);
	else
		buf_puts(out, "no libzint");
}
