/* customs.c - what holds to a number, by the custom of a language. docs/lines.md shows the table
 * with whose custom it is, and a test holds both against each other. */
#include "text/text_int.h"

#define CODES "EUR GBP USD CHF JPY CNY SEK NOK DKK PLN CZK HUF RON AUD CAD NZD INR"

const struct custom customs[] = {
	{"", BEFORE_NUMBER, "§ §§ № # No. Nos. Art. " CODES},
	{"", BEHIND_NUMBER,
		"% ‰ ° °C °F ℃ mm cm m km m² km² m³ ha mg g kg t ml cl l L min h W kW kWh MWh Hz "
		"MB GB px pt kr kr. " CODES},
	{"en", BEFORE_NUMBER,
		"no. nos. p. pp. s. ss. para. paras. ch. chap. vol. fig. Fig. art. reg."},
	{"en", BEHIND_NUMBER, "am pm a.m. p.m. bn million billion"},
	{"cy", BEFORE_NUMBER, "Rhif rhif t. tt."},
	{"de", BEFORE_NUMBER,
		"Nr. Nrn. nr. S. Abs. Ziff. Rn. Bd. Kap. Abb. Tab. Tel. Az. ca. Kl. kl."},
	{"de", BEHIND_NUMBER, "Uhr Euro Prozent Mio. Mrd. Millionen Milliarden Std. Min."},
	{"nl", BEFORE_NUMBER, "nr. nrs. blz. p. pp. art. ca."},
	{"nl", BEHIND_NUMBER, "uur euro mln. mld. miljoen miljard"},
	{"fr", BEFORE_NUMBER, "n° N° nº Nº nos p. pp. art. chap. fig. vol. tél. h"},
	{"fr", BEHIND_NUMBER, "euros millions milliards heures"},
	{"es", BEFORE_NUMBER,
		"n.º n.os n° nº núm. núms. pág. págs. p. pp. art. arts. cap. vol. fig."},
	{"es", BEHIND_NUMBER, "euros millones"},
	{"pt", BEFORE_NUMBER, "n.º n.os nº pág. págs. p. pp. art. arts. cap. vol. fig."},
	{"pt", BEHIND_NUMBER, "euros reais milhões mil"},
	{"it", BEFORE_NUMBER, "n. nn. n° p. pp. pag. pagg. art. artt. cap. vol. fig. ore"},
	{"it", BEHIND_NUMBER, "euro milioni miliardi"},
	{"sv", BEFORE_NUMBER, "nr s. kl. kap. ca"},
	{"sv", BEHIND_NUMBER, "kronor miljoner miljarder mkr"},
	{"da", BEFORE_NUMBER, "nr. s. kl. kap. stk. ca."},
	{"da", BEHIND_NUMBER, "kroner mio. mia."},
	{"nb", BEFORE_NUMBER, "nr. s. kl. kap. ca."},
	{"nb", BEHIND_NUMBER, "kroner millioner mill."},
	{"pl", BEFORE_NUMBER, "nr s. str. art. ust. pkt godz. ok. tel."},
	{"pl", BEHIND_NUMBER, "zł gr tys. mln mld r."},
	{"cs", BEFORE_NUMBER, "č. s. str. čl. odst. tel."},
	{"cs", BEHIND_NUMBER, "Kč tis. mil. mld."},
	{"hu", BEHIND_NUMBER, "Ft forint óra millió milliárd"},
	{"ro", BEFORE_NUMBER, "nr. p. pp. art. alin. lit. cap."},
	{"ro", BEHIND_NUMBER, "lei mil. mld."},
	{"ru", BEFORE_NUMBER, "№ стр. с. ст. п. гл."},
	{"ru", BEHIND_NUMBER, "руб. коп. тыс. млн млрд г. гг. кг км м см"},
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

static bool is_one_of(struct str words, struct str word)
{
	for (struct str known; str_split(&words, ' ', &known);)
		if (str_eq(known, word))
			return true;
	return false;
}

bool has_custom(struct str lang, enum custom_kind kind, struct str word)
{
	for (const struct custom *row = customs; row->lang; row++)
		if (row->kind == kind && (!*row->lang || lang_is(lang, row->lang)) &&
			is_one_of(str_of(row->words), word))
			return true;
	return false;
}
