"""Opening addresses, which programs may not do by themselves."""

from urllib.parse import quote as pathname2url, unquote as url2pathname


class Request:
    """What is asked of an address."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.data = data
        self.headers = {key.capitalize(): value for key, value in headers.items()}
        self.method = method

    def get_method(self):
        return self.method or ('GET' if self.data is None else 'POST')

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val


def urlopen(url, data=None, timeout=None, **kwargs):
    raise PermissionError('urllib.request does not open addresses here; use the requests module')


def urlretrieve(url, filename=None, reporthook=None, data=None):
    raise PermissionError('urllib.request does not open addresses here; use the requests module')
