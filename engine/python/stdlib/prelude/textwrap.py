"""Text in lines of a certain width."""

import re as _re

__all__ = ['TextWrapper', 'dedent', 'fill', 'indent', 'shorten', 'wrap']
_SPACE = '\t\n\x0b\x0c\r '
_CHUNKS = _re.compile(r'''([\t\n\x0b\x0c\r ]+|[^\t\n\x0b\x0c\r ]+)''')
_LETTER = r'[^\W\d_]'
_HYPHENS = _re.compile(rf"""(?<={_LETTER}{_LETTER})-(?={_LETTER}-?{_LETTER})|(?<={_LETTER}-{_LETTER})-(?={_LETTER}-?{_LETTER})|((?<=[\w!"'&.,?])-{{2,}}(?=\w))""")
_SENTENCE = _re.compile(r'[a-z][.!?]["\']?$')


class TextWrapper:
    """Breaks text into lines."""

    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8,
                 *, max_lines=None, placeholder=' [...]'):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _chunks(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate({ord(c): ' ' for c in _SPACE})
        chunks = []
        for chunk in _CHUNKS.findall(text):
            if chunk[0] in _SPACE or not self.break_on_hyphens:
                chunks.append(chunk)
            else:
                chunks.extend(self._parts(chunk))
        if self.fix_sentence_endings:
            for i in range(len(chunks) - 1):
                if chunks[i + 1] == ' ' and _SENTENCE.search(chunks[i]):
                    chunks[i + 1] = '  '
        return chunks

    def _parts(self, word):
        """A word, broken after hyphens and around dashes."""
        parts, start = [], 0
        for m in _HYPHENS.finditer(word):
            if m.group(1):
                parts.extend((word[start:m.start()], m.group(1)))
            else:
                parts.append(word[start:m.end()])
            start = m.end()
        parts.append(word[start:])
        return [part for part in parts if part]

    def _room(self, lines):
        return self.width - len(self.subsequent_indent if lines else self.initial_indent)

    def _split_long(self, chunks, line, used, width):
        room = max(width - used, 1) if width >= 1 else 1
        if self.break_long_words:
            chunk, end = chunks[0], room
            if self.break_on_hyphens and len(chunk) > room:
                hyphen = chunk.rfind('-', 0, room)
                if hyphen > 0 and any(c != '-' for c in chunk[:hyphen]):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[0] = chunk[end:]
        elif not line:
            line.append(chunks.pop(0))

    def _wrapped(self, chunks):
        if self.width <= 0:
            raise ValueError(f'invalid width {self.width!r} (must be > 0)')
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        lines = []
        while chunks:
            line, used, width = [], 0, self._room(lines)
            if self.drop_whitespace and not chunks[0].strip() and lines:
                del chunks[0]
            while chunks and used + len(chunks[0]) <= width:
                used += len(chunks[0])
                line.append(chunks.pop(0))
            if chunks and len(chunks[0]) > width:
                self._split_long(chunks, line, used, width)
                used = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                used -= len(line.pop())
            if not line:
                continue
            indent = self.subsequent_indent if lines else self.initial_indent
            last = self.max_lines is not None and len(lines) + 1 >= self.max_lines
            rest = not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
            if not last or rest and used <= width:
                lines.append(indent + ''.join(line))
                continue
            return self._ended(lines, line, used, width, indent)
        return lines

    def _ended(self, lines, line, used, width, indent):
        """The lines with a placeholder where the last one cannot hold the rest."""
        while line:
            if line[-1].strip() and used + len(self.placeholder) <= width:
                line.append(self.placeholder)
                return lines + [indent + ''.join(line)]
            used -= len(line.pop())
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                return lines[:-1] + [before + self.placeholder]
        return lines + [indent + self.placeholder.lstrip()]

    def wrap(self, text):
        return self._wrapped(self._chunks(text))

    def fill(self, text):
        return '\n'.join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))


def dedent(text):
    lines = text.split('\n')
    margin = None
    for i, line in enumerate(lines):
        if not line.strip(' \t'):
            lines[i] = ''
            continue
        indent = line[:len(line) - len(line.lstrip(' \t'))]
        if margin is None:
            margin = indent
        while not indent.startswith(margin):
            margin = margin[:-1]
    if not margin:
        return '\n'.join(lines)
    return '\n'.join(line[len(margin):] for line in lines)


def indent(text, prefix, predicate=None):
    if predicate is None:
        predicate = str.strip
    return ''.join(prefix + line if predicate(line) else line for line in text.splitlines(True))
