"""Requests that have things in common."""

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit, urlunsplit

from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, cookiejar_from_dict, get_cookie_header, merge_cookies
from requests.exceptions import InvalidSchema, TooManyRedirects
from requests.models import DEFAULT_REDIRECT_LIMIT, PreparedRequest, Request, default_hooks, requote_uri
from requests.status_codes import codes
from requests.structures import CaseInsensitiveDict
from requests.utils import default_headers


def merge_setting(request_setting, session_setting, dict_class=dict):
    """A setting of a request over that of its session; None takes one away."""
    if session_setting is None:
        return request_setting
    if request_setting is None:
        return session_setting
    if not isinstance(session_setting, Mapping) or not isinstance(request_setting, Mapping):
        return request_setting
    merged = dict_class(session_setting)
    merged.update(request_setting)
    for key in [key for key, value in merged.items() if value is None]:
        del merged[key]
    return merged


class SessionRedirectMixin:
    """Following where servers point to."""

    def get_redirect_target(self, resp):
        if not resp.is_redirect:
            return None
        try:
            return resp.headers['location'].encode('latin-1').decode('utf-8')
        except UnicodeError:
            return resp.headers['location']

    def should_strip_auth(self, old_url, new_url):
        old, new = urlsplit(old_url), urlsplit(new_url)
        if old.hostname != new.hostname:
            return True
        if old.scheme == 'http' and old.port in (80, None) and new.scheme == 'https' and new.port in (443, None):
            return False
        usual = {'http': (80, None), 'https': (443, None)}.get(old.scheme, (None,))
        if old.scheme == new.scheme and old.port in usual and new.port in usual:
            return False
        return old.port != new.port or old.scheme != new.scheme

    def resolve_redirects(self, resp, req, yield_requests=False, **kwargs):
        history = []
        url = self.get_redirect_target(resp)
        fragment = urlsplit(req.url).fragment
        while url:
            again = req.copy()
            history.append(resp)
            resp.history = history[1:]
            if len(resp.history) >= self.max_redirects:
                raise TooManyRedirects(f'Exceeded {self.max_redirects} redirects.', response=resp)
            if url.startswith('//'):
                url = urlsplit(resp.url).scheme + ':' + url
            parts = urlsplit(url)
            if parts.fragment:
                fragment = parts.fragment
            elif fragment:
                url = urlunsplit(parts._replace(fragment=fragment))
            again.url = urljoin(resp.url, requote_uri(url)) if not urlsplit(url).netloc else requote_uri(url)
            self.rebuild_method(again, resp)
            if resp.status_code not in (codes.temporary_redirect, codes.permanent_redirect):
                for name in ('Content-Length', 'Content-Type', 'Transfer-Encoding'):
                    again.headers.pop(name, None)
                again.body = None
            self._rebuild_cookies(again, resp, req)
            if 'Authorization' in again.headers and self.should_strip_auth(resp.request.url, again.url):
                del again.headers['Authorization']
            req = again
            if yield_requests:
                yield req
                return
            resp = self.send(req, allow_redirects=False, **kwargs)
            url = self.get_redirect_target(resp)
            yield resp

    def _rebuild_cookies(self, again, resp, req):
        again.headers.pop('Cookie', None)
        jar = RequestsCookieJar()
        for cookies in (req._cookies, self.cookies, resp.cookies):
            jar.update(cookies)
        again._cookies = jar
        header = get_cookie_header(jar, again.url)
        if header is not None:
            again.headers['Cookie'] = header

    def rebuild_method(self, prepared_request, response):
        method = prepared_request.method
        if response.status_code in (codes.see_other, codes.found) and method != 'HEAD':
            method = 'GET'
        if response.status_code == codes.moved and method == 'POST':
            method = 'GET'
        prepared_request.method = method


class Session(SessionRedirectMixin):
    """Headers, cookies and other settings that several requests share."""

    def __init__(self):
        self.headers = default_headers()
        self.auth = None
        self.proxies = {}
        self.hooks = default_hooks()
        self.params = {}
        self.stream = False
        self.verify = True
        self.cert = None
        self.max_redirects = DEFAULT_REDIRECT_LIMIT
        self.trust_env = True
        self.cookies = cookiejar_from_dict({})
        self.adapters = {}
        self.mount('https://', HTTPAdapter())
        self.mount('http://', HTTPAdapter())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def prepare_request(self, request):
        cookies = request.cookies or {}
        if not isinstance(cookies, RequestsCookieJar):
            cookies = cookiejar_from_dict(cookies)
        merged = merge_cookies(merge_cookies(RequestsCookieJar(), self.cookies), cookies)
        p = PreparedRequest()
        p.prepare(method=request.method.upper(), url=request.url, files=request.files, data=request.data, json=request.json,
                  headers=merge_setting(request.headers, self.headers, CaseInsensitiveDict),
                  params=merge_setting(request.params, self.params), auth=merge_setting(request.auth, self.auth),
                  cookies=merged, hooks=request.hooks if any(request.hooks.values()) else self.hooks)
        return p

    def request(self, method, url, params=None, data=None, headers=None, cookies=None, files=None, auth=None, timeout=None,
                allow_redirects=True, proxies=None, hooks=None, stream=None, verify=None, cert=None, json=None):
        req = Request(method=method.upper(), url=url, headers=headers, files=files, data=data or {}, json=json, params=params or {},
                      auth=auth, cookies=cookies, hooks=hooks)
        return self.send(self.prepare_request(req), timeout=timeout, allow_redirects=allow_redirects, stream=stream,
                         verify=self.verify if verify is None else verify, cert=cert or self.cert, proxies=proxies or self.proxies)

    def get(self, url, **kwargs):
        kwargs.setdefault('allow_redirects', True)
        return self.request('GET', url, **kwargs)

    def options(self, url, **kwargs):
        kwargs.setdefault('allow_redirects', True)
        return self.request('OPTIONS', url, **kwargs)

    def head(self, url, **kwargs):
        kwargs.setdefault('allow_redirects', False)
        return self.request('HEAD', url, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        return self.request('POST', url, data=data, json=json, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request('PUT', url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        return self.request('PATCH', url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        return self.request('DELETE', url, **kwargs)

    def send(self, request, allow_redirects=True, **kwargs):
        if isinstance(request, Request):
            raise ValueError('You can only send PreparedRequests.')
        kwargs.setdefault('stream', self.stream)
        kwargs.setdefault('verify', self.verify)
        kwargs.setdefault('cert', self.cert)
        kwargs.setdefault('proxies', self.proxies)
        r = self.get_adapter(url=request.url).send(request, **kwargs)
        for hook in request.hooks.get('response', []):
            r = hook(r, **kwargs) or r
        for earlier in r.history:
            self.cookies.update(earlier.cookies)
        self.cookies.update(r.cookies)
        if allow_redirects:
            history = list(self.resolve_redirects(r, request, **kwargs))
            if history:
                history.insert(0, r)
                r = history.pop()
                r.history = history
        elif r.is_redirect:
            r._next = next(self.resolve_redirects(r, request, yield_requests=True, **kwargs))
        return r

    def get_adapter(self, url):
        for prefix, adapter in self.adapters.items():
            if url.lower().startswith(prefix.lower()):
                return adapter
        raise InvalidSchema(f'No connection adapters were found for {url!r}')

    def mount(self, prefix, adapter):
        self.adapters[prefix] = adapter
        for key in [key for key in self.adapters if len(key) < len(prefix)]:
            self.adapters[key] = self.adapters.pop(key)

    def close(self):
        pass


def session():
    return Session()
