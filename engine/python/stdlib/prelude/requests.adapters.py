"""The way to the servers."""

import datetime
from urllib.parse import urlsplit

from _requests import send as _send
from requests.cookies import RequestsCookieJar, _extract
from requests.exceptions import (
    ChunkedEncodingError, ConnectionError, ConnectTimeout, InvalidSchema, ReadTimeout, SSLError, TooManyRedirects,
)
from requests.models import Response, _raw, get_encoding_from_headers
from requests.structures import CaseInsensitiveDict

DEFAULT_RETRIES = 0


def _seconds(timeout):
    """The times for reaching a server and for its answer, None for the server's own."""
    if isinstance(timeout, tuple):
        if len(timeout) != 2 or 0 in timeout:
            raise ValueError(f'Invalid timeout {timeout}. Pass a (connect, read) timeout tuple, or a single float '
                             'to set both timeouts to the same value.')
        times = timeout
    else:
        times = timeout, timeout
    for what, value in zip(('connect', 'read'), times):
        if value is None:
            continue
        if isinstance(value, bool):
            raise ValueError('Timeout cannot be a boolean value. It must be an int, float or None.')
        try:
            seconds = float(value)
        except (TypeError, ValueError):
            raise ValueError(f'Timeout value {what} was {value}, but it must be an int, float or None.') from None
        if seconds <= 0:
            raise ValueError(f'Attempted to set {what} timeout to {value}, but the timeout cannot be set to a value '
                             'less than or equal to 0.')
    return times


class BaseAdapter:
    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        raise NotImplementedError

    def close(self):
        raise NotImplementedError


class HTTPAdapter(BaseAdapter):
    """Sends requests with HTTP."""

    def __init__(self, pool_connections=10, pool_maxsize=10, max_retries=DEFAULT_RETRIES, pool_block=False):
        self.max_retries = max_retries

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        if verify is not True and verify is not None:
            raise NotImplementedError('requests: verify=False and own certificates are not possible here')
        if cert is not None or proxies:
            raise NotImplementedError('requests: cert and proxies are not possible here')
        connect, read = _seconds(timeout)
        if not request.url.lower().startswith(('http://', 'https://')):
            raise InvalidSchema(f'No connection adapters were found for {request.url!r}')
        tries = self.max_retries if isinstance(self.max_retries, int) else 0
        headers = [(name, value if isinstance(value, str) else value.decode('latin-1')) for name, value in request.headers.items()]
        body = None if request.body is None else _raw(request.body)
        while True:
            result = _send(request.method, request.url, headers, body, connect, read)
            if len(result) != 2 or tries <= 0 or result[0] not in ('connect', 'connect timeout'):
                break
            tries -= 1
        if len(result) == 2:
            self._fail(request, connect, read, *result)
        return self.build_response(request, result)

    def _fail(self, request, connect, read, kind, why):
        parts = urlsplit(request.url)
        port = parts.port or (443 if parts.scheme == 'https' else 80)
        pool = f'{"HTTPSConnectionPool" if parts.scheme == "https" else "HTTPConnectionPool"}(host={parts.hostname!r}, port={port})'
        tried = f'{pool}: Max retries exceeded with url: {request.path_url} (Caused by '
        if kind == 'connect timeout':
            raise ConnectTimeout(f"{tried}ConnectTimeoutError('Connection to {parts.hostname} timed out. (connect timeout={connect})'))",
                                 request=request)
        if kind == 'read timeout':
            raise ReadTimeout(f'{pool}: Read timed out. (read timeout={read})', request=request)
        if kind == 'security':
            raise SSLError(f'{tried}SSLError({why!r}))', request=request)
        if kind == 'connect':
            raise ConnectionError(f"{tried}NewConnectionError({'Failed to establish a new connection: ' + why!r}))", request=request)
        if kind == 'large':
            raise ChunkedEncodingError(why, request=request)
        raise ConnectionError(why if kind == 'refused' else f"('Connection aborted.', {why!r})", request=request)

    def build_response(self, request, result):
        status, reason, pairs, content, elapsed = result
        response = Response()
        response.status_code, response.reason, response.url = status, reason, request.url
        for name, value in pairs:
            old = response.headers.get(name)
            response.headers[name] = value if old is None else f'{old}, {value}'
        response.encoding = get_encoding_from_headers(response.headers)
        response._content, response._content_consumed = content, True
        response.elapsed = datetime.timedelta(microseconds=elapsed)
        response.request, response.connection = request, self
        response.cookies = RequestsCookieJar()
        _extract(response.cookies, pairs, request.url)
        return response

    def close(self):
        pass
