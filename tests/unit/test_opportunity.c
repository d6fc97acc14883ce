/* Where lines may end: cases. That tokens are as the text as a whole is in test_tokens.c. */
#include "opportunity_desk.h"

#include <unicode/uvernum.h>

static void lines_end_where_they_may(void **state)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{"one two", "one two"},
		{"anti-slavery", "anti-|slavery"},
		{"2019-2021", "2019-2021"},
		{"work\u2014rest", "work|\u2014|rest"},
		{"non\u2011breaking", "non\u2011breaking"},
		{"10\u00A0km", "10\u00A0km"},
		{"announcement", "an<nounce=ment"},
		{"(announcement),", "(an<nounce=ment),"},
		{"Announcement\u2019s", "An<nounce=ment\u2019s"},
		{"ANNOUNCEMENT", "ANNOUNCEMENT"},
		{"announcement2", "announcement2"},
		{"self-announcement", "self-|announcement"},
		{"announce\u00ADment", "announce\u00AD=ment"},
		{"an@example.org.", "an@example.org."}, /* too short */
		{"one !", "one_!"},
		{"a .jsonl, .5, ( .x", "a .jsonl, .5, (_.x"}, /* UAX #14 would hold both */
		{"in /etc or / or .", "in /etc or_/ or_."},
		{"un .Été (x) .٣", "un .Été (x) .٣"},
		{"a\U0001F1EC\U0001F1E7 \U0001F1EA",
			"a|\U0001F1EC\U0001F1E7 \U0001F1EA"}, /* flags */
		{"a\uFFFF b", "a\uFFFF b"},
		{"\u05D0 -\u4E2D", "\u05D0 -|\u4E2D"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int again = 0; again < 2; again++)
			assert_string_equal(shown(desk, para(desk->arena, rows[i].text), true),
				rows[i].expected);
}

