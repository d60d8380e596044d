"""Texts and tables that are made when they are shown."""

import json

import _colloquy as engine
from .base import DAObject, DAError
from .files import DAFile, extension_of

__all__ = ['DATemplate', 'DALazyTemplate', 'DALazyTableTemplate']


class DATemplate(DAObject):
    """A text with a subject, as it was when it was made."""

    content = ''
    subject = ''
    _shown = ('content', 'subject', 'decorations')

    def init(self, *pargs, **kwargs):
        self.decorations = [str(item) for item in kwargs.pop('decorations', [])]
        super().init(*pargs, **kwargs)

    def show(self, **kwargs):
        return str(self.content)

    def show_as_markdown(self, **kwargs):
        return str(self.content)

    def subject_as_html(self, **kwargs):
        return engine.html(self.subject, **kwargs)

    def content_as_html(self, **kwargs):
        return engine.html(self.content, **kwargs)

    def __str__(self):
        return str(self.content)


class DALazyTemplate(DAObject):
    """The text of a template block, written anew whenever it is shown.

    It keeps which block that is, and what x and the iterators stood for."""

    _name_only = True

    def init(self, *pargs, **kwargs):
        block, context = pargs
        super().init(**kwargs)
        self._block = block
        self._context = context

    def _render(self, part, more):
        return engine.template_text(self._block, part, self._context, more).rstrip()

    @property
    def subject(self):
        return self._render('subject', {})

    @property
    def content(self):
        return self._render('content', {})

    @property
    def decorations(self):
        return []

    def show(self, **kwargs):
        return self._render('content', kwargs)

    def show_as_markdown(self, **kwargs):
        return self._render('content', kwargs)

    def subject_as_html(self, **kwargs):
        return engine.html(self.subject, **kwargs)

    def content_as_html(self, **kwargs):
        return engine.html(self.content, **kwargs)

    def __str__(self):
        return self.content


class DALazyTableTemplate(DALazyTemplate):
    """The table of a table block."""

    def header_and_contents(self, editable=False):
        head, rows, _, _, _ = engine.table_parts(self._block, self._context, editable=editable)
        return head, rows

    def _render(self, part, more):
        return self.show() if part == 'content' else ''

    def show(self, editable=True, **kwargs):
        if engine.inside() == 'docx':
            return engine.word('ERROR: you cannot insert a table into a .docx document')
        head, rows, empty, indent, width = engine.table_parts(self._block, self._context, editable=editable)
        if len(rows) == 0 and empty is not True:
            return '\n' if empty is False else empty + '\n'
        start = ' ' * indent
        lines = [head, ['-' * length for length in self._rule(head, rows, width)], *rows]
        return '\n' + ''.join(start + '|' + '|'.join(line) + '|\n' for line in lines) + '\n'

    def _rule(self, head, rows, width):
        """How wide the columns are to be: as their longest cells, within the width of the table."""
        longest = [max(1, *(min(len(line[i]), width) for line in [head, *rows])) for i in range(len(head))]
        while sum(longest) > width and max(longest) > 1:
            longest[longest.index(max(longest))] -= 1
        return longest

    def show_as_markdown(self, **kwargs):
        return self.show(**kwargs)

    def export(self, filename=None, file_format=None, title=None, freeze_panes=True, output_to=None):
        """A DAFile with the rows as a workbook (xlsx), as comma-separated values (csv) or as JSON."""
        filename, kind = self._export_name(filename, file_format)
        head, rows, _, _, _ = engine.table_parts(self._block, self._context, editable=False, raw=True)
        if kind == 'csv':
            content = engine.csv_file(head, rows)
        elif kind == 'json':
            content = json.dumps([dict(zip(head, [engine.serializable(cell) for cell in row])) for row in rows])
        else:
            content = engine.xlsx_file(head, rows, str(title) if title is not None else '', bool(freeze_panes))
        result = DAFile() if output_to is None else output_to
        result.initialize(filename=filename, content=content, reinitialize=True)
        return result

    def _export_name(self, filename, kind):
        """The name of the exported file and its format, one of which may follow from the other."""
        if kind is None:
            kind = extension_of(filename) if filename is not None else ''
        kind = kind or 'xlsx'
        if kind not in ('xlsx', 'csv', 'json'):
            raise DAError('The table ' + self.instanceName + ' cannot be exported as ' + kind +
                          ': the formats are xlsx, csv and json.')
        if filename is None:
            filename = 'file.' + kind
        elif extension_of(filename) != kind:
            filename += '.' + kind
        return filename, kind

    def as_df(self):
        raise DAError('The table ' + self.instanceName + ' cannot become a data frame: there is no pandas here.')
