"""Reading JSON."""


class JSONDecoder:
    """Reads JSON; the hooks say what its parts become."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float
        self.parse_int = parse_int
        self.parse_constant = parse_constant
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def _read(self, s, start):
        return _read(s, start, self.object_hook, self.parse_float, self.parse_int, self.parse_constant, self.object_pairs_hook, self.strict)

    def decode(self, s):
        return self._read(s, -1)

    def raw_decode(self, s, idx=0):
        return self._read(s, idx)
