import base64, hashlib, html, binascii, hmac
def fails(f):
    try:
        print('no error', f())
    except Exception as e:
        print(type(e).__name__, e)
d = bytes(range(256))[:40] + b'\xfb\xff'
print(base64.b64encode(d), base64.urlsafe_b64encode(d), base64.b32encode(b'hello'), base64.b16encode(b'\xab'), base64.b64encode(b'\xfb\xff', b'@!'), base64.encodebytes(d * 2), base64.b64encode(b''))
print(base64.b64decode(base64.b64encode(d)) == d, base64.urlsafe_b64decode('-_8='), base64.b64decode('aGVs\nbG8='), base64.b64decode('aGVsbG8='), base64.b32decode('NBSWY3DP'), base64.b16decode('AB'), base64.b64decode(b'@!8=', '@!'), base64.decodebytes(b'YQ=='), base64.b64decode('YR=='), base64.b64decode('YQ==YQ=='))
for s in ['aGVsbG8', 'a', 'aGVs$bG8=', 'é']:
    fails(lambda: base64.b64decode(s))
fails(lambda: base64.b64decode('aGVs$bG8=', validate=True))
fails(lambda: base64.b64encode('text'))
fails(lambda: base64.b32decode('NBSWY3D'))
fails(lambda: base64.b16decode('ab'))
print(hashlib.md5(b'a').hexdigest(), hashlib.sha1(b'a').hexdigest(), hashlib.sha256('é'.encode()).hexdigest(), hashlib.sha512(b'').hexdigest()[:16], hashlib.sha224(b'').hexdigest(), hashlib.sha384(b'').hexdigest()[:9], hashlib.sha3_256(b'x').hexdigest(), hashlib.new('md5', b'b').hexdigest(), hashlib.sha256(b'a').digest()[:4], hashlib.md5().name, hashlib.sha256().digest_size, hashlib.sha256().block_size)
h = hashlib.sha256(); h.update(b'a'); g = h.copy(); h.update(b'b'); print(h.hexdigest() == hashlib.sha256(b'ab').hexdigest(), g.hexdigest() == hashlib.sha256(b'a').hexdigest())
fails(lambda: hashlib.md5('text'))
m = hmac.new(b'key', b'msg', hashlib.sha256); print(m.hexdigest(), m.name, hmac.new(b'key', b'msg', 'md5').hexdigest(), hmac.compare_digest('a', 'a')); n = m.copy(); n.update(b'x'); print(n.hexdigest() == hmac.new(b'key', b'msgx', 'sha256').hexdigest())
print(html.escape('<a href="x">\'&amp;</a>'), html.escape('"<\'', quote=False), html.unescape('&lt;&eacute;&#39;&#x41;&amp;amp;&nbsp;|&copy'))
print(binascii.hexlify(b'\x01\xff'), binascii.unhexlify('01ff'), binascii.crc32(b'hello'), binascii.b2a_hex(b'z'))
fails(lambda: binascii.unhexlify('0'))
fails(lambda: binascii.unhexlify('zz'))
