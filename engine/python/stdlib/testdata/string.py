import string
from string import Template, ascii_letters, digits

def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)

print(ascii_letters, digits, string.hexdigits, string.octdigits, string.punctuation, repr(string.whitespace), repr(string.printable))
print(string.capwords('hello  wORLD x'), string.capwords('a-bc', '-'))
t = Template('$who likes ${what} for $$5 $_x1 ${who}s')
print(t.substitute(who='tim', what='kung pao', _x1=3), t.safe_substitute(who='tim'), t.substitute({'who': 1, 'what': 2}, _x1=4), t.template)
fails(lambda: t.substitute(who='tim'))
fails(lambda: Template('a $ b').substitute())
fails(lambda: Template('a\nb $-').substitute())
print(Template('a $ b').safe_substitute())
print(string.Formatter().format('{0}-{a}', 1, a=2))
