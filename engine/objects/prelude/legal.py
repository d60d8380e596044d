"""Courts, cases and what is filed in them."""

import _colloquy as engine
from .base import DAObject
from .lists import DAList
from .people import Individual

__all__ = ['Court', 'PartyList', 'Case', 'Document', 'LegalFiling', 'RUN_PARENTS', 'register_hook', 'run_hook',
           'us_districts']

class RUN_PARENTS:
    """What a hook returns that leaves the answer to those of wider jurisdictions."""


hooks = {}


def register_hook(kind, name, function, path):
    """Makes a function answer for a kind of question in a jurisdiction and in all below it."""
    hooks.setdefault(kind, []).append((list(path), name, function))


def run_hook(kind, jurisdiction, *pargs, **kwargs):
    """What the nearest function for a jurisdiction says, or None if there is none."""
    path = list(jurisdiction)
    found = [(len(own), function) for own, _, function in hooks.get(kind, []) if own == path[:len(own)]]
    for _, function in sorted(found, key=lambda pair: -pair[0]):
        result = function(*pargs, **kwargs)
        if result is not RUN_PARENTS:
            return result
    return None


class Court(DAObject):
    """A court, by its name."""

    def init(self, *pargs, **kwargs):
        if 'jurisdiction' not in kwargs:
            self.jurisdiction = []
        super().init(*pargs, **kwargs)

    def in_the_court(self, **kwargs):
        said = run_hook('in_the_court', self.jurisdiction, self, **kwargs)
        return 'In the ' + str(self.name) if said is None else said

    def __str__(self):
        return str(self.name)


class PartyList(DAList):
    """Those on one side of a case."""

    object_type = Individual


SIDES = {'solo petition': ('petitioner', None, True), 'in re': ('petitioner', None, True),
         'petition': ('petitioner', 'respondent', True), 'plaintiff defendant': ('plaintiff', 'defendant', False),
         'appellee appellant': ('appellee', 'appellant', False)}


class Case(DAObject):
    """A case before a court."""

    is_solo_action = False
    state = None
    action_type = 'plaintiff defendant'
    _shown = ('court', 'defendant', 'plaintiff', 'firstParty', 'secondParty', 'is_solo_action', 'state', 'action_type')

    def init(self, *pargs, **kwargs):
        super().init(*pargs, **kwargs)
        self.initializeAttribute('court', Court)
        self.initializeAttribute('defendant', PartyList)
        self.initializeAttribute('plaintiff', PartyList)
        self.firstParty = self.plaintiff
        self.secondParty = self.defendant

    def set_action_type(self, action_type):
        first, second, solo = SIDES[action_type]
        self.action_type = action_type
        self.is_solo_action = solo
        self.firstParty = self.initializeAttribute(first, PartyList)
        if second is None:
            self.delattr('secondParty')
        else:
            self.secondParty = self.initializeAttribute(second, PartyList)

    def case_id_in_caption(self, **kwargs):
        if getattr(self, 'case_id', None):
            return engine.word('Case No.') + ' ' + str(self.case_id)
        return engine.word('Case No.')

    def determine_court(self, **kwargs):
        return run_hook('determine_court', self.court.jurisdiction, self, **kwargs)

    def _party_lists(self):
        """The lists of parties by attribute, each once."""
        found = []
        for name, value in list(self.__dict__.items()):
            if isinstance(value, PartyList) and not any(value is other for _, other in found):
                found.append((value.instanceName.split('.')[-1], value))
        return found

    def role_of(self, party):
        for role, parties in self._party_lists():
            for member in parties:
                if member is party:
                    return role
        return 'third party'

    def parties(self):
        return [party for _, parties in self._party_lists() for party in parties]

    def all_known_people(self):
        found = []
        for _, parties in self._party_lists():
            for party in parties.elements:
                known(party, found)
        return found

    def __str__(self):
        return str(self.case_id)


