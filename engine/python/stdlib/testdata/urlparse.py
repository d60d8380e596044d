from urllib.parse import *
import urllib.parse
def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)
print(quote('/a b/é?&=+~'), quote('a/b', safe=''), quote_plus('a b&c/é'), unquote('%C3%A9%20a%zz%'), unquote_plus('a+b%2B'), quote(b'\xff a'), quote(''), quote('abc'), unquote('plain'), unquote_to_bytes('a%ff'))
print(urlencode({'a': 1, 'b': 'x y', 'c': 'é&'}), urlencode([('a', 'b'), ('a', 'c')]), urlencode({'a': [1, 2]}), urlencode({'a': [1, 2]}, doseq=True), urlencode({'q': 'a b'}, quote_via=quote))
print(parse_qs('a=1&b=2&a=3&c='), parse_qsl('a=1&b=%20x+y&c='), parse_qs('a=&b', keep_blank_values=True), parse_qs(''))
u = urlparse('https://user:pw@Example.com:8080/p/a;t?q=1&r=2#frag')
print(u, u.hostname, u.port, u.username, u.password, u.netloc, u.path, u.geturl(), u._replace(query='z').geturl(), u[0])
print(urlsplit('//host/path?q'), urlsplit('mailto:x@y.z'), urlsplit('path/only'), urlparse('http://a'), urlparse('HTTP://a/b').scheme, urlparse('http://[::1]:5/').hostname, urlparse('nope').hostname)
for b, r in [('http://a/b/c/d', x) for x in ['g', './g', 'g/', '/g', '//g', '?y', 'g?y', '#s', '../g', '../../g', '../../../g', '.', './', '..', '', 'http:g', 'https://z/q', 'g;x=1/../y']] + [('', 'a'), ('http://a', 'b')]:
    print(b, r, urljoin(b, r))
print(urlunparse(('http', 'a', 'b', '', 'c', 'd')), urlunsplit(('', '', 'x', '', '')), urldefrag('http://a/b#c'), urldefrag('http://a/b#c').url)
fails(lambda: urlparse('http://a:x/').port)
fails(lambda: urlsplit('http://[a/'))
