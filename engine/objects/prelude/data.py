"""Objects made from data, and data from objects."""

from datetime import time

import _colloquy as engine
from .base import DAObject, DAError
from .dicts import DADict
from .groups import DAGroup
from .lists import DAList
from .misc import DAContext

__all__ = ['objects_from_structure', 'objects_from_data', 'objects_from_file', 'selections',
           'transform_json_variables']

CONTEXTS = ('question', 'document', 'docx', 'pdf', 'pandoc')


def is_context(data):
    return len(data) >= 2 and all(key in CONTEXTS for key in data)


def objects_from_structure(data, root=None, gathered=True):
    """Turns lists into DALists and dictionaries into DADicts, all the way down."""
    result = structure(data)
    return finished(result, root, gathered)


def structure(data):
    if isinstance(data, DAObject):
        return data
    if isinstance(data, dict):
        if is_context(data):
            return DAContext(**data)
        return DADict(elements={key: structure(value) for key, value in data.items()})
    if isinstance(data, (list, tuple)):
        return DAList(elements=[structure(item) for item in data])
    if isinstance(data, set):
        return DAList(elements=[structure(item) for item in data])
    if data is None or isinstance(data, (str, int, float, bool)) or (hasattr(data, 'isoformat') and not engine.is_empty(data)):
        return data
    raise DAError('objects_from_structure: expected a standard type, but found a ' + type(data).__name__)


def finished(result, root, gathered):
    """Names a tree after its root and, if it may still grow, opens its groups."""
    if isinstance(result, DAObject):
        if root is not None:
            result._set_instance_name_recursively(root)
        if not gathered:
            reopen(result)
    return result


def reopen(item):
    if isinstance(item, DAGroup):
        item.reset_gathered(recursive=True)
    else:
        for _, part in item._parts():
            reopen(part)


def objects_from_data(data, root=None, gathered=True, use_objects=False, package=None):
    """Makes the objects that data describes: mappings with 'object' and 'item' or 'items'."""
    return finished(described(data, use_objects, package), root, gathered)


def described(data, use_objects, package):
    if isinstance(data, dict):
        if 'object' in data and ('item' in data or 'items' in data):
            return instances(data, use_objects, package)
        made = {key: described(value, use_objects, package) for key, value in data.items()}
        if use_objects and is_context(made):
            return DAContext(**made)
        return DADict(elements=made) if use_objects else made
    if isinstance(data, list):
        made = [described(item, use_objects, package) for item in data]
        return DAList(elements=made) if use_objects else made
    return data


def instances(data, use_objects, package):
    """The object, or the list of objects, of a class with the mappings given."""
    cls = class_described(data['object'], data.get('module', None), package)
    if 'item' in data:
        return instance(cls, data['item'], use_objects, package)
    return DAList(elements=[instance(cls, item, use_objects, package) for item in data['items']])


def instance(cls, item, use_objects, package):
    if not isinstance(item, dict):
        raise DAError('objects_from_file: the items of an object must be mappings')
    keywords = {key: described(value, use_objects, package) for key, value in item.items()}
    return cls(**keywords)


def class_described(name, module, package):
    if module is None:
        cls = engine.class_named(name)
    else:
        if module.startswith('.'):
            module = str(package if package is not None else engine.current_package()) + module
        cls = engine.class_named(module + '.' + name)
    if not isinstance(cls, type):
        raise DAError('recurse_obj: found an object for which the object declaration, ' + str(name) +
                      ' could not be found')
    return cls


def objects_from_file(file_ref, recursive=True, gathered=True, name=None, use_objects=False, package=None):
    """Reads objects from a YAML or JSON file of the sources folder."""
    ref = file_ref.filename if isinstance(file_ref, DAObject) else str(file_ref)
    documents = [described(document, use_objects, package) if recursive else document
                 for document in engine.read_source(ref, package)]
    if len(documents) == 1 and not isinstance(documents[0], (list, DAList)):
        return finished(documents[0], name, gathered)
    items = []
    for document in documents:
        items += document.elements if isinstance(document, DAList) else (
            document if isinstance(document, list) else [document])
    return finished(DAList(elements=items), name, gathered)


def objects_in(*values):
    """The objects among values and in the groups among them."""
    for value in values:
        if isinstance(value, DAGroup) or isinstance(value, (list, tuple, set)):
            yield from objects_in(*value)
        elif isinstance(value, dict):
            yield from objects_in(*value.values())
        elif isinstance(value, DAObject):
            yield value


def selections(*pargs, **kwargs):
    """The choices of a field that selects objects: their encoded names with their labels."""
    label = kwargs.get('object_labeler', None) or str
    excluded = list(objects_in(*as_list(kwargs.get('exclude', None))))
    chosen = list(objects_in(*as_list(kwargs.get('default', None))))
    output, seen = [], []
    for item in objects_in(*as_list(list(pargs))):
        if any(item is other for other in excluded) or item.instanceName in seen:
            continue
        seen.append(item.instanceName)
        choice = {engine.encode_name(item.instanceName): label(item)}
        if any(item is other for other in chosen):
            choice['default'] = True
        for key, generator in (('help', 'help_generator'), ('image', 'image_generator')):
            if kwargs.get(generator, None) is not None:
                choice[key] = kwargs[generator](item)
        output.append(choice)
    return output


def as_list(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def transform_json_variables(data):
    """The reverse of as_serializable(): dates and objects from what JSON has of them."""
    if isinstance(data, str):
        return time_in(data)
    if isinstance(data, dict):
        if isinstance(data.get('_class', None), str):
            if data['_class'] == 'type' and isinstance(data.get('name', None), str):
                return engine.class_named(data['name'])
            if data['_class'].startswith('docassemble.') and isinstance(data.get('instanceName', None), str):
                return object_in(data)
        return {transform_json_variables(key): transform_json_variables(value) for key, value in data.items()}
    if isinstance(data, list):
        return [transform_json_variables(item) for item in data]
    if isinstance(data, set):
        return {transform_json_variables(item) for item in data}
    return data


def object_in(data):
    cls = engine.class_named(data['_class'])
    if not isinstance(cls, type):
        return data
    item = cls(data['instanceName'])
    for key, value in data.items():
        if key not in ('_class', 'instanceName'):
            setattr(item, key, transform_json_variables(value))
    return item


def time_in(text):
    digits = ''.join('d' if letter in '0123456789' else letter for letter in text[:10])
    try:
        if digits == 'dddd-dd-dd':
            return engine.library('as_datetime')(text)
        if digits.startswith('dd:dd:dd'):
            return time.fromisoformat(text)
    except Exception:
        return text
    return text
