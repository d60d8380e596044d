"""Tables written with commas."""

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)


class Error(Exception):
    """The table cannot be read or written."""

    __module__ = '_csv'


class Dialect:
    """How a table is written."""

    delimiter = ','
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = '\r\n'
    quoting = QUOTE_MINIMAL
    strict = False


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = '\t'


class unix_dialect(Dialect):
    quoting = QUOTE_ALL
    lineterminator = '\n'


_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}
_options = ('delimiter', 'quotechar', 'escapechar', 'doublequote', 'skipinitialspace', 'lineterminator', 'quoting', 'strict')


def register_dialect(name, dialect=None, **fmtparams):
    _dialects[name] = _settled(dialect or excel, fmtparams)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    return _dialects[name]


def list_dialects():
    return list(_dialects)


_limit = [131072]


def field_size_limit(new_limit=None):
    before = _limit[0]
    if new_limit is not None:
        if not isinstance(new_limit, int):
            raise TypeError('limit must be an integer')
        _limit[0] = new_limit
    return before


def _settled(dialect, given):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)
    made = Dialect()
    for name in _options:
        setattr(made, name, getattr(dialect, name, getattr(Dialect, name)))
    for name, value in given.items():
        if name not in _options:
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        setattr(made, name, value)
    for name in ('delimiter', 'quotechar', 'escapechar'):
        value = getattr(made, name)
        if value is None and name != 'delimiter':
            continue
        if not isinstance(value, str):
            raise TypeError(f'"{name}" must be string{"" if name == "delimiter" else " or None"}, not {type(value).__name__}')
        if len(value) != 1 and (value or name == 'delimiter'):
            raise TypeError(f'"{name}" must be a 1-character string')
    if not isinstance(made.quoting, int) or not 0 <= made.quoting <= 5:
        raise TypeError('bad "quoting" value')
    if made.quotechar is None and made.quoting != QUOTE_NONE:
        raise TypeError('quotechar must be set if quoting enabled')
    return made


class reader:
    """Gives the rows of lines."""

    def __init__(self, iterable, dialect='excel', **fmtparams):
        self.dialect = _settled(dialect, fmtparams)
        self._lines = iter(iterable)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        row = _Row(self.dialect)
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if row.inside_quotes and not self.dialect.strict and (row.field or row.fields):
                    return row.finished()
                if row.inside_quotes:
                    raise Error('unexpected end of data') from None
                raise
            if not isinstance(line, str):
                raise Error(f'iterator should return strings, not {type(line).__name__} (the file should be opened in text mode)')
            self.line_num += 1
            if row.take(line):
                return row.finished()


class _Row:
    """A row being read, which may go over several lines."""

    def __init__(self, dialect):
        self.dialect = dialect
        self.fields = []
        self._start()

    def _start(self):
        self.field = ''
        self.state = 'start'
        self.quoted = False

    @property
    def inside_quotes(self):
        return self.state in ('quoted', 'escape in quotes')

    def _end(self):
        field = self.field
        if len(field) > _limit[0]:
            raise Error(f'field larger than field limit ({_limit[0]})')
        if self.dialect.quoting == QUOTE_NONNUMERIC and not self.quoted:
            field = float(field)
        self.fields.append(field)
        self._start()

    def take(self, line):
        """Reads a line; false if the row goes on in the next."""
        d = self.dialect
        at, empty = 0, not self.inside_quotes and not line.strip('\r\n')
        if empty:
            return True
        while at < len(line):
            at = self._quoted(line, at) if self.inside_quotes else self._plain(line, at, d)
            if at < 0:
                break
        if self.inside_quotes:
            return False
        self._end()
        return True

    def _quoted(self, line, at):
        d = self.dialect
        c = line[at]
        if self.state == 'escape in quotes':
            self.field += c
            self.state = 'quoted'
            return at + 1
        if c == d.escapechar:
            self.state = 'escape in quotes'
            return at + 1
        if c == d.quotechar and d.quoting != QUOTE_NONE:
            if d.doublequote and line[at + 1:at + 2] == d.quotechar:
                self.field += c
                return at + 2
            self.state = 'after quotes'
            return at + 1
        end = at + 1
        while end < len(line) and line[end] != d.quotechar and line[end] != d.escapechar:
            end += 1
        self.field += line[at:end]
        return end

    def _plain(self, line, at, d):
        c = line[at]
        if c in '\r\n':
            return -1
        if c == d.delimiter:
            self._end()
            return at + 1
        if c == d.escapechar:
            self.field += line[at + 1:at + 2]
            self.state = 'in field'
            return at + 2
        if self.state == 'start':
            if c == ' ' and d.skipinitialspace:
                return at + 1
            if c == d.quotechar and d.quoting != QUOTE_NONE:
                self.state = 'quoted'
                self.quoted = True
                return at + 1
        if self.state == 'after quotes' and d.strict:
            raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")
        self.state = 'in field'
        end = at + 1
        while end < len(line) and line[end] not in '\r\n' and line[end] != d.delimiter and line[end] != d.escapechar:
            end += 1
        self.field += line[at:end]
        return end

    def finished(self):
        if self.inside_quotes:
            self._end()
        return self.fields


