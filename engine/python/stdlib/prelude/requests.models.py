"""What is asked and what is answered."""

import datetime
import hashlib
import json as complexjson
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlencode, urlsplit, urlunsplit

from requests.auth import HTTPBasicAuth
from requests.cookies import RequestsCookieJar, cookiejar_from_dict, get_cookie_header
from requests.exceptions import (
    HTTPError, InvalidHeader, InvalidJSONError, InvalidURL, JSONDecodeError, MissingSchema, StreamConsumedError,
)
from requests.status_codes import codes
from requests.structures import CaseInsensitiveDict

REDIRECT_STATI = (301, 302, 303, 307, 308)
DEFAULT_REDIRECT_LIMIT = 30


def requote_uri(uri):
    """Writes an address so that it can be sent: what must be escaped is, what need not be is not."""
    if re.search('%(?![0-9A-Fa-f]{2})', uri):
        return quote(uri, safe="!#$&'()*+,/:;=?@[]~")

    def again(match):
        char = chr(int(match[0][1:], 16))
        return char if re.match('[A-Za-z0-9._~-]', char) else match[0].upper()
    return quote(re.sub('%[0-9A-Fa-f]{2}', again, uri), safe="!#$%&'()*+,/:;=?@[]~")


def _pairs(value):
    """The items of a dictionary, or a list of pairs as it is."""
    if value is None:
        return []
    if isinstance(value, (str, bytes, bool, int)):
        raise ValueError('cannot encode objects that are not 2-tuples')
    return list(value.items() if isinstance(value, Mapping) else value)


def _encode(data):
    if isinstance(data, (str, bytes)):
        return data
    if hasattr(data, 'read'):
        return data.read()
    if not hasattr(data, '__iter__'):
        return data
    out = []
    for key, values in _pairs(data):
        if isinstance(values, (str, bytes)) or not hasattr(values, '__iter__'):
            values = [values]
        out.extend((key, value) for value in values if value is not None)
    return urlencode(out, doseq=True)


def _raw(value):
    return value.encode('utf-8') if isinstance(value, str) else value


def _content(value):
    """What a file holds that is to be sent."""
    if isinstance(value, (str, bytes)):
        return _raw(value)
    if hasattr(value, 'read'):
        return _raw(value.read())
    if hasattr(value, 'slurp'):
        return _raw(value.slurp(auto_decode=False))
    return _raw(bytes(value))


def _fields(data, files):
    """The parts of a form: name, file name, content, type, further headers."""
    if not files:
        raise ValueError('Files must be provided.')
    if isinstance(data, (str, bytes)):
        raise ValueError('Data must not be a string.')
    for key, values in _pairs(data):
        if isinstance(values, (str, bytes)) or not hasattr(values, '__iter__'):
            values = [values]
        for value in values:
            if value is not None:
                yield key, None, _raw(value if isinstance(value, bytes) else str(value)), None, {}
    for key, value in _pairs(files):
        name, kind, more = None, None, {}
        if isinstance(value, (tuple, list)):
            name, content, kind, more = (*value, None, None)[:4] if len(value) < 4 else value
        else:
            name, content = _file_name(value) or key, value
        if content is not None:
            yield key, name, _content(content), kind, more or {}


def _file_name(value):
    name = getattr(value, 'filename', None) or getattr(value, 'name', None)
    if isinstance(name, str) and name and name[0] != '<' and name[-1] != '>':
        return name.rpartition('/')[2]
    return None


def _quoted(text):
    return text.replace('\\', '\\\\').replace('"', '%22').replace('\r', '%0D').replace('\n', '%0A')


def _multipart(data, files):
    parts = []
    for key, name, content, kind, more in _fields(data, files):
        head = f'Content-Disposition: form-data; name="{_quoted(str(key))}"'
        if name is not None:
            head += f'; filename="{_quoted(name)}"'
        if kind:
            head += f'\r\nContent-Type: {kind}'
        for header, value in more.items():
            head += f'\r\n{header}: {value}'
        parts.append(head.encode('utf-8') + b'\r\n\r\n' + content + b'\r\n')
    boundary = hashlib.sha256(b''.join(parts)).hexdigest()[:32]
    line = b'--' + boundary.encode('ascii')
    body = b''.join(line + b'\r\n' + part for part in parts) + line + b'--\r\n'
    return body, 'multipart/form-data; boundary=' + boundary


