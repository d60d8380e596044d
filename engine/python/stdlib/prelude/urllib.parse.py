"""The parts of addresses."""

import re as _re
from collections import namedtuple as _namedtuple

uses_relative = ['', 'ftp', 'http', 'gopher', 'nntp', 'imap', 'wais', 'file', 'https', 'shttp', 'mms', 'prospero', 'rtsp', 'rtspu', 'sftp', 'svn', 'svn+ssh', 'ws', 'wss']
uses_netloc = uses_relative + ['telnet', 'snews', 'rsync', 'nfs', 'git', 'git+ssh']
uses_params = ['', 'ftp', 'hdl', 'prospero', 'http', 'imap', 'https', 'shttp', 'rtsp', 'rtspu', 'sip', 'sips', 'mms', 'sftp', 'tel']
_SCHEME = _re.compile(r'[a-zA-Z][a-zA-Z0-9+.-]*$')


class _NetLocation:
    """What the part of an address before the path tells."""

    def _userinfo(self):
        info, found, _ = self.netloc.rpartition('@')
        if not found:
            return None, None
        name, has, password = info.partition(':')
        return name, password if has else None

    def _hostinfo(self):
        host = self.netloc.rpartition('@')[2]
        before, bracket, rest = host.partition('[')
        if bracket:
            name, _, rest = rest.partition(']')
            port = rest.partition(':')[2]
        else:
            name, _, port = host.partition(':')
        return name, port or None

    @property
    def username(self):
        return self._userinfo()[0]

    @property
    def password(self):
        return self._userinfo()[1]

    @property
    def hostname(self):
        name = self._hostinfo()[0]
        if not name:
            return None
        name, percent, zone = name.partition('%')
        return name.lower() + percent + zone

    @property
    def port(self):
        port = self._hostinfo()[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f'Port could not be cast to integer value as {port!r}')
        if int(port) > 65535:
            raise ValueError('Port out of range 0-65535')
        return int(port)


class SplitResult(_namedtuple('SplitResult', 'scheme netloc path query fragment'), _NetLocation):
    """An address in five parts."""

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_namedtuple('ParseResult', 'scheme netloc path params query fragment'), _NetLocation):
    """An address in six parts."""

    def geturl(self):
        return urlunparse(self)


class DefragResult(_namedtuple('DefragResult', 'url fragment')):
    """An address and the place in it."""

    def geturl(self):
        return self.url + '#' + self.fragment if self.fragment else self.url


def urlsplit(url, scheme='', allow_fragments=True):
    if isinstance(url, bytes):
        parts = urlsplit(url.decode('ascii'), scheme.decode('ascii') if isinstance(scheme, bytes) else scheme, allow_fragments)
        return SplitResult(*(part.encode('ascii') for part in parts))
    url = ''.join(c for c in url.lstrip(''.join(map(chr, range(33)))) if c not in '\t\r\n')
    scheme = scheme.strip(''.join(map(chr, range(33))))
    netloc = query = fragment = ''
    before, colon, rest = url.partition(':')
    if colon and before.isascii() and _SCHEME.match(before):
        scheme, url = before.lower(), rest
    if url[:2] == '//':
        end = min((i for i in (url.find(c, 2) for c in '/?#') if i >= 0), default=len(url))
        netloc, url = url[2:end], url[end:]
        if ('[' in netloc) != (']' in netloc):
            raise ValueError('Invalid IPv6 URL')
    if allow_fragments and '#' in url:
        url, _, fragment = url.partition('#')
    if '?' in url:
        url, _, query = url.partition('?')
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme='', allow_fragments=True):
    if isinstance(url, bytes):
        parts = urlparse(url.decode('ascii'), scheme.decode('ascii') if isinstance(scheme, bytes) else scheme, allow_fragments)
        return ParseResult(*(part.encode('ascii') for part in parts))
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ''
    if scheme in uses_params and ';' in path:
        i = path.find(';', max(path.rfind('/'), 0))
        if i >= 0:
            path, params = path[:i], path[i + 1:]
    return ParseResult(scheme, netloc, path, params, query, fragment)


def urlunsplit(components):
    scheme, netloc, url, query, fragment = components
    if netloc or scheme and scheme in uses_netloc and url[:2] != '//':
        if url and url[:1] != '/':
            url = '/' + url
        url = '//' + netloc + url
    if scheme:
        url = scheme + ':' + url
    if query:
        url += '?' + query
    if fragment:
        url += '#' + fragment
    return url


def urlunparse(components):
    scheme, netloc, url, params, query, fragment = components
    return urlunsplit((scheme, netloc, url + ';' + params if params else url, query, fragment))


def urldefrag(url):
    scheme, netloc, path, params, query, fragment = urlparse(url)
    return DefragResult(urlunparse((scheme, netloc, path, params, query, '')), fragment)


def _resolved(base, path):
    """A path as seen from another."""
    parts = base.split('/')
    if parts[-1] != '':
        del parts[-1]
    if path[:1] == '/':
        segments = path.split('/')
    else:
        segments = parts + path.split('/')
        segments[1:-1] = [each for each in segments[1:-1] if each]
    out = []
    for segment in segments:
        if segment == '..':
            if out:
                out.pop()
        elif segment != '.':
            out.append(segment)
    if segments[-1] in ('.', '..'):
        out.append('')
    return '/'.join(out) or '/'


def urljoin(base, url, allow_fragments=True):
    if not base:
        return url
    if not url:
        return base
    b = urlparse(base, '', allow_fragments)
    u = urlparse(url, b.scheme, allow_fragments)
    if u.scheme != b.scheme or u.scheme not in uses_relative:
        return url
    if u.scheme in uses_netloc and u.netloc:
        return urlunparse(u)
    netloc = b.netloc if u.scheme in uses_netloc else u.netloc
    if not u.path and not u.params:
        return urlunparse((u.scheme, netloc, b.path, b.params, u.query or b.query, u.fragment))
    return urlunparse((u.scheme, netloc, _resolved(b.path, u.path), u.params, u.query, u.fragment))


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError('Separator must be of type string or bytes.')
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError('Max number of fields exceeded')
    pairs = []
    for each in qs.split(separator) if qs else ():
        if not each and not strict_parsing:
            continue
        name, equals, value = each.partition('=')
        if not equals:
            if strict_parsing:
                raise ValueError(f'bad query field: {each!r}')
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            pairs.append((unquote_plus(name), unquote_plus(value)))
    return pairs


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8', errors='replace', max_num_fields=None, separator='&'):
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        found.setdefault(name, []).append(value)
    return found


def urlencode(query, doseq=False, safe='', encoding=None, errors=None, quote_via=quote_plus):
    if hasattr(query, 'items'):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError:
            raise TypeError('not a valid non-string sequence or mapping object') from None

    def shown(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(value if isinstance(value, str) else str(value), safe, encoding, errors)

    pairs = []
    for key, value in query:
        values = [value]
        if doseq and not isinstance(value, (str, bytes)):
            try:
                len(value)
            except TypeError:
                pass
            else:
                values = value
        pairs.extend(shown(key) + '=' + shown(each) for each in values)
    return '&'.join(pairs)
