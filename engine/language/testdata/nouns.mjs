// Prints the names of units that Unicode CLDR has in the singular and the plural:
// what TestNounsOfCLDR expects of NounPlural. The argument is the folder with
// cldr-units-full, unpacked.
//
//	node testdata/nouns.mjs node_modules > testdata/nouns.tsv
//
// A line is: language, singular, plural.
import { readFileSync } from 'node:fs';
console.log('# Made by testdata/nouns.mjs from cldr-units-full 48.0.0.');
for (const lang of ['es', 'fr', 'pt']) {
  const file = readFileSync(`${process.argv[2]}/cldr-units-full/main/${lang}/units.json`);
  const names = new Map();
  for (const unit of Object.values(JSON.parse(file).main[lang].units.long)) {
    const [one, other] = ['one', 'other'].map(c => (unit['unitPattern-count-' + c] || '').replace('{0}', '').trim());
    if (one && other) names.set(one, other);
  }
  for (const [one, other] of [...names].sort()) console.log([lang, one, other].join('\t'));
}
