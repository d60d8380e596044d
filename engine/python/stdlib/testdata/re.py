import re

def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)

def show(m):
    print(m and (m.group(), m.span(), m.groups(), m.groupdict(), m.lastindex, m.lastgroup))

for pat, s in [(r'a', 'xax'), (r'(\w+) (\w+)', 'Isaac Newton, physicist'), (r'(?P<first>\w+) (?P<last>\w+)', 'Malcolm Reynolds'),
               (r'(a)|(b)', 'b'), (r'(a)?b', 'b'), (r'(?P<q>[\'"]).*?(?P=q)', 'say "hi" \'no\''), (r'(.)\1', 'hello'), (r'\bfoo\b', 'a foo.'),
               (r'(?i)HELLO', 'say hello'), (r'(?i:h)ELLO', 'hELLO'), (r'(?s)a.b', 'a\nb'), (r'a.b', 'a\nb'), (r'(?m)^b$', 'a\nb\nc'), (r'^b$', 'a\nb\nc'),
               (r'(?x) a  b # comment\n c', 'abc'), (r'(?x)[ #]\ x', '# x'), (r'a{2,3}', 'aaaa'), (r'a{,2}', 'aaaa'), (r'a{2}', 'aaaa'), (r'a{2,}?', 'aaaa'), (r'a{', 'a{'), (r'a{x}', 'a{x}'), (r'{', '{'), (r'a{,}', 'aaa'),
               (r'x*', 'aaa'), (r'(?<=abc)def', 'abcdef'), (r'(?<!abc)def', 'abcdef'), (r'foo(?=bar)', 'foobar'), (r'foo(?!bar)', 'foobar'),
               (r'\d+', 'x٣4'), (r'(?a)\d+', 'x٣4'), (r'\w+', '-é漢_1²'), (r'(?a)\w+', '-éa'), (r'[\w.]+@[\w-]+', 'mail bob.x@ex-ample'), (r'[^\W\d]+', '12abc'), (r'[^\s]+', '  ab '), (r'[\s\S]+', 'a\n'), (r'[^\W_]+', '_a1'), (r'[\W1]+', 'a-1'), (r'(?a)[^\D5]+', '512'), (r'[\d\D]', '\n'),
               (r'[]a]+', 'a]b'), (r'[^]a]+', 'a]bc'), (r'[a\-z]+', 'a-z'), (r'[-a]+', 'a-b'), (r'[a-]+', 'a-b'), (r'[[a]+', '[a'), (r'[\]\\]+', ']\\'), (r'[&&a]+', '&a'), (r'[a-c-e]+', 'a-e'),
               (r'\x41\u0042\103\.', 'ABC.'), (r'\t\n', 'a\t\n'), (r'[\x41-\x43\b]+', 'ABC'), (r'(?:ab)+', 'ababx'), (r'(ab)+', 'ababx'), (r'((a)(b))c', 'abc'), (r'(a)(|b)', 'ac'),
               (r'(<)?a(?(1)>|!)', '<a>'), (r'(<)?a(?(1)>|!)', 'a!'), (r'(?P<o><)?a(?(o)>)', 'a'), (r'a++b', 'aaab'), (r'a++a', 'aaa'), (r'(?>a+)a', 'aaa'), (r'a*+', 'aa'), (r'a?+a', 'a'),
               (r'\Aab\Z', 'ab'), (r'ab$', 'ab\n'), (r'ab\Z', 'ab\n'), (r'(?#note)a', 'a'), (r'', 'abc'), (r'a|', 'b'), (r'[.]', 'a.'), (r'\.', '.'), (r'\#\ \-\~', '# -~'), (r'#a b', '#a b'),
               (r'(?-i:a)b', 'ab'), (r'(?i)(?-i:A)b', 'AB'), (r'(?i)straße', 'STRAßE'), (r'[é-ñ]', 'ê'), (r'😀.', 'x😀y'), (r'(\d{3})-(\d{4})', 'call 555-1234'), (r'^\s*$', ''), (r'(?:(a)|(b))*', 'ab'), (r'(?=(a))', 'ba')]:
    print(repr(pat), end=' ')
    show(re.search(pat, s))
for f in (re.match, re.fullmatch):
    for pat, s in [('a', 'ab'), ('ab', 'ab'), ('a|ab', 'ab'), ('b', 'ab'), ('a*?', 'aa'), ('(?m)^b', 'a\nb'), ('a|b', 'b'), ('a$', 'a\n')]:
        print(f.__name__, pat, end=' ')
        show(f(pat, s))
