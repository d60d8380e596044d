"""Lists that ask for their items."""

import _colloquy as engine
from .base import DAObject, DAError, renamed
from .groups import DAGroup

__all__ = ['DAList']

AT_ONCE = 10  # items that reading or assigning past the end may create


class DAList(DAGroup):
    """A list that asks for its items."""

    def _no_elements(self):
        return []

    def _items(self):
        return self.elements

    _texts = _items

    def _fill(self, given, rename):
        self.append(*given)
        self.there_are_any = len(self.elements) > 0
        if rename:
            self._set_instance_name_recursively(self.instanceName)

    def _parts(self):
        yield from super()._parts()
        for index, item in enumerate(self.elements):
            if isinstance(item, DAObject):
                yield '[' + str(index) + ']', item

    # Gathering

    def gather(self, number=None, item_object_type=None, minimum=None, complete_attribute=None):
        if self._done_already():
            return True
        cls, parameters = self._item_class(item_object_type)
        attributes = self._complete_attributes(complete_attribute)
        engine.begin_gathering(self.instanceName)
        if number is None and self.ask_number:
            number = self._number_wanted()
        if minimum is None:
            minimum = self.minimum_number
        if number is None and not minimum and len(self.elements) == 0:
            minimum = 1 if self.there_are_any else 0
        self._validate_all(cls, attributes)
        self._gather_up_to(minimum, cls, parameters, attributes)
        self._gather_up_to(number, cls, parameters, attributes)
        if number is None:
            self._gather_up_to(getattr(self, '_necessary_length', None), cls, parameters, attributes)
            while minimum != 0 and self._another():
                self._necessary_length = len(self.elements) + 1
                self._drop_another()
                self._gather_up_to(self._necessary_length, cls, parameters, attributes)
        return self._finish_gathering()

    def _gather_up_to(self, number, cls, parameters, attributes):
        while number is not None and len(self.elements) < int(number):
            index = len(self.elements)
            if self.ask_object_type:
                self.elements.append(None)
                self.there_are_any = True
            elif cls is not None:
                self.appendObject(cls, **parameters)
            self[index]
            self._validate_all(cls, attributes)

    def _validate_all(self, cls, attributes):
        if cls is not None and attributes and not self.ask_object_type:
            engine.read_paths(self.elements, attributes)
            return
        for index in range(len(self.elements)):
            if self.ask_object_type and self.elements[index] is None:
                chosen, parameters = self._class_from_answer()
                self.elements[index] = chosen(self.item_name(index), **parameters)
            item = self.elements[index]
            self._validate(item, type(item) if self.ask_object_type else cls, attributes)
        if self.ask_object_type and len(self.elements) > 0:
            self.delattr('new_object_type')

    def _append_one(self):
        if self.ask_object_type:
            self.elements.append(None)
        elif self.object_type is not None:
            self.appendObject()
        else:
            engine.force(self.item_name(len(self.elements)))

    # Items

    __getitem__ = engine.list_item

    def _missing_item(self, index):
        """What an item that is not there is: sought, created, or an error."""
        closed = self.auto_gather and hasattr(self, 'gathered') and not hasattr(self, '_appending_allowed')
        if closed or engine.probing() or index < 0:
            raise IndexError('list index out of range')
        if self.object_type is None and not self.ask_object_type:
            engine.missing_index(self.instanceName, index)
        self._grow_to(index + 1)
        return self.elements[index]

    def _grow_to(self, length):
        if length - len(self.elements) > AT_ONCE:
            raise DAError('Attempt to fill up more than 10 items')
        while len(self.elements) < length:
            if self.ask_object_type or self.object_type is None:
                self.elements.append(None)
            else:
                self.appendObject()
        self.there_are_any = True

    def __setitem__(self, index, value):
        if isinstance(index, int) and index >= len(self.elements):
            self._grow_to(index)
            self.elements.append(None)
        if isinstance(index, int) and index >= 0:
            renamed(value, self.item_name(index))
        self.elements[index] = value

    def __delitem__(self, index):
        self[index]
        del self.elements[index]
        self._renumber()

    def append(self, *items, **kwargs):
        for item in items:
            name = self.item_name(len(self.elements))
            if isinstance(item, DAObject) and kwargs.get('set_instance_name', False):
                item._set_instance_name_recursively(name)
            else:
                renamed(item, name)
            self.elements.append(item)
        if items:
            self.there_are_any = True

    def appendObject(self, *pargs, **kwargs):
        return self.initializeObject(len(self.elements), *pargs, **kwargs)

    append_object = appendObject

    def initializeObject(self, index, *pargs, **kwargs):
        if not isinstance(index, int) or index < 0:
            raise DAError('initializeObject: first parameter must be an integer (0 or greater)')
        cls, kwargs = self._class_for(pargs[0] if pargs else None, kwargs)
        item = cls(self.item_name(index), *pargs[1:], **kwargs)
        while len(self.elements) <= index:
            self.elements.append(None)
        self.elements[index] = item
        self.there_are_any = True
        return item

    initialize_object = initializeObject

    def _own_name(self, item):
        """Whether an item's name says that it is in this list; aliases of other objects do not."""
        if not isinstance(item, DAObject):
            return False
        name, start = item.instanceName, self.instanceName + '['
        return name.startswith(start) and name.endswith(']') and name[len(start):-1].isdigit()

    def _renumber(self):
        """Names the items by their places, by way of other names since places may be exchanged."""
        moved = []
        for index, item in enumerate(self.elements):
            if self._own_name(item) and item.instanceName != self.item_name(index):
                between = engine.random_name() + '[' + str(index) + ']'
                item.fix_instance_name(item.instanceName, between)
                moved.append((item, between, self.item_name(index)))
        for item, between, name in moved:
            item.fix_instance_name(between, name)

    def _removed(self, item):
        if len(self.elements) == 0:
            self.there_are_any = False
        self._renumber()
        self.hook_on_remove(item)

    def pop(self, *pargs):
        item = self.elements.pop(*pargs)
        self._removed(item)
        return item

    def remove(self, *values):
        for value in values:
            if value in self.elements:
                self.elements.remove(value)
                self._removed(value)

    def delitem(self, *indices):
        for index in sorted(indices, reverse=True):
            if index < len(self.elements):
                del self.elements[index]
        self._renumber()

    def insert(self, index, value):
        self.elements.insert(index, value)
        self.there_are_any = True
        self._renumber()
        renamed(value, self.item_name(index))

    def extend(self, values):
        self.elements.extend(values)

    def clear(self):
        self.elements = []

    def copy(self):
        return self.elements.copy()

    def item(self, index):
        self._trigger_gather()
        if index < len(self.elements):
            return self[index]
        return engine.empty()

    def first(self):
        self._trigger_gather()
        return self[0]

    def last(self):
        self._trigger_gather()
        return self[-1] if len(self.elements) > 0 else self[0]

    def index(self, *pargs, **kwargs):
        self._trigger_gather()
        return self.elements.index(*pargs, **kwargs)

    def count(self, item):
        self._trigger_gather()
        return self.elements.count(item)

    def __reversed__(self):
        self._trigger_gather()
        return reversed(self.elements)

    def sort(self, *pargs, **kwargs):
        self._trigger_gather()
        self.sort_elements(*pargs, **kwargs)
        self.hook_after_gather()
        return self

    def sort_elements(self, *pargs, **kwargs):
        self.elements.sort(*pargs, **kwargs)
        self._renumber()
        return self

    def reverse(self):
        self._trigger_gather()
        self.elements.reverse()
        self._renumber()
        self.hook_after_gather()
        return self

    def _move_on_screen(self, index, by):
        """What the buttons of a table do where there are no scripts."""
        other = index + by
        if by in (-1, 1) and 0 <= index < len(self.elements) and 0 <= other < len(self.elements):
            self._reorder([index, other], [other, index])

    def _reorder(self, *changes):
        """Moves items as the buttons of a table did: pairs of old and new place."""
        old = list(self.elements)
        for source, target in changes:
            self.elements[int(target)] = old[int(source)]
        self._renumber()
        self.hook_after_gather()

    def filter(self, *pargs, **kwargs):
        self._trigger_gather()
        chosen = [item for item in self.elements
                  if all(getattr(item, key) == value for key, value in kwargs.items())]
        return self._with(chosen, *pargs)

    def complete_elements(self, complete_attribute=None):
        attributes = self._complete_attributes(complete_attribute)
        return self._with([item for item in self.elements if self._is_complete(item, attributes)])

    def as_singular_noun(self):
        return engine.noun_singular(self.instanceName.split('.')[-1])

    def __add__(self, other):
        if engine.is_empty(other):
            return self
        self._trigger_gather()
        if isinstance(other, DAGroup):
            other._trigger_gather()
            return type(self)(elements=[*self.elements, *other.elements])
        return self.elements + list(other)

    def __radd__(self, other):
        self._trigger_gather()
        return list(other) + self.elements

    # Screens that collect many items at once

    def _allow_appending(self):
        self._appending_allowed = True

    def _disallow_appending(self):
        self.delattr('_appending_allowed')

    def _collected(self):
        """Ends the list after a screen that took all its items."""
        if self.ask_number:
            self.target_number = len(self.elements)
        elif self.auto_gather:
            self.there_is_another = False

    def _remove_items_by_number(self, *numbers):
        self.delitem(*numbers)
        if len(self.elements) == 0:
            self.there_are_any = False

    def _last_item(self):
        return self.elements[-1]

    def _pop_last(self):
        self.elements.pop()
