/* xmp.c - a letter's metadata → its XMP packet (ISO 16684-1; ISO 19005-2 6.6, ISO 14289-1 5; ISO
 * 19005-4 6.7, ISO 14289-2 5).
 *
 * It says the same as Info does (meta.c), and which standards the file keeps. That of PDF/UA-1 has
 * a property that PDF/A-2 does not know, so it is described by an extension schema; PDF/A-4 knows
 * no such schemas. What a file of PDF/UA-2 is good for, Well-Tagged PDF has names. */
#include "pdf/pdf_int.h"

static const char head[] =
	"<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	"<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
	" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
	" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
	" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
	" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
	" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n";

static const char extension[] =
	"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
	"<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
	"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
	"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
	"<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
	"<pdfaProperty:name>part</pdfaProperty:name>"
	"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
	"<pdfaProperty:category>internal</pdfaProperty:category>"
	"<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
	"</rdf:li></rdf:Seq></pdfaSchema:property>"
	"</rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

static const char declarations[] =
	"<pdfd:declarations xmlns:pdfd=\"http://pdfa.org/declarations/\"><rdf:Bag>"
	"<rdf:li rdf:parseType=\"Resource\"><pdfd:conformsTo>"
	"http://pdfa.org/declarations/wtpdf#accessibility1.0"
	"</pdfd:conformsTo></rdf:li>"
	"<rdf:li rdf:parseType=\"Resource\"><pdfd:conformsTo>"
	"http://pdfa.org/declarations/wtpdf#reuse1.0"
	"</pdfd:conformsTo></rdf:li>"
	"</rdf:Bag></pdfd:declarations>\n";

static const char tail[] = "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";

static void put_element(struct buf *out, const char *open, struct str text, const char *close)
{
	if (text.len == 0)
		return;
	buf_puts(out, open);
	buf_xml(out, text);
	buf_puts(out, close);
}

/* Keywords are parted by commas; the whole text is pdf:Keywords, as in Info. */
static void put_keywords(struct buf *out, struct str keywords)
{
	put_element(out, "<pdf:Keywords>", keywords, "</pdf:Keywords>\n");
	if (keywords.len == 0)
		return;
	buf_puts(out, "<dc:subject><rdf:Bag>");
	for (struct str part; str_split(&keywords, ',', &part);)
		put_element(out, "<rdf:li>", str_trim(part), "</rdf:li>");
	buf_puts(out, "</rdf:Bag></dc:subject>\n");
}

/* By standard, and with attached files or not. */
static const char *const claims[][2] = {
	[STANDARD_UA1_A2] = {"<pdfuaid:part>1</pdfuaid:part>\n<pdfaid:part>2</pdfaid:part>\n"
			     "<pdfaid:conformance>A</pdfaid:conformance>\n",
		"<pdfuaid:part>1</pdfuaid:part>\n<pdfaid:part>3</pdfaid:part>\n"
		"<pdfaid:conformance>A</pdfaid:conformance>\n"},
	[STANDARD_UA2_A4] = {"<pdfuaid:part>2</pdfuaid:part>\n<pdfuaid:rev>2024</pdfuaid:rev>\n"
			     "<pdfaid:part>4</pdfaid:part>\n<pdfaid:rev>2020</pdfaid:rev>\n",
		"<pdfuaid:part>2</pdfuaid:part>\n<pdfuaid:rev>2024</pdfuaid:rev>\n"
		"<pdfaid:part>4</pdfaid:part>\n<pdfaid:rev>2020</pdfaid:rev>\n"
		"<pdfaid:conformance>F</pdfaid:conformance>\n"},
};

static void put_title(struct buf *out, struct str title)
{
	put_element(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", title,
		"</rdf:li></rdf:Alt></dc:title>\n");
}

/* What made it, and when. */
static void put_origin(struct buf *out, struct str time)
{
	char producer[META_PRODUCER_SIZE];
	put_element(out, "<pdf:Producer>", meta_producer(producer), "</pdf:Producer>\n");
	put_element(out, "<xmp:CreatorTool>", str_of(meta_creator), "</xmp:CreatorTool>\n");
	put_element(out, "<xmp:CreateDate>", time, "</xmp:CreateDate>\n");
	put_element(out, "<xmp:ModifyDate>", time, "</xmp:ModifyDate>\n");
	put_element(out, "<xmp:MetadataDate>", time, "</xmp:MetadataDate>\n");
}

void xmp_put_bundle(struct buf *out, struct str title, struct str time)
{
	buf_puts(out, head);
	buf_puts(out, "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n");
	put_title(out, title);
	put_origin(out, time);
	buf_puts(out, tail);
}

void xmp_put(struct buf *out, const struct tags *tags, bool attached, struct str time)
{
	const struct letter *letter = tags->letter;
	buf_puts(out, head);
	buf_puts(out, claims[tags->standard][attached]);
	put_title(out, letter->title);
	put_element(out, "<dc:creator><rdf:Seq><rdf:li>", letter->author,
		"</rdf:li></rdf:Seq></dc:creator>\n");
	put_element(out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
		letter->description, "</rdf:li></rdf:Alt></dc:description>\n");
	put_element(out, "<dc:language><rdf:Bag><rdf:li>", letter->lang,
		"</rdf:li></rdf:Bag></dc:language>\n");
	put_keywords(out, letter->keywords);
	put_origin(out, time);
	buf_puts(out, tags->standard == STANDARD_UA2_A4 ? declarations : extension);
	buf_puts(out, tail);
}
