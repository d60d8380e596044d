"""What servers ask to be told again."""

import time
from collections.abc import MutableMapping
from datetime import datetime, timezone
from urllib.parse import urlsplit


class CookieConflictError(RuntimeError):
    """Several cookies have the name."""


class Cookie:
    """One cookie. Domain '' means every server."""

    def __init__(self, name, value, domain='', path='/', secure=False, expires=None, host_only=False, rest=None):
        self.name = name
        self.value = value
        self.domain = domain
        self.path = path
        self.secure = secure
        self.expires = expires
        self.discard = expires is None
        self._host_only = host_only
        self._rest = {'HttpOnly': None} if rest is None else rest

    def is_expired(self, now=None):
        return self.expires is not None and self.expires <= (time.time() if now is None else now)

    def has_nonstandard_attr(self, name):
        return name in self._rest

    def get_nonstandard_attr(self, name, default=None):
        return self._rest.get(name, default)

    def _goes_to(self, parts):
        if self.secure and parts.scheme != 'https' or self.is_expired():
            return False
        host, domain = (parts.hostname or '').lower(), self.domain.lstrip('.').lower()
        if domain and host != domain and (self._host_only or not host.endswith('.' + domain)):
            return False
        path = parts.path or '/'
        return path == self.path or path.startswith(self.path if self.path.endswith('/') else self.path + '/')

    def __repr__(self):
        return f'Cookie(name={self.name!r}, value={self.value!r}, domain={self.domain!r}, path={self.path!r})'

    def __str__(self):
        return f'<Cookie {self.name}={self.value} for {self.domain}{self.path}>'


class RequestsCookieJar(MutableMapping):
    """Cookies by name; iterating gives the cookies themselves."""

    def __init__(self):
        self._cookies = {}

    def set_cookie(self, cookie):
        self._cookies[cookie.domain, cookie.path, cookie.name] = cookie

    def set(self, name, value, **kwargs):
        if value is None:
            self._remove(name, kwargs.get('domain'), kwargs.get('path'))
            return None
        cookie = value if isinstance(value, Cookie) else create_cookie(name, value, **kwargs)
        self.set_cookie(cookie)
        return cookie

    def _found(self, name, domain=None, path=None):
        return [c for c in self if c.name == name and domain in (None, c.domain) and path in (None, c.path)]

    def _remove(self, name, domain=None, path=None):
        for c in self._found(name, domain, path):
            del self._cookies[c.domain, c.path, c.name]

    def _only(self, name, domain=None, path=None):
        found = self._found(name, domain, path)
        if len(found) > 1:
            raise CookieConflictError(f'There are multiple cookies with name, {name!r}')
        if not found:
            raise KeyError(f'name={name!r}, domain={domain!r}, path={path!r}')
        return found[0].value

    def get(self, name, default=None, domain=None, path=None):
        try:
            return self._only(name, domain, path)
        except KeyError:
            return default

    def __getitem__(self, name):
        return self._only(name)

    def __setitem__(self, name, value):
        self.set(name, value)

    def __delitem__(self, name):
        self._remove(name)

    def __contains__(self, name):
        return any(c.name == name for c in self)

    def __iter__(self):
        places = {}
        for c in self._cookies.values():
            places.setdefault(c.domain, {}).setdefault(c.path, []).append(c)
        return (c for domain in places.values() for path in domain.values() for c in path)

    def __len__(self):
        return len(self._cookies)

    def iterkeys(self):
        return (c.name for c in self)

    def itervalues(self):
        return (c.value for c in self)

    def iteritems(self):
        return ((c.name, c.value) for c in self)

    def keys(self):
        return list(self.iterkeys())

    def values(self):
        return list(self.itervalues())

    def items(self):
        return list(self.iteritems())

    def list_domains(self):
        return list(dict.fromkeys(c.domain for c in self))

    def list_paths(self):
        return list(dict.fromkeys(c.path for c in self))

    def multiple_domains(self):
        return len(self.list_domains()) < len(self)

    def get_dict(self, domain=None, path=None):
        return {c.name: c.value for c in self if domain in (None, c.domain) and path in (None, c.path)}

    def clear(self, domain=None, path=None, name=None):
        self._cookies = {
            key: c for key, c in self._cookies.items()
            if domain is not None and c.domain != domain or path is not None and c.path != path or name is not None and c.name != name
        }

    def update(self, other):
        if isinstance(other, RequestsCookieJar):
            for c in other:
                self.set_cookie(c)
        else:
            super().update(other)

    def copy(self):
        jar = RequestsCookieJar()
        jar.update(self)
        return jar

    def __eq__(self, other):
        return self is other

    def __hash__(self):
        return id(self)

    def __repr__(self):
        return f'<RequestsCookieJar[{", ".join(repr(c) for c in self)}]>'

    def __str__(self):
        return f'<RequestsCookieJar[{", ".join(str(c) for c in self)}]>'


