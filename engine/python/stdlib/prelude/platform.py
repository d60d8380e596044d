"""What programs are told of the machine: nothing that is true of one only."""


def system():
    return 'Linux'


def python_version():
    return '3.12.0'


def python_version_tuple():
    return '3', '12', '0'


def python_implementation():
    return 'Colloquy'


def node():
    return ''


def release():
    return ''


def version():
    return ''


def machine():
    return ''


def processor():
    return ''


def platform(aliased=False, terse=False):
    return 'Linux'
