"""Groups of things: what lists, dictionaries and sets share, and the set.

A group gathers its items by asking for what is missing; what it has so far is
in elements. Its settings are defaults of the class until one is changed."""

import _colloquy as engine
from .base import DAObject, DAObjectPlusParameters, DAError, class_and_parameters, third_person
from .editing import Editing

__all__ = ['DASet']


def flattened(*values):
    """The values with those inside of lists, sets and groups, but not inside of texts."""
    for value in values:
        if isinstance(value, (str, bytes, dict)) or is_single(value) or not hasattr(value, '__iter__'):
            yield value
        else:
            yield from flattened(*value)


def is_single(value):
    return isinstance(value, DAObject) and not isinstance(value, DAGroup)


def delete_path(item, path):
    """Deletes an attribute of an attribute if it is there."""
    *owners, last = path.split('.')
    for part in owners:
        if not hasattr(item, part):
            return
        item = getattr(item, part)
    item.delattr(last)


class DAGroup(Editing, DAObject):
    """What lists, dictionaries and sets of the library share."""

    _kind = 'list'
    auto_gather = True
    ask_number = False
    minimum_number = None
    object_type = None
    object_type_parameters = {}
    complete_attribute = None
    ask_object_type = False
    _shown = ('elements', 'auto_gather', 'ask_number', 'minimum_number')
    _shown_after = ('object_type', 'object_type_parameters', 'complete_attribute', 'ask_object_type')

    def init(self, *pargs, **kwargs):
        if 'elements' not in self.__dict__:
            self.elements = self._no_elements()
        given = kwargs.pop('elements', None)
        rename = kwargs.pop('set_instance_name', False) if given is not None else False
        super().init(*pargs, **kwargs)
        if given is not None:
            self._fill(given, rename)
            self.gathered = True
            self.revisit = True

    # Hooks that authors override

    def hook_on_gather(self):
        pass

    def hook_after_gather(self):
        pass

    def hook_on_item_complete(self, item):
        pass

    def hook_on_remove(self, item):
        pass

    # Gathering mode

    _trigger_gather = engine.trigger_gather

    def _item_class(self, given=None):
        """The class of new items with its keywords, or None for plain values."""
        if given is not None:
            return class_and_parameters(given, {})
        if self.ask_object_type or self.object_type is None:
            return None, {}
        return self.object_type, dict(self.object_type_parameters)

    def _complete_attributes(self, given=None):
        attributes = self.complete_attribute if given is None else given
        if attributes is None:
            return []
        if isinstance(attributes, str):
            return [attributes]
        return list(attributes)

    def _validate(self, item, cls, attributes):
        """Seeks what an item lacks to be complete."""
        if cls is not None and attributes:
            engine.read_paths([item], attributes)
        else:
            str(item)

    def _done_already(self):
        """Whether gathering is over; reopens an automatic group that lost its items."""
        if not getattr(self, 'gathered', False):
            return False
        if self.auto_gather and len(self.elements) == 0 and getattr(self, 'there_are_any', False):
            self.delattr('gathered')
            return False
        return True

    def _another(self):
        """Whether one more item is wanted."""
        return bool(getattr(self, 'there_is_one_other', False)) or bool(self.there_is_another)

    def _drop_another(self):
        """Forgets the answer that one more item was wanted, once there is one."""
        if hasattr(self, 'there_is_one_other'):
            self.delattr('there_is_one_other')
        elif getattr(self, 'there_is_another', False):
            self.delattr('there_is_another')

    def _finish_gathering(self):
        self.delattr('_necessary_length')
        self.hook_on_gather()
        if self.auto_gather:
            self.gathered = True
            self.revisit = True
        self.delattr('was_gathered')
        engine.end_gathering(self.instanceName)
        self.hook_after_gather()
        return True

    def _number_wanted(self):
        if not getattr(self, 'there_are_any', True):
            return 0
        return int(self.target_number)

    def _least(self, minimum):
        """How many items there must be before another is asked about, of a set or dictionary."""
        if minimum is None:
            minimum = self.minimum_number
        if minimum:
            return minimum
        return 1 if len(self.elements) > 0 or self.there_are_any else 0

    def _more_wanted(self, number, minimum):
        if number is not None:
            return len(self.elements) < int(number)
        if len(self.elements) < minimum:
            return True
        return minimum != 0 and self._another()

    def _class_from_answer(self):
        chosen = self.new_object_type
        if not isinstance(chosen, (type, DAObjectPlusParameters)):
            raise DAError('new_object_type must be an object type')
        return class_and_parameters(chosen, {})

    def _class_for(self, given, kwargs):
        """The class of an item about to be made, with all keywords for it."""
        if given is not None:
            return class_and_parameters(given, kwargs)
        if self.ask_object_type:
            cls, parameters = self._class_from_answer()
            return cls, {**parameters, **kwargs}
        if self.object_type is not None:
            return self.object_type, {**self.object_type_parameters, **kwargs}
        return DAObject, kwargs

    def set_object_type(self, cls):
        self.object_type = cls

    def gathered_and_complete(self):
        if not hasattr(self, 'doing_gathered_and_complete'):
            self.doing_gathered_and_complete = True
            if self.complete_attribute == 'complete':
                for item in self._items():
                    if isinstance(item, DAObject):
                        item.delattr('complete')
            self.delattr('gathered')
        if self.auto_gather:
            self.gather()
        else:
            self.hook_on_gather()
            self.gathered
            self.hook_after_gather()
        self.delattr('doing_gathered_and_complete')
        return True

    def has_been_gathered(self):
        return hasattr(self, 'gathered') or bool(getattr(self, 'was_gathered', False))

    def gathering_started(self):
        return hasattr(self, 'gathered') or hasattr(self, 'there_are_any') or len(self.elements) > 0

    def reset_gathered(self, recursive=False, only_if_empty=False, mark_incomplete=False):
        if only_if_empty and len(self.elements) > 0:
            return
        if len(self.elements) == 0:
            self.delattr('there_are_any')
        self.delattr('there_is_another', 'there_is_one_other', 'gathered', 'revisit', 'new_object_type')
        if mark_incomplete:
            for item in self._items():
                if isinstance(item, DAObject):
                    for attribute in self._complete_attributes():
                        delete_path(item, attribute)
        if recursive:
            self._reset_below(self, {id(self)}, mark_incomplete)

    def _reset_below(self, owner, seen, mark_incomplete):
        for _, part in owner._parts():
            if id(part) in seen:
                continue
            seen.add(id(part))
            if isinstance(part, DAGroup):
                part.reset_gathered(mark_incomplete=mark_incomplete)
            self._reset_below(part, seen, mark_incomplete)

    def _is_complete(self, item, attributes):
        if item is None:
            return False
        if attributes:
            return all(engine.has_path(item, attribute) for attribute in attributes)
        return engine.succeeds(str, item)

    def _with(self, elements, name=None):
        """A group like this one with other elements, of which no more are wanted."""
        result = self.copy_shallow(self.instanceName if name is None else name)
        result.elements = elements
        result.there_are_any = len(elements) > 0
        result.gathered = True
        return result

    # How many there are

    def number_gathered(self, if_started=False):
        if if_started and not self.gathering_started():
            self._trigger_gather()
        return len(self.elements)

    def current_index(self):
        return max(len(self.elements) - 1, 0)

    def number(self):
        if not self.ask_number:
            self._trigger_gather()
        elif not hasattr(self, 'gathered'):
            return self._number_wanted()
        return len(self.elements)

    def number_as_word(self, language=None, capitalize=False):
        return engine.nice_number(self.number(), language=language, capitalize=capitalize)

    def __len__(self):
        return self.number()

    def __bool__(self):
        return self.number() > 0

    # The items

    def __iter__(self):
        self._trigger_gather()
        return iter(self.elements)

    def __contains__(self, item):
        self._trigger_gather()
        return item in self.elements

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, (DAGroup, list, dict, set, frozenset, tuple)):
            return False
        self._trigger_gather()
        if isinstance(other, DAGroup):
            other._trigger_gather()
            other = other.elements
        return self.elements == other

    def __ne__(self, other):
        return not self == other

    __hash__ = object.__hash__

    def __str__(self):
        return self.comma_and_list()

    def __repr__(self):
        self._trigger_gather()
        return repr(self.elements)

    def comma_and_list(self, **kwargs):
        self._trigger_gather()
        return engine.comma_and_list(self._texts(), **kwargs)

    def item_name(self, index):
        return engine.item_name(self.instanceName, index)

    def raise_undefined_index_error(self, index):
        engine.missing_index(self.instanceName, index)

    # What the group is called

    def _noun(self):
        return self.instanceName.split('.')[-1].replace('_', ' ')

    def as_singular_noun(self):
        return self.instanceName.split('.')[-1]

    def as_noun(self, *pargs, **kwargs):
        noun = pargs[0] if pargs else self._noun()
        language = kwargs.get('language', None)
        article, this = kwargs.get('article', False), kwargs.get('this', False)
        if kwargs.get('plural', False) or (not kwargs.get('singular', False) and self.number() != 1):
            text = engine.noun_plural(noun, language=language)
            if article and kwargs.get('some', False):
                text = engine.word('some') + ' ' + text
            elif this:
                text = engine.word('these') + ' ' + text
        else:
            text = engine.noun_singular(noun, language=language)
            if article:
                text = engine.indefinite_article(text, language=language)
            elif this:
                text = engine.word('this') + ' ' + text
        return self._spoken(text, kwargs)

    def quantity_noun(self, *pargs, **kwargs):
        return engine.quantity_noun(self.number(), *pargs, **kwargs)

    def possessive(self, target, **kwargs):
        if not third_person(self._person(kwargs)):
            return super().possessive(target, **kwargs)
        return engine.possessify(self.as_noun(), target, plural=self.number() > 1, **kwargs)

    # Groups of one speak as their one item does

    def _only(self):
        """The one item of a group that has exactly one, if it is an object."""
        if self.number() == 1:
            for item in self._items():
                if isinstance(item, DAObject):
                    return item
        return None

    def is_user(self):
        only = self._only()
        return only is not None and only.is_user()

    def get_point_of_view(self):
        return self.__dict__.get('_point_of_view', None)

    def _gendered(self):
        return 'it' if self.number() == 1 else 'group'

    def _pronoun(self, case, target, kwargs):
        only = self._only()
        if only is not None:
            return only._pronoun(case, target, kwargs)
        if case == 'reflexive' and self.number() != 1 and self._person(kwargs) in ('1', '2'):
            kwargs = {**kwargs, 'person': self._person(kwargs) + 'p'}
        return super()._pronoun(case, target, kwargs)

    def _question(self, verb, rest, kwargs):
        only = self._only()
        if only is not None:
            return only._question(verb, rest, kwargs)
        person = self._person(kwargs)
        subject = str(self) if third_person(person) else engine.pronoun('subjective', person, '')
        words = engine.auxiliary(verb, person, self.number() != 1) + ' ' + subject
        return self._spoken(words if rest is None else words + ' ' + rest, kwargs)

    def does_verb(self, verb, **kwargs):
        if kwargs.get('past', False) or not kwargs.get('present', True):
            return self.did_verb(verb, **kwargs)
        only = self._only()
        if only is not None:
            return only.does_verb(verb, **kwargs)
        return engine.verb_present(verb, self._speaks_as_many(kwargs), **kwargs)

    def did_verb(self, verb, **kwargs):
        only = self._only()
        if only is not None:
            return only.did_verb(verb, **kwargs)
        return engine.verb_past(verb, self._speaks_as_many(kwargs), **kwargs)

    def _speaks_as_many(self, kwargs):
        return self.number() > 1 or not third_person(self._person(kwargs))

    # Sets of the items

    def _item_set(self):
        self._trigger_gather()
        return set(self._items())

    def union(self, *others):
        return self._as_set(self._item_set().union(flattened(*others)))

    def intersection(self, *others):
        return self._as_set(self._item_set().intersection(flattened(*others)))

    def difference(self, *others):
        return self._as_set(self._item_set().difference(flattened(*others)))

    def isdisjoint(self, *others):
        return self._item_set().isdisjoint(flattened(*others))

    def issubset(self, *others):
        return self._item_set().issubset(set(flattened(*others)))

    def issuperset(self, *others):
        return self._item_set().issuperset(flattened(*others))

    def _as_set(self, elements):
        return DASet(elements=elements)


