/* customs.c - what holds to a number, by the custom of a language. docs/lines.md shows the table
 * with whose custom it is, and a test holds both against each other. */
#include "text/text_int.h"

#define CODES "EUR GBP USD CHF JPY CNY SEK NOK DKK PLN CZK HUF RON AUD CAD NZD INR"

const struct custom customs[] = {
	{"", BEFORE_NUMBER, "§ §§ № # No. Nos. Art. " CODES},
	{"", BEHIND_NUMBER,
		"% ‰ ° °C °F ℃ µm mm cm m km mm² cm² m² km² cm³ m³ ha µg mg g kg t ml cl dl hl l L "
		"s min h km/h m/s V kV mA W kW MW GW kWh MWh GWh kWp kJ MJ kcal Hz kHz MHz GHz dB "
		"bar mbar kPa hPa kB MB GB TB px pt ppm dpi lb oz ft mph kr kr. " CODES},
	{"en", BEFORE_NUMBER,
		"no. nos. p. pp. s. ss. para. paras. ch. chap. vol. fig. Fig. art. reg."},
	{"en", BEHIND_NUMBER, "am pm a.m. p.m. bn million billion"},
	{"en", TIED_TO_NUMBER,
		"Section Sections section sections Act Part part Chapter Chapters chapter "
		"chapters Schedule Schedules Article Articles article articles Paragraph "
		"paragraph paragraphs Clause clause Regulation regulation Page page pages "
		"Table table Figure figure Annex annex Appendix Volume volume Note note"},
	{"en", TIED_TO_DAY,
		"January February March April May June July August September October November "
		"December"},
	{"en", TIED_TO_NAME,
		"Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Revd St Mr. Mrs. Ms. "
		"Dr. Prof. Rev. St."},
	{"en-US", TIED_TO_NUMBER,
		"January February March April May June July August September October November "
		"December"},
	{"cy", BEFORE_NUMBER, "Rhif rhif t. tt."},
	{"cy", TIED_TO_NUMBER,
		"Adran adran Deddf Rhan rhan Pennod pennod Atodlen Erthygl erthygl paragraff "
		"tudalen Tabl tabl"},
	{"cy", TIED_TO_DAY,
		"Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref "
		"Tachwedd Rhagfyr"},
	{"cy", TIED_TO_NAME, "Mr Mrs Ms Miss Mx Dr Syr"},
	{"de", BEFORE_NUMBER,
		"Nr. Nrn. nr. S. Abs. Ziff. Rn. Bd. Kap. Abb. Tab. Tel. Az. ca. Kl. kl. Fr. HRA "
		"HRB"},
	{"de", BEHIND_NUMBER, "Uhr Euro Prozent Mio. Mrd. Millionen Milliarden Std. Min."},
	{"de", TIED_TO_NUMBER,
		"Abschnitt Artikel Kapitel Paragraf Paragraph Teil Band Seite Seiten Absatz "
		"Satz Anlage Anhang Tabelle Abbildung Nummer Ziffer Zimmer Raum Postfach"},
	{"de", TIED_TO_DAY,
		"Januar Jänner Februar März April Mai Juni Juli August September Oktober "
		"November Dezember"},
	{"de", TIED_TO_NAME, "Herr Herrn Frau Dr. Prof. Ing. Mag."},
	{"nl", BEFORE_NUMBER, "nr. nrs. blz. p. pp. art. ca."},
	{"nl", BEHIND_NUMBER, "uur euro mln. mld. miljoen miljard"},
	{"nl", TIED_TO_NUMBER,
		"artikel artikelen hoofdstuk paragraaf lid deel bijlage pagina bladzijde "
		"tabel figuur"},
	{"nl", TIED_TO_DAY,
		"januari februari maart april mei juni juli augustus september oktober "
		"november december"},
	{"nl", TIED_TO_NAME, "dhr. mevr. mw. meneer mevrouw heer dr. drs. ir. ing. prof. mr."},
	{"fr", BEFORE_NUMBER, "n° N° nº Nº nos p. pp. art. chap. fig. vol. tél. h"},
	{"fr", BEHIND_NUMBER, "euros millions milliards heures"},
	{"fr", TIED_TO_NUMBER,
		"article articles chapitre section partie titre annexe page pages tableau "
		"alinéa paragraphe"},
	{"fr", TIED_TO_DAY,
		"janvier février mars avril mai juin juillet août septembre octobre novembre "
		"décembre"},
	{"fr", TIED_TO_NAME, "M. MM. Mme Mmes Mlle Dr Me Pr"},
	{"es", BEFORE_NUMBER,
		"n.º n.os n° nº núm. núms. pág. págs. p. pp. art. arts. cap. vol. fig."},
	{"es", BEHIND_NUMBER, "euros millones"},
	{"es", TIED_TO_NUMBER,
		"artículo artículos capítulo sección parte anexo página páginas tabla "
		"apartado"},
	{"es", TIED_TO_DAY,
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre "
		"noviembre diciembre"},
	{"es", TIED_TO_NAME, "Sr. Sra. Srta. Dr. Dra. D. D.ª don doña"},
	{"pt", BEFORE_NUMBER, "n.º n.os nº pág. págs. p. pp. art. arts. cap. vol. fig."},
	{"pt", BEHIND_NUMBER, "euros reais milhões mil"},
	{"pt", TIED_TO_NUMBER,
		"artigo artigos capítulo secção seção parte anexo página páginas tabela"},
	{"pt", TIED_TO_DAY,
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro "
		"novembro dezembro"},
	{"pt", TIED_TO_NAME, "Sr. Sra. Dr. Dra. Eng. D. Prof."},
	{"it", BEFORE_NUMBER, "n. nn. n° p. pp. pag. pagg. art. artt. cap. vol. fig. ore"},
	{"it", BEHIND_NUMBER, "euro milioni miliardi"},
	{"it", TIED_TO_NUMBER,
		"articolo articoli capitolo sezione parte allegato pagina pagine tabella "
		"comma"},
	{"it", TIED_TO_DAY,
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
		"novembre dicembre"},
	{"it", TIED_TO_NAME,
		"sig. sig.ra Sig. Sig.ra dott. dott.ssa Dott. Dott.ssa avv. ing. prof."},
	{"sv", BEFORE_NUMBER, "nr s. kl. kap. ca"},
	{"sv", BEHIND_NUMBER, "kronor miljoner miljarder mkr"},
	{"sv", TIED_TO_NUMBER,
		"kapitel avsnitt paragraf artikel bilaga sida sidan sidorna tabell figur del"},
	{"sv", TIED_TO_DAY,
		"januari februari mars april maj juni juli augusti september oktober november "
		"december"},
	{"sv", TIED_TO_NAME, "herr fru dr prof."},
	{"da", BEFORE_NUMBER, "nr. s. kl. kap. stk. ca."},
	{"da", BEHIND_NUMBER, "kroner mio. mia."},
	{"da", TIED_TO_NUMBER, "kapitel afsnit paragraf artikel bilag side sider tabel figur del"},
	{"da", TIED_TO_DAY,
		"januar februar marts april maj juni juli august september oktober november "
		"december"},
	{"da", TIED_TO_NAME, "hr. fru dr. prof."},
	{"nb", BEFORE_NUMBER, "nr. s. kl. kap. ca."},
	{"nb", BEHIND_NUMBER, "kroner millioner mill."},
	{"nb", TIED_TO_NUMBER, "kapittel avsnitt paragraf artikkel vedlegg side tabell figur del"},
	{"nb", TIED_TO_DAY,
		"januar februar mars april mai juni juli august september oktober november "
		"desember"},
	{"nb", TIED_TO_NAME, "herr fru dr. prof."},
	{"pl", BEFORE_NUMBER, "nr s. str. art. ust. pkt godz. ok. tel."},
	{"pl", BEHIND_NUMBER, "zł gr tys. mln mld r."},
	{"pl", TIED_TO_NUMBER,
		"artykuł artykułu rozdział rozdziału część punkt strona strony tabela "
		"załącznik"},
	{"pl", TIED_TO_DAY,
		"stycznia lutego marca kwietnia maja czerwca lipca sierpnia września "
		"października listopada grudnia"},
	{"pl", TIED_TO_NAME, "Pan Pani Pana pan pani pana p. dr prof. mgr inż."},
	{"cs", BEFORE_NUMBER, "č. s. str. čl. odst. tel."},
	{"cs", BEHIND_NUMBER, "Kč tis. mil. mld."},
	{"cs", TIED_TO_NUMBER,
		"článek článku kapitola kapitoly část strana strany příloha tabulka oddíl "
		"odstavec"},
	{"cs", TIED_TO_DAY,
		"ledna února března dubna května června července srpna září října listopadu "
		"prosince"},
	{"cs", TIED_TO_NAME, "pan paní pana Ing. Mgr. Bc. Dr. MUDr. JUDr. PhDr. prof. doc."},
	{"hu", BEHIND_NUMBER, "Ft forint óra millió milliárd"},
	{"hu", TIED_TO_NUMBER,
		"január február március április május június július augusztus szeptember "
		"október november december"},
	{"hu", TIED_TO_NAME, "dr. Dr. id. ifj."},
	{"ro", BEFORE_NUMBER, "nr. p. pp. art. alin. lit. cap."},
	{"ro", BEHIND_NUMBER, "lei mil. mld."},
	{"ro", TIED_TO_NUMBER, "articolul capitolul secțiunea partea anexa pagina tabelul"},
	{"ro", TIED_TO_DAY,
		"ianuarie februarie martie aprilie mai iunie iulie august septembrie "
		"octombrie noiembrie decembrie"},
	{"ro", TIED_TO_NAME, "dl dna dl. dna. dr. prof."},
	{"ru", BEFORE_NUMBER, "№ стр. с. ст. п. гл."},
	{"ru", BEHIND_NUMBER, "руб. коп. тыс. млн млрд г. гг. кг км м см"},
	{"ru", TIED_TO_NUMBER,
		"статья статьи раздел глава главы часть пункт страница приложение таблица"},
	{"ru", TIED_TO_DAY,
		"января февраля марта апреля мая июня июля августа сентября октября ноября "
		"декабря"},
	{"ru", TIED_TO_NAME, "г-н г-жа г-жи д-р проф."},
	{"zh", GLUED_BEFORE, "第 约 約 共"},
	{"zh", GLUED_BEHIND,
		"元 圆 角 万 萬 亿 億 千 年 月 日 号 號 时 時 点 點 分 秒 人 名 个 個 位 页 頁 条 "
		"條 款 度"},
	{"ja", GLUED_BEFORE, "第 約 計"},
	{"ja", GLUED_BEHIND,
		"円 万 億 千 年 月 日 時 分 秒 人 名 個 回 号 頁 条 項 階 歳 度 割 台 冊 枚 通"},
	{"ko", GLUED_BEFORE, "제 약 총"},
	{"ko", GLUED_BEHIND, "원 만 억 천 년 월 일 시 분 초 명 인 개 호 쪽 조 항 층 세"},
	{NULL, 0, NULL},
};

