/* Prints how ICU spells numbers and places: what TestSpelled expects of us.
 *
 *	cc -o /tmp/spelled testdata/spelled.c $(pkg-config --libs --cflags icu-i18n icu-uc) && /tmp/spelled > testdata/spelled.tsv
 *
 * A line is: kind, language, number, expectation. */
#include <stdio.h>
#include <string.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>
#include <unicode/ulocdata.h>

static void say(const char *kind, const char *lang, UNumberFormatStyle style, const char *set, double n) {
	UErrorCode e = U_ZERO_ERROR;
	UChar name[100], text[1000];
	char out[4000];
	UNumberFormat *f = unum_open(style, NULL, 0, lang, NULL, &e);
	unum_setTextAttribute(f, UNUM_DEFAULT_RULESET, u_uastrcpy(name, set), -1, &e);
	unum_formatDouble(f, n, text, 1000, NULL, &e);
	u_strToUTF8(out, 4000, NULL, text, -1, &e);
	if (U_SUCCESS(e)) printf("%s\t%s\t%.10g\t%s\n", kind, lang, n, out);
	unum_close(f);
}

int main(void) {
	const char *langs[] = {"es", "fr", "de", "pt", "ar"};
	const char *places[] = {"%spellout-ordinal-masculine", "%spellout-ordinal-masculine", "%spellout-ordinal", "%spellout-ordinal-masculine", "%spellout-ordinal-masculine"};
	double numbers[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 19, 20, 21, 22, 30, 31, 45, 60, 70, 71, 77, 80, 81, 90, 91, 99, 100, 101, 110,
		115, 121, 199, 200, 201, 300, 500, 555, 700, 900, 999, 1000, 1001, 1100, 1234, 1999, 2000, 2001, 10000, 21000, 99999, 100000, 100001, 999999, 1000000,
		1000001, 2000000, 1234567, 1000000000};
	UVersionInfo cldr;
	char version[20];
	UErrorCode e = U_ZERO_ERROR;
	ulocdata_getCLDRVersion(cldr, &e);
	u_versionToString(cldr, version);
	printf("# Made by testdata/spelled.c with ICU %s, Unicode CLDR %s.\n", U_ICU_VERSION, version);
	for (int l = 0; l < 5; l++)
		for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) {
			say("number", langs[l], UNUM_SPELLOUT, "%spellout-numbering", numbers[i]);
			if (numbers[i] > 0 && numbers[i] <= 100) say("place", langs[l], UNUM_SPELLOUT, places[l], numbers[i]);
			if (strcmp(langs[l], "ar")) say("numeral", langs[l], UNUM_ORDINAL, strcmp(langs[l], "de") ? "%digits-ordinal-masculine" : "%digits-ordinal", numbers[i]);
		}
	return 0;
}