class DASet(DAGroup):
    """A set that asks for its items."""

    _kind = 'set'
    _shown_after = ()

    def _no_elements(self):
        return set()

    def _items(self):
        return list(self.elements)

    def _texts(self):
        return sorted(str(item) for item in self.elements)

    def _fill(self, given, rename):
        self.add(given)
        self.there_are_any = len(self.elements) > 0

    def gather(self, number=None, minimum=None):
        if self._done_already():
            return True
        if not self.auto_gather:
            return self.gathered
        engine.begin_gathering(self.instanceName)
        self._validate_all()
        if number is None and self.ask_number:
            number = self._number_wanted()
        if number is None:
            minimum = self._least(minimum)
        while self._more_wanted(number, minimum):
            self.add(self.new_item)
            self.delattr('new_item')
            self._validate_all()
            self._drop_another()
        return self._finish_gathering()

    def _validate_all(self):
        for item in self.elements:
            str(item)

    def _append_one(self):
        self.add(self.new_item)
        self.delattr('new_item')

    def add(self, *items):
        for item in flattened(*items):
            self.elements.add(item)
            self.there_are_any = True

    def _removed(self, item):
        if len(self.elements) == 0:
            self.there_are_any = False
        self.hook_on_remove(item)

    def remove(self, item):
        self.elements.remove(item)
        self._removed(item)

    def discard(self, item):
        if item in self.elements:
            self.remove(item)

    def pop(self, *pargs):
        if pargs:
            self.remove(*pargs)
            return pargs[0]
        return self.elements.pop()

    def clear(self):
        self.elements = set()

    def copy(self):
        return self.elements.copy()

    def filter(self, *pargs, **kwargs):
        self._trigger_gather()
        chosen = {item for item in self.elements
                  if all(getattr(item, key) == value for key, value in kwargs.items())}
        return self._with(chosen, *pargs)

    def complete_elements(self, complete_attribute=None):
        attributes = [] if complete_attribute is None else self._complete_attributes(complete_attribute)
        return self._with({item for item in self.elements if self._is_complete(item, attributes)})

    def _as_set(self, elements):
        return type(self)(elements=elements)

    def _other(self, other):
        return set(flattened(other))

    def __and__(self, other):
        return self._item_set() & self._other(other)

    def __or__(self, other):
        return self._item_set() | self._other(other)

    def __sub__(self, other):
        return self._item_set() - self._other(other)

    def __add__(self, other):
        if engine.is_empty(other):
            return self
        return self._as_set(self._item_set() | self._other(other))

    def _last_item(self):
        return list(self.elements)[-1]

    def _pop_last(self):
        self.elements.discard(self._last_item())
