"""What outlives a session, or its history: values under keys, and objects that sessions share."""

import _words
from _objects import DAObject, DAError


class DAStore(DAObject):
    """Values that are kept outside of the answers: for the user, the session, the interview or everybody."""

    def _spot(self):
        base = str(self.__dict__.get('base') or 'user')
        encrypted = self.__dict__.get('encrypted')
        return base, base in ('user', 'session') if encrypted is None else bool(encrypted)

    def is_encrypted(self):
        return self._spot()[1]

    def get(self, key):
        return _words.kept_get(*self._spot(), str(key))

    def set(self, key, value):
        _words.kept_set(*self._spot(), str(key), value)

    def delete(self, key):
        _words.kept_delete(*self._spot(), str(key))

    def defined(self, key):
        return _words.kept_has(*self._spot(), str(key))

    def keys(self):
        return _words.kept_keys(*self._spot())


def _shared_base(base):
    if base not in ('user', 'interview', 'global'):
        raise DAError("DAGlobal: base must be 'user', 'interview' or 'global'")
    return base


class DAGlobal(DAObject):
    """An object whose attributes all sessions that know its key have in common.

    Only what it is found by is among the answers; see _own."""

    _own = ('instanceName', 'has_nonrandom_instance_name', 'attrList', 'base', 'key')

    def init(self, *pargs, **kwargs):
        self.base = _shared_base(kwargs.pop('base', 'user'))
        self.key = str(kwargs.pop('key', None) or _words.random_key())
        super().init(*pargs)
        for name, value in kwargs.items():
            setattr(self, name, value)

    def _shared(self):
        return _words.shared(self.__dict__['base'], self.__dict__['key'])

    def __getattr__(self, name):
        if name not in DAGlobal._own and not name.startswith('__') and 'key' in self.__dict__:
            shared = self._shared()
            if name in shared:
                return shared[name]
        return super().__getattr__(name)

    def __setattr__(self, name, value):
        if name in DAGlobal._own:
            super().__setattr__(name, value)
            return
        if isinstance(value, DAObject) and not value.has_nonrandom_instance_name:
            value.fix_instance_name(value.instanceName, self.attr_name(name))
        self._shared()[name] = value

    def __delattr__(self, name):
        if name in DAGlobal._own:
            super().__delattr__(name)
            return
        shared = self._shared()
        if name not in shared:
            raise AttributeError(name)
        del shared[name]

    def __dir__(self):
        return [name for name in self._own if name in self.__dict__] + list(self._shared())

    def delete(self):
        """Forgets all attributes, for all sessions."""
        _words.shared_delete(self.base, self.key)

    @classmethod
    def keys(cls, base, key=None):
        if key is not None:
            return cls.defined(base, key)
        return _words.shared_keys(_shared_base(base))

    @classmethod
    def defined(cls, base, key):
        return _words.shared_has(_shared_base(base), str(key))

    @classmethod
    def remove(cls, base, key):
        _words.shared_delete(_shared_base(base), str(key))
