"""Files: those that were uploaded or made, and those that came with the interview.

A stored file is known by its number. What a file is made of, and turning it
into other kinds of file, is the server's business."""

import requests

import _colloquy as engine
from .base import DAObject, DAError
from .lists import DAList

__all__ = ['DAFile', 'DAFileList', 'DAFileCollection', 'DAStaticFile', 'files_from_upload', 'file_from_signature',
           'document_collection', 'template_files', 'pdf_concatenate', 'overlay_pdf', 'zip_file']

TYPES = {'txt': 'text/plain', 'md': 'text/markdown', 'html': 'text/html', 'csv': 'text/csv', 'pdf': 'application/pdf',
         'json': 'application/json', 'xml': 'application/xml', 'rtf': 'application/rtf', 'png': 'image/png',
         'jpg': 'image/jpeg', 'jpeg': 'image/jpeg', 'gif': 'image/gif', 'svg': 'image/svg+xml', 'tif': 'image/tiff',
         'mp3': 'audio/mpeg', 'mp4': 'video/mp4', 'zip': 'application/zip',
         'docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
         'xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'}

PICTURES = ('image/png', 'image/jpeg', 'image/gif', 'image/tiff', 'image/bmp', 'image/webp')

TEXTS = ('application/json', 'application/javascript', 'text/javascript')

SHOWN_AS_TEXT = ('text/plain', 'text/markdown')

FORMATS = ('pdf', 'docx', 'rtf')


def extension_of(filename):
    start, dot, end = filename.rpartition('.')
    extension = end.lower() if dot and start else ''
    return 'jpg' if extension == 'jpeg' else extension


def extension_for(mimetype):
    for extension, known in TYPES.items():
        if known == mimetype:
            return extension
    return ''


def clean_name(name):
    """A name for a file, of letters and digits of any script, dots, dashes, underscores and spaces."""
    kept = ''.join(letter for letter in name if letter.isalnum() or letter in '._- ').strip()
    return kept if kept.strip('. ') else 'file'


def file_mark(reference, width, alt_text):
    """The markup that shows a file."""
    alt = 'None' if alt_text is None else str(alt_text).replace(']', '')
    return '[FILE ' + str(reference) + ', ' + ('None' if width is None else str(width)) + ', ' + alt + ']'


def stem_of(filename):
    """The name of a file without its folder and its extension."""
    name = str(filename).rpartition('/')[2]
    return name.rpartition('.')[0] or name


def fill(target, filename, content):
    """Puts content into a file, or into the first of a list; without either into a new one."""
    if target is None:
        target = DAFile()
    elif isinstance(target, DAFileList):
        if len(target.elements) == 0:
            target.initializeObject(0, DAFile)
            target.gathered = True
        target = target.elements[0]
    if not isinstance(target, DAFile):
        raise DAError('A file can be written to a DAFile or a DAFileList only.')
    target.delattr('number', 'content', 'extension', 'mimetype')
    target.filename = clean_name(str(filename))
    target.has_specific_filename = True
    target._complete()
    target.write(content, binary=True)
    return target


