"""The objects interviews are made of: things with a name of their own, whose
missing parts drive the interview."""

import _colloquy as engine
from _colloquy import DAError, DAException, DAValidationError, DAAttributeError, DAIndexError

__all__ = ['DAObject', 'DAObjectPlusParameters', 'DAError', 'DAException', 'DAValidationError',
           'DAAttributeError', 'DAIndexError']


class DAObjectPlusParameters:
    """A class and the keywords to construct it with, as using() gives it."""

    def __init__(self, object_type, parameters):
        self.object_type = object_type
        self.parameters = parameters

    def __call__(self, *pargs, **kwargs):
        return self.object_type(*pargs, **{**self.parameters, **kwargs})

    def using(self, **kwargs):
        return DAObjectPlusParameters(self.object_type, {**self.parameters, **kwargs})


def class_and_parameters(cls, kwargs):
    """Splits what may be a using() into the class and all keywords."""
    if isinstance(cls, DAObjectPlusParameters):
        return cls.object_type, {**cls.parameters, **kwargs}
    return cls, kwargs


def renamed(value, name):
    """Gives an object whose name is still random the name of its new place."""
    if isinstance(value, DAObject) and not value.has_nonrandom_instance_name:
        value.fix_instance_name(value.instanceName, name)


def third_person(person):
    return person not in ('1', '1p', '2', '2p')


