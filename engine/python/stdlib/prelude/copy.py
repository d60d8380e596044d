"""Copies of values, shallow and deep."""

__all__ = ['Error', 'copy', 'deepcopy']


def copy(x):
    return _shallow(x)


def deepcopy(x, memo=None, _nil=[]):
    return _deep(x, memo)
