# base64, binascii, hashlib, hmac, html
import base64, binascii, hashlib, hmac, html


def attempt(f, *args):
    try:
        return repr(f(*args))
    except Exception as e:
        return type(e).__name__


for data in [b'', b'a', b'ab', b'abc', bytes(range(256)), 'grüße'.encode()]:
    e = base64.b64encode(data)
    print(e, base64.b64decode(e) == data, base64.urlsafe_b64encode(data), base64.urlsafe_b64decode(base64.urlsafe_b64encode(data)) == data)
    print(base64.b32encode(data), base64.b32decode(base64.b32encode(data)) == data, base64.b16encode(data)[:20], base64.b16decode(base64.b16encode(data)) == data)
print(base64.b64decode('YWJj'), base64.b64decode('YW Jj\n'), base64.b64decode(b'YWI='), base64.b64decode('YWJj!!!!ZGVm'), base64.b64encode(b'\xfb\xff', b'-_'), base64.b64decode('-_8=', '-_'))
for bad in ['YWI', 'Y', 'YQ=', 'YWJjZ', 'ü']:
    print(bad, attempt(base64.b64decode, bad))
print(attempt(base64.b64decode, 'YW!j', None, True), attempt(base64.b64decode, 'YWJj', None, True), attempt(base64.b64encode, 'text'), attempt(base64.b32decode, 'xx'), base64.b32decode('mfra====', True), base64.encodebytes(bytes(100)), base64.decodebytes(b'YWJj\n'))
print(binascii.hexlify(b'\x01\xff'), binascii.unhexlify('01ff'), attempt(binascii.unhexlify, '0'), attempt(binascii.unhexlify, 'zz'), binascii.crc32(b'hello'), binascii.b2a_base64(b'x'), issubclass(binascii.Error, ValueError))

for name in ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_256', 'sha3_512']:
    h = getattr(hashlib, name)(b'abc')
    print(name, h.hexdigest(), h.digest_size, h.block_size, h.name, hashlib.new(name, b'abc').digest() == h.digest())
h = hashlib.sha256()
h.update(b'a')
g = h.copy()
h.update(b'bc')
print(h.hexdigest() == hashlib.sha256(b'abc').hexdigest(), g.hexdigest() == hashlib.sha256(b'a').hexdigest(), attempt(hashlib.md5, 'text'), attempt(hashlib.new, 'nope'), 'md5' in hashlib.algorithms_available)
print(hashlib.pbkdf2_hmac('sha256', b'password', b'salt', 1000).hex(), hashlib.pbkdf2_hmac('sha1', b'p', b's', 2, 10))
print(hmac.new(b'key', b'message', 'sha256').hexdigest(), hmac.new(b'k' * 100, b'm', hashlib.sha1).hexdigest(), hmac.compare_digest('a', 'a'), hmac.compare_digest(b'a', b'b'), hmac.digest(b'k', b'm', 'md5'))

print(html.escape('<a href="x">\'&</a>'), html.escape('"<\'', quote=False), html.escape(''))
print(html.unescape('&lt;b&gt; &amp; &quot;x&quot; &#39;y&#x27; &eacute; &copy; &nbsp;| &notaname; &amp &hellip; a&b'))
