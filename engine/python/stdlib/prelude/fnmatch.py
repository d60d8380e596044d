"""Names matched with the patterns of the shell: * ? [abc] [!abc]."""

import re as _re


def translate(pat):
    """A regular expression that means the same as a pattern."""
    out, i = '', 0
    while i < len(pat):
        c = pat[i]
        i += 1
        if c == '*':
            if not out.endswith('.*'):
                out += '.*'
        elif c == '?':
            out += '.'
        elif c == '[':
            end = pat.find(']', i + (2 if pat[i:i + 2] == '!]' else 1))
            if end < 0:
                out += r'\['
                continue
            members = pat[i:end].replace('\\', r'\\')
            if members[:1] == '!':
                members = '^' + members[1:]
            elif members[:1] in ('^', '['):
                members = '\\' + members
            out += f'[{members}]'
            i = end + 1
        else:
            out += _re.escape(c)
    return rf'(?s:{out})\Z'


def fnmatchcase(name, pat):
    return _re.match(translate(pat), name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    match = _re.compile(translate(pat)).match
    return [name for name in names if match(name)]
