"""Reading HTML piece by piece."""

import re as _re
from html import unescape

_tag_name = _re.compile(r'([a-zA-Z][^\t\n\r\f />\x00]*)(?:\s|/(?!>))*')
_attribute = _re.compile(r'''((?<=['"\t\n\r\f /])[^\s/>][^\s/=>]*)(\s*=+\s*('[^']*'|"[^"]*"|(?!['"])[^>\s]*))?(?:\s|/(?!>))*''')
_entity = _re.compile(r'&([a-zA-Z][-.a-zA-Z0-9]*)([^a-zA-Z0-9]|$)')
_number = _re.compile(r'&#((?:[0-9]+|[xX][0-9a-fA-F]+))([^0-9a-fA-F]|$)')
_rawtext = ('script', 'style')


class HTMLParser:
    """Calls a method for each thing that it finds in HTML."""

    CDATA_CONTENT_ELEMENTS = _rawtext

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        self.rawdata = ''
        self.lasttag = '???'
        self.cdata_elem = None
        self.lineno, self.offset = 1, 0
        self._start_text = None

    def feed(self, data):
        self.rawdata += data
        self._go(False)

    def close(self):
        self._go(True)

    def getpos(self):
        return self.lineno, self.offset

    def get_starttag_text(self):
        return self._start_text

    def set_cdata_mode(self, elem):
        self.cdata_elem = elem.lower()

    def clear_cdata_mode(self):
        self.cdata_elem = None

    def _passed(self, text):
        """Keeps account of the position."""
        lines = text.count('\n')
        if lines:
            self.lineno += lines
            self.offset = len(text) - text.rindex('\n') - 1
        else:
            self.offset += len(text)

    def _go(self, end):
        raw, at = self.rawdata, 0
        while at < len(raw):
            stop = self._text_end(raw, at, end)
            if stop > at:
                self._text(raw[at:stop])
                self._passed(raw[at:stop])
                at = stop
                continue
            if at == len(raw) or stop < 0:
                break
            after = self._markup(raw, at, end)
            if after < 0:
                if not end:
                    break
                after = self._unfinished(raw, at)
            self._passed(raw[at:after])
            at = after
        self.rawdata = raw[at:]

    def _text_end(self, raw, at, end):
        """Where text ends that begins at a place; -1: more is needed to know."""
        if self.cdata_elem is not None:
            found = _re.compile(rf'</{self.cdata_elem}(?=[\t\n\r\f />])', _re.I).search(raw, at)
            if found:
                return found.start()
            return len(raw) if end else max(at, raw.rfind('<', at)) if '<' in raw[at:] else len(raw)
        stop = raw.find('<', at)
        if self.convert_charrefs:
            if stop >= 0:
                return stop
            if end:
                return len(raw)
            amp = raw.rfind('&', max(at, len(raw) - 34))
            if amp >= 0 and not _re.compile(r'[\s;]').search(raw, amp):
                return amp if amp > at else -1
            return len(raw)
        found = _re.compile('[&<]').search(raw, at)
        return found.start() if found else len(raw)

    def _text(self, text):
        if self.convert_charrefs and self.cdata_elem is None:
            text = unescape(text)
        self.handle_data(text)

    def _markup(self, raw, at, end):
        """Reads what begins with < or &; returns where it ends, -1 if that is not there yet."""
        if raw[at] == '&':
            return self._reference(raw, at, end)
        if self.cdata_elem is not None and not raw.startswith('</', at):
            self.handle_data('<')
            return at + 1
        rest = raw[at + 1:at + 2]
        if rest.isascii() and rest.isalpha():
            return self._start(raw, at)
        if raw.startswith('</', at):
            return self._end(raw, at)
        if raw.startswith('<!--', at):
            stop = _re.compile(r'--!?>').search(raw, at + 4)
            if stop is None:
                return -1
            self.handle_comment(raw[at + 4:stop.start()])
            return stop.end()
        if raw.startswith('<?', at):
            stop = raw.find('>', at)
            if stop < 0:
                return -1
            self.handle_pi(raw[at + 2:stop])
            return stop + 1
        if raw.startswith('<!', at):
            return self._declaration(raw, at)
        if at + 1 < len(raw) or end:
            self.handle_data('<')
            return at + 1
        return -1

    def _declaration(self, raw, at):
        stop = raw.find('>', at)
        if raw.startswith('<![', at):
            stop = raw.find(']>', at)
            if stop < 0:
                return -1
            self.unknown_decl(raw[at + 3:stop].removesuffix(']'))
            return stop + 2
        if stop < 0:
            return -1
        if raw[at:at + 9].lower() == '<!doctype':
            self.handle_decl(raw[at + 2:stop])
        else:
            self.handle_comment(raw[at + 2:stop])
        return stop + 1

    def _reference(self, raw, at, end):
        found = _number.match(raw, at)
        if found:
            self.handle_charref(found[1])
            return found.end(1) + (raw[found.end(1):found.end(1) + 1] == ';')
        found = _entity.match(raw, at)
        if found:
            self.handle_entityref(found[1])
            return found.end(1) + (raw[found.end(1):found.end(1) + 1] == ';')
        if at + 1 < len(raw) and raw[at + 1] not in '#' and not raw[at + 1].isalpha() or end:
            self.handle_data('&')
            return at + 1
        return -1

    def _start(self, raw, at):
        found = _tag_name.match(raw, at + 1)
        tag, place = found[1].lower(), found.end()
        attrs = []
        while True:
            one = _attribute.match(raw, place)
            if not one:
                break
            name, value, quoted = one.groups()
            if not value:
                quoted = None
            elif quoted[:1] in ('"', "'") and quoted[:1] == quoted[-1:] and len(quoted) > 1:
                quoted = quoted[1:-1]
            attrs.append((name.lower(), unescape(quoted) if quoted else quoted))
            place = one.end()
        closing = _re.compile(r'\s*(/?>)').match(raw, place)
        if not closing:
            stop = raw.find('>', place)
            if stop < 0:
                return -1
            self.handle_data(raw[at:stop + 1])
            return stop + 1
        self._start_text = raw[at:closing.end()]
        self.lasttag = tag
        if closing[1] == '/>':
            self.handle_startendtag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return closing.end()

    def _end(self, raw, at):
        stop = raw.find('>', at + 2)
        if stop < 0:
            return -1
        found = _tag_name.match(raw, at + 2)
        if not found:
            if raw[at + 2:stop]:
                self.handle_comment(raw[at + 2:stop])
            return stop + 1
        tag = found[1].lower()
        self.handle_endtag(tag)
        self.clear_cdata_mode()
        return stop + 1

    def _unfinished(self, raw, at):
        """What is left at the end of the text."""
        if raw.startswith('<!--', at):
            self.handle_comment(raw[at + 4:])
            return len(raw)
        stop = raw.find('<', at + 1)
        stop = len(raw) if stop < 0 else stop
        self._text(raw[at:stop])
        return stop

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_charref(self, name):
        pass

    def handle_entityref(self, name):
        pass

    def handle_data(self, data):
        pass

    def handle_comment(self, data):
        pass

    def handle_decl(self, decl):
        pass

    def handle_pi(self, data):
        pass

    def unknown_decl(self, data):
        pass
