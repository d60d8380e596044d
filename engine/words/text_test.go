package words_test

import "testing"

func TestText(t *testing.T) {
	s := open(t)
	s.must("none = None\nempty = DAEmpty()\n0")
	s.table([][2]string{
		{"capitalize('fred SMITH')", "'Fred SMITH'"}, {"capitalize('a')", "'a'"}, {"capitalize('')", "''"}, {"capitalize(12)", "'12'"},
		{"title_case('the importance of being ernest')", "'The Importance of Being Ernest'"},
		{"title_case('THE LAW OF THE SEA')", "'The Law of the Sea'"},
		{"plain('  ')", "''"}, {"plain(None)", "''"}, {"plain('', 'none given')", "'none given'"}, {"plain('x')", "'x'"}, {"plain(5)", "5"},
		{"bold('a*b')", "'**ab**'"}, {"bold('')", "''"}, {"bold(None, default='n/a')", "'**n/a**'"},
		{"italic('a_b')", "'_ab_'"}, {"italic(' ', 'n/a')", "'_n/a_'"},
		{"indent('a\\r\\nb')", "'    a\\n    b'"}, {"indent('a', by=2)", "'  a'"},
		{"single_paragraph('a\\n\\nb\\r\\nc')", "'a b c'"}, {"single_to_double_newlines('a\\nb')", "'a\\n\\nb'"},
		{"quote_paragraphs('a\\n\\nb')", "'> a\\n> \\n> b'"},
		{"fix_punctuation('Hello ')", "'Hello.'"}, {"fix_punctuation('Hello?')", "'Hello?'"},
		{"fix_punctuation('Hello', mark='!')", "'Hello!'"}, {"fix_punctuation('Hello. ', mark='')", "'Hello.'"},
		{"fix_punctuation('Hello?', other_marks=['!'])", "'Hello?.'"},
		{"space_to_underscore('a b/c é.txt')", "'a_b_c_.txt'"}, {"space_to_underscore(\"Joe's file.pdf\")", "'Joes_file.pdf'"},
		{"verbatim('*a* <b> & 1. #')", "'<span>&#42;a&#42; &lt;b&gt; &amp; 1&#46; &#35;</span>'"},
		{"redact('a b')", "'[REDACTION_WORD a][REDACTION_SPACE][REDACTION_WORD b]'"},
		{"raw(5)", "5"},
	})
}

func TestNumbers(t *testing.T) {
	open(t).table([][2]string{
		{"nice_number(4)", "'four'"}, {"nice_number(5.1)", "'5.1'"}, {"nice_number(10, capitalize=True)", "'Ten'"},
		{"nice_number(0.5)", "'0.5'"}, {"nice_number(11)", "'11'"}, {"nice_number(501, use_word=True)", "'five hundred and one'"},
		{"nice_number(5.0)", "'five'"}, {"nice_number(5.1, use_word=True)", "'five point one'"}, {"nice_number(23423)", "'23,423'"},
		{"nice_number(-1)", "'-1'"}, {"nice_number('3')", "'three'"}, {"nice_number(-1, use_word=True)", "'minus one'"},
		{"nice_number(12873818.27774)", "'12,873,818.28'"}, {"nice_number(2.001)", "'2'"}, {"nice_number(3, use_word=False)", "'3'"},
		{"nice_number('many')", "ValueError: could not convert string to float: 'many'"},
		{"ordinal(0)", "'first'"}, {"ordinal(1, capitalize=True)", "'Second'"}, {"ordinal('2.7')", "'third'"}, {"ordinal(-1)", "'zeroth'"},
		{"ordinal_number(8)", "'eighth'"}, {"ordinal_number(11)", "'11th'"}, {"ordinal_number(21)", "'21st'"},
		{"ordinal_number(111)", "'111th'"}, {"ordinal_number(8, use_word=False)", "'8th'"},
		{"ordinal_number(523, use_word=True)", "'five hundred and twenty-third'"}, {"ordinal_number('zzz')", "'zeroth'"},
		{"quantity_noun(2, 'apple')", "'two apples'"}, {"quantity_noun(1.5, 'apple')", "'two apples'"}, {"quantity_noun(1, 'apples')", "'one apple'"},
		{"quantity_noun(144, 'apple')", "'144 apples'"}, {"quantity_noun(0, 'apple')", "'zero apples'"},
		{"quantity_noun(1.5, 'apple', as_integer=False)", "'1.5 apples'"}, {"quantity_noun(2, 'apple', capitalize=True)", "'Two apples'"},
		{"quantity_noun('2', 'apple')", "TypeError: quantity_noun() needs a number, not str"},
		{"[alpha(n) for n in (0, 25, 26, 701, 702)]", "['A', 'Z', 'AA', 'ZZ', 'AAA']"}, {"alpha(1, case='lower')", "'b'"},
		{"[roman(n) for n in (0, 3, 8, 1983)]", "['I', 'IV', 'IX', 'MCMLXXXIV']"}, {"roman(3, case='lower')", "'iv'"},
		{"roman(3999)", "ValueError: Argument must be between 1 and 3999"}, {"roman('x')", "TypeError: expected integer, got <class 'str'>"},
		{"[item_label(2, level) for level in range(8)]", "['III.', 'C.', '3.', 'c)', '(3)', '(c)', 'iii)', 'III.']"},
		{"item_label(2, 1, punctuation=False)", "'C'"},
	})
}

