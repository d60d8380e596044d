"""Who and what an interview is about: things, people, organizations, and their names."""

import _colloquy as engine
from .base import DAObject, mailbox
from .lists import DAList
from .places import Address, City, LatitudeLongitude, line_break, marker

__all__ = ['Name', 'IndividualName', 'Thing', 'Event', 'Person', 'Individual', 'Organization', 'ChildList',
           'OfficeList', 'RoleChangeTracker']


class Name(DAObject):
    """A name that is one text."""

    def full(self, *pargs, **kwargs):
        return self.text

    def familiar(self):
        return self.text

    def firstlast(self):
        return self.text

    def lastfirst(self):
        return self.text

    def middle_initial(self, with_period=True):
        return ''

    def defined(self):
        return hasattr(self, 'text')

    def __str__(self):
        return str(self.full())


class IndividualName(Name):
    """The name of a person, of which only the first part is sought by itself."""

    uses_parts = True
    _shown = ('uses_parts',)

    full = engine.full_name

    def defined(self):
        return hasattr(self, 'first' if self.uses_parts else 'text')

    def familiar(self):
        return self.first if self.uses_parts else self.text

    def firstlast(self):
        return self.first + ' ' + self.last if self.uses_parts else self.text

    def lastfirst(self):
        if not self.uses_parts:
            return self.text
        output = self.last
        if getattr(self, 'suffix', None):
            output += ' ' + self.suffix
        output += ', ' + self.first
        if hasattr(self, 'middle') and self.middle_initial():
            output += ' ' + self.middle_initial()
        return output

    def middle_initial(self, with_period=True):
        if not self.uses_parts:
            return ''
        middle = str(self.middle).strip() if self.middle is not None else ''
        if middle == '':
            return ''
        return middle[0] + ('.' if with_period else '')


class Named(DAObject):
    """What has a name as a part. A text given as the name becomes the text of it."""

    __delattr__ = engine.forget

    def __setattr__(self, attr, value):
        if attr == 'name' and isinstance(value, str):
            self._take_name(value)
        else:
            super().__setattr__(attr, value)

    def _take_name(self, text):
        self.name.text = text

    def __str__(self):
        return str(self.name.full())


class Thing(Named):
    """Something with a name."""

    _on_demand = (('name', Name),)
    _shown = ('name',)


class Event(DAObject):
    """Something that happens somewhere."""

    _on_demand = (('address', City), ('location', LatitudeLongitude))
    _shown = ('address', 'location')

    __delattr__ = engine.forget

    def __str__(self):
        return str(self.address)


class Person(Named):
    """A natural or legal person."""

    _on_demand = (('name', Name), ('address', Address), ('location', LatitudeLongitude))
    _shown = ('name', 'address', 'location')

    def identified(self):
        return hasattr(self.name, 'text')

    def _gendered(self):
        return 'it'

    def object_possessive(self, target, **kwargs):
        person = self._person(kwargs)
        if person in ('1', '1p', '2', '2p'):
            return self._spoken(engine.pronoun('possessive', person, '') + ' ' + target, kwargs)
        return super().object_possessive(target, **kwargs)

    def subject(self, **kwargs):
        return self.subjective_pronoun_or_name(**kwargs)

    def address_block(self, language=None, international=False, show_country=False):
        block = self.address.block(language=language, international=international, show_country=show_country)
        start = '' if engine.inside() == 'docx' else '[FLUSHLEFT] '
        return start + str(self.name.full()) + line_break() + block

    def email_address(self, include_name=None):
        if include_name or (include_name is None and self.name.defined()):
            return mailbox(self.name, self.email)
        return str(self.email)

    def _phone_country(self, country):
        if country is not None:
            return country
        if getattr(self, 'country', None):
            return self.country
        return getattr(self.address, 'country', None) or engine.country()

    def sms_number(self, country=None):
        number = self.mobile_number if hasattr(self, 'mobile_number') else self.phone_number
        number = engine.phone_number_in_e164(number, self._phone_country(country))
        if number is not None and getattr(self, 'uses_whatsapp', False):
            return 'whatsapp:' + number
        return number

    def facsimile_number(self, country=None):
        return engine.phone_number_in_e164(self.fax_number, self._phone_country(country))

    def _map_info(self):
        if not self.location.gathered:
            self.address.geocode()
            if self.address.location.known:
                self.location = self.address.location
        if not self.location.known:
            return None
        named = hasattr(self, 'name') and self.name.defined()
        return marker(self, (str(self.name.full()) if named else self.object_name()) + ' [NEWLINE] ' + getattr(self.location, 'description', ''))


