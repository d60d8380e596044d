# Patterns put together from pieces, used on texts put together from pieces.
import re
state = 12345
def pick(seq):
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return seq[state // 65536 % len(seq)]
atoms = ['a', 'b', 'c', '.', r'\d', r'\w', r'\s', r'\W', r'\D', r'\S', '[ab]', '[^a]', r'[\w-]', r'[^\W\d]', '[a-c1]', r'\b', r'\B', '^', '$', r'\A', r'\Z', '1', ' ', '-', r'\.', 'é', '_', r'[\s,]', '[]x]', r'\n', '(?=a)', '(?!b)', '(?<=a)', '(?<!c)', '{', 'A', '(?i:a)']
anchors = [r'\b', r'\B', '^', '$', r'\A', r'\Z']
quants = ['', '', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{,2}', '{2,}', '{1,2}?', '*+', '++', '?+']
def pattern(depth):
    out = ''
    for i in range(pick([1, 2, 2, 3])):
        kind = pick(['atom'] * 6 + ['group', 'group', 'plain', 'named', 'back', 'atomic', 'cond']) if depth < 3 else 'atom'
        if kind == 'atom':
            piece = pick(atoms)
        elif kind == 'back':
            piece = r'\1'
        elif kind == 'cond':
            piece = '(?(1)' + pick(atoms) + '|' + pick(atoms) + ')'
        else:
            inside = pattern(depth + 1)
            if pick([True, False, False]):
                inside += '|' + pattern(depth + 1)
            piece = {'group': '(', 'plain': '(?:', 'named': f'(?P<n{depth}{i}>', 'atomic': '(?>'}[kind] + inside + ')'
        q = pick(quants)
        out += piece + ('' if piece in anchors else q)
    return out
texts = ['a', 'b', 'c', 'aa', 'ab', '1', '2', ' ', '-', '.', '\n', 'é', '_', 'A', ',', 'x', '{', '٣']
for i in range(1500):
    p = pick(['', '', '', '(?i)', '(?s)', '(?m)', '(?a)', '(?x)']) + pattern(0)
    s = ''.join(pick(texts) for j in range(pick([0, 3, 6, 9])))
    try:
        r = re.compile(p)
    except re.error as e:
        print(i, repr(p), 'error', 'fixed-width' if 'fixed-width' in str(e) else e)
        continue
    m = r.search(s)
    print(i, repr(p), repr(s), m and (m.span(), m.groups(), m.lastindex), r.match(s) is not None, r.fullmatch(s) is not None, m and m.group() and (r.findall(s), r.split(s), r.sub('<\\g<0>>', s)))