func TestLists(t *testing.T) {
	s := open(t)
	s.must("l = DAList('l', elements=['x', 'y', 'z'], gathered=True, there_are_any=True)\n0")
	s.table([][2]string{
		{"comma_and_list()", "''"}, {"comma_and_list('a')", "'a'"}, {"comma_and_list('a', 'b')", "'a and b'"},
		{"comma_and_list(['a', 'b', 'c'])", "'a, b, and c'"}, {"comma_and_list('a', 'b', 'c', oxford=False)", "'a, b and c'"},
		{"comma_and_list('a', 'b', 'c', comma_string='; ')", "'a; b; and c'"}, {"comma_and_list('a', 'b', 'c', before_and='---')", "'a, b,---and c'"},
		{"comma_and_list('a', 'b', and_string='or')", "'a or b'"}, {"comma_and_list({'k': 1, 'm': 2}, 5)", "'k, m, and 5'"},
		{"comma_and_list(l)", "'x, y, and z'"}, {"comma_and_list(n for n in range(2))", "'0 and 1'"},
		{"comma_and_list('a', 'b', language='es')", "'a y b'"},
		{"comma_list('a', 'b', 'c')", "'a, b, c'"}, {"comma_list(['a', 'b'], comma_string='; ')", "'a; b'"},
		{"add_separators(['a', 'b', 'c'])", "['a;', 'b; and', 'c.']"}, {"add_separators(['a'])", "['a.']"}, {"add_separators([])", "[]"},
	})
}

func TestMoney(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"currency(45.2)", "'$45.20'"}, {"currency(45)", "'$45.00'"}, {"currency(-5)", "'-$5.00'"}, {"currency(1234567.89)", "'$1,234,567.89'"},
		{"currency(45.99, decimals=False)", "'$45'"}, {"currency(5, symbol='€')", "'€5.00'"}, {"currency('abc')", "''"},
		{"currency('12')", "'$12.00'"}, {"currency(None)", "''"}, {"currency(DAEmpty())", "''"}, {"currency(wage)", "wants wage"},
		{"currency_symbol()", "'$'"}, {"get_locale()", "None"}, {"get_locale('currency_symbol')", "'$'"},
		{"period_list()", "[[12, 'Per Month'], [1, 'Per Year'], [52, 'Per Week'], [24, 'Twice Per Month'], [26, 'Every Two Weeks']]"},
		{"name_suffix()", "['Jr', 'Sr', 'II', 'III', 'IV', 'V', 'VI']"},
		{"set_locale('FR.utf8', currency_symbol='F')\nget_locale()", "'FR.utf8'"}, {"currency_symbol()", "'F'"},
		{"set_locale('US.utf8')\ncurrency(5)", "'$5.00'"}, {"set_locale('de_DE.utf8')\ncurrency(1234.5)", "'$1,234.50'"},
		{"update_locale()\n[currency(1234.5), nice_number(1234567)]", "['1.234,50\\xa0€', '1.234.567']"}, {"currency(5, symbol='$', symbol_precedes=True)", "'$\\xa05,00'"},
		{"set_locale('GB.utf8')\nupdate_locale()\ncurrency(5)", "'£5.00'"}, {"set_locale('nonsense')\nupdate_locale()\ncurrency(5)", "'$5.00'"},
		{"set_locale(nonsense=1)", "DAError: set_locale: nonsense is not a convention of a locale or cannot have that value"},
	})
}