class Individual(Person):
    """A human being."""

    _on_demand = (('name', IndividualName), ('address', Address), ('location', LatitudeLongitude))

    def _take_name(self, text):
        self.name.uses_parts = False
        self.name.text = text

    __str__ = engine.person_text

    def identified(self):
        return hasattr(self.name, 'first')

    def familiar(self):
        return self.name.familiar()

    def _gendered(self):
        return self.gender if self.gender in ('female', 'other') else 'male'

    # Age

    def _alive(self, as_of):
        """The span from birth to a time, in calendar units."""
        birthdate = self.birthdate
        as_datetime = engine.library('as_datetime')
        end = engine.library('current_datetime')() if as_of is None else as_datetime(as_of)
        return engine.calendar_between(as_datetime(birthdate), end)

    def age_in_years(self, decimals=False, as_of=None):
        if hasattr(self, 'age'):
            return float(self.age) if decimals else int(self.age)
        years, months, days, hours, minutes = self._alive(as_of)
        if decimals:
            return years + months / 12 + days / 365 + hours / 8760 + minutes / 525600
        return years

    def age_in_months(self, decimals=False, as_of=None):
        years, months, days, hours, minutes = self._alive(as_of)
        if decimals:
            return 12 * years + months + days / 30 + hours / 720 + minutes / 43200
        return 12 * years + months

    # Hints and forms of address

    def _hint(self, which):
        profile = engine.visitor()
        return profile[which] if profile is not None and self.is_user() else ''

    def first_name_hint(self):
        return self._hint(0)

    def last_name_hint(self):
        return self._hint(1)

    def _title(self):
        """The form of address, and whether the gender decided on it."""
        if getattr(self, 'salutation_to_use', None) is not None:
            return self.salutation_to_use, False
        suffix = getattr(self.name, 'suffix', None)
        if getattr(self, 'is_doctor', False) or suffix in ('MD', 'PhD'):
            return 'Dr.', False
        if getattr(self, 'is_judge', False) or suffix == 'J':
            return 'Judge', False
        return ('Ms.' if self.gender == 'female' else 'Mr.'), True

    def salutation(self, with_name=False, with_name_and_punctuation=False, **kwargs):
        title, by_gender = self._title()
        output = engine.word(title)
        if with_name or with_name_and_punctuation:
            if by_gender and self.gender not in ('male', 'female'):
                output = str(self.name.full())
            else:
                output += ' ' + str(self.name.last)
            if with_name_and_punctuation:
                output += ',' if getattr(self, 'is_friendly', False) else ':'
        return output

    def gather_family(self, *pargs, **kwargs):
        pass


class ChildList(DAList):
    """The children of somebody."""

    object_type = Individual


class OfficeList(DAList):
    """The places where an organization is."""

    object_type = Address


class Organization(Person):
    """A company, an authority, an association."""

    def init(self, *pargs, **kwargs):
        offices = kwargs.pop('offices', None)
        super().init(*pargs, **kwargs)
        if offices is not None:
            self.initializeAttribute('office', OfficeList)
            for office in offices:
                self.office.appendObject(Address, **office).geocode()
            self.office.gathered = True

    def will_handle(self, problem=None, county=None):
        if problem and not (hasattr(self, 'handles') and problem in self.handles):
            return False
        if county and not (hasattr(self, 'serves') and county in self.serves):
            return False
        return True

    def _map_info(self):
        if not hasattr(self, 'office'):
            return super()._map_info()
        shown = []
        for office in self.office:
            shown += office._map_info() or []
        return shown or None


class RoleChangeTracker(DAObject):
    """Tells those whose turn it is that it is."""

    last_role = None
    _shown = ('last_role',)

    def send_email(self, roles_needed, **kwargs):
        for role in kwargs:
            kwargs[role]['to'].email
        for role in roles_needed:
            if role == self.last_role:
                return False
            if role in kwargs:
                message = kwargs[role]
                sent = engine.library('send_email')(to=message['to'], template=message['email'])
                if sent:
                    self.last_role = role
                return sent
        return False
