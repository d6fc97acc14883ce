/* country.c - which country an address is in, and what its post asks of one.
 *
 * Rules stand here only where the country's post says so: most of the world's addresses are judged
 * by none. Names are English, French (as the Universal Postal Union wants the last line), German,
 * and the country's own. */
#include "locale/locale.h"

#include "base/ascii.h"

static const struct address_rule rules[] = {
	/* Royal Mail: addressee, street, town and postcode; its file of addresses has ten lines
	 * at most below the addressee. */
	{"GB", "the United Kingdom", 3, 11, NULL, "CM8 3HB"},
	/* DIN 5008: three lines of remarks and six of the address. */
	{"DE", "Germany", 3, 9, "00000 A", "01067"}, {"AT", "Austria", 3, 0, "0000 A", "1010"},
	{"CH", "Switzerland", 3, 0, "0000 A", "8001"},
	/* NF Z 10-011: six lines, and the country's below them. */
	{"FR", "France", 3, 7, "00000 A", "01000"},
	{"NL", "the Netherlands", 3, 0, "0000 AA A|0000AA A", "1012 AB"},
	{"BE", "Belgium", 3, 0, "0000 A", "1000"},
	/* Publication 28: recipient, delivery address, last line. */
	{"US", "the United States", 3, 0, "A 00000$|A 00000-0000$", "02116"}};

/* Those that have a rule, by its country. */
static const struct {
	const char *country, *names;
} ruled[] = {{"GB",
		     "United Kingdom|UK|U.K.|Great Britain|England|Scotland|Wales|Cymru|Northern "
		     "Ireland|"
		     "Royaume-Uni|Grande-Bretagne|Großbritannien|Vereinigtes Königreich|Reino "
		     "Unido|Regno Unito"},
	{"DE",
		"Germany|Deutschland|Allemagne|Alemania|Germania|Alemanha|Duitsland|Niemcy|"
		"Tyskland"},
	{"AT", "Austria|Österreich|Autriche|Oostenrijk|Østrig|Österrike"},
	{"CH", "Switzerland|Schweiz|Suisse|Svizzera|Svizra|Suiza|Zwitserland|Schweiz/Suisse"},
	{"FR", "France|Frankreich|Francia|França|Frankrijk|Frankrig|Frankrike"},
	{"NL", "Netherlands|The Netherlands|Nederland|Niederlande|Pays-Bas|Holland|Países Bajos"},
	{"BE", "Belgium|België|Belgique|Belgien|Belgio|Bélgica"},
	{"US",
		"United States|United States of America|USA|U.S.A.|États-Unis|Estados Unidos|"
		"Vereinigte Staaten|Vereinigte Staaten von Amerika|Stati Uniti"}};