class AnyFile(DAObject):
    """What files of all kinds share."""

    def _wanted(self):
        """Seeks the file itself if there is none yet."""

    def _cannot(self, what):
        self._wanted()
        raise DAError('The file ' + self.instanceName + ' cannot be ' + what + ' on this server.')

    def set_alt_text(self, alt_text):
        self.alt_text = alt_text

    def get_alt_text(self):
        return getattr(self, 'alt_text', None)

    def path(self):
        self._cannot('opened by a path, since files are not kept as such')

    def _pdf(self, what):
        """The bytes of a PDF file."""
        content = self._content()
        if self.mimetype != 'application/pdf':
            raise DAError(what + ': ' + str(self.filename) + ' is not a PDF file.')
        return content

    def num_pages(self):
        """The number of pages of a PDF file, and 1 for any other."""
        self._wanted()
        if self.mimetype != 'application/pdf':
            return 1
        return engine.pdf_pages(self._content())

    def get_pdf_fields(self):
        """The fields of a PDF form: name, default value, page, box, type and export value of each."""
        return engine.pdf_fields(self._pdf('get_pdf_fields'))

    def get_docx_variables(self):
        self._cannot('read as a template')

    def uses_acroform(self):
        """True for a PDF file that is a form."""
        self._wanted()
        return self.mimetype == 'application/pdf' and engine.pdf_has_form(self._content())

    def is_encrypted(self):
        """True for a PDF file that is encrypted."""
        self._wanted()
        return self.mimetype == 'application/pdf' and engine.pdf_encrypted(self._content())

    def convert_to(self, extension, output_to=None):
        """Makes a file of another kind: what is of that kind already, and a PDF file of a picture."""
        self._wanted()
        extension = str(extension).lower().lstrip('.')
        if extension != self.extension:
            if extension != 'pdf' or self.mimetype not in PICTURES:
                self._cannot('converted to ' + extension)
            content = engine.pdf_from_image(self._content())
        elif output_to is None:
            return
        else:
            content = self._content()
        target = self if output_to is None else output_to
        filename = stem_of(self.filename) + '.' + extension
        fill(target, filename, content)

    def extract_pages(self, first=None, last=None, output_to=None):
        """A new file of the pages first to last, or output_to with them."""
        content = self._pdf('extract_pages')
        first = 1 if first is None else int(first)
        last = engine.pdf_pages(content) if last is None else int(last)
        if first < 1:
            raise DAError('extract_pages: first must be 1 or greater')
        if last < first:
            raise DAError('extract_pages: last must be greater than or equal to first')
        return fill(output_to, stem_of(self.filename) + '.pdf', engine.pdf_extract(content, first, last))

    def bates_number(self, *pargs, **kwargs):
        self._cannot('numbered')

    def make_ocr_pdf(self, *pargs, **kwargs):
        self._cannot('read by optical character recognition')

    make_ocr_pdf_in_background = make_ocr_pdf

    def user_access(self, *pargs, **kwargs):
        self._cannot('shared with other users')

    def privilege_access(self, *pargs, **kwargs):
        self._cannot('shared with other users')

    def __str__(self):
        return self.show()


class DAFile(AnyFile):
    """A file. Text that code wrote is in content until the file needs an address;
    all else is stored under a number. What is stored is never written over, since
    earlier steps of the session may show it: a file that is written to has a new number."""

    ok = False
    has_specific_filename = False
    _shown = ('ok', 'has_specific_filename')

    def init(self, *pargs, **kwargs):
        if 'filename' in kwargs:
            self.has_specific_filename = True
        super().init(*pargs, **kwargs)
        if 'number' in kwargs or ('content' in kwargs and 'filename' in kwargs):
            self._complete()

    def _complete(self):
        """Fills in what follows from the name and the kind of the file, and makes it usable."""
        if not hasattr(self, 'filename'):
            self.filename = 'file.' + (self.extension if hasattr(self, 'extension') else 'txt')
        if not hasattr(self, 'extension'):
            self.extension = extension_of(self.filename)
        if not hasattr(self, 'mimetype'):
            self.mimetype = TYPES.get(self.extension, 'application/octet-stream')
        self.ok = True
        self.initialized = True

    def _wanted(self):
        """Seeks the file itself if there is none yet."""
        if hasattr(self, '_failed'):
            raise DAError('The file ' + self.instanceName + ' could not be made: ' + self._failed + '.')
        if not self.ok:
            self.initialized

    def _is_text(self):
        return str(self.mimetype).startswith('text/') or self.mimetype in TEXTS

    def initialize(self, **kwargs):
        if kwargs.pop('reinitialize', False):
            self.delattr('number', 'content', 'extension', 'mimetype', 'ok', 'initialized')
            if not self.has_specific_filename:
                self.delattr('filename')
        content = kwargs.pop('content', None)
        if 'filename' in kwargs:
            kwargs['filename'] = clean_name(str(kwargs['filename']))
            self.has_specific_filename = True
            self.delattr('extension', 'mimetype')
        for key, value in kwargs.items():
            setattr(self, key, value)
        self._complete()
        if content is not None:
            self.write(content)
        elif not hasattr(self, 'number') and not hasattr(self, 'content'):
            self.content = ''

    def _store(self):
        """Gives content that has no number one."""
        if not hasattr(self, 'number') and hasattr(self, 'content'):
            self.number = engine.make_file(self.filename, self.content)

    def retrieve(self):
        self._wanted()

    def commit(self):
        self._wanted()

    def cloud_path(self, filename=None):
        return None

    def fix_up(self):
        self._wanted()

    def set_mimetype(self, mimetype):
        self.mimetype = mimetype
        extension = extension_for(mimetype)
        if extension:
            self.extension = extension

    def write(self, content, binary=False):
        self._wanted()
        self.delattr('number', 'content')
        if isinstance(content, bytes):
            self.number = engine.make_file(self.filename, content)
        else:
            self.content = str(content)

    def _bytes(self):
        if hasattr(self, 'number'):
            return engine.stored_file(self.number)
        if not hasattr(self, 'content'):
            self._cannot('read')
        return str(self.content).encode()

    def _content(self):
        self._wanted()
        return self._bytes()

    def bates_number(self, *files, filename=None, prefix='TEST', digits=5, start=1, area='BOTTOM_RIGHT', font_size=10,
                     offset_horizontal=15, offset_vertical=15):
        """Makes the PDF files given, or the file itself, one file whose pages are numbered."""
        contents, start = [], int(start)
        for content in pdf_contents(files if files else (self,), 'bates_number'):
            content, start = engine.pdf_number(content, str(prefix), int(digits), start, str(area), font_size,
                                               offset_horizontal, offset_vertical)
            contents.append(content)
        fill(self, filename if filename is not None else getattr(self, 'filename', 'file.pdf'), engine.pdf_join(contents, '', ''))

    def slurp(self, auto_decode=True):
        self._wanted()
        if not auto_decode or not self._is_text():
            return self._bytes()
        return self._bytes().decode() if hasattr(self, 'number') else self.content

    def readlines(self):
        return self.slurp().splitlines(True)

    def copy_into(self, other):
        if not isinstance(other, DAFile):
            self._cannot('made from a path')
        other._wanted()
        for key in ('number', 'content', 'mimetype', 'extension'):
            self.delattr(key)
            if hasattr(other, key):
                setattr(self, key, getattr(other, key))
        if not hasattr(self, 'filename'):
            self.filename = other.filename
        self._complete()

    def from_url(self, url):
        """Makes the content of an address the file's own. An answer that is an error is raised."""
        self._wanted()
        answer = requests.get(url)
        answer.raise_for_status()
        self.write(answer.content)

    def size_in_bytes(self):
        self._wanted()
        return len(self._bytes())

    def url_for(self, **kwargs):
        self._wanted()
        self._store()
        if not hasattr(self, 'number'):
            raise DAError('The file ' + self.instanceName + ' has no address: it is not stored.')
        return engine.file_url(str(self.number) + '/' + str(self.filename), **kwargs)

    def set_attributes(self, **kwargs):
        for key in ('private', 'persistent', 'filename'):
            if key in kwargs:
                setattr(self, key if key == 'filename' else '_' + key, kwargs[key])

    def show(self, width=None, wait=True, alt_text=None):
        self._wanted()
        if hasattr(self, 'content') and str(self.mimetype).startswith('text/'):
            return str(self.content)
        if self.mimetype in SHOWN_AS_TEXT and hasattr(self, 'number'):
            return self.slurp()
        self._store()
        if not hasattr(self, 'number'):
            return ''
        return file_mark(self.number, width, self.get_alt_text() if alt_text is None else alt_text)


