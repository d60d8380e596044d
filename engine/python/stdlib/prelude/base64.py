"""Bytes as text; base 16, 32 and 64 are written in Go."""

from binascii import Error as _Error

_LETTERS = b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
_NUMBERS = {letter: number for number, letter in enumerate(_LETTERS)}


def _words(data):
    """Each four bytes as five digits to base 85, and how many zeros were added."""
    padding = -len(data) % 4
    data += bytes(padding)
    digits = []
    for at in range(0, len(data), 4):
        word = int.from_bytes(data[at:at + 4], 'big')
        group = []
        for _ in range(5):
            word, digit = divmod(word, 85)
            group.append(digit)
        digits.append(group[::-1])
    return digits, padding


def b85encode(b, pad=False):
    digits, padding = _words(bytes(b))
    out = bytes(_LETTERS[d] for group in digits for d in group)
    return out[:len(out) - padding] if padding and not pad else out


def b85decode(b):
    if isinstance(b, str):
        b = b.encode('ascii')
    padding = -len(b) % 5
    b = b + b'~' * padding
    out = []
    for at in range(0, len(b), 5):
        word = 0
        for i, letter in enumerate(b[at:at + 5]):
            if letter not in _NUMBERS:
                raise ValueError(f'bad base85 character at position {at + i}')
            word = word * 85 + _NUMBERS[letter]
        if word > 0xffffffff:
            raise ValueError(f'base85 overflow in hunk starting at byte {at}')
        out.append(word.to_bytes(4, 'big'))
    out = b''.join(out)
    return out[:-padding] if padding else out


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    digits, padding = _words(bytes(b))
    groups = [bytes(33 + d for d in group) for group in digits]
    groups = [b'z' if each == b'!!!!!' else b'y' if foldspaces and each == b'+<VdL' else each for each in groups]
    if groups and padding and not pad:
        if groups[-1] == b'z':
            groups[-1] = b'!!!!!'
        groups[-1] = groups[-1][:-padding]
    out = (b'<~' if adobe else b'') + b''.join(groups)
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [out[i:i + wrapcol] for i in range(0, len(out), wrapcol)]
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b'')
        out = b'\n'.join(lines)
    return out + (b'~>' if adobe else b'')


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b' \t\n\r\v'):
    if isinstance(b, str):
        b = b.encode('ascii')
    if adobe:
        if not b.endswith(b'~>'):
            raise ValueError('Ascii85 encoded byte sequences must end with b\'~>\'')
        b = b[2:-2] if b.startswith(b'<~') else b[:-2]
    out, group = [], []

    def word():
        value = 0
        for digit in group:
            value = value * 85 + digit
        if value > 0xffffffff:
            raise ValueError('Ascii85 overflow')
        group.clear()
        return value.to_bytes(4, 'big')

    for x in b + b'u' * 4:
        if 33 <= x <= 117:
            group.append(x - 33)
            if len(group) == 5:
                out.append(word())
        elif x == 122 or x == 121 and foldspaces:
            if group:
                raise ValueError(f'{chr(x)} inside Ascii85 5-tuple')
            out.append(b'\0\0\0\0' if x == 122 else b'    ')
        elif x not in ignorechars:
            raise ValueError(f'Non-Ascii85 digit found: {chr(x)}')
    padding = 4 - len(group)
    out = b''.join(out)
    return out[:-padding] if padding else out
