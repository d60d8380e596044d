"""Why a call to another server came to nothing."""

from json import JSONDecodeError as _CompatJSONDecodeError


class RequestException(IOError):
    """Something went wrong with a request."""

    def __init__(self, *args, **kwargs):
        response = kwargs.pop('response', None)
        self.response = response
        self.request = kwargs.pop('request', None)
        if response is not None and not self.request and hasattr(response, 'request'):
            self.request = response.request
        IOError.__init__(self, *args, **kwargs)


class InvalidJSONError(RequestException):
    """JSON that cannot be written or read."""


class JSONDecodeError(InvalidJSONError, _CompatJSONDecodeError):
    """Text that is not JSON."""

    def __init__(self, *args, **kwargs):
        _CompatJSONDecodeError.__init__(self, *args)
        InvalidJSONError.__init__(self, *self.args, **kwargs)


class HTTPError(RequestException):
    """A status that says that it did not work."""


class ConnectionError(RequestException):
    """The server could not be reached, or may not be."""


class ProxyError(ConnectionError):
    """A proxy failed."""


class SSLError(ConnectionError):
    """The server could not show who it is."""


class Timeout(RequestException):
    """It took too long."""


class ConnectTimeout(ConnectionError, Timeout):
    """The server was not reached in time."""


class ReadTimeout(Timeout):
    """The server did not answer in time."""


class URLRequired(RequestException):
    """There is no address."""


class TooManyRedirects(RequestException):
    """The server sent the request from place to place."""


class MissingSchema(RequestException, ValueError):
    """The address does not begin with http:// or https://."""


class InvalidSchema(RequestException, ValueError):
    """The address begins with something else than http:// or https://."""


class InvalidURL(RequestException, ValueError):
    """The address cannot be read."""


class InvalidHeader(RequestException, ValueError):
    """A header that cannot be sent."""


class InvalidProxyURL(InvalidURL):
    """The address of a proxy cannot be read."""


class ChunkedEncodingError(RequestException):
    """The response broke off."""


class ContentDecodingError(RequestException):
    """The response cannot be unpacked."""


class StreamConsumedError(RequestException, TypeError):
    """The response was read already."""


class RetryError(RequestException):
    """It was tried often enough."""


class UnrewindableBodyError(RequestException):
    """What was sent cannot be sent again."""


class RequestsWarning(Warning):
    """A warning."""


class FileModeWarning(RequestsWarning, DeprecationWarning):
    """A file is open as text."""


class RequestsDependencyWarning(RequestsWarning):
    """A library does not fit."""