/* -- the index --------------------------------------------------------------------------------- */

/* The same word of other rows stands behind the first. */
static void add_word(
	struct custom_index *index, struct arena *arena, struct str word, const struct custom *row)
{
	int number = index->words.len;
	struct custom_word *added = vec_push(arena, &index->words);
	*added = (struct custom_word){.word = word, .row = row};
	index->longest = word.len > index->longest ? word.len : index->longest;
	uint64_t hash = str_hash(word);
	for (int64_t at; (at = map_add(&index->by_word, hash, (uint32_t)number)) >= 0; hash++) {
		struct custom_word *first = &index->words.at[at];
		if (!str_eq(first->word, word))
			continue;
		added->next = first->next;
		first->next = number;
		return;
	}
}

void customs_index(struct custom_index *index, struct arena *arena)
{
	for (const struct custom *row = customs; row->lang; row++) {
		struct str rest = str_of(row->words), word;
		while (str_split(&rest, ' ', &word))
			add_word(index, arena, word, row);
	}
}

/* The rows that have a word, or NULL. */
static const struct custom_word *find_word(const struct custom_index *index, struct str word)
{
	if (word.len > index->longest)
		return NULL;
	uint64_t hash = str_hash(word);
	for (int64_t at; (at = map_find(&index->by_word, hash)) >= 0; hash++)
		if (str_eq(index->words.at[at].word, word))
			return &index->words.at[at];
	return NULL;
}

static bool is_custom_in(struct str lang, const struct custom *row)
{
	return !*row->lang || lang_is(lang, row->lang);
}

bool has_custom(struct usage usage, enum custom_kind kind, struct str word)
{
	const struct custom_word *of = find_word(usage.customs, word);
	while (of && (of->row->kind != kind || !is_custom_in(usage.lang, of->row)))
		of = of->next ? &usage.customs->words.at[of->next] : NULL;
	return of;
}
