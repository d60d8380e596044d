"""Random numbers that nobody can foresee."""

import base64 as _base64
from hmac import compare_digest
from random import SystemRandom

DEFAULT_ENTROPY = 32


def choice(seq):
    return SystemRandom().choice(seq)


def randbelow(exclusive_upper_bound):
    if exclusive_upper_bound <= 0:
        raise ValueError('Upper bound must be positive.')
    return SystemRandom().randrange(exclusive_upper_bound)


def randbits(k):
    return SystemRandom().getrandbits(k)


def token_bytes(nbytes=None):
    return SystemRandom().randbytes(DEFAULT_ENTROPY if nbytes is None else nbytes)


def token_hex(nbytes=None):
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    return _base64.urlsafe_b64encode(token_bytes(nbytes)).replace(b'=', b'').decode('ascii')
