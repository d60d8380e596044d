"""Dictionaries that ask for their items."""

import _colloquy as engine
from .base import DAObject
from .groups import DAGroup, flattened
from .lists import DAList

__all__ = ['DADict', 'DAOrderedDict']


class DADict(DAGroup):
    """A dictionary that asks for its items."""

    _kind = 'dict'

    def init(self, *pargs, **kwargs):
        keys = kwargs.pop('keys', None)
        super().init(*pargs, **kwargs)
        if keys is not None:
            self.new(keys)

    def _no_elements(self):
        return {}

    def _items(self):
        return list(self.elements.values())

    def _sorted_keys(self):
        try:
            return sorted(self.elements)
        except TypeError:
            return list(self.elements)

    def _texts(self):
        return self._sorted_keys()

    def _fill(self, given, rename):
        self.update(given)
        self.there_are_any = len(self.elements) > 0
        if rename:
            self._set_instance_name_recursively(self.instanceName)

    def _parts(self):
        yield from super()._parts()
        for key, item in self.elements.items():
            if isinstance(item, DAObject):
                yield '[' + repr(key) + ']', item

    # Gathering

    def gather(self, item_object_type=None, number=None, minimum=None, complete_attribute=None, keys=None):
        if self._done_already():
            return True
        if not self.auto_gather:
            return self.gathered
        cls, parameters = self._item_class(item_object_type)
        attributes = self._complete_attributes(complete_attribute)
        engine.begin_gathering(self.instanceName)
        self._validate_all(cls, attributes, keys)
        if number is None and self.ask_number:
            number = self._number_wanted()
        if number is None:
            minimum = self._least(minimum)
        self._drop_used_name(cls)
        while self._more_wanted(number, minimum):
            self._gather_one(cls, parameters, attributes)
        self._validate_all(cls, attributes, keys)
        return self._finish_gathering()

    def _validate_all(self, cls, attributes, keys=None):
        for key in self._sorted_keys():
            if keys is not None and key not in keys:
                continue
            if self.ask_object_type and self.elements[key] is None:
                chosen, parameters = self._class_from_answer()
                self.elements[key] = chosen(self.item_name(key), **parameters)
            item = self.elements[key]
            self._validate(item, type(item) if self.ask_object_type else cls, attributes)
        if self.ask_object_type and len(self.elements) > 0:
            self.delattr('new_object_type')

    def _drop_used_name(self, cls):
        """Forgets the name of an item that was asked for under it."""
        if cls is None and hasattr(self, 'new_item_name') and self.new_item_name in self.elements:
            self.delattr('new_item_name')
            self._drop_another()

    def _gather_one(self, cls, parameters, attributes):
        name = self.new_item_name
        if self.ask_object_type:
            self.new(name)
        elif cls is not None:
            self.initializeObject(name, cls, **parameters)
        elif hasattr(self, 'new_item_value'):
            self[name] = self.new_item_value
        else:
            self[name]
        self._drop_another()
        if cls is not None:
            self._new_item_init_callback()
        self.delattr('new_item_name', 'new_item_value')
        if self.ask_object_type:
            self._validate_all(None, attributes)

    def _new_item_init_callback(self):
        """Completes an item that was just made. Classes of the library add to it."""
        self.delattr('new_item_name', 'new_item_value')
        cls, _ = self._item_class()
        self._validate_all(cls, self._complete_attributes())

    def _append_one(self):
        name = self.new_item_name
        if self.object_type is not None or self.ask_object_type:
            self.new(name)
        elif name not in self.elements:
            engine.missing_index(self.instanceName, name)
        self.delattr('new_item_name')

    # Items

    def __getitem__(self, key):
        if key in self.elements:
            return self.elements[key]
        if engine.probing() or (self.object_type is None and not self.ask_object_type):
            engine.missing_index(self.instanceName, key)
        self.new(key)
        return self.elements[key]

    def __setitem__(self, key, value):
        self.elements[key] = value
        self.there_are_any = True

    def __delitem__(self, key):
        self[key]
        del self.elements[key]

    def initializeObject(self, *pargs, **kwargs):
        cls, kwargs = self._class_for(pargs[1] if len(pargs) > 1 else None, kwargs)
        item = cls(self.item_name(pargs[0]), *pargs[2:], **kwargs)
        self[pargs[0]] = item
        return item

    initialize_object = initializeObject

    def new(self, *keys, **kwargs):
        for key in flattened(*keys):
            if key in self.elements:
                continue
            if self.ask_object_type:
                self[key] = None
            else:
                self.initializeObject(key, None, **kwargs)

    def keys(self):
        self._trigger_gather()
        return self._sorted_keys()

    def values(self):
        self._trigger_gather()
        return self.elements.values()

    def items(self):
        self._trigger_gather()
        return self.elements.items()

    def iteritems(self):
        return self.items()

    def get(self, key, *default):
        return self.elements.get(key, *default)

    def setdefault(self, *pargs):
        return self.elements.setdefault(*pargs)

    def update(self, *pargs, **kwargs):
        for other in pargs:
            self.elements.update(other.elements if isinstance(other, DADict) else other)
        self.elements.update(kwargs)

    def _removed(self, item):
        if len(self.elements) == 0:
            self.there_are_any = False
        self.hook_on_remove(item)

    def pop(self, *pargs):
        item = self.elements.pop(*pargs)
        self._removed(item)
        return item

    def popitem(self):
        pair = self.elements.popitem()
        self._removed(pair[1])
        return pair

    def clear(self):
        self.elements = self._no_elements()

    def copy(self):
        return self.elements.copy()

    def has_key(self, key):
        return key in self.elements

    def item(self, key):
        self._trigger_gather()
        if key in self.elements:
            return self.elements[key]
        return engine.empty()

    def delitem(self, *keys):
        for key in keys:
            if key in self.elements:
                del self.elements[key]

    def invalidate_item(self, *keys):
        for key in keys:
            if key in self.elements:
                engine.invalidate(self.item_name(key))

    def getitem_fresh(self, key):
        if key in self.elements:
            engine.reconsider(self.item_name(key))
        return self[key]

    # What holds of the values

    def _keys_with(self, wanted, insertion_order):
        self._trigger_gather()
        keys = list(self.elements) if insertion_order else self._sorted_keys()
        return DAList(elements=[key for key in keys if bool(self.elements[key]) == wanted])

    def true_values(self, insertion_order=False):
        return self._keys_with(True, insertion_order)

    def false_values(self, insertion_order=False):
        return self._keys_with(False, insertion_order)

    def _all_are(self, wanted, keys, exclusive):
        """Looks at what there is first: a counter-example needs no gathering."""
        named = list(flattened(*keys))
        for key in named:
            if key not in self.elements or bool(self.elements[key]) != wanted:
                return False
        for key, value in self.elements.items():
            if not named and bool(value) != wanted:
                return False
            if named and exclusive and key not in named and bool(value) == wanted:
                return False
        self._trigger_gather()
        return True

    def all_true(self, *keys, exclusive=False):
        return self._all_are(True, keys, exclusive)

    def all_false(self, *keys, exclusive=False):
        return self._all_are(False, keys, exclusive)

    def any_true(self, *keys):
        return not self.all_false(*keys)

    def any_false(self, *keys):
        return not self.all_true(*keys)

    def slice(self, *keys):
        if len(keys) == 1 and callable(keys[0]):
            return self._with({key: value for key, value in self.elements.items() if keys[0](value)})
        return self._with({key: self.elements[key] for key in flattened(*keys) if key in self.elements})

    def complete_elements(self, complete_attribute=None):
        attributes = self._complete_attributes(complete_attribute)
        return self._with({key: item for key, item in self.elements.items() if self._is_complete(item, attributes)})

    def _last_item(self):
        return list(self.elements.values())[-1]

    def _pop_last(self):
        self.elements.popitem()


class DAOrderedDict(DADict):
    """A DADict that keeps its items in the order in which they came."""

    def _sorted_keys(self):
        return list(self.elements)
