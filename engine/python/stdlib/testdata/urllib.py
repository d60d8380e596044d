# urllib.parse
import urllib.parse
import urllib.error
from urllib.parse import *


def attempt(f, *args):
    try:
        return repr(f(*args))
    except Exception as e:
        return type(e).__name__


print(quote('a b/c?d=e&f'), quote('a/b', safe=''), quote('ü€'), quote("~_.-!*'()"), quote('a+b c', '+'), quote(b'\xff a'), quote_plus('a b+c/d'), quote_plus('a b', ' '), attempt(quote, 5))
print(unquote('a%20b%2Fc'), unquote('%C3%BC%E2%82%AC'), unquote('%zz%4'), unquote_plus('a+b%2B'), unquote('plain'), unquote_to_bytes('a%ff'), quote_from_bytes(b'a b'))
print(urlencode({'a': 1, 'b': 'x y', 'c': 'ü&='}), urlencode([('k', 'v'), ('k', 'w')]), urlencode({'a': [1, 2]}, doseq=True), urlencode({'a': [1, 2]}), urlencode({}), urlencode({'a': 'b c'}, quote_via=quote))
print(parse_qs('a=1&b=2&a=3&c=&d'), parse_qs('a=1&c=&d', keep_blank_values=True), parse_qsl('x=%20y+z&w=1'), parse_qsl('a=1;b=2', separator=';'), parse_qs(''))
for url in ['http://user:pw@Example.COM:8080/a/b;p?q=1&r=2#frag', 'https://x.org', '/path/only?x=1', 'mailto:a@b.c', '//host/p', 'file:///etc/x', 'http://[::1]:80/', 'a:b', 'HTTP://x?#', 'x/y;z/w;v',
            '', 'http://host:/x', 'tel:+1-800', 'path#a#b', 'http://a/b?c?d']:
    p, s = urlparse(url), urlsplit(url)
    print(url, p, s, p.geturl(), s.geturl(), p.username, p.password, p.hostname, attempt(lambda: p.port), urldefrag(url))
base = 'http://a/b/c/d;p?q'
for ref in ['g:h', 'g', './g', 'g/', '/g', '//g', '?y', 'g?y', '#s', 'g#s', 'g?y#s', ';x', 'g;x', '', '.', './', '..', '../', '../g', '../..', '../../g', '../../../g', '/./g', '/../g', 'g.', '.g', 'g..', '..g', './../g',
            './g/.', 'g/./h', 'g/../h', 'http://z/y', 'https://z', 'x//y']:
    print(ref, urljoin(base, ref))
print(urljoin('', 'x'), urljoin('http://h', 'x'), urljoin('http://h/a/', '../b'), urljoin('mailto:a', 'b'), urljoin('/a/b', 'c'))
print(urlunparse(('http', 'h', 'p', 'x', 'q', 'f')), urlunsplit(('', '', 'p', '', '')), urlparse('http://h/p')._replace(query='z').geturl(), urllib.parse.quote('x'))
p = urlparse('http://h/p?q')
print(p[1], p.netloc, list(p), p == ('http', 'h', '/p', '', 'q', ''), attempt(urlsplit, 'http://[::1/'), attempt(lambda: urlparse('http://h:99999').port))