class writer:
    """Writes rows."""

    def __init__(self, fileobj, dialect='excel', **fmtparams):
        self.dialect = _settled(dialect, fmtparams)
        try:
            self._write = fileobj.write
        except AttributeError:
            raise TypeError('argument 1 must have a "write" method') from None

    def _field(self, value, alone):
        d = self.dialect
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        text = '' if value is None else value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)
        text, special = self._escaped(text)
        if d.quoting == QUOTE_NONE:
            if alone and not text:
                raise Error('single empty field record must be quoted')
            return text
        always = (d.quoting == QUOTE_ALL or d.quoting == QUOTE_NONNUMERIC and not number or d.quoting == QUOTE_STRINGS and isinstance(value, str)
                  or d.quoting == QUOTE_NOTNULL and value is not None)
        if always or special or alone and not text:
            return d.quotechar + text + d.quotechar
        return text

    def _escaped(self, text):
        """The text of a field with what needs an escape, and whether it needs quotes."""
        d = self.dialect
        kept = [c for c in (d.delimiter, d.escapechar, d.quotechar, '\n', '\r') if c]
        if not any(c in text for c in kept):
            return text, False
        out, special = '', False
        for c in text:
            if c in kept:
                if d.quoting == QUOTE_NONE or c == d.escapechar or c == d.quotechar and not d.doublequote:
                    if not d.escapechar:
                        raise Error('need to escape, but no escapechar set')
                    out += d.escapechar
                else:
                    special = True
                    if c == d.quotechar:
                        out += c
            out += c
        return out, special

    def writerow(self, row):
        try:
            row = list(row)
        except TypeError:
            raise Error(f'iterable expected, not {type(row).__name__}') from None
        alone = len(row) == 1
        return self._write(self.dialect.delimiter.join(self._field(value, alone) for value in row) + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class DictReader:
    """Gives rows as dicts by the names in the first row."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        self._fieldnames = list(fieldnames) if fieldnames is not None else None
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        out = dict(zip(names, row))
        if len(row) > len(names):
            out[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            out[name] = self.restval
        return out


class DictWriter:
    """Writes dicts as rows."""

    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        if extrasaction.lower() not in ('raise', 'ignore'):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.fieldnames = list(fieldnames)
        self.restval = restval
        self.extrasaction = extrasaction.lower()
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def _row(self, rowdict):
        if self.extrasaction == 'raise':
            extra = [name for name in rowdict if name not in self.fieldnames]
            if extra:
                raise ValueError('dict contains fields not in fieldnames: ' + ', '.join(map(repr, extra)))
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        self.writer.writerows(map(self._row, rowdicts))


class Sniffer:
    """Guesses how a table is written."""

    def sniff(self, sample, delimiters=None):
        lines = [line for line in sample.splitlines() if line.strip()]
        best = None
        for delimiter in delimiters or ',\t;|: ':
            counts = [line.count(delimiter) for line in lines]
            if counts and min(counts) > 0 and (best is None or len(set(counts)) < best[0]):
                best = len(set(counts)), delimiter
        if best is None:
            raise Error('Could not determine delimiter')
        return type('dialect', (excel,), {'delimiter': best[1]})

    def has_header(self, sample):
        rows = list(reader(sample.splitlines(), self.sniff(sample)))
        if len(rows) < 2:
            return False

        def number(text):
            try:
                float(text)
            except ValueError:
                return False
            return True
        return any(not number(name) and all(number(row[i]) for row in rows[1:] if i < len(row)) for i, name in enumerate(rows[0]))
