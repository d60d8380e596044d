"""What a session remembers besides the answers, as interviews read it."""

import _words


class _Internal:
    """docassemble's _internal: a mapping to be looked at. What it gives are copies."""

    def __getitem__(self, key):
        return _words.internal()[key]

    def get(self, key, default=None):
        return _words.internal().get(key, default)

    def __contains__(self, key):
        return key in _words.internal()

    def __iter__(self):
        return iter(_words.internal())

    def __len__(self):
        return len(_words.internal())

    def keys(self):
        return _words.internal().keys()

    def values(self):
        return _words.internal().values()

    def items(self):
        return _words.internal().items()

    def __repr__(self):
        return '<the session>'

    def __setitem__(self, key, value):
        raise TypeError('_internal cannot be changed; set_parts(), set_progress(), set_task_counter() and their kin do that')


_internal = _Internal()
