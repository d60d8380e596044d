"""Saying who asks."""

import base64
import hashlib
import re
import time
from urllib.parse import urlsplit


def _basic_auth_str(username, password):
    def raw(value):
        return value if isinstance(value, bytes) else str(value).encode('latin-1')
    return 'Basic ' + base64.b64encode(raw(username) + b':' + raw(password)).decode('ascii')


class AuthBase:
    """What puts a sign of who asks into a request."""

    def __call__(self, r):
        raise NotImplementedError('Auth hooks must be callable.')


class HTTPBasicAuth(AuthBase):
    """A name and a password, sent as they are."""

    def __init__(self, username, password):
        self.username = username
        self.password = password

    def __eq__(self, other):
        return self.username == getattr(other, 'username', None) and self.password == getattr(other, 'password', None)

    def __ne__(self, other):
        return not self == other

    def __call__(self, r):
        r.headers['Authorization'] = _basic_auth_str(self.username, self.password)
        return r


class HTTPProxyAuth(HTTPBasicAuth):
    """A name and a password for a proxy."""

    def __call__(self, r):
        r.headers['Proxy-Authorization'] = _basic_auth_str(self.username, self.password)
        return r


class HTTPDigestAuth(AuthBase):
    """A name and a password that is proven without being sent."""

    _hashes = {'MD5': hashlib.md5, 'MD5-SESS': hashlib.md5, 'SHA': hashlib.sha1, 'SHA-256': hashlib.sha256, 'SHA-512': hashlib.sha512}

    def __init__(self, username, password):
        self.username = username
        self.password = password
        self._challenge = {}
        self._nonces = 0

    def __eq__(self, other):
        return self.username == getattr(other, 'username', None) and self.password == getattr(other, 'password', None)

    def __ne__(self, other):
        return not self == other

    def build_digest_header(self, method, url):
        """The Authorization header that answers the server's challenge."""
        c = self._challenge
        algorithm = c.get('algorithm', 'MD5').upper()
        if algorithm not in self._hashes:
            return None
        def h(text):
            return self._hashes[algorithm](text.encode('utf-8')).hexdigest()
        parts = urlsplit(url)
        path = (parts.path or '/') + ('?' + parts.query if parts.query else '')
        realm, nonce = c.get('realm', ''), c.get('nonce', '')
        self._nonces += 1
        count = f'{self._nonces:08x}'
        cnonce = hashlib.sha1(f'{self._nonces}{nonce}{time.time()}'.encode()).hexdigest()[:16]
        ha1, ha2 = h(f'{self.username}:{realm}:{self.password}'), h(f'{method}:{path}')
        if algorithm == 'MD5-SESS':
            ha1 = h(f'{ha1}:{nonce}:{cnonce}')
        if not c.get('qop'):
            answer = h(f'{ha1}:{nonce}:{ha2}')
        elif 'auth' in [q.strip() for q in c['qop'].split(',')]:
            answer = h(f'{ha1}:{nonce}:{count}:{cnonce}:auth:{ha2}')
        else:
            return None
        base = f'username="{self.username}", realm="{realm}", nonce="{nonce}", uri="{path}", response="{answer}"'
        if c.get('opaque'):
            base += f', opaque="{c["opaque"]}"'
        if c.get('algorithm'):
            base += f', algorithm="{c["algorithm"]}"'
        if c.get('qop'):
            base += f', qop="auth", nc={count}, cnonce="{cnonce}"'
        return 'Digest ' + base

    def _answer(self, r, **kwargs):
        challenge = r.headers.get('www-authenticate', '')
        if r.status_code != 401 or 'digest' not in challenge.lower() or r.request._proven:
            return r
        pairs = re.findall(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))', re.sub(r'^.*?digest\s+', '', challenge, flags=re.I))
        self._challenge = {name.lower(): quoted or plain for name, quoted, plain in pairs}
        header = self.build_digest_header(r.request.method, r.request.url)
        if header is None:
            return r
        again = r.request.copy()
        again._proven = True
        again.headers['Authorization'] = header
        response = r.connection.send(again, **kwargs)
        response.history.append(r)
        response.request = again
        return response

    def __call__(self, r):
        if self._challenge.get('nonce'):
            r.headers['Authorization'] = self.build_digest_header(r.method, r.url)
        r.register_hook('response', self._answer)
        return r