static void a_word_of_the_office_is_divided_before_a_name_is(void **state)
{
	static const struct {
		const char *lang, *text, *expected;
	} rows[] = {
		{"en-GB", "Announcement. Announcement", "An<nounce=ment. An<nounce=ment"},
		{"en-GB", "“Well?” “Announcement”", "“Well?” “An<nounce=ment”"},
		{"en-GB", "by Announcement: Announcement", "by An>nounce>ment: An<nounce=ment"},
		{"en-GB", "by “Announcement”, (Announcement",
			"by “An>nounce>ment”, (An>nounce>ment"},
		{"en-GB", "Dr. Announcement", "Dr.~An>nounce>ment"},
		{"en-GB", "by Information", "by In>form>a>tion"},
		{"en-GB", "by information", "by in<form=a=tion"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct node *p = para(desk->arena, rows[i].text);
		p->lang = p->first->lang = str_of(rows[i].lang);
		assert_string_equal(shown(desk, p, true), rows[i].expected);
	}
	struct node *p = para(desk->arena, "Well done.");
	note(desk->arena, p, 1);
	chars(desk->arena, p, " Announcement");
	assert_string_equal(shown(desk, p, true), "Well done.1 An<nounce=ment");
}

static void words_of_a_record_are_not_divided(void **state)
{
	static const struct {
		const char *value, *expected;
	} rows[] = {
		{"announcement", "by announcement there=fore"},
		{"Ann announce­ment", "by Ann announce­=ment there=fore"},
		{"well-being", "by well-{being there=fore"},
		{"April McCoig", "by April~McCoig there=fore"},
		{"April McCoig, Head", "by April~McCoig, Head there=fore"},
		{"April van Dijk", "by April van Dijk there=fore"},
		{"Éva Kő", "by Éva~Kő there=fore"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct node *p = para(desk->arena, "by ");
		chars(desk->arena, p, rows[i].value)->holds = HOLDS_WORDS;
		chars(desk->arena, p, " therefore");
		assert_string_equal(shown(desk, p, true), rows[i].expected);
	}
}

static void names_of_two_fields_hold_together(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "For ");
	chars(desk->arena, p, "April")->holds = HOLDS_WORDS;
	chars(desk->arena, p, " ");
	chars(desk->arena, p, "McCoig")->holds = HOLDS_WORDS;
	chars(desk->arena, p, " Head");
	assert_string_equal(shown(desk, p, false), "For&April~McCoig&Head");
}

static void words_hold_together(void **state)
{
	static const struct {
		const char *lang, *text, *expected;
	} rows[] = {
		{"en-GB", "under Section 45 of it", "under Section~45 of it"},
		{"en-GB", "(chapter 3), Part B and part of", "(chapter~3), Part~B and part of"},
		{"en-GB", "Chapter IV, Act 2015", "Chapter~IV, Act~2015"},
		{"en-GB", "In Part Two", "In&Part&Two"},
		{"en-GB", "on 7 May 2024, 17th March,", "on 7~May 2024, 17th~March,"},
		{"en-GB", "of 2019 May said", "of 2019 May said"},
		{"en-GB", "dear Mr Smith and Dr Jones", "dear Mr~Smith and Dr~Jones"},
		{"en-GB", "the Dr said", "the Dr said"},
		{"en-GB", "of the Home Office. The “Élan Vital”, Sir",
			"of the Home&Office. The “Élan&Vital”, Sir"},
		{"de", "das Innere Ministerium", "das Innere Ministerium"},
		{"en-US", "on May 7, 2024", "on May~7, 2024"},
		{"cy", "Adran 45, 7 Mai, Mr Ellis", "Adran~45, 7~Mai, Mr~Ellis"},
		{"de", "am 7. Mai, Kapitel 3, Frau Öz", "am 7.~Mai, Kapitel~3, Frau~Öz"},
		{"fr", "le 1er mai, article 3, Mme Roy", "le 1er~mai, article~3, Mme~Roy"},
		{"fr", "dit : « Oui » ; non ! si ? ‹ a › b", "dit_: «_Oui_»_; non_! si_? ‹_a_› b"},
		{"fr-CH", "« Oui » est", "«_Oui_» est"},
		{"en-GB", "their « Oui » is",
			U_ICU_VERSION_MAJOR_NUM < 74 /* UAX #14, LB15a and b */
				? "their « Oui » is"
				: "their «_Oui_» is"},
		{"es", "el 7 de mayo, la Sra. Ruiz", "el 7~de~mayo, la Sra.~Ruiz"},
		{"it", "7 maggio, articolo 3, dott. Re", "7~maggio, articolo~3, dott.~Re"},
		{"nl", "7 mei, artikel 3, dhr. Bos", "7~mei, artikel~3, dhr.~Bos"},
		{"pt", "7 de maio, artigo 3, Sra. Sá", "7~de~maio, artigo~3, Sra.~Sá"},
		{"pl", "7 maja, rozdział 3, pani Kos", "7~maja, rozdział~3, pani~Kos"},
		{"cs", "7. května, kapitola 3, paní Kos", "7.~května, kapitola~3, paní~Kos"},
		{"sv", "7 maj, kapitel 3, fru Ek", "7~maj, kapitel~3, fru~Ek"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct node *p = para(desk->arena, rows[i].text);
		p->lang = p->first->lang = str_of(rows[i].lang);
		assert_string_equal(shown(desk, p, false), rows[i].expected);
	}
}

static void groups_of_a_number_hold_together(void **state)
{
	static const struct {
		const char *lang, *text, *expected;
	} rows[] = {
		{"de", "auf DE89 3704 0044 0532 0130 00 bis",
			"auf DE89%3704%0044%0532%0130%00 bis"},
		{"en-GB", "to GB29 NWBK 6016 1331 9268 19, or",
			"to GB29%NWBK%6016%1331%9268%19, or"},
		{"en-GB", "to MT84 MALT 0110 0001 2345 MTLC AST0 01S",
			"to MT84%MALT%0110%0001%2345%MTLC%AST0%01S"},
		{"en-GB", "in GB29 or MALT", "in GB29 or MALT"},
		{"en-GB", "call (020) 7035 0000.", "call (020)%7035%0000."},
		{"en-GB", "call +44 20 7035 0000, 020 7035", "call +44%20%7035%0000, 020%7035"},
		{"de", "Tel.: 030 12 34-0, Tel. (030) 12", "Tel.:_030%12%34-0, Tel._(030)%12"},
		{"fr", "de 12 345,67 euros", "de 12%345,67_euros"},
		{"de", "am 12. 3. 2024 war", "am 12.%3.%2024 war"},
		{"en-GB", "in 2019. 20 people, 5 in 3", "in 2019. 20 people, 5 in 3"},
		{"en-GB", "at SW1A 1AA now", "at SW1A%1AA now"},
		{"en-GB", "all of 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25",
			"all of 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25"},
		{"nl", "te 1234 AB Delft", "te 1234%AB&Delft"},
		{"en-GB", "in 2019 EU law", "in 2019 EU law"},
		{"de", "Az. 12 C 34/24 und VI ZR 123/20", "Az._12%C%34/24 und VI%ZR%123/20"},
		{"de", "1 BvR 2347/15, L 7 AS 1/2024", "1%BvR%2347/15, L 7%AS%1/2024"},
		{"en-GB", "Regulation 2016/679", "Regulation~2016/679"},
		{"de", "in 99001 Ilmtal, 2026 Ilmtal", "in 99001~Ilmtal, 2026 Ilmtal"},
		{"fr", "à 71140 Évian", "à 71140~Évian"},
		{"en-GB", "of 12345 People", "of 12345 People"},
		{"ar", "٠٢٠ ١٢٣٤ ٥٦٧٨ ب", "٠٢٠%١٢٣٤%٥٦٧٨ ب"},
		{"de", "20,– Euro, 5 km/h, Fr. 20.–", "20,–_Euro, 5_km/h, Fr._20.–"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct node *p = para(desk->arena, rows[i].text);
		p->lang = p->first->lang = str_of(rows[i].lang);
		assert_string_equal(shown(desk, p, false), rows[i].expected);
	}
}

static void an_address_is_divided_at_its_joints(void **state)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{"www.gov.uk/guidance", "www.gov.uk/guidance"}, /* too short */
		{"https://www.gov.uk/anti-slavery", "https://^www`.gov`.uk/^anti`-slavery"},
		{"https://www.gov.uk/guidance/", "https://^www`.gov`.uk/^guidance/"},
		{"(https://a.example.org/~b_c.d).", "(https://^a`.example`.org/^~b`_c`.d)."},
		{"https://example.org/?a=1&b=2%20+3#end",
			"https://^example`.org/^?a`=1^&b`=2`%20`+3^#end"},
		{"announcement@example.org", "announcement@^example`.org"},
		{"john.smith+office@example.org.", "john`.smith`+office@^example`.org."},
		{"www.slaverycommissioner.uk", "www.slaverycommissioner`.uk"}, /* 20 in a piece */
		{"www.antislaverycommissioner.uk",
			"www.*a*n*t*i*s*l*a*v*e*r*y*c*o*m*m*i*s*s*i*o*n*e*r`.uk"},
		{"https://b.uk/"
		 "\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9"
		 "\u00E9\u00E9",
			"https://^b`.uk/"
			"^\u00E9*\u00E9*\u00E9*\u00E9*\u00E9*\u00E9*\u00E9*\u00E9*\u00E9*"
			"\u00E9*\u00E9*\u00E9*\u00E9\u00E9"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(
			shown(desk, para(desk->arena, rows[i].text), true), rows[i].expected);
}

static void nothing_is_hyphenated_unless_asked(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "announcement announce\u00ADment");
	assert_string_equal(shown(desk, p, true), "an<nounce=ment announce\u00AD=ment");
	assert_string_equal(shown(desk, p, false), "announcement announce\u00AD=ment");
}

static void dictionaries_go_by_language(void **state)
{
	static const struct {
		const char *lang, *expected;
	} rows[] = {
		{"en-GB", "an<nounce=ment"},
		{"en-gb", "an<nounce=ment"},
		{"en", "an<nounce=ment"},
		{"en-US", "announcement"},
		{"xx", "announcement"},
		{"../../en-GB", "announcement"},
		{"", "announcement"},
		{"en-GB-oxendict-and-much-more-than-any-file-is-called", "announcement"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct node *p = para(desk->arena, "announcement");
		p->first->lang = str_of(rows[i].lang);
		assert_string_equal(shown(desk, p, true), rows[i].expected);
	}
}

static void letters_outside_ascii_are_letters(void **state)
{
	struct desk *desk = *state;
	assert_string_equal(
		shown(desk, para(desk->arena, "\u0174announcement"), true), "\u0174an=nounce=ment");
}

static void a_mark_stays_with_its_word_and_does_not_count_as_its_part(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "(announcement)");
	note(desk->arena, p, 1);
	chars(desk->arena, p, " well ");
	note(desk->arena, p, 2);
	chars(desk->arena, p, " done");
	assert_string_equal(shown(desk, p, true), "(an<nounce=ment)1 well_2 done");
}

/* The same characters, of which others are the mark: what is kept of one is not for the other. */
static void words_of_the_same_characters_have_their_own_marks(void **state)
{
	struct desk *desk = *state;
	struct node *end = para(desk->arena, "announcement");
	struct node *within = para(desk->arena, "announce");
	note(desk->arena, end, 1);
	note(desk->arena, within, 1);
	chars(desk->arena, within, "ment");
	chars(desk->arena, end, " so");
	chars(desk->arena, within, " so");
	for (int again = 0; again < 2; again++) {
		assert_string_equal(shown(desk, end, true), "an<nounce=ment1 so");
		assert_string_equal(shown(desk, para(desk->arena, "announcement1 so"), true),
			"announcement1 so");
		assert_string_equal(shown(desk, within, true), "an<nounce1ment so");
		assert_string_equal(shown(desk, para(desk->arena, "announce1ment so"), true),
			"announce1ment so");
	}
}

static void an_address_in_parts_is_one(void **state)
{
	struct desk *desk = *state;
	struct node *p = element(desk->arena, NULL, TAG_P);
	struct node *email = element(desk->arena, p, TAG_EMAIL);
	chars(desk->arena, email, "announcement-");
	chars(desk->arena, element(desk->arena, email, TAG_EM), "office");
	assert_string_equal(shown(desk, p, true), "announcement-office");
	chars(desk->arena, email, "@example.org");
	assert_string_equal(shown(desk, p, true), "announcement`-office@^example`.org");
}

static void numbers_hold_to_what_counts_them(void **state)
{
	static const struct {
		const char *lang, *text, *expected;
	} rows[] = {
		{"en-GB", "about 12 % of them", "about 12_% of them"},
		{"en-GB", "(see No. 7).", "(see No._7)."},
		{"en-GB", "No. That is 7 of 8", "No. That is 7 of 8"},
		{"en-GB", "a box of 5 kg.", "a box of 5_kg."},
		{"en-GB", "at 10 a.m., on p. 3", "at 10_a.m., on p._3"},
		{"en-GB", "EUR 9, or £ 9, or -£5", "EUR_9, or £_9, or -£5"},
		{"en-GB", "5 kings", "5 kings"},
		{"en-GB", "I have 5 mice", "I have 5 mice"},
		{"en-GB", "nach 5 Uhr", "nach 5 Uhr"},
		{"de", "nach § 5 Abs. 2 BGB", "nach §_5 Abs._2 BGB"},
		{"de", "um 12 Uhr, „Nr. 5“", "um 12_Uhr, „Nr._5“"},
		{"de-CH", "3 Mio. Franken", "3_Mio. Franken"},
		{"fr", "le n° 12, p. 3", "le n°_12, p._3"},
		{"fr", "12 500 €, à 14 h 30", "12%500_€, à 14_h_30"},
		{"es", "pág. 7 de 30 euros", "pág._7 de 30_euros"},
		{"da", "kl. 5, 5 kr.", "kl._5, 5_kr."},
		{"pl", "ok. 5 tys.", "ok._5_tys."},
		{"cs", "č. 7, 100 Kč", "č._7, 100_Kč"},
		{"ru", "ст. 12, 5 руб.", "ст._12, 5_руб."},
		{"hi", "₹ ५०० और", "₹_५०० और"},
		{"zh", "第3条", "第3条"},
		{"zh", "共5万元整", "共5万元|整"},
		{"ja", "第3条", "第3条"},
		{"ko", "5월 7일", "5월 7일"},
		{"ja", "3冊の本", "3冊|の|本"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct node *p = para(desk->arena, rows[i].text);
		p->lang = p->first->lang = str_of(rows[i].lang);
		assert_string_equal(shown(desk, p, false), rows[i].expected);
	}
}

static void a_value_is_one_thing(void **state)
{
	static const struct {
		const char *value, *expected;
		enum holds holds;
	} rows[] = {
		{"1 234,50 €", "a 1_234,50_€ b", HOLDS_VALUE},
		{"−£57.93", "a −£57.93 b", HOLDS_VALUE},
		{"-57.93 zł", "a -57.93_zł b", HOLDS_VALUE},
		{"$-5/6", "a $-5/6 b", HOLDS_VALUE},
		{"2:30 PM", "a 2:30_PM b", HOLDS_VALUE},
		{"￥1250.50", "a ￥1250.50 b", HOLDS_VALUE},
		{"7 September 2024", "a 7_September 2024 b", HOLDS_DATE},
		{"May 7, 2024", "a May_7, 2024 b", HOLDS_DATE},
		{"7 de mayo de 2024", "a 7_de_mayo_de 2024 b", HOLDS_DATE},
		{"2024. május 7.", "a 2024. május_7. b", HOLDS_DATE},
		{"2024年5月7日", "a 2024年5月7日 b", HOLDS_DATE},
		{"7 September 2024", "a 7~Septem>ber 2024 b", HOLDS_NOTHING},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct node *p = para(desk->arena, "a ");
		struct node *value = chars(desk->arena, p, rows[i].value);
		value->holds = rows[i].holds;
		chars(desk->arena, p, " b");
		assert_string_equal(shown(desk, p, true), rows[i].expected);
	}
}

static void a_br_forces(void **state)
{
	struct desk *desk = *state;
	struct node *p = para(desk->arena, "one");
	element(desk->arena, p, TAG_BR);
	element(desk->arena, p, TAG_BR);
	chars(desk->arena, p, "two three");
	assert_string_equal(shown(desk, p, true), "one # #two three");
}

static void east_asian_lines_are_strict_unless_loose_ones_are_asked_for(void **state)
{
	static const char *const cases[][4] = {
		{"ja", "ちょっと本", "ちょっ|と|本", "ち|ょ|っ|と|本"},
		{"ja", "「カー」人々", "「カー」|人々", "「カ|ー」|人|々"},
		{"zh", "他说：“好。”对", "他|说：|“好。”|对", "他|说|：|“好。”|对"},
		{"ko", "도서관을 연다", "도/서/관/을 연/다", "도|서|관|을 연|다"},
		{"en", "회원증(會員證)은 會員", "회/원/증/(會/員/證)/은 會|員",
			"회|원|증|(會|員|證)|은 會|員"},
		{"ja", "会員회원証", "会|員/회/원/証", "会|員|회|원|証"},
		{"ko", "會員證", "會/員/證", "會|員|證"},
		{"ko", "회원증(會員證)은", "회/원/증/(會/員/證)/은", "회|원|증|(會|員|證)|은"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (int loose = 0; loose < 2; loose++) {
			struct node *p = para(desk->arena, cases[i][1]);
			p->lang = p->first->lang = str_of(cases[i][0]);
			desk->loose = loose;
			assert_string_equal(shown(desk, p, false), cases[i][2 + loose]);
		}
}

/* A dictionary tells the words of these apart. */
static void words_without_blanks_are_told_apart(void **state)
{
	static const char *const cases[][3] = {
		{"th", "ห้องสมุดชุมชนบ้านสวน", "ห้อง|สมุด|ชุมชน|บ้าน|สวน"},
		{"lo", "ປະເທດລາວ", "ປະເທດ|ລາວ"},
		{"km", "សូមអរគុណ", "សូម|អរគុណ"},
		{"my", "မြန်မာစာ", "မြန်မာ|စာ"},
		{"en", "ห้องสมุดชุมชน", "ห้อง|สมุด|ชุมชน"},
	};
	struct desk *desk = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct node *p = para(desk->arena, cases[i][1]);
		p->lang = p->first->lang = str_of(cases[i][0]);
		assert_string_equal(shown(desk, p, true), cases[i][2]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		desk_test(lines_end_where_they_may),
		desk_test(an_address_is_divided_at_its_joints),
		desk_test(a_word_of_the_office_is_divided_before_a_name_is),
		desk_test(words_of_a_record_are_not_divided),
		desk_test(east_asian_lines_are_strict_unless_loose_ones_are_asked_for),
		desk_test(words_without_blanks_are_told_apart),
		desk_test(names_of_two_fields_hold_together),
		desk_test(words_hold_together),
		desk_test(groups_of_a_number_hold_together),
		desk_test(nothing_is_hyphenated_unless_asked),
		desk_test(dictionaries_go_by_language),
		desk_test(letters_outside_ascii_are_letters),
		desk_test(a_mark_stays_with_its_word_and_does_not_count_as_its_part),
		desk_test(words_of_the_same_characters_have_their_own_marks),
		desk_test(an_address_in_parts_is_one),
		desk_test(numbers_hold_to_what_counts_them),
		desk_test(a_value_is_one_thing),
		desk_test(a_br_forces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
