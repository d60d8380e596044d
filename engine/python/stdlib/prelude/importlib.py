"""Modules by name."""


def import_module(name, package=None):
    if name.startswith('.'):
        if not package:
            raise TypeError(f'the \'package\' argument is required to perform a relative import for {name!r}')
        level = len(name) - len(name.lstrip('.'))
        parts = package.split('.')
        if level > len(parts):
            raise ImportError('attempted relative import beyond top-level package')
        name = '.'.join(parts[:len(parts) - level + 1] + [name[level:]] if name[level:] else parts[:len(parts) - level + 1])
    for end in range(1, name.count('.') + 1):
        _load('.'.join(name.split('.')[:end]))
    return _load(name)


def reload(module):
    return module


def invalidate_caches():
    pass