def _check_header(name, value):
    for part, text in ((0, name), (1, value)):
        if not isinstance(text, (str, bytes)):
            raise InvalidHeader(f'Header part ({text!r}) from ({name!r}, {value!r}) must be of type str or bytes, not {type(text)}')
        plain = text if isinstance(text, str) else text.decode('latin-1')
        good = re.fullmatch(r'[^:\s][^:\r\n]*', plain) if part == 0 else re.fullmatch(r'\S[^\r\n]*|', plain)
        if not good:
            raise InvalidHeader('Invalid leading whitespace, reserved character(s), or return character(s) '
                                f'in header {("name", "value")[part]}: {text!r}')


def default_hooks():
    return {'response': []}


def _path(path):
    """A path without steps up and down, as it is sent."""
    out = []
    parts = path.split('/')
    for part in parts:
        if part == '..':
            out = out[:-1]
        elif part != '.':
            out.append(part)
    if path and out[:1] != ['']:
        out.insert(0, '')
    if parts[-1] in ('.', '..'):
        out.append('')
    path = '/'.join(out) or '/'
    if re.search('%(?![0-9A-Fa-f]{2})', path):
        path = path.replace('%', '%25')
    return quote(path, safe="!$%&'()*+,/:;=@")


class RequestEncodingMixin:
    @property
    def path_url(self):
        """The part of the address that the server is asked for."""
        parts = urlsplit(self.url)
        return (parts.path or '/') + ('?' + parts.query if parts.query else '')


class RequestHooksMixin:
    def register_hook(self, event, hook):
        if event not in self.hooks:
            raise ValueError(f'Unsupported event specified, with event name "{event}"')
        if callable(hook):
            self.hooks[event].append(hook)
        else:
            self.hooks[event].extend(h for h in hook if callable(h))

    def deregister_hook(self, event, hook):
        try:
            self.hooks[event].remove(hook)
            return True
        except ValueError:
            return False


class Request(RequestHooksMixin):
    """Something to ask a server."""

    def __init__(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None,
                 hooks=None, json=None):
        self.hooks = default_hooks()
        for event, hook in (hooks or {}).items():
            self.register_hook(event, hook)
        self.method = method
        self.url = url
        self.headers = {} if headers is None else headers
        self.files = [] if files is None else files
        self.data = [] if data is None else data
        self.json = json
        self.params = {} if params is None else params
        self.auth = auth
        self.cookies = cookies

    def __repr__(self):
        return f'<Request [{self.method}]>'

    def prepare(self):
        p = PreparedRequest()
        p.prepare(method=self.method, url=self.url, headers=self.headers, files=self.files, data=self.data, json=self.json,
                  params=self.params, auth=self.auth, cookies=self.cookies, hooks=self.hooks)
        return p