class DAFileList(DAList):
    """Files, of which the first speaks for all where only one can."""

    object_type = DAFile
    complete_attribute = 'initialized'

    def _first(self, method, *pargs, **kwargs):
        self._trigger_gather()
        if len(self.elements) == 0:
            return None
        return getattr(self.elements[0], method)(*pargs, **kwargs)

    def show(self, width=None, alt_text=None):
        return ''.join(item.show(width=width, alt_text=alt_text) for item in self)

    def __str__(self):
        return self.show()

    def path(self):
        return self._first('path')

    def url_for(self, **kwargs):
        return self._first('url_for', **kwargs)

    def slurp(self, auto_decode=True):
        return self._first('slurp', auto_decode=auto_decode)

    def size_in_bytes(self):
        return self._first('size_in_bytes')

    def get_alt_text(self):
        return self._first('get_alt_text')

    def get_pdf_fields(self):
        return self._first('get_pdf_fields')

    def get_docx_variables(self):
        return self._first('get_docx_variables')

    def uses_acroform(self):
        return self._first('uses_acroform')

    def is_encrypted(self):
        return self._first('is_encrypted')

    def convert_to(self, extension, output_to=None):
        return self._first('convert_to', extension, output_to=output_to)

    def bates_number(self, *pargs, **kwargs):
        return self._first('bates_number', *pargs, **kwargs)

    def make_ocr_pdf(self, *pargs, **kwargs):
        return self._first('make_ocr_pdf', *pargs, **kwargs)

    def num_pages(self):
        return sum(item.num_pages() for item in self)

    def set_alt_text(self, alt_text):
        for item in self:
            item.set_alt_text(alt_text)

    def set_mimetype(self, mimetype):
        for item in self:
            item.set_mimetype(mimetype)

    def set_attributes(self, **kwargs):
        for item in self:
            item.set_attributes(**kwargs)


