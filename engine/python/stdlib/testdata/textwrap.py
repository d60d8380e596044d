# textwrap
import textwrap
from textwrap import dedent, fill, indent, shorten, wrap

text = 'The quick brown fox jumped over the lazy dog, and the well-known self-made   cat looked on -- somewhat bored.\tReally?  Yes.\nIt was so.'
for width in (10, 20, 33, 70, 200):
    print(width, wrap(text, width))
print(fill(text, 30, initial_indent='* ', subsequent_indent='  '))
print(wrap('averyveryverylongword in between', 8), wrap('averyveryverylongword in between', 8, break_long_words=False))
print(wrap('', 10), wrap('   ', 10), wrap('  lead', 10), wrap('a-b-c-d well-being x', 6), wrap('one--two---three', 5), wrap('well-being', 6, break_on_hyphens=False))
print(wrap(text, 25, max_lines=2), wrap(text, 25, max_lines=2, placeholder='…'), wrap('a b c', 7, max_lines=1))
print(shorten('Hello  world!', 12), shorten('Hello  world!', 11), shorten('Hello world', width=10, placeholder='...'), shorten('Hello', 5))
print(wrap('Hello there. How are you? fine', 40, fix_sentence_endings=True), wrap('a  b   c', 4, drop_whitespace=False), wrap('x\ty', 20, expand_tabs=False, replace_whitespace=False))
print(repr(dedent('''
    one
      two

    three
  \t
    ''')), repr(dedent('  a\n b\n')), repr(dedent('\ta\n  b')), repr(dedent('plain')))
print(repr(indent('a\n\nb\n', '> ')), repr(indent('a\n\nb', '> ', lambda line: True)))
w = textwrap.TextWrapper(width=12)
w.initial_indent = '- '
print(w.wrap('some words to be wrapped'), w.fill('more words here'))
try:
    wrap('x', 0)
except ValueError as e:
    print(e)