class PreparedRequest(RequestEncodingMixin, RequestHooksMixin):
    """A request as it will be sent."""

    def __init__(self):
        self.method = None
        self.url = None
        self.headers = None
        self._cookies = None
        self.body = None
        self.hooks = default_hooks()
        self._proven = False

    def __repr__(self):
        return f'<PreparedRequest [{self.method}]>'

    def prepare(self, method=None, url=None, headers=None, files=None, data=None, params=None, auth=None, cookies=None,
                hooks=None, json=None):
        self.method = method.upper() if method is not None else None
        self.prepare_url(url, params)
        self.prepare_headers(headers)
        self.prepare_cookies(cookies)
        self.prepare_body(data, files, json)
        self.prepare_auth(auth, url)
        for event, hook in (hooks or {}).items():
            self.register_hook(event, hook)

    def copy(self):
        p = PreparedRequest()
        p.method, p.url, p.body, p._cookies = self.method, self.url, self.body, self._cookies
        p.headers = self.headers.copy() if self.headers is not None else None
        p.hooks, p._proven = self.hooks, self._proven
        return p

    def prepare_method(self, method):
        self.method = method.upper() if method is not None else None

    def prepare_url(self, url, params):
        url = url.decode('utf-8') if isinstance(url, bytes) else str(url)
        url = url.lstrip()
        if ':' in url and not url.lower().startswith('http'):
            self.url = url
            return
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as e:
            raise InvalidURL(f'Failed to parse: {url}') from e
        if not parts.scheme or not re.match('[A-Za-z][A-Za-z0-9+.-]*://', url):
            raise MissingSchema(f'Invalid URL {url!r}: No scheme supplied. Perhaps you meant https://{url}?')
        if not host:
            raise InvalidURL(f'Invalid URL {url!r}: No host supplied')
        if host.startswith(('*', '.')):
            raise InvalidURL('URL has an invalid label.')
        odd = re.search(r'''[\s"<>\\^`{|}]''', host)
        if odd:
            raise InvalidURL(f'Failed to parse: Host {host!r} contains invalid character {odd[0]!r}')
        netloc = ('[' + host + ']' if ':' in host else host) + ('' if port is None else f':{port}')
        if '@' in parts.netloc:
            netloc = parts.netloc.rpartition('@')[0] + '@' + netloc
        more = _encode(params)
        more = more.decode('utf-8') if isinstance(more, bytes) else more
        query = '&'.join(part for part in (parts.query, more) if part)
        query = quote(query, safe="!$&'()*+,/:;=?@%")
        self.url = requote_uri(urlunsplit((parts.scheme.lower(), netloc, _path(parts.path), query, parts.fragment)))

    def prepare_headers(self, headers):
        self.headers = CaseInsensitiveDict()
        for name, value in (headers or {}).items():
            _check_header(name, value)
            self.headers[name if isinstance(name, str) else name.decode('ascii')] = value

    def prepare_cookies(self, cookies):
        self._cookies = cookies if isinstance(cookies, RequestsCookieJar) else cookiejar_from_dict(cookies)
        header = get_cookie_header(self._cookies, self.url)
        if header is not None and 'Cookie' not in self.headers:
            self.headers['Cookie'] = header

    def prepare_body(self, data, files, json=None):
        body, kind = None, None
        if not data and json is not None:
            kind = 'application/json'
            try:
                body = complexjson.dumps(json, allow_nan=False).encode('utf-8')
            except ValueError as e:
                raise InvalidJSONError(e, request=self) from e
        elif files:
            body, kind = _multipart(data, files)
        elif data and hasattr(data, '__iter__') and not isinstance(data, (str, bytes, list, tuple, Mapping)):
            body = _content(data) if hasattr(data, 'read') else b''.join(_raw(chunk) for chunk in data)
        elif data:
            body = _encode(data)
            if not isinstance(data, (str, bytes)) and not hasattr(data, 'read'):
                kind = 'application/x-www-form-urlencoded'
        self.prepare_content_length(body)
        if kind and 'content-type' not in self.headers:
            self.headers['Content-Type'] = kind
        self.body = body

    def prepare_content_length(self, body):
        if body is not None:
            length = len(_raw(body))
            if length:
                self.headers['Content-Length'] = str(length)
        elif self.method not in ('GET', 'HEAD') and self.headers.get('Content-Length') is None:
            self.headers['Content-Length'] = '0'

    def prepare_auth(self, auth, url=''):
        if auth is None:
            parts = urlsplit(self.url)
            if parts.username or parts.password:
                auth = unquote(parts.username or ''), unquote(parts.password or '')
        if auth:
            if isinstance(auth, tuple) and len(auth) == 2:
                auth = HTTPBasicAuth(*auth)
            r = auth(self)
            if r is not self:
                self.__dict__.update(r.__dict__)
            self.prepare_content_length(self.body)