class DAFileCollection(DAObject):
    """A document in several formats, each an attribute: pdf, docx, rtf, md, html ..."""

    def init(self, *pargs, **kwargs):
        self.info = {}
        super().init(*pargs, **kwargs)

    def _extension_list(self):
        formats = self.info.get('formats', None)
        return [key for key in formats if key != 'html'] if formats else list(FORMATS)

    def _files(self):
        files = [getattr(self, key) for key in self._extension_list() if hasattr(self, key)]
        return [file for file in files if not hasattr(file, '_failed')] or files

    def path(self):
        for item in self._files():
            return item.path()
        return None

    def url_for(self, **kwargs):
        for item in self._files():
            return item.url_for(**kwargs)
        raise DAError('Could not find a file within a DACollection.')

    def get_alt_text(self):
        for item in self._files():
            return item.get_alt_text()
        return None

    def set_alt_text(self, alt_text):
        for item in self._files():
            item.set_alt_text(alt_text)

    def set_attributes(self, **kwargs):
        for item in self._files():
            item.set_attributes(**kwargs)

    def num_pages(self):
        return self.pdf.num_pages()

    def get_pdf_fields(self):
        return self.pdf.get_pdf_fields()

    def get_docx_variables(self):
        return self.docx.get_docx_variables()

    def uses_acroform(self):
        return self.pdf.uses_acroform()

    def is_encrypted(self):
        return self.pdf.is_encrypted()

    def bates_number(self, *pargs, **kwargs):
        return self.pdf.bates_number(*pargs, **kwargs)

    def make_ocr_pdf(self, *pargs, **kwargs):
        return self.pdf.make_ocr_pdf(*pargs, **kwargs)

    def extract_pages(self, first=None, last=None, output_to=None):
        return self.pdf.extract_pages(first=first, last=last, output_to=output_to)

    def show(self, **kwargs):
        return ' '.join(item.show(**kwargs) for item in self._files())

    def __str__(self):
        for item in self._files():
            return str(item)
        return ''


class DAStaticFile(AnyFile):
    """A file that came with a package."""

    def init(self, *pargs, **kwargs):
        super().init(*pargs, **kwargs)
        if 'filename' in kwargs:
            self._complete()

    def _complete(self):
        if ':' not in self.filename:
            package = engine.current_package()
            folder = '' if '/' in self.filename else 'data/static/'
            if package is not None:
                self.filename = package + ':' + folder + self.filename
        self.extension = extension_of(self.filename)
        self.mimetype = TYPES.get(self.extension, 'application/octet-stream')

    def show(self, width=None, alt_text=None, **kwargs):
        return file_mark(self.filename, width, self.get_alt_text() if alt_text is None else alt_text)

    def url_for(self, **kwargs):
        return engine.file_url(self.filename, **kwargs)

    def slurp(self, auto_decode=True):
        content = engine.package_file(self.filename)
        return content.decode() if auto_decode and self.mimetype.startswith('text/') else content

    def _content(self):
        return engine.package_file(self.filename)

    def size_in_bytes(self):
        return len(self._content())


def files_from_upload(name, files):
    """The value of a field that takes files: pairs of number and name with the kind of file."""
    result = DAFileList(name, auto_gather=False, gathered=True, there_are_any=len(files) > 0)
    for number, filename, mimetype in files:
        result.appendObject(DAFile, number=number, filename=filename, mimetype=mimetype)
    return result


def file_from_signature(name, files):
    """The value of a field that takes a signature."""
    [(number, filename, mimetype)] = files[:1]
    return DAFile(name, number=number, filename=filename, mimetype=mimetype)


def document_collection(name, info, files, attributes):
    """What an attachment comes to. A file is what a DAFile is made with, why it could
    not be made, or a file that is there already."""
    result = DAFileCollection(name)
    result.info = info
    for extension, file in files:
        if isinstance(file, str):
            result.initializeAttribute(extension, DAFile)
            getattr(result, extension)._failed = file
        elif isinstance(file, dict):
            result.initializeAttribute(extension, DAFile, **file)
            if attributes:
                getattr(result, extension).set_attributes(**attributes)
        else:
            setattr(result, extension, file)
    return result


