"""The states and territories of the United States, as the package "us" has them."""

import _words


class State:
    """A state, the capital district or a territory."""

    def __init__(self, **facts):
        for name, value in facts.items():
            setattr(self, name, value)

    def __repr__(self):
        return '<State:' + self.name + '>'

    def __str__(self):
        return self.name


_ALL = [State(**facts) for facts in _words.us_states()]

TERRITORIES = [state for state in _ALL if state.is_territory]
STATES = [state for state in _ALL if not state.is_territory and state.abbr != 'DC']
STATES_AND_TERRITORIES = STATES + TERRITORIES
STATES_CONTIGUOUS = [state for state in STATES if state.is_contiguous]
STATES_CONTINENTAL = [state for state in STATES if state.is_continental]
[DC] = [state for state in _ALL if state.abbr == 'DC']
OBSOLETE = []

for _state in _ALL:
    globals()[_state.abbr] = _state


def lookup(val, field=None, use_cache=True):
    """The state with a postal code, FIPS code or name, or None."""
    if field is not None:
        for state in STATES_AND_TERRITORIES + [DC]:
            if getattr(state, field) == val:
                return state
        return None
    abbr = _words.find_us_state(str(val))
    for state in STATES_AND_TERRITORIES + [DC]:
        if state.abbr == abbr:
            return state
    return None


def mapping(from_field, to_field, states=None):
    """A dictionary from one attribute of the states to another."""
    if states is None:
        states = STATES_AND_TERRITORIES
    return {getattr(state, from_field): getattr(state, to_field) for state in states}
