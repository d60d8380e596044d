"""Who asks, with what, and where in the interview one is."""

import _words


class _Facts:
    def __init__(self, facts):
        for name, value in facts.items():
            setattr(self, name, value)


class UserInfo(_Facts):
    """The account of the user, or what is known of a user without one."""

    def name(self):
        words = [name for name in (self.first_name, self.last_name) if name]
        return ' '.join(words) if words else 'Unnamed User'

    def __str__(self):
        return self.name()


def user_info():
    info = UserInfo(_words.user())
    context = _words.context()
    for name in ('session', 'filename', 'package', 'question_id', 'variable', 'current_package', 'current_filename',
                 'current_section'):
        setattr(info, name, context[name])
    return info


class RequestURL(_Facts):
    """The address that was asked for, in parts."""

    def __getitem__(self, name):
        return getattr(self, name)

    def get(self, name, default=None):
        return getattr(self, name, default)

    def keys(self):
        return self.__dict__.keys()

    def __str__(self):
        return self.url


class _Attachment(_Facts):
    """The document that is being made."""

    def __getitem__(self, name):
        return getattr(self, name)


class CurrentContext(_Facts):
    """Where in which interview one is."""


def current_context():
    context = CurrentContext(_words.context())
    context.request_url = dict(context.request_url)
    if context.attachment is not None:
        context.attachment = _Attachment(context.attachment)
    return context


class _Family(_Facts):
    def __str__(self):
        return ' '.join(part for part in (self.family, getattr(self, 'version_string', '')) if part)


class Device(_Facts):
    """What the browser says it is."""

    def __str__(self):
        kind = self.is_pc and 'PC' or self.device.family
        return ' / '.join([kind, str(self.os), str(self.browser)])


def device(ip=False):
    facts = _words.browser()
    if ip:
        return facts['ip']
    if not facts['ua_string']:
        return None
    for part in ('browser', 'os', 'device'):
        facts[part] = _Family(facts[part])
    return Device(facts)


class SessionTags:
    """The tags of the session: a set that the session keeps."""

    def _tags(self):
        return _words.tags()

    def add(self, tag):
        _words.set_tags(self._tags() + [str(tag)])

    def update(self, *others):
        for other in others:
            _words.set_tags(self._tags() + [str(tag) for tag in other])

    def discard(self, tag):
        _words.set_tags([other for other in self._tags() if other != tag])

    def remove(self, tag):
        if tag not in self._tags():
            raise KeyError(tag)
        self.discard(tag)

    def pop(self):
        tags = self._tags()
        if not tags:
            raise KeyError('pop from an empty set')
        self.discard(tags[0])
        return tags[0]

    def clear(self):
        _words.set_tags([])

    def copy(self):
        return set(self._tags())

    def union(self, *others):
        return self.copy().union(*others)

    def intersection(self, *others):
        return self.copy().intersection(*others)

    def difference(self, *others):
        return self.copy().difference(*others)

    def symmetric_difference(self, other):
        return self.copy().symmetric_difference(other)

    def _become(self, tags):
        _words.set_tags([str(tag) for tag in tags])
        return self

    def intersection_update(self, *others):
        self._become(self.intersection(*others))

    def difference_update(self, *others):
        self._become(self.difference(*others))

    def symmetric_difference_update(self, other):
        self._become(self.symmetric_difference(other))

    def isdisjoint(self, other):
        return self.copy().isdisjoint(other)

    def issubset(self, other):
        return self.copy().issubset(other)

    def issuperset(self, other):
        return self.copy().issuperset(other)

    def __contains__(self, tag):
        return tag in self._tags()

    def __iter__(self):
        return iter(self._tags())

    def __len__(self):
        return len(self._tags())

    def __eq__(self, other):
        return isinstance(other, (SessionTags, set, frozenset)) and self.copy() == set(other)

    def __le__(self, other):
        return self.copy() <= set(other)

    def __lt__(self, other):
        return self.copy() < set(other)

    def __ge__(self, other):
        return self.copy() >= set(other)

    def __gt__(self, other):
        return self.copy() > set(other)

    def __or__(self, other):
        return self.copy() | set(other)

    def __and__(self, other):
        return self.copy() & set(other)

    def __sub__(self, other):
        return self.copy() - set(other)

    def __xor__(self, other):
        return self.copy() ^ set(other)

    def __ror__(self, other):
        return set(other) | self.copy()

    def __rand__(self, other):
        return set(other) & self.copy()

    def __rsub__(self, other):
        return set(other) - self.copy()

    def __rxor__(self, other):
        return set(other) ^ self.copy()

    def __ior__(self, other):
        return self._become(self | other)

    def __iand__(self, other):
        return self._become(self & other)

    def __isub__(self, other):
        return self._become(self - other)

    def __ixor__(self, other):
        return self._become(self ^ other)

    def __str__(self):
        return str(self.copy())

    __repr__ = __str__


def session_tags():
    return SessionTags()


class _Partners(dict):
    """How many people could be talked to: help and peer, as items and as attributes."""

    help = property(lambda self: self['help'])
    peer = property(lambda self: self['peer'])


def chat_partners_available(*roles, mode='peerhelp', partner_roles=None):
    """Nobody can be talked to here, so there is nobody."""
    return _Partners(peer=0, help=0)
