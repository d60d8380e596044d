"""How a place writes numbers. Here it is always the place that has no customs."""

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127


class Error(Exception):
    """There is no such place."""


def setlocale(category, locale=None):
    if isinstance(locale, (tuple, list)):
        locale = '.'.join(part for part in locale if part)
    if locale in (None, '', 'C', 'POSIX', 'C.UTF-8'):
        return 'C'
    raise Error('unsupported locale setting')


def getlocale(category=LC_CTYPE):
    return None, None


def getdefaultlocale(envvars=()):
    return None, None


def getpreferredencoding(do_setlocale=True):
    return 'UTF-8'


def getencoding():
    return 'UTF-8'


def resetlocale(category=LC_ALL):
    setlocale(category, 'C')


def localeconv():
    unknown = dict.fromkeys(('int_frac_digits', 'frac_digits', 'p_cs_precedes', 'p_sep_by_space', 'n_cs_precedes', 'n_sep_by_space',
                             'p_sign_posn', 'n_sign_posn'), CHAR_MAX)
    empty = dict.fromkeys(('int_curr_symbol', 'currency_symbol', 'mon_decimal_point', 'mon_thousands_sep', 'positive_sign', 'negative_sign',
                           'thousands_sep'), '')
    return {'decimal_point': '.', 'grouping': [], 'mon_grouping': [], **empty, **unknown}


def format_string(f, val, grouping=False, monetary=False):
    return f % val


def currency(val, symbol=True, grouping=False, international=False):
    raise ValueError("Currency formatting is not possible using the 'C' locale.")


def delocalize(string):
    return string


def localize(string, grouping=False, monetary=False):
    return string


def str(val):
    return '%.12g' % val


def atof(string, func=float):
    return func(string)


def atoi(string):
    return int(string)


def strcoll(os1, os2):
    return (os1 > os2) - (os1 < os2)


def strxfrm(string):
    return string


def normalize(localename):
    return localename