class Response:
    """What a server answered."""

    def __init__(self):
        self._content = False
        self._content_consumed = False
        self._next = None
        self.status_code = None
        self.headers = CaseInsensitiveDict()
        self.raw = None
        self.url = None
        self.encoding = None
        self.history = []
        self.reason = None
        self.cookies = cookiejar_from_dict({})
        self.elapsed = datetime.timedelta(0)
        self.request = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        return f'<Response [{self.status_code}]>'

    def __bool__(self):
        return self.ok

    def __iter__(self):
        return self.iter_content(128)

    @property
    def ok(self):
        try:
            self.raise_for_status()
        except HTTPError:
            return False
        return True

    @property
    def is_redirect(self):
        return 'location' in self.headers and self.status_code in REDIRECT_STATI

    @property
    def is_permanent_redirect(self):
        return 'location' in self.headers and self.status_code in (codes.moved_permanently, codes.permanent_redirect)

    @property
    def next(self):
        return self._next

    @property
    def content(self):
        if self._content is False:
            self._content = None
        return self._content

    @property
    def apparent_encoding(self):
        """The encoding that the content looks like."""
        for encoding in ('ascii', 'utf-8'):
            try:
                self.content.decode(encoding)
                return encoding
            except UnicodeDecodeError:
                pass
        return 'cp1252'

    @property
    def text(self):
        if not self.content:
            return ''
        try:
            return str(self.content, self.encoding or self.apparent_encoding, errors='replace')
        except (LookupError, TypeError):
            return str(self.content, errors='replace')

    def json(self, **kwargs):
        if not self.encoding and self.content and len(self.content) > 3:
            try:
                return complexjson.loads(self.content.decode(_utf(self.content)), **kwargs)
            except UnicodeDecodeError:
                pass
            except complexjson.JSONDecodeError as e:
                raise JSONDecodeError(e.msg, e.doc, e.pos)
        try:
            return complexjson.loads(self.text, **kwargs)
        except complexjson.JSONDecodeError as e:
            raise JSONDecodeError(e.msg, e.doc, e.pos)

    def iter_content(self, chunk_size=1, decode_unicode=False):
        if chunk_size is not None and not isinstance(chunk_size, int):
            raise TypeError(f'chunk_size must be an int, it is instead a {type(chunk_size)}.')
        content = self.content or b''
        if decode_unicode and self.encoding is not None:
            content = str(content, self.encoding, errors='replace')
        size = chunk_size or max(len(content), 1)
        return (content[at:at + size] for at in range(0, len(content), size))

    def iter_lines(self, chunk_size=512, decode_unicode=False, delimiter=None):
        content = self.content or b''
        if decode_unicode and self.encoding is not None:
            content = str(content, self.encoding, errors='replace')
        if not delimiter:
            if isinstance(content, str):
                yield from content.splitlines()
                return
            content, delimiter = content.replace(b'\r\n', b'\n').replace(b'\r', b'\n'), b'\n'
        lines = content.split(delimiter)
        yield from lines if lines[-1] else lines[:-1]

    @property
    def links(self):
        """The Link header by relation."""
        found = {}
        for value in re.split(', *<', self.headers.get('link', '')):
            url, _, params = value.strip().partition(';')
            if not url:
                continue
            link = {'url': url.strip('<> \'"')}
            for param in params.split(';'):
                key, eq, text = param.partition('=')
                if eq:
                    link[key.strip(' \'"')] = text.strip(' \'"')
            found[link.get('rel') or link['url']] = link
        return found

    def raise_for_status(self):
        reason = self.reason
        if isinstance(reason, bytes):
            try:
                reason = reason.decode('utf-8')
            except UnicodeDecodeError:
                reason = reason.decode('iso-8859-1')
        if self.status_code is None or not 400 <= self.status_code < 600:
            return
        whose = 'Client' if self.status_code < 500 else 'Server'
        raise HTTPError(f'{self.status_code} {whose} Error: {reason} for url: {self.url}', response=self)

    def close(self):
        pass


def _utf(data):
    """The encoding that JSON in bytes is written in."""
    if data[:3] == b'\xef\xbb\xbf':
        return 'utf-8-sig'
    if data[:2] in (b'\xff\xfe', b'\xfe\xff'):
        return 'utf-16'
    nulls = data[:4].count(0)
    if nulls >= 2:
        return 'utf-16-be' if data[:2][0] == 0 else 'utf-16-le'
    return 'utf-8'


def get_encoding_from_headers(headers):
    """The encoding that the headers of a response name, or None."""
    kind, *params = headers.get('content-type', '').split(';')
    for param in params:
        key, _, value = param.strip().partition('=')
        if key.strip().lower() == 'charset':
            return value.strip('\'" ')
    if 'text' in kind:
        return 'ISO-8859-1'
    if 'application/json' in kind:
        return 'utf-8'
    return None