print(re.findall(r'\w+', 'a bc, d'), re.findall(r'(\w)(\d)?', 'a1b'), re.findall(r'(\d)', '1 2'), re.findall('x*', 'axb'), re.findall(r'|a', 'aa'), re.findall(r'a|', 'ba'))
print([m.span() for m in re.finditer(r'\b', 'ab cd')], [m.group() for m in re.finditer('a+|b*', 'aabbc')])
print(re.split(r',\s*', 'a, b,c'), re.split(r'(,)', 'a,b'), re.split(',', 'a,b,c', 1), re.split(r'x*', 'axbc'), re.split(r'(x)|(y)', 'axbyc'), re.split(r'\W+', 'Words, words, words.', maxsplit=1), re.split('b', ''))
print(re.sub('a', 'b', 'banana'), re.sub('a', 'b', 'banana', count=2), re.sub('x*', '-', 'abxd'), re.sub(r'(\w+) (\w+)', r'\2 \1', 'hello world'), re.sub(r'(?P<n>\d+)', r'<\g<n>>[\g<1>]\g<0>', 'a12b'))
print(re.sub(r'\d+', lambda m: str(int(m.group()) * 2), 'a1b22'), re.sub('a', r'\n\t\\', 'a'), re.sub('(a)|b', r'[\1]', 'ab'), re.subn('a', '', 'banana'), re.sub('b', '', 'abc', flags=re.I), re.sub('B', '-', 'abc', 0, re.I))
print(re.sub(r'^', '> ', 'a\nb', flags=re.M), re.sub(r'\s+$', '', 'a  '), re.sub('(?i)A', 'x', 'aA'), re.sub('a', r'\.', 'a'), re.sub('a', '\\060', 'a'), re.sub('.', r'\g<0>1', 'ab'))
print(re.escape('a.b*c d-e_f/é~#&"\'<>@!%,:;='), re.escape('\n'))
p = re.compile(r'(?P<a>x)(y)?', re.I | re.M)
print(p, p.pattern, p.flags, p.groups, dict(p.groupindex), p.search('zXY', 1).span(), p.search('zxy', 2), p.match('zxy', 1).span(), p.match('xy', 0, 1).group(), p.findall('xyX'), p.sub('-', 'axyb'), p.split('axyb'), p.subn('-', 'xx', 1), p.fullmatch('xy').end())
print(re.compile(p) is p, re.compile('a') == re.compile('a'), re.compile('a'), re.compile('a', re.S | re.X), bool(p.search('x')))
m = p.search('zxz')
print(m, m.group('a'), m['a'], m[2], m.group(1, 2), m.group(0, 'a'), m.start('a'), m.end(), m.span(2), m.groups('no'), m.groupdict(), m.expand(r'<\1>'), m.string, m.re is p, m.pos, m.endpos, m.regs)
fails(lambda: m.group(3))
fails(lambda: m.group('nope'))
fails(lambda: m['x'])
for bad in ['(', ')', 'a)', '[', '[a', '*a', 'a**', 'a+*', '(*)', '|*', '^*', r'\b+', '[b-a]', '[a-\\d]', '\\', r'\q', r'[\q]', r'\x1', r'\u12', '(?P<a>x)(?P<a>y)', '(?P<1>x)', '(?P<>x)', '(?P<a', '(?P=b)', '(?Px)', '(?<a>x)', r'\1', r'(a)\2', r'(a\1)', '(?P<a>x(?P=a))', 'a{3,2}', '(?z)', 'a(?i)b', '(?i', '(?:a', '(?#x', '(?(1)a)', '(?(x)a)', '(?(1', '(a)(?(1)a|b|c)', '(?-:a)', '(?-a:a)', '(?i-i:a)', '(?ik:a)', '(?', '(?P', '(?<', 'a\n(', r'\400', '(?L)a', '(?P<a b>x)']:
    print(repr(bad), end=' ')
    fails(lambda: re.compile(bad))
for repl in [r'\1', r'\g<1>', r'\g<x>', r'\g', r'\g<', r'\q', '\\', r'\g<1a>', r'\g<>', r'\777']:
    print(repr(repl), end=' ')
    fails(lambda: re.sub('a', repl, 'a'))
fails(lambda: re.search('a', None))
fails(lambda: re.search(5, 'a'))
fails(lambda: re.compile(p, re.I))
try:
    re.compile('a\n(b')
except re.error as e:
    print(e.msg, e.pattern == 'a\n(b', e.pos, e.lineno, e.colno)
print(re.search(r'^(?P<y>\d{4})-(?P<m>\d\d)$', '2024-05').groupdict(), re.match(r'\+?1?\d{9,15}$', '+12345678901') is not None)
print(re.IGNORECASE == re.I, int(re.I | re.M), re.findall('^a', 'a\na', re.M), re.findall('A', 'aA', flags=re.IGNORECASE))
if m := re.match(r'(\w)(\w)?', 'x'):
    a, b = m.groups()
    print(a, b)
