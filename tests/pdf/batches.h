/* batches.h - the letters that the repository makes: its own, and those of the samples. */
#ifndef TESTS_BATCHES_H
#define TESTS_BATCHES_H

/* The letters of one template, in a folder of their own. */
struct batch {
	const char *name, *template, *recipients;
	int letters;
};
static const struct batch batches[] = {
	{"vru", "templates/vru-letter.xml", "recipients", 18},
	{"school", "tests/samples/school/trip.xml", "tests/samples/school/recipients", 3},
	{"every-block", "tests/samples/every-block/letter.xml",
		"tests/samples/every-block/recipients", 3},
	{"welsh", "tests/samples/welsh/letter.xml", "tests/samples/welsh/recipients", 2},
	{"accounts", "tests/samples/accounts/letter.xml", "tests/samples/accounts/recipients", 2},
	{"museum", "tests/samples/museum/letter.xml", "tests/samples/museum/recipients", 2},
};
enum { BATCHES = sizeof batches / sizeof *batches };

#endif