static const char others[] =
	"Afghanistan|Albania|Shqipëria|Algeria|Algérie|Andorra|Angola|Argentina|Argentine|Armenia|"
	"Australia|Australie|Australien|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|"
	"Belize|"
	"Benin|Bénin|Bermuda|Bhutan|Bolivia|Bosnia and Herzegovina|Bosna i Hercegovina|Botswana|"
	"Brazil|Brasil|Brésil|Brasilien|Brunei|Bulgaria|България|Bulgarie|Bulgarien|Burkina Faso|"
	"Burundi|Cambodia|Cameroon|Cameroun|Canada|Kanada|Cape Verde|Cabo Verde|Chad|Tchad|Chile|"
	"China|Chine|中国|中國|Colombia|Colombie|Comoros|Congo|Costa Rica|Côte d'Ivoire|Ivory "
	"Coast|Croatia|"
	"Hrvatska|Croatie|Kroatien|Cuba|Cyprus|Κύπρος|Chypre|Zypern|Czechia|Czech Republic|Česko|"
	"Česká republika|Tchéquie|Tschechien|Denmark|Danmark|Danemark|Dänemark|Djibouti|Dominica|"
	"Dominican Republic|República Dominicana|Ecuador|Egypt|Égypte|Ägypten|مصر|El "
	"Salvador|Eritrea|"
	"Estonia|Eesti|Estonie|Estland|Eswatini|Ethiopia|Faroe Islands|Føroyar|Fiji|Finland|Suomi|"
	"Finlande|Finnland|Gabon|Gambia|The "
	"Gambia|Georgia|საქართველო|Géorgie|Georgien|Ghana|Gibraltar|"
	"Greece|Ελλάδα|Ελλάς|Grèce|Griechenland|Greenland|Grønland|Grenada|Guatemala|Guernsey|"
	"Guinea|Guinée|"
	"Guyana|Haiti|Haïti|Honduras|Hong "
	"Kong|香港|Hungary|Magyarország|Hongrie|Ungarn|Iceland|Ísland|"
	"Islande|Island|India|Inde|Indien|भारत|Indonesia|Iran|Iraq|Ireland|Republic of "
	"Ireland|Éire|Irlande|"
	"Irland|Isle of "
	"Man|Israel|ישראל|Israël|Italy|Italia|Italie|Italien|Jamaica|Japan|Japon|日本|Jersey|"
	"Jordan|Kazakhstan|Kenya|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Latvija|Lettonie|Lettland|"
	"Lebanon|Liban|لبنان|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Lietuva|Lituanie|"
	"Litauen|"
	"Luxembourg|Luxemburg|Lëtzebuerg|Macau|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|"
	"Malte|"
	"Mauritania|Mauritius|Maurice|Mexico|México|Mexique|Mexiko|Moldova|Monaco|Mongolia|"
	"Montenegro|"
	"Crna Gora|Morocco|Maroc|Marokko|المغرب|Mozambique|Myanmar|Namibia|Nepal|New Zealand|"
	"Nouvelle-Zélande|Neuseeland|Nicaragua|Niger|Nigeria|North Macedonia|Северна "
	"Македонија|Norway|"
	"Norge|Noreg|Norvège|Norwegen|Oman|Pakistan|Palestine|Panama|Panamá|Papua New "
	"Guinea|Paraguay|"
	"Peru|Perú|Pérou|Philippines|Pilipinas|Poland|Polska|Pologne|Polen|Portugal|Qatar|Romania|"
	"România|"
	"Roumanie|Rumänien|Russia|Russian Federation|Россия|Russie|Russland|Rwanda|San Marino|"
	"Saudi Arabia|Senegal|Sénégal|Serbia|Србија|Srbija|Serbie|Serbien|Seychelles|Sierra Leone|"
	"Singapore|Singapour|Slovakia|Slovensko|Slovaquie|Slowakei|Slovenia|Slovenija|Slovénie|"
	"Slowenien|"
	"Somalia|South Africa|Suid-Afrika|Afrique du Sud|Südafrika|South "
	"Korea|Korea|대한민국|South Sudan|"
	"Spain|España|Espagne|Spanien|Sri Lanka|Sudan|Suriname|Sweden|Sverige|Suède|Schweden|Syria|"
	"Taiwan|台灣|臺灣|Tajikistan|Tanzania|Thailand|Togo|Tonga|Trinidad and "
	"Tobago|Tunisia|Tunisie|Turkey|"
	"Türkiye|Turquie|Türkei|Turkmenistan|Uganda|Ukraine|Україна|United Arab Emirates|Uruguay|"
	"Uzbekistan|Vatican City|Venezuela|Vietnam|Viet Nam|Việt Nam|Yemen|Zambia|Zimbabwe";

/* A letter without its marks, small; 0 at the end. */
static uint32_t next_letter(struct str text, int *at)
{
	uint32_t c = 0;
	while (!c && *at < text.len)
		c = utf8_unmarked(utf8_next(text, at));
	return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

static bool is_same(struct str a, struct str b)
{
	int i = 0, k = 0;
	uint32_t x, y;
	do {
		x = next_letter(a, &i);
		y = next_letter(b, &k);
	} while (x && x == y);
	return x == y;
}

static bool is_among(struct str line, const char *names)
{
	int from = 0;
	uint32_t first = next_letter(line, &from);
	for (const char *at = names; at; at = strchr(at, '|')) {
		at += *at == '|';
		if (ascii_is_letter(*at) && (*at | 0x20) != (int)first) /* nearly all */
			continue;
		if (is_same(line, (struct str){at, (int)strcspn(at, "|")}))
			return true;
	}
	return false;
}

static bool has_digit(struct str line)
{
	for (int i = 0; i < line.len; i++)
		if (line.at[i] >= '0' && line.at[i] <= '9')
			return true;
	return false;
}

const char *country_named(struct str line)
{
	line = str_trim(line);
	if (line.len < 2 || has_digit(line)) /* most: a postcode is there */
		return NULL;
	for (size_t i = 0; i < sizeof ruled / sizeof *ruled; i++)
		if (is_among(line, ruled[i].names))
			return ruled[i].country;
	return is_among(line, others) ? "ZZ" : NULL;
}

/* The region of a tag, "CH" of gsw-Latn-CH; of Welsh the United Kingdom. */
static struct str region_of(struct str lang)
{
	struct str rest = lang, tag;
	for (int i = 0; str_split(&rest, '-', &tag); i++)
		if (i > 0 && tag.len == 2)
			return tag;
	return lang_is(lang, "cy") ? str_lit("GB") : str_lit("");
}

const struct address_rule *address_rule_find(const char *country, struct str lang)
{
	struct str wanted = country ? str_of(country) : region_of(lang);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (wanted.len == 2 && strncasecmp(wanted.at, rules[i].country, 2) == 0)
			return &rules[i];
	return NULL;
}
