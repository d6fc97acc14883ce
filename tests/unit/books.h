/* books.h - workbooks for tests, from the rows of their sheets. */
#ifndef TESTS_UNIT_BOOKS_H
#define TESTS_UNIT_BOOKS_H

#include "sources.h"
#include "support/zip.h"

#define MAIN "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
#define RELATED "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* A part of a workbook: its name and what stands in it. */
struct part {
	const char *name, *text;
};

static const struct part xlsx_parts[] = {
	{"[Content_Types].xml",
		"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"},
	{"_rels/.rels",
		"<Relationships><Relationship Id='r' Type='" RELATED
		"/officeDocument' Target='xl/workbook.xml'/></Relationships>"},
	{"xl/_rels/workbook.xml.rels",
		"<Relationships><Relationship Id='a' Type='" RELATED
		"/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='" RELATED
		"/worksheet' Target='/xl/worksheets/sheet2.xml'/><Relationship Id='c' "
		"Type='" RELATED
		"/styles' Target='./styles.xml'/><Relationship Id='d' Type='" RELATED
		"/sharedStrings' Target='../xl/sharedStrings.xml'/></Relationships>"},
	{"xl/workbook.xml",
		"<workbook " MAIN " xmlns:r='" RELATED
		"'><sheets><sheet name='People' sheetId='1' r:id='a'/>"
		"<sheet name='Other' sheetId='2' r:id='b'/></sheets></workbook>"},
	{"xl/styles.xml", "<styleSheet " MAIN "/>"}, {"xl/sharedStrings.xml", "<sst " MAIN "/>"},
	{"xl/worksheets/sheet1.xml", "<worksheet " MAIN "><sheetData/></worksheet>"},
	{"xl/worksheets/sheet2.xml", "<worksheet " MAIN "><sheetData/></worksheet>"}};
enum { XLSX_PARTS = sizeof xlsx_parts / sizeof *xlsx_parts };

/* An .xlsx in which some parts are others; those with the text "" are left out. */
static inline void xlsx_write(
	struct desk *desk, const char *name, const struct part *instead, int count)
{
	struct zip_part parts[XLSX_PARTS];
	for (int i = 0; i < XLSX_PARTS; i++) {
		const char *text = xlsx_parts[i].text;
		for (int k = 0; k < count; k++)
			if (strcmp(instead[k].name, xlsx_parts[i].name) == 0)
				text = instead[k].text;
		parts[i] = (struct zip_part){
			xlsx_parts[i].name, *text ? str_of(text) : (struct str){0}};
	}
	zip_write(scratch_path(&desk->scratch, name), parts, XLSX_PARTS, false);
}

/* A sheet's part: its rows, and what follows them. */
static inline const char *xlsx_sheet(struct room *room, const char *rows, const char *behind)
{
	return str_format(room->arena,
		"<worksheet " MAIN "><sheetData>%s</sheetData>%s</worksheet>", rows, behind)
		.at;
}

/* "name" in a cell, as some programs write it. */
#define WORDS(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"
#define ROW(cells) "<row>" cells "</row>"

/* An .xlsx of one sheet with these rows. */
static inline void xlsx_of_rows(struct desk *desk, const char *name, const char *rows)
{
	const struct part sheet = {"xl/worksheets/sheet1.xml", xlsx_sheet(desk->room, rows, "")};
	xlsx_write(desk, name, &sheet, 1);
}

/* -- OpenDocument ------------------------------------------------------------------------------ */

#define ODS_NAMES                                                             \
	"xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "    \
	"xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "      \
	"xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "      \
	"xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "        \
	"xmlns:number='urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0' " \
	"xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' "     \
	"xmlns:calcext='urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0'"

/* An .ods of content.xml and perhaps one part more. */
static inline void ods_write(
	struct desk *desk, const char *name, const char *content, const struct part *more)
{
	struct zip_part parts[] = {
		{"mimetype", str_lit("application/vnd.oasis.opendocument.spreadsheet")},
		{"content.xml", content ? str_of(content) : (struct str){0}},
		{more ? more->name : "", more ? str_of(more->text) : (struct str){0}}};
	zip_write(scratch_path(&desk->scratch, name), parts, 3, false);
}

static inline const char *ods_content(struct room *room, const char *styles, const char *sheets)
{
	return str_format(room->arena,
		"<office:document-content " ODS_NAMES "><office:automatic-styles>%s"
		"</office:automatic-styles><office:body><office:spreadsheet>"
		"<table:tracked-changes><table:table table:name='Gone'/></table:tracked-changes>%s"
		"</office:spreadsheet></office:body></office:document-content>",
		styles, sheets)
		.at;
}

#define ODS_WORDS(text)                                                            \
	"<table:table-cell office:value-type='string'><text:p>" text "</text:p></" \
	"table:table-cell>"
#define ODS_ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define ODS_SHEET(name, rows) "<table:table table:name='" name "'>" rows "</table:table>"

#endif