class DAObject:
    """An object with an intrinsic name, under which its missing attributes are sought.

    Only an object whose name is still random carries has_nonrandom_instance_name,
    and only one that initializeAttribute() was called on carries attrList."""

    has_nonrandom_instance_name = True
    attrList = ()

    __init__ = engine.begin
    init = engine.take_keywords
    __getattr__ = engine.missing_part
    __setattr__ = engine.assign

    @classmethod
    def using(cls, **kwargs):
        return DAObjectPlusParameters(cls, kwargs)

    def __str__(self):
        if hasattr(self, 'name'):
            return str(self.name)
        return self.object_name()

    def __repr__(self):
        return '<' + type(self).__name__ + ' ' + self.instanceName + '>'

    def __dir__(self):
        return list(self.attrList)

    def __lt__(self, other):
        return str(self) < (str(other) if isinstance(other, DAObject) else other)

    def __le__(self, other):
        return str(self) <= (str(other) if isinstance(other, DAObject) else other)

    def __gt__(self, other):
        return str(self) > (str(other) if isinstance(other, DAObject) else other)

    def __ge__(self, other):
        return str(self) >= (str(other) if isinstance(other, DAObject) else other)

    # Names

    def raise_undefined_attribute_error(self, name):
        engine.missing_attribute(self.instanceName, name)

    def _named(self, name):
        """Makes a name final."""
        self.instanceName = name
        if not self.has_nonrandom_instance_name:
            del self.has_nonrandom_instance_name

    def set_instance_name(self, name):
        if not self.has_nonrandom_instance_name:
            self._named(name)

    def set_random_instance_name(self):
        self.instanceName = engine.random_name()
        self.has_nonrandom_instance_name = False

    def _parts(self):
        """The objects directly under this one, each with the end of its name."""
        for key, value in list(self.__dict__.items()):
            if isinstance(value, DAObject):
                yield '.' + key, value

    def fix_instance_name(self, old, new):
        self._fix_instance_name(old, new, set())

    def _fix_instance_name(self, old, new, seen):
        if id(self) in seen or not self.instanceName.startswith(old):
            return
        seen.add(id(self))
        self._named(new + self.instanceName[len(old):])
        for _, part in self._parts():
            part._fix_instance_name(old, new, seen)

    def _set_instance_name_recursively(self, name, matching=None):
        self._rename_recursively(name, matching, set())

    def _rename_recursively(self, name, matching, seen):
        if id(self) in seen or (matching is not None and not self.instanceName.startswith(matching)):
            return
        seen.add(id(self))
        self._named(name)
        for end, part in self._parts():
            part._rename_recursively(name + end, matching, seen)

    # Attributes

    def attr(self, name):
        return getattr(self, name, None)

    def attribute_defined(self, name):
        return hasattr(self, name)

    def attr_name(self, name):
        return self.instanceName + '.' + name

    def initializeAttribute(self, *pargs, **kwargs):
        if len(pargs) < 2:
            raise DAError('initializeAttribute: two arguments are needed, the name and the class')
        if pargs[0] in self.__dict__:
            return getattr(self, pargs[0])
        return self.reInitializeAttribute(*pargs, **kwargs)

    def reInitializeAttribute(self, *pargs, **kwargs):
        if len(pargs) < 2:
            raise DAError('reInitializeAttribute: two arguments are needed, the name and the class')
        name = pargs[0]
        cls, kwargs = class_and_parameters(pargs[1], kwargs)
        value = cls(self.instanceName + '.' + name, *pargs[2:], **kwargs)
        setattr(self, name, value)
        if name not in self.attrList:
            self.attrList = [*self.attrList, name]
        return value

    initialize_attribute = initializeAttribute
    reinitialize_attribute = reInitializeAttribute

    def delattr(self, *names):
        for name in names:
            if name in self.__dict__:
                delattr(self, name)

    def invalidate_attr(self, *names):
        for name in names:
            if hasattr(self, name):
                engine.invalidate(self.attr_name(name))

    def getattr_fresh(self, name):
        if hasattr(self, name):
            engine.reconsider(self.attr_name(name))
        return getattr(self, name)

    def alternative(self, *pargs, **choices):
        chosen = getattr(self, pargs[0])
        if chosen in choices:
            return choices[chosen]
        return choices.get('_default', choices.get('default', None))

    def copy_shallow(self, name):
        twin = engine.shallow_copy(self)
        twin._named(name)
        return twin

    def copy_deep(self, name):
        twin = engine.deep_copy(self)
        twin._set_instance_name_recursively(name)
        return twin

    def as_serializable(self):
        return engine.serializable(self)

    # Who speaks

    def is_user(self):
        return self is engine.info('user')

    def get_point_of_view(self):
        if '_point_of_view' in self.__dict__:
            return self._point_of_view
        if self.is_user():
            return '2'
        return None

    def _person(self, kwargs):
        person = kwargs.get('person', None)
        return str(self.get_point_of_view() if person is None else person)

    def object_name(self, **kwargs):
        return engine.object_name(self.instanceName, **kwargs)

    def object_possessive(self, target, **kwargs):
        return engine.object_possessive(self.instanceName, target, **kwargs)

    def _spoken(self, text, kwargs):
        return engine.capitalize(text) if kwargs.get('capitalize', False) else text

    def possessive(self, target, **kwargs):
        person = self._person(kwargs)
        if third_person(person):
            return engine.possessify(str(self), target, **kwargs)
        return self._spoken(engine.pronoun('possessive', person, '') + ' ' + target, kwargs)

    def _gendered(self):
        """What pronouns go by: 'it', 'female', 'male', 'other' or 'group'."""
        return 'it'

    def _pronoun(self, case, target, kwargs):
        person = '3' if kwargs.get('thirdperson', False) else self._person(kwargs)
        gender = self._gendered() if third_person(person) else ''
        text = engine.pronoun(case, person, gender)
        return self._spoken(text if target is None else text + ' ' + target, kwargs)

    def pronoun_possessive(self, target, **kwargs):
        return self._pronoun('possessive', target, kwargs)

    def pronoun(self, **kwargs):
        return self._pronoun('objective', None, kwargs)

    def pronoun_objective(self, **kwargs):
        return self._pronoun('objective', None, kwargs)

    def pronoun_subjective(self, **kwargs):
        return self._pronoun('subjective', None, kwargs)

    def itself(self, **kwargs):
        return self._pronoun('reflexive', None, kwargs)

    def _name_or_pronoun(self, case, kwargs):
        if third_person(self._person(kwargs)):
            return self._spoken(str(self), kwargs)
        return self._pronoun(case, None, kwargs)

    def yourself_or_name(self, **kwargs):
        return self._name_or_pronoun('reflexive', kwargs)

    def pronoun_or_name(self, **kwargs):
        return self._name_or_pronoun('objective', kwargs)

    def subjective_pronoun_or_name(self, **kwargs):
        return self._name_or_pronoun('subjective', kwargs)

    def _question(self, verb, rest, kwargs):
        """Begins a question: the auxiliary for the person, the subject, the rest."""
        person = self._person(kwargs)
        subject = str(self) if third_person(person) else engine.pronoun('subjective', person, '')
        words = engine.auxiliary(verb, person, False) + ' ' + subject
        return self._spoken(words if rest is None else words + ' ' + rest, kwargs)

    def is_are_you(self, **kwargs):
        return self._question('is', None, kwargs)

    def do_question(self, verb, **kwargs):
        return self._question('do', verb, kwargs)

    def did_question(self, verb, **kwargs):
        return self._question('did', verb, kwargs)

    def were_question(self, rest, **kwargs):
        return self._question('was', rest, kwargs)

    def have_question(self, rest, **kwargs):
        return self._question('has', rest, kwargs)

    def does_verb(self, verb, **kwargs):
        if kwargs.get('past', False) or not kwargs.get('present', True):
            return self.did_verb(verb, **kwargs)
        return engine.verb_present(verb, not third_person(self._person(kwargs)), **kwargs)

    def did_verb(self, verb, **kwargs):
        return engine.verb_past(verb, not third_person(self._person(kwargs)), **kwargs)

    def _map_info(self):
        return None


def mailbox(name, address):
    """A name and an address as the head of a mail has them. What would end the quotes is left out."""
    name = str(name)
    for character in '"\\\r\n':
        name = name.replace(character, '')
    return '"' + name + '" <' + str(address) + '>'
