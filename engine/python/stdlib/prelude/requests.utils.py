"""Small things around requests."""

from urllib.parse import quote, unquote, urlparse

from requests.cookies import RequestsCookieJar, cookiejar_from_dict
from requests.models import get_encoding_from_headers, requote_uri
from requests.structures import CaseInsensitiveDict


def default_user_agent(name='Colloquy'):
    return name


def default_headers():
    return CaseInsensitiveDict({'User-Agent': default_user_agent(), 'Accept-Encoding': 'gzip, deflate', 'Accept': '*/*',
                                'Connection': 'keep-alive'})


def dict_from_cookiejar(cj):
    return {cookie.name: cookie.value for cookie in cj}


def add_dict_to_cookiejar(cj, cookie_dict):
    return cookiejar_from_dict(cookie_dict, cj)


def get_auth_from_url(url):
    parts = urlparse(url)
    return unquote(parts.username or ''), unquote(parts.password or '')
