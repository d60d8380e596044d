"""Asking other servers. Which ones may be asked, the configuration of the server says."""

__version__ = '2.32.0'

from requests import adapters, api, auth, cookies, exceptions, models, sessions, status_codes, structures, utils
from requests.api import delete, get, head, options, patch, post, put, request
from requests.exceptions import (
    ConnectionError, ConnectTimeout, FileModeWarning, HTTPError, JSONDecodeError, ReadTimeout, RequestException, Timeout,
    TooManyRedirects, URLRequired,
)
from requests.models import PreparedRequest, Request, Response
from requests.sessions import Session, session
from requests.status_codes import codes
