// Prints what the Intl of this Node says about numbers, counts, places, lists,
// sums of money and dates in six languages: what TestIntl expects of us.
//
//	node testdata/intl.mjs > testdata/intl.tsv
//
// A line is: kind, language, input, expectation. Digits are Latin, as ours are.
const { node, icu, cldr } = process.versions;
console.log(`# Made by testdata/intl.mjs with Node ${node}, ICU ${icu}, Unicode CLDR ${cldr}.`);
const say = (...cells) => console.log(cells.join('\t'));
const locales = { en: 'en-US', es: 'es-ES', fr: 'fr-FR', de: 'de-DE', pt: 'pt-BR', ar: 'ar-EG' };
const money = { en: 'USD', es: 'EUR', fr: 'EUR', de: 'EUR', pt: 'BRL', ar: 'EGP' };
const counts = [0, 1, 2, 3, 5, 10, 11, 12, 21, 22, 99, 100, 101, 102, 103, 1000, 1000000, 1.5];
const dates = ['2024-03-05T15:04:09Z', '1999-12-31T23:59:59Z', '2024-02-29T00:00:00Z', '2025-09-01T12:30:00Z'];

for (const [lang, locale] of Object.entries(locales)) {
  const l = locale + '-u-nu-latn';
  for (const n of counts) {
    say('count', lang, n, new Intl.PluralRules(lang).select(n));
    if (Number.isInteger(n)) say('place', lang, n, new Intl.PluralRules(lang, { type: 'ordinal' }).select(n));
  }
  for (const unit of ['year', 'month', 'day', 'hour', 'minute', 'second'])
    for (const n of [0, 1, 2, 3, 11, 100])
      say('unit ' + unit, lang, n, new Intl.NumberFormat(lang + '-u-nu-latn', { style: 'unit', unit, unitDisplay: 'long' }).format(n));
  for (const n of [0, 12, 999, 1234, 12345, 1234567, -5])
    say('number', locale, n, new Intl.NumberFormat(l).format(n));
  for (const n of [0, 5, 45.2, 999.99, 1234.5, 12345.67, 1234567.89, -5, -1234.5])
    say('money', locale, n, new Intl.NumberFormat(l, { style: 'currency', currency: money[lang] }).format(n));
  const and = new Intl.ListFormat(lang, { type: 'conjunction' });
  for (const list of [['A'], ['A', 'B'], ['A', 'B', 'C'], ['A', 'B', 'C', 'D']])
    say('list', lang, list.join(' '), and.format(list));
  for (const date of dates) {
    for (const style of ['short', 'medium', 'long', 'full'])
      say('date ' + style, lang, date, new Intl.DateTimeFormat(lang + '-u-nu-latn-ca-gregory', { dateStyle: style, timeZone: 'UTC' }).format(new Date(date)));
    for (const style of ['short', 'medium'])
      say('time ' + style, lang, date, new Intl.DateTimeFormat(lang + '-u-nu-latn-ca-gregory', { timeStyle: style, timeZone: 'UTC' }).format(new Date(date)));
  }
  for (let m = 0; m < 12; m++)
    say('month', lang, m + 1, new Intl.DateTimeFormat(lang + '-u-nu-latn-ca-gregory', { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, m, 15))));
  for (let d = 1; d <= 7; d++)
    say('weekday', lang, d, new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, d))));
}