def known(person, found):
    """Adds a person whose name is known, and his children, to those found."""
    if any(person is other for other in found) or not person.identified():
        return
    found.append(person)
    if hasattr(person, 'child'):
        for child in person.child.elements:
            known(child, found)


class Document(DAObject):
    """Something written, by its title."""

    def __str__(self):
        return str(self.title)


class LegalFiling(Document):
    """What is filed in a case."""

    def _side(self, parties, label):
        names = parties.comma_and_list(comma_string=',[NEWLINE]', and_string=engine.word('and'),
                                       before_and=' ', after_and='[NEWLINE]')
        return names if label is None else names + ',[NEWLINE][TAB][TAB]' + label

    def _label(self, parties):
        return engine.capitalize(parties.as_noun())

    def caption(self, **kwargs):
        case = self.case
        case.firstParty.gather()
        in_re = case.action_type == 'in re'
        left = (engine.word('In re') + ' ' if in_re else '') + self._side(
            case.firstParty, None if in_re else self._label(case.firstParty))
        if not case.is_solo_action:
            case.secondParty.gather()
            left += ('[NEWLINE] [SKIPLINE][TAB]' + engine.word('v.') + ' [NEWLINE][SKIPLINE] ' +
                     self._side(case.secondParty, self._label(case.secondParty)))
        return ('[BOLDCENTER] ' + case.court.in_the_court() + '\n\n[BEGIN_CAPTION]' + left + '[VERTICAL_LINE]' +
                case.case_id_in_caption() + '[END_CAPTION]\n\n[BOLDCENTER] ' + str(self.title).upper() + '\n')


SINGLE = ('Alaska', 'Arizona', 'Colorado', 'Connecticut', 'Delaware', 'District of Columbia', 'Guam', 'Hawaii', 'Idaho',
          'Kansas', 'Maine', 'Maryland', 'Massachusetts', 'Minnesota', 'Montana', 'Nebraska', 'Nevada', 'New Hampshire',
          'New Jersey', 'New Mexico', 'North Dakota', 'Northern Mariana Islands', 'Oregon', 'Puerto Rico',
          'Rhode Island', 'South Carolina', 'South Dakota', 'Utah', 'Vermont', 'Virgin Islands', 'Wyoming')

DIVIDED = {'Alabama': 'Middle Northern Southern', 'Arkansas': 'Eastern Western',
           'California': 'Central Eastern Northern Southern', 'Florida': 'Middle Northern Southern',
           'Georgia': 'Middle Northern Southern', 'Illinois': 'Central Northern Southern',
           'Indiana': 'Northern Southern', 'Iowa': 'Northern Southern', 'Kentucky': 'Eastern Western',
           'Louisiana': 'Eastern Middle Western', 'Michigan': 'Eastern Western', 'Mississippi': 'Northern Southern',
           'Missouri': 'Eastern Western', 'New York': 'Eastern Northern Southern Western',
           'North Carolina': 'Eastern Middle Western', 'Ohio': 'Northern Southern',
           'Oklahoma': 'Eastern Northern Western', 'Pennsylvania': 'Eastern Middle Western',
           'Tennessee': 'Eastern Middle Western', 'Texas': 'Eastern Northern Southern Western',
           'Virginia': 'Eastern Western', 'Washington': 'Eastern Western', 'West Virginia': 'Northern Southern',
           'Wisconsin': 'Eastern Western'}


def us_districts(bankruptcy=False):
    """The districts of the federal courts, by state. Bankruptcy is heard in Arkansas as in one district."""
    names = [(state, 'District of ' + state) for state in SINGLE]
    for state, parts in DIVIDED.items():
        if bankruptcy and state == 'Arkansas':
            names.append((state, 'Eastern and Western Districts of Arkansas'))
        else:
            names += [(state, part + ' District of ' + state) for part in parts.split()]
    return [name for _, name in sorted(names)]