func TestInflection(t *testing.T) {
	s := open(t)
	s.must("l = DAList('l', elements=[1], gathered=True, there_are_any=True)\n0")
	s.table([][2]string{
		{"noun_plural('friend')", "'friends'"}, {"noun_plural('friend', 1)", "'friend'"}, {"noun_plural('friend', '')", "'friend'"},
		{"noun_plural('friend', True)", "'friend'"}, {"noun_plural('friend', [1, 2])", "'friends'"}, {"noun_plural('friend', [])", "'friends'"},
		{"noun_plural('friend', l)", "'friend'"}, {"noun_plural('children')", "'children'"}, {"noun_plural('child', capitalize=True)", "'Children'"},
		{"noun_plural('hour', noun_is_singular=True)", "'hours'"}, {"noun_singular('children')", "'child'"},
		{"noun_singular('children', 2)", "'children'"}, {"noun_singular('children', 1)", "'child'"},
		{"indefinite_article('Apple')", "'an Apple'"}, {"indefinite_article('hour')", "'an hour'"}, {"indefinite_article('university')", "'a university'"},
		{"indefinite_article('honest man')", "'an honest man'"}, {"indefinite_article('e-mail', capitalize=True)", "'An e-mail'"},
		{"verb_present('helped')", "'helps'"}, {"verb_present('helped', '1sg')", "'help'"}, {"verb_present('is', tense='1sg')", "'am'"},
		{"verb_past('help')", "'helped'"}, {"verb_past('help', 'ppl')", "'helped'"},
		{"word('fish')", "'fish'"}, {"word(True)", "'yes'"}, {"word(False)", "'no'"}, {"word(None)", "\"I don't know\""},
		{"word('fish', capitalize=True)", "'Fish'"}, {"word('Continue', language='es')", "'Seguir'"}, {"word('Continue', 'es')", "'Seguir'"},
		{"word('This field is required.')", "'You need to fill this in.'"},
	})
}

func TestForms(t *testing.T) {
	open(t).table([][2]string{
		{"yesno(True)", "'Yes'"}, {"yesno(0)", "'No'"}, {"yesno(None)", "''"}, {"yesno('')", "''"}, {"yesno(DAEmpty())", "''"},
		{"yesno(True, invert=True)", "'No'"}, {"noyes(True)", "'No'"}, {"noyes(False)", "'Yes'"}, {"yesno(answer)", "wants answer"},
		{"split('hello world foo bar', 5, 0)", "'hello'"}, {"split('hello world foo bar', 5, 1)", "'world foo bar'"},
		{"split('hello world foo bar baz', [5, 6], 'all')", "['hello', 'world', 'foo bar baz']"}, {"split('a', 5, 7)", "''"},
	})
}

func TestPlaces(t *testing.T) {
	s := open(t)
	s.table([][2]string{
		{"len(countries_list())", "249"}, {"countries_list()[0]", "{'AF': 'Afghanistan'}"}, {"country_name('US')", "'United States'"},
		{"country_name('QQ')", "DAError: country_name: 'QQ' is not the code of a country"},
		{"iso_country('germany')", "'DE'"}, {"iso_country('US', 'alpha_3')", "'USA'"}, {"iso_country('Nowhere')", "DAError: Invalid country: Nowhere"},
		{"iso_country('US', 'flag')", "DAError: iso_country: unknown part"},
		{"len(states_list())", "57"}, {"states_list()['NY']", "'New York'"}, {"states_list('CA')['ON']", "'Ontario'"}, {"states_list('QQ')", "{}"},
		{"states_list(abbreviate=True)['NY']", "'NY'"}, {"state_name('PA')", "'Pennsylvania'"}, {"state_name('QQ')", "'QQ'"},
		{"subdivision_type('US')", "'State'"}, {"subdivision_type('QQ')", "None"}, {"map_of()", "'(Unable to display map)'"},
		{"get_country()", "'US'"}, {"set_country('GB')\nget_country()", "'GB'"},
		{"us.states.lookup('new york').abbr", "'NY'"}, {"us.states.mapping('abbr', 'name')['VT']", "'Vermont'"}, {"len(us.STATES)", "50"},
		{"str(us.states.lookup('NY'))", "'New York'"}, {"us.states.lookup('zz')", "None"}, {"us.states.lookup('48', field='fips').name", "'Texas'"},
		{"'DC' in us.states.mapping('abbr', 'name')", "False"},
	})
	s = open(t)
	s.table([][2]string{
		{"phone_number_in_e164('202-555-1234')", "'+12025551234'"}, {"phone_number_in_e164('12')", "None"},
		{"phone_number_formatted('+12025551234')", "'(202) 555-1234'"}, {"phone_number_is_valid('202 555 1234')", "True"},
		{"phone_number_is_valid('5')", "False"}, {"[phone_number_part('202-555-1234', n) for n in range(4)]", "['202', '555', '1234', '']"},
		{"phone_number_in_e164('030 901820', country='DE')", "'+4930901820'"}, {"phone_number_formatted(DAEmpty())", "''"},
	})
}