def template_files(value):
    """What a template is made of, in parts: its name, its content if that is known, and
    whether the author wrote it."""
    if isinstance(value, str):
        if value.startswith(('http://', 'https://')):
            answer = requests.get(value)
            answer.raise_for_status()
            return [(value, answer.content, True)]
        return [(value, None, True)]
    if isinstance(value, DAFileCollection):
        value = value._files()[:1]
    if isinstance(value, DAStaticFile):
        return [(value.filename, value.slurp(auto_decode=False), True)]
    if isinstance(value, DAFile):
        value._wanted()
        return [(value.filename, value._bytes(), False)]
    return [part for item in value for part in template_files(item)]


def flattened(files):
    """Files one by one, of lists and of documents in several formats."""
    for item in files:
        if isinstance(item, DAFileCollection):
            yield from (file for file in item._files()[:1])
        elif isinstance(item, (DAFileList, DAList, list, tuple, set)):
            yield from flattened(item)
        else:
            yield item


def pdf_contents(files, what):
    """The bytes of files as PDF files. Pictures become a page each; what is neither is left out."""
    found = []
    for item in flattened([item.pdf if isinstance(item, DAFileCollection) and hasattr(item, 'pdf') else item for item in files]):
        if isinstance(item, str):
            item = DAStaticFile(filename=item)
        if not isinstance(item, AnyFile):
            raise DAError(what + ': ' + type(item).__name__ + ' is not a file')
        item._wanted()
        if item.mimetype == 'application/pdf':
            found.append(item._content())
        elif item.mimetype in PICTURES:
            found.append(engine.pdf_from_image(item._content()))
    if not found:
        raise DAError(what + ': no valid files to concatenate')
    return found


def passwords_of(password):
    """The passwords of the user and of the owner: a text, a list of the owner's and the user's, or a dictionary."""
    if password is None:
        return '', ''
    if isinstance(password, str):
        return password, ''
    if isinstance(password, dict):
        return str(password.get('user', None) or ''), str(password.get('owner', None) or '')
    owner, user = (list(password) + [None, None])[:2]
    return str(user or ''), str(owner or '')


def pdf_concatenate(*files, filename='file.pdf', output_to=None, pdfa=False, password=None):
    """One PDF file of many: files, lists of them, documents and pictures."""
    if pdfa:
        raise DAError('pdf_concatenate: PDF/A files cannot be made on this server')
    content = engine.pdf_join(pdf_contents(files, 'pdf_concatenate'), *passwords_of(password))
    return fill(output_to, filename or 'file.pdf', content)


def overlay_pdf(main_pdf, logo_pdf, first_page=None, last_page=None, logo_page=None, only=None, multi=False, output_to=None,
                filename=None):
    """A PDF file with the page or pages of another drawn over its own."""
    [below], [above] = pdf_contents([main_pdf], 'overlay_pdf')[:1], pdf_contents([logo_pdf], 'overlay_pdf')[:1]
    content = engine.pdf_overlay(below, above, int(first_page or 0), int(last_page or 0), int(logo_page or 0), str(only or ''), bool(multi))
    return fill(output_to, filename or 'file.pdf', content)


def archive_paths(files, folder=''):
    """Pairs of a path in an archive and a file. The keys of dictionaries are folders."""
    for item in files:
        if hasattr(item, 'items') and not isinstance(item, DAFileCollection):
            for key, value in item.items():
                inner = value if isinstance(value, (list, tuple, DAList)) else [value]
                yield from archive_paths(inner, folder + clean_name(str(key)) + '/')
            continue
        for file in flattened([item]):
            if isinstance(file, str):
                file = DAStaticFile(filename=file)
            if not isinstance(file, AnyFile):
                raise DAError('zip_file: ' + type(file).__name__ + ' is not a file')
            file._wanted()
            yield folder + clean_name(str(file.filename).rpartition('/')[2].rpartition(':')[2]), file


def unlike(paths):
    """Paths of which no two are alike: those that are have numbers before their extension."""
    count, seen, result = {}, {}, []
    for path in paths:
        count[path] = count.get(path, 0) + 1
    for path in paths:
        seen[path] = seen.get(path, 0) + 1
        if seen[path] > 1:
            start, dot, end = path.rpartition('.')
            if not dot or '/' in end:
                start, dot, end = path, '', ''
            path = start + '_' + str(seen[path] - 1).zfill(len(str(count[path] - 1))) + dot + end
        result.append(path)
    return result


def zip_file(*files, filename='file.zip', output_to=None):
    """A ZIP archive of files. The keys of dictionaries are folders; of a document the first format is taken."""
    pairs = list(archive_paths(files))
    names = unlike([path for path, file in pairs])
    content = engine.zip_bytes([(name, file._content()) for name, (path, file) in zip(names, pairs)])
    return fill(output_to, filename or 'file.zip', content)
