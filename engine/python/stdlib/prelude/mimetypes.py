"""Kinds of files, by the end of their names."""

import os.path as _path

types_map = {
    '.aac': 'audio/aac', '.avi': 'video/x-msvideo', '.bin': 'application/octet-stream', '.bmp': 'image/bmp', '.css': 'text/css',
    '.csv': 'text/csv', '.doc': 'application/msword', '.docm': 'application/vnd.ms-word.document.macroenabled.12',
    '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', '.eml': 'message/rfc822', '.eps': 'application/postscript',
    '.exe': 'application/octet-stream', '.flac': 'audio/flac', '.gif': 'image/gif', '.heic': 'image/heic', '.htm': 'text/html', '.html': 'text/html',
    '.ico': 'image/vnd.microsoft.icon', '.ics': 'text/calendar', '.jpe': 'image/jpeg', '.jpeg': 'image/jpeg', '.jpg': 'image/jpeg', '.js': 'text/javascript',
    '.json': 'application/json', '.m4a': 'audio/mp4', '.md': 'text/markdown', '.mov': 'video/quicktime', '.mp3': 'audio/mpeg', '.mp4': 'video/mp4',
    '.mpeg': 'video/mpeg', '.mpg': 'video/mpeg', '.odp': 'application/vnd.oasis.opendocument.presentation',
    '.ods': 'application/vnd.oasis.opendocument.spreadsheet', '.odt': 'application/vnd.oasis.opendocument.text', '.ogg': 'audio/ogg',
    '.ogv': 'video/ogg', '.pdf': 'application/pdf', '.png': 'image/png', '.ppt': 'application/vnd.ms-powerpoint',
    '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation', '.ps': 'application/postscript', '.py': 'text/x-python',
    '.rtf': 'application/rtf', '.svg': 'image/svg+xml', '.tar': 'application/x-tar', '.tif': 'image/tiff', '.tiff': 'image/tiff', '.txt': 'text/plain',
    '.wav': 'audio/x-wav', '.webm': 'video/webm', '.webp': 'image/webp', '.xhtml': 'application/xhtml+xml', '.xls': 'application/vnd.ms-excel',
    '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '.xml': 'text/xml', '.yaml': 'application/yaml',
    '.yml': 'application/yaml', '.zip': 'application/zip',
}
encodings_map = {'.gz': 'gzip', '.Z': 'compress', '.bz2': 'bzip2', '.xz': 'xz', '.br': 'br'}
_preferred = {'image/jpeg': '.jpg', 'text/html': '.html', 'text/plain': '.txt', 'image/tiff': '.tiff', 'video/mpeg': '.mpeg',
              'application/octet-stream': '.bin', 'application/postscript': '.ps', 'application/yaml': '.yaml'}


def init(files=None):
    pass


def guess_type(url, strict=True):
    base, ext = _path.splitext(url.split('?')[0] if '://' in url else url)
    encoding = encodings_map.get(ext)
    if encoding:
        ext = _path.splitext(base)[1]
    return types_map.get(ext.lower()), encoding


def guess_all_extensions(type, strict=True):
    type = type.lower()
    return [ext for ext, each in types_map.items() if each == type]


def guess_extension(type, strict=True):
    type = type.lower()
    return _preferred.get(type) or next(iter(guess_all_extensions(type)), None)


def add_type(type, ext, strict=True):
    types_map[ext] = type