def create_cookie(name, value, **kwargs):
    """A cookie; the further arguments are those of its attributes."""
    known = {'domain', 'path', 'secure', 'expires', 'rest'}
    odd = set(kwargs) - known - {'version', 'port', 'discard', 'comment', 'comment_url', 'rfc2109'}
    if odd:
        raise TypeError(f'create_cookie() got unexpected keyword arguments: {sorted(odd)}')
    return Cookie(name, value, **{key: v for key, v in kwargs.items() if key in known})


def cookiejar_from_dict(cookie_dict, cookiejar=None, overwrite=True):
    """The cookies of a dictionary, for every server."""
    jar = RequestsCookieJar() if cookiejar is None else cookiejar
    for name, value in (cookie_dict or {}).items():
        if overwrite or name not in jar:
            jar.set(name, value)
    return jar


def merge_cookies(cookiejar, cookies):
    """Adds cookies to a jar."""
    if isinstance(cookies, dict):
        return cookiejar_from_dict(cookies, cookiejar, overwrite=False)
    cookiejar.update(cookies)
    return cookiejar


def get_cookie_header(jar, url):
    """The Cookie header for an address, or None."""
    parts = urlsplit(url)
    going = sorted((c for c in jar if c._goes_to(parts)), key=lambda c: -len(c.path))
    return '; '.join(c.name if c.value is None else f'{c.name}={c.value}' for c in going) or None


def _moment(text):
    for form in ('%a, %d %b %Y %H:%M:%S GMT', '%a, %d-%b-%Y %H:%M:%S GMT', '%A, %d-%b-%y %H:%M:%S GMT'):
        try:
            return int(datetime.strptime(text, form).replace(tzinfo=timezone.utc).timestamp())
        except ValueError:
            pass
    return None


def _parse(header, url):
    """Reads a Set-Cookie header; None if it is not for the server that sent it."""
    first, *rest = header.split(';')
    name, eq, value = first.partition('=')
    parts = urlsplit(url)
    host = (parts.hostname or '').lower()
    folder = parts.path.rpartition('/')[0] or '/'
    cookie = Cookie(name.strip(), value.strip() if eq else None, domain=host, path=folder, host_only=True, rest={})
    for attribute in rest:
        key, _, value = attribute.strip().partition('=')
        key = key.lower()
        if key == 'domain' and value.strip('.'):
            domain = value.lstrip('.').lower()
            if domain != host and (not host.endswith('.' + domain) or '.' not in domain):
                return None
            if domain != host or '.' in domain:
                cookie.domain, cookie._host_only = '.' + domain, False
        elif key == 'path' and value.startswith('/'):
            cookie.path = value
        elif key == 'secure':
            cookie.secure = True
        elif key == 'max-age' and value.lstrip('-').isdigit():
            cookie.expires = int(time.time()) + int(value)
        elif key == 'expires' and cookie.expires is None:
            cookie.expires = _moment(value)
        elif key == 'httponly':
            cookie._rest['HttpOnly'] = None
    cookie.discard = cookie.expires is None
    return cookie


def _extract(jar, headers, url):
    """Takes the cookies out of a list of headers."""
    for name, value in headers:
        if name.lower() == 'set-cookie':
            cookie = _parse(value, url)
            if cookie is None:
                continue
            if cookie.is_expired():
                jar._remove(cookie.name, cookie.domain, cookie.path)
            else:
                jar.set_cookie(cookie)
